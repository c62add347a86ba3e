"""No name loses a character: coverage, fallback, refusals, and what copying gives back."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from pypdf import PdfReader

from kiosk.typeset.document import Document, Face, Line
from kiosk.typeset.fonts import FontFolder, FontMissing, MissingGlyph
from kiosk.typeset.render import render
from kiosk.typeset.tounicode import to_unicode_map

MODULES = Path(__file__).parents[2] / "node_modules"
FONTS = FontFolder.from_node_modules(MODULES)
SERIF = MODULES / "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf"
RARE = "䶮㛃埗塱堃玥㙟䃟峎翀昇喆甴冇珺氹"
DPI = 144


def crops(pdf: bytes) -> list[np.ndarray]:
    """The pixels at the place of every rare character, in the order of the text."""
    page = pypdfium2.PdfDocument(pdf)[0]
    pixels = page.render(scale=DPI / 72, grayscale=True).to_numpy()
    text = page.get_textpage()
    height = page.get_height()
    out = []
    for at, char in enumerate(text.get_text_range()):
        if char in RARE:
            left, bottom, right, top = (v * DPI / 72 for v in text.get_charbox(at, loose=True))
            y = height * DPI / 72
            out.append(pixels[int(y - top) : int(y - bottom), int(left) : int(right)])
    return out


@pytest.mark.parametrize("face", list(Face))
def test_rare_village_characters_are_drawn_and_can_be_copied(face: Face) -> None:
    pdf = render(Document("", tuple(Line(char, face=face) for char in RARE)), FONTS)
    extracted = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert [char for char in extracted if char in RARE] == list(RARE)
    found = crops(pdf)
    assert len(found) == len(RARE)
    for char, crop in zip(RARE, found, strict=True):
        assert 0.05 < (crop < 128).mean() < 0.6, char
    inks = {(crop < 128).tobytes() for crop in found}
    assert len(inks) == len(RARE), "two characters look the same: boxes?"


def test_blank_paper_has_no_ink_there() -> None:
    page = pypdfium2.PdfDocument(render(Document("", (Line("　　　"),)), FONTS))[0]
    pixels = page.render(scale=1, grayscale=True).to_numpy()
    assert (pixels[: pixels.shape[0] // 2] > 250).all()


@pytest.mark.parametrize("face", list(Face))
def test_a_character_no_font_has_is_refused_by_name(face: Face) -> None:
    with pytest.raises(MissingGlyph, match=r"U\+10FFFD") as refused:
        FONTS.sort("\U0010fffd", face)
    assert refused.value.char == "\U0010fffd"


@pytest.mark.parametrize("face", list(Face))
def test_a_paper_spells_what_no_font_has_and_is_never_late_for_it(face: Face) -> None:
    wish = "请修路灯\U0001f64f\U0001f3fb\ufe0f\u200d，多谢\t谢\U0010fffd"
    extracted = PdfReader(BytesIO(render(Document("", (Line(wish, face=face),)), FONTS)))
    told = extracted.pages[0].extract_text()
    assert "请修路灯〔U+1F64F〕〔U+1F3FB〕，多谢 谢〔U+10FFFD〕" in told


def test_what_no_font_has_is_told_each_once() -> None:
    assert FONTS.undrawn("陈\U0010fffd村\U0002ebf0\U0010fffd") == "\U0010fffd\U0002ebf0"


@pytest.mark.parametrize("char", ["\u200b", "\t", "\ue000", "\x00"])
def test_what_would_be_invisible_is_refused_too(char: str) -> None:
    with pytest.raises(MissingGlyph):
        FONTS.sort(char, Face.BODY)


def test_a_character_beyond_the_basic_plane_is_copied_whole() -> None:
    beyond = "𠳐"
    extracted = PdfReader(BytesIO(render(Document("", (Line(f"甲{beyond}乙"),)), FONTS)))
    assert f"甲{beyond}乙" in extracted.pages[0].extract_text()


def test_the_map_writes_surrogates_in_blocks_of_a_hundred() -> None:
    cmap = to_unicode_map([chr(0x2A65F), *map(chr, range(0x4E00, 0x4E96))])
    assert "<0001> <D869DE5F>" in cmap
    assert cmap.count("beginbfchar") == 2
    assert "100 beginbfchar" in cmap
    assert "<0000> <0000>" not in cmap


def test_a_font_given_for_a_slot_is_used_and_the_others_stand_behind_it() -> None:
    fonts = FontFolder.from_node_modules(MODULES, kai=SERIF, fangsong=SERIF, last_resort=SERIF)
    assert fonts.sort("村", Face.KAI).font == fonts.sort("村", Face.BODY).font == str(SERIF)
    assert fonts.sort("村", Face.HEI).font != str(SERIF)


def test_a_chain_falls_back_glyph_by_glyph() -> None:
    hei = MODULES / "@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf"
    fonts = FontFolder({Face.BODY: (SERIF, hei)})
    assert fonts.sort("村", Face.BODY).font == str(SERIF)
    only_hei = next(
        char
        for char in map(chr, range(0x3400, 0x2FFFF))
        if not 0xD800 <= ord(char) < 0xE000
        and has(FontFolder({Face.BODY: (hei,)}), char)
        and not has(FontFolder({Face.BODY: (SERIF,)}), char)
    )
    assert fonts.sort(only_hei, Face.BODY).font == str(hei)


def has(fonts: FontFolder, char: str) -> bool:
    try:
        fonts.sort(char, Face.BODY)
    except MissingGlyph:
        return False
    return True


def test_missing_files_name_the_package_and_the_cure(tmp_path: Path) -> None:
    with pytest.raises(FontMissing, match=r"@expo-google-fonts/noto-serif-sc.*make run"):
        FontFolder.from_node_modules(tmp_path)


def test_a_slot_that_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(FontMissing, match=r"kai\.ttf"):
        FontFolder.from_node_modules(MODULES, kai=tmp_path / "kai.ttf")


def test_a_slot_that_is_no_font_is_refused_when_used(tmp_path: Path) -> None:
    (tmp_path / "kai.ttf").write_bytes(b"OTTO" + bytes(200))
    fonts = FontFolder.from_node_modules(MODULES, kai=tmp_path / "kai.ttf")
    with pytest.raises(FontMissing, match="TrueType"):
        fonts.sort("村", Face.KAI)
