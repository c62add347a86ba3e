"""What every printer owes the desk, in one conformance; and how a real CUPS says what it lacks."""

from io import BytesIO

import numpy as np
import pypdfium2
import pytest
from print_hall import PrintHall, until
from reportlab.lib.pagesizes import A3, A4
from reportlab.pdfgen.canvas import Canvas

from kiosk.printing.cups import CupsPrinter
from kiosk.printing.printer import Fate, Media, NoAnswer, NoPrinter, NotTaken, Sheets, Sign
from kiosk.printing.reasons import IDLE, PROCESSING, STOPPED, sign_of

DPI_SCALE = 2


@pytest.fixture(scope="module")
def hall():
    made = PrintHall()
    yield made
    made.close()


@pytest.fixture
def printer(hall):
    yield CupsPrinter(hall.address)
    hall.mended()
    hall.command("cancel", "-a")
    hall.command("cupsenable", "hall")
    until(lambda: CupsPrinter(hall.address).state().sign is Sign.READY)


def pdf(size=A4, pages=1):
    """A page with ink to its very edges: whatever scaled it would be seen."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=size)
    for _ in range(pages):
        canvas.rect(0, 0, 40, 40, fill=1)
        canvas.rect(size[0] - 40, size[1] - 40, 40, 40, fill=1)
        canvas.rect(100, 100, 200, 200, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def sheets(media=Media.A4, copies=1, size=A4):
    return Sheets(pdf(size), "修路决议书", media, copies)


def pixels(content):
    page = pypdfium2.PdfDocument(content)[0]
    return np.asarray(page.render(scale=DPI_SCALE).to_pil().convert("L")) < 128


# --- what every printer owes


@pytest.fixture(params=["cups", "none", "silent"])
def any_printer(request):
    """Each that may stand behind the port: a real queue, none, an address where nobody answers."""
    if request.param == "cups":
        return request.getfixturevalue("printer")
    return NoPrinter() if request.param == "none" else CupsPrinter("ipp://127.0.0.1:1/x")


def test_every_printer_says_how_it_stands_whatever_happens(any_printer):
    assert any_printer.state().sign in Sign


def test_what_a_printer_takes_it_prints_and_what_it_cannot_it_does_not_take(any_printer):
    if not any_printer.state().sign.can_print:
        with pytest.raises(NotTaken) as refused:
            any_printer.send(sheets())
        assert not refused.value.for_good
        return
    job = any_printer.send(sheets())
    assert until(lambda: any_printer.fate(job) is Fate.DONE)


def test_a_job_that_no_printer_knows_is_forgotten_or_not_answered(any_printer):
    try:
        assert any_printer.fate(987_654) is Fate.FORGOTTEN
    except (NoAnswer, NotTaken):
        assert any_printer.state().sign is Sign.SILENT


def test_cancelling_what_is_out_already_does_nothing(any_printer):
    if any_printer.state().sign.can_print:
        job = any_printer.send(sheets())
        until(lambda: any_printer.fate(job) is Fate.DONE)
        any_printer.cancel(job)
        assert any_printer.fate(job) is Fate.DONE


# --- the real one


@pytest.mark.parametrize(("media", "size"), [(Media.A4, A4), (Media.A3, A3)])
def test_a_page_comes_out_at_its_true_size_on_the_paper_it_was_set_for(hall, printer, media, size):
    """The grid of GB/T 9704 and the codes are measured in millimetres: nothing is fitted to the printer's margins."""
    job = printer.send(sheets(media, size=size))
    until(lambda: hall.came_out(job))
    mine, printed = pixels(pdf(size)), pixels(hall.came_out(job))
    high, wide = (min(a, b) for a, b in zip(mine.shape, printed.shape, strict=True))
    # The paper may be rounded to whole points: below and to the right, so lines are counted from the lower left.
    assert np.mean(mine[-high:, :wide] ^ printed[-high:, :wide]) < 0.002
    assert max(abs(a - b) for a, b in zip(mine.shape, printed.shape, strict=True)) <= DPI_SCALE
    _copies, options = hall.asked(job)
    assert f"PageSize={media.name}" in options
    assert {"print-scaling=none", "sides=one-sided"} <= set(options)


def test_as_many_copies_as_were_asked_for(hall, printer):
    job = printer.send(sheets(copies=3))
    until(lambda: printer.fate(job) is Fate.DONE)
    copies, _options = hall.asked(job)
    pages = len(pypdfium2.PdfDocument(hall.came_out(job)))
    assert copies * pages == 3


@pytest.mark.parametrize(
    ("reason", "sign"),
    [
        ("media-empty-error", Sign.NO_PAPER),
        ("media-jam-error", Sign.JAMMED),
        ("cover-open-error", Sign.COVER_OPEN),
        ("toner-empty-error", Sign.NO_TONER),
        ("offline-report", Sign.OFFLINE),
        ("media-low-warning", Sign.PAPER_LOW),
    ],
)
def test_what_a_printer_lacks_is_known_and_when_mended_it_goes_on_by_itself(
    hall, printer, reason, sign
):
    hall.lacks(reason)
    job = printer.send(sheets())
    assert until(lambda: printer.state().sign is sign)
    assert printer.fate(job) in {Fate.PRINTING, Fate.QUEUED}
    hall.mended()
    assert until(lambda: printer.fate(job) is Fate.DONE)
    assert until(lambda: printer.state().sign is Sign.READY)


