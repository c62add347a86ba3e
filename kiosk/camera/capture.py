"""The camera: a thread reads it and opens it again, whatever happens to it."""

import queue
import threading
import time

import cv2
import numpy as np

from .pictures import Shot
from .sources import Wish, film_fps, kind_of, open_source

_FIRST_WAIT_S = 0.2
_LONGEST_WAIT_S = 2.0
_STEADY_S = 5.0  # a camera that lived so long is tried again at once
_PACE = 1.3  # times the film's own: a camera of 30 a second is taken whole, one of 60 is thinned
_BURST = 10  # frames that may come at once after a delay
_QUEUED = 25  # frames, a second: as long as the encoder may be held up


class Camera:
    """Reads a source into a queue; `trouble` says why there is no picture, "" when there is."""

    def __init__(self, source: str, wish: Wish, *, loop: bool) -> None:
        self.kind = kind_of(source)
        self.trouble = ""
        self.dropped = 0
        self._source, self._wish, self._loop = source, wish, loop
        self._shots: queue.Queue[Shot] = queue.Queue(_QUEUED)
        self._credit, self._credited = float(_BURST), time.monotonic()
        self._closing = threading.Event()
        self._tried = threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    def opened(self, wait_s: float) -> bool:
        """Wait for the first try to open the source; say whether it is open."""
        return self._tried.wait(wait_s) and not self.trouble

    def begin(self) -> None:
        """Forget the pictures that came before the film begins."""
        while self.next(0) is not None:
            pass
        self.dropped = 0

    def next(self, wait_s: float) -> Shot | None:
        """Return the next picture; None when none comes within `wait_s` seconds."""
        try:
            return self._shots.get(timeout=wait_s) if wait_s > 0 else self._shots.get_nowait()
        except queue.Empty:
            return None

    def close(self, wait_s: float) -> bool:
        """End the thread; False when it still hangs in the camera's driver after `wait_s`."""
        self._closing.set()
        self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        wait = _FIRST_WAIT_S
        while not self._closing.is_set():
            began = time.monotonic()
            seen = self._open_and_read()
            if self.kind == "film" and seen and not self._closing.is_set():
                if self._loop:
                    continue
                self.trouble = "影片已放完"
                return
            wait = _FIRST_WAIT_S if seen and time.monotonic() - began > _STEADY_S else wait
            self._closing.wait(wait)
            wait = min(wait * 1.5, _LONGEST_WAIT_S)

    def _open_and_read(self) -> bool:
        """Read the source to its end; say whether there was a picture."""
        capture = open_source(self._source, self._wish)
        self.trouble = "" if capture else f"打不开摄像头 {self._source}"
        self._tried.set()
        if capture is None:
            return False
        try:
            return self._read(capture)
        finally:
            capture.release()

    def _read(self, capture: cv2.VideoCapture) -> bool:
        pace = 1 / film_fps(capture, self._wish.fps) if self.kind == "film" else 0.0
        due = time.monotonic()
        seen = False
        while not self._closing.is_set():
            there, picture = capture.read()
            if not there:
                self._note_end()
                return seen
            if pace:
                self._closing.wait(max(0.0, due - time.monotonic()))
                due += pace
            seen = True
            self._put(Shot(np.asarray(picture, np.uint8), time.monotonic()))
        return seen

    def _note_end(self) -> None:
        """A film that ends begins again; a camera that ends is lost."""
        if not (self.kind == "film" and self._loop):
            self.trouble = "摄像头断开"

    def _put(self, shot: Shot) -> None:
        if not self._is_in_time(shot.at):
            return
        try:
            self._shots.put_nowait(shot)
        except queue.Full:
            self.dropped += 1

    def _is_in_time(self, at: float) -> bool:
        """Whether the encoder should be given a picture at `at`: the camera may be too fast."""
        earned = (at - self._credited) * self._wish.fps * _PACE
        self._credit, self._credited = min(self._credit + earned, _BURST), at
        if self._credit < 1:
            return False
        self._credit -= 1
        return True
