"""What has happened to needs and matters, from the first wish to the archive."""

from dataclasses import dataclass
from datetime import date

from kiosk.core.terms import (
    EmergencyId,
    KindId,
    MatterId,
    MeetingId,
    NeedId,
    Origin,
    Paper,
    PersonId,
    RowId,
    Stage,
    Standing,
)
from kiosk.core.values import Attachment, Contest


@dataclass(frozen=True, slots=True)
class NeedFiled:
    """A need was brought forward (需求); `number` counts those of the year, an answer is due on `due`."""

    need: NeedId
    year: int
    number: int
    standing: Standing
    author: str
    text: str
    supporters: int
    of: int
    due: date


@dataclass(frozen=True, slots=True)
class NeedAnswered:
    """A need was answered without becoming a matter (答复)."""

    need: NeedId
    answer: str


@dataclass(frozen=True, slots=True)
class MatterRaised:
    """A matter is on file (事项立项); `number` counts the matters of the village from 1."""

    matter: MatterId
    number: int
    kind_id: KindId
    row: RowId
    title: str
    origin: Origin
    group: int
    amount_fen: int
    proposal: tuple[str, ...]
    for_means: str
    against_means: str
    mandate: str
    needs: tuple[NeedId, ...]
    appraised: PersonId | None
    contest: Contest | None


@dataclass(frozen=True, slots=True)
class ReviewRecorded:
    """A legal review is on record (合法性审查意见)."""

    matter: MatterId
    reviewer: str
    favourable: bool
    opinion: str
    attachment: Attachment | None


@dataclass(frozen=True, slots=True)
class ProposalRevised:
    """The proposal was changed between two stages (方案修改)."""

    matter: MatterId
    proposal: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class MatterReturned:
    """The matter went back to an earlier stage (退回)."""

    matter: MatterId
    to: Stage
    ground: str


@dataclass(frozen=True, slots=True)
class MatterEnded:
    """The matter was given up (终止)."""

    matter: MatterId
    ground: str


@dataclass(frozen=True, slots=True)
class MatterSentToAssembly:
    """The villagers' assembly will decide instead (提交村民会议), on this row."""

    matter: MatterId
    row: RowId
    ground: str


@dataclass(frozen=True, slots=True)
class OpinionFiled:
    """The 监委会 gave its opinion on a stage (监督意见)."""

    matter: MatterId
    stage: Stage
    favourable: bool
    text: str


@dataclass(frozen=True, slots=True)
class MatterArchived:
    """The file of the matter is closed (归档)."""

    matter: MatterId


@dataclass(frozen=True, slots=True)
class SignedSheetFiled:
    """The picture of a page that people signed by pen is under its paper (签字页收回); whose page somebody said."""

    subject: str
    paper: Paper
    from_seq: int
    page: int
    attachment: Attachment
    by_hand: bool


@dataclass(frozen=True, slots=True)
class EmergencyDeclared:
    """Officers act first in an emergency (应急先行处置)."""

    emergency: EmergencyId
    ground: str
    measures: str


@dataclass(frozen=True, slots=True)
class EmergencyCountersigned:
    """A second officer signed for it (双签)."""

    emergency: EmergencyId


@dataclass(frozen=True, slots=True)
class EmergencyWitnessed:
    """A member of the 监委会 witnessed it (见证)."""

    emergency: EmergencyId
    statement: str


@dataclass(frozen=True, slots=True)
class EmergencyReported:
    """A meeting was told of it (事后通报)."""

    meeting: MeetingId
    emergency: EmergencyId


MatterEvent = (
    NeedFiled
    | NeedAnswered
    | MatterRaised
    | ReviewRecorded
    | ProposalRevised
    | MatterReturned
    | MatterEnded
    | MatterSentToAssembly
    | OpinionFiled
    | MatterArchived
    | SignedSheetFiled
    | EmergencyDeclared
    | EmergencyCountersigned
    | EmergencyWitnessed
    | EmergencyReported
)
