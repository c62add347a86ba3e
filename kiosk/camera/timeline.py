"""The sound of the room laid out in time: no sample more or less than the clock says."""

import threading

import numpy as np
from numpy.typing import NDArray

RATE = 48000
"""Samples a second."""

Samples = NDArray[np.int16]

_BLOCK = 1024  # samples, what the AAC encoder takes at once
_PATIENCE = RATE // 2  # samples to wait for sound that is late
_WINDOW_S = 5.0  # in which some piece of sound comes without delay, however busy the machine is
_TOLERANCE = RATE // 25  # samples, 40 ms: lips and voice are seen to part at a little more


class Timeline:
    """Takes sound as it arrives and gives it back in step with the monotonic clock.

    Sample k belongs to the time origin + k / 48000. Where sound is missing it gives silence,
    where a sound card runs fast it drops some. One thread adds, another takes.

    A piece of sound can come late, never early: of all that came within five seconds the most punctual tells how far
    card and clock have really parted. Beyond 40 ms that is put right. A piece that is off by half a second or more
    did not just come late: the microphone was away, or the machine slept.
    """

    def __init__(self, origin: float) -> None:
        """Begin at `origin`, seconds of the monotonic clock."""
        self._origin = origin
        self._given = 0
        self._waiting: Samples = np.zeros(0, np.int16)
        self._lock = threading.Lock()
        self._least = (
            _PATIENCE  # the smallest gap since `_since`, samples; below zero too much came
        )
        self._since = float("-inf")

    @property
    def head(self) -> float:
        """The time of the next sample to be given, monotonic seconds."""
        return self._origin + self._given / RATE

    def add(self, chunk: Samples, arrived: float) -> None:
        """Add sound whose last sample was heard at `arrived`, monotonic seconds."""
        with self._lock:
            begin = self._index(arrived) - len(chunk)
            missing = self._parted(begin - self._given - len(self._waiting), arrived)
            silence = np.zeros(max(0, missing), np.int16)
            joined = np.concatenate([self._waiting, silence, chunk])
            self._waiting = joined[: max(0, len(joined) + min(0, missing))]

    def take(self, until: float, *, hearing: bool) -> Samples:
        """Return the sound up to `until`, in whole blocks of 1024 samples.

        While `hearing`, sound that is late by less than half a second is waited for: what is
        given may end before `until`.
        """
        with self._lock:
            wanted = self._index(until) - self._given
            missing = wanted - len(self._waiting)
            if missing > (_PATIENCE if hearing else 0):
                silence = np.zeros(missing, np.int16)
                self._waiting = np.concatenate([self._waiting, silence])
            count = max(0, min(wanted, len(self._waiting))) // _BLOCK * _BLOCK
            taken, self._waiting = self._waiting[:count], self._waiting[count:]
            self._given += count
            return taken

    def _parted(self, gap: int, arrived: float) -> int:
        """How many samples of silence belong before a piece; below zero so many of it are too much."""
        if abs(gap) >= _PATIENCE:
            self._begin_window(arrived)
            return gap
        self._least = min(self._least, gap)
        if arrived - self._since < _WINDOW_S:
            return 0
        least = self._least
        self._begin_window(arrived)
        return least if abs(least) > _TOLERANCE else 0

    def _begin_window(self, at: float) -> None:
        self._least, self._since = _PATIENCE, at

    def _index(self, at: float) -> int:
        return round((at - self._origin) * RATE)
