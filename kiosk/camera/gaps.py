"""The gaps of a film (录像中断) until they are over: since when, and why."""

from collections.abc import Callable
from datetime import datetime

from kiosk.core.commands import NoteInterruption
from kiosk.core.terms import MeetingId

FILM = ("kiosk", "recorder", "disk")
"""Why there may be no film at all; of these one is open at a time, the first."""

Tell = Callable[[NoteInterruption], None]


class Gaps:
    """At most one of each cause is open at a time; when it is over it is told, with its end."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._since: dict[str, datetime] = {}

    def begin(self, cause: str, since: datetime | None) -> None:
        """Something is missing since then; one that is open already began earlier."""
        if since is None or (cause in FILM and any(other in self._since for other in FILM)):
            return
        self._since.setdefault(cause, since)

    def end(self, meeting: MeetingId, until: datetime | None, *causes: str) -> None:
        """It is there again, or the film is over; without causes all of them."""
        for cause in causes or tuple(self._since):
            since = self._since.pop(cause, None)
            if since is not None and until is not None and since < until:
                self._tell(NoteInterruption(meeting, since, until, cause))

    def forget(self, *causes: str) -> None:
        """They were none; without causes all of them."""
        for cause in causes or tuple(self._since):
            self._since.pop(cause, None)
