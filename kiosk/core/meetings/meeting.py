"""One meeting (一次会议) as the journal has it: its seats, who is there, the floor, the votes, where it stands.

State only: what each fact makes of it. Whether a thing may happen is decided in `convening`, `sitting`, `attending`,
`floor`, and in `kiosk.core.votes`.

- The roll (应到) is fixed when the meeting opens; who is present is a time series.
- Whoever leaves gives up the floor and his place among those who wait for it.
- A void vote is kept; the matter counts as not yet voted on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.core import events as e
from kiosk.core.law.rules import Comparison, RuleRow
from kiosk.core.meetings.course import (
    Business,
    Debate,
    MeetingState,
    Movement,
    Pause,
    Served,
    Turn,
)
from kiosk.core.meetings.notes import Business as Minuted
from kiosk.core.meetings.notes import MinutesBook
from kiosk.core.meetings.recording import Filming, Recording
from kiosk.core.meetings.witness import Heads, Witness
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import Body, MatterId, MeetingId, PersonId, VoteId
from kiosk.core.values import AgendaItem, Exclusion, NamedHead, Seat
from kiosk.core.votes.course import after
from kiosk.core.votes.vote import Vote


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting (会议).

    Attributes:
        agenda: the items as the notice has them; `matters` are its matters in their present order.
        row: the body's rule row as of the notice; `rows` those on which each matter is voted on.
        served: who was told of it.
        arrivals: who is in the room since when; `presence` every coming and going.
        proxies: who votes for whom by a letter (委托), while he is there and the other is not.
        roll: everybody entitled, fixed when the meeting opens; None before.
        recusals: the ground on which somebody stands aside from a matter.
        debate: the matter that the meeting is on, and who has the floor.
        consent: the matters that may still be voted on in one (合并表决).
        amended: the matters whose proposal the meeting has changed.
        notes: what the 监委会 pinned to its moments.
        minutes: what the recorder added to the minutes, and who read and approved them.
        witness: what was held against the journal before it opened.
        heads: where the journal ended when it opened and when it closed.

    """

    id: MeetingId
    body: Body
    group: int
    ordinal: int
    place: str
    starts_at: datetime
    agenda: tuple[AgendaItem, ...]
    seats: Mapping[PersonId, Seat]
    exclusions: tuple[Exclusion, ...]
    urgent_ground: str
    follows: MeetingId | None
    leader: PersonId | None
    convened_at: datetime
    row: RuleRow
    rows: Mapping[MatterId, RuleRow]
    matters: tuple[MatterId, ...]
    consent: frozenset[MatterId]
    state: MeetingState = MeetingState.CALLED
    served: Mapping[PersonId, Served] = field(default_factory=dict)
    arrivals: Mapping[PersonId, datetime] = field(default_factory=dict)
    presence: tuple[Movement, ...] = ()
    proxies: Mapping[PersonId, PersonId] = field(default_factory=dict)
    roll: frozenset[PersonId] | None = None
    recusals: Mapping[tuple[MatterId, PersonId], str] = field(default_factory=dict)
    votes: Mapping[VoteId, Vote] = field(default_factory=dict)
    debate: Debate = field(default_factory=Debate)
    amended: frozenset[MatterId] = frozenset()
    pauses: tuple[Pause, ...] = ()
    opened_at: datetime | None = None
    present_at_opening: int = 0
    adjourned_at: datetime | None = None
    recording: Recording = field(default_factory=Recording)
    notes: tuple[e.NotePinned, ...] = ()
    minutes: MinutesBook = field(default_factory=MinutesBook)
    witness: Witness = field(default_factory=Witness)
    heads: Heads = field(default_factory=Heads)

    @property
    def in_session(self) -> bool:
        """Opened and not yet adjourned, paused or not."""
        return self.state in {MeetingState.IN_SESSION, MeetingState.PAUSED}

    @property
    def is_over(self) -> bool:
        """Adjourned (散会), inquorate (流会) or called off (取消)."""
        return self.state not in {MeetingState.CALLED, MeetingState.IN_SESSION, MeetingState.PAUSED}

    @property
    def entitled(self) -> frozenset[PersonId]:
        """应到: those with a vote; the fixed roll once the meeting is open."""
        if self.roll is not None:
            return self.roll
        return frozenset(person for person, seat in self.seats.items() if seat.votes)

    @property
    def present(self) -> frozenset[PersonId]:
        """实到: those entitled who are in the room, or represented there by a letter (书面委托代为参加)."""
        return self.entitled & self.inside

    @property
    def represented(self) -> frozenset[PersonId]:
        """受托代表的: those away whose proxy is in the room; whoever comes himself needs none."""
        here = self.arrivals.keys()
        return frozenset(p for p, by in self.proxies.items() if by in here and p not in here)

    @property
    def inside(self) -> frozenset[PersonId]:
        """Who takes part: everybody in the room, and those who are represented."""
        return self.represented | self.arrivals.keys()

    @property
    def quorum(self) -> Comparison:
        """Those present held against the body's quorum of those entitled."""
        return self.row.quorum.compare(len(self.present), len(self.entitled))

    @property
    def open_vote(self) -> Vote | None:
        """The vote that is open now, if one is."""
        return next((vote for vote in self.votes.values() if vote.is_open), None)

    def vote_on(self, matter: MatterId) -> Vote | None:
        """The newest vote on the matter here that is not void, open or closed."""
        held = [v for v in self.votes.values() if matter in v.matters and not v.is_void]
        return held[-1] if held else None

    def vote(self, vote: VoteId) -> Vote:
        """The vote of that id. Refused: NO_SUCH_VOTE."""
        if vote not in self.votes:
            raise Refused(Reason.NO_SUCH_VOTE)
        return self.votes[vote]

    def with_vote(self, vote: Vote) -> "Meeting":
        """The meeting with this vote in the place of its earlier state."""
        return replace(self, votes={**self.votes, vote.id: vote})

    def after(self, event: "OfMeeting", at: datetime) -> "Meeting":
        """The meeting after one of its facts. ValueError for what is no fact of a meeting already called."""
        match event:
            case e.MeetingConvened() | e.PaperIssued():
                raise ValueError("no fact of a meeting that has been called")
            case e.NoticeServed():
                told = dict.fromkeys(event.people, Served(event.means, at))
                return replace(self, served={**self.served, **told})
            case e.CheckedIn() | e.CheckedOut():
                return _moved(self, event, at)
            case _ if isinstance(event, e.VoteEvent):
                return _voted(self, event, at)
            case _ if isinstance(event, e.MinutesEvent | e.WitnessingEvent):
                return _written(self, event, at)
            case _ if isinstance(event, Filming):
                return replace(self, recording=self.recording.grown(event, at))
            case _ if isinstance(event, Turn):
                return _turned(self, event, at)
            case _:
                return _proceeded(self, event, at)

    def reached(self, event: e.Event, head: NamedHead) -> "Meeting":
        """The meeting as of the head that its fact gave the journal: what it opened, closed, last did at."""
        if isinstance(event, e.MeetingAdjourned):
            return replace(self, heads=replace(self.heads, closed=head))
        if not isinstance(event, Minuted):
            return self
        opened = head if isinstance(event, e.MeetingOpened) else self.heads.opened
        minutes = replace(self.minutes, business=head)
        return replace(self, minutes=minutes, heads=replace(self.heads, opened=opened))

    def resumed(self, at: datetime) -> "Meeting":
        """The meeting with no pause going on."""
        if self.state is not MeetingState.PAUSED:
            return self
        *earlier, last = self.pauses
        pauses = (*earlier, replace(last, until=at))
        return replace(self, state=MeetingState.IN_SESSION, pauses=pauses)


