"""Watches that the recorder says something at least once a second: one that hangs films nothing and does not say so."""

import time
from enum import Enum

UNSEEN_AFTER_S = 5.0
HANGS_AFTER_S = 30.0
"""A recorder that says nothing for so long is killed; a busy disk may hold it up for some seconds."""


class Sign(Enum):
    """What its silence says."""

    SPEAKS = "speaks"
    UNSEEN = "unseen"
    HANGS = "hangs"


class Watch:
    """When the recorder was heard last; one thread hears, another asks."""

    def __init__(self) -> None:
        self._heard_at = time.monotonic()

    def heard(self) -> None:
        """It said something, or has just been started."""
        self._heard_at = time.monotonic()

    @property
    def sign(self) -> Sign:
        """How long its silence is by now."""
        silent_s = time.monotonic() - self._heard_at
        if silent_s > HANGS_AFTER_S:
            return Sign.HANGS
        return Sign.UNSEEN if silent_s > UNSEEN_AFTER_S else Sign.SPEAKS
