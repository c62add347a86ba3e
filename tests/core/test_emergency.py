"""Emergencies: two officers and a supervisor sign, each once, and a meeting of the village is told."""

import pytest
from procedure_story import CHAIR, SECRETARY, SUPERVISOR, told

from kiosk.core import commands as c
from kiosk.core.refusals import Reason
from kiosk.core.terms import Body, EmergencyId, MeetingId, Role, RowId, Stage
from kiosk.core.values import Actor

FLOOD = EmergencyId("flood")
DECLARED = c.DeclareEmergency(FLOOD, "台风，河堤将决", "连夜加固河堤")
COUNTERSIGNED = c.CountersignEmergency(FLOOD)
WITNESSED = c.WitnessEmergency(FLOOD, "我在现场")


def emergency(story):
    return story.village().emergency(FLOOD)


def declared(story=None):
    story = story or told()
    story.do(DECLARED, CHAIR)
    return story


def signed(story=None):
    story = declared(story)
    story.do(COUNTERSIGNED, SECRETARY)
    story.do(WITNESSED, SUPERVISOR)
    return story


def in_session(**changed):
    """The meeting that decides is open, and nobody has spoken of the emergency yet."""
    story = told(**changed).carry(Stage.DECISION)
    body = story.village().rows[story.matter().row].body
    return story.convene(body, 3).check_in(3).open()


def report(story):
    return c.ReportEmergency(story.meeting_id, FLOOD)


def test_who_acts_first_says_why_and_what_is_done():
    assert told().reason(c.DeclareEmergency(FLOOD, "", "加固")) is Reason.TEXT_MISSING
    assert told().reason(c.DeclareEmergency(FLOOD, "台风", " ")) is Reason.TEXT_MISSING
    story = declared()
    assert emergency(story).declared_by == CHAIR.person
    assert story.reason(DECLARED) is Reason.EMERGENCY_EXISTS


def test_an_emergency_is_owed_from_the_moment_it_is_declared():
    story = declared()
    assert emergency(story).is_owed
    assert not emergency(story).is_signed


def test_a_second_officer_signs_and_not_the_first_again():
    story = declared()
    assert story.reason(COUNTERSIGNED, CHAIR) is Reason.SAME_OFFICER
    story.do(COUNTERSIGNED, SECRETARY)
    assert emergency(story).countersigned_by == SECRETARY.person
    assert not emergency(story).is_signed


def test_the_witness_is_a_third_person_of_the_supervisors():
    story = declared()
    assert story.reason(WITNESSED, SECRETARY) is Reason.ROLE_MAY_NOT
    assert story.reason(WITNESSED, Actor(Role.SUPERVISOR, CHAIR.person)) is Reason.SAME_OFFICER
    story.do(WITNESSED, SUPERVISOR)
    assert emergency(story).statement == "我在现场"
    as_officer = Actor(Role.SECRETARY, SUPERVISOR.person)
    assert story.reason(COUNTERSIGNED, as_officer) is Reason.SAME_OFFICER


def test_nobody_unknown_signs_beside_somebody_unknown():
    story = told()
    story.do(DECLARED, Actor(Role.CHAIR))
    assert story.reason(COUNTERSIGNED, Actor(Role.SECRETARY)) is Reason.SAME_OFFICER


def test_each_signs_once():
    story = signed()
    assert emergency(story).is_signed
    assert story.reason(COUNTERSIGNED, SECRETARY) is Reason.EMERGENCY_SIGNED
    assert story.reason(WITNESSED, SUPERVISOR) is Reason.EMERGENCY_SIGNED


def test_the_witness_says_what_was_seen():
    assert declared().reason(c.WitnessEmergency(FLOOD, ""), SUPERVISOR) is Reason.TEXT_MISSING


@pytest.mark.parametrize("command", [COUNTERSIGNED, WITNESSED])
def test_nobody_signs_for_what_was_not_declared(command):
    assert told().reason(command) is Reason.NO_SUCH_EMERGENCY


@pytest.mark.parametrize(
    "changed",
    [{}, {"row": RowId.ASSEMBLY, "mandate": ""}, {"row": RowId.HOUSEHOLDS, "mandate": ""}],
)
def test_the_next_meeting_of_the_village_is_told(changed):
    story = signed(in_session(**changed))
    story.do(report(story))
    assert emergency(story).reported_in == story.meeting_id
    assert not emergency(story).is_owed


def test_a_meeting_is_told_only_of_what_three_people_signed():
    story = declared(in_session())
    assert story.reason(report(story)) is Reason.EMERGENCY_NOT_SIGNED
    story.do(COUNTERSIGNED, SECRETARY)
    assert story.reason(report(story)) is Reason.EMERGENCY_NOT_SIGNED
    story.do(WITNESSED, SUPERVISOR)
    story.do(report(story))


def test_a_meeting_is_told_once():
    story = signed(in_session())
    story.do(report(story))
    lines = story.lines()
    story.do(report(story))
    assert story.lines() == lines


def test_it_is_a_meeting_in_session_that_is_told():
    story = signed(told().carry(Stage.DECISION))
    story.convene(Body.REPRESENTATIVES, 3)
    assert story.reason(report(story)) is Reason.NOT_IN_SESSION
    assert story.reason(c.ReportEmergency(MeetingId("x"), FLOOD)) is Reason.NO_SUCH_MEETING


def test_it_is_not_the_party_that_is_told():
    story = signed().convene(Body.PARTY_COMMITTEE, 3).check_in(3).open()
    assert story.reason(report(story)) is Reason.WRONG_BODY
