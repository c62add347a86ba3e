"""Tables, figures, places for pens, and what page breaks must not part."""

from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from pypdf import PdfReader

from kiosk.typeset.document import (
    Bar,
    Bars,
    CheckBlock,
    Column,
    Document,
    Line,
    SealPlace,
    Signatures,
    Table,
)
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.render import render

FONTS = FontFolder.from_node_modules(Path(__file__).parents[2] / "node_modules")
COLUMNS = (Column("序号", 1, "center"), Column("户代表", 2), Column("意见", 5))


def pages_text(*blocks, title: str = "") -> list[str]:
    pdf = render(Document(title, blocks), FONTS)
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def raster(*blocks, dpi: int = 144) -> tuple[np.ndarray, pypdfium2.PdfPage]:
    page = pypdfium2.PdfDocument(render(Document("", blocks), FONTS))[0]
    return page.render(scale=dpi / 72, grayscale=True).to_numpy(), page


def box_of(page: pypdfium2.PdfPage, words: str) -> tuple[float, float, float, float]:
    text = page.get_textpage()
    at, count = text.search(words).get_next()
    boxes = [text.get_charbox(k) for k in range(at, at + count)]
    return boxes[0][0], min(b[1] for b in boxes), boxes[-1][2], max(b[3] for b in boxes)


def test_a_long_table_repeats_its_head_and_loses_no_row() -> None:
    rows = tuple((str(n), f"第{n}户㛃", "同意选址方案" * (n % 9)) for n in range(1, 61))
    texts = pages_text(Table(COLUMNS, rows, frozenset({2})))
    assert len(texts) >= 3
    for text in texts:
        assert text.count("户代表") == 1
    joined = "".join(texts)
    assert [joined.count(f"第{n}户㛃") for n in range(1, 61)] == [1] * 60


def test_a_cell_longer_than_a_page_goes_on_under_a_repeated_head() -> None:
    words = "".join(f"意见{n}。" for n in range(500))
    texts = pages_text(Table(COLUMNS, (("1", "罗堃", words),)))
    assert len(texts) >= 2
    assert all("户代表" in text for text in texts)
    lines = [line for text in texts for line in text.splitlines()]
    assert "".join(line for line in lines if " " not in line) == words


def test_a_head_never_stands_without_a_row() -> None:
    for filled in range(18, 23):
        blocks = (Line("村"),) * filled, Table(COLUMNS, (("1", "罗堃", "同意"),))
        for text in pages_text(*blocks[0], blocks[1]):
            assert ("户代表" in text) == ("罗堃" in text)


@pytest.mark.parametrize("number", range(12, 26))
def test_no_row_of_a_table_is_left_alone_on_a_page(number: int) -> None:
    rows = tuple((str(n), f"第{n}户㛃", "同意") for n in range(number))
    texts = pages_text(*(Line("村"),) * 4, Table(COLUMNS, rows))
    on_pages = [text.count("户㛃") for text in texts]
    assert sum(on_pages) == number
    assert 1 not in on_pages


def test_tables_of_the_same_columns_are_set_in_one_size() -> None:
    short = Table(COLUMNS, (("1", "罗堃", "同意"),))
    wide = Table(COLUMNS, (("1", "第二村民小组代表罗堃", "同意"),))
    other = Table(COLUMNS[1:], (("梁㛃", "同意"),))
    _, page = raster(short, wide, other)
    text = page.get_textpage()

    def size(words: str) -> float:
        at, _ = text.search(words).get_next()
        box = text.get_charbox(at, loose=True)
        return round(box[3] - box[1], 1)

    assert size("罗堃") == size("第二村") < size("梁㛃")


def test_a_short_row_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells under 3 columns"):
        Table(COLUMNS, (("1", "罗堃"),))


def test_a_table_without_width_is_refused() -> None:
    with pytest.raises(ValueError, match="share of at least 1"):
        Table((Column("序号", 0),), ())


