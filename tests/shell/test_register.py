"""The register of people: what was enrolled is what is read, and who is an officer."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from kiosk.core.terms import Capacity, PersonId, Role, Sex, VillageId
from kiosk.demo.people import demonstration_people
from kiosk.store.register import Person, Post, Register

HERE, THERE = VillageId("here"), VillageId("there")
SINCE = date(2026, 1, 20)
VILLAGER = Person(PersonId("p2"), "冼国强", Sex.MALE, date(1950, 2, 28), 8, "h002")
OFFICER = Person(
    id=PersonId("p1"),
    name="龚䶮山",
    sex=Sex.FEMALE,
    born_on=date(1964, 2, 29),
    group=1,
    household="h001",
    phone="13900000001",
    posts=(
        Post(Capacity.VILLAGE_COMMITTEE_MEMBER, "村委会主任", SINCE),
        Post(Capacity.PARTY_COMMITTEE_MEMBER, "支部委员", SINCE),
        Post(Capacity.PARTY_MEMBER, "党员", date(1999, 7, 1)),
    ),
    roles=frozenset({Role.CHAIR, Role.ADMIN}),
)


@pytest.fixture
def register(engine):
    register = Register(engine)
    register.enrol(HERE, [VILLAGER, OFFICER])
    return register


def test_people_are_read_as_they_were_enrolled_by_id(register):
    assert register.people(HERE) == [OFFICER, VILLAGER]


def test_an_officer_is_the_same_person_however_he_is_looked_up(register):
    assert register.officer(OFFICER.id) == OFFICER
    assert register.officer(OFFICER.id).title == "村委会主任"


def test_officers_are_those_with_a_role(register):
    assert register.officers(HERE) == [OFFICER]
    assert register.officer(VILLAGER.id) is None
    assert register.officer(PersonId("stranger")) is None


def test_a_person_holds_the_capacities_of_his_posts(register):
    (officer, villager) = register.people(HERE)
    assert officer.holds(Capacity.PARTY_MEMBER)
    assert not officer.holds(Capacity.SUPERVISOR)
    assert not villager.holds(Capacity.PARTY_MEMBER)
    assert villager.title == "村民"


def test_each_village_has_its_own_people(register):
    stranger = replace(VILLAGER, id=PersonId("p3"))
    register.enrol(THERE, [stranger])
    assert register.people(THERE) == [stranger]
    assert register.people(HERE) == [OFFICER, VILLAGER]


def test_people_are_enrolled_all_or_none(register):
    with pytest.raises(IntegrityError):
        register.enrol(HERE, [replace(VILLAGER, id=PersonId("p3")), VILLAGER])
    assert register.people(HERE) == [OFFICER, VILLAGER]


def test_nobody_holds_the_same_post_twice(register):
    post = Post(Capacity.REPRESENTATIVE, "村民代表", SINCE)
    with pytest.raises((IntegrityError, StatementError)):
        register.enrol(HERE, [replace(VILLAGER, id=PersonId("p3"), posts=(post, post))])
    assert len(register.people(HERE)) == 2


def test_the_demonstration_village_is_read_as_it_was_enrolled(engine):
    people = demonstration_people()
    register = Register(engine)
    register.enrol(HERE, people)
    assert register.people(HERE) == sorted(people, key=lambda person: person.id)
    for officer in register.officers(HERE):
        assert register.officer(officer.id) == officer
