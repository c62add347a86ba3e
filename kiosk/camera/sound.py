"""Hears the room through a program of its own, which may die, be unplugged or not exist."""

import logging
import subprocess
import threading
import time
from collections.abc import Sequence

import numpy as np

from .level import Level
from .timeline import Samples, Timeline

_CHUNK = 1920  # bytes, 20 ms
_AGAIN_S = 2.0
_FRESH_S = 1.0
_END_S = 2.0
_BEHIND_S = 0.5  # sound arrives so late at most: what was said while muted must not come after
_log = logging.getLogger(__name__)


class Sound:
    """The sound for the film: the microphone's, or silence.

    A microphone that ends is started again every two seconds until `close`.
    """

    def __init__(self, microphone: Sequence[str] | None, *, muted: bool = False) -> None:
        """Start `microphone`, an argv that writes raw s16le 48 kHz mono; None is silence."""
        self._timeline = Timeline(time.monotonic())
        self._heard_at = float("-inf")
        self._muted_until = float("inf") if muted else float("-inf")
        self.level = Level()
        self._closing = threading.Event()
        self._program: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        if microphone:
            self._thread = threading.Thread(target=self._listen, args=(list(microphone),))
            self._thread.start()

    def mute(self) -> None:
        """Give silence for everything that is heard from now on."""
        self._muted_until = float("inf")

    def unmute(self) -> None:
        """Give what is heard again, a moment from now."""
        self._muted_until = time.monotonic() + _BEHIND_S

    @property
    def is_live(self) -> bool:
        """Whether sound came within the last second."""
        return time.monotonic() - self._heard_at < _FRESH_S

    @property
    def head(self) -> float:
        """The time of the next sample, monotonic seconds."""
        return self._timeline.head

    def starts(self, wait_s: float) -> bool:
        """Wait for the first sound; say whether it came."""
        deadline = time.monotonic() + wait_s
        while self._thread and not self.is_live and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.is_live

    def take(self, until: float) -> Samples:
        """Return the sound up to `until` (monotonic seconds), perhaps a little less."""
        return self._timeline.take(until, hearing=self.is_live)

    def close(self) -> None:
        """End the program and the thread."""
        self._closing.set()
        if self._program is not None:
            self._program.terminate()
        if self._thread is not None:
            self._thread.join(_END_S + _AGAIN_S)

    def _listen(self, argv: list[str]) -> None:
        while not self._closing.is_set():
            try:
                self._hear(argv)
            except OSError as error:
                _log.warning("no microphone: %s", error)
            self._closing.wait(_AGAIN_S)

    def _hear(self, argv: list[str]) -> None:
        """Run the program to its end. Raises OSError when it cannot be started."""
        with subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as program:
            self._program = program
            assert program.stdout is not None
            while not self._closing.is_set() and (chunk := program.stdout.read(_CHUNK)):
                self._heard_at = time.monotonic()
                self._take_in(_samples(chunk))
            program.kill()

    def _take_in(self, samples: Samples) -> None:
        self.level.hear(samples, self._heard_at)
        muted = self._heard_at < self._muted_until
        self._timeline.add(np.zeros_like(samples) if muted else samples, self._heard_at)


def _samples(chunk: bytes) -> Samples:
    return np.frombuffer(chunk[: len(chunk) // 2 * 2], "<i2")
