"""The clock of a rehearsal (演练时钟): the machine's, moved forward by whole days, which are kept in a file of its own.

It only ever goes forward, as time does: what the journal of a rehearsal holds stays in order.
"""

import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path


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
            self._keep(self._days + days)
            self._days += days

    def _keep(self, days: int) -> None:
        new = self._kept_in.with_suffix(".new")
        with new.open("w", encoding="ascii") as file:
            file.write(str(days))
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._kept_in)
        folder = os.open(self._kept_in.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the new name is durable too
        finally:
            os.close(folder)
