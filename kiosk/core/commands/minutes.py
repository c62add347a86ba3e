"""What may be asked of the minutes of a meeting (会议记录), and of what leaves the machine to witness its journal."""

from dataclasses import dataclass

from kiosk.core.terms import MatterId, MeetingId, PersonId


@dataclass(frozen=True, slots=True)
class NoteMinutes:
    """The recorder adds to the minutes (讨论要点): on a matter of the agenda, on the meeting where `matter` is None.

    `strikes` is the number of an earlier note that this one takes the place of; 0 where it only adds.
    """

    meeting: MeetingId
    recorder: PersonId
    matter: MatterId | None
    text: str
    strikes: int = 0


@dataclass(frozen=True, slots=True)
class ReadMinutes:
    """The recorder has read the minutes out to the meeting (宣读会议记录), as the journal stood at that head."""

    meeting: MeetingId
    recorder: PersonId
    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class ApproveMinutes:
    """The chair says that the meeting approved what was read out (通过会议记录), naming the same head."""

    meeting: MeetingId
    chair: PersonId
    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class CompareSignedPaper:
    """The signed minutes of the last meeting were held against its closing code (对照上次散会校验码)."""

    meeting: MeetingId
    seq: int
    digest: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class ReportStick:
    """The head that the 监委会's stick holds against this journal (U盘核对): the first not in it, else the last."""

    meeting: MeetingId
    seq: int
    digest: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class AcceptRecordDifference:
    """A member of the 监委会 lets the meeting open though paper or stick differs from the journal (知悉不一致)."""

    meeting: MeetingId
    supervisor: PersonId
    ground: str


MinutesCommand = NoteMinutes | ReadMinutes | ApproveMinutes
WitnessingCommand = CompareSignedPaper | ReportStick | AcceptRecordDifference
