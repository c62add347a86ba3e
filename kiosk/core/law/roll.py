"""The roll (名册): who is called to a body on a day, who of them has a vote, and what shares they make.

Everything here asks how people stand on the day of the meeting: a post counts inside its term, and eighteen years
are counted to that day. The people themselves are kept elsewhere; here stands what the rules need to know of them.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from kiosk.core.law.rules import Comparison, RuleRow, Threshold
from kiosk.core.terms import Body, Capacity, PersonId, Sex
from kiosk.core.values import Seat

ADULT_YEARS = 18
"""十八周岁以上（村民委员会组织法第二十五条；完全民事行为能力：民法典第十七条、第十八条）."""
REPRESENTATIVES_AT_LEAST = Threshold(4, 5, inclusive=True)
"""村民代表应当占村民代表会议组成人员的五分之四以上（村民委员会组织法第二十九条）."""

_FEBRUARY = 2
_OBSERVING = {
    Body.PARTY_MEETING: (Capacity.SUPERVISOR, Capacity.PROBATIONARY_MEMBER),
    Body.REPRESENTATIVES: (Capacity.SUPERVISOR, Capacity.PARTY_DELEGATE),
}
"""Who attends without a vote (列席) besides the supervisors, who attend everywhere."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post or membership (身份) with its title as people say it, e.g. 村委会主任.

    Attributes:
        capacity: as what its holder sits in a meeting.
        title: in words.
        since: the first day on which it counts.
        until: the last day on which it counts; None where no end is set.

    """

    capacity: Capacity
    title: str
    since: date
    until: date | None = None

    def holds_on(self, on: date) -> bool:
        """Whether the day lies inside the term (任期), first and last day included."""
        return self.since <= on and (self.until is None or on <= self.until)


class Enrolled(Protocol):
    """What the rules need of one person of the register (花名册); read only."""

    @property
    def id(self) -> PersonId:
        """The id under which the record knows the person."""
        ...

    @property
    def name(self) -> str:
        """The name."""
        ...

    @property
    def sex(self) -> Sex:
        """The sex, for women's share of the seats."""
        ...

    @property
    def born_on(self) -> date:
        """The day of birth."""
        ...

    @property
    def group(self) -> int:
        """村民小组 by its number; 0 for people from outside the village."""
        ...

    @property
    def household(self) -> str:
        """户号, one for all who live together."""
        ...

    @property
    def represents_household(self) -> bool:
        """Whether the household has registered this person as its representative (户代表)."""
        ...

    @property
    def posts(self) -> Sequence[Post]:
        """Posts and memberships, past and present."""
        ...


def age_on(born_on: date, on: date) -> int:
    """Completed years (周岁) on that day; the birthday itself completes one.

    Who was born on 29 February completes it on the 28th where the year has no 29th (民法典第二百零二条).
    """
    leap_birth = (born_on.month, born_on.day) == (_FEBRUARY, 29)
    last_of_february = on.month == _FEBRUARY and (on + timedelta(days=1)).month != _FEBRUARY
    day = 29 if leap_birth and last_of_february else on.day
    return on.year - born_on.year - ((on.month, day) < (born_on.month, born_on.day))


def is_adult(born_on: date, on: date) -> bool:
    """Whether eighteen years (十八周岁) are completed on that day."""
    return age_on(born_on, on) >= ADULT_YEARS


def holds(person: Enrolled, capacity: Capacity, on: date, *, group: int = 0) -> bool:
    """Whether the person has that capacity on that day; `group` narrows villagers and households to one group.

    - 村民: eighteen and of the village (村民委员会组织法第二十五条), of the group (第三十二条).
    - 户代表: besides, the one whom the household registered (第二十六条).
    - 集体经济组织成员: of full capacity (农村集体经济组织法第二十六条).
    - 党员: not while probationary (中国共产党章程第七条).
    """
    adult = is_adult(person.born_on, on)
    lives_here = person.group == group if group else person.group > 0
    match capacity:
        case Capacity.VILLAGER:
            return adult and lives_here
        case Capacity.HOUSEHOLD_REPRESENTATIVE:
            return adult and lives_here and person.represents_household
        case Capacity.COLLECTIVE_MEMBER:
            return adult and _has_post(person, capacity, on)
        case Capacity.PARTY_MEMBER:
            full = _has_post(person, capacity, on)
            return full and not _has_post(person, Capacity.PROBATIONARY_MEMBER, on)
        case _:
            return _has_post(person, capacity, on)


