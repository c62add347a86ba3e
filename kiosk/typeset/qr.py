"""A QR code as one filled path: sharp at any resolution, no image in the file."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

import segno
from reportlab.pdfgen.canvas import Canvas

_QUIET = 4
"""Empty modules around the code (ISO/IEC 18004)."""


def _runs(row: bytearray) -> Iterator[tuple[int, int]]:
    """Start and length of each run of dark modules in a row."""
    for dark, run in groupby(enumerate(row), key=lambda each: each[1]):
        if dark:
            places = [at for at, _ in run]
            yield places[0], len(places)


@lru_cache(maxsize=64)
def _rows(text: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The dark runs of each row; every page of a paper asks for the same."""
    matrix = segno.make(text, error="m", micro=False).matrix
    return tuple(tuple(_runs(row)) for row in matrix)


def draw_code(
    canvas: Canvas, text: str, x: float, y: float, side: float, *, to_the_left: bool = False
) -> None:
    """Draw the code of `text`, which with its quiet zone measures `side` pt.

    `x` is where its first dark module begins, `to_the_left` where its last one ends: the margin of the page is
    quiet too; `y` is the lower edge of the square.

    Raises segno.DataOverflowError when the text is longer than a code holds.
    """
    rows = _rows(text)
    module = side / (len(rows) + 2 * _QUIET)
    if to_the_left:
        x -= len(rows) * module
    path = canvas.beginPath()
    for down, row in enumerate(rows, start=_QUIET + 1):
        for at, length in row:
            left, low = x + at * module, y + side - down * module
            path.rect(left, low, length * module, module)
    canvas.drawPath(path, stroke=0, fill=1)
