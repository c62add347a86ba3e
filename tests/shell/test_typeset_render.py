"""The whole paper: the same bytes everywhere, the grid of GB/T 9704, fonts inside the file."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from kiosk.typeset.document import (
    Bar,
    Bars,
    Blank,
    CheckBlock,
    Column,
    Document,
    Heading,
    Line,
    Paragraph,
    SealPlace,
    Signatures,
    Table,
)
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.render import render

ROOT = Path(__file__).parents[2]
FONTS = FontFolder.from_node_modules(ROOT / "node_modules")
MM = 72 / 25.4
CLAUSES = (
    (
        "2026年11月21日，金塱村村民代表会议在村文化楼召开。应到村民代表45人，实到33人，超过应到人数的"
        "三分之二，会议有效。会议由村委会主任甘永䶮主持，监督委员会主任陈翀昇列席。"
    ),
    (
        "公益性骨灰楼建于狮山东麓“㙟仔”旧砖厂地块（土名“大氹”），占地1.26亩，不占用耕地和永久基本农田；"
        "与最近住户的距离不少于500米。每年1月向全体村民公布收支——包括管护人员的补贴。"
    ),
)
SUM = "到会33：赞成28×2=56 ＞ 33 → 超过到会人数一半，通过"


def resolution() -> Document:
    return Document(
        title="金塱村村民代表会议\n关于公益性骨灰楼选址与建设方案的决议",
        author="金塱村村民委员会",
        subject="金塱村决〔2026〕5号",
        footer="校验码 3817-0462-1180-9923",
        blocks=(
            Line("金塱村决〔2026〕5号", "center"),
            Paragraph(CLAUSES[0]),
            Heading(1, "一、表决结果"),
            Table((Column("赞成"), Column("反对", align="right")), (("28", "3"),), frozenset({0})),
            Bars((Bar("赞成", 28), Bar("反对", 3, "hatch")), 33, 17, "过半数：17 票"),
            Paragraph(SUM, indent=False),
            Heading(2, "（一）选址"),
            Heading(3, "1.位置"),
            Paragraph(CLAUSES[1]),
            Blank(),
            Signatures((("主持人：________", "记录人："), ("监票人：",))),
            SealPlace(lines=("金塱村村民委员会", "2026年11月21日")),
            CheckBlock("http://192.168.8.1/p/5", ("校验码 3817-0462-1180-9923",)),
        ),
    )


@pytest.fixture(scope="module")
def paper() -> bytes:
    return render(resolution(), FONTS)


def pages_text(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def body(pdf: bytes) -> str:
    """All the text in reading order, without line ends, page numbers and feet."""
    lines = "\n".join(pages_text(pdf)).splitlines()
    return "".join(line for line in lines if not line.startswith(("— ", "校验码")))


def test_the_same_document_gives_the_same_bytes(paper: bytes) -> None:
    assert render(resolution(), FONTS) == paper
    again = FontFolder.from_node_modules(ROOT / "node_modules")
    assert render(resolution(), again) == paper


def test_the_same_bytes_in_other_processes(paper: bytes) -> None:
    script = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from test_typeset_render import FONTS, render, resolution\n"
        "print(hashlib.sha256(render(resolution(), FONTS)).hexdigest())"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    sums = {process.communicate(timeout=60)[0].strip() for process in running}
    assert sums == {hashlib.sha256(paper).hexdigest()}


def test_threads_take_turns(paper: bytes) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: render(resolution(), FONTS), range(8))) == {paper}


@pytest.mark.parametrize(
    "text", [*CLAUSES, SUM, "（此处加盖印章）", "关于公益性骨灰楼选址与建设方案的决议"]
)
def test_pypdf_reads_each_text_whole(paper: bytes, text: str) -> None:
    assert text in body(paper)


def test_pdfium_reads_the_same_text(paper: bytes) -> None:
    pages = pypdfium2.PdfDocument(paper)
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    joined = "".join(line for line in text.splitlines() if not line.startswith(("— ", "校验码")))
    for clause in (*CLAUSES, SUM):
        assert clause in joined


def fonts_in(pdf: bytes) -> list[DictionaryObject]:
    return [
        font.get_object()
        for page in PdfReader(BytesIO(pdf)).pages
        for font in page["/Resources"]["/Font"].values()
    ]


def test_every_font_is_embedded(paper: bytes) -> None:
    fonts = fonts_in(paper)
    assert fonts
    for font in fonts:
        (drawn,) = font["/DescendantFonts"]
        assert drawn.get_object()["/FontDescriptor"]["/FontFile2"].get_data()
        assert "/ToUnicode" in font
        assert "Noto" in font["/BaseFont"]
    assert b"Helvetica" not in paper


def test_the_file_says_what_it_is_and_names_no_folder(paper: bytes) -> None:
    reader = PdfReader(BytesIO(paper))
    assert reader.metadata.title == "金塱村村民代表会议关于公益性骨灰楼选址与建设方案的决议"
    assert reader.metadata.author == "金塱村村民委员会"
    assert reader.metadata.subject == "金塱村决〔2026〕5号"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert str(ROOT).encode() not in paper


def test_a_rehearsal_says_so_on_every_page(paper: bytes) -> None:
    rehearsed = render(Document("", (Paragraph("村" * 1200),), rehearsal=True), FONTS)
    assert all("演练" in text for text in pages_text(rehearsed))
    assert not any("演练" in text for text in pages_text(paper))


def test_a_paper_without_blocks_is_one_numbered_page() -> None:
    assert ["— 1 —" in text for text in pages_text(render(Document("", ()), FONTS))] == [True]


def test_a_paper_is_black_on_white(paper: bytes) -> None:
    page = pypdfium2.PdfDocument(paper)[0]
    pixels = page.render(scale=2).to_numpy()[..., :3].astype(int)
    assert (pixels.max(axis=2) - pixels.min(axis=2)).max() == 0
    assert pixels.min() < 60
