"""Notes of the 监委会 on a meeting (监督批注), each pinned to a moment of it, so that an opinion can refer to it."""

from datetime import datetime

from kiosk.core.commands import PinNote
from kiosk.core.events import NotePinned
from kiosk.core.facts import fact
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, require, require_text
from kiosk.core.terms import CHINA


def pin(meeting: Meeting, command: PinNote, at: datetime) -> tuple[NotePinned, ...]:
    """Pin the note; the same words at the same moment change nothing.

    A moment that is still to come can have no note: while the meeting sits its end is the present.
    Refused: TEXT_MISSING, NOTE_OUTSIDE_MEETING.
    """
    require_text(command.text)
    opened, ended = meeting.opened_at, meeting.adjourned_at or at
    assert opened is not None
    require(
        opened <= command.moment <= ended,
        Reason.NOTE_OUTSIDE_MEETING,
        opened=f"{opened.astimezone(CHINA):%H:%M:%S}",
        ended=f"{ended.astimezone(CHINA):%H:%M:%S}",
    )
    if any((n.moment, n.text) == (command.moment, command.text) for n in meeting.notes):
        return ()
    return (fact(NotePinned, command, number=len(meeting.notes) + 1),)
