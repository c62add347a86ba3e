"""The code on resolution and tally sheet: a phone that scans it opens the film of exactly this vote."""

import re
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from papers import newest
from pypdf import PdfReader
from simulator import VILLAGE, secretly, voting

from kiosk.core import commands as c
from kiosk.core.terms import ClipAudience, Paper
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.press import Press

FONTS = FontFolder.from_node_modules(Path(__file__).parents[2] / "node_modules")
DOTS = 150 / 72
OF_A_VOTE = (Paper.TALLY_SHEET, Paper.RESOLUTION, Paper.POSTING)


def recorded(sim):
    sim.do(c.StartRecording(sim.meeting_id, "camera", sound=True))
    return sim


def decided(audience=None):
    sim = recorded(voting(present=30))
    if audience:
        sim.do(c.ChangeClipAudience(audience, "村民代表会议决议", "村民代表会议"))
    return sim.cast(30).close().adjourn()


def pdf_of(sim, paper, folder):
    press = Press(sim.kiosk, folder, FONTS, lambda: "unused")
    return press.rendered(VILLAGE, newest(sim.lines(), paper))


def words_of(pdf, folder):
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


def codes_on(pdf):
    """What is read off the paper. OpenCV, which reads the sheets that come back, misses one of several on a page."""
    pages = (page.render(scale=DOTS).to_numpy() for page in pypdfium2.PdfDocument(pdf))
    return {code.text for page in pages for code in zxingcpp.read_barcodes(page)}


def of_pages(codes):
    """The small ones at the foot: the check code and the number of the page."""
    return {code for code in codes if re.search(r"#[0-9-]{19}\.[0-9]+$", code)}


@pytest.mark.parametrize("paper", OF_A_VOTE)
def test_the_second_code_on_the_paper_is_the_address_of_the_clip(paper, tmp_path):
    sim = decided()
    codes = codes_on(pdf_of(sim, paper, tmp_path))
    portal = sim.village().portal_url
    assert f"{portal}/film/{sim.meeting_id}/{sim.vote_id}/" in codes
    assert len(codes - of_pages(codes)) == 2, "and the one by which the paper is checked"
    assert of_pages(codes)


@pytest.mark.parametrize("paper", OF_A_VOTE)
def test_without_a_film_there_is_no_such_code(paper, tmp_path):
    sim = voting(present=30).cast(30).close().adjourn()
    pdf = pdf_of(sim, paper, tmp_path)
    codes = codes_on(pdf)
    assert len(codes - of_pages(codes)) == 1
    assert "录像" not in words_of(pdf, tmp_path)


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        (None, "手机要连着会场的网络；干部和监委会在别处登录后也能看。"),
        (ClipAudience.OFFICERS, "本村规定只给干部和监委会看，请先登录。"),
        (ClipAudience.PUBLIC, "遮好面部、放行了的，谁都可以在公开栏上看。"),
    ],
)
def test_the_paper_says_who_may_see_it(audience, said, tmp_path):
    words = words_of(pdf_of(decided(audience), Paper.RESOLUTION, tmp_path), tmp_path)
    assert "扫左边的码，看这次表决的录像。" in words
    assert said in words


def test_of_a_secret_vote_the_paper_promises_the_closing_alone(tmp_path):
    sim = recorded(secretly(present=30)).cast(20, 5, 5).witness().close()
    words = words_of(pdf_of(sim, Paper.TALLY_SHEET, tmp_path), tmp_path)
    assert "看这次表决结束时的录像（无记名，过程中画面遮住）。" in words


def test_a_paper_that_was_set_stays_as_it_is_when_the_village_changes_its_mind(tmp_path):
    sim = decided()
    before = pdf_of(sim, Paper.RESOLUTION, tmp_path)
    sim.do(c.ChangeClipAudience(ClipAudience.OFFICERS, "村民会议决议", "村民会议"))
    assert pdf_of(sim, Paper.RESOLUTION, tmp_path) == before
