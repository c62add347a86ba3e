"""Small values that commands and events carry: a seat, an agenda item, an attachment, who asks."""

from dataclasses import dataclass

from kiosk.core.ballot_terms import CANDIDATE_NUMBERS, Choice
from kiosk.core.terms import Capacity, DeviceId, MatterId, PersonId, Role, Sex

Answer = tuple[Choice, ...]
"""What one ballot says (票面): one choice, or where candidates stand (推选) one or several, in their order."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One person called to a meeting (参会人员), with the names as they stood that day.

    `household` is the household the seat's ballot counts for where one household has one ballot, else empty.
    `post` is the post of one who comes for somebody outside the village (职务), such as the township's deputy head.
    """

    person: PersonId
    name: str
    sex: Sex
    group: int  # 村民小组, 0 for people from outside the village
    capacity: Capacity
    votes: bool  # 有表决权; False: 列席
    household: str = ""
    post: str = ""

    @property
    def is_of_township(self) -> bool:
        """Whether he comes for the township (乡镇参会人员)."""
        return self.capacity is Capacity.TOWNSHIP_OFFICER


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One person left out of 应到 (不计入应到), with the ground and the rule it rests on."""

    person: PersonId
    name: str
    ground: str
    basis: str


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One matter on the agenda (议程): how many minutes it is given, and whether it may go by consent."""

    matter: MatterId
    minutes: int
    consent: bool = False  # 无争议事项，可以合并表决


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who stands in a contest (候选人), by the name that is printed."""

    person: PersonId
    name: str


@dataclass(frozen=True, slots=True)
class Contest:
    """Whom a vote chooses among (推选): the candidates by their number on the ballot, for so many `places` (名额).

    A ballot may name as many candidates as there are places, or nobody (弃权).
    """

    candidates: tuple[Candidate, ...]
    places: int

    @property
    def options(self) -> tuple[Choice, ...]:
        """What a ballot may say: each candidate's number, and 弃权."""
        return (*CANDIDATE_NUMBERS[: len(self.candidates)], Choice.ABSTAIN)

    @property
    def numbered(self) -> dict[Choice, Candidate]:
        """The candidates by their numbers."""
        return dict(zip(CANDIDATE_NUMBERS, self.candidates, strict=False))


@dataclass(frozen=True, slots=True)
class RaisedHand:
    """Whose hand was up for what (举手), as a clerk noted it."""

    person: PersonId
    choice: Choice


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept beside the journal (附件): what it is, its size and SHA-256."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for something: a signed-in officer, a voter at a paired screen, or the kiosk itself."""

    role: Role
    person: PersonId | None = None
    device: DeviceId | None = None


def check_code(digest: str) -> str:
    """校验码: the digest's first 16 hexadecimal digits as a number, its last 16 decimals in fours."""
    digits = f"{int(digest[:16], 16) % 10**16:016d}"
    return "-".join(digits[i : i + 4] for i in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class NamedHead:
    """A head of the journal as an entry names it (链头): a sequence number and that entry's digest."""

    seq: int
    digest: str

    @property
    def check_code(self) -> str:
        """校验码 for people's eyes."""
        return check_code(self.digest)
