"""What the course of a meeting (会议进程) is made of: its state, who came and went, who spoke, when it paused."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from kiosk.core.events import (
    AgendaReordered,
    FloorGiven,
    FloorRequested,
    ItemTaken,
    ItemTakenOutOfConsent,
    MeetingAdjourned,
    MeetingCalledOff,
    MeetingInquorate,
    MeetingOpened,
    MeetingPaused,
    MeetingResumed,
    NotePinned,
    ProposalAmended,
    ProxyGiven,
    SpeechEnded,
)
from kiosk.core.terms import MatterId, Means, PersonId

Turn = (
    MeetingOpened
    | MeetingPaused
    | MeetingResumed
    | MeetingAdjourned
    | MeetingInquorate
    | MeetingCalledOff
)
"""The facts that change where a meeting stands."""

Speaking = ItemTaken | FloorRequested | FloorGiven | SpeechEnded
Business = (
    ProxyGiven | AgendaReordered | ProposalAmended | ItemTakenOutOfConsent | NotePinned | Speaking
)
"""The facts that change what is before it."""


class MeetingState(Enum):
    """Where a meeting stands (会议状态)."""

    CALLED = "called"  # 已召集，未开会
    IN_SESSION = "in_session"  # 正在开会
    PAUSED = "paused"  # 人数不足，暂停
    ADJOURNED = "adjourned"  # 已散会
    INQUORATE = "inquorate"  # 流会
    CALLED_OFF = "called_off"  # 已取消


@dataclass(frozen=True, slots=True)
class Served:
    """How and when somebody was last told of the meeting (通知送达)."""

    means: Means
    at: datetime


@dataclass(frozen=True, slots=True)
class Movement:
    """Somebody came in or went out (进出场)."""

    person: PersonId
    at: datetime
    came: bool


@dataclass(frozen=True, slots=True)
class Item:
    """The matter that the meeting is on (当前议题), since when."""

    matter: MatterId
    since: datetime


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who has the floor (正在发言), since when, and for how many seconds."""

    person: PersonId
    since: datetime
    seconds: int


@dataclass(frozen=True, slots=True)
class Speech:
    """A speech that was made (发言), on the matter that was before the meeting; None between matters."""

    person: PersonId
    matter: MatterId | None
    began_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """A time without a quorum (暂停); `until` is None while it lasts."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Debate:
    """The debate (讨论): the matter it is on, who waits for the floor in their order, who has it, who had it."""

    item: Item | None = None
    waiting: tuple[PersonId, ...] = ()
    speaker: Speaker | None = None
    speeches: tuple[Speech, ...] = ()

    def after(self, event: Speaking, at: datetime) -> "Debate":
        """The debate after one of its facts."""
        match event:
            case ItemTaken():
                return replace(self, item=Item(event.matter, at))
            case FloorRequested():
                return replace(self, waiting=(*self.waiting, event.person))
            case FloorGiven():
                speaker = Speaker(event.person, at, event.seconds)
                waiting = _others(self.waiting, event.person)
                return replace(self, waiting=waiting, speaker=speaker)
            case SpeechEnded():
                return self.silenced(at)

    def silenced(self, at: datetime) -> "Debate":
        """With nobody on the floor; a speech that was on has ended."""
        if self.speaker is None:
            return self
        matter = self.item.matter if self.item else None
        speech = Speech(self.speaker.person, matter, self.speaker.since, at)
        return replace(self, speaker=None, speeches=(*self.speeches, speech))

    def left(self, person: PersonId, at: datetime) -> "Debate":
        """After somebody went out: he waits no longer, and if he spoke his speech has ended."""
        speaks = self.speaker is not None and self.speaker.person == person
        quiet = self.silenced(at) if speaks else self
        return replace(quiet, waiting=_others(self.waiting, person))

    def ended(self, at: datetime) -> "Debate":
        """After the meeting is over."""
        return replace(self.silenced(at), waiting=())


def _others(people: tuple[PersonId, ...], person: PersonId) -> tuple[PersonId, ...]:
    return tuple(other for other in people if other != person)
