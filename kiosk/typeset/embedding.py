"""The fonts of a paper (嵌入字体): codes for the characters that it shows, and in the end each font cut down to them.

A composite font with codes of two bytes (ISO 32000-1, 9.7), numbered as characters appear: the same paper gives the
same codes. However many characters a paper has, each font is in it once.
"""

from struct import pack
from typing import Any, Protocol

from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFStream,
)

from kiosk.typeset.tounicode import to_unicode_map
from kiosk.typeset.typeface import Typeface

_SYMBOLIC = 4
"""Flags of a font whose codes are its own (ISO 32000-1, table 123)."""
_STEM = 80
"""Width of upright strokes; readers ask for the entry and use it only for fonts that are not embedded."""
_PREFIX = "KIOSKA+"
"""Six letters before the name say that it is a piece of the font (9.6.4)."""


class _Document(Protocol):
    """What is asked of ReportLab's PDFDocument, which has no types of its own."""

    idToObject: dict[str, Any]  # noqa: N815 -- ReportLab's name

    def Reference(self, thing: object, name: str) -> PDFObjectReference:  # noqa: N802 -- the same
        """Make the thing one of the document's own, of that name."""


class UsedFont:
    """A font as one paper uses it; `name` is that of its pages' resources."""

    def __init__(self, name: str, face: Typeface) -> None:
        self.name = name
        self._face = face
        self._codes: dict[str, str] = {}

    def codes(self, text: str) -> str:
        """The codes that show this text, as hexadecimal digits."""
        known = self._codes
        return "".join([known.get(char) or self._numbered(char) for char in text])

    def _numbered(self, char: str) -> str:
        code = self._codes[char] = f"{len(self._codes) + 1:04X}"
        return code

    def embed(self, document: _Document) -> None:
        """Put the font with all that is in it into the document, for all its pages."""
        face, chars = self._face, list(self._codes)
        glyphs = [face.glyph(char) or 0 for char in chars]
        piece, places = face.piece(glyphs)
        widths = " ".join([f"{face.em(glyph) * 1000:.10g}" for glyph in glyphs])
        drawn = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(_PREFIX + face.name),
                "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
                "FontDescriptor": self._descriptor(document, piece),
                "W": f"[1 [{widths}]]",
                "CIDToGIDMap": self._stream(
                    document, "map", pack(f">{len(places) + 1}H", 0, *places)
                ),
            }
        )
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(_PREFIX + face.name),
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([document.Reference(drawn, f"{self.name}-drawn")]),
                "ToUnicode": self._stream(document, "unicode", to_unicode_map(chars).encode()),
            }
        )
        document.idToObject[BasicFonts].dict[self.name] = document.Reference(font, self.name)

    def _descriptor(self, document: _Document, piece: bytes) -> PDFObjectReference:
        high, low = self._face.rise()
        box = " ".join(f"{edge:.10g}" for edge in self._face.box())
        file = self._stream(document, "file", piece, Length1=len(piece))
        descriptor = PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(_PREFIX + self._face.name),
                "Flags": _SYMBOLIC,
                "FontBBox": f"[{box}]",
                "ItalicAngle": 0,
                "Ascent": round(high),
                "Descent": round(low),
                "CapHeight": round(high),
                "StemV": _STEM,
                "FontFile2": file,
            }
        )
        return document.Reference(descriptor, f"{self.name}-descriptor")

    def _stream(
        self, document: _Document, name: str, content: bytes, **entries: int
    ) -> PDFObjectReference:
        """A stream as it is: the archival step compresses it."""
        stream = PDFStream(PDFDictionary(entries), content, filters=())
        return document.Reference(stream, f"{self.name}-{name}")
