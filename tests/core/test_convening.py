"""Calling a meeting: the right body for the stage, in time, each person once, nobody with a vote not his own."""

from dataclasses import replace
from datetime import datetime

import pytest
from simulator import (
    BODIES,
    FIRST_DAY,
    MATTER,
    VOTERS,
    MeetingSimulator,
    convened,
    raising,
    refused,
    seat,
    seats,
)

from kiosk.core import commands as c
from kiosk.core.refusals import Reason
from kiosk.core.rules import ROWS
from kiosk.core.terms import CHINA, Body, Capacity, MatterId, MeetingId


def call(body=Body.PARTY_COMMITTEE, **changed):
    """A lawful call of the body, changed in one thing."""
    starts_at = datetime(2026, 11, 5, 9, 30, tzinfo=CHINA)
    lawful = c.ConveneMeeting(MeetingId("m9"), body, "厅", starts_at, (MATTER,), seats(body, 3))
    return replace(lawful, **changed)


@pytest.fixture
def village():
    return MeetingSimulator().found()


def test_the_first_body_to_be_called_on_a_matter_is_the_party_committee(village):
    village.do(call())
    for body in BODIES[1:]:
        assert village.reason(call(body, meeting=MeetingId("m8"))) is Reason.STAGE_OUT_OF_ORDER


@pytest.mark.parametrize("body", BODIES)
def test_a_body_is_called_only_when_the_stage_before_it_has_carried(body):
    sim = MeetingSimulator().found().carried_up_to(body)
    for other in BODIES:
        other_call = call(other, starts_at=datetime(2026, 12, 24, 9, 30, tzinfo=CHINA))
        if other is not body:
            refusal = refused(lambda asked=other_call: sim.do(asked))
            assert refusal.reason is Reason.STAGE_OUT_OF_ORDER
            assert "第十九条" in refusal.basis
    sim.convene(body)


def test_after_the_last_deliberation_no_body_is_called_on_the_matter_again():
    sim = convened(entitled=3).check_in(3).open().open_vote().cast(3).close().adjourn()
    for body in BODIES:
        assert sim.reason(call(body)) is Reason.STAGE_OUT_OF_ORDER


@pytest.mark.parametrize("body", BODIES)
def test_notice_is_counted_in_whole_days_of_the_calendar(body):
    sim = MeetingSimulator().found().carried_up_to(body)
    sim.clock.at = sim.clock.at.replace(hour=23, minute=59)
    first = sim.clock.at.replace(hour=0, minute=0, second=0)
    needed = ROWS[body].notice_days
    for days in range(-1, needed):
        soon = call(body, starts_at=first.replace(day=first.day + days))
        refusal = refused(lambda asked=soon: sim.do(asked))
        assert refusal.reason is Reason.NOTICE_TOO_SHORT
        assert refusal.facts == {"days": days, "needed": needed}
    sim.do(call(body, starts_at=first.replace(day=first.day + needed)))


def test_the_calendar_of_notice_is_that_of_china_and_not_of_greenwich(village):
    village.clock.at = FIRST_DAY.replace(hour=7)  # 23:00 of the day before in Greenwich
    assert village.reason(call(starts_at=FIRST_DAY.replace(hour=20))) is Reason.NOTICE_TOO_SHORT


def test_a_meeting_needs_an_agenda(village):
    assert village.reason(call(agenda=())) is Reason.AGENDA_EMPTY


def test_a_matter_of_the_agenda_must_be_on_file(village):
    assert village.reason(call(agenda=(MATTER, MatterId("unknown")))) is Reason.NO_SUCH_MATTER


def test_a_meeting_is_called_once(village):
    village.do(call())
    assert village.reason(call()) is Reason.MEETING_EXISTS


def test_nobody_is_seated_twice_even_in_two_capacities(village):
    member = seat("v01", Capacity.PARTY_COMMITTEE_MEMBER)
    also = seat("v01", Capacity.SUPERVISOR, votes=False)
    assert village.reason(call(seats=(member, also))) is Reason.SEATED_TWICE


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("capacity", Capacity)
def test_only_the_capacities_of_the_row_have_a_vote(body, capacity):
    sim = MeetingSimulator().found().carried_up_to(body)
    starts_at = datetime(2026, 12, 24, 9, 30, tzinfo=CHINA)
    lawful = capacity in ROWS[body].voters
    voter = seat("v99", VOTERS[body])
    wrong = call(body, starts_at=starts_at, seats=(voter, seat("p", capacity, votes=not lawful)))
    refusal = refused(lambda: sim.do(wrong))
    assert refusal.reason is Reason.SEAT_MAY_NOT_VOTE
    assert refusal.facts == {"name": "某p"}
    assert refusal.basis == ROWS[body].voters_basis
    sim.do(call(body, starts_at=starts_at, seats=(voter, seat("p", capacity, votes=lawful))))


def test_a_meeting_without_anybody_entitled_is_not_called(village):
    observers = (seat("o01", Capacity.ADVISER, votes=False),)
    assert village.reason(call(seats=observers)) is Reason.NOBODY_ENTITLED
    assert village.reason(call(seats=())) is Reason.NOBODY_ENTITLED


def test_meetings_are_numbered_by_body(village):
    village.hold(Body.PARTY_COMMITTEE, 3, against=2)
    village.hold(Body.PARTY_COMMITTEE, 3)
    village.hold(Body.TWO_COMMITTEES, 3)
    meetings = village.village().meetings.values()
    assert [meeting.ordinal for meeting in meetings] == [1, 2, 1]


def test_matters_are_numbered_from_one_and_filed_once(village):
    village.do(raising(MatterId("well"), "打井"))
    assert [matter.number for matter in village.village().matters.values()] == [1, 2]
    assert village.reason(raising(MatterId("well"), "打井")) is Reason.MATTER_EXISTS


def test_a_village_is_founded_once_and_first():
    sim = MeetingSimulator()
    assert sim.reason(raising()) is Reason.NO_SUCH_MEETING
    sim.found()
    again = c.FoundVillage(sim.village().id, "x", "x", "x", "x", demonstration=False)
    assert sim.reason(again) is Reason.VILLAGE_EXISTS
