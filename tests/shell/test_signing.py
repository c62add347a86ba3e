"""The village's signature: an independent tool finds it valid and notices a flipped byte; the paper before it stays."""

import hashlib
import re
import shutil
import stat
import subprocess
from base64 import b64decode
from datetime import UTC, datetime

import kiosk_fixtures
import pytest
from kiosk_fixtures import SECRETARY, wait_until
from test_archive import findings
from test_typeset_render import FONTS, resolution

from kiosk.core.events import PaperIssued, SigningKeyAdopted
from kiosk.core.terms import Edition, Paper
from kiosk.demo.story import VILLAGE
from kiosk.evidence.carried.verify import Wrong, hold_signed
from kiosk.store.signing_key import SigningKey
from kiosk.typeset.render import render
from kiosk.typeset.shelf import Kept, is_signed
from kiosk.typeset.signing import signed

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
decided_house = kiosk_fixtures.decided_house
decided_database = kiosk_fixtures.decided_database

AT = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)
VALID = "Signature Validation: Signature is Valid."
PDFSIG = shutil.which("pdfsig")
"""Poppler's, over NSS: it shares no code with what signs."""


def judged(path):
    """What the independent tool says of the signatures in a file."""
    assert PDFSIG, "poppler-utils is missing: run setup/install.sh test"
    command = [PDFSIG, "-no-ocsp", str(path)]
    answer = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    return answer.stdout + answer.stderr


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    return SigningKey.kept(tmp_path_factory.mktemp("key") / "key.pem", "金塱村村民委员会", AT)


@pytest.fixture(scope="module")
def paper():
    return render(resolution(), FONTS)


@pytest.fixture(scope="module")
def with_signature(paper, key):
    return signed(paper, key.certificate, key.private, AT)


# --- the signature


def test_a_signed_paper_begins_with_the_paper_and_is_valid_to_an_independent_tool(
    paper, with_signature, tmp_path
):
    path = tmp_path / "signed.pdf"
    path.write_bytes(with_signature)
    said = judged(path)
    assert VALID in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "Signing Hash Algorithm: SHA-256" in said
    assert "CN=金塱村村民委员会" in said
    assert with_signature.startswith(paper)
    assert findings(with_signature[: len(paper)], tmp_path) == []
    assert is_signed(with_signature, len(paper))


def test_one_flipped_byte_is_noticed_wherever_it_lies(paper, with_signature, tmp_path):
    hole = re.search(rb"/Contents <", with_signature[len(paper) :]).end() + len(paper)
    places = [
        100,
        len(paper) // 2,
        len(paper) - 20,
        hole - 40,
        hole + 600,
        len(with_signature) - 30,
    ]
    for place in places:
        path = tmp_path / f"flipped-{place}.pdf"
        flipped = bytearray(with_signature)
        flipped[place] ^= 1
        path.write_bytes(flipped)
        assert VALID not in judged(path), place


def test_the_increment_names_no_newer_pdf_and_no_other_program(paper, with_signature):
    """Both would end PDF/A; pyHanko does both unless it is kept from it."""
    increment = with_signature[len(paper) :]
    assert b"/Version" not in increment
    assert b"pyHanko" not in increment
    assert b"/Producer" not in increment


def test_a_signature_that_does_not_reach_the_end_is_none(paper, with_signature):
    assert not is_signed(paper, len(paper))
    assert not is_signed(with_signature[:-1], len(paper))
    assert not is_signed(with_signature + b"\n", len(paper))


def test_a_paper_signed_by_a_key_that_the_journal_does_not_name_is_found(
    paper, with_signature, key, tmp_path
):
    stranger = SigningKey.kept(tmp_path / "stranger.pem", "金塱村村民委员会", AT)
    theirs = signed(paper, stranger.certificate, stranger.private, AT)
    hold_signed("papers/a.pdf", with_signature, len(paper), [key.certificate])
    for keys in ([], [key.certificate]):
        with pytest.raises(Wrong, match="不是用村里的密钥签的"):
            hold_signed("papers/a.pdf", theirs, len(paper), keys)


# --- the key


def test_the_key_is_made_once_and_read_by_its_owner_alone(tmp_path):
    path = tmp_path / "data" / "signing-key.pem"
    first = SigningKey.kept(path, "金塱村村民委员会", AT)
    again = SigningKey.kept(path, "另一个村", AT)
    assert (first.certificate, first.private) == (again.certificate, again.private)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_is_no_key_is_an_error_and_stays_as_it_is(tmp_path):
    path = tmp_path / "signing-key.pem"
    path.write_text("no key")
    with pytest.raises(ValueError, match="PEM"):
        SigningKey.kept(path, "金塱村村民委员会", AT)
    assert path.read_text() == "no key"