OfMeeting = e.MeetingEvent | e.VoteEvent | e.KioskEvent | e.MinutesEvent | e.WitnessingEvent
"""The facts that say which meeting they are of."""


def _moved(meeting: Meeting, event: e.CheckedIn | e.CheckedOut, at: datetime) -> Meeting:
    person, came = event.person, isinstance(event, e.CheckedIn)
    elsewhere = {p: since for p, since in meeting.arrivals.items() if p != person}
    return replace(
        meeting,
        arrivals={**elsewhere, person: at} if came else elsewhere,
        presence=(*meeting.presence, Movement(person, at, came)),
        debate=meeting.debate if came else meeting.debate.left(person, at),
    )


def _written(meeting: Meeting, event: e.MinutesEvent | e.WitnessingEvent, at: datetime) -> Meeting:
    if isinstance(event, e.MinutesEvent):
        return replace(meeting, minutes=meeting.minutes.after(event, at))
    return replace(meeting, witness=meeting.witness.after(event))


def _turned(meeting: Meeting, event: Turn, at: datetime) -> Meeting:
    match event:
        case e.MeetingOpened():
            roll = frozenset(event.roll)
            opened = replace(meeting, roll=roll, opened_at=at, present_at_opening=event.present)
            return replace(opened, state=MeetingState.IN_SESSION)
        case e.MeetingPaused():
            pauses = (*meeting.pauses, Pause(at))
            return replace(meeting, state=MeetingState.PAUSED, pauses=pauses)
        case e.MeetingResumed():
            return meeting.resumed(at)
        case e.MeetingAdjourned():
            ended = replace(meeting.resumed(at), debate=meeting.debate.ended(at))
            return replace(ended, state=MeetingState.ADJOURNED, adjourned_at=at)
        case e.MeetingInquorate():
            return replace(meeting, state=MeetingState.INQUORATE)
        case e.MeetingCalledOff():
            return replace(meeting, state=MeetingState.CALLED_OFF)


def _voted(meeting: Meeting, event: e.VoteEvent, at: datetime) -> Meeting:
    match event:
        case e.RecusalDeclared():
            aside = {(event.matter, event.person): event.ground}
            return replace(meeting, recusals={**meeting.recusals, **aside})
        case e.VoteOpened():
            row = meeting.rows[event.matters[0]]
            return meeting.with_vote(Vote.opened(event, row, at, meeting.represented))
        case _:
            return meeting.with_vote(after(meeting.votes[event.vote], event, at))


def _proceeded(meeting: Meeting, event: Business, at: datetime) -> Meeting:
    match event:
        case e.ProxyGiven():
            return replace(meeting, proxies={**meeting.proxies, event.principal: event.proxy})
        case e.AgendaReordered():
            return replace(meeting, matters=event.matters)
        case e.ProposalAmended():
            return replace(meeting, amended=meeting.amended | {event.matter})
        case e.ItemTakenOutOfConsent():
            return replace(meeting, consent=meeting.consent - {event.matter})
        case e.NotePinned():
            return replace(meeting, notes=(*meeting.notes, event))
        case e.ItemTaken() | e.FloorRequested() | e.FloorGiven() | e.SpeechEnded():
            return replace(meeting, debate=meeting.debate.after(event, at))
