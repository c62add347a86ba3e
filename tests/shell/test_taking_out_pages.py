"""导出一件事的全部材料: who may, what it says before, that what comes verifies, and that a film asks why first."""

import io
import re
import subprocess
import sys
import zipfile

import kiosk_fixtures
import pytest
from kiosk_fixtures import SECRETARY, SUPERVISOR, TELLER
from test_film_pages import filmed, over

from kiosk.demo.story import MATTER, TODAY

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
PAGE = f"/matters/{MATTER}/bundle/"
OPENING = f"/films/{TODAY}/open?then={PAGE}"


@pytest.fixture
def decided(house):
    return over(house, filmed(house)).set_papers()


def unpacked(answer, tmp_path):
    assert answer.mimetype == "application/zip"
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        archive.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    verdict = subprocess.run(
        [sys.executable, folder / "verify.py", folder], capture_output=True, text=True, check=False
    )
    assert verdict.stdout.endswith("通过\n"), verdict.stdout
    return folder


def test_the_secretary_takes_a_matter_out_without_its_films_and_it_verifies(decided, tmp_path):
    officer = decided.officer(SECRETARY)
    assert f'href="{PAGE}"' in officer.open(f"/matters/{MATTER}")
    page = officer.open(PAGE)
    assert re.search(r"下载，不带录像，约[1-9]\d*MB", page)
    assert "不要公开" in page
    folder = unpacked(officer.get(f"{PAGE}papers.zip"), tmp_path / "out")
    assert list(folder.glob("papers/*.pdf"))
    assert not list(folder.rglob("*.mp4"))


def test_with_its_films_it_goes_to_whoever_has_said_why_he_looks_at_them(decided, tmp_path):
    officer = decided.officer(SUPERVISOR)
    assert f'href="{OPENING}"' in officer.open(PAGE)
    assert officer.get(f"{PAGE}films.zip").location == OPENING
    officer.open(OPENING)
    asked = {"purpose": "supervision", "then": PAGE, "note": ""}
    assert officer.post(f"/films/{TODAY}/open", **asked).location == PAGE
    assert "下载，带录像" in officer.open(PAGE)
    folder = unpacked(officer.get(f"{PAGE}films.zip"), tmp_path / "out")
    assert list(folder.glob(f"recordings/{TODAY}/*.mp4"))


def test_nobody_else_takes_it_out(decided):
    for visitor in (decided.visitor(), decided.officer(TELLER)):
        for name in ("", "papers.zip", "films.zip"):
            answer = visitor.get(PAGE + name)
            assert answer.status_code != 200, name
            assert answer.mimetype != "application/zip", name


def test_while_a_meeting_sits_no_films_are_read_for_it(house):
    filmed(house)
    officer = house.officer(SECRETARY)
    assert "正在开会" in officer.open(PAGE)
    answer = officer.get(f"{PAGE}films.zip")
    assert answer.status_code == 409
    assert "散会以后再导出" in answer.text
