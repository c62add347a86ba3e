"""Papers wait for the printer, are printed once, and say how they stand: the desk and its pages over a real CUPS."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, SECRETARY, SUPERVISOR, TELLER, House
from paper_votes import Ballots
from print_hall import PrintHall, until
from pypdf import PdfReader
from test_pages import forms, press, words
from test_printers import pdf

from kiosk.core.ballot_terms import Method
from kiosk.core.events import PaperIssued
from kiosk.core.terms import Edition, Paper
from kiosk.demo.story import MATTER, TODAY
from kiosk.printing.cups import CupsPrinter
from kiosk.printing.desk import PrintDesk
from kiosk.printing.orders import LINES_KEPT, Order, OrderShelf, Stage
from kiosk.printing.printer import Media, NoAnswer, NoPrinter, Sign

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
decided_database = kiosk_fixtures.decided_database
decided_house = kiosk_fixtures.decided_house

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
RESOLUTION = f"/papers/{MATTER}/resolution/print?edition=archive"
POSTER = f"/papers/{MATTER}/poster/print"


@pytest.fixture(scope="module")
def hall():
    made = PrintHall()
    yield made
    made.close()


@pytest.fixture
def printer(hall):
    for old in hall.tray.glob("job-*"):
        old.unlink()
    yield CupsPrinter(hall.address)
    hall.mended()
    hall.command("cancel", "-a")
    hall.command("cupsenable", "hall")


@pytest.fixture
def desk(printer, tmp_path):
    return PrintDesk(printer, tmp_path / "shelf")


def wanted(number=1, media=Media.A4):
    return Order(f"order-{number:04d}", "修路决议书", "/papers/x", media, 1, AT)


def stage(desk):
    return desk.orders()[0].stage


def seen(desk, wanted_stage):
    """Look until the newest paper has come so far."""

    def looked():
        desk.look()
        return stage(desk) is wanted_stage

    return until(looked)


# --- the desk


def test_a_paper_is_printed_and_its_file_goes(desk, hall, tmp_path):
    desk.order(wanted(), pdf())
    assert seen(desk, Stage.DONE)
    assert len(hall.all_out()) == 1
    assert not list((tmp_path / "shelf").glob("*.pdf"))


def test_without_a_printer_the_paper_waits_over_a_restart_and_goes_when_there_is_one(
    printer, tmp_path
):
    before = PrintDesk(NoPrinter(), tmp_path)
    before.order(wanted(), pdf())
    before.look()
    assert (before.state().sign, stage(before)) == (Sign.NONE, Stage.WAITING)
    after = PrintDesk(printer, tmp_path)
    assert seen(after, Stage.DONE)


@pytest.mark.parametrize("reason", ["media-empty-error", "offline-report"])
def test_a_paper_goes_on_by_itself_when_the_printer_is_mended(desk, hall, reason):
    hall.lacks(reason)
    desk.order(wanted(), pdf())
    seen(desk, Stage.PRINTING)
    until(lambda: desk.look() or not desk.state().sign.can_print)
    desk.order(wanted(2), pdf())
    desk.look()
    assert stage(desk) is Stage.WAITING  # nothing more is heaped upon a printer that cannot
    hall.mended()
    assert seen(desk, Stage.DONE)
    assert len(hall.all_out()) == 2


def test_a_paper_is_cancelled_while_it_waits_and_while_the_printer_has_it(desk, hall):
    hall.lacks("media-empty-error")
    desk.order(wanted(), pdf())
    seen(desk, Stage.PRINTING)
    desk.cancel("order-0001")
    assert seen(desk, Stage.CANCELLED)
    hall.command("cupsdisable", "hall")
    desk.look()
    desk.order(wanted(2), pdf())
    desk.look()
    desk.cancel("order-0002")
    assert stage(desk) is Stage.CANCELLED
    assert hall.all_out() == []


def test_the_same_order_twice_is_one(desk, hall):
    desk.order(wanted(), pdf())
    desk.order(wanted(), pdf())
    assert seen(desk, Stage.DONE)
    desk.order(wanted(), pdf())
    desk.look()
    assert len(desk.orders()) == 1
    assert len(hall.all_out()) == 1


def test_a_paper_that_was_on_its_way_when_the_power_went_is_not_printed_again_by_itself(
    printer, hall, tmp_path
):
    shelf = OrderShelf(tmp_path)
    shelf.add(wanted(), pdf())
    shelf.put(replace(wanted(), stage=Stage.SENDING))
    desk = PrintDesk(printer, tmp_path)
    desk.look()
    assert stage(desk) is Stage.UNSURE
    assert hall.all_out() == []
    desk.again("order-0001")
    assert seen(desk, Stage.DONE)
    assert len(hall.all_out()) == 1


def test_what_the_printer_holds_is_asked_after_when_the_program_is_back(printer, hall, tmp_path):
    hall.lacks("media-empty-error")
    before = PrintDesk(printer, tmp_path)
    before.order(wanted(), pdf())
    seen(before, Stage.PRINTING)
    after = PrintDesk(printer, tmp_path)
    hall.mended()
    assert seen(after, Stage.DONE)
    assert len(hall.all_out()) == 1


def test_where_nobody_knows_whether_it_was_taken_a_person_looks(printer, tmp_path):
    """Its answer gets lost on the way back: it may be printing, so it is not sent a second time."""

    class Deaf(CupsPrinter):
        def send(self, sheets):
            super().send(sheets)
            raise NoAnswer

    desk = PrintDesk(Deaf(printer._address), tmp_path)
    desk.order(wanted(), pdf())
    desk.look()
    desk.look()
    assert stage(desk) is Stage.UNSURE
    desk.cancel("order-0001")
    assert stage(desk) is Stage.CANCELLED


def test_a3_waits_for_a_printer_that_takes_it(hall, tmp_path):
    hall.queue("a4-only", "hall:/tray", sizes=("A4",))
    desk = PrintDesk(CupsPrinter(hall.address_of("a4-only")), tmp_path)
    desk.order(wanted(media=Media.A3), pdf())
    desk.look()
    assert stage(desk) is Stage.WAITING


def test_the_list_stays_short(tmp_path):
    desk = PrintDesk(NoPrinter(), tmp_path)
    for number in range(LINES_KEPT + 5):
        desk.order(wanted(number), b"%PDF-")
        desk.cancel(f"order-{number:04d}")
    desk.order(wanted(99), b"%PDF-")
    assert len(desk.orders()) == LINES_KEPT + 1
    assert len(list(tmp_path.iterdir())) == LINES_KEPT + 2


def test_a_line_that_cannot_be_read_keeps_nobody_from_starting(tmp_path):
    (tmp_path / "x.json").write_text("{")
    assert PrintDesk(NoPrinter(), tmp_path).orders() == ()


def test_the_desk_works_by_itself_and_tells_of_it(desk, printer, hall):
    told = []
    desk.on_change = lambda: told.append(stage(desk))
    desk.start()
    desk.order(wanted(), pdf())
    until(lambda: Stage.DONE in told)
    desk.stop()
    assert len(hall.all_out()) == 1


# --- its pages


@pytest.fixture
def printing(decided_house, hall, printer):
    """The village after its decision, with the hall's printer."""
    settings = replace(decided_house.settings, printer=hall.address)
    made = House(settings, decided_house.clock)
    made.app.printing.look()
    yield made
    made.close()


