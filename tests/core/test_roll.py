"""Who is called and who has a vote: age, terms, households, one person one seat, and the shares of the law."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.ballot_terms import Choice
from kiosk.core.law.roll import (
    Post,
    age_on,
    holds,
    is_adult,
    observers,
    representatives_share,
    seats_with_vote,
    unrepresented_households,
    women_share,
)
from kiosk.core.law.rules import HALF, THREE_ANSWERS, TWO_THIRDS, RuleRow, Threshold
from kiosk.core.terms import Base, Body, Capacity, PersonId, RowId, Sex, Stage

ON = date(2026, 11, 22)
LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True)
class Villager:
    id: PersonId
    name: str = "陈志强"
    sex: Sex = Sex.MALE
    born_on: date = date(1970, 5, 1)
    group: int = 1
    household: str = "h1"
    represents_household: bool = False
    posts: tuple[Post, ...] = ()


def person(number, *capacities, **more):
    posts = tuple(Post(capacity, capacity.value, LONG_AGO) for capacity in capacities)
    return Villager(PersonId(number), posts=posts, **more)


def row(body, *voters, by_household=False, women=None):
    return RuleRow(
        id=RowId(body.value),
        body=body,
        stage=Stage.DECISION,
        quorum=TWO_THIRDS,
        quorum_basis="村民委员会组织法第三十条",
        options=THREE_ANSWERS,
        decisive=Choice.FOR,
        majority=HALF,
        majority_base=Base.PRESENT,
        majority_basis="村民委员会组织法第三十条",
        notice_days=3,
        notice_basis="",
        urgent_notice=False,
        voters=voters,
        voters_basis="村民委员会组织法第二十九条",
        by_household=by_household,
        returns_to=Stage.REVIEW,
        women=women,
    )


TWO_COMMITTEES = row(
    Body.TWO_COMMITTEES, Capacity.PARTY_COMMITTEE_MEMBER, Capacity.VILLAGE_COMMITTEE_MEMBER
)
PARTY = row(Body.PARTY_MEETING, Capacity.PARTY_MEMBER)
REPRESENTATIVES = row(
    Body.REPRESENTATIVES,
    Capacity.VILLAGE_COMMITTEE_MEMBER,
    Capacity.REPRESENTATIVE,
    women=Threshold(1, 3, inclusive=True),
)
ASSEMBLY = row(Body.ASSEMBLY, Capacity.VILLAGER)
HOUSEHOLDS = row(Body.HOUSEHOLDS, Capacity.HOUSEHOLD_REPRESENTATIVE, by_household=True)
GROUP_HOUSEHOLDS = row(Body.GROUP_HOUSEHOLDS, Capacity.HOUSEHOLD_REPRESENTATIVE, by_household=True)
MEMBERS = row(Body.MEMBERS, Capacity.COLLECTIVE_MEMBER)


def called(rule, *people, on=ON, **more):
    return [seat.person for seat in seats_with_vote(rule, people, on, **more)]


def attending(rule, *people, group=0):
    entitled = seats_with_vote(rule, people, ON, group=group)
    return observers(rule, people, ON, group=group, entitled=entitled)


# --- age


def test_eighteen_is_completed_on_the_birthday_itself():
    born = date(2008, 11, 22)
    assert not is_adult(born, date(2026, 11, 21))
    assert is_adult(born, date(2026, 11, 22))


def test_who_was_born_on_29_february_is_eighteen_on_the_last_of_february():
    born = date(2008, 2, 29)
    assert age_on(born, date(2026, 2, 27)) == 17
    assert age_on(born, date(2026, 2, 28)) == 18
    assert age_on(born, date(2028, 2, 28)) == 19
    assert age_on(born, date(2028, 2, 29)) == 20


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.integers(0, 60_000))
def test_age_never_falls_and_grows_by_one_a_year_at_most(born, days):
    on = born + timedelta(days=days)
    age = age_on(born, on)
    assert age_on(born, on + timedelta(days=1)) - age in (0, 1)
    assert 365 * age <= days + 366
    assert days < 366 * (age + 1)


# --- terms


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (date(2026, 1, 19), False),
        (date(2026, 1, 20), True),
        (date(2031, 1, 19), True),
        (date(2031, 1, 20), False),
    ],
)
def test_a_post_counts_inside_its_term_first_and_last_day_included(on, counts):
    term = Post(Capacity.REPRESENTATIVE, "村民代表", date(2026, 1, 20), date(2031, 1, 19))
    representative = replace(person("p1"), posts=(term,))
    assert called(REPRESENTATIVES, representative, on=on) == (["p1"] if counts else [])


def test_a_post_without_an_end_counts_for_ever():
    assert called(REPRESENTATIVES, person("p1", Capacity.REPRESENTATIVE), on=date(2099, 1, 1))


# --- who has a vote


def test_in_a_meeting_of_representatives_only_committee_and_representatives_have_a_vote():
    people = [person(f"p{n}", capacity) for n, capacity in enumerate(Capacity)]
    assert {seat.capacity for seat in seats_with_vote(REPRESENTATIVES, people, ON)} == {
        Capacity.VILLAGE_COMMITTEE_MEMBER,
        Capacity.REPRESENTATIVE,
    }


def test_who_is_entitled_twice_sits_once_in_the_capacity_the_row_names_first():
    both = person("p1", Capacity.VILLAGE_COMMITTEE_MEMBER, Capacity.PARTY_COMMITTEE_MEMBER)
    (seat,) = seats_with_vote(TWO_COMMITTEES, [both], ON)
    assert seat.capacity is Capacity.PARTY_COMMITTEE_MEMBER
    assert seat.votes
    assert seat.household == ""


def test_when_the_first_of_two_posts_has_ended_the_second_gives_the_vote():
    over = Post(Capacity.PARTY_COMMITTEE_MEMBER, "支部委员", LONG_AGO, ON - timedelta(days=1))
    still = Post(Capacity.VILLAGE_COMMITTEE_MEMBER, "村委会委员", LONG_AGO)
    (seat,) = seats_with_vote(TWO_COMMITTEES, [replace(person("p1"), posts=(over, still))], ON)
    assert seat.capacity is Capacity.VILLAGE_COMMITTEE_MEMBER


def test_probationary_members_never_vote():
    probationary = person("p1", Capacity.PROBATIONARY_MEMBER)
    careless = replace(PARTY, voters=(Capacity.PARTY_MEMBER, Capacity.PROBATIONARY_MEMBER))
    assert called(careless, probationary) == []
    enrolled_as_both = person("p2", Capacity.PARTY_MEMBER, Capacity.PROBATIONARY_MEMBER)
    assert called(PARTY, enrolled_as_both) == []
    assert called(PARTY, person("p3", Capacity.PARTY_MEMBER)) == ["p3"]


def test_the_assembly_is_everybody_of_the_village_over_eighteen():
    young, outsider = person("p1", born_on=date(2008, 11, 23)), person("p2", group=0)
    assert called(ASSEMBLY, young, outsider, person("p3"), person("p4", group=8)) == ["p3", "p4"]


def test_a_group_meets_with_its_own_villagers_only():
    assert called(ASSEMBLY, person("p1", group=1), person("p2", group=2), group=2) == ["p2"]


def test_who_is_not_counted_in_has_no_seat():
    away = frozenset({PersonId("p1")})
    assert called(ASSEMBLY, person("p1"), person("p2"), left_out=away) == ["p2"]


def test_a_household_votes_through_its_adult_registered_representative():
    speaker = person("p1", represents_household=True)
    child = person("p2", household="h2", represents_household=True, born_on=date(2010, 1, 1))
    (seat,) = seats_with_vote(HOUSEHOLDS, [speaker, person("p3"), child], ON)
    assert (seat.person, seat.household) == ("p1", "h1")
    assert seat.capacity is Capacity.HOUSEHOLD_REPRESENTATIVE


def test_members_of_the_collective_vote_from_eighteen_on():
    young = person("p1", Capacity.COLLECTIVE_MEMBER, born_on=date(2010, 1, 1))
    outside = person("p3", Capacity.COLLECTIVE_MEMBER, group=0)  # 户籍曾经在, §11
    assert called(MEMBERS, young, person("p2"), outside) == ["p3"]


@pytest.mark.parametrize("capacity", Capacity)
def test_every_capacity_can_be_asked_for(capacity):
    everything = person("p1", *Capacity, represents_household=True)
    assert holds(everything, capacity, ON) is (capacity is not Capacity.PARTY_MEMBER)


@given(st.lists(st.sampled_from(list(Capacity)), max_size=6, unique=True), st.sampled_from(Body))
def test_nobody_sits_twice_and_nobody_both_votes_and_observes(capacities, body):
    people = [person("p1", *capacities, represents_household=True), person("p2", *capacities)]
    rule = row(body, Capacity.PARTY_MEMBER, Capacity.REPRESENTATIVE, Capacity.VILLAGER)
    entitled = seats_with_vote(rule, people, ON)
    seated = [*entitled, *observers(rule, people, ON, entitled=entitled)]
    assert len({seat.person for seat in seated}) == len(seated)
    assert all(seat.votes for seat in entitled)


# --- who attends without a vote


@pytest.mark.parametrize("rule", [TWO_COMMITTEES, PARTY, REPRESENTATIVES, HOUSEHOLDS, MEMBERS])
def test_the_supervisors_attend_everywhere_without_a_vote(rule):
    (seat,) = attending(rule, person("p1", Capacity.SUPERVISOR))
    assert (seat.capacity, seat.votes) == (Capacity.SUPERVISOR, False)


def test_probationary_members_attend_the_party_meeting_and_no_other():
    probationary = person("p1", Capacity.PROBATIONARY_MEMBER)
    assert [seat.capacity for seat in attending(PARTY, probationary)] == [
        Capacity.PROBATIONARY_MEMBER
    ]
    assert attending(REPRESENTATIVES, probationary) == ()


def test_party_delegates_attend_the_representatives():
    delegate = person("p1", Capacity.PARTY_DELEGATE, Capacity.PARTY_MEMBER)
    (seat,) = attending(REPRESENTATIVES, delegate)
    assert (seat.capacity, seat.votes) == (Capacity.PARTY_DELEGATE, False)
    assert attending(PARTY, delegate) == ()


def test_who_has_a_vote_does_not_attend_besides():
    both = person("p1", Capacity.REPRESENTATIVE, Capacity.PARTY_DELEGATE)
    assert attending(REPRESENTATIVES, both) == ()


def test_the_other_adults_of_a_household_attend_with_its_number():
    speaker = person("p1", represents_household=True)
    child = person("p3", born_on=date(2010, 1, 1))
    (seat,) = attending(HOUSEHOLDS, speaker, person("p2"), child)
    assert (seat.person, seat.votes, seat.household) == ("p2", False, "h1")
    assert seat.capacity is Capacity.VILLAGER


def test_at_the_household_meeting_of_a_group_a_supervisor_from_elsewhere_speaks_for_no_household():
    supervisor = person("p1", Capacity.SUPERVISOR, group=1)
    neighbour = person("p2", group=1, household="h9")
    (seat,) = attending(GROUP_HOUSEHOLDS, supervisor, neighbour, group=2)
    assert (seat.person, seat.household) == ("p1", "")
    (at_home, _) = attending(GROUP_HOUSEHOLDS, supervisor, neighbour, group=1)
    assert (at_home.capacity, at_home.household) == (Capacity.SUPERVISOR, "h1")


# --- households nobody speaks for


def test_a_household_without_an_adult_representative_is_named_before_it_is_lost():
    people = [
        person("p1", household="h1", represents_household=True),
        person("p2", household="h2"),
        person("p3", household="h3", represents_household=True, born_on=date(2012, 1, 1)),
        person("p4", household="h3"),
        person("p5", household="h4", born_on=date(2012, 1, 1)),
        person("p6", household="h5", group=2),
    ]
    assert unrepresented_households(people, ON) == ("h2", "h3", "h5")
    assert unrepresented_households(people, ON, group=2) == ("h5",)


# --- shares


def of_representatives(women, men, committee_women=0):
    sexes = [Sex.FEMALE] * women + [Sex.MALE] * men
    people = [person(f"p{n}", Capacity.REPRESENTATIVE, sex=sex) for n, sex in enumerate(sexes)]
    people += [
        person(f"c{n}", Capacity.VILLAGE_COMMITTEE_MEMBER, sex=Sex.FEMALE)
        for n in range(committee_women)
    ]
    return seats_with_vote(REPRESENTATIVES, people, ON)


def test_women_make_a_third_of_the_representatives_meeting():
    assert women_share(REPRESENTATIVES, of_representatives(10, 20)).holds
    short = women_share(REPRESENTATIVES, of_representatives(10, 21))
    assert (short.count, short.base, short.holds) == (10, 31, False)


def test_women_of_the_committee_are_not_women_representatives():
    share = women_share(REPRESENTATIVES, of_representatives(9, 19, committee_women=2))
    assert (share.count, share.base, share.holds) == (9, 30, False)


def test_where_no_rule_asks_for_women_no_share_is_shown():
    assert women_share(ASSEMBLY, of_representatives(1, 1)) is None


def test_where_a_row_has_no_representatives_all_women_entitled_count():
    of_members = replace(MEMBERS, women=Threshold(1, 3, inclusive=True))
    people = [
        person("p1", Capacity.COLLECTIVE_MEMBER, sex=Sex.FEMALE),
        person("p2", Capacity.COLLECTIVE_MEMBER),
    ]
    share = women_share(of_members, seats_with_vote(of_members, people, ON))
    assert (share.count, share.base) == (1, 2)


def test_representatives_make_four_fifths_of_their_meeting():
    enough = representatives_share(of_representatives(8, 12, committee_women=5))
    assert (enough.count, enough.base, enough.holds) == (20, 25, True)
    assert not representatives_share(of_representatives(7, 12, committee_women=5)).holds
