"""What may be asked of a meeting: calling it, coming and going, the floor, its end."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.core.terms import Body, MatterId, Means, MeetingId, PersonId
from kiosk.core.values import AgendaItem, Attachment, Exclusion, Seat


@dataclass(frozen=True, slots=True)
class ConveneMeeting:
    """Call a body together with an agenda (召集会议，发出通知).

    Attributes:
        group: the villagers' group that meets; 0 for a body of the whole village.
        exclusions: people left out of 应到, each with ground and basis; only where the village allows it.
        urgent_ground: why notice is shorter than the row asks (临时通知); empty where it is not.
        follows: the meeting that this one follows in one sitting (合并召开), led by `leader`.

    """

    meeting: MeetingId
    body: Body
    group: int
    place: str
    starts_at: datetime
    agenda: tuple[AgendaItem, ...]
    seats: tuple[Seat, ...]
    exclusions: tuple[Exclusion, ...] = ()
    urgent_ground: str = ""
    follows: MeetingId | None = None
    leader: PersonId | None = None


@dataclass(frozen=True, slots=True)
class ServeNotice:
    """These people have been told of the meeting, in this way (通知送达)."""

    meeting: MeetingId
    people: tuple[PersonId, ...]
    means: Means


@dataclass(frozen=True, slots=True)
class CallOffMeeting:
    """The meeting will not be held (取消会议)."""

    meeting: MeetingId
    ground: str


@dataclass(frozen=True, slots=True)
class DeclareInquorate:
    """Too few came; the meeting is not held (流会)."""

    meeting: MeetingId


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
class GiveProxy:
    """Somebody absent lets another of his household vote for him, by a letter (书面委托).

    `household` is the one in which both live by the register, empty where they do not; `attachment` the photographed
    letter.
    """

    meeting: MeetingId
    principal: PersonId
    proxy: PersonId
    household: str
    attachment: Attachment


@dataclass(frozen=True, slots=True)
class OpenMeeting:
    """Declare the meeting open (宣布开会): the roll is fixed."""

    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class AcceptShortFilm:
    """The chair lets the meeting open though its film will not be whole (同意录像不全)."""

    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class TakeItem:
    """Turn to one matter of the agenda (进入议题); its time begins to run."""

    meeting: MeetingId
    matter: MatterId


@dataclass(frozen=True, slots=True)
class ReorderAgenda:
    """Take the matters in another order (调整议程)."""

    meeting: MeetingId
    matters: tuple[MatterId, ...]


@dataclass(frozen=True, slots=True)
class RequestFloor:
    """Somebody present wishes to speak (申请发言)."""

    meeting: MeetingId
    person: PersonId


@dataclass(frozen=True, slots=True)
class GiveFloor:
    """Somebody speaks, for so many seconds (请发言)."""

    meeting: MeetingId
    person: PersonId
    seconds: int


@dataclass(frozen=True, slots=True)
class EndSpeech:
    """The speaker has finished (发言结束)."""

    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class AmendProposal:
    """The sitting meeting changes a proposal before it is voted on (会上修改方案), once."""

    meeting: MeetingId
    matter: MatterId
    mover: PersonId
    proposal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakeOutOfConsent:
    """Somebody asks that a matter be voted on by itself (单独表决)."""

    meeting: MeetingId
    matter: MatterId
    person: PersonId


@dataclass(frozen=True, slots=True)
class Adjourn:
    """End the meeting (散会); what it decided is published from this day."""

    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class PinNote:
    """Pin a note to a moment of the meeting (监督批注), while it sits or whenever its film is watched later."""

    meeting: MeetingId
    moment: datetime
    text: str