def sent(house, officer, address, **fields):
    page = officer.open(address)
    (form,) = [f for f in forms(page, address) if f.action == address]
    return officer.post(form.action, **form.fields | fields)


def done(house):
    until(lambda: house.app.printing.look() or stage(house.app.printing) is Stage.DONE)


def test_a_paper_is_asked_for_and_comes_out_as_often_as_was_said(printing, hall):
    officer = printing.officer(SECRETARY)
    page = words(officer.open(RESOLUTION))
    assert "打印机可以用。" in page
    assert "A4 纸" in page
    assert sent(printing, officer, RESOLUTION, copies="2").location == "/printing/"
    assert "等着打印机" in words(officer.open("/printing/"))
    done(printing)
    assert "打好了" in words(officer.open("/printing/"))
    job = printing.app.printing.orders()[0].job
    copies, _options = hall.asked(job)
    of = [p for p in printing.events(PaperIssued) if p.paper is Paper.RESOLUTION]
    issued = next(p for p in of if p.edition is Edition.ARCHIVE)
    pages = len(PdfReader(printing.app.press.path(issued)).pages)
    assert copies * len(PdfReader(BytesIO(hall.came_out(job))).pages) == 2 * pages


def test_the_poster_is_printed_on_a3(printing, hall):
    officer = printing.officer(SECRETARY)
    assert "A3 纸" in words(officer.open(POSTER))
    sent(printing, officer, POSTER, copies="1")
    done(printing)
    job = printing.app.printing.orders()[0].job
    assert "PageSize=A3" in hall.asked(job)[1]
    box = PdfReader(BytesIO(hall.came_out(job))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 1191)


