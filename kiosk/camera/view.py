"""What the film shows next: the camera's picture, or the test card while there is none."""

import time
from typing import Literal

import cv2
import numpy as np

from .capture import Camera
from .pictures import Picture, Shot
from .testcard import NO_CAMERA, NO_PICTURE, TestCard
from .wire import Say

State = Literal["live", "card", "lost"]

_STALLED_S = 2.0
_TURN_S = 0.1  # how long to wait for a camera before the recorder looks at its orders again


class View:
    """Gives the shots of the film and reports when the camera is lost and when it is back."""

    def __init__(
        self, card: TestCard, camera: Camera | None, size: tuple[int, int], fps: int
    ) -> None:
        """Show `camera` or, without one, the card; `size` is width and height in pixels."""
        self.state: State = "live" if camera else "card"
        self._card, self._camera = card, camera
        self._size = size
        self._step = 1 / fps
        self._due = self._last = time.monotonic()
        self._lost_at = 0.0

    def next(self, say: Say) -> Shot | None:
        """Return the next shot, at the film's size; None when it is not time for one yet."""
        shot = self._live_shot()
        if shot is not None:
            self._note_back(shot.at, say)
            return Shot(_fit(shot.picture, *self._size), shot.at)
        now = time.monotonic()
        if self.state == "live":
            self._note_lost(now, say)
        return None if self.state == "live" or now < self._due else self._card_shot(now)

    def never_opened(self, say: Say) -> None:
        """Begin with the card: the camera could not be opened."""
        self._lose(time.monotonic(), say, self._camera.trouble if self._camera else "")

    def _live_shot(self) -> Shot | None:
        wait = _TURN_S if self.state == "live" else self._due - time.monotonic()
        if self._camera is not None:
            return self._camera.next(wait)
        time.sleep(max(0.0, wait))
        return None

    def _card_shot(self, now: float) -> Shot:
        # Pictures that are late are left out, not caught up: time stamps say when each was shown.
        self._due = max(self._due + self._step, now)
        return Shot(self._card.draw(NO_CAMERA if self.state == "card" else NO_PICTURE, now), now)

    def _note_lost(self, now: float, say: Say) -> None:
        assert self._camera is not None
        if self._camera.trouble:
            self._lose(now, say, self._camera.trouble)
        elif now - self._last > _STALLED_S:
            self._lose(now, say, "摄像头没有画面")

    def _lose(self, now: float, say: Say, cause: str) -> None:
        self.state = "lost"
        self._lost_at, self._due = self._last, now
        # The wall clock, set back by what the monotonic clock says: a report tells people when.
        since = time.time() - (now - self._last)
        say("lost", since=round(since, 3), cause=cause)

    def _note_back(self, at: float, say: Say) -> None:
        if self.state == "lost":
            self.state = "live"
            say("back", lost_s=round(at - self._lost_at, 2))
        self._last = at


def _fit(picture: Picture, width: int, height: int) -> Picture:
    """Scale a picture to the film's size; black fills what its shape leaves free."""
    if picture.shape[:2] == (height, width):
        return picture
    scale = min(width / picture.shape[1], height / picture.shape[0])
    inner = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(picture, inner, interpolation=way)
    left, top = (width - inner[0]) // 2, (height - inner[1]) // 2
    frame = np.zeros((height, width, 3), np.uint8)
    frame[top : top + inner[1], left : left + inner[0]] = small
    return frame
