"""Room for the film (录像余量): a meeting that the disk cannot hold opens only where the chair accepts it, on record.

How much the disk holds is outside the core: the kiosk reports it, where it is too little or was before.
"""

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.facts import fact
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, require

FilmRoomCommand = c.ReportFilmRoom | c.AcceptShortFilm


def planned_minutes(meeting: Meeting) -> int:
    """How long the meeting is to last by its agenda (议程)."""
    return sum(item.minutes for item in meeting.agenda)


def film_is_short(meeting: Meeting) -> bool:
    """Whether the disk was said to hold less film than the meeting needs."""
    room = meeting.recording.room_minutes
    return room is not None and room < planned_minutes(meeting)


def decide(
    meeting: Meeting, command: FilmRoomCommand
) -> tuple[e.FilmRoomReported | e.ShortFilmAccepted, ...]:
    """What comes of it; nothing where it is so already, or where there is nothing to be accepted.

    Refused: COUNT_NEGATIVE.
    """
    known = meeting.recording
    if isinstance(command, c.ReportFilmRoom):
        require(command.minutes >= 0, Reason.COUNT_NEGATIVE)
        if known.room_minutes == command.minutes:
            return ()
        return (fact(e.FilmRoomReported, command),)
    if not film_is_short(meeting) or known.short_accepted:
        return ()
    room, planned = known.room_minutes, planned_minutes(meeting)
    return (fact(e.ShortFilmAccepted, command, minutes=room, planned=planned),)


def require_film_room(meeting: Meeting) -> None:
    """Refused: FILM_ROOM_SHORT with both lengths in minutes, unless the chair has accepted it."""
    known = meeting.recording
    require(
        not film_is_short(meeting) or known.short_accepted,
        Reason.FILM_ROOM_SHORT,
        room=known.room_minutes or 0,
        planned=planned_minutes(meeting),
    )
