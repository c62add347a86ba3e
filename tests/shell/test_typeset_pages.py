"""What page breaks must not part, and what vanishes at them."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from kiosk.typeset.document import (
    Blank,
    CheckBlock,
    Column,
    Document,
    Face,
    Heading,
    Line,
    NewPage,
    Paragraph,
    SealPlace,
    Signatures,
    Table,
)
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.grid import PITCH, TOP
from kiosk.typeset.render import render
from kiosk.typeset.slabs import Slab, hold_together, pages, space

FONTS = FontFolder.from_node_modules(Path(__file__).parents[2] / "node_modules")


def pages_text(*blocks, title: str = "") -> list[str]:
    pdf = render(Document(title, blocks), FONTS)
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize("lines", range(14, 24))
def test_signatures_seal_and_code_are_never_alone_on_a_page(lines: int) -> None:
    texts = pages_text(
        Paragraph("村" * 28 * lines, indent=False),
        Blank(0.5),
        Signatures((("主持人：",),)),
        SealPlace("盖章处"),
        CheckBlock("1", ("核对",)),
    )
    page = next(text for text in texts if "主持人" in text)
    assert "村" in page
    assert "盖章处" in page
    assert "核对" in page


@pytest.mark.parametrize("lines", range(4, 16))
def test_with_the_sentence_that_is_signed_goes_the_table_it_speaks_of(lines: int) -> None:
    codes = Table((Column("时点"), Column("校验码")), (("开会", "1"), ("散会", "2")), together=True)
    texts = pages_text(
        Paragraph("村" * 28 * lines, indent=False),
        codes,
        Paragraph("以上记录看过、无误，签名。"),
        Signatures((("主持人：",),) * 3),
    )
    page = next(text for text in texts if "主持人" in text)
    assert "以上记录看过" in page
    assert "散会" in page


@pytest.mark.parametrize("lines", range(17, 23))
def test_a_heading_stays_with_its_text(lines: int) -> None:
    texts = pages_text(
        *[Line("甲")] * lines,
        Heading(1, "一、标题"),
        Heading(2, "（一）标题"),
        Paragraph("乙" * 90),
    )
    for text in texts:
        assert ("标题" in text) <= ("乙" in text)


def heights(laid) -> list[list[float]]:
    return [[slab.height for slab, _ in page.placed] for page in laid]


def test_space_vanishes_at_the_top_of_a_page_and_makes_none_at_the_end() -> None:
    laid = pages([Slab(6), Slab(4), space(3), Slab(5), space(9)], 10)
    assert heights(laid) == [[6, 4, 3], [5, 9]]
    assert heights(pages([space(3), Slab(5)], 10)) == [[5]]


def test_what_is_held_together_moves_together_unless_longer_than_a_page() -> None:
    assert heights(pages([Slab(5), *hold_together([Slab(3), Slab(3)])], 10)) == [[5], [3, 3]]
    assert heights(pages(hold_together([Slab(6)] * 3), 10)) == [[6], [6], [6]]


def test_a_head_is_repeated_on_each_page_its_rows_open() -> None:
    head = Slab(2)
    laid = pages([head, *[Slab(4, head=head)] * 4], 10)
    assert heights(laid) == [[2, 4, 4], [2, 4, 4]]


def test_a_title_alone_is_still_printed() -> None:
    assert "决议" in pages_text(title="决议")[0]
    assert heights(pages([Slab(4, keep=True)], 10)) == [[4]]


def test_an_annex_begins_a_page_its_label_at_the_first_line_its_title_at_the_third() -> None:
    """附件另面编排 (GB/T 9704—2012, 7.3.8), by where the words stand."""
    blocks = (
        Paragraph("正文"),
        NewPage(),
        Line("附件", face=Face.HEI),
        Blank(1),
        Line("记名表决名单", align="center"),
        Paragraph("名单"),
    )
    first, annex = pypdfium2.PdfDocument(render(Document("", blocks), FONTS))
    assert "附件" not in first.get_textpage().get_text_range()
    text = annex.get_textpage()
    tops = []
    for words in ("附件", "记名表决名单"):
        at, _ = text.search(words).get_next()
        tops.append(text.get_charbox(at, loose=True)[3])
    assert tops[0] == pytest.approx(TOP, abs=4)
    assert tops[0] - tops[1] == pytest.approx(2 * PITCH, abs=1)
