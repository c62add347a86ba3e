"""Telling a village's past through the one door, on a clock of the story's own: who did what on which day.

The journal that comes of it is made as any other: by calling, holding and closing meetings. Days are whole days
before the present one, so a past is written with negative numbers.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.commands import (
    Adjourn,
    CastBallot,
    CheckIn,
    CloseVote,
    Command,
    ConveneMeeting,
    OpenMeeting,
    OpenVote,
    ServeNotice,
)
from kiosk.core.law.roll import observers, seats_with_vote
from kiosk.core.law.statute import BODY_ROWS, ROWS
from kiosk.core.terms import (
    CHINA,
    Body,
    Capacity,
    CommandId,
    MatterId,
    Means,
    MeetingId,
    PersonId,
    Role,
    Sex,
    VillageId,
    VoteId,
    day_of,
)
from kiosk.core.values import Actor, AgendaItem, Seat
from kiosk.core.village import Village
from kiosk.keeping import JournalStore
from kiosk.service import Kiosk
from kiosk.store.register import Person

PLACE = "村党群议事厅"
MINUTES = 30
"""Minutes that each matter is given on an agenda."""

_WHO = {
    Role.CHAIR: PersonId("p0001"),
    Role.ADMIN: PersonId("p0001"),
    Role.SECRETARY: PersonId("p0003"),
    Role.SUPERVISOR: PersonId("p0010"),
}
_OUTSIDERS = (
    Seat(
        PersonId("x0001"),
        "区咏翀",
        Sex.MALE,
        0,
        Capacity.TOWNSHIP_OFFICER,
        votes=False,
        post="马塘镇副镇长、驻村领导",
    ),
    Seat(
        PersonId("x0002"), "莫婉玥", Sex.FEMALE, 0, Capacity.ADVISER, votes=False, post="村法律顾问"
    ),
)


@dataclass(frozen=True, slots=True)
class Turnout:
    """How a body came and voted: how many of those entitled stayed away, were against, abstained."""

    absent: int = 0
    against: int = 0
    abstain: int = 0

    def choice(self, place: int, present: int) -> Choice:
        """What the one at that place among so many present answers: those in favour come first."""
        if place >= present - self.against:
            return Choice.AGAINST
        return Choice.ABSTAIN if place >= present - self.against - self.abstain else Choice.FOR


class _StoryClock:
    """A clock that stands where the story puts it and ticks three seconds at each look."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def __call__(self) -> datetime:
        self._at += timedelta(seconds=3)
        return self._at

    def go_to(self, at: datetime) -> None:
        """Stand there; a story never goes back."""
        self._at = max(self._at, at)


