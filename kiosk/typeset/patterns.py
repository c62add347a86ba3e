"""Four fills that a black-and-white printer and a copier keep apart: solid, hatch, dots, empty."""

from kiosk.typeset.canvas import Canvas
from kiosk.typeset.document import Pattern

_SOLID = 0.25
_STEP = 4.0
_DOT = 0.9
_OUTLINE = 0.8


def _hatch(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """Strokes at 45° every `_STEP` pt, from left of the bar to its right end."""
    canvas.setLineWidth(0.8)
    for at in range(int((width + height) / _STEP) + 1):
        start = x - height + at * _STEP
        canvas.line(start, y, start + height, y + height)


def _dots(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """Dots in staggered rows."""
    for row in range(int(height / _STEP) + 1):
        shift = _STEP / 2 if row % 2 else 0.0
        for column in range(int(width / _STEP) + 1):
            at_x, at_y = x + column * _STEP + shift, y + row * _STEP + _STEP / 4
            canvas.circle(at_x, at_y, _DOT, stroke=0, fill=1)


def fill_bar(
    canvas: Canvas, pattern: Pattern, x: float, y: float, width: float, height: float
) -> None:
    """A bar with its lower left corner at (x, y), outlined and filled; all in pt."""
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(x, y, width, height)
    canvas.clipPath(clip, stroke=0, fill=0)
    if pattern == "solid":
        canvas.setFillGray(_SOLID)
        canvas.rect(x, y, width, height, stroke=0, fill=1)
    elif pattern == "hatch":
        _hatch(canvas, x, y, width, height)
    elif pattern == "dots":
        _dots(canvas, x, y, width, height)
    canvas.restoreState()
    canvas.setLineWidth(_OUTLINE)
    canvas.rect(x, y, width, height, stroke=1, fill=0)
