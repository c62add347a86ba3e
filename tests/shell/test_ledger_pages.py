"""The ledger of matters, printed and as a spreadsheet, for officers; in the bundle of the village too."""

from io import BytesIO

import kiosk_fixtures
from kiosk_fixtures import SECRETARY, SUPERVISOR
from pypdf import PdfReader

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
decided_database = kiosk_fixtures.decided_database
decided_house = kiosk_fixtures.decided_house


def test_secretary_and_supervisor_print_the_ledger_with_the_head_it_is_told_from(decided_house):
    for person in (SECRETARY, SUPERVISOR):
        officer = decided_house.officer(person)
        assert "/inspection/ledger.pdf" in officer.open("/inspection/")
        pages = PdfReader(BytesIO(officer.get("/inspection/ledger.pdf").data)).pages
        text = "".join(page.extract_text() for page in pages).replace("\n", "")
        village = decided_house.village()
        assert f"共{len(village.matters)}件" in text
        assert f"日志第{village.entries}条" in text
        assert all(matter.kind.name[:6] in text for matter in village.matters.values())


def test_the_same_is_a_spreadsheet_with_a_row_a_matter(decided_house):
    answer = decided_house.officer(SECRETARY).get("/inspection/ledger.csv")
    assert answer.mimetype == "text/csv"
    rows = answer.text.removeprefix("\ufeff").strip().split("\r\n")
    assert len(rows) == 1 + len(decided_house.village().matters)


def test_nobody_else_has_it(decided_house):
    for address in ("/inspection/ledger.pdf", "/inspection/ledger.csv"):
        assert decided_house.visitor().get(address).status_code in {302, 303, 401, 403}
