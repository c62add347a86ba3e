"""Life of one sitting (一次会议): convened, checked in, opened, votes, adjourned.

- Notice is as long as the rule row asks; nobody is seated twice; only the row's capacities have a vote.
- Check-in is idempotent; leaving and returning are acts of their own with their times.
- The meeting opens only with the row's quorum (代表会议: 村民委员会组织法 §30), and then the roll is fixed.
- A vote opens only while the quorum is still there, one at a time, on a matter of the agenda.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.core.commands import CastBallot, CheckIn, CheckOut, CloseVote, DeclareRecusal, OpenVote
from kiosk.core.events import (
    BallotCast,
    CheckedIn,
    CheckedOut,
    MeetingOpened,
    RecusalDeclared,
    VoteClosed,
    VoteOpened,
)
from kiosk.core.recording import Recording
from kiosk.core.refusals import Reason, Refused, require
from kiosk.core.rules import ROWS, Comparison, RuleRow
from kiosk.core.terms import Body, MatterId, MeetingId, PersonId, Seat, VoteId, day_of
from kiosk.core.voting import Vote, cast, close


@dataclass(frozen=True, slots=True)
class Meeting:
    """One sitting as the journal has it so far.

    `arrivals` holds who is present since when; `roll` is None until the meeting opens.
    """

    id: MeetingId
    body: Body
    ordinal: int
    place: str
    starts_at: datetime
    agenda: tuple[MatterId, ...]
    seats: Mapping[PersonId, Seat]
    convened_at: datetime
    arrivals: Mapping[PersonId, datetime] = field(default_factory=dict)
    roll: frozenset[PersonId] | None = None
    recusals: frozenset[tuple[MatterId, PersonId]] = frozenset()
    votes: Mapping[VoteId, Vote] = field(default_factory=dict)
    opened_at: datetime | None = None
    adjourned_at: datetime | None = None
    recording: Recording = field(default_factory=Recording)

    @property
    def row(self) -> RuleRow:
        """The rule row of the body that sits."""
        return ROWS[self.body]

    @property
    def in_session(self) -> bool:
        """Opened and not yet adjourned."""
        return self.opened_at is not None and self.adjourned_at is None

    @property
    def entitled(self) -> frozenset[PersonId]:
        """应到: those with a vote; the fixed roll once the meeting is open."""
        if self.roll is not None:
            return self.roll
        return frozenset(person for person, seat in self.seats.items() if seat.votes)

    @property
    def present(self) -> frozenset[PersonId]:
        """实到: those entitled who are in the room."""
        return self.entitled & self.arrivals.keys()

    @property
    def quorum(self) -> Comparison:
        """Those present held against the row's quorum of those entitled."""
        return self.row.quorum.compare(len(self.present), len(self.entitled))

    @property
    def open_vote(self) -> Vote | None:
        """The vote that is open now, if one is."""
        return next((vote for vote in self.votes.values() if vote.is_open), None)

    def vote_on(self, matter: MatterId) -> Vote | None:
        """The vote this meeting has held or holds on the matter."""
        return next((vote for vote in self.votes.values() if vote.matter == matter), None)

    def vote(self, vote: VoteId) -> Vote:
        """The vote of that id. Refused: NO_SUCH_VOTE."""
        if vote not in self.votes:
            raise Refused(Reason.NO_SUCH_VOTE)
        return self.votes[vote]

    def with_vote(self, vote: Vote) -> "Meeting":
        """The meeting with this vote put in the place of its earlier state."""
        return replace(self, votes={**self.votes, vote.id: vote})

    def arrived(self, person: PersonId, at: datetime) -> "Meeting":
        """The meeting after a person came in."""
        return replace(self, arrivals={**self.arrivals, person: at})

    def left(self, person: PersonId) -> "Meeting":
        """The meeting after a person went out."""
        return replace(self, arrivals={p: t for p, t in self.arrivals.items() if p != person})


def check_in(meeting: Meeting, command: CheckIn, at: datetime) -> tuple[CheckedIn, ...]:
    """Somebody arrives; the same again changes nothing. Refused: MEETING_OVER, NOT_CALLED, TOO_EARLY."""
    require(meeting.adjourned_at is None, Reason.MEETING_OVER)
    require(command.person in meeting.seats, Reason.NOT_CALLED)
    require(day_of(at) >= day_of(meeting.starts_at), Reason.TOO_EARLY)
    if command.person in meeting.arrivals:
        return ()
    return (CheckedIn(meeting.id, command.person),)


