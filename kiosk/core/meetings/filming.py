"""What the recorder may report of a meeting's film (录像): only of a meeting that was opened, each part once."""

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.facts import fact
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, require

FilmingCommand = (
    c.StartRecording | c.SealSegment | c.NoteInterruption | c.MarkVideo | c.StopRecording
)


def decide(meeting: Meeting, command: FilmingCommand) -> tuple[e.Event, ...]:
    """Take the report; one that only repeats changes nothing.

    Refused: NOT_IN_SESSION, NO_SUCH_RECORDING, NO_SUCH_VOTE.
    """
    require(meeting.opened_at, Reason.NOT_IN_SESSION)
    known = meeting.recording
    require(known.started or isinstance(command, c.StartRecording), Reason.NO_SUCH_RECORDING)
    match command:
        case c.StartRecording():
            return (fact(e.RecordingStarted, command),)
        case c.SealSegment():
            sealed = any(segment.part == command.part for segment in known.segments)
            return () if sealed else (fact(e.SegmentSealed, command),)
        case c.NoteInterruption():
            return (fact(e.RecordingInterrupted, command),)
        case c.MarkVideo():
            meeting.vote(command.vote)
            return (fact(e.VideoMarked, command),)
        case c.StopRecording():
            return () if known.stopped else (fact(e.RecordingStopped, command),)
