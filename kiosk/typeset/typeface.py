"""One font file (字体文件): which glyph draws a character, how wide it is, and the piece of it that a paper embeds.

HarfBuzz reads the file where it lies and cuts the piece: nothing is parsed into Python, and a font is ready at once.
"""

import re
import struct
from collections.abc import Sequence
from pathlib import Path

import uharfbuzz as hb

_TABLES = ("head", "hhea", "maxp", "hmtx", "loca", "glyf", "cvt ", "fpgm", "prep")
"""What a PDF needs of a TrueType font (ISO 32000-1, 9.9); without the others a piece is cut fifteen times as fast."""
_EM = 1000
"""PDF measures glyphs in thousandths of an em (ISO 32000-1, 9.2.4)."""


class FontMissing(Exception):
    """A font file is not there, or is not TrueType; the message says which and what to do."""


class Typeface:
    """A TrueType font. Raises FontMissing when the file is none."""

    def __init__(self, path: Path) -> None:
        whole = hb.Face(hb.Blob.from_file_path(str(path)))
        self._tables = {tag: bytes(whole.reference_table(tag).data) for tag in _TABLES}
        if not whole.glyph_count or not self._tables["glyf"] or not self._tables["loca"]:
            raise FontMissing(f"not a usable TrueType font: {path}")
        self._font = hb.Font(whole)
        self._outlines = hb.Face.create_for_tables(self._table, None)
        self._upem = whole.upem
        described = bytes(
            whole.reference_table("OS/2").data
        )  # line spacing, which `hhea` tells, is more
        self._rise = struct.unpack_from(
            ">2h", *((described, 68) if described else (self._tables["hhea"], 4))
        )
        name = whole.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or path.stem
        self.name = re.sub(r"[^A-Za-z0-9-]", "", name)
        """Its PostScript name, as PDF allows it."""

    def _table(self, _face: hb.Face, tag: str, _data: object) -> bytes:
        return self._tables.get(tag, b"")

    def glyph(self, char: str) -> int | None:
        """The glyph of a character, if the font draws it: with ink, unless it is a space."""
        glyph: int | None = self._font.get_nominal_glyph(ord(" " if char == "\xa0" else char))
        if not glyph:
            return None
        box = self._font.get_glyph_extents(glyph)
        return glyph if char.isspace() or (box is not None and box.width and box.height) else None

    def em(self, glyph: int) -> float:
        """The advance of a glyph, in em."""
        advance: int = self._font.get_glyph_h_advance(glyph)
        return advance / int(self._upem)

    def box(self) -> tuple[float, ...]:
        """What all glyphs lie within, in thousandths of an em: left, low, right, high."""
        return self._scaled(struct.unpack_from(">4h", self._tables["head"], 36))

    def rise(self) -> tuple[float, ...]:
        """The square of a character above and (negative) below the baseline, in thousandths of an em."""
        return self._scaled(self._rise)

    def _scaled(self, units: Sequence[int]) -> tuple[float, ...]:
        return tuple(round(unit * _EM / self._upem, 3) for unit in units)

    def piece(self, glyphs: Sequence[int]) -> tuple[bytes, list[int]]:
        """A font of these glyphs alone, and the number of each in it."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyphs)
        plan = hb.SubsetPlan(self._outlines, wanted)
        renumbered = plan.old_to_new_glyph_mapping
        return plan.execute().blob.data, [renumbered[glyph] for glyph in glyphs]
