"""What has happened in meetings: called, attended, opened, paused, spoken, adjourned."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.core.terms import Body, MatterId, Means, MeetingId, PersonId
from kiosk.core.values import AgendaItem, Attachment, Exclusion, NamedHead, Seat


@dataclass(frozen=True, slots=True)
class MeetingConvened:
    """A body was called (会议召集，通知发出); `ordinal` counts this body's meetings from 1."""

    meeting: MeetingId
    body: Body
    group: int
    ordinal: int
    place: str
    starts_at: datetime
    agenda: tuple[AgendaItem, ...]
    seats: tuple[Seat, ...]
    exclusions: tuple[Exclusion, ...]
    urgent_ground: str
    follows: MeetingId | None
    leader: PersonId | None


@dataclass(frozen=True, slots=True)
class NoticeServed:
    """These people were told of the meeting (通知送达)."""

    meeting: MeetingId
    people: tuple[PersonId, ...]
    means: Means


@dataclass(frozen=True, slots=True)
class MeetingCalledOff:
    """The meeting will not be held (取消会议)."""

    meeting: MeetingId
    ground: str


@dataclass(frozen=True, slots=True)
class MeetingInquorate:
    """Too few came and the meeting was not held (流会)."""

    meeting: MeetingId
    entitled: int
    present: int


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
class ProxyGiven:
    """Somebody absent is represented by another of his household (委托), while that one is there and he is not."""

    meeting: MeetingId
    principal: PersonId
    proxy: PersonId
    household: str
    attachment: Attachment


@dataclass(frozen=True, slots=True)
class MeetingOpened:
    """The meeting is open (开会); `roll` holds everybody entitled to vote (应到), fixed from here.

    `closed_before` is the head with which the village's last meeting closed (上次散会校验码); None before the first.
    """

    meeting: MeetingId
    roll: tuple[PersonId, ...]
    present: int
    closed_before: NamedHead | None = None


@dataclass(frozen=True, slots=True)
class ShortFilmAccepted:
    """The chair accepted that the meeting of `planned` minutes is filmed for `minutes` only (同意录像不全)."""

    meeting: MeetingId
    minutes: int
    planned: int


@dataclass(frozen=True, slots=True)
class MeetingPaused:
    """The quorum was lost (暂停); nothing is decided until it is there again."""

    meeting: MeetingId
    present: int


@dataclass(frozen=True, slots=True)
class MeetingResumed:
    """The quorum is there again (恢复)."""

    meeting: MeetingId
    present: int


@dataclass(frozen=True, slots=True)
class ItemTaken:
    """The meeting turned to a matter (进入议题)."""

    meeting: MeetingId
    matter: MatterId


@dataclass(frozen=True, slots=True)
class AgendaReordered:
    """The matters are taken in this order (调整议程)."""

    meeting: MeetingId
    matters: tuple[MatterId, ...]


@dataclass(frozen=True, slots=True)
class FloorRequested:
    """Somebody wishes to speak (申请发言)."""

    meeting: MeetingId
    person: PersonId


@dataclass(frozen=True, slots=True)
class FloorGiven:
    """Somebody speaks (发言)."""

    meeting: MeetingId
    person: PersonId
    seconds: int


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """The speaker has finished (发言结束)."""

    meeting: MeetingId
    person: PersonId


@dataclass(frozen=True, slots=True)
class ProposalAmended:
    """The meeting changed a proposal before voting on it (会上修改方案)."""

    meeting: MeetingId
    matter: MatterId
    mover: PersonId
    proposal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemTakenOutOfConsent:
    """A matter will be voted on by itself (单独表决)."""

    meeting: MeetingId
    matter: MatterId
    person: PersonId


@dataclass(frozen=True, slots=True)
class MeetingAdjourned:
    """The meeting is over (散会)."""

    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class NotePinned:
    """The 监委会 pinned a note to a moment of the meeting (监督批注); `number` counts the meeting's notes from 1."""

    meeting: MeetingId
    number: int
    moment: datetime
    text: str


MeetingEvent = (
    MeetingConvened
    | NoticeServed
    | MeetingCalledOff
    | MeetingInquorate
    | CheckedIn
    | CheckedOut
    | ProxyGiven
    | MeetingOpened
    | ShortFilmAccepted
    | MeetingPaused
    | MeetingResumed
    | ItemTaken
    | AgendaReordered
    | FloorRequested
    | FloorGiven
    | SpeechEnded
    | ProposalAmended
    | ItemTakenOutOfConsent
    | MeetingAdjourned
    | NotePinned
)
