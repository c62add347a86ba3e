"""The figure of a count: horizontal bars from a common zero, told apart by pattern.

Villages print on black-and-white laser printers and copy the copy: so no greys carry meaning,
the number stands at the end of each bar, and no bar is longer than its count.
"""

from dataclasses import dataclass
from functools import partial

from kiosk.typeset.canvas import Canvas
from kiosk.typeset.document import Bar, Bars, Face
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.grid import HAIR, LEFT, RIGHT, SIZE_SMALL_4, SIZE_SMALL_5, WIDTH, baseline
from kiosk.typeset.ink import draw_line, draw_lines, rule
from kiosk.typeset.lines import fitted, set_lines
from kiosk.typeset.patterns import fill_bar
from kiosk.typeset.slabs import Slab, space
from kiosk.typeset.spacing import SetLine

_ROW = 26.0
_BAR = 14.0
_LABEL_PART = 0.3
"""Labels take at most this part of the width; longer ones wrap."""
_LABEL_LEAD = 13.0
_NUMBER_ROOM = 34.0
_ABOVE = 20.0
_BELOW = 14.0
_GAP = 6.0
_SPACE = 8.0


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with its texts set: x of zero and pt per vote make all its geometry."""

    bars: Bars
    labels: tuple[list[SetLine], ...]
    numbers: tuple[SetLine, ...]
    threshold: SetLine
    ends: tuple[SetLine, SetLine]
    zero: float
    unit: float

    @property
    def height(self) -> float:
        return self._above + self._row * len(self.bars.rows) + _BELOW

    @property
    def _row(self) -> float:
        """All rows are as high as the deepest label asks: equal steps read as one scale."""
        return max(_ROW, 4 + _LABEL_LEAD * max(map(len, self.labels), default=1))

    @property
    def _above(self) -> float:
        return _GAP if self.bars.threshold is None else _ABOVE

    def x(self, count: int) -> float:
        return self.zero + count * self.unit

    def draw(self, canvas: Canvas, top: float) -> None:
        first = top - self._above
        foot = first - self._row * len(self.bars.rows)
        self._draw_scale(canvas, first, foot)
        for at, bar in enumerate(self.bars.rows):
            self._draw_bar(canvas, at, bar, first - at * self._row)
        self._draw_threshold(canvas, first, foot)

    def _draw_scale(self, canvas: Canvas, first: float, foot: float) -> None:
        rule(canvas, self.zero, first, self.zero, foot, HAIR)
        rule(canvas, self.zero, foot, self.x(self.bars.base), foot, HAIR)
        for line, count in zip(self.ends, (0, self.bars.base), strict=True):
            x = self.x(count)
            rule(canvas, x, foot, x, foot - 2, HAIR)
            draw_line(canvas, x - line.width / 2, baseline(foot, _BELOW, line.size), line)

    def _draw_bar(self, canvas: Canvas, at: int, bar: Bar, top: float) -> None:
        label, number = self.labels[at], self.numbers[at]
        down = (self._row - _LABEL_LEAD * len(label)) / 2
        room = self.zero - LEFT - _GAP
        draw_lines(canvas, label, top - down, _LABEL_LEAD, "right", LEFT, room)
        end = self.x(bar.count)
        if bar.count:
            fill_bar(
                canvas, bar.pattern, self.zero, top - (self._row + _BAR) / 2, end - self.zero, _BAR
            )
        draw_line(canvas, end + _GAP, baseline(top, self._row, number.size), number)

    def _draw_threshold(self, canvas: Canvas, first: float, foot: float) -> None:
        if self.bars.threshold is None:
            return
        x = self.x(self.bars.threshold)
        canvas.setStrokeGray(1)  # a white seam, so that the line shows across a dark bar
        rule(canvas, x, first, x, foot + HAIR, 3.0)
        canvas.setStrokeGray(0)
        canvas.setDash([3, 2])
        rule(canvas, x, first + 3, x, foot, 1.0)
        canvas.setDash([])
        half = self.threshold.width / 2
        middle = min(max(x, LEFT + half), RIGHT - half)
        y = baseline(first + _ABOVE, _ABOVE - 2, self.threshold.size)
        draw_line(canvas, middle - half, y, self.threshold)


def _short(text: str, size: float, fonts: FontFolder) -> SetLine:
    return fitted(text, Face.SONG, size, fonts, room=WIDTH)


def _figure(bars: Bars, fonts: FontFolder) -> _Figure:
    labels = tuple(
        set_lines(bar.label, Face.SONG, SIZE_SMALL_4, fonts, room=WIDTH * _LABEL_PART)
        for bar in bars.rows
    )
    widest = max((line.width for label in labels for line in label), default=0.0)
    zero = LEFT + widest + _GAP
    return _Figure(
        bars=bars,
        labels=labels,
        numbers=tuple(_short(str(bar.count), SIZE_SMALL_4, fonts) for bar in bars.rows),
        threshold=_short(bars.threshold_label, SIZE_SMALL_4, fonts),
        ends=(_short("0", SIZE_SMALL_5, fonts), _short(str(bars.base), SIZE_SMALL_5, fonts)),
        zero=zero,
        unit=(RIGHT - _NUMBER_ROOM - zero) / bars.base,
    )


def said(bars: Bars) -> str:
    """The figure in words, for whoever cannot see it."""
    counts = "，".join(f"{bar.label} {bar.count}" for bar in bars.rows)
    threshold = f"；{bars.threshold_label}" if bars.threshold_label else ""
    return f"条形图，满格 {bars.base}：{counts}{threshold}"


def bars_slabs(bars: Bars, fonts: FontFolder) -> list[Slab]:
    """The figure in one piece, with a little space around."""
    figure = _figure(bars, fonts)
    return [
        space(_SPACE, keep=True),
        Slab(figure.height, partial(_Figure.draw, figure)),
        space(_SPACE),
    ]
