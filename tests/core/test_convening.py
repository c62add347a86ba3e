"""Calling a meeting: the right body for the stage, in time, each person once, nobody with a vote not his own."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from simulator import (
    BODIES,
    DECIDES,
    FIRST_DAY,
    MATTER,
    VOTERS,
    MeetingSimulator,
    convened,
    founding,
    listed,
    raising,
    refused,
    seat,
    seats,
)

from kiosk.core import commands as c
from kiosk.core.events import MeetingConvened
from kiosk.core.law.periods import Periods
from kiosk.core.law.statute import BODY_ROWS, ROWS
from kiosk.core.refusals import Reason
from kiosk.core.terms import (
    CHINA,
    Body,
    Capacity,
    KindId,
    MatterId,
    MeetingId,
    PersonId,
    RowId,
    Stage,
)
from kiosk.core.values import Exclusion

LATE = datetime(2026, 12, 24, 9, 30, tzinfo=CHINA)
WELL = MatterId("well")


def call(body=Body.PARTY_COMMITTEE, **changed):
    """A lawful call of the body, changed in one thing."""
    lawful = c.ConveneMeeting(
        meeting=MeetingId("m9"),
        body=body,
        group=0,
        place="厅",
        starts_at=datetime(2026, 11, 5, 9, 30, tzinfo=CHINA),
        agenda=listed((MATTER,)),
        seats=seats(body, 3),
    )
    return replace(lawful, **changed)


@pytest.fixture
def village():
    return MeetingSimulator().found()


def due_at(body, **more):
    """A village whose matter has come as far as this body, and the lawful call of it."""
    sim = MeetingSimulator().found(body=body).carried_up_to(body)
    return sim, sim.calling(body, 3, **more)


# --- which body, for which matter


def test_the_first_body_to_be_called_on_a_matter_is_the_party_committee(village):
    village.do(call())
    for body in BODIES[1:]:
        assert village.reason(call(body, meeting=MeetingId("m8"))) is Reason.STAGE_OUT_OF_ORDER


@pytest.mark.parametrize("body", BODIES)
def test_law_1_a_body_is_called_only_when_the_stage_before_it_has_carried(body):
    sim = MeetingSimulator().found().carried_up_to(body)
    for other in BODIES:
        if other is not body:
            wrong = call(other, starts_at=LATE)
            refusal = refused(lambda asked=wrong: sim.do(asked))
            assert refusal.reason is Reason.STAGE_OUT_OF_ORDER
            assert "第十九条" in refusal.basis
    sim.convene(body)


def test_after_the_last_deliberation_no_body_is_called_on_the_matter_again():
    sim = convened(entitled=3).check_in(3).open().open_vote().cast(3).close().adjourn()
    for body in BODIES:
        assert sim.reason(call(body, starts_at=LATE)) is Reason.STAGE_OUT_OF_ORDER


def test_a_body_that_may_not_decide_such_a_matter_is_refused_with_the_article():
    sim = MeetingSimulator().found()
    sim.do(raising(WELL, "征地补偿", kind=KindId("compensation"), row=RowId.MEMBERS, mandate=""))
    for body in (Body.REPRESENTATIVES, Body.ASSEMBLY, Body.MEMBER_REPRESENTATIVES):
        barred = BODY_ROWS[body]
        refusal = refused(lambda b=body: sim.do(call(b, agenda=listed((WELL,)), starts_at=LATE)))
        if (
            body is Body.ASSEMBLY
        ):  # all villagers may decide it, but this matter goes to the members
            assert refusal.reason is Reason.WRONG_BODY
            assert refusal.facts == {"matter": "征地补偿", "body": "members"}
        else:
            bars = {bar.row: bar.basis for bar in sim.matter(WELL).kind.bars}
            assert (refusal.reason, refusal.basis) == (Reason.KIND_BARRED, bars[barred])
            assert refusal.facts == {"kind": "征地补偿分配"}


@pytest.mark.parametrize("body", DECIDES)
def test_the_body_of_the_matters_rule_decides_it_and_no_other(body):
    sim, lawful = due_at(body)
    for other in {Body.REPRESENTATIVES, *DECIDES} - {body}:
        wrong = replace(lawful, body=other, seats=seats(other, 3))
        refusal = refused(lambda asked=wrong: sim.do(asked))
        assert refusal.reason in {Reason.WRONG_BODY, Reason.KIND_BARRED}
        assert refusal.basis
    sim.do(lawful)


def test_a_matter_given_up_is_not_on_any_agenda(village):
    village.hold(Body.PARTY_COMMITTEE, 3, against=3)
    village.do(c.EndMatter(MATTER, "不再办"))
    assert village.reason(call(starts_at=LATE)) is Reason.MATTER_ENDED


def test_a_matter_that_did_not_carry_comes_before_a_body_only_after_its_return(village):
    village.hold(Body.PARTY_COMMITTEE, 3, against=3)
    assert village.reason(call(starts_at=LATE)) is Reason.STAGE_OUT_OF_ORDER
    village.do(c.ReturnMatter(MATTER, Stage.PROPOSAL, "修改后再议"))
    village.do(call(starts_at=LATE))


# --- villagers' groups


@pytest.mark.parametrize("body", [Body.GROUP, Body.GROUP_HOUSEHOLDS])
def test_a_matter_of_a_group_comes_before_that_group_alone(body):
    sim, lawful = due_at(body)
    for group in (0, 2):
        assert sim.reason(replace(lawful, group=group)) is Reason.WRONG_GROUP
    sim.do(lawful)


def test_only_people_of_the_group_have_a_vote_in_its_meeting():
    sim, lawful = due_at(Body.GROUP)
    stranger = seat("p", Capacity.VILLAGER, group=2)
    wrong = replace(lawful, seats=(*lawful.seats, stranger))
    assert sim.reason(wrong) is Reason.WRONG_GROUP
    sim.do(
        replace(
            wrong, seats=(*lawful.seats, replace(stranger, votes=False, capacity=Capacity.ADVISER))
        )
    )


def test_a_body_of_the_whole_village_meets_for_no_group(village):
    assert village.reason(call(group=1)) is Reason.WRONG_GROUP


# --- notice


@pytest.mark.parametrize("body", [*BODIES, *DECIDES])
def test_notice_is_counted_in_whole_days_of_the_calendar(body):
    sim, lawful = due_at(body)
    sim.clock.at = sim.clock.at.replace(hour=23, minute=58)
    first = sim.clock.at.replace(hour=23, minute=59, second=59)
    row = ROWS[BODY_ROWS[body]]
    for days in range(row.notice_days):
        soon = replace(lawful, starts_at=first + timedelta(days))
        refusal = refused(lambda asked=soon: sim.do(asked))
        assert refusal.reason is Reason.NOTICE_TOO_SHORT
        assert refusal.facts == {"days": days, "needed": row.notice_days}
        assert refusal.basis == row.notice_basis
    in_time = (first + timedelta(row.notice_days)).replace(hour=0, minute=0)
    sim.do(replace(lawful, starts_at=in_time))


def test_the_calendar_of_notice_is_that_of_china_and_not_of_greenwich(village):
    village.clock.at = FIRST_DAY.replace(hour=7)  # 23:00 of the day before in Greenwich
    assert village.reason(call(starts_at=FIRST_DAY.replace(hour=20))) is Reason.NOTICE_TOO_SHORT


def test_law_1_no_meeting_is_called_for_a_time_that_has_passed(village):
    now = village.clock.at
    called = now + timedelta(seconds=1)  # the clock moves on at each look
    assert village.reason(call(starts_at=now)) is Reason.BACK_DATED
    village.clock.at = now
    assert village.reason(call(starts_at=called)) is Reason.NOTICE_TOO_SHORT


def test_the_strictest_rule_on_the_agenda_says_how_long_notice_is():
    sim = MeetingSimulator().found()
    sim.do(raising(WELL, "承包方案", kind=KindId("land_plan"), row=RowId.ALL_REPRESENTATIVES))
    sim.carried_up_to(Body.REPRESENTATIVES, (MATTER, WELL))
    lawful = sim.calling(entitled=3, agenda=(MATTER, WELL))
    short = replace(lawful, starts_at=lawful.starts_at - timedelta(1))
    refusal = refused(lambda: sim.do(short))
    assert refusal.reason is Reason.NOTICE_TOO_SHORT
    assert refusal.facts == {"days": 9, "needed": 10}
    sim.do(lawful)


@pytest.mark.parametrize("body", [Body.ASSEMBLY, Body.HOUSEHOLDS])
def test_the_villagers_assembly_is_called_at_short_notice_for_a_stated_reason(body):
    sim, lawful = due_at(body)
    soon = replace(lawful, starts_at=sim.clock.at + timedelta(hours=3))
    assert sim.reason(soon) is Reason.NOTICE_TOO_SHORT
    assert sim.reason(replace(soon, urgent_ground=" ")) is Reason.NOTICE_TOO_SHORT
    sim.do(replace(soon, urgent_ground="台风将至"))
    assert sim.village().meeting(soon.meeting).urgent_ground == "台风将至"


@pytest.mark.parametrize("body", [*BODIES, Body.GROUP, Body.MEMBERS])
def test_no_other_body_is_called_at_short_notice(body):
    sim, lawful = due_at(body)
    assert sim.reason(replace(lawful, urgent_ground="台风将至")) is Reason.URGENT_NOT_ALLOWED


def test_one_rule_on_the_agenda_that_knows_no_short_notice_is_enough_to_refuse_it():
    sim = MeetingSimulator().found(body=Body.ASSEMBLY)
    sim.do(raising(WELL, "承包方案", kind=KindId("land_plan"), row=RowId.ALL_VILLAGERS))
    sim.carried_up_to(Body.ASSEMBLY, (MATTER, WELL))
    lawful = sim.calling(Body.ASSEMBLY, 3, agenda=(MATTER, WELL), urgent_ground="台风将至")
    refusal = refused(lambda: sim.do(lawful))
    assert refusal.reason is Reason.URGENT_NOT_ALLOWED
    assert refusal.basis == ROWS[RowId.ALL_VILLAGERS].notice_basis
    sim.do(replace(lawful, agenda=listed((MATTER,))))


# --- the agenda


def test_a_meeting_needs_an_agenda_and_a_place(village):
    assert village.reason(call(agenda=())) is Reason.AGENDA_EMPTY
    assert village.reason(call(place=" ")) is Reason.TEXT_MISSING


def test_a_matter_of_the_agenda_must_be_on_file(village):
    unknown = listed((MATTER, MatterId("unknown")))
    assert village.reason(call(agenda=unknown)) is Reason.NO_SUCH_MATTER


def test_a_matter_stands_on_the_agenda_once(village):
    assert village.reason(call(agenda=listed((MATTER, MATTER)))) is Reason.LISTED_TWICE


def test_a_meeting_is_called_once(village):
    village.do(call())
    assert village.reason(call()) is Reason.MEETING_EXISTS


# --- the seats


def test_nobody_is_seated_twice_even_in_two_capacities(village):
    member = seat("v01", Capacity.PARTY_COMMITTEE_MEMBER)
    also = seat("v01", Capacity.SUPERVISOR, votes=False)
    assert village.reason(call(seats=(member, also))) is Reason.SEATED_TWICE


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("capacity", Capacity)
def test_only_the_capacities_of_the_row_have_a_vote(body, capacity):
    sim = MeetingSimulator().found().carried_up_to(body)
    row = ROWS[BODY_ROWS[body]]
    lawful = capacity in row.voters
    voter = seat("v99", VOTERS[body])
    wrong = call(body, starts_at=LATE, seats=(voter, seat("p", capacity, votes=not lawful)))
    refusal = refused(lambda: sim.do(wrong))
    assert refusal.reason is Reason.SEAT_MAY_NOT_VOTE
    assert refusal.facts == {"name": "某p"}
    assert refusal.basis == row.voters_basis
    sim.do(call(body, starts_at=LATE, seats=(voter, seat("p", capacity, votes=lawful))))


def test_who_comes_for_the_township_sits_there_with_his_post(village):
    officer = seat("t01", Capacity.TOWNSHIP_OFFICER, votes=False)
    postless = call(seats=(*seats(Body.PARTY_COMMITTEE, 3), replace(officer, post=" ")))
    assert village.reason(postless) is Reason.TEXT_MISSING
    village.do(call(seats=(*seats(Body.PARTY_COMMITTEE, 3), officer)))


def test_a_meeting_without_anybody_entitled_is_not_called(village):
    observers = (seat("o01", Capacity.ADVISER, votes=False),)
    assert village.reason(call(seats=observers)) is Reason.NOBODY_ENTITLED
    assert village.reason(call(seats=())) is Reason.NOBODY_ENTITLED


@pytest.mark.parametrize("body", [Body.HOUSEHOLDS, Body.GROUP_HOUSEHOLDS])
def test_a_household_has_one_seat_with_a_vote_and_others_sit_without(body):
    sim, lawful = due_at(body)
    second = seat("w01", Capacity.HOUSEHOLD_REPRESENTATIVE, household="h01")
    homeless = seat("w01", Capacity.HOUSEHOLD_REPRESENTATIVE, household="")
    for wrong in (second, homeless):
        refused_seats = replace(lawful, seats=(*lawful.seats, wrong))
        assert sim.reason(refused_seats) is Reason.HOUSEHOLD_SEATED_TWICE
    wife = replace(second, votes=False)
    villager = seat("w02", Capacity.VILLAGER, household="h02")
    wrong = replace(lawful, seats=(*lawful.seats, villager))
    assert sim.reason(wrong) is Reason.SEAT_MAY_NOT_VOTE
    sim.do(replace(lawful, seats=(*lawful.seats, wife, replace(villager, votes=False))))
    assert len(sim.village().meeting(lawful.meeting).entitled) == 3


# --- who is left out of 应到

AWAY = Exclusion(PersonId("away"), "某甲", "外出务工联系不上", "重庆市实施办法第七条")


def allowing(sim):
    sim.do(c.ChangePeriods(Periods(exclusions=True), "重庆市实施办法第七条", "村民会议"))
    return sim


def test_nobody_is_left_out_unless_the_village_allows_it(village):
    with_exclusion = call(exclusions=(AWAY,))
    assert village.reason(with_exclusion) is Reason.EXCLUSION_NOT_ALLOWED
    allowing(village).do(with_exclusion)
    meeting = village.village().meeting(MeetingId("m9"))
    assert meeting.exclusions == (AWAY,)
    assert len(meeting.entitled) == 3


@pytest.mark.parametrize("missing", [{"ground": " "}, {"basis": ""}])
def test_who_is_left_out_is_so_on_a_ground_and_a_rule(village, missing):
    wrong = call(exclusions=(replace(AWAY, **missing),))
    assert allowing(village).reason(wrong) is Reason.EXCLUSION_WITHOUT_BASIS


def test_nobody_is_seated_and_left_out_or_left_out_twice(village):
    seated = replace(AWAY, person=PersonId("v01"))
    allowing(village)
    assert village.reason(call(exclusions=(seated,))) is Reason.SEATED_TWICE
    assert village.reason(call(exclusions=(AWAY, AWAY))) is Reason.SEATED_TWICE


# --- the Party committee and the two committees in one sitting


def party_committee():
    """The first of two meetings to be held in one sitting, called; and the lawful call of the second."""
    sim = MeetingSimulator().found(MATTER, WELL)
    sim.convene(Body.PARTY_COMMITTEE, 3, agenda=(MATTER, WELL))
    second = sim.calling(
        Body.TWO_COMMITTEES,
        3,
        seats=(seat("v01", Capacity.PARTY_COMMITTEE_MEMBER), *seats(Body.TWO_COMMITTEES, 5)[1:]),
        follows=sim.meeting_id,
        leader=PersonId("v01"),
    )
    return sim, second


def test_two_meetings_in_one_sitting_have_separate_records_and_votes():
    sim, second = party_committee()
    sim.do(second)
    sim.check_in(3).open()
    for matter in (MATTER, WELL):
        sim.open_vote(matter).cast(3).close()
    sim.adjourn()
    sim.meeting_id = second.meeting
    sim.check_in(5).open().open_vote().cast(4, 1).close().adjourn()
    stages = [(d.stage, d.meeting) for d in sim.matter().deliberations]
    assert stages == [(Stage.PROPOSAL, "m1"), (Stage.CONSULTATION, "m2")]
    assert sim.matter().due is Stage.REVIEW


def test_the_second_opens_only_when_the_first_is_adjourned():
    sim, second = party_committee()
    sim.do(second)
    first = sim.meeting_id
    sim.check_in(3)
    sim.meeting_id = second.meeting
    sim.check_in(5)
    assert refused(sim.open).reason is Reason.STAGE_OUT_OF_ORDER
    sim.do(c.OpenMeeting(first))
    assert refused(sim.open).reason is Reason.ANOTHER_MEETING_IN_SESSION
    sim.do(c.Adjourn(first))
    sim.open()
    assert refused(sim.open_vote).reason is Reason.STAGE_OUT_OF_ORDER


def test_the_second_never_opens_when_the_first_was_called_off():
    sim, second = party_committee()
    sim.do(second)
    sim.do(c.CallOffMeeting(sim.meeting_id, "台风"))
    sim.meeting_id = second.meeting
    sim.check_in(5)
    assert refused(sim.open).reason is Reason.STAGE_OUT_OF_ORDER


def test_one_sitting_is_at_one_time_in_one_place_on_matters_of_the_first():
    sim, second = party_committee()
    sim.do(raising(MatterId("lamp"), "路灯"))
    for wrong in (
        replace(second, starts_at=second.starts_at + timedelta(minutes=1)),
        replace(second, place="祠堂"),
        replace(second, agenda=listed((MATTER, MatterId("lamp")))),
        replace(second, body=Body.PARTY_COMMITTEE, seats=seats(Body.PARTY_COMMITTEE, 3)),
        replace(second, follows=None),
    ):
        assert sim.reason(wrong) is Reason.NOT_ONE_SITTING
    unknown = replace(second, follows=MeetingId("unknown"))
    assert sim.reason(unknown) is Reason.NO_SUCH_MEETING


def test_one_sitting_follows_a_meeting_of_the_party_committee_that_is_not_over():
    sim, second = party_committee()
    third = replace(second, meeting=MeetingId("m3"), follows=second.meeting)
    sim.do(second)
    assert sim.reason(third) is Reason.NOT_ONE_SITTING
    sim.do(c.CallOffMeeting(sim.meeting_id, "台风"))
    assert sim.reason(replace(third, follows=sim.meeting_id)) is Reason.NOT_ONE_SITTING


def test_one_sitting_is_led_by_one_person_with_a_vote_in_both():
    sim, second = party_committee()
    only_here = replace(second, leader=PersonId("v05"))
    observer = seat("v01", Capacity.ADVISER, votes=False)
    without_vote = replace(second, seats=(observer, *second.seats[1:]))
    for wrong in (only_here, without_vote, replace(second, leader=None)):
        assert sim.reason(wrong) is Reason.NOT_ONE_LEADER
    sim.do(second)


# --- numbers


def test_meetings_are_numbered_by_body():
    sim = MeetingSimulator().found(MATTER, WELL)
    sim.hold(Body.PARTY_COMMITTEE, 3).hold(Body.PARTY_COMMITTEE, 3, agenda=(WELL,))
    sim.hold(Body.TWO_COMMITTEES, 3)
    meetings = sim.village().meetings.values()
    assert [meeting.ordinal for meeting in meetings] == [1, 2, 1]


def test_the_call_is_on_record_as_it_was_asked_for():
    sim, second = party_committee()
    sim.do(second)
    called = sim.events()[-1]
    assert isinstance(called, MeetingConvened)
    assert (called.ordinal, called.follows, called.leader) == (1, "m1", "v01")
    assert (called.agenda, called.seats) == (second.agenda, second.seats)


def test_a_village_is_founded_once_and_first():
    sim = MeetingSimulator()
    assert sim.reason(raising()) is Reason.NO_SUCH_MEETING
    sim.found()
    assert sim.reason(replace(founding(), name="x")) is Reason.VILLAGE_EXISTS


def test_matters_are_numbered_from_one_and_filed_once(village):
    village.do(raising(WELL, "打井"))
    assert [matter.number for matter in village.village().matters.values()] == [1, 2]
    assert village.reason(raising(WELL, "打井")) is Reason.MATTER_EXISTS
