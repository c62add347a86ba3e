"""The demonstration village: believable people, and a past that stands up to the rules."""

from collections import Counter
from datetime import datetime

import pytest
from memory_store import MemoryJournal
from simulator import SteppingClock, actor_of

from kiosk.core import commands as c
from kiosk.core.history import replay
from kiosk.core.journal import check, read
from kiosk.core.rules import ROWS
from kiosk.core.terms import (
    CHINA,
    Body,
    Capacity,
    Channel,
    Choice,
    CommandId,
    Role,
    Sex,
    Stage,
    VoteId,
    day_of,
)
from kiosk.demo.founding import found_demonstration
from kiosk.demo.people import demonstration_people
from kiosk.demo.story import MATTER, TODAY, VILLAGE, Story, seats
from kiosk.service import Kiosk
from kiosk.store.journal import SqlJournal
from kiosk.store.register import Register

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)
PEOPLE = demonstration_people()


@pytest.fixture(scope="module")
def told():
    """The journal after the story was told, and the village it makes."""
    store = MemoryJournal()
    Story(store, PEOPLE, NOW, "http://kiosk.example").tell()
    known = Kiosk(store, lambda: NOW).known(VILLAGE)
    return store.lines(VILLAGE), known


def held(capacity):
    return [person for person in PEOPLE if person.holds(capacity)]


# --- people


def test_three_hundred_villagers_live_in_eight_groups():
    assert len(PEOPLE) == 300
    assert {person.group for person in PEOPLE} == set(range(1, 9))


def test_nobody_shares_a_name_an_id_or_a_telephone():
    for shared in ("name", "id", "phone"):
        (_, times), *_ = Counter(getattr(person, shared) for person in PEOPLE).most_common(1)
        assert times == 1, shared


def test_twelve_officers_hold_every_role_that_people_hold():
    officers = [person for person in PEOPLE if person.roles]
    assert len(officers) == 12
    roles = set().union(*(person.roles for person in officers))
    assert roles == {Role.CHAIR, Role.SECRETARY, Role.TELLER, Role.SUPERVISOR, Role.ADMIN}


def test_the_supervisors_hold_no_other_role_and_no_vote_of_the_representatives():
    supervisors = held(Capacity.SUPERVISOR)
    assert len(supervisors) == 3
    assert all(person.roles == {Role.SUPERVISOR} for person in supervisors)
    voting = {seat.person for seat in seats(Body.REPRESENTATIVES, PEOPLE)}
    assert not voting & {person.id for person in supervisors}


def test_sixty_are_in_the_party_and_two_are_to_be():
    assert len(held(Capacity.PARTY_MEMBER)) == 60
    assert len(held(Capacity.PROBATIONARY_MEMBER)) == 2
    assert len(seats(Body.PARTY_MEETING, PEOPLE)) == 60


def test_forty_five_are_on_the_roll_of_the_representatives_a_third_of_them_women():
    roll = seats(Body.REPRESENTATIVES, PEOPLE)
    assert len(roll) == len({seat.person for seat in roll}) == 45
    women = [seat for seat in roll if seat.sex is Sex.FEMALE]
    representatives = [seat for seat in women if seat.capacity is Capacity.REPRESENTATIVE]
    # 村民委员会组织法 §29: 妇女村民代表应当占村民代表会议组成人员的三分之一以上
    assert 3 * len(representatives) >= len(roll)


def test_the_representatives_come_from_every_group():
    groups = {person.group for person in held(Capacity.REPRESENTATIVE)}
    assert groups == set(range(1, 9))


@pytest.mark.parametrize("body", Body)
def test_everybody_called_to_a_body_has_a_lawful_vote_there(body):
    called = seats(body, PEOPLE)
    assert called
    assert all(seat.votes and seat.capacity in ROWS[body].voters for seat in called)


@pytest.mark.parametrize("character", "䶮㛃埗塱")
def test_rare_characters_stand_in_the_names(character):
    assert any(character in person.name for person in PEOPLE)


def test_the_people_are_the_same_every_time():
    assert demonstration_people() == PEOPLE


