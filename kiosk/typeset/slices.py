"""Slices of the typefaces for telephones (字形切片): sixteen neighbouring characters each, cut from installed fonts.

Every telephone draws the 6,763 characters of GB/T 2312; some old ones draw little more, and a villager's name would
show a box. A page names the slices that it needs; none says more of the village than the page itself.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

A_SLICE = 16
_IDEOGRAPHS = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x323B0))
_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
_BESIDE = (
    range(0x20, 0x7F),
    range(0xA0, 0x180),
    range(0x2000, 0x2700),
    range(0x3000, 0x3040),
    range(0xFF00, 0xFFF0),
)
"""Letters, digits, signs and punctuation, which stand beside Chinese characters."""


@cache
def common() -> frozenset[str]:
    """The characters of GB/T 2312, which every Chinese telephone draws."""
    cells = (bytes((row, cell)) for row in _ROWS for cell in _CELLS)
    return frozenset("".join(cell.decode("gb2312", "ignore") for cell in cells))


@cache
def drawn_by(font: Path) -> frozenset[int]:
    """The code points that a font draws; it is read once."""
    with TTFont(font, lazy=True) as whole:
        return frozenset(whole.getBestCmap())


@dataclass(frozen=True, slots=True)
class Slice:
    """Sixteen neighbours, as far as one font of the chain has them and none before it: `36c`, `2-213b`."""

    font: int
    number: int

    @property
    def name(self) -> str:
        """The number in hexadecimal, behind which font it is, where that is not the first."""
        return f"{self.font}-{self.number:x}" if self.font else f"{self.number:x}"


@dataclass(frozen=True, slots=True)
class Chain:
    """Fonts one behind the other: each character is drawn by the first that has it."""

    fonts: Sequence[Path]

    def slices_of(self, text: str) -> list[Slice]:
        """The slices that the rare characters of this text stand in; none for what no font has."""
        rare = [ord(char) for char in set(text) - common()]
        ideographs = [char for char in rare if any(char in some for some in _IDEOGRAPHS)]
        found = {(self._font_of(char), char // A_SLICE) for char in ideographs}
        return [Slice(font, number) for font, number in sorted(f for f in found if f[0] >= 0)]

    def characters(self, some: Slice) -> list[int]:
        """The code points that stand in a slice; none where there is no such font or slice."""
        first = some.number * A_SLICE
        return [char for char in range(first, first + A_SLICE) if self._font_of(char) == some.font]

    def _font_of(self, char: int) -> int:
        return next((at for at, font in enumerate(self.fonts) if char in drawn_by(font)), -1)

    def cut(self, wanted: Collection[Slice]) -> Iterator[tuple[Slice, bytes]]:
        """Each of these slices as WOFF; a font is opened once for all of its slices. What is empty is left out."""
        for font in sorted({some.font for some in wanted if some.font < len(self.fonts)}):
            of_font = [some for some in wanted if some.font == font]
            with TTFont(self.fonts[font], lazy=True) as whole:
                for some in of_font:
                    if characters := self.characters(some):
                        yield some, _woff(whole, characters)

    def cut_common(self) -> bytes:
        """What every Chinese telephone draws by itself, as one WOFF of 1.4 MB: for machines without any such font."""
        beside = {char for some in _BESIDE for char in some}
        wanted = ({ord(char) for char in common()} | beside) & drawn_by(self.fonts[0])
        with TTFont(self.fonts[0], lazy=True) as whole:
            return _woff(whole, sorted(wanted))


def _woff(whole: TTFont, characters: Sequence[int]) -> bytes:
    """A font of these characters alone, with the outlines and the line's height of the whole; the same bytes always."""
    named = {char: whole.getBestCmap()[char] for char in characters}
    outlines = _with_parts(whole, [".notdef", *dict.fromkeys(named.values())])
    made = FontBuilder(whole["head"].unitsPerEm, isTTF=True)
    made.setupGlyphOrder(list(outlines))
    made.setupCharacterMap(named)
    made.setupGlyf(outlines, calcGlyphBounds=False)
    made.setupHorizontalMetrics({name: whole["hmtx"][name] for name in outlines})
    line = whole["hhea"]
    made.setupHorizontalHeader(ascent=line.ascent, descent=line.descent, lineGap=line.lineGap)
    made.updateHead(created=whole["head"].created, modified=whole["head"].modified)
    made.setupNameTable({"familyName": "Kiosk", "styleName": "Regular"})
    made.font["OS/2"] = whole["OS/2"]
    made.setupPost(keepGlyphNames=False)
    made.font.flavor = "woff"
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def _with_parts(whole: TTFont, names: Sequence[str]) -> dict[str, Glyph]:
    """The outlines of these glyphs and of all that they are put together from."""
    outlines: dict[str, Glyph] = {}
    due = list(names)
    for name in due:
        if name not in outlines:
            outlines[name] = whole["glyf"][name]
            due += outlines[name].getComponentNames(whole["glyf"])
    return outlines
