"""What may be asked while something hangs in public, and of the works that carry a resolution out."""

from dataclasses import dataclass
from datetime import date

from kiosk.core.terms import MatterId, ObjectionId, PersonId, Picture, Stage
from kiosk.core.values import Attachment


@dataclass(frozen=True, slots=True)
class AttachPhoto:
    """A photograph (照片) of the notice board on the first or last day, or of the works."""

    matter: MatterId
    picture: Picture
    attachment: Attachment


@dataclass(frozen=True, slots=True)
class AttachVoice:
    """A publication read aloud (念给大家听), in the dialect: heard on the portal by whoever cannot read.

    `stage`, `year` and `number` name the publication. One that was read before is replaced; it stays on record.
    """

    matter: MatterId
    stage: Stage
    year: int
    number: int
    attachment: Attachment
    duration_ms: int


@dataclass(frozen=True, slots=True)
class FileObjection:
    """Somebody objects to what is published (异议), within its period."""

    objection: ObjectionId
    matter: MatterId
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerObjection:
    """Answer an objection (异议答复); one that is upheld lets the matter be returned."""

    objection: ObjectionId
    upheld: bool
    answer: str


@dataclass(frozen=True, slots=True)
class EscalateObjection:
    """Take an objection to the next forum (异议升级): the 监委会, then the township."""

    objection: ObjectionId
    ground: str


@dataclass(frozen=True, slots=True)
class PublishResult:
    """Publish what came of it (实施结果公开), for so many days."""

    matter: MatterId
    summary: str
    days: int


@dataclass(frozen=True, slots=True)
class AssignWorks:
    """Say who carries the resolution out (实施责任), until when, with how much money in 分."""

    matter: MatterId
    owner: PersonId
    owner_name: str
    deadline: date
    budget_fen: int


@dataclass(frozen=True, slots=True)
class RecordContract:
    """Put a contract (合同) on record with the day written on it."""

    matter: MatterId
    contractor: str
    amount_fen: int
    dated: date


@dataclass(frozen=True, slots=True)
class StartWorks:
    """The works begin (开工)."""

    matter: MatterId


@dataclass(frozen=True, slots=True)
class ReportProgress:
    """A milestone (实施进度): what is done, and the money spent so far in 分."""

    matter: MatterId
    text: str
    spent_fen: int


@dataclass(frozen=True, slots=True)
class RequestAcceptance:
    """The works are finished and may be inspected (申请验收); the money they took in 分."""

    matter: MatterId
    findings: str
    actual_fen: int


@dataclass(frozen=True, slots=True)
class InspectWorks:
    """A member of the 监委会, who was there, accepts the works or does not (验收)."""

    matter: MatterId
    accepted: bool
    statement: str


PublicityCommand = (
    AttachPhoto
    | AttachVoice
    | FileObjection
    | AnswerObjection
    | EscalateObjection
    | PublishResult
    | AssignWorks
    | RecordContract
    | StartWorks
    | ReportProgress
    | RequestAcceptance
    | InspectWorks
)
