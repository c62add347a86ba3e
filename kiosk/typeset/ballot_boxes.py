"""The answers on a ballot paper: a box each, equal in every respect, with a ring to be ticked with a pen."""

from kiosk.typeset.canvas import Canvas
from kiosk.typeset.document import Face
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.grid import MM, baseline
from kiosk.typeset.ink import draw_line, start_of
from kiosk.typeset.lines import fitted

_GAP = 4 * MM
_RING = 6.5 * MM
_SIZE = 22.0


def draw_boxes(
    canvas: Canvas,
    fonts: FontFolder,
    answers: tuple[str, ...],
    left: float,
    bottom: float,
    wide: float,
    high: float,
) -> None:
    """One box an answer side by side in a strip of `wide` × `high` pt: one size for all words, by the longest."""
    each = (wide - _GAP * (len(answers) - 1)) / len(answers)
    longest = max(answers, key=len)
    size = fitted(longest, Face.HEI, _SIZE, fonts, room=each - 2 * MM).size
    for at, answer in enumerate(answers):
        x = left + at * (each + _GAP)
        canvas.setLineWidth(1)
        canvas.rect(x, bottom, each, high, stroke=1, fill=0)
        word = fitted(answer, Face.HEI, size, fonts, room=each)
        y = baseline(bottom + high - 2 * MM, 10 * MM, size)
        draw_line(canvas, start_of(word, "center", x, each), y, word)
        canvas.setLineWidth(1.4)
        canvas.circle(x + each / 2, bottom + 4 * MM + _RING, _RING, stroke=1, fill=0)
