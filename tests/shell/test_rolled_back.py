"""A database that was put back, against what left the hall in people's hands: film, signed sheet, and the next opening.

The portal's memory is tested in test_shown_heads.py, the supervisors' stick in test_stick.py.
"""

import re
import shutil
import sqlite3
from contextlib import closing
from io import BytesIO

import kiosk_fixtures
import pytest
from kiosk_fixtures import SECRETARY, House
from pypdf import PdfReader

from kiosk.core.events import MeetingAdjourned, PaperIssued, PublicationOpened
from kiosk.core.journal import read
from kiosk.core.terms import Edition, Paper
from kiosk.demo.story import TODAY
from kiosk.evidence.carried.verify import verify
from kiosk.evidence.carried.verify_journal import Wrong
from kiosk.exporting import export_from

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house

CODE = re.compile(r"\d{4}-\d{4}-\d{4}-\d{4}")
UNKNOWN = "会议日志里没有这个校验码。"
FORGED = "日志不是签字时的那一本"


@pytest.fixture
def film_paper_and_old(house, tmp_path):
    """The closing code on the filmed screen, those on the resolution that was signed; then an older database."""
    old = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(house.settings.data_dir / "kiosk.sqlite3")) as connection:
        connection.execute("VACUUM INTO ?", (str(old),))
    house.decided().set_papers()
    filmed = house.entries(MeetingAdjourned)[-1].head.check_code
    assert all(part in house.hall_screen().open("/hall/") for part in filmed.split("-"))
    opened = house.entries(PublicationOpened)[-1].seq
    (issued,) = (
        p
        for p in house.events(PaperIssued)
        if (p.paper, p.edition, p.source_seq) == (Paper.RESOLUTION, Edition.ARCHIVE, opened)
    )
    content = house.app.press.path(issued).read_bytes()
    printed = {
        code
        for page in PdfReader(BytesIO(content)).pages
        for code in CODE.findall(page.extract_text())
    }
    assert read(house.lines()[issued.from_seq - 1]).head.check_code in printed
    house.close()
    for beside in ("", "-wal", "-shm"):
        path = house.settings.data_dir / f"kiosk.sqlite3{beside}"
        path.unlink(missing_ok=True)
    shutil.copy(old, house.settings.data_dir / "kiosk.sqlite3")
    again = House(house.settings, house.clock)
    yield filmed, printed, again
    again.close()


def test_what_was_filmed_and_what_was_signed_is_not_in_a_database_that_was_put_back(
    film_paper_and_old, tmp_path
):
    filmed, printed, again = film_paper_and_old
    # Another meeting is held in the place of the one that was taken back, and closes as lawfully.
    again.decided(in_favour=3, against=25)
    export_from(again.app, tmp_path / "bundle")
    for code in {filmed, *printed}:
        assert UNKNOWN in again.visitor().open(f"/check/?code={code}")
        with pytest.raises(Wrong, match=FORGED):
            verify(tmp_path / "bundle", code)


def test_before_the_next_opening_the_screens_ask_for_another_code_than_the_paper_bears(
    film_paper_and_old,
):
    filmed, _, again = film_paper_and_old
    again.check_in(30)
    shown = again.entries(MeetingAdjourned)[-1].head.check_code
    assert shown != filmed
    officer = again.officer(SECRETARY)
    page = officer.open("/console/closing-code")
    assert all(part in page for part in shown.split("-"))
    head = again.village().closing
    told = {"meeting": TODAY, "seq": head.seq, "digest": head.digest, "agrees": "no"}
    assert officer.post("/console/closing-code", **told).location == "/console/difference"
    assert officer.send("/console/open", meeting=TODAY).status_code == 409
