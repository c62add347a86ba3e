"""How loud the room is heard: a microphone that is switched off gives samples, and nothing in them."""

import math

import numpy as np

from .timeline import Samples

SILENCE_DB = -96.0
"""What 16 bits can tell from nothing."""
_FULL_SCALE = 32768.0
_WITHIN_S = 10.0


class Level:
    """The loudest moment of the last ten seconds, dB below full scale; one thread hears, another asks."""

    def __init__(self) -> None:
        self._peak, self._since = 0, 0.0
        self._before = 0

    def hear(self, samples: Samples, at: float) -> None:
        """Take in a piece of sound that ended at `at`, monotonic seconds."""
        if at - self._since > _WITHIN_S / 2:
            self._before, self._peak, self._since = self._peak, 0, at
        if len(samples):
            self._peak = max(self._peak, int(np.abs(samples.astype(np.int32)).max()))

    @property
    def peak_db(self) -> float:
        """From SILENCE_DB to 0."""
        peak = max(self._peak, self._before)
        return max(SILENCE_DB, 20 * math.log10(peak / _FULL_SCALE)) if peak else SILENCE_DB