def test_a_certificate_of_another_key_is_an_error(tmp_path):
    def halves(name):
        path = tmp_path / name
        SigningKey.kept(path, "金塱村村民委员会", AT)
        return path.read_text().partition("-----BEGIN CERTIFICATE-----")

    path = tmp_path / "mixed.pem"
    path.write_text(halves("one")[0] + "".join(halves("other")[1:]))
    with pytest.raises(ValueError, match="another key"):
        SigningKey.kept(path, "金塱村村民委员会", AT)


# --- the press


def states(house):
    return {house.app.press.kept(paper) for paper in house.events(PaperIssued)}


def restart(house):
    started = house.another()
    started.press.start(VILLAGE)
    started.press.stop()


def test_every_paper_is_signed_by_the_key_that_the_journal_names(decided_house, tmp_path):
    restart(decided_house)
    (adopted,) = decided_house.events(SigningKeyAdopted)
    certificate = b64decode(adopted.certificate)
    assert hashlib.sha256(certificate).hexdigest() == adopted.sha256
    assert states(decided_house) == {Kept.SIGNED}
    papers = decided_house.events(PaperIssued)
    paper = next(p for p in papers if (p.paper, p.edition) == (Paper.RESOLUTION, Edition.PUBLIC))
    path = decided_house.app.press.path(paper)
    content = path.read_bytes()
    assert certificate.hex() in content.decode("latin-1").lower()
    assert hashlib.sha256(content[: paper.size_bytes]).hexdigest() == paper.sha256
    assert VALID in judged(path)
    assert decided_house.visitor().get("/r/2026-1.pdf").data == content


def test_a_start_adopts_no_second_key_and_signs_nothing_twice(decided_house):
    restart(decided_house)
    before = {p: p.read_bytes() for p in decided_house.settings.papers_dir.iterdir()}
    restart(decided_house)
    assert {p: p.read_bytes() for p in decided_house.settings.papers_dir.iterdir()} == before
    assert len(decided_house.events(SigningKeyAdopted)) == 1


def test_a_broken_signature_is_made_again_and_the_paper_stays(decided_house):
    restart(decided_house)
    (first, *_) = decided_house.events(PaperIssued)
    path = decided_house.app.press.path(first)
    path.write_bytes(path.read_bytes()[:-100])
    assert decided_house.app.press.kept(first) is Kept.UNSIGNED
    restart(decided_house)
    assert decided_house.app.press.kept(first) is Kept.SIGNED


def test_without_a_key_the_meeting_has_its_paper_and_it_is_signed_at_the_next_start(house):
    file = house.settings.signing_key_file
    file.write_text("a bad disk wrote this")
    house.app.press.start(VILLAGE)
    house.decided()
    wait_until(lambda: len(house.events(PaperIssued)) == 9)
    house.app.press.stop()
    assert states(house) == {Kept.UNSIGNED}
    assert house.events(SigningKeyAdopted) == []
    assert house.visitor().get("/r/2026-1.pdf").status_code == 200
    file.unlink()
    restart(house)
    assert states(house) == {Kept.SIGNED}


def test_a_new_key_after_a_loss_is_put_on_record_beside_the_old_one(decided_house):
    restart(decided_house)
    decided_house.settings.signing_key_file.unlink()
    restart(decided_house)
    first, second = decided_house.events(SigningKeyAdopted)
    assert first.sha256 != second.sha256
    assert states(decided_house) == {Kept.SIGNED}


# --- what officers see


def test_officers_see_the_fingerprint_of_the_key_and_that_all_is_signed(decided_house):
    restart(decided_house)
    (adopted,) = decided_house.events(SigningKeyAdopted)
    page = decided_house.officer(SECRETARY).open("/papers/")
    assert adopted.sha256.upper() in page.replace(" ", "")
    assert page.count("已签名") == len(decided_house.events(PaperIssued))
    assert "下面标红" not in page


def test_officers_are_told_of_a_paper_without_a_signature_and_what_to_do(decided_house):
    first, second, *_ = decided_house.events(PaperIssued)
    shelf = decided_house.app.press
    path = shelf.path(first)
    path.write_bytes(path.read_bytes()[: first.size_bytes])
    shelf.path(second).unlink()
    page = decided_house.officer(SECRETARY).open("/papers/")
    assert "有2份文书还缺东西" in page
    assert "还没有签上名。可以照常用" in page
    assert "文件不在了。重新开机时机器会照日志再制一份。" in page
    assert "机器打不开签名用的密钥" in page  # this press was never started
    assert decided_house.visitor().get("/papers/").status_code in {302, 303}
