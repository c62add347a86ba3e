"""No long pauses while people vote (不停顿): Python's own housekeeping waits until nothing has happened for a while.

Two pauses decided how long the slowest ballots took, each longer the more screens watch:

- Python looks through all objects for circles that nobody uses any more, and stops every thread meanwhile: 100 ms and
  more with 500 screens. Young objects it still looks through at once, which takes no millisecond.
- A thread that draws or sends a page keeps Python's lock for 5 ms, unless told to share it sooner, each time that a
  ballot's thread comes back from the disk.
"""

import gc
import sys
import threading
import time

from kiosk.service import Kiosk

SHARES_LOCK_AFTER_S = 0.001
"""Whoever waits for the lock wakes so often to ask for it: where 200 wait, half of this costs much more processor."""
QUIET_S = 60.0
"""So long nothing was recorded: then nobody waits for a ✓."""
LOOKS_EVERY_S = 10.0
YOUNG, MIDDLE, NEVER = 700, 10, 1_000_000
"""Python's own thresholds but for the last, which would have it look through everything in between."""


class Pauses:
    """Holds Python's housekeeping back while things are recorded.

    Args:
        kiosk: what is recorded.
    """

    def __init__(self, kiosk: Kiosk) -> None:
        self._kiosk = kiosk
        self._recorded_s = time.monotonic()
        self._tidied_s = self._recorded_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._tidy, name="pauses", daemon=True)

    def start(self) -> None:
        """From here on: call it when everything is loaded, which is then looked through never again."""
        sys.setswitchinterval(SHARES_LOCK_AFTER_S)
        gc.collect()
        gc.freeze()
        gc.set_threshold(YOUNG, MIDDLE, NEVER)
        self._kiosk.subscribe(self.heard)
        self._thread.start()

    def stop(self) -> None:
        """Look after nothing more."""
        self._stopping.set()
        self._thread.join(timeout=5)

    def heard(self, *_what: object) -> None:
        """A listener of the service."""
        self._recorded_s = time.monotonic()

    def is_due(self, now_s: float) -> bool:
        """Whether it is quiet, and something was recorded since everything was looked through."""
        return now_s - self._recorded_s >= QUIET_S and self._tidied_s <= self._recorded_s

    def tidy(self, now_s: float) -> None:
        """Look through everything, if it is due."""
        if self.is_due(now_s):
            self._tidied_s = now_s
            gc.collect()

    def _tidy(self) -> None:
        while not self._stopping.wait(LOOKS_EVERY_S):
            self.tidy(time.monotonic())
