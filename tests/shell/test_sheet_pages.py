"""Signed sheets that come back: straightened whatever way they lie, known by their code, filed to the right page."""

import re
from io import BytesIO
from pathlib import Path

import kiosk_fixtures
import numpy as np
import pytest
from kiosk_fixtures import SECRETARY, SUPERVISOR
from PIL import Image
from sheet_photos import page_of, photographed

from kiosk.camera.sheet import MM_HIGH, MM_WIDE, PX_PER_MM, sheet_in
from kiosk.core.events import PaperIssued, SignedSheetFiled
from kiosk.core.journal import Head, digest
from kiosk.core.terms import Edition, Paper
from kiosk.demo.story import MATTER
from kiosk.typeset.document import Document, Paragraph
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.render import render

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
decided_database = kiosk_fixtures.decided_database
decided_house = kiosk_fixtures.decided_house

FONTS = FontFolder.from_node_modules(Path(__file__).parents[2] / "node_modules")
HERE = f"/matters/{MATTER}/sheet"
SIGNED_OF_TALLY_SHEET = 1
"""From 0: behind it comes the annex of who voted how, which nobody signs."""


def issued(house, paper=Paper.RESOLUTION):
    papers = [p for p in house.events(PaperIssued) if p.paper is paper]
    return next(p for p in reversed(papers) if p.edition is Edition.ARCHIVE)


def pdf_of(house, paper=Paper.RESOLUTION):
    of = issued(house, paper)
    return house.app.press.path(of).read_bytes()


def bgr(jpeg):
    return np.ascontiguousarray(np.asarray(Image.open(BytesIO(jpeg)).convert("RGB"))[:, :, ::-1])


def upload(officer, jpeg):
    """Send a photograph as the browser does; the page it leads to."""
    officer.open(HERE)
    data = {"csrf_token": officer.token, "file": (BytesIO(jpeg), "sheet.jpg")}
    answer = officer.client.post(f"{HERE}/send", data=data)
    assert answer.status_code == 303, answer.text
    return answer.location


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


# --- straightened and read


@pytest.mark.parametrize(
    ("angle", "tilt", "size"),
    [
        (0, 0.0, (1900, 2500)),
        (-14, 0.2, (1900, 2500)),
        (175, 0.1, (1900, 2500)),
        (95, 0.1, (2500, 1900)),
    ],
)
def test_a_page_is_cut_out_straightened_stood_upright_and_its_code_read(
    decided_house, angle, tilt, size
):
    page = page_of(pdf_of(decided_house))
    sheet = sheet_in(bgr(photographed(page, angle, tilt, size=size)))
    assert sheet.straightened
    assert sheet.picture.shape[:2] == (MM_HIGH * PX_PER_MM, MM_WIDE * PX_PER_MM)
    last = Head(0, digest(decided_house.lines()[issued(decided_house).from_seq - 1]))
    assert any(last.digest in code or last.check_code in code for code in sheet.codes)
    # As it was printed, upside up: dark and light lie where they lie on the page.
    mine, printed = (
        np.asarray(Image.fromarray(p).convert("L").resize((42, 59)), float)
        for p in (sheet.picture, page)
    )
    assert np.corrcoef(mine.ravel(), printed.ravel())[0, 1] > 0.4
    assert np.corrcoef(mine[::-1, ::-1].ravel(), printed.ravel())[0, 1] < 0.4


@pytest.mark.parametrize(
    ("number", "angle", "tilt", "noise"),
    [(0, 0, 0.0, 8), (1, -14, 0.2, 8), (0, 176, 0.1, 12), (1, 4, 0.25, 16)],
)
def test_a_page_without_places_to_sign_is_known_by_the_code_at_its_foot(number, angle, tilt, noise):
    """At the left of odd pages, at the right of even ones; seen from the side, blurred, noisy, as a JPEG."""
    portal = "https://gongkai.jintangcun.gd.cn/result/2026-12"
    paper = Document("公示", (Paragraph("村" * 28 * 30),), code=f"{portal}#2812-0093-9880-9308")
    page = page_of(render(paper, FONTS), number)
    sheet = sheet_in(bgr(photographed(page, angle, tilt, noise)))
    assert sheet.codes == (f"{paper.code}.{number + 1}",)


def test_a_scan_without_edges_is_read_as_it_is(decided_house):
    scan = page_of(pdf_of(decided_house))
    sheet = sheet_in(scan)
    assert sheet.codes
    assert sheet.picture.shape[0] > sheet.picture.shape[1]


