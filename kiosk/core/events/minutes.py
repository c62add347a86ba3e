"""What has happened to the minutes of a meeting (会议记录), and to what leaves the machine to witness its journal."""

from dataclasses import dataclass

from kiosk.core.terms import MatterId, MeetingId, PersonId


@dataclass(frozen=True, slots=True)
class MinutesNoted:
    """The recorder added to the minutes (讨论要点); `number` counts the meeting's notes from 1, `strikes` names one."""

    meeting: MeetingId
    recorder: PersonId
    number: int
    matter: MatterId | None
    text: str
    strikes: int


@dataclass(frozen=True, slots=True)
class MinutesRead:
    """The recorder read the minutes out (宣读会议记录) as the journal stood at that head."""

    meeting: MeetingId
    recorder: PersonId
    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class MinutesApproved:
    """The meeting approved them (通过会议记录): they are frozen at that head."""

    meeting: MeetingId
    chair: PersonId
    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class SignedPaperCompared:
    """Somebody held the signed minutes of the last meeting against the head it closed with (对照散会校验码)."""

    meeting: MeetingId
    seq: int
    digest: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class StickCompared:
    """The 监委会's stick was held against the journal (U盘核对): the first head not in it, else the last."""

    meeting: MeetingId
    seq: int
    digest: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class RecordDifferenceAccepted:
    """A member of the 监委会 knows that paper or stick differs, and lets the meeting open (知悉不一致)."""

    meeting: MeetingId
    supervisor: PersonId
    ground: str


MinutesEvent = MinutesNoted | MinutesRead | MinutesApproved
WitnessingEvent = SignedPaperCompared | StickCompared | RecordDifferenceAccepted
