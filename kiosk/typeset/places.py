"""Places on the paper that wait for people: pens, the seal, photographs, a telephone's camera."""

from collections.abc import Sequence
from functools import partial

from kiosk.typeset.canvas import Canvas
from kiosk.typeset.document import CheckBlock, Face, PhotoPlaces, SealPlace, Signatures
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.grid import (
    CHARACTER,
    HAIR,
    LEFT,
    MM,
    PITCH,
    RIGHT,
    SIZE_5,
    WIDTH,
)
from kiosk.typeset.ink import draw_line, draw_lines, rule
from kiosk.typeset.lines import fitted, set_lines
from kiosk.typeset.qr import draw_code
from kiosk.typeset.slabs import Slab, hold_together, space
from kiosk.typeset.spacing import SetLine
from kiosk.typeset.tags import TaggedCanvas

_SIGN_HEIGHT = 13 * MM
"""Room for a hand that seldom writes."""
_SIGN_GAP = CHARACTER
_LABEL_PART = 0.6
"""A label takes at most this part of its place; the rest is for the name."""
_SEAL = 42 * MM
"""A village seal measures up to 42 mm."""
_SEAL_IN = 2 * CHARACTER
_PHOTO = 42 * MM
_GREY = 0.45
_CODE = 26 * MM
_CODE_LEAD = 17.0
_AIR = 8.0


def _draw_signatures(cells: Sequence[SetLine], canvas: Canvas, top: float) -> None:
    """Labels on one line, each ruled up to the end of its share of the width."""
    share = (WIDTH + _SIGN_GAP) / len(cells)
    y = top - _SIGN_HEIGHT + 3 * MM
    for at, line in enumerate(cells):
        x = LEFT + at * share
        draw_line(canvas, x, y, line)
        rule(canvas, x + line.width, y - 2, x + share - _SIGN_GAP, y - 2, HAIR)


def signature_slabs(block: Signatures, fonts: FontFolder) -> list[Slab]:
    """A strip of 13 mm for each row of signatures, all on one page."""
    slabs = []
    for row in filter(None, block.rows):
        room = ((WIDTH + _SIGN_GAP) / len(row) - _SIGN_GAP) * _LABEL_PART
        labels = [label.rstrip("_＿ ") for label in row]
        cells = [fitted(label, Face.BODY, CHARACTER, fonts, room=room) for label in labels]
        slabs.append(Slab(_SIGN_HEIGHT, partial(_draw_signatures, cells)))
    return hold_together(slabs)


def _draw_seal_place(
    lines: Sequence[SetLine], words: Sequence[SetLine], width: float, canvas: Canvas, top: float
) -> None:
    left = RIGHT - _SEAL_IN - width
    canvas.saveState()
    canvas.setStrokeGray(_GREY)
    canvas.setDash([3, 3])
    canvas.setLineWidth(HAIR)
    canvas.rect(left, top - _SEAL, width, _SEAL, stroke=1, fill=0)
    canvas.setFillGray(_GREY)
    draw_lines(canvas, words, top - _SEAL + _CODE_LEAD + 4, _CODE_LEAD, "center", left, width)
    canvas.restoreState()
    down = (_SEAL - PITCH * len(lines)) / 2
    draw_lines(canvas, lines, top - down, PITCH, "center", left, width)


def seal_slabs(block: SealPlace, fonts: FontFolder) -> list[Slab]:
    """A dashed box 42 mm high, two characters from the right, wide enough for its lines."""
    room = WIDTH - 2 * _SEAL_IN
    lines = [fitted(text, Face.BODY, CHARACTER, fonts, room=room) for text in block.lines]
    width = max(_SEAL, *(line.width + CHARACTER for line in lines), 0.0)
    words = set_lines(block.words, Face.SONG, SIZE_5, fonts, room=width)
    draw = partial(_draw_seal_place, lines, words, width)
    return [space(_AIR, keep=True), Slab(_SEAL, draw), space(_AIR)]


def _draw_photo_places(words: Sequence[SetLine], canvas: TaggedCanvas, top: float) -> None:
    share = (WIDTH + _SIGN_GAP) / len(words)
    canvas.saveState()
    canvas.setStrokeGray(_GREY)
    canvas.setFillGray(_GREY)
    canvas.setDash([3, 3])
    canvas.setLineWidth(HAIR)
    for at, line in enumerate(words):
        x = LEFT + at * share
        wide = share - _SIGN_GAP
        canvas.rect(x, top - _PHOTO, wide, _PHOTO, stroke=1, fill=0)
        draw_line(canvas, x + (wide - line.width) / 2, top - _PHOTO / 2, line)
    canvas.restoreState()


def photo_slabs(block: PhotoPlaces, fonts: FontFolder) -> list[Slab]:
    """Dashed frames 42 mm high side by side, what belongs in each in its middle."""
    room = (WIDTH + _SIGN_GAP) / len(block.labels) - 2 * _SIGN_GAP
    words = [fitted(text, Face.SONG, SIZE_5, fonts, room=room) for text in block.labels]
    draw = partial(_draw_photo_places, words)
    return [space(_AIR, keep=True), Slab(_PHOTO, draw), space(_AIR)]


def _draw_check(lines: Sequence[SetLine], qr_text: str, canvas: TaggedCanvas, top: float) -> None:
    with canvas.artifact():
        rule(canvas, LEFT, top, RIGHT, top, HAIR)
    top -= _AIR / 2
    with canvas.marked("Figure", 0, f"二维码：{qr_text}"):
        draw_code(canvas, qr_text, LEFT, top - _CODE, _CODE)
    down = max(0.0, (_CODE - _CODE_LEAD * len(lines)) / 2)
    with canvas.marked("P", 1):
        draw_lines(canvas, lines, top - down, _CODE_LEAD, left=LEFT + _CODE)


def check_slabs(block: CheckBlock, fonts: FontFolder) -> list[Slab]:
    """The code at the left under a thin rule, its lines beside it; they wrap."""
    room = WIDTH - _CODE
    lines = [
        line
        for text in block.lines
        for line in set_lines(text, Face.SONG, SIZE_5, fonts, room=room)
    ]
    height = max(_CODE, _CODE_LEAD * len(lines)) + _AIR / 2
    return [space(_AIR, keep=True), Slab(height, partial(_draw_check, lines, block.qr_text))]
