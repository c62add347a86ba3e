"""The candidates on a ballot paper (候选人): by number and name, each with the same square to be marked with a ring.

Up to six stand under each other, more in two columns, the numbers running down; 弃权 has a row of its own below them,
with the same square. One size of type for all, by the longest name.
"""

from dataclasses import dataclass

from kiosk.typeset.canvas import Canvas
from kiosk.typeset.document import Face
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.grid import HAIR, MM, baseline
from kiosk.typeset.ink import draw_line, rule, start_of
from kiosk.typeset.lines import fitted, set_lines
from kiosk.typeset.spacing import SetLine

_IN_A_COLUMN = 6
_HIGHEST_ROW = 10 * MM
_AIR = 1 * MM
"""Between the square and the rules of its row."""
_SIDE = 3 * MM
_GAP = 2.5 * MM
_SIZES = (18.0, 16.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
_TWO_CHARACTERS = 2
_NOBODY = "弃权"


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows of equal height from `top` down, in columns of equal width."""

    left: float
    top: float
    wide: float
    row: float
    columns: int
    rows: int

    @property
    def side(self) -> float:
        """The side of every square."""
        return self.row - 2 * _AIR

    def corner(self, place: int) -> tuple[float, float]:
        """The upper left corner of the row of the candidate in that place, from 0; the numbers run down."""
        column, row = divmod(place, self.rows)
        return self.left + column * self.wide, self.top - row * self.row


def draw_candidates(
    canvas: Canvas,
    fonts: FontFolder,
    names: tuple[str, ...],
    left: float,
    top: float,
    wide: float,
    high: float,
) -> None:
    """The candidates and 弃权 within a strip of `wide` × `high` pt whose upper left corner is at `left`, `top`."""
    columns = 1 if len(names) <= _IN_A_COLUMN else 2
    rows = -(-len(names) // columns)
    row = min(_HIGHEST_ROW, high / (rows + 1))
    spare = high - row * (rows + 1)
    grid = _Grid(left, top - spare / 2, wide / columns, row, columns, rows)
    told = [_spaced(name) for name in names]
    size = _size(fonts, told, grid)
    for place, name in enumerate(told):
        _draw_row(canvas, fonts, grid, grid.corner(place), (str(place + 1), name), size)
    _draw_row(canvas, fonts, grid, (left, grid.top - rows * row), ("", _NOBODY), size)
    _draw_frame(canvas, grid, wide)


def _spaced(name: str) -> str:
    """A name of two characters as wide as one of three, as on every list of names (两字姓名空一字)."""
    return f"{name[0]}　{name[1]}" if len(name) == _TWO_CHARACTERS else name


def _words(fonts: FontFolder, text: str, size: float) -> SetLine:
    return set_lines(text, Face.HEI, size, fonts, room=1e6)[0]


def _number_room(fonts: FontFolder, size: float) -> float:
    return _words(fonts, "00", size).width


def _size(fonts: FontFolder, names: list[str], grid: _Grid) -> float:
    """The largest size in which the longest name stands beside its square and its number."""

    def fits(size: float) -> bool:
        room = grid.wide - 2 * _SIDE - grid.side - 2 * _GAP - _number_room(fonts, size)
        longest = max(_words(fonts, name, size).width for name in names)
        return size <= grid.side and longest <= room

    return next(filter(fits, _SIZES), _SIZES[-1])


def _draw_row(
    canvas: Canvas,
    fonts: FontFolder,
    grid: _Grid,
    corner: tuple[float, float],
    words: tuple[str, str],
    size: float,
) -> None:
    left, top = corner
    number, name = words
    canvas.setLineWidth(1)
    canvas.rect(left + _SIDE, top - _AIR - grid.side, grid.side, grid.side, stroke=1, fill=0)
    y, x = baseline(top, grid.row, size), left + _SIDE + grid.side + _GAP
    room = _number_room(fonts, size)
    if number:
        figure = _words(fonts, number, size)
        draw_line(canvas, start_of(figure, "right", x, room), y, figure)
    x += room + _GAP
    draw_line(canvas, x, y, fitted(name, Face.HEI, size, fonts, room=left + grid.wide - x))


def _draw_frame(canvas: Canvas, grid: _Grid, wide: float) -> None:
    right, under = grid.left + wide, grid.top - grid.rows * grid.row
    for line in range(grid.rows + 2):
        y = grid.top - line * grid.row
        rule(canvas, grid.left, y, right, y, HAIR)
    for column in range(grid.columns + 1):
        x = grid.left + column * grid.wide
        edge = column in {0, grid.columns}
        rule(canvas, x, grid.top, x, under - grid.row if edge else under, HAIR)
