"""Drawing the poster (海报排版): one page of A3, each part in its strip, in the largest type that fits."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import count

from kiosk.typeset.document import Align, Face
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.grid import HAIR, MM
from kiosk.typeset.ink import draw_line, draw_lines, rule, start_of
from kiosk.typeset.lines import balanced, fitted, set_lines
from kiosk.typeset.poster import Poster
from kiosk.typeset.qr import draw_code
from kiosk.typeset.spacing import SetLine
from kiosk.typeset.tags import TaggedCanvas

WIDTH, HEIGHT = 297 * MM, 420 * MM
LEFT = 22 * MM
ROOM = WIDTH - 2 * LEFT
_GREY, _PALE, _SHADE = 0.45, 0.93, 0.95
_CLAUSE_SIZES = (27.0, 25.0, 23.0, 21.0, 19.0, 17.0, 15.0, 13.0)
_LEAD = 1.5
_DAYS_IN_A_ROW = 15
_CODE = 72 * MM
_CROSSED = "过一天划掉一格，没划掉的就是还剩的天数"
_FEW = 4
"""A name of so few characters is spaced out over the sheet."""
_MORE = "（全文请扫码看）"

# Where each part begins, from the lower edge up, and how high it is.
_NAME, _NAME_HIGH = 366 * MM, 28 * MM
_NUMBER, _NUMBER_HIGH = 354 * MM, 12 * MM
_MATTER, _MATTER_HIGH = 312 * MM, 40 * MM
_OUTCOME, _OUTCOME_HIGH = 280 * MM, 30 * MM
_MONEY, _MONEY_HIGH = 254 * MM, 24 * MM
_TEXT, _TEXT_HIGH = 183 * MM, 69 * MM
_COUNTS, _COUNTS_HIGH = 161 * MM, 20 * MM
_PERIOD, _PERIOD_HIGH = 145 * MM, 15 * MM
_STRIP, _STRIP_HIGH = 117 * MM, 26 * MM
_CAPTION, _CAPTION_HIGH = 109 * MM, 7 * MM
_FOOT_HIGH = 80 * MM
_FOOT = 24 * MM
_CODE_LOW = _FOOT + (_FOOT_HIGH - _CODE) / 2
_SEAL_WIDE, _SEAL_HIGH = 64 * MM, 52 * MM
_SEAL_LOW = _CODE_LOW + 12 * MM
_STRIP_KEY, _CODE_KEY = 0, 1
"""Which of the figures, to a reader."""


def draw_poster(canvas: TaggedCanvas, sheet: Poster, fonts: FontFolder) -> None:
    """The whole sheet on the canvas' page."""
    pen = _Pen(canvas, fonts)
    with canvas.artifact():
        pen.ground(pale="演练" if sheet.rehearsal else "")
    title = "　".join(sheet.title) if len(sheet.title) <= _FEW else sheet.title
    pen.say(title, Face.TITLE, 66, _NAME, _NAME_HIGH)
    pen.say(f"{sheet.author}　{sheet.subject}", Face.BODY, 22, _NUMBER, _NUMBER_HIGH)
    pen.fill(sheet.matter, Face.TITLE, (50, 44, 38, 33, 28, 24, 20), _MATTER, _MATTER_HIGH)
    pen.fill(sheet.outcome, Face.HEI, (54, 48, 42, 36, 30, 25, 21), _OUTCOME, _OUTCOME_HIGH)
    pen.say(sheet.money, Face.HEI, 60, _MONEY, _MONEY_HIGH)
    pen.clauses(sheet.clauses)
    pen.fill(sheet.counts, Face.SONG, (21, 19, 17, 15, 13), _COUNTS, _COUNTS_HIGH)
    pen.say(sheet.period, Face.HEI, 30, _PERIOD, _PERIOD_HIGH)
    with canvas.marked("Figure", _STRIP_KEY, f"逐日划格，共{len(sheet.days)}格"):
        pen.strip(sheet.days)
    pen.say(_CROSSED, Face.SONG, 14, _CAPTION, _CAPTION_HIGH)
    pen.foot(sheet)
    with canvas.artifact():
        pen.furniture(sheet)


