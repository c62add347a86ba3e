"""A see-through band with words, prepared once and laid over many pictures."""

import cv2
import numpy as np
from numpy.typing import NDArray

from .pictures import Mask, Picture

Colour = tuple[int, int, int]
"""Blue, green, red."""


class Strip:
    """A band `height` x `width` pixels of one colour, `cover` (0 to 1) of what is under it hidden."""

    def __init__(self, height: int, width: int, colour: Colour, cover: float) -> None:
        self._add = np.full((height, width, 3), colour, np.float32) * cover
        self._keep = np.full((height, width, 3), 1 - cover, np.float32)
        self._ready: tuple[Picture, Picture] | None = None

    def fill(self, left: int, width: int, colour: Colour) -> None:
        """Paint the full height opaque for `width` pixels from `left`."""
        self._add[:, left : left + width] = colour
        self._keep[:, left : left + width] = 0

    def write(self, words: Mask, left: int, colour: Colour) -> None:
        """Write words from `left`, in the middle of the height; what does not fit is cut off."""
        top = max(0, (self._add.shape[0] - words.shape[0]) // 2)
        place = np.s_[top : top + words.shape[0], left : left + words.shape[1]]
        room = self._add[place].shape
        ink = (words[: room[0], : room[1], None] / 255).astype(np.float32)
        self._add[place] = self._add[place] * (1 - ink) + np.multiply(ink, colour)
        self._keep[place] *= 1 - ink

    def lay_on(self, picture: Picture, top: int, left: int = 0) -> None:
        """Lay the band on the picture, in place."""
        if self._ready is None:
            self._ready = _bytes(self._add), _bytes(self._keep * 255)
        add, keep = self._ready
        place = picture[top : top + add.shape[0], left : left + add.shape[1]]
        place[:] = cv2.add(cv2.multiply(place, keep, scale=1 / 255), add)


def _bytes(values: NDArray[np.float32]) -> Picture:
    return values.round().astype(np.uint8)
