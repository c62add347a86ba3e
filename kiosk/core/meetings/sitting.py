"""A sitting (会议进行): what may be asked of a meeting in which state, and who decides it; and its end.

- A meeting that is called may be attended, opened, called off, or found too small; one in session deliberates; a
  paused one waits for its quorum; one that is over changes no more, but the 监委会 may still pin notes to it.
- What was decided is published from the day itself (村民委员会组织法 §35), defeats too.
"""

from collections.abc import Mapping
from datetime import datetime

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.facts import fact
from kiosk.core.matters.publicity import resolution_opened
from kiosk.core.meetings import annotating, attending, film_room, floor, minuting, witnessing
from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, require
from kiosk.core.responding import TOLD
from kiosk.core.terms import Stage
from kiosk.core.village import Village
from kiosk.core.votes import casting, checking, closing, hands, opening, paper
from kiosk.core.votes.box import Sealed
from kiosk.core.votes.checking import require_settled
from kiosk.core.votes.states import (
    CheckingCommand,
    ClosingCommand,
    HandsCommand,
    PaperCommand,
    require_allowed,
)

AttendanceCommand = (
    c.ServeNotice
    | c.CallOffMeeting
    | c.DeclareInquorate
    | c.CheckIn
    | c.CheckOut
    | c.GiveProxy
    | c.OpenMeeting
)
SittingCommand = (
    AttendanceCommand
    | film_room.FilmRoomCommand
    | floor.FloorCommand
    | c.VoteCommand
    | c.Adjourn
    | c.PinNote
    | c.MinutesCommand
    | c.WitnessingCommand
)

_CALLED = frozenset({MeetingState.CALLED})
_IN_SESSION = frozenset({MeetingState.IN_SESSION})
_OPENED = _IN_SESSION | {MeetingState.PAUSED}
_HELD = _OPENED | {MeetingState.ADJOURNED}

ALLOWED: Mapping[type[SittingCommand], frozenset[MeetingState]] = {
    c.ServeNotice: _CALLED,
    c.CallOffMeeting: _CALLED,
    c.DeclareInquorate: _CALLED,
    c.CheckIn: _CALLED | _OPENED,
    c.CheckOut: _CALLED | _OPENED,
    c.GiveProxy: _CALLED | _OPENED,
    c.OpenMeeting: _CALLED,
    c.ReportFilmRoom: _CALLED,
    c.AcceptShortFilm: _CALLED,
    c.TakeItem: _IN_SESSION,
    c.ReorderAgenda: _IN_SESSION,
    c.RequestFloor: _IN_SESSION,
    c.GiveFloor: _IN_SESSION,
    c.EndSpeech: _OPENED,
    c.AmendProposal: _IN_SESSION,
    c.TakeOutOfConsent: _IN_SESSION,
    c.DeclareRecusal: _CALLED | _IN_SESSION,
    c.OpenVote: _IN_SESSION,
    c.CastBallot: _IN_SESSION,
    c.NoteHands: _IN_SESSION,
    c.ConfirmHands: _IN_SESSION,
    c.CountHands: _IN_SESSION,
    c.PrintBallotPapers: _IN_SESSION,
    c.IssueBallotPaper: _IN_SESSION,
    c.ExchangeBallotPaper: _IN_SESSION,
    c.ReturnBallotPapers: _IN_SESSION,
    c.ReadBallotPaper: _IN_SESSION,
    c.TakeBackReading: _IN_SESSION,
    c.WitnessClosing: _IN_SESSION,
    c.CloseVote: _IN_SESSION,
    c.CheckCount: _OPENED,
    c.ExplainDifference: _OPENED,
    c.SettleDifference: _OPENED,
    c.VoidVote: _OPENED,
    c.Adjourn: _OPENED,
    c.PinNote: _HELD,
    c.NoteMinutes: _OPENED,
    c.ReadMinutes: _IN_SESSION,
    c.ApproveMinutes: _IN_SESSION,
    c.CompareSignedPaper: _CALLED,
    c.ReportStick: _CALLED,
    c.AcceptRecordDifference: _CALLED,
}
"""What may be asked of a meeting in which state."""

REFUSED_WHILE: Mapping[MeetingState, Reason] = {
    MeetingState.CALLED: Reason.NOT_IN_SESSION,
    MeetingState.IN_SESSION: Reason.ALREADY_IN_SESSION,
    MeetingState.PAUSED: Reason.MEETING_PAUSED,
    MeetingState.ADJOURNED: Reason.MEETING_OVER,
    MeetingState.INQUORATE: Reason.MEETING_NOT_HELD,
    MeetingState.CALLED_OFF: Reason.MEETING_NOT_HELD,
}
"""With what reason a state refuses everything that is not allowed in it."""


