"""The demonstration village: believable people, and a past that stands up to the rules."""

from collections import Counter
from datetime import datetime

import pytest
from memory_store import MemoryJournal
from simulator import SteppingClock, actor_of

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.history import replay
from kiosk.core.journal import check, read
from kiosk.core.law.statute import BODY_ROWS, ROWS
from kiosk.core.matters.matter import Phase
from kiosk.core.matters.oversight import flags
from kiosk.core.refusals import Refused
from kiosk.core.terms import (
    CHINA,
    Body,
    Capacity,
    CommandId,
    Purpose,
    Role,
    Sex,
    Stage,
    VoteId,
    day_of,
)
from kiosk.demo.founding import found_demonstration
from kiosk.demo.past import FIRST_DAY
from kiosk.demo.people import demonstration_people
from kiosk.demo.proposals import (
    CANTEEN,
    DITCHES,
    GROUP,
    POND,
    ROAD,
    ROAD_NEED,
    SQUARE,
    SQUARE_REVISED,
)
from kiosk.demo.story import MATTER, TODAY, VILLAGE, Past, Story
from kiosk.demo.telling import seats
from kiosk.service import Kiosk
from kiosk.store.journal import SqlJournal
from kiosk.store.register import Register

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)
TODAYS_DATE = day_of(NOW)
GROUPS = (Body.GROUP, Body.GROUP_HOUSEHOLDS)
PEOPLE = demonstration_people()


@pytest.fixture(scope="module")
def told():
    """The journal after the story was told, and the village it makes."""
    store = MemoryJournal()
    Story(store, PEOPLE, NOW, "http://kiosk.example").tell()
    known = Kiosk(store, lambda: NOW).known(VILLAGE)
    return store.lines(VILLAGE), known


@pytest.fixture(scope="module")
def whole():
    """The village after the whole past was told, and its journal."""
    store = MemoryJournal()
    Story(store, PEOPLE, NOW, "http://kiosk.example").tell(past=Past.WHOLE)
    return Kiosk(store, lambda: NOW).village(VILLAGE), store.lines(VILLAGE)


def called(body, people=PEOPLE):
    return seats(body, people, TODAYS_DATE, group=GROUP if body in GROUPS else 0)


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
    voting = {seat.person for seat in called(Body.REPRESENTATIVES)}
    assert not voting & {person.id for person in supervisors}


def test_sixty_are_in_the_party_and_two_are_to_be():
    assert len(held(Capacity.PARTY_MEMBER)) == 60
    assert len(held(Capacity.PROBATIONARY_MEMBER)) == 2
    assert len(called(Body.PARTY_MEETING)) == 60


def test_forty_five_are_on_the_roll_of_the_representatives_a_third_of_them_women():
    roll = called(Body.REPRESENTATIVES)
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
    seated = called(body)
    assert seated
    assert all(seat.votes and seat.capacity in ROWS[BODY_ROWS[body]].voters for seat in seated)


@pytest.mark.parametrize("character", "䶮㛃埗塱")
def test_rare_characters_stand_in_the_names(character):
    assert any(character in person.name for person in PEOPLE)


def test_the_people_are_the_same_every_time():
    assert demonstration_people() == PEOPLE


@pytest.mark.parametrize("representatives", [1, 40, 95, 295, 995])
def test_more_representatives_may_be_asked_for(representatives):
    people = demonstration_people(representatives=representatives)
    assert len({person.id for person in people}) == len(people) >= 300
    roll = called(Body.REPRESENTATIVES, people)
    assert len(roll) == representatives + 5
    assert sum(person.holds(Capacity.PARTY_MEMBER) for person in people) == 60


# --- the story


def test_the_journal_of_the_story_holds_and_replays(told):
    lines, known = told
    assert check(lines, known.head) is None
    assert replay(map(read, lines)) == known.village


def test_three_stages_have_carried_and_the_decision_is_due(told):
    matter = told[1].village.matters[MATTER]
    assert matter.due is Stage.DECISION
    assert [done.stage.value for done in matter.deliberations] == [
        "proposal",
        "consultation",
        "review",
    ]
    assert all(done.carried for done in matter.deliberations)
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
    assert village.purpose is Purpose.DEMONSTRATION
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
        c.OpenVote(TODAY, (MATTER,), vote, running_tally=True),
        *(c.CastBallot(TODAY, vote, p, (Choice.FOR,), Channel.KIOSK_SCREEN) for p in present[:16]),
        c.CloseVote(TODAY, vote, unused_confirmed=True),
        c.Adjourn(TODAY),
    ]
    for number, step in enumerate(steps):
        kiosk.execute(VILLAGE, step, actor_of(step), CommandId(f"today-{number}"))
    matter = kiosk.village(VILLAGE).matters[MATTER]
    assert matter.due is None
    assert (matter.publication.number, matter.publication.days()) == (1, 15)