class Teller:
    """Writes a past into a village's journal.

    Args:
        store: the journal that is written; it must not hold the village yet.
        village: its id.
        people: the village's register.
        now: the instant at which the story ends.
    """

    def __init__(
        self, store: JournalStore, village: VillageId, people: Sequence[Person], now: datetime
    ) -> None:
        self._clock = _StoryClock(datetime.min.replace(tzinfo=CHINA))
        self._kiosk = Kiosk(store, self._clock)
        self._village = village
        self._people = people
        self._now = now
        self._told = 0

    # --- days

    def day(self, days: int) -> date:
        """The calendar day so many days from the present one."""
        return day_of(self._now + timedelta(days=days))

    def instant(self, days: int) -> datetime:
        """Half past nine in the morning of that day."""
        return datetime.combine(self.day(days), time(9, 30), CHINA)

    def on(self, days: int) -> None:
        """Put the clock to that morning, or leave it where it is later on that day."""
        self._clock.go_to(self.instant(days))

    # --- deeds

    def do(self, role: Role, *commands: Command) -> None:
        """Have the officer who usually does it in that role do it; raises Refused if the rules say no."""
        for command in commands:
            self._do(Actor(role, _WHO.get(role)), command)

    def _do(self, actor: Actor, command: Command) -> None:
        self._told += 1
        told = CommandId(f"story-{self._told:04d}")
        self._kiosk.execute(self._village, command, actor, told)

    def convene(
        self,
        meeting: MeetingId,
        body: Body,
        matters: Sequence[MatterId],
        held: int | None,
        *,
        group: int = 0,
        consent: bool = False,
    ) -> None:
        """Call the body for that day, None: for now: everybody entitled, those who attend; and tell them.

        `consent`: the matters may be decided together (无争议事项).
        """
        starts_at = self._now if held is None else self.instant(held)
        called = seats(body, self._people, day_of(starts_at), group=group)
        present = observers(
            ROWS[BODY_ROWS[body]],
            self._people,
            day_of(starts_at),
            group=group,
            entitled=called,
        )
        guests = _OUTSIDERS if body is Body.REPRESENTATIVES else ()
        agenda = tuple(AgendaItem(matter, MINUTES, consent) for matter in matters)
        command = ConveneMeeting(
            meeting, body, group, PLACE, starts_at, agenda, (*called, *present, *guests)
        )
        told = tuple(seat.person for seat in called)
        self.do(Role.SECRETARY, command, ServeNotice(meeting, told, Means.MESSAGE))

    def hold(self, meeting: MeetingId, *turnouts: Turnout, together: bool = False) -> None:
        """Hold a called meeting: one turnout a matter, in the order of the agenda; the first says who comes.

        `together`: one vote on all of them by consent, as the one turnout says (合并表决).
        """
        called = self._found().meetings[meeting]
        voters = [seat.person for seat in called.seats.values() if seat.votes]
        present = voters[: len(voters) - turnouts[0].absent]
        self.do(Role.SECRETARY, *(CheckIn(meeting, person) for person in present))
        self.do(Role.CHAIR, OpenMeeting(meeting))
        for number, turnout in enumerate(turnouts, start=1):
            vote = VoteId(f"{meeting}-vote-{number}")
            matters = called.matters if together else (called.matters[number - 1],)
            self._vote(meeting, matters, vote, present, turnout)
        self.do(Role.CHAIR, Adjourn(meeting))

    def _vote(
        self,
        meeting: MeetingId,
        matters: tuple[MatterId, ...],
        vote: VoteId,
        present: Sequence[PersonId],
        turnout: Turnout,
    ) -> None:
        self.do(Role.CHAIR, OpenVote(meeting, matters, vote, running_tally=True))
        for place, person in enumerate(present):
            answer = (turnout.choice(place, len(present)),)
            ballot = CastBallot(meeting, vote, person, answer, Channel.KIOSK_SCREEN)
            self._do(Actor(Role.VOTER, person), ballot)
        self.do(Role.CHAIR, CloseVote(meeting, vote, unused_confirmed=False))

    def _found(self) -> Village:
        return self._kiosk.village(self._village)


Deed = tuple[int, Callable[[Teller], None]]
"""Something that happened so many days from the present one."""


def said(day: int, role: Role, *commands: Command) -> Deed:
    """On that day the officer of that role gave these commands."""
    return day, lambda teller: teller.do(role, *commands)


def met(
    body: Body,
    number: str,
    days: tuple[int, int],
    *votes: tuple[MatterId, Turnout],
    group: int = 0,
) -> tuple[Deed, Deed]:
    """A body was called and held on these two days, and voted so on these matters.

    The meeting's id is the body's name with `number`; who came is said by the first turnout.
    """
    meeting = MeetingId(f"{body.value}-{number}")
    matters = [matter for matter, _ in votes]
    turnouts = [turnout for _, turnout in votes]
    called, held = days
    return (
        (called, lambda teller: teller.convene(meeting, body, matters, held, group=group)),
        (held, lambda teller: teller.hold(meeting, *turnouts)),
    )


def tell(teller: Teller, deeds: Iterable[Deed]) -> None:
    """Tell all deeds, each on its day; those of one day in the order given."""
    for day, deed in sorted(deeds, key=lambda deed: deed[0]):
        teller.on(day)
        deed(teller)


def seats(body: Body, people: Sequence[Person], on: date, *, group: int = 0) -> tuple[Seat, ...]:
    """Everybody with a vote in that body on that day, by its ordinary row, each once."""
    return seats_with_vote(ROWS[BODY_ROWS[body]], people, on, group=group)