def test_bars_grow_from_one_zero_in_proportion_and_differ_in_pattern() -> None:
    bars = Bars(
        (
            Bar("赞成", 32),
            Bar("反对", 16, "hatch"),
            Bar("弃权", 8, "dots"),
            Bar("无效", 4, "empty"),
        ),
        base=50,
    )
    pixels, page = raster(bars)
    height, inks, lengths = page.get_height(), [], []
    for bar in bars.rows:
        zero = box_of(page, bar.label)[2] + 6
        left, bottom, _, top = box_of(page, str(bar.count))
        lengths.append(left - 6 - zero)
        middle = int((height - (top + bottom) / 2) * 2)
        area = pixels[middle - 9 : middle + 9, int(zero * 2) + 4 : int((left - 6) * 2) - 4]
        inks.append((area < 160).mean())
    assert lengths == pytest.approx([lengths[3] * k for k in (8, 4, 2, 1)], rel=0.06)
    solid, hatch, dots, empty = inks
    assert solid > 0.95
    assert 0.1 < hatch < 0.6
    assert 0.05 < dots < 0.5
    assert empty == 0


def test_the_threshold_is_drawn_and_named() -> None:
    with_line, page = raster(Bars((Bar("赞成", 3),), 33, 17, "过半数：17 票"))
    left, bottom, right, _ = box_of(page, "过半数：17 票")
    x = int((left + right) / 2 * 2)
    y = int((page.get_height() - bottom) * 2)
    assert (with_line[y + 4 : y + 40, x - 3 : x + 4] < 128).any(axis=1).mean() > 0.3
    assert not (with_line[y + 4 : y + 40, x + 10 : x + 40] < 128).any()


@pytest.mark.parametrize(("count", "base", "threshold"), [(34, 33, 17), (-1, 33, 17), (3, 33, 40)])
def test_figures_that_would_lie_are_refused(count: int, base: int, threshold: int) -> None:
    with pytest.raises(ValueError, match="between 0 and the base"):
        Bars((Bar("赞成", count),), base, threshold)


def test_the_code_can_be_read_from_the_paper() -> None:
    address = "http://192.168.8.1/p/2026-05?c=3817046211809923"
    pixels, _ = raster(CheckBlock(address, ("校验码 3817",)), dpi=200)
    decoded, _, _ = cv2.QRCodeDetector().detectAndDecode(np.ascontiguousarray(pixels))
    assert decoded == address


def test_places_to_sign_are_ruled_in_place_of_underscores() -> None:
    signing = Signatures((("主持人：________", "记录人："),))
    pixels, page = raster(signing)
    assert "_" not in page.get_textpage().get_text_range()
    for label in ("主持人：", "记录人："):
        _, bottom, right, _ = box_of(page, label)
        y = int((page.get_height() - bottom) * 2)
        strip = pixels[y - 8 : y + 10, int(right * 2) + 30 : int(right * 2) + 200]
        assert (strip < 128).any(axis=0).all()


def test_labels_too_long_for_their_place_are_set_smaller_and_not_cut() -> None:
    labels = tuple(f"金塱村村务监督委员会成员之第{n}位：" for n in "一二三四")
    pixels, page = raster(Signatures((labels, ())), SealPlace(lines=(labels[0] * 3,)))
    text = page.get_textpage().get_text_range()
    assert [text.count(label) for label in labels] == [4, 1, 1, 1]
    assert (pixels[:, int(185 * 144 / 25.4) :] == 255).all()


def test_deep_labels_of_bars_do_not_run_into_each_other() -> None:
    label = "同意在狮山东麓旧砖厂地块（土名大氹）建设公益性骨灰楼并按预算实施"
    _, page = raster(Bars((Bar(label, 3), Bar("反对", 1)), 4))
    assert box_of(page, "反对")[3] < box_of(page, "实施")[1]


def test_the_seal_has_a_place_and_no_seal() -> None:
    pixels, page = raster(SealPlace(lines=("金塱村村民委员会", "2026年11月21日")))
    left, _, right, _ = box_of(page, "金塱村村民委员会")
    date_left, _, date_right, _ = box_of(page, "2026年11月21日")
    assert left + right == pytest.approx(date_left + date_right, abs=8)
    assert (pixels < 200).any()


def test_deliberate_breaks_and_alignment_of_lines() -> None:
    _, page = raster(Line("左"), Line("中", "center"), Line("右", "right", small=True))
    left, centre, right = (box_of(page, char) for char in "左中右")
    assert left[0] < centre[0] < right[0]
    assert (centre[0] + centre[2]) / 2 == pytest.approx((28 + 78) * 72 / 25.4, abs=2)
    assert right[3] - right[1] < left[3] - left[1]
