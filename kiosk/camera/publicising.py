"""Makes one clip for the public: cuts it out of the film's parts, hides faces or everything, and encodes it anew.

A process of its own, `python -m kiosk.camera.publicising`, with the lowest priority: the order is one line on stdin,
progress are lines on stdout. What the film's own file says of itself (times, devices) is not carried over.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from .clip_order import ClipOrder, Stretch
from .faces import FaceFinder, coarse, hide_faces
from .pictures import Picture
from .timeline import RATE

FPS = 12
"""Pictures a second: half a film's, so that half as many must be searched."""
_NICE = 15
_TICKS = 90000


@dataclass(slots=True)
class Made:
    """What was made: how many pictures, faces found in them all together, seconds."""

    pictures: int = 0
    faces: int = 0
    seconds: float = 0.0


def make(order: ClipOrder, tell: "Teller") -> Made:
    """Write the clip. Raises OSError and PyAV's errors where a part cannot be read or the disk refuses."""
    whole_s = sum(s.to_ms - s.from_ms for s in order.stretches) / 1000
    made = Made()
    file = ClipFile(order.out, sound=order.sound)
    for picture, at, faces in _hidden(order):
        file.show(picture, at)
        made.pictures += 1
        made.faces += faces
        made.seconds = at
        tell.progress(at / whole_s)
    if order.sound:
        file.hear(order)
    file.close()
    return made


def _hidden(order: ClipOrder) -> Iterator[tuple[Picture, float, int]]:
    pictures = _pictures(order)
    if order.whole_picture:
        return ((coarse(picture), at, 0) for picture, at in pictures)
    return hide_faces(pictures, FaceFinder())


def _pictures(order: ClipOrder) -> Iterator[tuple[Picture, float]]:
    """FPS pictures a second of every stretch, each with its time in the clip."""
    begins_s, due_s = 0.0, 0.0
    for stretch in order.stretches:
        for frame in _frames(Path(order.folder) / stretch.part, stretch):
            at = begins_s + frame.time - stretch.from_ms / 1000
            if at >= due_s:
                due_s += 1 / FPS
                yield np.asarray(frame.to_ndarray(format="bgr24"), np.uint8), at
        begins_s += (stretch.to_ms - stretch.from_ms) / 1000


def _frames(path: Path, stretch: Stretch, kind: str = "video") -> Iterator[Any]:
    """The frames of one stretch of a part, pictures or sound."""
    with av.open(str(path)) as film:
        stream: Any = next(s for s in film.streams if s.type == kind)
        film.seek(int(stretch.from_ms / 1000 / stream.time_base), stream=stream)
        for frame in film.decode(stream):
            moment: Any = frame
            if moment.time * 1000 > stretch.to_ms:
                return
            if moment.time * 1000 >= stretch.from_ms:
                yield moment


class ClipFile:
    """The file of a clip: pictures, and sound if it has any."""

    def __init__(self, path: str, *, sound: bool) -> None:
        self._file = av.open(path, "w", format="mp4", options={"movflags": "+faststart"})
        self._audio: Any = None
        self._video: Any = None
        self._samples = 0
        if sound:
            self._audio = self._file.add_stream("aac", rate=RATE, layout="mono")
            self._audio.bit_rate = 64000

    def show(self, picture: Picture, at: float) -> None:
        """Add a picture, so many seconds after the beginning; H.264 wants even sides."""
        if self._video is None:
            self._begin(picture)
        even = np.ascontiguousarray(picture[: self._video.height, : self._video.width])
        yuv = np.asarray(cv2.cvtColor(even, cv2.COLOR_BGR2YUV_I420), np.uint8)
        frame: Any = av.VideoFrame.from_ndarray(yuv, format="yuv420p")
        frame.pts, frame.time_base = round(at * _TICKS), Fraction(1, _TICKS)
        self._file.mux(self._video.encode(frame))

    def _begin(self, picture: Picture) -> None:
        height, width = picture.shape[:2]
        options = {"preset": "veryfast", "crf": "26"}
        self._video = self._file.add_stream("libx264", rate=FPS, options=options)
        self._video.width, self._video.height = width - width % 2, height - height % 2
        self._video.pix_fmt = "yuv420p"
        self._video.codec_context.time_base = Fraction(1, _TICKS)

    def hear(self, order: ClipOrder) -> None:
        """Add the sound of every stretch."""
        for stretch in order.stretches:
            for frame in _frames(Path(order.folder) / stretch.part, stretch, "audio"):
                frame.pts, frame.time_base = self._samples, Fraction(1, RATE)
                self._samples += frame.samples
                self._file.mux(self._audio.encode(frame))

    def close(self) -> None:
        """Write what the encoders still hold, and the end."""
        for stream in (self._video, self._audio):
            if stream is not None:
                self._file.mux(stream.encode())
        self._file.close()


class Teller:
    """Says on stdout how far it has come, a line a percent at most."""

    def __init__(self) -> None:
        self._said = -1

    def progress(self, done: float) -> None:
        """Say it where a percent more is done."""
        percent = min(99, int(done * 100))
        if percent > self._said:
            self._said = percent
            self.say(percent=percent)

    def say(self, **told: object) -> None:
        """One line."""
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Make what the first line of stdin orders."""
    os.nice(_NICE)
    cv2.setNumThreads(1)  # a meeting may begin at any time: its recorder and its votes come first
    teller = Teller()
    made = make(ClipOrder.from_line(sys.stdin.readline()), teller)
    teller.say(pictures=made.pictures, faces=made.faces, seconds=round(made.seconds))


if __name__ == "__main__":
    main()
