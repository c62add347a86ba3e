"""The moving test card: what the film shows while there is no camera, or while nobody may be seen (无记名表决).

A running clock and a moving bar prove that the recorder is alive.
"""

import time
from datetime import UTC, datetime

import cv2
import numpy as np

from .lettering import Lettering
from .overlay import CHINA
from .pictures import Mask, Picture
from .strip import Colour, Strip

NO_CAMERA = "无摄像头"
NO_PICTURE = "无摄像头画面"
COVERED = "无记名表决"
_MORE = {
    NO_PICTURE: "录像没有中断，正在等待摄像头",
    COVERED: "为保守投票秘密，这一段不录画面和声音，表决结束后恢复",
}

_TOP: Colour = (58, 44, 32)
_BOTTOM: Colour = (38, 28, 20)
_RAIL: Colour = (84, 68, 54)
_BAR: Colour = (84, 186, 240)
_PAPER: Colour = (245, 245, 245)
_PALE: Colour = (205, 192, 176)
_LINES: Colour = (66, 52, 40)
_CROSSING_S = 4  # the bar's way from end to end


class TestCard:
    """Draws the card; what does not move is drawn once."""

    __test__ = False  # not a test, though pytest would think so

    def __init__(self, lettering: Lettering, width: int, height: int) -> None:
        self._lettering = lettering
        self._width, self._height = width, height
        self._grounds: dict[str, Picture] = {}

    def draw(self, words: str, at: float) -> Picture:
        """Return the card as it is at `at`, seconds of the monotonic clock."""
        if words not in self._grounds:
            self._grounds[words] = self._ground(words)
        picture = self._grounds[words].copy()
        self._draw_bar(picture, at)
        # The wall clock: the card shows people the time of day.
        now = datetime.fromtimestamp(time.time(), UTC).astimezone(CHINA)
        clock = self._lettering.clock(f"{now:%H:%M:%S}.{now.microsecond // 100000}", self._px(52))
        self._write(picture, clock, self._px(452), _PALE)
        return picture

    def _ground(self, words: str) -> Picture:
        shade = np.linspace(_TOP, _BOTTOM, self._height, dtype=np.float32)[:, None]
        picture = np.broadcast_to(shade, (self._height, self._width, 3)).astype(np.uint8, "C")
        self._draw_lines(picture)
        title = self._lettering.fitted(words, self._px(92), self._width - self._px(160))
        self._write(picture, title, self._px(188), _PAPER)
        if words in _MORE:
            line = self._lettering.fitted(_MORE[words], self._px(32), self._width - self._px(80))
            self._write(picture, line, self._px(330), _PALE)
        x, y, length = self._rail()
        cv2.rectangle(picture, (x, y), (x + length, y + self._px(6)), _RAIL, cv2.FILLED)
        return picture

    def _draw_lines(self, picture: Picture) -> None:
        """Draw a faint grid: focus and straightness can be judged where the card is replayed."""
        step = self._px(80)
        for x in range(step, self._width, step):
            cv2.line(picture, (x, 0), (x, self._height), _LINES, 1)
        for y in range(step, self._height, step):
            cv2.line(picture, (0, y), (self._width, y), _LINES, 1)

    def _draw_bar(self, picture: Picture, at: float) -> None:
        x, y, length = self._rail()
        bar = self._px(90)
        turn = at / _CROSSING_S % 2
        x += round((length - bar) * (turn if turn < 1 else 2 - turn))
        cv2.rectangle(picture, (x, y), (x + bar, y + self._px(6)), _BAR, cv2.FILLED)

    def _rail(self) -> tuple[int, int, int]:
        """Return left, top and length of the bar's way, pixels."""
        length = self._width // 2
        return (self._width - length) // 2, self._px(412), length

    def _write(self, picture: Picture, words: Mask, top: int, colour: Colour) -> None:
        height, width = words.shape
        line = Strip(height, width, colour, cover=0)
        line.write(words, 0, colour)
        line.lay_on(picture, top, max(0, (self._width - words.shape[1]) // 2))

    def _px(self, units: float) -> int:
        """Turn 720ths of the height into pixels."""
        return max(1, round(units * self._height / 720))
