"""A sitting: arriving and leaving, opening with a quorum, one vote at a time, adjourning."""

from dataclasses import replace

from simulator import MATTER, MeetingSimulator, convened, refused, voting

from kiosk.core import commands as c
from kiosk.core.events import CheckedIn, CheckedOut, MeetingOpened, VoteOpened
from kiosk.core.refusals import Reason
from kiosk.core.terms import Body, MatterId, MeetingId, PersonId, VoteId

WELL = MatterId("well")


def arriving(sim, person):
    return c.CheckIn(sim.meeting_id, PersonId(person))


def leaving(sim, person):
    return c.CheckOut(sim.meeting_id, PersonId(person))


def opening_vote(sim, matter=MATTER, vote="another"):
    return c.OpenVote(sim.meeting_id, matter, VoteId(vote), running_tally=False)


# --- arriving and leaving


def test_checking_in_twice_is_one_fact():
    sim = convened().arrive("v01")
    lines, since = sim.lines(), sim.meeting().arrivals["v01"]
    sim.arrive("v01")
    assert sim.lines() == lines
    assert sim.meeting().arrivals["v01"] == since


def test_leaving_and_returning_are_facts_of_their_own_with_their_times():
    sim = convened().arrive("v01").leave("v01").arrive("v01")
    meeting, person = sim.meeting_id, PersonId("v01")
    facts = [CheckedIn(meeting, person), CheckedOut(meeting, person), CheckedIn(meeting, person)]
    assert sim.events()[-3:] == facts
    assert sim.meeting().arrivals["v01"] == sim.clock.at


def test_nobody_checks_in_before_the_day_of_the_meeting():
    sim = convened()
    assert sim.reason(arriving(sim, "v01")) is Reason.TOO_EARLY
    sim.until_the_day()
    sim.clock.at = sim.clock.at.replace(hour=0, minute=1)
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
    assert sim.reason(leaving(sim, "v01")) is Reason.NOT_CHECKED_IN
    sim.arrive("v01").leave("v01")
    assert sim.reason(leaving(sim, "v01")) is Reason.NOT_CHECKED_IN


# --- opening


def test_the_roll_is_everybody_entitled_and_fixed_when_the_meeting_opens():
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


def test_while_one_meeting_is_in_session_no_other_opens():
    sim = MeetingSimulator().found(MATTER, WELL)
    sim.convene(Body.PARTY_COMMITTEE, 3).convene(Body.PARTY_COMMITTEE, 3, agenda=(WELL,))
    first, second = (MeetingId("m1"), MeetingId("m2"))
    for sim.meeting_id in (first, second):
        sim.check_in(3)
    sim.do(c.OpenMeeting(first))
    assert sim.reason(c.OpenMeeting(second)) is Reason.ANOTHER_MEETING_IN_SESSION
    sim.do(c.Adjourn(first))
    sim.do(c.OpenMeeting(second))
    assert sim.village().sitting_meeting.id == second


# --- votes


def test_no_vote_opens_before_the_meeting_does():
    sim = convened().check_in(30)
    assert sim.reason(opening_vote(sim)) is Reason.NOT_IN_SESSION


def test_the_electorate_is_whoever_is_present_and_entitled_when_the_vote_opens():
    sim = convened(entitled=45, observers=3).check_in(31).arrive("o01").open()
    sim.recuse("v02", "v45").leave("v01").open_vote()
    opened = sim.events()[-1]
    assert isinstance(opened, VoteOpened)
    assert opened.electorate == tuple(f"v{n:02d}" for n in range(2, 32))
    assert opened.recused == ("v02",)


def test_a_vote_is_on_a_matter_of_the_agenda():
    sim = MeetingSimulator().found(MATTER, WELL).convene(Body.PARTY_COMMITTEE, 3).check_in(3).open()
    assert sim.reason(opening_vote(sim, WELL)) is Reason.NOT_ON_AGENDA
    assert sim.reason(opening_vote(sim, MatterId("unknown"))) is Reason.NOT_ON_AGENDA


def test_one_vote_at_a_time():
    sim = convened(3, agenda=(MATTER, WELL)).check_in(3).open().open_vote(MATTER)
    assert sim.reason(opening_vote(sim, WELL)) is Reason.VOTE_OPEN
    sim.cast(3).close().open_vote(WELL)
    assert sim.meeting().open_vote.matter == WELL


def test_a_matter_that_was_voted_on_is_not_voted_on_again_in_the_same_meeting():
    sim = voting(present=30).cast(5, 25).close()
    assert sim.reason(opening_vote(sim)) is Reason.ALREADY_DECIDED


