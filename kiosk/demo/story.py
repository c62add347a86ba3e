"""The demonstration matter: 公益性骨灰楼选址与建设方案, three stages decided, the fourth called for today.

Everything goes through the one door, on a clock of the story's own: the journal of the demonstration village
is made as any other, by holding the meetings. Those earlier meetings had no camera, and the record says so.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from kiosk.core.commands import (
    Adjourn,
    CastBallot,
    CheckIn,
    CloseVote,
    Command,
    ConveneMeeting,
    FoundVillage,
    OpenMeeting,
    OpenVote,
    RaiseMatter,
)
from kiosk.core.rules import ROWS
from kiosk.core.terms import (
    CHINA,
    Actor,
    Body,
    Capacity,
    Channel,
    Choice,
    CommandId,
    MatterId,
    MeetingId,
    Origin,
    PersonId,
    Role,
    Seat,
    Sex,
    VillageId,
    VoteId,
)
from kiosk.service import JournalStore, Kiosk
from kiosk.store.register import Person

VILLAGE = VillageId("jintang")
MATTER = MatterId("matter-1")
TODAY = MeetingId("representatives-1")
"""The meeting that is called for today."""

_ORDER = (
    Capacity.PARTY_COMMITTEE_MEMBER,
    Capacity.VILLAGE_COMMITTEE_MEMBER,
    Capacity.REPRESENTATIVE,
    Capacity.PARTY_MEMBER,
)
_OUTSIDERS = (
    Seat(PersonId("x0001"), "区咏翀", Sex.MALE, 0, Capacity.TOWNSHIP_OFFICER, votes=False),
    Seat(PersonId("x0002"), "莫婉玥", Sex.FEMALE, 0, Capacity.ADVISER, votes=False),
)
_PARTY_DELEGATES = 4


class _StoryClock:
    """A clock that stands where the story puts it and ticks three seconds at each look."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def __call__(self) -> datetime:
        self._at += timedelta(seconds=3)
        return self._at

    def go_to(self, at: datetime) -> None:
        self._at = at


class Story:
    """Tells a village's past into its journal.

    Args:
        store: the journal that is written; it must not hold the village yet.
        people: the village's register.
        now: the instant at which the story ends: today's meeting is called for it.
        portal_url: where phones will find the village's portal.
    """

    def __init__(
        self, store: JournalStore, people: Sequence[Person], now: datetime, portal_url: str
    ) -> None:
        self._clock = _StoryClock(now)
        self._kiosk = Kiosk(store, self._clock)
        self._people = people
        self._now = now
        self._portal_url = portal_url
        self._told = 0

    def tell(self) -> None:
        """The whole past, up to the notice of today's meeting."""
        self._on(-22)
        self._do(
            Role.ADMIN,
            FoundVillage(
                village=VILLAGE,
                name="金塱村",
                township="马塘镇",
                office_phone="0660-8600123",
                portal_url=self._portal_url,
                demonstration=True,
            ),
        )
        self._do(Role.SECRETARY, _matter())
        self._hold(Body.PARTY_COMMITTEE, called=-21, held=-19, absent=0, against=0, abstain=0)
        self._hold(Body.TWO_COMMITTEES, called=-18, held=-16, absent=0, against=0, abstain=1)
        self._hold(Body.PARTY_MEETING, called=-14, held=-9, absent=8, against=1, abstain=3)
        self._on(-5)
        self._convene(TODAY, Body.REPRESENTATIVES, starts_at=self._now)

    def _hold(
        self, body: Body, *, called: int, held: int, absent: int, against: int, abstain: int
    ) -> None:
        meeting = MeetingId(f"{body.value}-1")
        vote = VoteId(f"{meeting}-vote-1")
        self._on(called)
        self._convene(meeting, body, starts_at=self._instant(held))
        self._on(held)
        voters = [seat.person for seat in seats(body, self._people) if seat.votes]
        present = voters[: len(voters) - absent]
        for person in present:
            self._do(Role.SECRETARY, CheckIn(meeting, person))
        self._do(Role.CHAIR, OpenMeeting(meeting))
        self._do(Role.CHAIR, OpenVote(meeting, MATTER, vote, running_tally=True))
        for place, person in enumerate(present):
            choice = _choice(place, len(present), against, abstain)
            ballot = CastBallot(meeting, vote, person, choice, Channel.KIOSK_SCREEN)
            self._do(Role.VOTER, ballot, person)
        self._do(Role.CHAIR, CloseVote(meeting, vote, unused_confirmed=False))
        self._do(Role.CHAIR, Adjourn(meeting))

    def _convene(self, meeting: MeetingId, body: Body, starts_at: datetime) -> None:
        observers = _observers(self._people) if body is Body.REPRESENTATIVES else ()
        called = (*seats(body, self._people), *observers)
        command = ConveneMeeting(meeting, body, "村党群议事厅", starts_at, (MATTER,), called)
        self._do(Role.SECRETARY, command)

    def _do(self, role: Role, command: Command, person: PersonId | None = None) -> None:
        self._told += 1
        chair, secretary = PersonId("p0001"), PersonId("p0003")
        acting = person or (secretary if role is Role.SECRETARY else chair)
        self._kiosk.execute(
            VILLAGE, command, Actor(role, acting), CommandId(f"story-{self._told:04d}")
        )

    def _instant(self, days: int) -> datetime:
        day = (self._now + timedelta(days=days)).astimezone(CHINA).date()
        return datetime.combine(day, time(9, 30), CHINA)

    def _on(self, days: int) -> None:
        self._clock.go_to(self._instant(days))


