"""The minutes (会议记录): the recorder adds to them and reads them out, the meeting approves them.

- A note is never changed: a later one takes its place by naming it, and both stay on record.
- Who reads and who approves are two people, and both name the head of the same business.
- Approved minutes are frozen. Where the meeting goes on all the same, they must be read and approved once more.
- With its end the meeting can approve no more: what was not approved stays so, and the paper says it.
"""

from kiosk.core.commands import ApproveMinutes, MinutesCommand, NoteMinutes, ReadMinutes
from kiosk.core.events import MinutesApproved, MinutesEvent, MinutesNoted, MinutesRead
from kiosk.core.facts import fact
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, require, require_text
from kiosk.core.values import NamedHead


def decide(meeting: Meeting, command: MinutesCommand) -> tuple[MinutesEvent, ...]:
    """What the command brings about; nothing where it only repeats what is so.

    Refused: TEXT_MISSING, NOT_ON_AGENDA, MINUTES_APPROVED, NO_SUCH_NOTE, NOTE_STRUCK, VOTE_OPEN, MINUTES_MOVED_ON,
    MINUTES_NOT_READ, SAME_OFFICER.
    """
    match command:
        case NoteMinutes():
            return _note(meeting, command)
        case ReadMinutes():
            return _read(meeting, command)
        case ApproveMinutes():
            return _approve(meeting, command)


def _note(meeting: Meeting, command: NoteMinutes) -> tuple[MinutesNoted, ...]:
    """Refused: TEXT_MISSING, NOT_ON_AGENDA, MINUTES_APPROVED, NO_SUCH_NOTE, NOTE_STRUCK."""
    book = meeting.minutes
    require_text(command.text)
    on_agenda = command.matter is None or command.matter in meeting.matters
    require(on_agenda, Reason.NOT_ON_AGENDA)
    same = (command.matter, command.text, command.strikes)
    if book.notes and (book.notes[-1].matter, book.notes[-1].text, book.notes[-1].strikes) == same:
        return ()
    require(not book.is_approved, Reason.MINUTES_APPROVED)
    if command.strikes:
        struck = book.note(command.strikes)
        require(struck is not None and struck.matter == command.matter, Reason.NO_SUCH_NOTE)
        require(struck is None or struck.stands, Reason.NOTE_STRUCK, number=command.strikes)
    return (fact(MinutesNoted, command, number=len(book.notes) + 1),)


def _read(meeting: Meeting, command: ReadMinutes) -> tuple[MinutesRead, ...]:
    """Refused: VOTE_OPEN, MINUTES_MOVED_ON where the head is not that of the meeting's last business."""
    _require_newest(meeting, command)
    return () if meeting.minutes.is_read else (fact(MinutesRead, command),)


def _approve(meeting: Meeting, command: ApproveMinutes) -> tuple[MinutesApproved, ...]:
    """Refused: VOTE_OPEN, MINUTES_MOVED_ON, MINUTES_NOT_READ, SAME_OFFICER."""
    _require_newest(meeting, command)
    read = meeting.minutes.read
    require(meeting.minutes.is_read and read is not None, Reason.MINUTES_NOT_READ)
    require(read is None or read.by != command.chair, Reason.SAME_OFFICER)
    return () if meeting.minutes.is_approved else (fact(MinutesApproved, command),)


def _require_newest(meeting: Meeting, command: ReadMinutes | ApproveMinutes) -> None:
    require(meeting.open_vote is None, Reason.VOTE_OPEN)
    named = NamedHead(command.seq, command.digest)
    require(named == meeting.minutes.business, Reason.MINUTES_MOVED_ON)
