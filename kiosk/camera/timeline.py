"""The sound of the room laid out in time: no sample more or less than the clock says."""

import threading

import numpy as np
from numpy.typing import NDArray

RATE = 48000
"""Samples a second."""

Samples = NDArray[np.int16]

_BLOCK = 1024  # samples, what the AAC encoder takes at once
_TOLERANCE = RATE // 8  # samples: pipes and threads are late by less
_PATIENCE = RATE // 2  # samples to wait for sound that is late


class Timeline:
    """Takes sound as it arrives and gives it back in step with the monotonic clock.

    Sample k belongs to the time origin + k / 48000. Where sound is missing it gives silence,
    where a sound card runs fast it drops some. One thread adds, another takes.
    """

    def __init__(self, origin: float) -> None:
        """Begin at `origin`, seconds of the monotonic clock."""
        self._origin = origin
        self._given = 0
        self._waiting: Samples = np.zeros(0, np.int16)
        self._lock = threading.Lock()

    @property
    def head(self) -> float:
        """The time of the next sample to be given, monotonic seconds."""
        return self._origin + self._given / RATE

    def add(self, chunk: Samples, arrived: float) -> None:
        """Add sound whose last sample was heard at `arrived`, monotonic seconds."""
        with self._lock:
            begin = self._index(arrived) - len(chunk)
            gap = begin - self._given - len(self._waiting)
            if gap > _TOLERANCE:
                chunk = np.concatenate([np.zeros(gap, np.int16), chunk])
            elif gap < -_TOLERANCE:
                chunk = chunk[-gap:]
            self._waiting = np.concatenate([self._waiting, chunk])

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

    def _index(self, at: float) -> int:
        return round((at - self._origin) * RATE)