def seats(body: Body, people: Iterable[Person]) -> tuple[Seat, ...]:
    """Everybody with a vote in that body, each once, in the capacity that ranks first."""
    voters = ROWS[body].voters
    called = []
    for person in people:
        capacity = next((c for c in _ORDER if c in voters and person.holds(c)), None)
        if capacity is not None:
            called.append(_seat(person, capacity, votes=True))
    return tuple(called)


def _observers(people: Sequence[Person]) -> tuple[Seat, ...]:
    supervisors = [p for p in people if p.holds(Capacity.SUPERVISOR)]
    voting = {seat.person for seat in seats(Body.REPRESENTATIVES, people)}
    delegates = [
        p for p in people if p.holds(Capacity.PARTY_MEMBER) and not p.roles and p.id not in voting
    ][:_PARTY_DELEGATES]
    return (
        *(_seat(p, Capacity.SUPERVISOR, votes=False) for p in supervisors),
        *(_seat(p, Capacity.PARTY_DELEGATE, votes=False) for p in delegates),
        *_OUTSIDERS,
    )


def _seat(person: Person, capacity: Capacity, *, votes: bool) -> Seat:
    return Seat(person.id, person.name, person.sex, person.group, capacity, votes)


def _choice(place: int, of: int, against: int, abstain: int) -> Choice:
    if place >= of - against:
        return Choice.AGAINST
    return Choice.ABSTAIN if place >= of - against - abstain else Choice.FOR


def _matter() -> RaiseMatter:
    return RaiseMatter(
        matter=MATTER,
        title="公益性骨灰楼选址与建设方案",
        origin=Origin.VILLAGERS,
        amount_fen=68_000_000,
        proposal=(
            "选址在村北虎头岭集体荒坡地，占地约1.2亩，不占用耕地和基本农田。",
            "建设两层公益性骨灰楼一座，设格位1200个，供本村村民使用，不对外经营。",
            "总投资68万元：上级补助30万元，村集体自筹38万元，不向村民摊派。",
            "由村民委员会组织实施，2027年6月底前完工，村务监督委员会全程监督。",
        ),
        for_means="同意在虎头岭按这个方案建",
        against_means="不同意按这个方案建",
    )
