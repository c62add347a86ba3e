"""Putting set lines and rules on the page; the only place that writes text operators.

A line is one text object whose advances follow from the fonts' widths and the character spacing
alone.  Every repositioning inside a line would make readers of the PDF cut its text in two.
"""

from collections.abc import Sequence
from itertools import groupby

from kiosk.typeset.canvas import Canvas
from kiosk.typeset.document import Align
from kiosk.typeset.grid import LEFT, WIDTH, baseline
from kiosk.typeset.spacing import SetLine


def draw_line(canvas: Canvas, x: float, y: float, line: SetLine) -> None:
    """Draw a line from `x` on the baseline `y` (pt)."""
    shown = [
        (glyph, round(gap, 3))
        for glyph, gap in zip(line.glyphs, line.gaps, strict=True)
        if glyph.font
    ]
    if not shown:
        return
    runs = groupby(shown, key=lambda each: (each[0].font, each[1]))
    canvas.show_text(
        x,
        y,
        line.size,
        ((font, gap, "".join([glyph.char for glyph, _ in run])) for (font, gap), run in runs),
    )


def start_of(line: SetLine, align: Align, left: float = LEFT, room: float = WIDTH) -> float:
    """The x (pt) at which a line of this alignment begins within `room` pt from `left`."""
    spare = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
    return left + (room - line.width) * spare


def draw_lines(
    canvas: Canvas,
    lines: Sequence[SetLine],
    top: float,
    lead: float,
    align: Align = "left",
    left: float = LEFT,
    room: float = WIDTH,
) -> None:
    """Draw lines under each other, each in a strip of `lead` pt; the first strip begins at `top`."""
    for at, line in enumerate(lines):
        y = baseline(top - at * lead, lead, line.size)
        draw_line(canvas, start_of(line, align, left, room), y, line)


def rule(canvas: Canvas, x: float, y: float, to_x: float, to_y: float, width: float) -> None:
    """A straight line `width` pt thick in the present stroke colour."""
    canvas.setLineWidth(width)
    canvas.line(x, y, to_x, to_y)
