"""What may be asked of a vote: its opening, ballots by every channel, counts, its close, what comes after."""

from dataclasses import dataclass

from kiosk.core.ballot_terms import Channel, Method, Source
from kiosk.core.law.tally import Counts
from kiosk.core.terms import MatterId, MeetingId, PersonId, VoteId
from kiosk.core.values import Answer, RaisedHand


@dataclass(frozen=True, slots=True)
class DeclareRecusal:
    """A member stands aside from one matter (回避), with the ground in words."""

    meeting: MeetingId
    matter: MatterId
    person: PersonId
    ground: str


@dataclass(frozen=True, slots=True)
class OpenVote:
    """Open the vote (开始表决) on one matter, or on several that go by consent; the electorate is fixed.

    Attributes:
        running_tally: whether the meeting resolved that the counts are shown while people vote one by one.
        method: in the open, one by one, or secret.
        revisable: whether a named ballot may be changed until the close (改票).

    """

    meeting: MeetingId
    matters: tuple[MatterId, ...]
    vote: VoteId
    running_tally: bool
    method: Method = Method.IN_TURN
    revisable: bool = False


@dataclass(frozen=True, slots=True)
class CastBallot:
    """One person's ballot (表决). The person comes from the paired screen's turn or the slip, never from a form."""

    meeting: MeetingId
    vote: VoteId
    person: PersonId
    answer: Answer
    channel: Channel


@dataclass(frozen=True, slots=True)
class NoteHands:
    """A clerk notes who raised a hand for what (举手记名); a new note replaces one that nobody confirmed."""

    meeting: MeetingId
    vote: VoteId
    clerk: PersonId
    hands: tuple[RaisedHand, ...]


@dataclass(frozen=True, slots=True)
class ConfirmHands:
    """A second person who watched confirms the clerk's note (见证确认)."""

    meeting: MeetingId
    vote: VoteId
    witness: PersonId


@dataclass(frozen=True, slots=True)
class CountHands:
    """A teller gives his count of the hands (举手点数), without having seen the other's; counting again replaces it."""

    meeting: MeetingId
    vote: VoteId
    teller: PersonId
    counts: Counts


@dataclass(frozen=True, slots=True)
class PrintBallotPapers:
    """Print so many papers more (印制纸票). `batch` is a code nobody could guess, the same for the whole vote."""

    meeting: MeetingId
    vote: VoteId
    batch: str
    papers: int


@dataclass(frozen=True, slots=True)
class IssueBallotPaper:
    """Somebody takes a paper from the shuffled pile (领票): he votes by it, and by nothing else."""

    meeting: MeetingId
    vote: VoteId
    person: PersonId


@dataclass(frozen=True, slots=True)
class ExchangeBallotPaper:
    """Somebody spoiled his paper and gets another (换票); the spoiled one is kept apart."""

    meeting: MeetingId
    vote: VoteId
    person: PersonId


@dataclass(frozen=True, slots=True)
class ReturnBallotPapers:
    """The box is opened before everybody: so many papers are in it (收回)."""

    meeting: MeetingId
    vote: VoteId
    returned: int


@dataclass(frozen=True, slots=True)
class ReadBallotPaper:
    """Read the `number`-th paper aloud (唱票): its answer, None where it is invalid (废票)."""

    meeting: MeetingId
    vote: VoteId
    number: int
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class TakeBackReading:
    """The `number`-th reading, the last, was a mistake (撤回上一张)."""

    meeting: MeetingId
    vote: VoteId
    number: int


@dataclass(frozen=True, slots=True)
class WitnessClosing:
    """A member of the 监委会 is there when the secret box is opened (监督开箱)."""

    meeting: MeetingId
    vote: VoteId
    supervisor: PersonId


@dataclass(frozen=True, slots=True)
class CloseVote:
    """Close the vote (结束表决). With votes unused it must be confirmed that they stay unused."""

    meeting: MeetingId
    vote: VoteId
    unused_confirmed: bool


@dataclass(frozen=True, slots=True)
class CheckCount:
    """Count a closed vote once more from another source (复点); counting again replaces it."""

    meeting: MeetingId
    vote: VoteId
    source: Source
    teller: PersonId
    counts: Counts


@dataclass(frozen=True, slots=True)
class ExplainDifference:
    """Say why the counts of one vote differ (差异说明)."""

    meeting: MeetingId
    vote: VoteId
    officer: PersonId
    ground: str


@dataclass(frozen=True, slots=True)
class SettleDifference:
    """A second officer agrees to the explanation (差异确认)."""

    meeting: MeetingId
    vote: VoteId
    officer: PersonId


@dataclass(frozen=True, slots=True)
class VoidVote:
    """Declare a vote void (宣布表决作废), open or closed; it is kept, and does not count."""

    meeting: MeetingId
    vote: VoteId
    ground: str
