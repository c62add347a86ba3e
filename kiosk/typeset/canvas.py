"""ReportLab's canvas with text of our own (画布): fonts that HarfBuzz cuts, and none that is not embedded."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas as ReportLabCanvas

from kiosk.typeset.embedding import UsedFont
from kiosk.typeset.fonts import typeface

rl_config.useA85 = 0  # pages as they are, not first written as letters and then read again


class Canvas(ReportLabCanvas):
    """Pages of `size` pt."""

    _doc: Any
    """ReportLab's PDFDocument; its types say nothing of it."""

    def __init__(self, out: BytesIO, size: tuple[float, float]) -> None:
        options: dict[str, Any] = {
            "pagesize": size,
            "invariant": 1,  # no clock and no chance in the file: its hash can be checked
            "pageCompression": 1,
        }
        self._used: dict[str, UsedFont] = {}
        super().__init__(out, **options)

    def _make_preamble(self) -> None:
        """What begins each page: without Helvetica, which ReportLab would name and not embed."""
        self._preamble = "1 0 0 1 0 0 cm"

    def show_text(
        self, x: float, y: float, size: float, runs: Iterable[tuple[str, float, str]]
    ) -> None:
        """A line of text from (x, y) on its baseline: runs of a font, a space after each glyph (pt), and characters."""
        code = [f"BT {x:.3f} {y:.3f} Td"]
        for font, gap, chars in runs:
            used = self._used.get(font) or self._use(font)
            code.append(f"/{used.name} {size:g} Tf {gap:g} Tc <{used.codes(chars)}> Tj")
        code.append("0 Tc ET")  # it outlives the text
        self.addLiteral(" ".join(code))

    def _use(self, font: str) -> UsedFont:
        used = self._used[font] = UsedFont(f"F{len(self._used) + 1}", typeface(font))
        return used

    def save(self) -> None:
        """Put every font with what was shown of it into the file, and write it."""
        for used in self._used.values():
            used.embed(self._doc)
        super().save()
