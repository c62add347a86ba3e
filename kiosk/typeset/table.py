"""Tables: thin rules, a shaded head repeated on every page, cells that wrap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from typing import Literal

from kiosk.typeset.document import Align, Face, Table
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.grid import (
    CHARACTER,
    HAIR,
    HEIGHT,
    LEFT,
    PITCH,
    SIZE_4,
    SIZE_5,
    SIZE_SMALL_4,
    WIDTH,
)
from kiosk.typeset.ink import draw_lines, rule
from kiosk.typeset.lines import set_lines, surely_fits
from kiosk.typeset.slabs import Slab, space
from kiosk.typeset.spacing import SetLine
from kiosk.typeset.tags import TaggedCanvas

_PADDING = 5.0
_LEAD = 1.45
_AIR = 0.55
"""Space above and below the lines of a cell together, in parts of the type size."""
_AIR_TO_SIGN = 1.25
"""The same where people write in the cells by pen: a row of 10 mm in the smallest type."""
_HEAD_SHADE = 0.90
_EMPHASIS_SHADE = 0.96
_ABOVE, _UNDER = 2.0, 14.0
"""Space around a table: a line of text brings its own gap below, so the same white stands on both sides."""
_BELOW = PITCH - CHARACTER
"""A rule must not stand in the gap under a page's last line, where the page's number begins."""
_WIDE = 6
"""Tables of more columns than this use the smaller type when they must wrap."""

Cell = list[SetLine]


@dataclass(frozen=True, slots=True)
class _Form:
    """What all rows of a table share: edges of the columns (pt), alignments, size of type, air in parts of it."""

    edges: tuple[float, ...]
    aligns: tuple[Align, ...]
    size: float
    air: float = _AIR

    def room(self, column: int) -> float:
        return self.edges[column + 1] - self.edges[column] - 2 * _PADDING

    def wraps(self, text: str, column: int, face: Face, fonts: FontFolder) -> bool:
        """Whether a cell's line must be broken where no line feed asks for it."""
        room = self.room(column)
        if surely_fits(text, face, self.size, fonts, room=room):
            return False
        return len(set_lines(text, face, self.size, fonts, room=room)) > text.count("\n") + 1

    def cells(self, texts: Sequence[str], face: Face, fonts: FontFolder) -> list[Cell]:
        return [
            set_lines(text, face, self.size, fonts, room=self.room(at))
            for at, text in enumerate(texts)
        ]


def _edges(table: Table) -> tuple[float, ...]:
    shares = [column.share for column in table.columns]
    return tuple(LEFT + WIDTH * sum_ / sum(shares) for sum_ in accumulate(shares, initial=0))


def _titles(table: Table) -> tuple[str, ...]:
    return tuple(column.title for column in table.columns)


def _wraps(form: _Form, table: Table, fonts: FontFolder) -> bool:
    """Whether a line must be broken where no line feed asks for it."""
    texts = [(_titles(table), Face.HEI), *((row, Face.SONG) for row in table.rows)]
    return any(
        form.wraps(text, column, face, fonts)
        for row, face in texts
        for column, text in enumerate(row)
    )


def _form(table: Table, alike: Sequence[Table], fonts: FontFolder) -> _Form:
    """The largest type with which no cell of these tables wraps; otherwise a middling one."""
    edges, aligns = _edges(table), tuple(column.align for column in table.columns)
    air = _AIR_TO_SIGN if table.to_sign else _AIR
    for size in () if table.form or table.small else (SIZE_4, SIZE_SMALL_4, SIZE_5):
        form = _Form(edges, aligns, size, air)
        if not any(_wraps(form, one, fonts) for one in alike):
            return form
    small = table.small or len(table.columns) > _WIDE
    return _Form(edges, aligns, SIZE_5 if small else SIZE_SMALL_4, air)


def _height(cells: Sequence[Cell], form: _Form) -> float:
    return form.size * (_LEAD * max(map(len, cells), default=1) + form.air)


def _draw_frame(canvas: TaggedCanvas, form: _Form, top: float, height: float, shade: float) -> None:
    canvas.setFillGray(shade)
    canvas.rect(LEFT, top - height, WIDTH, height, stroke=0, fill=int(shade < 1))
    canvas.setFillGray(0)
    for edge in form.edges:
        rule(canvas, edge, top, edge, top - height, HAIR)
    for y in (top, top - height):
        rule(canvas, LEFT, y, LEFT + WIDTH, y, HAIR)


@dataclass(frozen=True, slots=True)
class _Row:
    """Which row of the table it is, from the head's 0, and what each of its cells is."""

    number: int
    cell: Literal["TH", "TD"]


def _draw_row(
    cells: Sequence[Cell], form: _Form, row: _Row, shade: float, canvas: TaggedCanvas, top: float
) -> None:
    height, lead = _height(cells, form), form.size * _LEAD
    with canvas.artifact():
        _draw_frame(canvas, form, top, height, shade)
    with canvas.within("TR", row.number):
        for at, cell in enumerate(cells):
            down = (height - len(cell) * lead) / 2
            left = form.edges[at] + _PADDING
            with canvas.marked(row.cell, at):
                draw_lines(canvas, cell, top - down, lead, form.aligns[at], left, form.room(at))


def _row_slabs(
    cells: list[Cell], form: _Form, row: _Row, shade: float, head: Slab | None
) -> list[Slab]:
    """One slab for a row; several for one longer than half a page, cut between lines."""
    at_most = int(HEIGHT / 2 / (form.size * _LEAD))
    deepest = max(map(len, cells), default=1)
    parts = [
        [cell[start : start + at_most] for cell in cells] for start in range(0, deepest, at_most)
    ]
    return [
        Slab(
            _height(part, form),
            partial(_draw_row, part, form, row, shade),
            head=head,
            below=_BELOW,
        )
        for part in parts
    ]


def _head(table: Table, form: _Form, fonts: FontFolder) -> Slab:
    centred = _Form(form.edges, tuple("center" for _ in table.columns), form.size)
    cells = centred.cells(_titles(table), Face.HEI, fonts)
    draw = partial(_draw_row, cells, centred, _Row(0, "TH"), _HEAD_SHADE)
    return Slab(_height(cells, centred), draw)


def table_slabs(table: Table, fonts: FontFolder, alike: Sequence[Table] = ()) -> list[Slab]:
    """The head, then the rows, with a little space around; no row is left alone on a page.

    `alike`: the tables of the paper with the same columns, which are set in one size with it.
    """
    form = _form(table, alike or (table,), fonts)
    head = _head(table, form, fonts)
    rows = []
    for at, row in enumerate(table.rows):
        strong = at in table.emphasised_rows
        cells = form.cells(row, Face.BOLD if strong else Face.SONG, fonts)
        shade = _EMPHASIS_SHADE if strong else 1.0
        rows += _row_slabs(cells, form, _Row(at + 1, "TD"), shade, head)
    ends = range(0) if table.together else range(1, len(rows) - 2)
    held = [row if at in ends else replace(row, keep=True) for at, row in enumerate(rows[:-1])]
    lead = [space(_ABOVE, keep=True), replace(head, keep=True)]
    return [*lead, *held, *rows[-1:], space(_UNDER)]
