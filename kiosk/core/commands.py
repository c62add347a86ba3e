"""What may be asked of a village: imperative, complete, without time or chance in them."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.core.terms import (
    Body,
    Channel,
    Choice,
    MatterId,
    MeetingId,
    Moment,
    Origin,
    Paper,
    PersonId,
    Seat,
    VillageId,
    VoteId,
)


@dataclass(frozen=True, slots=True)
class FoundVillage:
    """Begin the village's journal (建村).

    `portal_url` is where phones find the portal; papers print it, so it is a fact and not a setting.
    """

    village: VillageId
    name: str
    township: str
    office_phone: str
    portal_url: str
    demonstration: bool


@dataclass(frozen=True, slots=True)
class RaiseMatter:
    """Put a matter (事项) on file, to be carried through the stages.

    `amount_fen` is money in 分; 0 where the matter is not about money.
    """

    matter: MatterId
    title: str
    origin: Origin
    amount_fen: int
    proposal: tuple[str, ...]
    for_means: str
    against_means: str


@dataclass(frozen=True, slots=True)
class ConveneMeeting:
    """Call a body together with an agenda (召集会议，发出通知)."""

    meeting: MeetingId
    body: Body
    place: str
    starts_at: datetime
    agenda: tuple[MatterId, ...]
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Somebody who was called arrives or returns (签到)."""

    meeting: MeetingId
    person: PersonId


@dataclass(frozen=True, slots=True)
class CheckOut:
    """Somebody present leaves (离场)."""

    meeting: MeetingId
    person: PersonId


@dataclass(frozen=True, slots=True)
class OpenMeeting:
    """Declare the meeting open (宣布开会): the roll is fixed."""

    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class DeclareRecusal:
    """A member stands aside from one matter (回避), with the ground in words."""

    meeting: MeetingId
    matter: MatterId
    person: PersonId
    ground: str


@dataclass(frozen=True, slots=True)
class OpenVote:
    """Open the vote (开始表决) on a matter of the agenda; the electorate is fixed.

    `running_tally`: whether the meeting resolved that the counts are shown while the vote is open.
    """

    meeting: MeetingId
    matter: MatterId
    vote: VoteId
    running_tally: bool


@dataclass(frozen=True, slots=True)
class CastBallot:
    """One person's ballot (表决). The person comes from the paired screen's turn, never from a form."""

    meeting: MeetingId
    vote: VoteId
    person: PersonId
    choice: Choice
    channel: Channel


@dataclass(frozen=True, slots=True)
class CloseVote:
    """Close the vote (结束表决). With votes unused it must be confirmed that they stay unused."""

    meeting: MeetingId
    vote: VoteId
    unused_confirmed: bool


@dataclass(frozen=True, slots=True)
class Adjourn:
    """End the meeting (散会); what it decided is published from this day."""

    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class StartRecording:
    """The recorder runs (开始录像). `source` is camera, film, stream or card (no camera)."""

    meeting: MeetingId
    source: str
    sound: bool


@dataclass(frozen=True, slots=True)
class SealSegment:
    """A part of the video is complete (录像分段封存): its name, size and SHA-256."""

    meeting: MeetingId
    part: str
    size_bytes: int
    sha256: str
    began_at: datetime
    ended_at: datetime
    duration_ms: int


@dataclass(frozen=True, slots=True)
class NoteInterruption:
    """The video has a gap (录像中断), from when to when and why."""

    meeting: MeetingId
    since: datetime
    until: datetime
    cause: str


@dataclass(frozen=True, slots=True)
class MarkVideo:
    """A moment of a vote stands at this place of the video (录像标记)."""

    meeting: MeetingId
    vote: VoteId
    moment: Moment
    part: str
    offset_ms: int


@dataclass(frozen=True, slots=True)
class StopRecording:
    """The recorder has ended (录像结束)."""

    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class IssuePaper:
    """A paper has been set from the journal up to `from_seq` (文书制成)."""

    matter: MatterId
    paper: Paper
    from_seq: int
    size_bytes: int
    sha256: str


Command = (
    FoundVillage
    | RaiseMatter
    | ConveneMeeting
    | CheckIn
    | CheckOut
    | OpenMeeting
    | DeclareRecusal
    | OpenVote
    | CastBallot
    | CloseVote
    | Adjourn
    | StartRecording
    | SealSegment
    | NoteInterruption
    | MarkVideo
    | StopRecording
    | IssuePaper
)
