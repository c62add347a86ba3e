"""What every picture of the film says at its bottom: meeting, item, journal entry, time; and the newest mark."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np

from .lettering import Lettering
from .pictures import Mask, Picture
from .strip import Colour, Strip

CHINA = timezone(timedelta(hours=8))
"""One zone and no summer time: the film must not depend on how the machine is set up."""

_SHOWN_S = 5
_INK: Colour = (30, 22, 16)
_PAPER: Colour = (250, 250, 250)
_PALE: Colour = (225, 218, 208)
_GOLD: Colour = (84, 186, 240)


class Overlay:
    """Draws the bottom band, and above it the words of a mark for five seconds.

    A band is prepared when its words change - once a second, for the clock - and only laid on
    in between.
    """

    def __init__(
        self, lettering: Lettering, width: int, height: int, caption: str, entry: int = 0
    ) -> None:
        self._lettering = lettering
        self._width, self._height = width, height
        self._unit = height / 720
        self._caption, self._entry = caption, entry
        self._clock = ""
        self._bottom: Strip | None = None
        self._mark: Strip | None = None
        self._mark_until = 0.0

    def caption(self, words: str, entry: int = 0) -> None:
        """Change the words at the bottom and the newest entry of the journal (日志第几条); 0 shows none."""
        self._caption, self._entry = words, entry
        self._bottom = None

    def mark(self, words: str, at: float) -> None:
        """Show `words` for five seconds from `at`, seconds of the monotonic clock."""
        strip = Strip(self._px(56), self._width, _INK, 0.72)
        strip.fill(0, self._px(10), _GOLD)
        room = self._width - 2 * self._px(28)
        strip.write(self._lettering.fitted(words, self._px(30), room), self._px(28), _GOLD)
        self._mark, self._mark_until = strip, at + _SHOWN_S

    def draw(self, picture: Picture, at: float, wall: float) -> None:
        """Draw on the picture; `at` is monotonic seconds, `wall` unix seconds."""
        clock = datetime.fromtimestamp(wall, UTC).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
        if self._bottom is None or clock != self._clock:
            self._clock = clock
            self._bottom = self._set_bottom()
        top = self._height - self._px(52)
        self._bottom.lay_on(picture, top)
        if self._mark is not None and at < self._mark_until:
            self._mark.lay_on(picture, top - self._px(56))

    def _set_bottom(self) -> Strip:
        strip = Strip(self._px(52), self._width, _INK, 0.6)
        edge = self._px(28)
        clock = self._lettering.clock(self._clock, self._px(25))
        left = self._width - edge - clock.shape[1]
        strip.write(clock, left, _PALE)
        if self._entry:
            entry = self._numbered(self._entry)
            left -= entry.shape[1] + edge
            strip.write(entry, left, _GOLD)
        words = self._lettering.fitted(self._caption, self._px(27), left - 2 * edge)
        strip.write(words, edge, _PAPER)
        return strip

    def _numbered(self, entry: int) -> Mask:
        """日志第几条, of glyphs that are drawn once: it changes as often as something happens."""
        size = self._px(25)
        before, number = (
            self._lettering.line("日志第", size),
            self._lettering.clock(str(entry), size),
        )
        return np.hstack([before, number, self._lettering.line("条", size)])

    def _px(self, units: float) -> int:
        """Turn 720ths of the height into pixels."""
        return max(1, round(units * self._unit))
