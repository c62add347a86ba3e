"""The lectern (宣读台): which page of the minutes is on the big screen while the recorder reads them out.

It is kept in memory only, like the blackboard: what counts is that the recorder then says, on record, that he has read.
"""

import threading
from dataclasses import dataclass, field

from flask import current_app

from kiosk.core.history import Known
from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.papers import Minutes, minutes
from kiosk.core.values import NamedHead
from kiosk.web.filmed import entries_of
from kiosk.web.sitting.straw import blackboard
from kiosk.wording.minutes import screens, sections


@dataclass(slots=True)
class Lectern:
    """What lies on it: a page of the minutes as of the head of the meeting's last business."""

    business: NamedHead | None = None
    page: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def page_of(self, meeting: Meeting) -> int | None:
        """The page that is open; None where nothing is read, or the meeting has gone on since."""
        going_on = meeting.state is not MeetingState.IN_SESSION or meeting.open_vote
        if going_on or self.business is None or self.business != meeting.minutes.business:
            return None
        return self.page

    def turn(self, meeting: Meeting, page: int) -> None:
        """Open that page."""
        with self.lock:
            self.business, self.page = meeting.minutes.business, max(0, page)
        blackboard().tell()

    def clear(self) -> None:
        """Take the minutes away."""
        with self.lock:
            self.business, self.page = None, 0
        blackboard().tell()


def lectern() -> Lectern:
    """The lectern of the running application."""
    found = current_app.extensions.setdefault("lectern", Lectern())
    assert isinstance(found, Lectern)
    return found


def drafted(known: Known, meeting: Meeting) -> Minutes:
    """The minutes as they stand now (草稿)."""
    assert known.village is not None
    return minutes(known.village, meeting.id, entries_of(meeting.id))


def spread(paper: Minutes) -> list[tuple[str, str]]:
    """The pages for the big screen, heading and text."""
    return screens(sections(paper))
