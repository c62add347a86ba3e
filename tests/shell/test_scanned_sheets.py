"""Signed pages by the pile: a scan of many pages, many photographs at once; whatever is sent, nothing is lost by it."""

from contextlib import suppress
from html import unescape
from io import BytesIO

import kiosk_fixtures
import numpy as np
import pikepdf
import pytest
from itsdangerous import URLSafeSerializer
from kiosk_fixtures import SECRETARY
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from sheet_photos import page_of, photographed
from test_pages import words
from test_sheet_pages import HERE, SIGNED_OF_TALLY_SHEET, issued, pdf_of
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from kiosk.camera import photographer as taking
from kiosk.camera.photographer import NoPhoto, Photographer, Trouble
from kiosk.camera.scan import PAGES_AT_MOST
from kiosk.camera.sheet import TAKEN_IN_PX
from kiosk.core.events import SignedSheetFiled
from kiosk.core.terms import Paper
from kiosk.demo.story import MATTER

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
decided_database = kiosk_fixtures.decided_database
decided_house = kiosk_fixtures.decided_house

PILE = f"{HERE}/pile"
BLANK = np.full((1754, 1240, 3), 250, np.uint8)


@pytest.fixture
def signed_pages(decided_house):
    """The page of the resolution and that of the tally sheet that people signed."""
    tally = pdf_of(decided_house, Paper.TALLY_SHEET)
    return page_of(pdf_of(decided_house)), page_of(tally, SIGNED_OF_TALLY_SHEET)


def scan(*pages):
    """A PDF as a multifunction printer sends it: of each page one picture."""
    pictures = [Image.fromarray(np.ascontiguousarray(page[:, :, ::-1])) for page in pages]
    out = BytesIO()
    pictures[0].save(out, "PDF", resolution=150, save_all=True, append_images=pictures[1:])
    return out.getvalue()


def empty_pdf(pages=1, size=A4, **options):
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, **options)
    for _ in range(pages):
        canvas.rect(9, 9, 9, 9)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked(pdf):
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return out.getvalue()


def upload(officer, *files):
    officer.open(HERE)
    named = [FileStorage(BytesIO(file), f"scan-{n}.pdf") for n, file in enumerate(files, start=1)]
    fields = MultiDict([("csrf_token", officer.token), *(("file", file) for file in named)])
    boundary, body = encode_multipart(fields)  # in memory: the client's own files are left open
    kind = f"multipart/form-data; boundary={boundary}"
    return officer.remember(officer.client.post(f"{HERE}/send", data=body, content_type=kind))


def keep(officer, page):
    seals = unescape(page).split('name="sealed" value="')[1:]
    sealed = [seal.partition('"')[0] for seal in seals]
    data = {"csrf_token": officer.token, "sealed": sealed}
    return officer.client.post(PILE, data=data)


def filed(house):
    return [(f.paper, f.page, f.by_hand) for f in house.events(SignedSheetFiled)]


def pages_of(house, paper):
    return house.app.press.pages(issued(house, paper))


# --- read and filed


def test_each_page_of_a_scan_goes_to_its_paper_and_page(decided_house, signed_pages):
    resolution, tally = signed_pages
    officer = decided_house.officer(SECRETARY)
    answer = upload(officer, scan(resolution, BLANK, tally))
    said = words(answer.text)
    assert "3页，认出2页" in said
    assert "码读不出来" in said
    assert answer.text.count(f"{HERE}?shown=") == 1
    for _ in range(2):  # sent again it changes nothing
        assert keep(officer, answer.text).location == f"/matters/{MATTER}#supervision"
    assert len(filed(decided_house)) == 2
    assert {paper for paper, _, by_hand in filed(decided_house) if not by_hand} == {
        Paper.RESOLUTION,
        Paper.TALLY_SHEET,
    }
    assert (Paper.RESOLUTION, pages_of(decided_house, Paper.RESOLUTION), False) in filed(
        decided_house
    )


def test_many_photographs_are_sent_at_once(decided_house, signed_pages):
    officer = decided_house.officer(SECRETARY)
    answer = upload(officer, *(photographed(page, 6, 0.1) for page in signed_pages))
    assert "2页，认出2页" in words(answer.text)
    keep(officer, answer.text)
    assert len(filed(decided_house)) == 2


def test_a_scan_of_one_page_is_looked_at_as_a_photograph_is(decided_house, signed_pages):
    officer = decided_house.officer(SECRETARY)
    answer = upload(officer, scan(signed_pages[0]))
    assert answer.location.startswith(f"{HERE}?shown=")
    assert "纸上的码读出来了" in officer.open(answer.location)


def test_a_page_that_lay_upside_down_in_the_scanner_stands_upright(decided_house, signed_pages):
    right, wrong = (
        Photographer("card").scan(scan(page)).sheets[0]
        for page in (signed_pages[0], np.rot90(signed_pages[0], 2))
    )
    assert set(right.codes) & set(wrong.codes)  # reading ends with the first that names the page
    one, other = (
        np.asarray(Image.open(BytesIO(s.jpeg)).convert("L").resize((84, 118)), float)
        for s in (right, wrong)
    )
    assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.8


