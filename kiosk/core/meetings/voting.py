"""Life of one vote (一次表决): opened, ballots cast, closed, or declared void and kept.

- The electorate is fixed when the vote opens: whoever is present and entitled at that moment. A late arrival
  waits for the next vote; whoever leaves stays in the base as 未表决.
- One person, one ballot; where households vote, one household, one ballot. A cast ballot is final.
- A recused member has no ballot and stays in the base.
- Closing with votes unused asks once.
- The vote is judged by the rule row that stood when the meeting was called.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from kiosk.core.commands import CastBallot, CloseVote, VoidVote
from kiosk.core.events import BallotCast, VoteClosed, VoteOpened, VoteVoided
from kiosk.core.facts import fact
from kiosk.core.law.rules import RuleRow
from kiosk.core.law.tally import Tally, count, judge
from kiosk.core.refusals import Reason, Refused, require, require_text
from kiosk.core.terms import Choice, MatterId, MeetingId, PersonId, Stage, VoteId
from kiosk.core.values import Seat


class VoteState(Enum):
    """Where a vote stands (表决状态)."""

    OPEN = "open"  # 正在表决
    CLOSED = "closed"  # 已结束
    VOID = "void"  # 已作废


VoteCommand = CastBallot | CloseVote | VoidVote

ALLOWED: Mapping[type[VoteCommand], frozenset[VoteState]] = {
    CastBallot: frozenset({VoteState.OPEN}),
    CloseVote: frozenset({VoteState.OPEN}),
    VoidVote: frozenset({VoteState.OPEN, VoteState.CLOSED}),
}
"""What may be asked of a vote in which state."""

REFUSED_WHILE: Mapping[VoteState, Reason] = {
    VoteState.OPEN: Reason.VOTE_OPEN,
    VoteState.CLOSED: Reason.VOTE_NOT_OPEN,
    VoteState.VOID: Reason.VOTE_VOID,
}
"""With what reason a state refuses everything that is not allowed in it."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote (表决) as the journal has it so far.

    `matters` are several where they go by consent; `electorate` is everybody present and entitled when it opened,
    the recused ones included; `void_ground` is empty unless the vote is void.
    """

    id: VoteId
    meeting: MeetingId
    matters: tuple[MatterId, ...]
    stage: Stage
    row: RuleRow
    electorate: frozenset[PersonId]
    recused: frozenset[PersonId]
    running_tally: bool
    opened_at: datetime
    ballots: Mapping[PersonId, Choice] = field(default_factory=dict)
    closed_at: datetime | None = None
    carried: bool | None = None
    void_ground: str = ""

    @classmethod
    def opened(cls, event: VoteOpened, row: RuleRow, at: datetime) -> "Vote":
        """The vote as it opens (表决开始), to be judged by that row."""
        return cls(
            id=event.vote,
            meeting=event.meeting,
            matters=event.matters,
            stage=event.stage,
            row=row,
            electorate=frozenset(event.electorate),
            recused=frozenset(event.recused),
            running_tally=event.running_tally,
            opened_at=at,
        )

    @property
    def state(self) -> VoteState:
        """Where the vote stands."""
        if self.void_ground:
            return VoteState.VOID
        return VoteState.OPEN if self.closed_at is None else VoteState.CLOSED

    @property
    def is_open(self) -> bool:
        """Whether ballots may still be cast."""
        return self.state is VoteState.OPEN

    @property
    def is_void(self) -> bool:
        """Whether it was declared void (作废): it is kept and does not count."""
        return self.state is VoteState.VOID

    @property
    def tally(self) -> Tally:
        """The counts as they stand."""
        return count(self.row.options, self.electorate, self.recused, self.ballots)

    @property
    def waiting(self) -> frozenset[PersonId]:
        """Those who may still cast a ballot."""
        return self.electorate - self.recused - self.ballots.keys()

    def with_ballot(self, person: PersonId, choice: Choice) -> "Vote":
        """The vote after one more ballot."""
        return replace(self, ballots={**self.ballots, person: choice})

    def closed(self, at: datetime, *, carried: bool) -> "Vote":
        """The vote after its closing."""
        return replace(self, closed_at=at, carried=carried)

    def voided(self, ground: str) -> "Vote":
        """The vote after it was declared void."""
        return replace(self, void_ground=ground)


def cast(
    vote: Vote,
    command: CastBallot,
    seats: Mapping[PersonId, Seat],
    inside: Collection[PersonId],
) -> tuple[BallotCast]:
    """Take one ballot (投票), checking in the order of the statute; `inside`: who is in the room.

    Refused: VOTE_NOT_OPEN, VOTE_VOID, NOT_CALLED, HOUSEHOLD_VOTES_ONCE, NO_VOTING_RIGHT, ALREADY_VOTED,
    NOT_CHECKED_IN, NOT_IN_ELECTORATE, RECUSED, NOT_AN_OPTION.
    """
    _require_allowed(vote, command)
    person, row = command.person, vote.row
    require(person in seats, Reason.NOT_CALLED)
    if row.by_household:
        _require_not_represented(seats[person], seats, row)
    # 村民委员会组织法 §29: 由村民委员会成员和村民代表组成 — everybody else attends without a vote
    require(seats[person].votes, Reason.NO_VOTING_RIGHT, basis=row.voters_basis)
    require(person not in vote.ballots, Reason.ALREADY_VOTED)
    require(person in inside, Reason.NOT_CHECKED_IN)
    require(person in vote.electorate, Reason.NOT_IN_ELECTORATE)
    require(person not in vote.recused, Reason.RECUSED)
    require(command.choice in row.options, Reason.NOT_AN_OPTION)
    return (fact(BallotCast, command),)


def _require_not_represented(seat: Seat, seats: Mapping[PersonId, Seat], row: RuleRow) -> None:
    """Refused: HOUSEHOLD_VOTES_ONCE where another of the household has its ballot (村民委员会组织法 §26 户的代表)."""
    if seat.votes or not seat.household:
        return
    for other in seats.values():
        if other.votes and other.household == seat.household:
            raise Refused(Reason.HOUSEHOLD_VOTES_ONCE, {"name": other.name}, row.voters_basis)


def close(vote: Vote, command: CloseVote, *, entitled: int) -> tuple[VoteClosed]:
    """Count and judge (计票) by the vote's row, of so many `entitled` people.

    Refused: VOTE_NOT_OPEN, VOTE_VOID, UNVOTED_NOT_CONFIRMED.
    """
    _require_allowed(vote, command)
    require(
        command.unused_confirmed or not vote.waiting,
        Reason.UNVOTED_NOT_CONFIRMED,
        waiting=len(vote.waiting),
    )
    tally = vote.tally
    judged = judge(tally, vote.row, entitled=entitled)
    return (fact(VoteClosed, command, tally=tally, base=judged.base, carried=judged.holds),)


def void(vote: Vote, command: VoidVote) -> tuple[VoteVoided]:
    """Declare the vote void (作废); it is kept with its ballots. Refused: VOTE_VOID, TEXT_MISSING."""
    _require_allowed(vote, command)
    require_text(command.ground)
    return (fact(VoteVoided, command),)


def _require_allowed(vote: Vote, command: VoteCommand) -> None:
    require(vote.state in ALLOWED[type(command)], REFUSED_WHILE[vote.state])
