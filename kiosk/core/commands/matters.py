"""What may be asked about needs and matters, from the first wish to the archive."""

from dataclasses import dataclass

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
class FileNeed:
    """Bring forward a need (需求). A joint one names its supporters and of how many they are.

    `author` is the name as the public may read it; telephones never come here.
    """

    need: NeedId
    standing: Standing
    author: str
    text: str
    supporters: int
    of: int


@dataclass(frozen=True, slots=True)
class AnswerNeed:
    """Answer a need that does not become a matter (答复), so that its author can read why."""

    need: NeedId
    answer: str


@dataclass(frozen=True, slots=True)
class RaiseMatter:
    """Put a matter (事项) on file, to be carried through the stages that its kind asks for.

    Attributes:
        kind: its entry in the catalogue.
        row: the rule row it will be decided on, which says by whom.
        group: the villagers' group it concerns; 0 for the whole village.
        amount_fen: money in 分; 0 where the matter is not about money.
        mandate: by what the villagers' assembly authorised the representatives (授权), where that is asked.
        needs: the needs that it takes up.
        appraised: the officer who is appraised (民主评议), else None.
        contest: whom is chosen among (推选), else None.

    """

    matter: MatterId
    kind: KindId
    row: RowId
    title: str
    origin: Origin
    group: int
    amount_fen: int
    proposal: tuple[str, ...]
    for_means: str
    against_means: str
    mandate: str = ""
    needs: tuple[NeedId, ...] = ()
    appraised: PersonId | None = None
    contest: Contest | None = None


@dataclass(frozen=True, slots=True)
class RecordReview:
    """Put a legal review (合法性审查意见) on record; without a favourable one a matter that needs it waits."""

    matter: MatterId
    reviewer: str
    favourable: bool
    opinion: str
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class ReviseProposal:
    """Change the proposal between two stages (修改方案), saying why."""

    matter: MatterId
    proposal: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class ReturnMatter:
    """Send a matter back to an earlier stage (退回), from which it goes forward again."""

    matter: MatterId
    to: Stage
    ground: str


@dataclass(frozen=True, slots=True)
class EndMatter:
    """Give up a matter that did not carry (终止)."""

    matter: MatterId
    ground: str


@dataclass(frozen=True, slots=True)
class SendToAssembly:
    """Let the villagers' assembly decide where the representatives are divided (提交村民会议)."""

    matter: MatterId
    ground: str


@dataclass(frozen=True, slots=True)
class FileOpinion:
    """The 监委会's written opinion on one stage (监督意见)."""

    matter: MatterId
    stage: Stage
    favourable: bool
    text: str


@dataclass(frozen=True, slots=True)
class ArchiveMatter:
    """Close the file of a matter (归档)."""

    matter: MatterId


@dataclass(frozen=True, slots=True)
class FileSignedSheet:
    """Put the picture of a page that people signed by pen under its paper (湿签回收).

    `by_hand`: somebody said which page it is, for its code could not be read.
    """

    subject: str
    paper: Paper
    from_seq: int
    page: int
    attachment: Attachment
    by_hand: bool


@dataclass(frozen=True, slots=True)
class DeclareEmergency:
    """Act first in an emergency (应急先行处置): why, and what is done."""

    emergency: EmergencyId
    ground: str
    measures: str


@dataclass(frozen=True, slots=True)
class CountersignEmergency:
    """A second officer signs for it (双签)."""

    emergency: EmergencyId


@dataclass(frozen=True, slots=True)
class WitnessEmergency:
    """A member of the 监委会 has witnessed it (见证)."""

    emergency: EmergencyId
    statement: str


@dataclass(frozen=True, slots=True)
class ReportEmergency:
    """The sitting meeting is told of it (事后通报): the debt is paid."""

    meeting: MeetingId
    emergency: EmergencyId