# --- what else happened


def test_the_whole_past_is_told_in_order_and_stands_up_to_the_rules(whole):
    village, lines = whole
    assert check(lines, read(lines[-1]).head) is None
    instants = [read(line).at for line in lines]
    assert instants == sorted(instants)
    assert instants[-1] < NOW
    assert (day_of(instants[0]) - TODAYS_DATE).days == FIRST_DAY
    assert replay(map(read, lines)) == village


def test_the_same_whole_past_is_the_same_journal(whole):
    store = MemoryJournal()
    Story(store, demonstration_people(), NOW, "http://kiosk.example").tell(past=Past.WHOLE)
    assert store.lines(VILLAGE) == whole[1]


@pytest.mark.parametrize(
    ("raised", "phase"),
    [
        (CANTEEN, Phase.ARCHIVED),
        (ROAD, Phase.WORKS),
        (SQUARE, Phase.DELIBERATING),
        (POND, Phase.DELIBERATING),
        (DITCHES, Phase.PUBLISHED),
    ],
)
def test_the_matters_of_the_past_stand_in_different_phases_of_their_life(whole, raised, phase):
    assert whole[0].matters[raised.matter].phase(TODAYS_DATE) is phase


def test_the_archived_matter_has_the_opinion_of_the_supervisors_on_every_stage(whole):
    canteen = whole[0].matters[CANTEEN.matter]
    assert [opinion.stage for opinion in canteen.opinions] == list(Stage)
    assert canteen.works.accepted_at
    assert canteen.works.spent_fen < canteen.works.budget_fen


def test_the_works_began_after_their_publication_and_have_cost_money(whole):
    works = whole[0].matters[ROAD.matter].works
    assert not works.started_inside_publication
    assert [milestone.spent_fen for milestone in works.milestones] == [12_000_000, 26_500_000]
    assert not works.is_overdue(TODAYS_DATE)
    assert not works.is_over_budget


def test_the_square_was_defeated_by_the_party_members_returned_and_revised(whole):
    square = whole[0].matters[SQUARE.matter]
    assert [done.carried for done in square.deliberations] == [True, True, False]
    assert square.returns[0].to is Stage.CONSULTATION
    assert square.proposal == SQUARE_REVISED
    assert square.due is Stage.CONSULTATION


def test_the_pond_waits_for_its_legal_review(whole):
    pond = whole[0].matters[POND.matter]
    assert pond.kind.review
    assert pond.due is pond.gate
    assert pond.review is None


def test_the_resolution_of_the_group_hangs_with_its_objection_answered(whole):
    village, _ = whole
    hanging = village.matters[DITCHES.matter].publication
    assert hanging.days() == 15
    assert 0 < hanging.days_left(TODAYS_DATE) < 15
    (objection,) = village.objections_to(DITCHES.matter)
    assert not objection.is_open
    assert not objection.is_upheld


def test_of_three_needs_one_was_taken_up_one_answered_and_one_is_new(whole):
    taken_up, answered, new = whole[0].needs.values()
    assert (taken_up.id, taken_up.matter) == (ROAD_NEED, ROAD.matter)
    assert answered.answer
    assert not new.is_settled
    assert not new.is_overdue(TODAYS_DATE)


def test_what_is_flagged_of_the_past_is_only_that_nobody_took_photographs(whole):
    assert {flag.sign.value for flag in flags(whole[0], TODAYS_DATE)} == {
        "first_day_photo_missing",
        "last_day_photo_missing",
    }


def test_a_past_that_the_rules_refuse_leaves_nothing_behind(engine):
    """Told on a day before anybody held a post there, the very first meeting has nobody to call."""
    store = SqlJournal(engine)
    with pytest.raises(Refused):
        Story(store, PEOPLE, NOW.replace(year=2024), "http://kiosk.example").tell(past=Past.WHOLE)
    assert store.lines(VILLAGE) == []


def test_a_village_without_a_past_is_founded_and_has_nothing_on_file():
    store = MemoryJournal()
    Story(store, PEOPLE, NOW, "http://kiosk.example").tell(past=Past.NONE)
    village = Kiosk(store, lambda: NOW).village(VILLAGE)
    assert village.catalogue
    assert not village.matters
    assert not village.meetings