@pytest.mark.parametrize("representatives", [1, 40, 95, 295, 995])
def test_more_representatives_may_be_asked_for(representatives):
    people = demonstration_people(representatives=representatives)
    assert len({person.id for person in people}) == len(people) >= 300
    roll = seats(Body.REPRESENTATIVES, people)
    assert len(roll) == representatives + 5
    assert sum(person.holds(Capacity.PARTY_MEMBER) for person in people) == 60


# --- the story


def test_the_journal_of_the_story_holds_and_replays(told):
    lines, known = told
    assert check(lines, known.head) is None
    assert replay((read(line).event, read(line).at) for line in lines) == known.village


def test_three_stages_have_carried_and_the_decision_is_due(told):
    matter = told[1].village.matters[MATTER]
    assert matter.next_deliberation is Stage.DECISION
    assert [stage.value for stage in matter.deliberations] == ["proposal", "consultation", "review"]
    assert all(done.carried for done in matter.deliberations.values())
    assert matter.publication is None


def test_the_meeting_of_today_is_called_and_nobody_is_there_yet(told):
    meeting = told[1].village.meetings[TODAY]
    assert meeting.body is Body.REPRESENTATIVES
    assert day_of(meeting.starts_at) == day_of(NOW)
    assert len(meeting.entitled) == 45
    assert not meeting.arrivals
    assert not meeting.in_session
    observers = Counter(seat.capacity for seat in meeting.seats.values() if not seat.votes)
    assert observers[Capacity.SUPERVISOR] == 3
    assert observers[Capacity.ADVISER] == 1


def test_nothing_in_the_story_happens_out_of_order_or_in_the_future(told):
    instants = [read(line).at for line in told[0]]
    assert instants == sorted(instants)
    assert instants[-1] < NOW


def test_the_village_says_that_it_is_a_demonstration(told):
    village = told[1].village
    assert village.demonstration
    assert village.portal_url == "http://kiosk.example"


def test_the_same_story_is_the_same_journal(told):
    store = MemoryJournal()
    Story(store, demonstration_people(), NOW, "http://kiosk.example").tell()
    assert store.lines(VILLAGE) == told[0]


@pytest.mark.parametrize("hour", [0, 7, 9, 23])
def test_the_story_can_be_told_at_any_hour(hour):
    store = MemoryJournal()
    Story(store, PEOPLE, NOW.replace(hour=hour, minute=1), "http://kiosk.example").tell()
    instants = [read(line).at for line in store.lines(VILLAGE)]
    assert instants == sorted(instants)


@pytest.mark.parametrize("asked", [None, 10, 300])
def test_the_demonstration_is_founded_with_as_many_seats_as_asked_for(engine, asked):
    store, register = SqlJournal(engine), Register(engine)
    found_demonstration(register, store, lambda: NOW, "http://kiosk.example", seats=asked)
    village = Kiosk(store, lambda: NOW).village(VILLAGE)
    assert len(village.meetings[TODAY].entitled) == (asked or 45)
    known = {person.id for person in register.people(VILLAGE)}
    assert village.meetings[TODAY].entitled <= known


def test_todays_meeting_can_be_held_to_its_end():
    store, clock = MemoryJournal(), SteppingClock(NOW)
    Story(store, PEOPLE, NOW, "http://kiosk.example").tell()
    kiosk = Kiosk(store, clock)
    present = sorted(kiosk.village(VILLAGE).meetings[TODAY].entitled)[:30]
    vote = VoteId("today")
    steps = [
        *(c.CheckIn(TODAY, person) for person in present),
        c.OpenMeeting(TODAY),
        c.OpenVote(TODAY, MATTER, vote, running_tally=True),
        *(c.CastBallot(TODAY, vote, p, Choice.FOR, Channel.KIOSK_SCREEN) for p in present[:16]),
        c.CloseVote(TODAY, vote, unused_confirmed=True),
        c.Adjourn(TODAY),
    ]
    for number, step in enumerate(steps):
        kiosk.execute(VILLAGE, step, actor_of(step), CommandId(f"today-{number}"))
    matter = kiosk.village(VILLAGE).matters[MATTER]
    assert matter.next_deliberation is None
    assert (matter.publication.number, matter.publication.days()) == (1, 15)