def test_a_stopped_queue_is_paused_and_keeps_what_it_took(hall, printer):
    hall.lacks("halt")
    job = printer.send(sheets())
    assert until(lambda: printer.state().sign is Sign.PAUSED)
    assert printer.fate(job) is Fate.QUEUED
    hall.mended()
    hall.command("cupsenable", "hall")
    assert until(lambda: printer.fate(job) is Fate.DONE)


def test_a_job_is_cancelled_while_the_paper_is_out(hall, printer):
    hall.lacks("media-empty-error")
    job = printer.send(sheets())
    until(lambda: printer.state().sign is Sign.NO_PAPER)
    printer.cancel(job)
    assert until(lambda: printer.fate(job) is Fate.CANCELLED)
    assert hall.came_out(job) is None


def test_what_the_last_job_lacked_bars_no_other(hall, printer):
    """CUPS goes on saying media-empty of an idle queue whose job was cancelled for want of paper."""
    hall.lacks("media-empty-error")
    printer.cancel(printer.send(sheets()))
    hall.mended()
    assert until(lambda: printer.state().sign is Sign.READY)
    job = printer.send(sheets())
    assert until(lambda: printer.fate(job) is Fate.DONE)


def test_a_queue_that_takes_nothing_refuses_and_may_be_asked_again(hall, printer):
    hall.command("cupsreject", "hall")
    try:
        assert printer.state().sign is Sign.REFUSING
        with pytest.raises(NotTaken) as refused:
            printer.send(sheets())
        assert not refused.value.for_good
    finally:
        hall.command("cupsaccept", "hall")


def test_the_papers_it_takes_are_known(hall):
    hall.queue("small", "hall:/tray", sizes=("A4",))
    state = CupsPrinter(hall.address_of("small")).state()
    assert state.name == "small"
    assert state.takes(Media.A4)
    assert not state.takes(Media.A3)


def test_the_device_behind_a_queue_is_asked_itself(hall, printer):
    """The queue of a network printer knows of it only while it prints: switched off at night, it is offline at once."""
    job = printer.send(sheets())  # whatever an earlier test had it say is over
    until(lambda: printer.fate(job) is Fate.DONE)
    hall.queue("far", hall.address)
    far = CupsPrinter(hall.address_of("far"))
    assert far.state().sign is Sign.READY
    hall.command("cupsdisable", "hall")
    assert far.state().sign is Sign.PAUSED
    hall.command("cupsenable", "hall")
    hall.queue("gone", "ipp://127.0.0.1:1/ipp/print")
    assert CupsPrinter(hall.address_of("gone")).state().sign is Sign.OFFLINE


def test_an_address_without_a_printer_is_no_printer(hall):
    assert CupsPrinter(hall.address_of("nobody")).state().sign is Sign.NONE


def test_the_default_printer_is_found_by_itself():
    own = PrintHall()
    try:
        printer = CupsPrinter("auto", own.root)
        assert printer.state().name == "hall"  # the only one there is
        own.queue("second", "hall:/tray")
        own.default("second")
        assert printer.state().name == "second"
        job = printer.send(sheets())
        assert until(lambda: printer.fate(job) is Fate.DONE)
        own.switch_off()
        assert printer.state().sign is Sign.NONE
    finally:
        own.close()


def test_cups_that_was_switched_off_is_silent_and_back_when_it_is_on_again():
    own = PrintHall()
    try:
        printer = CupsPrinter(own.address)
        assert printer.state().sign is Sign.READY
        own.switch_off()
        assert printer.state().sign is Sign.SILENT
        with pytest.raises(NotTaken):
            printer.send(sheets())
        own.switch_on()
        assert until(lambda: printer.state().sign is Sign.READY)
    finally:
        own.close()


# --- the words of RFC 8011


@pytest.mark.parametrize(
    ("state", "reasons", "accepting", "sign"),
    [
        (IDLE, ["none"], True, Sign.READY),
        (PROCESSING, ["none"], True, Sign.PRINTING),
        (IDLE, ["media-empty"], True, Sign.NO_PAPER),
        (PROCESSING, ["media-empty-warning"], True, Sign.PRINTING),  # the other tray has paper
        (STOPPED, ["media-empty-warning"], True, Sign.NO_PAPER),
        (STOPPED, ["paused", "media-jam-error"], True, Sign.JAMMED),
        (STOPPED, ["media-low-report"], True, Sign.TROUBLE),
        (STOPPED, ["com.maker-something"], True, Sign.TROUBLE),
        (PROCESSING, ["connecting-to-device"], True, Sign.CONNECTING),
        (IDLE, ["toner-low-report"], True, Sign.TONER_LOW),
        (IDLE, ["none"], False, Sign.REFUSING),
        (IDLE, ["media-low-warning"], False, Sign.REFUSING),
        (IDLE, ["com.maker-something-error"], True, Sign.READY),
    ],
)
def test_the_worst_of_what_a_printer_says_is_told(state, reasons, accepting, sign):
    assert sign_of(state, reasons, accepting=accepting) is sign