class _Pen:
    """Draws on one page of A3."""

    def __init__(self, canvas: TaggedCanvas, fonts: FontFolder) -> None:
        self._canvas = canvas
        self._fonts = fonts
        self._parts = count()

    def _put(
        self,
        lines: Sequence[SetLine],
        top: float,
        lead: float,
        align: Align,
        left: float,
        room: float,
    ) -> None:
        """Lines under each other, as one paragraph to a reader."""
        with self._canvas.marked("P", next(self._parts)):
            draw_lines(self._canvas, lines, top, lead, align, left, room)

    def ground(self, pale: str) -> None:
        """What lies under the words: the rule at the top, the shade of the outcome, 演练 on a rehearsal."""
        canvas = self._canvas
        if pale:
            self._pale(pale)
        rule(canvas, LEFT, HEIGHT - 22 * MM, WIDTH - LEFT, HEIGHT - 22 * MM, 3)
        canvas.setStrokeGray(0)
        canvas.setFillGray(_SHADE)
        canvas.rect(LEFT, _OUTCOME, ROOM, _OUTCOME_HIGH, stroke=0, fill=1)
        canvas.setFillGray(0)

    def say(
        self, text: str, face: Face, size: float, low: float, high: float, align: Align = "center"
    ) -> None:
        """One line in the middle of a strip, in smaller type where it would not fit."""
        line = fitted(text, face, size, self._fonts, room=ROOM - 4 * MM)
        self._put([line], low + high, high, align, LEFT, ROOM)

    def fill(self, text: str, face: Face, sizes: Sequence[float], low: float, high: float) -> None:
        """A text centred in a strip, in the largest size whose lines fit; nothing is cut."""
        size, lines = self._fit(sizes, high / 1.25, lambda size: self._centred(text, face, size))
        lead = min(size * 1.25, high / len(lines))
        top = low + high - (high - lead * len(lines)) / 2
        self._put(lines, top, lead, "center", LEFT, ROOM)

    def _fit(
        self, sizes: Sequence[float], high: float, lines_at: Callable[[float], list[SetLine]]
    ) -> tuple[float, list[SetLine]]:
        """The largest size whose lines, set solid, are not higher than that; else the smallest."""
        for size in sizes:
            lines = lines_at(size)
            if size * len(lines) <= high:
                return size, lines
        return sizes[-1], lines_at(sizes[-1])

    def _centred(self, text: str, face: Face, size: float) -> list[SetLine]:
        return balanced(text, face, size, self._fonts, room=ROOM - 8 * MM)

    def _running(self, texts: Sequence[str], size: float) -> list[SetLine]:
        return [
            line
            for text in texts
            for line in set_lines(text, Face.BODY, size, self._fonts, room=ROOM, justify=True)
        ]

    def clauses(self, clauses: Sequence[str]) -> None:
        """What it is about, each from a new line, in the largest size in which all of it fits."""
        size, lines = self._fit(
            _CLAUSE_SIZES, _TEXT_HIGH / _LEAD, lambda size: self._running(clauses, size)
        )
        most = int(_TEXT_HIGH / (size * _LEAD))
        if len(lines) > most:
            lines = [*lines[: most - 1], *set_lines(_MORE, Face.HEI, size, self._fonts, room=ROOM)]
        top = _TEXT + _TEXT_HIGH - (_TEXT_HIGH - size * _LEAD * len(lines)) / 2
        self._put(lines, top, size * _LEAD, "left", LEFT, ROOM)

    def strip(self, days: Sequence[date]) -> None:
        """A box for each day (逐日划格), first and last in words: what is left of the time can be counted."""
        rows = -(-len(days) // _DAYS_IN_A_ROW)
        high, wide = _STRIP_HIGH / rows - 1 * MM, ROOM / _DAYS_IN_A_ROW
        for at, day in enumerate(days):
            row, column = divmod(at, _DAYS_IN_A_ROW)
            x, top = LEFT + column * wide, _STRIP + _STRIP_HIGH - row * (high + 1 * MM)
            self._canvas.setLineWidth(1)
            self._canvas.rect(x + 0.5 * MM, top - high, wide - 1 * MM, high, stroke=1, fill=0)
            words = [f"{day.month}月", f"{day.day}日", f"第{at + 1}天"]
            told = [
                fitted(w, Face.HEI, min(15, high / 4), self._fonts, room=wide - 2 * MM)
                for w in words
            ]
            lead = high / 3.4
            draw_lines(self._canvas, told, top - (high - 3 * lead) / 2, lead, "center", x, wide)

    def foot(self, sheet: Poster) -> None:
        """The code for phones, what it opens, and the place of the seal."""
        with self._canvas.marked("Figure", _CODE_KEY, f"二维码：{sheet.code}"):
            draw_code(self._canvas, sheet.code, LEFT, _CODE_LOW, _CODE)
        left, room = LEFT + _CODE + 2 * MM, ROOM - _CODE - 70 * MM
        first, *others = sheet.telling
        lines = [
            fitted(first, Face.HEI, 22, self._fonts, room=room),
            *(fitted(text, Face.SONG, 16, self._fonts, room=room) for text in others),
        ]
        lead = min(34.0, (_CODE - 18 * MM) / (len(lines) - 1))
        self._put(lines, _CODE_LOW + _CODE - 6 * MM, lead, "left", left, room)
        lines = [
            fitted(text, Face.BODY, 20, self._fonts, room=_SEAL_WIDE - 4 * MM)
            for text in sheet.seal
        ]
        top = _SEAL_LOW + _SEAL_HIGH / 2 + 30
        self._put(lines, top, 30, "center", WIDTH - LEFT - _SEAL_WIDE, _SEAL_WIDE)

    def furniture(self, sheet: Poster) -> None:
        """The rule over the foot, the frame of the seal, the small line at the lower edge."""
        canvas, left = self._canvas, WIDTH - LEFT - _SEAL_WIDE
        over = _FOOT + _FOOT_HIGH + 4 * MM
        rule(canvas, LEFT, over, WIDTH - LEFT, over, HAIR)
        canvas.saveState()
        canvas.setStrokeGray(_GREY)
        canvas.setFillGray(_GREY)
        canvas.setDash([3, 3])
        canvas.rect(left, _SEAL_LOW, _SEAL_WIDE, _SEAL_HIGH, stroke=1, fill=0)
        words = fitted("（此处加盖印章）", Face.SONG, 12, self._fonts, room=_SEAL_WIDE)
        draw_line(canvas, start_of(words, "center", left, _SEAL_WIDE), _SEAL_LOW + 4 * MM, words)
        canvas.restoreState()
        small = fitted(sheet.footer, Face.SONG, 11, self._fonts, room=ROOM)
        draw_line(canvas, LEFT, 12 * MM, small)

    def _pale(self, text: str) -> None:
        """演练 across the whole sheet, pale."""
        line = fitted(text, Face.HEI, 300, self._fonts, room=WIDTH)
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillGray(_PALE)
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(50)
        draw_line(canvas, -line.width / 2, -100, line)
        canvas.restoreState()
