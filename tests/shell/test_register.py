"""The register of people: what was enrolled is what is read, who is an officer, who speaks for a household."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from alembic import command
from sqlalchemy.exc import IntegrityError, StatementError

from kiosk.core.terms import Capacity, PersonId, Role, Sex, VillageId
from kiosk.demo.people import demonstration_people
from kiosk.store.credentials import Credentials, Secret
from kiosk.store.database import migrate, migration_config
from kiosk.store.register import LastAdministrator, Person, Post, Register, StillOfficer

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
        Post(Capacity.VILLAGE_COMMITTEE_MEMBER, "村委会主任", SINCE, date(2031, 1, 19)),
        Post(Capacity.PARTY_COMMITTEE_MEMBER, "支部委员", SINCE),
        Post(Capacity.PARTY_MEMBER, "党员", date(1999, 7, 1)),
    ),
    roles=frozenset({Role.CHAIR, Role.ADMIN}),
    represents_household=True,
    grid="第一网格",
)
WIFE = Person(PersonId("p4"), "李桂兰", Sex.FEMALE, date(1966, 5, 1), 1, "h001")


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


# --- titles, terms


def test_a_membership_of_the_collective_is_no_title(register):
    member = Post(Capacity.COLLECTIVE_MEMBER, "集体经济组织成员", SINCE)
    register.set_posts(HERE, VILLAGER.id, [member])
    assert register.person(HERE, VILLAGER.id).title == "村民"
    register.set_posts(HERE, VILLAGER.id, [member, Post(Capacity.GRID_WORKER, "网格员", SINCE)])
    assert register.person(HERE, VILLAGER.id).title == "网格员"


def test_a_post_may_be_held_for_one_term_after_another(register):
    first = Post(Capacity.REPRESENTATIVE, "村民代表", SINCE, date(2031, 1, 19))
    second = Post(Capacity.REPRESENTATIVE, "村民代表", date(2031, 1, 20))
    register.set_posts(HERE, VILLAGER.id, [first, second])
    assert register.person(HERE, VILLAGER.id).posts == (first, second)


def test_posts_are_put_in_the_place_of_the_old_and_others_keep_theirs(register):
    register.set_posts(HERE, OFFICER.id, [])
    assert register.people(HERE) == [replace(OFFICER, posts=()), VILLAGER]


# --- changing


def test_a_person_of_another_village_is_nobody_here(register):
    assert register.person(HERE, VILLAGER.id) == VILLAGER
    assert register.person(THERE, VILLAGER.id) is None
    for change in (
        lambda: register.change(THERE, VILLAGER),
        lambda: register.set_posts(THERE, VILLAGER.id, []),
        lambda: register.set_roles(THERE, VILLAGER.id, []),
        lambda: register.represent_household(THERE, VILLAGER.id),
        lambda: register.remove(THERE, VILLAGER.id),
        lambda: register.remove(HERE, PersonId("stranger")),
    ):
        with pytest.raises(LookupError):
            change()


def test_details_change_and_posts_and_roles_stay(register):
    moved = replace(OFFICER, name="龚山", phone=None, grid="", born_on=date(1964, 3, 1))
    register.change(HERE, replace(moved, posts=(), roles=frozenset()))
    assert register.person(HERE, OFFICER.id) == moved


def test_a_household_moves_to_another_group_together(register):
    register.enrol(HERE, [WIFE])
    register.change(HERE, replace(OFFICER, group=5))
    assert register.person(HERE, WIFE.id).group == 5
    assert register.person(HERE, VILLAGER.id).group == 8


def test_who_moves_to_another_household_takes_nobody_along(register):
    register.enrol(HERE, [WIFE])
    register.change(HERE, replace(WIFE, group=8, household="h002"))
    assert register.person(HERE, OFFICER.id).group == 1


# --- households


def test_a_household_has_one_representative_at_most(register):
    with pytest.raises(IntegrityError):
        register.enrol(HERE, [replace(WIFE, represents_household=True)])
    register.enrol(HERE, [WIFE])
    with pytest.raises(IntegrityError):
        register.change(HERE, replace(WIFE, represents_household=True))
    assert not register.person(HERE, WIFE.id).represents_household


def test_a_new_representative_takes_the_place_of_the_old(register):
    register.enrol(HERE, [WIFE])
    register.represent_household(HERE, WIFE.id)
    speaks = {p.id: p.represents_household for p in register.people(HERE)}
    assert speaks == {OFFICER.id: False, VILLAGER.id: False, WIFE.id: True}


def test_households_of_the_same_number_in_two_villages_are_two(register):
    register.enrol(THERE, [replace(WIFE, represents_household=True)])
    register.represent_household(THERE, WIFE.id)
    assert register.person(HERE, OFFICER.id).represents_household


# --- officers


def keyed(engine, hasher, person):
    credentials = Credentials(engine, hasher)
    credentials.issue_code(person, "731640")
    credentials.begin_session(person, "token", datetime(2026, 11, 22, tzinfo=UTC))
    return credentials


def test_who_gives_up_all_roles_loses_code_and_sessions(register, engine, hasher):
    register.set_roles(HERE, VILLAGER.id, {Role.TELLER, Role.ADMIN})
    credentials = keyed(engine, hasher, VILLAGER.id)
    register.set_roles(HERE, VILLAGER.id, {Role.TELLER})
    assert credentials.asked_for(VILLAGER.id) is Secret.CODE
    register.set_roles(HERE, VILLAGER.id, ())
    assert credentials.asked_for(VILLAGER.id) is Secret.NONE
    assert credentials.signed_in("token", datetime(2026, 11, 22, tzinfo=UTC)) is None
    assert register.officers(HERE) == [OFFICER]


def test_the_last_administrator_stays_one(register):
    with pytest.raises(LastAdministrator):
        register.set_roles(HERE, OFFICER.id, {Role.CHAIR})
    assert register.officer(OFFICER.id).roles == OFFICER.roles
    register.set_roles(HERE, VILLAGER.id, {Role.ADMIN})
    register.set_roles(HERE, OFFICER.id, {Role.CHAIR})
    assert register.officer(OFFICER.id).roles == {Role.CHAIR}


def test_an_officer_does_not_leave_the_register_with_his_keys(register):
    with pytest.raises(StillOfficer):
        register.remove(HERE, OFFICER.id)
    assert register.people(HERE) == [OFFICER, VILLAGER]


def test_who_leaves_is_gone_with_posts_and_keys(register, engine, hasher):
    register.set_posts(HERE, VILLAGER.id, [Post(Capacity.REPRESENTATIVE, "村民代表", SINCE)])
    keyed(engine, hasher, VILLAGER.id)
    register.remove(HERE, VILLAGER.id)
    assert register.people(HERE) == [OFFICER]
    register.enrol(HERE, [VILLAGER])
    assert register.person(HERE, VILLAGER.id) == VILLAGER


# --- the demonstration village


def test_every_household_of_the_demonstration_lives_in_one_group_and_has_one_representative():
    households = {}
    for person in demonstration_people():
        households.setdefault(person.household, []).append(person)
    assert len(households) == 84
    for together in households.values():
        assert len({person.group for person in together}) == 1
        assert sum(person.represents_household for person in together) == 1


def test_the_demonstration_has_a_collective_with_representatives_delegates_and_grids():
    people = demonstration_people()
    held = {capacity: [p for p in people if p.holds(capacity)] for capacity in Capacity}
    assert len(held[Capacity.PARTY_DELEGATE]) == 4
    # 农村集体经济组织法 §28: 代表人数应当多于二十人，有适当数量的妇女代表
    assert len(held[Capacity.MEMBER_REPRESENTATIVE]) > 20
    assert any(p.sex is Sex.FEMALE for p in held[Capacity.MEMBER_REPRESENTATIVE])
    assert all(p.holds(Capacity.COLLECTIVE_MEMBER) for p in held[Capacity.MEMBER_REPRESENTATIVE])
    assert {p.grid for p in held[Capacity.GRID_WORKER]} == {p.grid for p in people}


# --- a register that was kept before households had representatives


def test_people_and_posts_of_an_older_register_are_kept_in_their_order(open_engine):
    engine = open_engine()
    with engine.connect() as connection:
        command.upgrade(migration_config(connection), "0001")
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO people VALUES ('p2', 'here', '冼国强', 'male', '1950-02-28', 8, 'h002', NULL)",
            "INSERT INTO posts VALUES ('p2', 'supervisor', '监委会主任', '2026-01-20')",
            "INSERT INTO posts VALUES ('p2', 'party_member', '党员', '1999-07-01')",
        ):
            connection.exec_driver_sql(statement)
    migrate(engine)
    posts = (
        Post(Capacity.SUPERVISOR, "监委会主任", SINCE),
        Post(Capacity.PARTY_MEMBER, "党员", date(1999, 7, 1)),
    )
    assert Register(engine).people(HERE) == [replace(VILLAGER, posts=posts)]
