"""What every page carries beside its text: its number, the foot line, 演练 on rehearsals."""

from kiosk.typeset.canvas import Canvas
from kiosk.typeset.document import Document, Face
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.grid import (
    BOTTOM,
    EM_TOP,
    LEFT,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    SIZE_4,
    SIZE_SMALL_5,
    WIDTH,
)
from kiosk.typeset.ink import draw_line
from kiosk.typeset.lines import fitted
from kiosk.typeset.qr import draw_code

_NUMBER_BELOW = 7 * MM
"""The number's dashes lie 7 mm below the type area (7.5)."""
_FOOT = 15.5 * MM
_CODE = 22 * MM
"""So large that a telephone which sees the whole page reads it: half a millimetre a module."""
_CODE_ABOVE = 9 * MM
"""What printers leave blank at the edge of the sheet, and a little more."""
_REHEARSAL_SIZE = 200.0
_PALE = 0.93


def _draw_number(canvas: Canvas, number: int, fonts: FontFolder) -> None:
    """— 1 —, odd pages right, even pages left, one character in from the edge (7.5)."""
    line = fitted(f"— {number} —", Face.SONG, SIZE_4, fonts, room=WIDTH)
    x = RIGHT - SIZE_4 - line.width if number % 2 else LEFT + SIZE_4
    draw_line(canvas, x, BOTTOM - _NUMBER_BELOW - SIZE_4 * (EM_TOP - 0.5), line)


def draw_rehearsal(canvas: Canvas, fonts: FontFolder) -> None:
    """演练, pale and large across the page, so that nobody files it; to be drawn before the text."""
    line = fitted("演练", Face.HEI, _REHEARSAL_SIZE, fonts, room=PAGE_WIDTH)
    canvas.saveState()
    canvas.setFillGray(_PALE)
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(40)
    draw_line(canvas, -line.width / 2, -_REHEARSAL_SIZE * (EM_TOP - 0.5), line)
    canvas.restoreState()


def draw_foot(canvas: Canvas, document: Document, number: int, fonts: FontFolder) -> None:
    """The number of the page (from 1); on the other side the code, beside it the foot line."""
    _draw_number(canvas, number, fonts)
    on_the_left = number % 2 == 1
    room = WIDTH
    if document.code:
        # The page too: a page that comes back signed is known by its code alone.
        edge = LEFT if on_the_left else RIGHT
        text = f"{document.code}.{number}"
        draw_code(canvas, text, edge, _CODE_ABOVE, _CODE, to_the_left=not on_the_left)
        room -= _CODE
    line = fitted(document.footer, Face.SONG, SIZE_SMALL_5, fonts, room=room)
    draw_line(canvas, RIGHT - room if on_the_left else LEFT, _FOOT, line)