def test_paper_out_is_said_in_plain_words_with_what_to_do(printing, hall):
    hall.lacks("media-empty-error")
    officer = printing.officer(SECRETARY)
    sent(printing, officer, RESOLUTION, copies="1")
    desk = printing.app.printing
    until(lambda: desk.look() or desk.state().sign is Sign.NO_PAPER)
    page = words(officer.open("/printing/"))
    assert "打印机没有纸了。 请放好纸，放好后会自动接着打印。" in page
    assert "没有纸了，请放纸；1份没打完" in words(officer.open("/console/"))
    name = desk.orders()[0].id
    press(officer, officer.open("/printing/"), f"/printing/{name}/cancel")
    assert "正在取消" in words(officer.open("/printing/"))
    until(lambda: desk.look() or stage(desk) is Stage.CANCELLED)
    assert "取消了" in words(officer.open("/printing/"))


def test_without_a_printer_the_paper_is_kept_and_can_be_carried_away(decided_house):
    settings = replace(decided_house.settings, printer="none")
    made = House(settings, decided_house.clock)
    officer = made.officer(SECRETARY)
    page = officer.open(RESOLUTION)
    assert "没有接打印机。" in words(page)
    assert sent(made, officer, RESOLUTION, copies="1").location == "/printing/"
    made.app.printing.look()
    assert stage(made.app.printing) is Stage.WAITING
    link = made.app.printing.orders()[0].link
    saved = officer.get(f"{link}&save=1")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert "没有接上，文书先存着" in words(officer.open("/console/"))
    made.close()


@pytest.mark.parametrize("copies", ["0", "51", "两", ""])
def test_a_number_of_copies_that_cannot_be_is_said_and_nothing_is_printed(printing, copies):
    officer = printing.officer(SECRETARY)
    answer = sent(printing, officer, RESOLUTION, copies=copies)
    assert answer.status_code == 400
    assert "份" in words(answer.text)
    assert printing.app.printing.orders() == ()


def test_a_form_that_is_sent_again_prints_once(printing):
    officer = printing.officer(SECRETARY)
    officer.open(RESOLUTION)
    for _ in range(2):
        answer = officer.send(RESOLUTION, copies="1", command_id="again-and-again")
        assert answer.json == {"go": "/printing/"}
    assert len(printing.app.printing.orders()) == 1


def test_ballot_papers_are_printed_each_number_once(house, hall, printer):
    made = House(replace(house.settings, printer=hall.address), house.clock)
    Ballots(made).open(Method.SECRET).issued(8)
    teller = made.officer(TELLER)
    address = "/console/papers/sheet/print?first=1&last=8"
    page = teller.open(address)
    assert 'name="copies"' not in page
    sent(made, teller, address, copies="5")
    made.app.printing.look()
    done(made)
    job = made.app.printing.orders()[0].job
    text = "".join(p.extract_text() for p in PdfReader(BytesIO(hall.came_out(job))).pages)
    assert text.count("第 001 号") == 1
    assert hall.asked(job)[0] == 1
    made.close()


def test_whoever_is_no_officer_prints_nothing(printing):
    for visitor in (printing.visitor(), printing.hall_screen(), printing.ballot_screen()):
        for address in (RESOLUTION, POSTER, "/printing/"):
            assert visitor.get(address).location == "/signin"
        assert visitor.post(RESOLUTION, copies="1").location == "/signin"
    assert printing.app.printing.orders() == ()


def test_papers_lead_to_the_printer(printing):
    officer = printing.officer(CHAIR)
    for address in (f"/matters/{MATTER}", "/papers/"):
        assert f"/papers/{MATTER}/resolution/print?" in officer.open(address)
    assert f"/papers/{TODAY}/minutes/print" in officer.open("/console/")
    assert f"/papers/{TODAY}/notice/print" in officer.open(f"/meetings/{TODAY}/notice")
    assert 'href="/printing/"' in printing.officer(SUPERVISOR).open("/papers/")


def test_an_order_that_is_not_there_is_nonsense(printing):
    assert printing.officer(SECRETARY).post("/printing/nobody-knows/again").status_code == 400