def test_a_picture_of_no_sheet_has_no_code():
    nothing = np.full((600, 800, 3), 90, np.uint8)
    assert (sheet_in(nothing).codes, sheet_in(nothing).straightened) == ((), False)


# --- filed


def test_a_photographed_page_is_known_by_its_code_and_filed_under_its_paper(decided_house):
    officer = decided_house.officer(SECRETARY)
    there = upload(officer, photographed(page_of(pdf_of(decided_house)), 7, 0.12))
    page = officer.open(there)
    paper = issued(decided_house)
    assert "纸上的码读出来了" in page
    shown, number = hidden(page, "shown"), int(hidden(page, "page"))
    answer = officer.post(HERE, shown=shown, paper=hidden(page, "paper"), page=number)
    assert answer.location == f"/matters/{MATTER}#supervision"
    (filed,) = decided_house.events(SignedSheetFiled)
    assert (filed.subject, filed.paper, filed.from_seq) == (
        MATTER,
        Paper.RESOLUTION,
        paper.from_seq,
    )
    assert (filed.attachment.sha256, filed.by_hand) == (shown, False)
    assert filed.page == decided_house.app.press.pages(paper)
    assert officer.get(f"/photos/{shown}.jpg").mimetype == "image/jpeg"
    assert f"决议书第{number}页" in officer.open(HERE)


def test_a_sheet_of_another_paper_goes_to_that_paper(decided_house):
    """The tally sheet is held under the camera where the resolution was meant: its code says what it is."""
    officer = decided_house.officer(SECRETARY)
    signed_page = page_of(pdf_of(decided_house, Paper.TALLY_SHEET), SIGNED_OF_TALLY_SHEET)
    there = upload(officer, photographed(signed_page))
    page = officer.open(there)
    assert "计票单" in page
    officer.post(
        HERE, shown=hidden(page, "shown"), paper=hidden(page, "paper"), page=hidden(page, "page")
    )
    (filed,) = decided_house.events(SignedSheetFiled)
    assert filed.paper is Paper.TALLY_SHEET


def test_where_the_code_cannot_be_read_a_person_says_which_page_and_it_is_on_record(decided_house):
    officer = decided_house.officer(SECRETARY)
    blank = np.full((1754, 1240, 3), 245, np.uint8)
    there = upload(officer, photographed(blank))
    page = officer.open(there)
    assert "纸上的码读不出来。" in page
    shown = hidden(page, "shown")
    answer = officer.post(HERE, shown=shown, page="2")
    assert answer.status_code == 400
    assert "还没有选是哪份文书。" in answer.text
    key = f"resolution-{issued(decided_house).from_seq}"
    assert key in page
    officer.post(HERE, shown=shown, paper=key, page="2")
    (filed,) = decided_house.events(SignedSheetFiled)
    assert (filed.page, filed.by_hand) == (2, True)
    assert "由人认定" in officer.open(HERE)


def test_whoever_changes_what_was_read_has_said_so_himself(decided_house):
    officer = decided_house.officer(SECRETARY)
    page = officer.open(upload(officer, photographed(page_of(pdf_of(decided_house)))))
    officer.post(HERE, shown=hidden(page, "shown"), paper=hidden(page, "paper"), page="1")
    (filed,) = decided_house.events(SignedSheetFiled)
    assert (filed.page, filed.by_hand) == (1, True)


def test_a_code_may_say_its_page_and_give_the_short_check_code(decided_house):
    from kiosk.web.cases.signed_pages import page_read

    paper = issued(decided_house)
    head = Head(paper.from_seq, digest(decided_house.lines()[paper.from_seq - 1]))
    with decided_house.app.flask.app_context():
        village = decided_house.village()
        read = page_read([f"http://kiosk/r/2026-1#{head.check_code}.2"], village)
        assert (read.paper, read.page) == (paper, 2)
        assert page_read(["http://kiosk/r/2026-1#0000-0000-0000-0000.2"], village) is None
        assert page_read(["http://kiosk/film/a/b/"], village) is None


def test_the_pages_say_that_the_signed_page_is_missing_and_lead_to_it(decided_house):
    officer = decided_house.officer(SECRETARY)
    assert "决议书的签字页还没有收回存档" in officer.open(f"/matters/{MATTER}/archive")
    assert f'href="{HERE}"' in officer.open(f"/matters/{MATTER}")


def test_sheets_are_filed_at_the_console_alone(decided_house):
    supervisor = decided_house.officer(SUPERVISOR)
    assert supervisor.get(HERE).status_code in {302, 303, 403}
