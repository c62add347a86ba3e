"""Life of one vote (一次表决): opened, ballots cast, closed.

- The electorate is fixed when the vote opens: whoever is present and entitled at that moment. A late arrival
  waits for the next vote; whoever leaves stays in the base as 未表决.
- One person, one ballot; a cast ballot is final.
- A recused member has no ballot and stays in the base.
- Closing with votes unused asks once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.core.commands import CastBallot, CloseVote
from kiosk.core.events import BallotCast, VoteClosed
from kiosk.core.refusals import Reason, require
from kiosk.core.rules import RuleRow
from kiosk.core.tally import Tally, count, judge
from kiosk.core.terms import Choice, MatterId, MeetingId, PersonId, Stage, VoteId


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote as the journal has it so far."""

    id: VoteId
    meeting: MeetingId
    matter: MatterId
    stage: Stage
    electorate: frozenset[PersonId]
    recused: frozenset[PersonId]
    running_tally: bool
    opened_at: datetime
    ballots: Mapping[PersonId, Choice] = field(default_factory=dict)
    closed_at: datetime | None = None
    carried: bool | None = None

    @property
    def is_open(self) -> bool:
        """Whether ballots may still be cast."""
        return self.closed_at is None

    @property
    def tally(self) -> Tally:
        """The four counts as they stand."""
        return count(self.electorate, self.recused, self.ballots)

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


def cast(
    vote: Vote, command: CastBallot, row: RuleRow, *, is_present: bool, may_vote: bool
) -> tuple[BallotCast, ...]:
    """Take one ballot, checking in the order of the statute.

    Refused: VOTE_NOT_OPEN, NO_VOTING_RIGHT, ALREADY_VOTED, NOT_CHECKED_IN, NOT_IN_ELECTORATE, RECUSED.
    """
    require(vote.is_open, Reason.VOTE_NOT_OPEN)
    # 村民委员会组织法 §29: 由村民委员会成员和村民代表组成 — everybody else attends without a vote
    require(may_vote, Reason.NO_VOTING_RIGHT, basis=row.voters_basis)
    require(command.person not in vote.ballots, Reason.ALREADY_VOTED)
    require(is_present, Reason.NOT_CHECKED_IN)
    require(command.person in vote.electorate, Reason.NOT_IN_ELECTORATE)
    require(command.person not in vote.recused, Reason.RECUSED)
    return (BallotCast(vote.meeting, vote.id, command.person, command.choice, command.channel),)


def close(vote: Vote, command: CloseVote, row: RuleRow, *, entitled: int) -> tuple[VoteClosed]:
    """Count and judge. Refused: VOTE_NOT_OPEN, UNVOTED_NOT_CONFIRMED."""
    require(vote.is_open, Reason.VOTE_NOT_OPEN)
    require(
        command.unused_confirmed or not vote.waiting,
        Reason.UNVOTED_NOT_CONFIRMED,
        waiting=len(vote.waiting),
    )
    tally = vote.tally
    comparison = judge(tally, row, entitled=entitled)
    return (VoteClosed(vote.meeting, vote.id, tally, comparison.base, comparison.holds),)
