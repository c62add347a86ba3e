"""A sitting: notices, arriving and leaving, opening with a quorum, pausing without it, adjourning, publishing."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from simulator import LETTER, MATTER, MeetingSimulator, convened, refused, voting

from kiosk.core import commands as c
from kiosk.core.events import (
    CheckedIn,
    CheckedOut,
    MeetingAdjourned,
    MeetingCalledOff,
    MeetingInquorate,
    MeetingOpened,
    MeetingPaused,
    MeetingResumed,
    NoticeServed,
    PublicationOpened,
)
from kiosk.core.law.periods import Periods
from kiosk.core.meetings.course import MeetingState, Pause, Served
from kiosk.core.meetings.sitting import ALLOWED, REFUSED_WHILE
from kiosk.core.refusals import Reason
from kiosk.core.terms import (
    Body,
    EmergencyId,
    MatterId,
    Means,
    MeetingId,
    PersonId,
    Role,
    Stage,
    day_of,
)
from kiosk.core.values import Actor

WELL = MatterId("well")


def arriving(sim, person):
    return c.CheckIn(sim.meeting_id, PersonId(person))


def leaving(sim, person):
    return c.CheckOut(sim.meeting_id, PersonId(person))


def paused():
    """Thirty are just enough of forty-five; one leaves."""
    return convened().check_in(30).open().leave("v30")


def everything(sim):
    """A command of every kind that may be asked of the meeting."""
    meeting, person = sim.meeting_id, PersonId("v01")
    return (
        c.ServeNotice(meeting, (person,), Means.PHONE),
        c.CallOffMeeting(meeting, "台风"),
        c.DeclareInquorate(meeting),
        c.CheckIn(meeting, person),
        c.CheckOut(meeting, person),
        c.GiveProxy(meeting, person, PersonId("v02"), "h1", LETTER),
        c.ReportFilmRoom(meeting, 10),
        c.AcceptShortFilm(meeting),
        c.OpenMeeting(meeting),
        c.TakeItem(meeting, MATTER),
        c.ReorderAgenda(meeting, (MATTER,)),
        c.RequestFloor(meeting, person),
        c.GiveFloor(meeting, person, 60),
        c.EndSpeech(meeting),
        c.AmendProposal(meeting, MATTER, person, ("修两公里",)),
        c.TakeOutOfConsent(meeting, MATTER, person),
        c.DeclareRecusal(meeting, MATTER, person, "亲属承包"),
        sim.opening_vote(),
        *sim.everything_of_a_vote(),
        c.Adjourn(meeting),
        c.PinNote(meeting, sim.clock.at, "主持人没有念方案。"),
        c.NoteMinutes(meeting, person, MATTER, "有人问路宽。"),
        c.ReadMinutes(meeting, person, 1, "ab" * 32),
        c.ApproveMinutes(meeting, person, 1, "ab" * 32),
        c.CompareSignedPaper(meeting, 1, "ab" * 32, agrees=True),
        c.ReportStick(meeting, 1, "ab" * 32, agrees=True),
        c.AcceptRecordDifference(meeting, person, "换过主机"),
    )


# --- what may be asked when


def test_every_command_on_a_meeting_says_in_which_state_it_is_allowed():
    beside = c.ReportFilmRoom | c.MinutesCommand | c.WitnessingCommand
    of_meetings = set(get_args(c.MeetingCommand | c.VoteCommand | beside))
    assert ALLOWED.keys() == of_meetings - {c.ConveneMeeting}
    assert REFUSED_WHILE.keys() == set(MeetingState)
    assert {type(command) for command in everything(convened())} == ALLOWED.keys()


def in_state(state):
    match state:
        case MeetingState.CALLED:
            return convened()
        case MeetingState.IN_SESSION:
            return voting(present=30)
        case MeetingState.PAUSED:
            return voting(present=30).leave("v30")
        case MeetingState.ADJOURNED:
            return voting(present=30).cast(30).close().adjourn()
        case MeetingState.INQUORATE:
            sim = convened().check_in(29).until_the_hour()
            sim.do(c.DeclareInquorate(sim.meeting_id))
            return sim
        case MeetingState.CALLED_OFF:
            sim = convened()
            sim.do(c.CallOffMeeting(sim.meeting_id, "台风"))
            return sim


@pytest.mark.parametrize("state", MeetingState)
def test_what_a_state_does_not_allow_it_refuses_with_its_reason(state):
    sim = in_state(state)
    assert sim.meeting().state is state
    for command in everything(sim):
        if state not in ALLOWED[type(command)]:
            assert sim.reason(command) is REFUSED_WHILE[state]


def test_a_meeting_that_was_never_called_is_not_there():
    sim = convened()
    sim.meeting_id = MeetingId("unknown")
    assert refused(sim.open).reason is Reason.NO_SUCH_MEETING


# --- before the meeting


def test_notices_served_are_on_record_with_their_means_and_time():
    sim = convened()
    served = c.ServeNotice(sim.meeting_id, (PersonId("v01"), PersonId("v02")), Means.PHONE)
    sim.do(served)
    assert sim.events()[-1] == NoticeServed(sim.meeting_id, served.people, Means.PHONE)
    assert sim.meeting().served == dict.fromkeys(("v01", "v02"), Served(Means.PHONE, sim.clock.at))


def test_the_same_notice_again_is_one_fact_and_another_means_is_another():
    sim = convened()
    served = c.ServeNotice(sim.meeting_id, (PersonId("v01"),), Means.PHONE)
    sim.do(served)
    lines = sim.lines()
    sim.do(served)
    assert sim.lines() == lines
    sim.do(replace(served, means=Means.IN_PERSON))
    assert sim.meeting().served["v01"].means is Means.IN_PERSON


def test_only_people_who_are_called_are_served():
    sim = convened()
    wrong = c.ServeNotice(sim.meeting_id, (PersonId("v01"), PersonId("stranger")), Means.PHONE)
    assert sim.reason(wrong) is Reason.NOT_CALLED


def test_a_meeting_is_called_off_with_a_ground_and_its_matters_wait_for_another():
    sim = convened(entitled=3)
    assert sim.reason(c.CallOffMeeting(sim.meeting_id, " ")) is Reason.TEXT_MISSING
    sim.do(c.CallOffMeeting(sim.meeting_id, "台风"))
    assert sim.events()[-1] == MeetingCalledOff(sim.meeting_id, "台风")
    assert sim.meeting().is_over
    assert sim.village().next_meeting is None
    assert sim.matter().due is Stage.DECISION
    sim.hold(Body.REPRESENTATIVES, 3)
    assert sim.matter().decision.carried


# --- arriving and leaving


def test_law_2_checking_in_twice_is_one_fact():
    sim = convened().arrive("v01")
    lines, since = sim.lines(), sim.meeting().arrivals["v01"]
    sim.arrive("v01")
    assert sim.lines() == lines
    assert sim.meeting().arrivals["v01"] == since


def test_law_2_leaving_and_returning_are_facts_of_their_own_with_their_times():
    sim = convened().arrive("v01")
    came = sim.clock.at
    sim.leave("v01")
    went = sim.clock.at
    sim.arrive("v01")
    meeting, person = sim.meeting_id, PersonId("v01")
    facts = [CheckedIn(meeting, person), CheckedOut(meeting, person), CheckedIn(meeting, person)]
    assert sim.events()[-3:] == facts
    series = [(m.person, m.at, m.came) for m in sim.meeting().presence]
    assert series == [("v01", came, True), ("v01", went, False), ("v01", sim.clock.at, True)]
    assert sim.meeting().arrivals["v01"] == sim.clock.at


def test_nobody_checks_in_before_the_day_of_the_meeting():
    sim = convened()
    sim.clock.at = sim.meeting().starts_at.replace(hour=0, minute=0) - timedelta(seconds=2)
    assert sim.reason(arriving(sim, "v01")) is Reason.TOO_EARLY
    sim.do(arriving(sim, "v01"))


def test_only_people_who_were_called_check_in():
    sim = convened().until_the_day()
    assert sim.reason(arriving(sim, "stranger")) is Reason.NOT_CALLED


def test_people_without_a_vote_check_in_too_and_are_not_counted():
    sim = convened(observers=3).arrive("o01", "o02", "o03")
    assert len(sim.meeting().arrivals) == 3
    assert not sim.meeting().present


def test_only_who_is_there_can_leave():
    sim = convened()
    assert sim.reason(leaving(sim, "stranger")) is Reason.NOT_CALLED
    assert sim.reason(leaving(sim, "v01")) is Reason.NOT_CHECKED_IN
    sim.arrive("v01").leave("v01")
    assert sim.reason(leaving(sim, "v01")) is Reason.NOT_CHECKED_IN


# --- opening


@pytest.mark.parametrize(
    ("body", "entitled", "needed"),
    [
        (Body.PARTY_COMMITTEE, 5, 3),  # half: 6 ≥ 5
        (Body.TWO_COMMITTEES, 8, 6),  # two thirds: 18 ≥ 16
        (Body.PARTY_MEETING, 21, 14),
        (Body.REPRESENTATIVES, 45, 30),
        (Body.ASSEMBLY, 10, 6),  # more than half: 12 > 10
        (Body.HOUSEHOLDS, 10, 7),
        (Body.GROUP, 10, 7),
        (Body.GROUP_HOUSEHOLDS, 9, 6),
        (Body.MEMBERS, 10, 7),
        (Body.MEMBER_REPRESENTATIVES, 21, 14),
    ],
)
def test_a_meeting_opens_only_with_its_quorum(body, entitled, needed):
    sim = convened(entitled, body=body, observers=3).check_in(needed - 1).arrive("o01")
    refusal = refused(sim.open)
    assert refusal.reason is Reason.NO_QUORUM
    assert refusal.basis == sim.meeting().row.quorum_basis
    numbers = {"entitled": entitled, "needed": needed, "present": needed - 1, "missing": 1}
    assert refusal.facts == numbers
    assert sim.check_in(1).open().meeting().state is MeetingState.IN_SESSION


def test_law_2_the_roll_is_everybody_entitled_and_fixed_when_the_meeting_opens():
    sim = convened(entitled=45, observers=3).check_in(30).arrive("o01").open()
    opened = sim.events()[-1]
    assert isinstance(opened, MeetingOpened)
    assert opened.roll == tuple(f"v{n:02d}" for n in range(1, 46))
    assert opened.present == 30
    sim.check_in(5).leave("v01", "v02")
    assert sim.meeting().entitled == set(opened.roll)
    assert len(sim.meeting().present) == 33


def test_a_meeting_opens_once():
    sim = convened().check_in(30).open()
    assert refused(sim.open).reason is Reason.ALREADY_IN_SESSION


def test_a_meeting_does_not_open_before_its_day():
    sim = convened(entitled=3)
    assert refused(sim.open).reason is Reason.TOO_EARLY


def test_while_one_meeting_is_in_session_no_other_opens():
    sim = MeetingSimulator().found(MATTER, WELL)
    sim.convene(Body.PARTY_COMMITTEE, 3).convene(Body.PARTY_COMMITTEE, 3, agenda=(WELL,))
    first, second = (MeetingId("m1"), MeetingId("m2"))
    for sim.meeting_id in (first, second):
        sim.check_in(3)
    sim.do(c.OpenMeeting(first))
    assert sim.reason(c.OpenMeeting(second)) is Reason.ANOTHER_MEETING_IN_SESSION
    sim.do(c.CheckOut(first, PersonId("v01")))
    sim.do(c.CheckOut(first, PersonId("v02")))
    assert sim.village().meeting(first).state is MeetingState.PAUSED
    assert sim.reason(c.OpenMeeting(second)) is Reason.ANOTHER_MEETING_IN_SESSION
    sim.do(c.Adjourn(first))
    sim.do(c.OpenMeeting(second))
    assert sim.village().sitting_meeting.id == second


# --- too few


def test_a_meeting_to_which_too_few_came_is_a_recorded_result():
    sim = convened(entitled=45, observers=1).check_in(29).arrive("o01")
    declared = c.DeclareInquorate(sim.meeting_id)
    assert sim.reason(declared) is Reason.TOO_EARLY
    sim.until_the_hour().do(declared)
    assert sim.events()[-1] == MeetingInquorate(sim.meeting_id, entitled=45, present=29)
    assert sim.meeting().is_over
    assert sim.matter().due is Stage.DECISION
    assert sim.hold(Body.REPRESENTATIVES, 3).matter().decision.carried


def test_a_meeting_with_its_quorum_is_not_declared_inquorate():
    sim = convened().check_in(30).until_the_hour()
    assert sim.reason(c.DeclareInquorate(sim.meeting_id)) is Reason.QUORUM_IS_THERE


# --- the quorum is lost and found


def test_law_2_losing_the_quorum_pauses_the_meeting():
    sim = convened(observers=1).check_in(31).arrive("o01").open().leave("o01", "v31")
    assert sim.meeting().state is MeetingState.IN_SESSION
    sim.leave("v30")
    meeting = sim.meeting_id
    assert sim.events()[-2:] == [
        CheckedOut(meeting, PersonId("v30")),
        MeetingPaused(meeting, present=29),
    ]
    assert sim.meeting().state is MeetingState.PAUSED
    assert sim.meeting().in_session
    since = sim.clock.at
    sim.arrive("o01")
    assert sim.meeting().state is MeetingState.PAUSED
    sim.arrive("v31")
    assert sim.events()[-2:] == [
        CheckedIn(meeting, PersonId("v31")),
        MeetingResumed(meeting, present=30),
    ]
    assert sim.meeting().state is MeetingState.IN_SESSION
    assert sim.meeting().pauses == (Pause(since, sim.clock.at),)


def test_a_pause_says_how_many_are_missing_and_by_which_article():
    sim = paused().leave("v29")
    refusal = refused(sim.open_vote)
    assert refusal.reason is Reason.MEETING_PAUSED
    assert refusal.facts == {"entitled": 45, "needed": 30, "present": 28, "missing": 2}
    assert refusal.basis == "村民委员会组织法第三十条"


def test_before_the_opening_nothing_is_paused():
    sim = convened().check_in(30).leave("v30")
    assert sim.meeting().state is MeetingState.CALLED


def test_a_vote_that_is_open_waits_for_the_quorum_with_its_electorate():
    sim = voting(present=30).cast(3).leave("v29", "v30")
    electorate = sim.vote().electorate
    assert sim.reason(sim.casting("v04")) is Reason.MEETING_PAUSED
    assert refused(sim.close).reason is Reason.MEETING_PAUSED
    sim.arrive("v31", "v32")
    assert sim.vote().electorate == electorate
    assert sim.reason(sim.casting("v31")) is Reason.NOT_IN_ELECTORATE
    sim.ballot("v04").close()
    assert sim.vote().tally.present == 30


def test_while_paused_a_speech_ends_a_vote_is_voided_and_the_meeting_adjourns():
    sim = convened().check_in(30).open().open_vote().give("v01").leave("v30")
    assert sim.reason(c.Adjourn(sim.meeting_id)) is Reason.VOTE_OPEN
    sim.end_speech().void().adjourn()
    assert sim.meeting().state is MeetingState.ADJOURNED
    assert sim.meeting().pauses[-1].until == sim.meeting().adjourned_at


# --- adjourning


def test_a_meeting_is_not_adjourned_while_a_vote_is_open():
    sim = voting(present=30)
    assert refused(sim.adjourn).reason is Reason.VOTE_OPEN
    assert not sim.cast(30).close().adjourn().meeting().in_session


def test_a_meeting_that_was_not_opened_is_not_adjourned():
    assert refused(convened().check_in(30).adjourn).reason is Reason.NOT_IN_SESSION


def test_a_meeting_may_end_with_items_not_reached():
    sim = convened(3, agenda=(MATTER, WELL)).check_in(3).open().open_vote().cast(3).close()
    sim.adjourn()
    assert sim.matter(WELL).due is Stage.DECISION
    sim.hold(Body.REPRESENTATIVES, 3, agenda=(WELL,))
    assert sim.matter(WELL).due is None


def test_what_was_decided_is_published_from_the_day_itself_for_the_days_of_the_village():
    sim = convened(3)
    sim.do(c.ChangePeriods(Periods(public_days=20), "村规民约", "村民会议"))
    sim.check_in(3).open().open_vote().cast(3).close().adjourn()
    adjourned, opened = sim.events()[-2:]
    assert adjourned == MeetingAdjourned(sim.meeting_id)
    first = day_of(sim.clock.at)
    assert opened == PublicationOpened(
        matter=MATTER,
        stage=Stage.RESOLUTION_PUBLIC,
        meeting=sim.meeting_id,
        vote=sim.vote_id,
        year=2026,
        number=1,
        first_day=first,
        last_day=first + timedelta(19),
        summary="",
    )


def test_every_decision_is_published_defeats_too_and_void_votes_not():
    agenda = (MATTER, WELL, MatterId("lamp"))
    sim = convened(3, agenda=agenda, consent=True).check_in(3).open()
    sim.open_vote(MATTER).cast(3).close().void()
    sim.open_vote(MATTER, WELL).cast(3).close()
    kept = sim.vote_id
    sim.open_vote(agenda[2]).cast(0, 3).close().adjourn()
    opened = [e for e in sim.events() if isinstance(e, PublicationOpened)]
    assert [(e.matter, e.vote, e.number) for e in opened] == [
        (MATTER, kept, 1),
        (WELL, kept, 2),
        ("lamp", sim.vote_id, 3),
    ]


def test_stages_before_the_decision_are_not_published():
    sim = MeetingSimulator().found().carried_up_to(Body.REPRESENTATIVES)
    assert not any(isinstance(event, PublicationOpened) for event in sim.events())


# --- emergencies

LANDSLIDE = EmergencyId("landslide")


def alarm(sim):
    sim.do(c.DeclareEmergency(LANDSLIDE, "山体滑坡", "先行封路清障"))
    return sim


@pytest.mark.parametrize("body", [Body.REPRESENTATIVES, Body.ASSEMBLY, Body.HOUSEHOLDS])
def test_an_emergency_is_reported_before_the_villagers_or_their_representatives_part(body):
    sim = alarm(convened(3, body=body).check_in(3).open())
    assert refused(sim.adjourn).reason is Reason.EMERGENCY_OWED


@pytest.mark.parametrize("body", [Body.PARTY_COMMITTEE, Body.TWO_COMMITTEES, Body.PARTY_MEETING])
def test_other_meetings_do_not_owe_the_report_of_an_emergency(body):
    sim = alarm(convened(3, body=body).check_in(3).open())
    assert sim.adjourn().meeting().is_over


def test_once_the_meeting_was_told_of_the_emergency_it_may_end():
    sim = alarm(convened(3).check_in(3).open())
    sim.do(c.CountersignEmergency(LANDSLIDE), Actor(Role.SECRETARY, PersonId("second")))
    sim.do(c.WitnessEmergency(LANDSLIDE, "到场见证"), Actor(Role.SUPERVISOR, PersonId("third")))
    refusal = refused(sim.adjourn)
    assert (refusal.reason, refusal.facts) == (Reason.EMERGENCY_OWED, {"owed": 1})
    sim.do(c.ReportEmergency(sim.meeting_id, LANDSLIDE))
    assert sim.adjourn().meeting().is_over


def test_law_1_a_meeting_begins_on_the_day_that_people_were_told():
    sim = convened(3).check_in(2)
    sim.clock.pass_days(1)
    late = c.CheckIn(sim.meeting_id, PersonId("v03"))
    assert sim.reason(late) is Reason.DAY_PAST
    assert sim.reason(c.OpenMeeting(sim.meeting_id)) is Reason.DAY_PAST
    sim.do(c.CallOffMeeting(sim.meeting_id, "通知的那天没有开成"))


def test_a_meeting_that_is_on_may_last_past_midnight():
    sim = convened(3).check_in(2).open()
    sim.clock.pass_days(1)
    sim.do(c.CheckIn(sim.meeting_id, PersonId("v03")))
    assert len(sim.open_vote().vote().electorate) == 3
