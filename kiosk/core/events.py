"""What has happened: past tense, immutable, and readable for ever.

A kind once written is never renamed or changed; what must change becomes a new kind. The name of the class is
the `kind` in the journal.
"""

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.core.tally import Tally
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
    Stage,
    VillageId,
    VoteId,
)


@dataclass(frozen=True, slots=True)
class VillageFounded:
    """The journal begins (建村)."""

    village: VillageId
    name: str
    township: str
    office_phone: str
    portal_url: str
    demonstration: bool


@dataclass(frozen=True, slots=True)
class MatterRaised:
    """A matter is on file (事项立项); `number` counts the matters of the village from 1."""

    matter: MatterId
    number: int
    title: str
    origin: Origin
    amount_fen: int
    proposal: tuple[str, ...]
    for_means: str
    against_means: str


@dataclass(frozen=True, slots=True)
class MeetingConvened:
    """A body was called (会议召集，通知发出); `ordinal` counts this body's meetings from 1."""

    meeting: MeetingId
    body: Body
    ordinal: int
    place: str
    starts_at: datetime
    agenda: tuple[MatterId, ...]
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """A person arrived or returned (签到)."""

    meeting: MeetingId
    person: PersonId


@dataclass(frozen=True, slots=True)
class CheckedOut:
    """A person left (离场)."""

    meeting: MeetingId
    person: PersonId


@dataclass(frozen=True, slots=True)
class MeetingOpened:
    """The meeting is open (开会); `roll` holds everybody entitled to vote (应到), fixed from here."""

    meeting: MeetingId
    roll: tuple[PersonId, ...]
    present: int


@dataclass(frozen=True, slots=True)
class RecusalDeclared:
    """A member stands aside from a matter (回避)."""

    meeting: MeetingId
    matter: MatterId
    person: PersonId
    ground: str


@dataclass(frozen=True, slots=True)
class VoteOpened:
    """A vote is open (表决开始); `electorate` is everybody present and entitled, recused ones included."""

    meeting: MeetingId
    matter: MatterId
    stage: Stage
    vote: VoteId
    electorate: tuple[PersonId, ...]
    recused: tuple[PersonId, ...]
    running_tally: bool


@dataclass(frozen=True, slots=True)
class BallotCast:
    """One ballot (一张票) of a named vote (记名)."""

    meeting: MeetingId
    vote: VoteId
    person: PersonId
    choice: Choice
    channel: Channel


@dataclass(frozen=True, slots=True)
class VoteClosed:
    """A vote is over (表决结束): the four counts, the base they were judged on, the outcome."""

    meeting: MeetingId
    vote: VoteId
    tally: Tally
    base: int
    carried: bool


@dataclass(frozen=True, slots=True)
class MeetingAdjourned:
    """The meeting is over (散会)."""

    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class PublicationOpened:
    """A resolution is published (决议公开) from the first to the last day, both included."""

    matter: MatterId
    meeting: MeetingId
    vote: VoteId
    year: int
    number: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class RecordingStarted:
    """The recorder runs (录像开始)."""

    meeting: MeetingId
    source: str
    sound: bool


@dataclass(frozen=True, slots=True)
class SegmentSealed:
    """A part of the video is sealed by its SHA-256 (录像分段封存)."""

    meeting: MeetingId
    part: str
    size_bytes: int
    sha256: str
    began_at: datetime
    ended_at: datetime
    duration_ms: int


@dataclass(frozen=True, slots=True)
class RecordingInterrupted:
    """The video has a gap (录像中断)."""

    meeting: MeetingId
    since: datetime
    until: datetime
    cause: str


@dataclass(frozen=True, slots=True)
class VideoMarked:
    """A moment of a vote stands at this place of the video (录像标记)."""

    meeting: MeetingId
    vote: VoteId
    moment: Moment
    part: str
    offset_ms: int


@dataclass(frozen=True, slots=True)
class RecordingStopped:
    """The recorder has ended (录像结束)."""

    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class PaperIssued:
    """A paper was set from the journal up to `from_seq`; its bytes have this SHA-256 (文书制成)."""

    matter: MatterId
    paper: Paper
    from_seq: int
    size_bytes: int
    sha256: str


Event = (
    VillageFounded
    | MatterRaised
    | MeetingConvened
    | CheckedIn
    | CheckedOut
    | MeetingOpened
    | RecusalDeclared
    | VoteOpened
    | BallotCast
    | VoteClosed
    | MeetingAdjourned
    | PublicationOpened
    | RecordingStarted
    | SegmentSealed
    | RecordingInterrupted
    | VideoMarked
    | RecordingStopped
    | PaperIssued
)
