"""Ballot papers: what is printed on each, that all answers look alike, and that nothing ties one to a person."""

import hashlib
import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest
from pypdf import PdfReader

from kiosk.config import ROOT
from kiosk.typeset.ballot_papers import HOW, BallotPapers, ballot_papers_pdf
from kiosk.typeset.fonts import FontFolder

FONTS = FontFolder.from_node_modules(ROOT / "node_modules")
MM = 72 / 25.4
PALE = round(0.93 * 255)
A4 = (210 * MM, 297 * MM)
PAPERS = BallotPapers(
    village="金塱村",
    meeting="第1次村民代表会议",
    titles=("公益性骨灰楼选址与建设方案",),
    method="无记名",
    answers=("赞成", "反对", "弃权"),
    batch="48291357",
    first=1,
    last=6,
    signed=False,
)


def pdf(**changes):
    return ballot_papers_pdf(replace(PAPERS, **changes), FONTS)


def pages(content):
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def flat(content):
    return re.sub(r"\s", "", "".join(pages(content)))


def image(content, page=0, scale=2):
    with pypdfium2.PdfDocument(content) as document:
        return document[page].render(scale=scale).to_pil().convert("L")


def test_four_papers_stand_on_an_a4_sheet_and_the_last_sheet_holds_the_rest():
    reader = PdfReader(BytesIO(pdf()))
    assert [tuple(map(float, page.mediabox[2:])) for page in reader.pages] == [
        pytest.approx(A4, abs=0.01)
    ] * 2
    assert [len(re.findall(r"第\s*\d{3}\s*号", text)) for text in pages(pdf())] == [4, 2]


def test_every_serial_number_stands_on_one_paper_beside_the_code_of_its_batch():
    text = flat(pdf(first=31, last=37))
    assert re.findall(r"第(\d{3})号", text) == [f"{n:03d}" for n in range(31, 38)]
    assert text.count("48291357") == 7


def test_a_paper_says_what_is_voted_on_where_how_and_how_to_fill_it_in():
    with pypdfium2.PdfDocument(pdf(last=1)) as document:
        text = re.sub(r"\s", "", document[0].get_textpage().get_text_range())
    for words in (
        "金塱村",
        "第1次村民代表会议",
        *PAPERS.titles,
        "表决方式：无记名",
        HOW,
        *PAPERS.answers,
    ):
        assert words in text, words
    assert "村务监督委员会盖章处" in text


def test_several_matters_stand_by_their_numbers():
    titles = ("村道硬化", "村级公益性骨灰楼选址与建设方案以及三年管护经费筹措办法", "村规民约修订")
    text = flat(pdf(titles=titles, last=1))
    assert all(f"{n}.{title}" in text for n, title in enumerate(titles, start=1))


def boxes(answers):
    """The three boxes of the first paper as pictures, without the words above the rings."""
    sheet = image(pdf(answers=answers, last=1), scale=4)
    dot = 4 * MM
    wide = (105 - 16 - 8) / 3
    lefts = [(8 + at * (wide + 4)) * dot for at in range(3)]
    top, bottom = 60 * dot, 93 * dot
    return [sheet.crop((round(x), round(top), round(x + wide * dot), round(bottom))) for x in lefts]


@pytest.mark.parametrize("answers", [("赞成",) * 3, ("满意",) * 3])
def test_the_boxes_are_equal_in_every_respect(answers):
    """With the same word in each, no box can be told from another but for the grey of its edges."""
    for one, other in pairwise(boxes(answers)):
        assert one.size == other.size
        differing = sum(
            abs(a - b) > 200 for a, b in zip(one.tobytes(), other.tobytes(), strict=True)
        )
        assert differing < one.width * one.height * 0.005


def sizes(answers):
    """The sizes in which the words of the answers are set."""
    found = {}

    def visit(text, _cm, _tm, _font, size):
        found.update({answer: size for answer in answers if text.strip() == answer})

    paper = PdfReader(BytesIO(pdf(answers=answers, last=1))).pages[0]
    paper.extract_text(visitor_text=visit)
    return found


def test_a_long_answer_makes_all_words_smaller_alike():
    answers = ("满意", "基本满意", "不满意")
    found = sizes(answers)
    assert found.keys() == set(answers)
    assert len({round(size, 3) for size in found.values()}) == 1


def test_the_same_papers_are_the_same_bytes():
    digests = {hashlib.sha256(pdf()).hexdigest() for _ in range(2)}
    assert len(digests) == 1
    assert pdf() != pdf(first=2)


def test_papers_differ_in_their_numbers_and_in_nothing_else():
    """No code, no picture, no hidden mark: whoever covers the number cannot tell two papers apart."""
    sheet = image(pdf(last=4), scale=3)
    across, down = sheet.width // 2, sheet.height // 2
    number = (0, int(105 * MM * 3), int(60 * MM * 3), int(130 * MM * 3))
    corners = [(0, 0), (across, 0), (0, down), (across, down)]
    inset = 12  # the lines to cut along, and half a dot of rounding
    seen = []
    for x, y in corners:
        paper = sheet.crop((x, y, x + across, y + down))
        paper.paste(255, number)
        seen.append(paper.crop((inset, inset, across - inset, down - inset)).tobytes())
    for other in seen[1:]:
        differing = sum(abs(a - b) > 200 for a, b in zip(seen[0], other, strict=True))
        assert differing < len(other) * 0.005
    resources = PdfReader(BytesIO(pdf())).pages[0]["/Resources"]
    images = [x for x in resources["/XObject"].values() if x.get_object()["/Subtype"] == "/Image"]
    assert images == []


def test_every_font_is_in_the_file():
    fonts = PdfReader(BytesIO(pdf())).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        (drawn,) = font.get_object()["/DescendantFonts"]
        described = drawn.get_object().get("/FontDescriptor")
        assert described is not None
        assert "/FontFile2" in described.get_object()


def test_a_rehearsal_is_marked_across_the_paper_and_beside_the_number():
    marked, plain = pdf(rehearsal=True, mark="　演练", last=1), pdf(last=1)
    assert "演练" in flat(marked)
    assert "演练" not in flat(plain)
    assert image(marked).tobytes().count(PALE) > 10_000 > image(plain).tobytes().count(PALE)


def test_only_a_vote_by_name_asks_for_a_signature():
    assert "签名" in flat(pdf(signed=True, method="记名，逐个表决"))
    assert "签名" not in flat(pdf())
