"""What has happened in public, and in carrying a resolution out."""

from dataclasses import dataclass
from datetime import date

from kiosk.core.terms import (
    Forum,
    MatterId,
    MeetingId,
    ObjectionId,
    PersonId,
    Picture,
    Stage,
    VoteId,
)
from kiosk.core.values import Attachment


@dataclass(frozen=True, slots=True)
class PublicationOpened:
    """A resolution or a result is published (公开) from the first to the last day, both included.

    `stage` is RESOLUTION_PUBLIC or RESULT_PUBLIC; `summary` is the result in words, empty for a resolution.
    """

    matter: MatterId
    stage: Stage
    meeting: MeetingId
    vote: VoteId
    year: int
    number: int
    first_day: date
    last_day: date
    summary: str


@dataclass(frozen=True, slots=True)
class PhotoAttached:
    """A photograph was filed (照片)."""

    matter: MatterId
    picture: Picture
    attachment: Attachment


@dataclass(frozen=True, slots=True)
class VoiceAttached:
    """A publication was read aloud (念给大家听); `issue` counts the readings of it, of which the last is heard."""

    matter: MatterId
    stage: Stage
    year: int
    number: int
    issue: int
    attachment: Attachment
    duration_ms: int


@dataclass(frozen=True, slots=True)
class ObjectionFiled:
    """Somebody objects (异议); `number` counts those on the matter, an answer is due on `due`."""

    objection: ObjectionId
    matter: MatterId
    number: int
    author: str
    text: str
    due: date


@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    """An objection was answered (异议答复) by the forum it is before."""

    objection: ObjectionId
    upheld: bool
    answer: str


@dataclass(frozen=True, slots=True)
class ObjectionEscalated:
    """An objection went to the next forum (异议升级); an answer is due on `due`."""

    objection: ObjectionId
    forum: Forum
    ground: str
    due: date


@dataclass(frozen=True, slots=True)
class WorksAssigned:
    """Somebody carries the resolution out (实施责任)."""

    matter: MatterId
    owner: PersonId
    owner_name: str
    deadline: date
    budget_fen: int


@dataclass(frozen=True, slots=True)
class ContractRecorded:
    """A contract is on record (合同); `inside_publication`: dated while the resolution still hung."""

    matter: MatterId
    contractor: str
    amount_fen: int
    dated: date
    inside_publication: bool


@dataclass(frozen=True, slots=True)
class WorksStarted:
    """The works began (开工); `inside_publication`: while the resolution still hung."""

    matter: MatterId
    inside_publication: bool


@dataclass(frozen=True, slots=True)
class ProgressReported:
    """A milestone (实施进度) with the money spent so far."""

    matter: MatterId
    text: str
    spent_fen: int


@dataclass(frozen=True, slots=True)
class AcceptanceRequested:
    """The works are finished (申请验收); the money they took."""

    matter: MatterId
    findings: str
    actual_fen: int


@dataclass(frozen=True, slots=True)
class WorksInspected:
    """A member of the 监委会 accepted the works or did not (验收)."""

    matter: MatterId
    accepted: bool
    statement: str


PublicityEvent = (
    PublicationOpened
    | PhotoAttached
    | VoiceAttached
    | ObjectionFiled
    | ObjectionAnswered
    | ObjectionEscalated
    | WorksAssigned
    | ContractRecorded
    | WorksStarted
    | ProgressReported
    | AcceptanceRequested
    | WorksInspected
)