def decide(
    village: Village, meeting: Meeting, command: SittingCommand, at: datetime
) -> tuple[e.Event, ...] | Sealed:
    """What the command brings about in the meeting at that instant; nothing where it only repeats what is so.

    A secret ballot brings about no fact, but another content of its vote's sealed box.

    Refused: NOT_IN_SESSION, ALREADY_IN_SESSION, MEETING_PAUSED, MEETING_OVER, MEETING_NOT_HELD, and as each says.
    """
    _require_allowed(meeting, command)
    if isinstance(command, AttendanceCommand):
        return _attended(village, meeting, command, at)
    if isinstance(command, film_room.FilmRoomCommand):
        return film_room.decide(meeting, command)
    if isinstance(command, floor.FloorCommand):
        return floor.decide(village, meeting, command)
    if isinstance(command, c.VoteCommand):
        return _balloted(village, meeting, command)
    if isinstance(command, c.PinNote):
        return annotating.pin(meeting, command, at)
    if isinstance(command, c.MinutesCommand):
        return minuting.decide(meeting, command)
    if isinstance(command, c.WitnessingCommand):
        return witnessing.decide(village, meeting, command)
    return _adjourned(village, meeting, command, at)


def _require_allowed(meeting: Meeting, command: SittingCommand) -> None:
    paused = meeting.state is MeetingState.PAUSED
    require(
        meeting.state in ALLOWED[type(command)],
        REFUSED_WHILE[meeting.state],
        basis=meeting.row.quorum_basis if paused else "",
        **(attending.quorum_numbers(meeting, meeting.row) if paused else {}),
    )


def _attended(
    village: Village, meeting: Meeting, command: AttendanceCommand, at: datetime
) -> tuple[e.Event, ...]:
    match command:
        case c.ServeNotice():
            return attending.serve(meeting, command)
        case c.CallOffMeeting():
            return attending.call_off(command)
        case c.DeclareInquorate():
            return attending.declare_inquorate(meeting, command, at)
        case c.CheckIn():
            return attending.check_in(meeting, command, at)
        case c.CheckOut():
            return attending.check_out(meeting, command, at)
        case c.GiveProxy():
            return attending.give_proxy(meeting, command, at)
        case c.OpenMeeting():
            return attending.open_meeting(village, meeting, at)


def _balloted(
    village: Village, meeting: Meeting, command: c.VoteCommand
) -> tuple[e.Event, ...] | Sealed:
    if isinstance(command, c.DeclareRecusal):
        return opening.recuse(meeting, command)
    if isinstance(command, c.OpenVote):
        return opening.open_vote(village, meeting, command)
    vote, seats, inside = meeting.vote(command.vote), meeting.seats, meeting.inside
    require_allowed(vote, command)
    if isinstance(command, HandsCommand):
        return hands.decide(vote, command, seats, inside)
    if isinstance(command, PaperCommand):
        return paper.decide(vote, command, seats, inside)
    if isinstance(command, ClosingCommand):
        return closing.decide(vote, command, entitled=len(meeting.entitled))
    if isinstance(command, CheckingCommand):
        return checking.decide(vote, command, entitled=len(meeting.entitled))
    return casting.cast(vote, command, seats, inside)


def _adjourned(
    village: Village, meeting: Meeting, command: c.Adjourn, at: datetime
) -> tuple[e.MeetingAdjourned | e.PublicationOpened, ...]:
    """Refused: VOTE_OPEN, COUNTS_DIFFER, EMERGENCY_OWED. Matters that were not reached wait for another meeting."""
    require(meeting.open_vote is None, Reason.VOTE_OPEN)
    for vote in meeting.votes.values():
        if not vote.is_void:
            require_settled(vote)
    if meeting.body in TOLD:
        owed = sum(emergency.is_owed for emergency in village.emergencies.values())
        require(owed == 0, Reason.EMERGENCY_OWED, owed=owed)
    decided = [
        (matter, vote)
        for vote in meeting.votes.values()
        if vote.stage is Stage.DECISION and not vote.is_void
        for matter in vote.matters
    ]
    published = tuple(
        resolution_opened(village.matters, matter, vote, at, village.periods.public_days, place)
        for place, (matter, vote) in enumerate(decided)
    )
    return (fact(e.MeetingAdjourned, command), *published)
