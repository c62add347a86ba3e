"""The grid of GB/T 9704—2012 on the printed page, and what stands in its margins."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from kiosk.typeset.document import Document, Paragraph
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.render import render

FONTS = FontFolder.from_node_modules(Path(__file__).parents[2] / "node_modules")
MM = 72 / 25.4
PROSE = (
    "2026年11月21日，金塱村村民代表会议（以下简称“会议”）召开；应到45人，实到33人。《方案》建于"
    "狮山东麓“㙟仔”旧砖厂地块（土名“大氹”），占地1.26亩！不占用耕地和永久基本农田？——是的。"
)


def pages_text(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_a_page_holds_22_lines_of_28_characters_on_156_by_225_millimetres() -> None:
    pdf = render(Document("", (Paragraph("村" * 28 * 50, indent=False),)), FONTS)
    counts = [[line for line in text.splitlines() if "村" in line] for text in pages_text(pdf)]
    assert [len(page) for page in counts] == [22, 22, 6]
    assert {len(line) for page in counts for line in page} == {28}
    page = pypdfium2.PdfDocument(pdf)[0]
    text = page.get_textpage()
    boxes = [
        text.get_charbox(at, loose=True)
        for at, char in enumerate(text.get_text_range())
        if char == "村"
    ]
    assert page.get_size() == pytest.approx((210 * MM, 297 * MM))
    assert min(box[0] for box in boxes) == pytest.approx(28 * MM, abs=0.5)
    assert max(box[2] for box in boxes) == pytest.approx(184 * MM, abs=0.5)
    first, last = boxes[0], boxes[-1]
    assert first[3] - last[1] == pytest.approx(225 * MM, abs=6)


def test_no_printed_line_of_a_long_paper_breaks_the_rules_of_marks() -> None:
    pdf = render(Document("", (Paragraph(PROSE * 6), Paragraph(PROSE[3:] * 6))), FONTS)
    lines = [line for text in pages_text(pdf) for line in text.splitlines()]
    assert len(lines) > 30
    assert not [line for line in lines if line[0] in "，。、；：？！）》”"]
    assert not [line for line in lines if line[-1] in "（《“"]


def box_of(page: pypdfium2.PdfPage, words: str) -> tuple[float, float, float, float]:
    text = page.get_textpage()
    at, _ = text.search(words).get_next()
    return text.get_charbox(at)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    document = Document("", (Paragraph("村" * 1200),), footer="校验码 1")
    first, second = pypdfium2.PdfDocument(render(document, FONTS))
    assert box_of(first, "— 1 —")[0] > 150 * MM
    assert box_of(second, "— 2 —")[0] < 40 * MM
    for page in (first, second):
        left, bottom, _, _ = box_of(page, "校验码")
        assert left == pytest.approx(28 * MM, abs=1)
        assert bottom < 20 * MM
