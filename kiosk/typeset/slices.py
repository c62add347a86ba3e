"""Slices of the typeface for telephones (字形切片): sixteen neighbouring characters each, cut from the installed font.

Every telephone draws the 6,763 characters of GB/T 2312; some old ones draw little more, and a villager's name would
show a box. A page names the slices that it needs; none says more of the village than the page itself.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

A_SLICE = 16
_IDEOGRAPHS = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x323B0))
_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
_DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "gasp", "vhea", "vmtx")
"""Tables that a row of Chinese characters does without."""


@cache
def common() -> frozenset[str]:
    """The characters of GB/T 2312, which every Chinese telephone draws."""
    cells = (bytes((row, cell)) for row in _ROWS for cell in _CELLS)
    return frozenset("".join(cell.decode("gb2312", "ignore") for cell in cells))


def slices_of(text: str) -> list[str]:
    """The slices that the rare characters of this text stand in, by name: 㛃 (U+36C3) stands in `36c`."""
    rare = (ord(char) for char in set(text) - common())
    found = {char // A_SLICE for char in rare if any(char in some for some in _IDEOGRAPHS)}
    return [f"{number:x}" for number in sorted(found)]


def cut(font: Path, name: str) -> bytes:
    """The slice of that name as WOFF; LookupError where the font has none of its characters."""
    first = int(name, 16) * A_SLICE
    with TTFont(font, lazy=True, recalcTimestamp=False) as whole:
        wanted = set(range(first, first + A_SLICE)) & whole.getBestCmap().keys()
        if not wanted:
            raise LookupError(name)
        options = Options(layout_features=[], hinting=False, name_IDs=[])
        options.drop_tables += _DROPPED
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(whole)
        whole.flavor = "woff"
        written = BytesIO()
        whole.save(written)
        return written.getvalue()