def test_a_page_whose_code_cannot_be_read_is_chosen_by_hand(decided_house, signed_pages):
    officer = decided_house.officer(SECRETARY)
    answer = upload(officer, scan(signed_pages[0], BLANK))
    shown = answer.text.split(f"{HERE}?shown=")[1][:64]
    assert "这是哪份文书" in officer.open(f"{HERE}?shown={shown}")
    key = f"resolution-{issued(decided_house).from_seq}"
    officer.post(HERE, shown=shown, paper=key, page="1")
    assert filed(decided_house) == [(Paper.RESOLUTION, 1, True)]


# --- whatever is sent


@pytest.mark.parametrize(
    ("file", "trouble"),
    [
        (b"%PDF-1.7\n%%EOF", Trouble.NOT_A_PICTURE),
        (b"PK\x03\x04 no picture", Trouble.NOT_A_PICTURE),
        (locked(empty_pdf()), Trouble.LOCKED),
        (empty_pdf(PAGES_AT_MOST + 1), Trouble.TOO_MANY_PAGES),
    ],
    ids=["hollow", "zip", "locked", "too long"],
)
def test_a_file_that_is_no_scan_is_known_for_what_it_is(file, trouble):
    with pytest.raises(NoPhoto) as none:
        Photographer("card").scan(file)
    assert none.value.trouble is trouble


def test_what_no_page_could_be_read_of_is_said_and_nothing_is_filed(decided_house):
    officer = decided_house.officer(SECRETARY)
    answer = upload(officer, empty_pdf()[:400])
    assert answer.status_code == 409
    assert "这个文件打不开" in words(answer.text)
    assert filed(decided_house) == []


def test_a_bad_file_among_good_ones_costs_none_of_them(decided_house, signed_pages):
    officer = decided_house.officer(SECRETARY)
    answer = upload(officer, scan(signed_pages[0]), locked(empty_pdf()))
    said = words(answer.text)
    assert "1页，认出1页" in said
    assert "scan-2.pdf：这个PDF设了密码，打不开。" in said
    keep(officer, answer.text)
    assert len(filed(decided_house)) == 1


def test_a_page_as_large_as_a_field_is_drawn_as_small_as_any():
    (sheet,) = Photographer("card").scan(empty_pdf(size=(14_400, 14_400))).sheets
    assert max(Image.open(BytesIO(sheet.jpeg)).size) <= TAKEN_IN_PX


def test_a_picture_that_unpacks_to_more_than_the_memory_ends_its_own_process_alone():
    """Nine gigapixels out of a few kilobytes: the process may die of it, the answer is a sentence."""
    document = pikepdf.new()
    document.add_blank_page(page_size=A4)
    black = pikepdf.Stream(document, b"\x00" * 8_000_000)
    black.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=96_000,
        Height=96_000,
        BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceRGB,
    )
    page = document.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Bomb=black))
    page.Contents = pikepdf.Stream(document, b"595 0 0 842 0 0 cm /Bomb Do")
    out = BytesIO()
    document.save(out, compress_streams=True)
    assert len(out.getvalue()) < 20_000
    with suppress(NoPhoto):
        assert len(Photographer("card").scan(out.getvalue()).sheets) == 1


def test_what_was_read_before_the_process_died_is_kept():
    whole = b'{"codes": ["#a.1"], "straightened": false, "bytes": 3}\nabc'
    for cut in (whole, b'{"codes"', b'{"codes": [], "straightened": false, "bytes": 9}\nabc'):
        got = taking._scan(whole + cut, ended_well=False)
        assert not got.is_whole
        assert [s.jpeg for s in got.sheets] == [b"abc"] * (2 if cut == whole else 1)
    assert taking._scan(whole, ended_well=True).is_whole


def test_a_page_that_cannot_be_drawn_is_told_of_beside_the_others():
    whole = b'{"codes": [], "straightened": false, "bytes": 3}\nabc'
    bad = b'{"codes": [], "straightened": false, "bytes": 0}\n'
    scan_ = taking._scan(whole + bad + whole, ended_well=True)
    assert (len(scan_.sheets), scan_.is_whole) == (2, False)


def test_nobody_files_a_reading_that_the_machine_did_not_make(decided_house):
    officer = decided_house.officer(SECRETARY)
    officer.open(HERE)
    key = f"resolution-{issued(decided_house).from_seq}"
    forged = URLSafeSerializer("guessed", salt="signed-page").dumps(["ab" * 32, key, 1])
    assert officer.post(PILE, sealed=forged).status_code == 400
    assert filed(decided_house) == []


def test_a_page_that_is_refused_keeps_no_other_back(decided_house, signed_pages):
    officer = decided_house.officer(SECRETARY)
    answer = upload(officer, scan(*signed_pages))
    first = answer.text.split("/photos/")[1][:64]
    (decided_house.settings.data_dir / "photos" / "shown" / f"{first}.jpg").unlink()
    kept = keep(officer, answer.text)
    assert kept.status_code == 409
    assert "没有存：这张照片已经不在了。" in words(kept.text)
    assert [paper for paper, _, _ in filed(decided_house)] == [Paper.TALLY_SHEET]


def test_more_files_than_are_taken_at_once_are_said_to_be(decided_house):
    officer = decided_house.officer(SECRETARY)
    answer = upload(officer, *[b"x"] * 21)
    assert "一次最多传20个文件" in words(answer.text)