def check_out(meeting: Meeting, command: CheckOut) -> tuple[CheckedOut, ...]:
    """Somebody leaves. Refused: MEETING_OVER, NOT_CHECKED_IN."""
    require(meeting.adjourned_at is None, Reason.MEETING_OVER)
    require(command.person in meeting.arrivals, Reason.NOT_CHECKED_IN)
    return (CheckedOut(meeting.id, command.person),)


def require_quorum(meeting: Meeting) -> None:
    """Refused: NO_QUORUM, with the numbers and the row's article."""
    quorum = meeting.quorum
    needed = meeting.row.quorum.least(quorum.base)
    require(
        quorum.holds,
        Reason.NO_QUORUM,
        basis=meeting.row.quorum_basis,
        present=quorum.count,
        entitled=quorum.base,
        needed=needed,
        missing=needed - quorum.count,
    )


def open_meeting(meeting: Meeting) -> tuple[MeetingOpened]:
    """Fix the roll and begin. Refused: MEETING_OVER, ALREADY_IN_SESSION, NO_QUORUM."""
    require(meeting.adjourned_at is None, Reason.MEETING_OVER)
    require(not meeting.in_session, Reason.ALREADY_IN_SESSION)
    require_quorum(meeting)
    return (MeetingOpened(meeting.id, tuple(sorted(meeting.entitled)), len(meeting.present)),)


def require_session(meeting: Meeting) -> None:
    """Refused: MEETING_OVER, NOT_IN_SESSION."""
    require(meeting.adjourned_at is None, Reason.MEETING_OVER)
    require(meeting.in_session, Reason.NOT_IN_SESSION)


def declare_recusal(meeting: Meeting, command: DeclareRecusal) -> tuple[RecusalDeclared, ...]:
    """A member stands aside before the vote opens; the same again changes nothing.

    Refused: MEETING_OVER, NOT_ON_AGENDA, NOT_CALLED, NO_VOTING_RIGHT, VOTE_OPEN, ALREADY_DECIDED.
    """
    require(meeting.adjourned_at is None, Reason.MEETING_OVER)
    require(command.matter in meeting.agenda, Reason.NOT_ON_AGENDA)
    require(command.person in meeting.seats, Reason.NOT_CALLED)
    require(
        command.person in meeting.entitled,
        Reason.NO_VOTING_RIGHT,
        basis=meeting.row.voters_basis,
    )
    vote = meeting.vote_on(command.matter)
    require(vote is None or vote.is_open, Reason.ALREADY_DECIDED)
    require(vote is None, Reason.VOTE_OPEN)
    if (command.matter, command.person) in meeting.recusals:
        return ()
    return (RecusalDeclared(meeting.id, command.matter, command.person, command.ground),)


def open_vote(meeting: Meeting, command: OpenVote) -> tuple[VoteOpened]:
    """Fix the electorate and open the vote.

    Refused: MEETING_OVER, NOT_IN_SESSION, NOT_ON_AGENDA, VOTE_OPEN, ALREADY_DECIDED, VOTE_EXISTS, NO_QUORUM.
    """
    require_session(meeting)
    require(command.matter in meeting.agenda, Reason.NOT_ON_AGENDA)
    require(meeting.open_vote is None, Reason.VOTE_OPEN)
    require(meeting.vote_on(command.matter) is None, Reason.ALREADY_DECIDED)
    require(command.vote not in meeting.votes, Reason.VOTE_EXISTS)
    require_quorum(meeting)
    recused = {person for matter, person in meeting.recusals if matter == command.matter}
    return (
        VoteOpened(
            meeting=meeting.id,
            matter=command.matter,
            stage=meeting.row.stage,
            vote=command.vote,
            electorate=tuple(sorted(meeting.present)),
            recused=tuple(sorted(recused & meeting.present)),
            running_tally=command.running_tally,
        ),
    )


def cast_ballot(meeting: Meeting, command: CastBallot) -> tuple[BallotCast, ...]:
    """Take one ballot. Refused: MEETING_OVER, NOT_IN_SESSION, NOT_CALLED, and as `voting.cast` says."""
    require_session(meeting)
    vote = meeting.vote(command.vote)
    require(command.person in meeting.seats, Reason.NOT_CALLED)
    return cast(
        vote,
        command,
        meeting.row,
        is_present=command.person in meeting.arrivals,
        may_vote=command.person in meeting.entitled,
    )


def close_vote(meeting: Meeting, command: CloseVote) -> tuple[VoteClosed]:
    """Count and judge. Refused: MEETING_OVER, NOT_IN_SESSION, and as `voting.close` says."""
    require_session(meeting)
    return close(meeting.vote(command.vote), command, meeting.row, entitled=len(meeting.entitled))
