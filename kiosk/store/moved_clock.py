"""The clock of a rehearsal (演练时钟): the machine's, moved forward by whole days, which are kept in a file of its own.

It only ever goes forward, as time does: what the journal of a rehearsal holds stays in order.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.store.durable import put


class MovedClock:
    """A clock so many days ahead of another.

    Args:
        clock: the machine's clock, time-zone aware.
        kept_in: the file that holds the days; it need not exist yet.
    """

    def __init__(self, clock: Callable[[], datetime], kept_in: Path) -> None:
        self._clock = clock
        self._kept_in = kept_in
        self._moving = threading.Lock()
        self._days = int(kept_in.read_text("ascii")) if kept_in.exists() else 0

    @property
    def days(self) -> int:
        """How many days it is ahead."""
        return self._days

    def __call__(self) -> datetime:
        """The present instant of the rehearsal."""
        return self._clock() + timedelta(days=self._days)

    def forward(self, days: int) -> None:
        """Move on by so many days; durable when this returns. ValueError for going back or standing still."""
        if days <= 0:
            raise ValueError("a rehearsal's clock only goes forward")
        with self._moving:
            put(self._kept_in, str(self._days + days).encode("ascii"))
            self._days += days
