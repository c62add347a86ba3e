"""Other eyes for a film: decoded again by another library, and the words in its picture read back."""

from dataclasses import dataclass

import av
import numpy as np

from kiosk.camera.lettering import Lettering
from kiosk.camera.overlay import Overlay
from kiosk.camera.studio import OVERLAY_FONT


@dataclass
class Decoded:
    codecs: set[str]
    times: list[float]
    pictures: list[np.ndarray]
    sound: np.ndarray

    @property
    def seconds(self) -> float:
        return self.times[-1] - self.times[0]

    def at(self, seconds: float) -> np.ndarray:
        return self.pictures[int(np.argmin([abs(time - seconds) for time in self.times]))]


def decode(source) -> Decoded:
    times, pictures, sound = [], [], [np.zeros(0, np.float32)]
    with av.open(source) as film:
        codecs = {stream.codec_context.name for stream in film.streams}
        for frame in film.decode():
            if isinstance(frame, av.VideoFrame):
                times.append(frame.time)
                pictures.append(frame.to_ndarray(format="bgr24"))
            else:
                sound.append(frame.to_ndarray()[0])
    return Decoded(codecs, times, pictures, np.concatenate(sound))


def marked_seq(film: Decoded, mark_s: float, words: str, *, near: int) -> int:
    """The number in the words of a mark (`表决开始（日志第{}条）…`): of nine, what the pictures after it bear.

    The words stand there for seconds; on a busy machine not yet at the first.
    """
    pictures = [film.at(mark_s + later_s) for later_s in (0.3, 0.6, 1.0, 1.5)]
    numbers = range(near - 4, near + 5)
    return min((_unlike(one, words.format(seq)), seq) for one in pictures for seq in numbers)[1]


def _unlike(picture: np.ndarray, words: str) -> float:
    """How far the place of a mark's words is from these words."""
    blank = np.zeros_like(picture)
    overlay = Overlay(Lettering(OVERLAY_FONT), picture.shape[1], picture.shape[0], caption="")
    overlay.mark(words, 0.0)
    overlay.draw(blank, 0.0, 0.0)
    rows = np.s_[picture.shape[0] * 615 // 720 : picture.shape[0] * 665 // 720]
    return float(np.abs(blank[rows].astype(int) - picture[rows]).mean())