def test_the_id_of_a_vote_is_used_once_in_the_village():
    sim = convened(3, agenda=(MATTER, WELL)).check_in(3).open().open_vote(MATTER).cast(3).close()
    assert sim.reason(opening_vote(sim, WELL, sim.vote_id)) is Reason.VOTE_EXISTS
    assert sim.reason(opening_vote(sim, WELL, "m1-vote-1")) is Reason.VOTE_EXISTS


def test_when_the_quorum_is_lost_no_further_vote_opens_until_it_is_back():
    sim = convened(45, agenda=(MATTER, WELL)).check_in(30).open().open_vote(MATTER).cast(30).close()
    sim.leave("v30")
    refusal = refused(lambda: sim.do(opening_vote(sim, WELL)))
    assert refusal.reason is Reason.NO_QUORUM
    assert refusal.facts["missing"] == 1
    sim.arrive("v31").open_vote(WELL)
    assert len(sim.vote().electorate) == 30


def test_a_vote_that_is_open_goes_on_when_people_leave():
    sim = voting(present=30).leave("v29", "v30").cast(0)
    sim.cast(28).close()
    assert sim.vote().tally.unused == 2
    assert sim.vote().carried


def test_a_matter_decided_elsewhere_since_the_call_is_not_voted_on_again():
    sim = MeetingSimulator().found().convene(Body.PARTY_COMMITTEE, 3)
    called_first = sim.meeting_id
    sim.hold(Body.PARTY_COMMITTEE, 3)
    sim.meeting_id = called_first
    sim.check_in(3).open()
    assert sim.reason(opening_vote(sim)) is Reason.STAGE_OUT_OF_ORDER


# --- standing aside


def test_standing_aside_twice_is_one_fact():
    sim = convened().recuse("v01")
    lines = sim.lines()
    assert sim.recuse("v01").lines() == lines


def test_standing_aside_comes_before_the_vote():
    sim = voting(present=30)
    aside = c.DeclareRecusal(sim.meeting_id, MATTER, PersonId("v01"), "亲属承包")
    assert sim.reason(aside) is Reason.VOTE_OPEN
    sim.cast(30).close()
    assert sim.reason(aside) is Reason.ALREADY_DECIDED


def test_only_who_was_called_and_has_a_vote_stands_aside_and_only_from_the_agenda():
    sim = convened(observers=1)
    aside = c.DeclareRecusal(sim.meeting_id, MATTER, PersonId("v01"), "亲属承包")
    assert sim.reason(replace(aside, person=PersonId("stranger"))) is Reason.NOT_CALLED
    assert sim.reason(replace(aside, person=PersonId("o01"))) is Reason.NO_VOTING_RIGHT
    assert sim.reason(replace(aside, matter=WELL)) is Reason.NOT_ON_AGENDA


def test_standing_aside_is_from_one_matter_only():
    sim = convened(3, agenda=(MATTER, WELL)).check_in(3).open().recuse("v01")
    sim.open_vote(MATTER).cast(2).close().open_vote(WELL)
    assert sim.vote().waiting == {"v01", "v02", "v03"}


# --- adjourning


def test_a_meeting_is_not_adjourned_while_a_vote_is_open():
    sim = voting(present=30)
    assert refused(sim.adjourn).reason is Reason.VOTE_OPEN
    assert not sim.cast(30).close().adjourn().meeting().in_session


def test_a_meeting_that_was_not_opened_is_not_adjourned():
    assert refused(convened().check_in(30).adjourn).reason is Reason.NOT_IN_SESSION


def test_after_the_meeting_nothing_of_it_changes_any_more():
    sim = voting(present=30).cast(29).close().adjourn()
    meeting, vote, person = sim.meeting_id, sim.vote_id, PersonId("v30")
    for command in (
        c.CheckIn(meeting, person),
        c.CheckOut(meeting, person),
        c.OpenMeeting(meeting),
        c.DeclareRecusal(meeting, MATTER, person, "亲属承包"),
        opening_vote(sim),
        sim.casting("v30"),
        c.CloseVote(meeting, vote, unused_confirmed=True),
        c.Adjourn(meeting),
    ):
        assert sim.reason(command) is Reason.MEETING_OVER


def test_a_meeting_that_was_never_called_is_not_there():
    sim = convened()
    sim.meeting_id = MeetingId("unknown")
    assert refused(sim.open).reason is Reason.NO_SUCH_MEETING