def seats_with_vote(
    row: RuleRow,
    people: Iterable[Enrolled],
    on: date,
    *,
    group: int = 0,
    left_out: AbstractSet[PersonId] = frozenset(),
) -> tuple[Seat, ...]:
    """Everybody entitled (应到) under the row on the meeting's day, in the order of `people`, each person once.

    Who is entitled in several ways (两委联席) sits in the capacity that the row names first. Probationary members
    never vote, whatever the row says. `left_out` are those not counted in 应到 (不计入应到).
    """
    capacities = [c for c in row.voters if c is not Capacity.PROBATIONARY_MEMBER]
    seats = []
    for person in people:
        capacity = next((c for c in capacities if holds(person, c, on, group=group)), None)
        if capacity is not None and person.id not in left_out:
            seats.append(_seat(person, capacity, votes=True, by_household=row.by_household))
    return tuple(seats)


def observers(
    row: RuleRow,
    people: Iterable[Enrolled],
    on: date,
    *,
    group: int = 0,
    entitled: Iterable[Seat],
) -> tuple[Seat, ...]:
    """Who attends without a vote (列席), each once, nobody of those `entitled`.

    The supervisors everywhere (村民委员会组织法第三十七条), probationary members the Party meeting, Party delegates the
    representatives' meeting; where households vote, the other adults of each household, with its number.
    """
    voting = {seat.person for seat in entitled}
    capacities = _OBSERVING.get(row.body, (Capacity.SUPERVISOR,))
    if row.by_household:
        capacities = (*capacities, Capacity.VILLAGER)
    seats = []
    for person in people:
        capacity = next((c for c in capacities if holds(person, c, on, group=group)), None)
        if capacity is not None and person.id not in voting:
            # A supervisor from another group lives in no household that votes here.
            lives_here = holds(person, Capacity.VILLAGER, on, group=group)
            mine = row.by_household and lives_here
            seats.append(_seat(person, capacity, votes=False, by_household=mine))
    return tuple(seats)


def unrepresented_households(
    people: Iterable[Enrolled], on: date, *, group: int = 0
) -> tuple[str, ...]:
    """Households (户号) with adults but no adult representative, in order: 应到 would lack them.

    村民委员会组织法第二十六条 counts 本村三分之二以上的户: a household is not to be lost by a missing entry.
    """
    residents = [p for p in people if holds(p, Capacity.VILLAGER, on, group=group)]
    represented = {p.household for p in residents if p.represents_household}
    return tuple(sorted({p.household for p in residents} - represented))


def women_share(row: RuleRow, seats: Iterable[Seat]) -> Comparison | None:
    """Women among those entitled against the share (妇女比例) that the row asks for; None where it asks for none.

    Of the representatives' meeting only 妇女村民代表 count, not the committee's women (村民委员会组织法第二十九条).
    """
    if row.women is None:
        return None
    entitled = [seat for seat in seats if seat.votes]
    representing = {Capacity.REPRESENTATIVE} & {*row.voters} or {*row.voters}
    women = [s for s in entitled if s.sex is Sex.FEMALE and s.capacity in representing]
    return row.women.compare(len(women), len(entitled))


def representatives_share(seats: Iterable[Seat]) -> Comparison:
    """村民代表 among those entitled to their meeting, against the four fifths of 村民委员会组织法第二十九条."""
    entitled = [seat for seat in seats if seat.votes]
    count = sum(seat.capacity is Capacity.REPRESENTATIVE for seat in entitled)
    return REPRESENTATIVES_AT_LEAST.compare(count, len(entitled))


def _has_post(person: Enrolled, capacity: Capacity, on: date) -> bool:
    return any(post.capacity is capacity and post.holds_on(on) for post in person.posts)


def _seat(person: Enrolled, capacity: Capacity, *, votes: bool, by_household: bool) -> Seat:
    household = person.household if by_household else ""
    return Seat(person.id, person.name, person.sex, person.group, capacity, votes, household)
