"""What has happened in votes: opened, ballots by every channel, counts, closed, counted once more, declared void."""

from dataclasses import dataclass

from kiosk.core.ballot_terms import Channel, Method, Source
from kiosk.core.law.tally import Counts, Subtotal, Tally
from kiosk.core.terms import MatterId, MeetingId, PersonId, Stage, VoteId
from kiosk.core.values import Answer, Contest, RaisedHand


@dataclass(frozen=True, slots=True)
class RecusalDeclared:
    """A member stands aside from a matter (回避)."""

    meeting: MeetingId
    matter: MatterId
    person: PersonId
    ground: str


@dataclass(frozen=True, slots=True)
class VoteOpened:
    """A vote is open (表决开始); `electorate` is everybody present and entitled, recused ones included.

    `running_tally`: whether the counts are shown while it is open; `revisable`: whether a ballot may be changed;
    `contest`: whom it chooses among (推选), None where it answers a question.
    """

    meeting: MeetingId
    matters: tuple[MatterId, ...]
    stage: Stage
    vote: VoteId
    electorate: tuple[PersonId, ...]
    recused: tuple[PersonId, ...]
    method: Method
    running_tally: bool
    revisable: bool
    contest: Contest | None = None


@dataclass(frozen=True, slots=True)
class BallotCast:
    """One ballot (一张票) of a named vote (记名)."""

    meeting: MeetingId
    vote: VoteId
    person: PersonId
    answer: Answer
    channel: Channel


@dataclass(frozen=True, slots=True)
class BallotChanged:
    """A named ballot was changed before the close (改票): what it `was` stays on record."""

    meeting: MeetingId
    vote: VoteId
    person: PersonId
    was: Answer
    answer: Answer
    channel: Channel


@dataclass(frozen=True, slots=True)
class HandsNoted:
    """A clerk noted who raised a hand for what (举手记名); it counts when a second person has confirmed it."""

    meeting: MeetingId
    vote: VoteId
    clerk: PersonId
    hands: tuple[RaisedHand, ...]


@dataclass(frozen=True, slots=True)
class HandsConfirmed:
    """A witness confirmed the clerk's note (见证确认): its hands are ballots now."""

    meeting: MeetingId
    vote: VoteId
    witness: PersonId


@dataclass(frozen=True, slots=True)
class HandsCounted:
    """A teller counted the hands of all who had not voted otherwise (举手点数); two equal counts make it so."""

    meeting: MeetingId
    vote: VoteId
    teller: PersonId
    counts: Counts


@dataclass(frozen=True, slots=True)
class BallotPapersPrinted:
    """Ballot papers were printed (印制纸票): serial numbers `first` to `last` of this `batch`."""

    meeting: MeetingId
    vote: VoteId
    batch: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class BallotPaperIssued:
    """Somebody was given a paper (领票); never which one."""

    meeting: MeetingId
    vote: VoteId
    person: PersonId


@dataclass(frozen=True, slots=True)
class BallotPaperExchanged:
    """Somebody gave a spoiled paper back for a new one (换票)."""

    meeting: MeetingId
    vote: VoteId
    person: PersonId


@dataclass(frozen=True, slots=True)
class BallotPapersReturned:
    """So many papers were in the box (收回) when it was opened."""

    meeting: MeetingId
    vote: VoteId
    returned: int


@dataclass(frozen=True, slots=True)
class BallotPaperRead:
    """The `number`-th paper out of the box was read aloud (唱票): an answer, or None where it is invalid (废票)."""

    meeting: MeetingId
    vote: VoteId
    number: int
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class ReadingTakenBack:
    """The last reading was a mistake (撤回上一张) and is done again."""

    meeting: MeetingId
    vote: VoteId
    number: int


@dataclass(frozen=True, slots=True)
class ClosingWitnessed:
    """A member of the 监委会 is there for the opening of the secret box (监督开箱)."""

    meeting: MeetingId
    vote: VoteId
    supervisor: PersonId


@dataclass(frozen=True, slots=True)
class BoxOpened:
    """The sealed box of a secret vote was opened (开箱): who had voted, by id, and the counts; nothing ties the two."""

    meeting: MeetingId
    vote: VoteId
    voters: tuple[PersonId, ...]
    subtotals: tuple[Subtotal, ...]


@dataclass(frozen=True, slots=True)
class VoteClosed:
    """A vote is over (表决结束): the counts, by channel too, the base they were judged on, the outcome.

    `chosen`: of candidates, the numbers of those who are chosen (当选); it carried if there is one.
    """

    meeting: MeetingId
    vote: VoteId
    tally: Tally
    subtotals: tuple[Subtotal, ...]
    base: int
    carried: bool
    chosen: Answer = ()


@dataclass(frozen=True, slots=True)
class CountChecked:
    """A closed vote was counted once more from another source (复点)."""

    meeting: MeetingId
    vote: VoteId
    source: Source
    teller: PersonId
    counts: Counts


@dataclass(frozen=True, slots=True)
class DifferenceExplained:
    """An officer explains why counts of one vote differ (差异说明); it prints with the result."""

    meeting: MeetingId
    vote: VoteId
    officer: PersonId
    ground: str


@dataclass(frozen=True, slots=True)
class DifferenceSettled:
    """A second officer agrees to the explanation (差异确认): the vote may be published."""

    meeting: MeetingId
    vote: VoteId
    officer: PersonId


@dataclass(frozen=True, slots=True)
class VoteVoided:
    """A vote was declared void (表决作废); it is kept and does not count."""

    meeting: MeetingId
    vote: VoteId
    ground: str


VoteEvent = (
    RecusalDeclared
    | VoteOpened
    | BallotCast
    | BallotChanged
    | HandsNoted
    | HandsConfirmed
    | HandsCounted
    | BallotPapersPrinted
    | BallotPaperIssued
    | BallotPaperExchanged
    | BallotPapersReturned
    | BallotPaperRead
    | ReadingTakenBack
    | ClosingWitnessed
    | BoxOpened
    | VoteClosed
    | CountChecked
    | DifferenceExplained
    | DifferenceSettled
    | VoteVoided
)
