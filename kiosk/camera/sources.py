"""Opens what can be filmed: a device, a film file, an address."""

import math
import os
from dataclasses import dataclass
from typing import Literal

import cv2

Kind = Literal["camera", "film", "stream"]

_OPEN_MS = 3000
_READ_MS = 2000
_FASTEST_FILM = 120  # frames a second; more is a broken header


@dataclass(frozen=True, slots=True)
class Wish:
    """What the recorder would like a device to give: pixels, and frames a second."""

    width: int
    height: int
    fps: int


def hush() -> None:
    """Keep OpenCV and its FFmpeg from writing to the log at each try to reach a lost camera."""
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "8")  # fatal only


def kind_of(source: str) -> Kind:
    """Tell a device ("0", "/dev/video0") from an address and from a film."""
    if source.isdigit() or source.startswith("/dev/"):
        return "camera"
    return "stream" if "://" in source else "film"


def open_source(source: str, wish: Wish) -> cv2.VideoCapture | None:
    """Open the source; None when it cannot be opened. Takes some seconds at most."""
    if kind_of(source) == "camera":
        capture = _device(source, wish)
    else:
        # Without these a dead address blocks for half a minute.
        limits = [
            cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
            _OPEN_MS,
            cv2.CAP_PROP_READ_TIMEOUT_MSEC,
            _READ_MS,
        ]
        capture = cv2.VideoCapture(source, cv2.CAP_FFMPEG, limits)
    if capture.isOpened():
        return capture
    capture.release()
    return None


def film_fps(capture: cv2.VideoCapture, otherwise: float) -> float:
    """Return the pace of a film, `otherwise` when the film does not know it."""
    fps = capture.get(cv2.CAP_PROP_FPS)
    return fps if math.isfinite(fps) and 0 < fps <= _FASTEST_FILM else otherwise


def _device(source: str, wish: Wish) -> cv2.VideoCapture:
    number = int(source) if source.isdigit() else source
    capture = cv2.VideoCapture(number, cv2.CAP_V4L2)
    # MJPG before the size: uncompressed pictures of 720p come only ten a second over USB 2.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, wish.width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wish.height)
    capture.set(cv2.CAP_PROP_FPS, wish.fps)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 4)
    return capture
