"""The floor: which matter the meeting is on, who speaks for how long, what is changed before the vote."""

from dataclasses import replace

import pytest
from simulator import MATTER, convened, refused

from kiosk.core import commands as c
from kiosk.core.events import (
    AgendaReordered,
    CheckedOut,
    FloorGiven,
    FloorRequested,
    ItemTaken,
    ItemTakenOutOfConsent,
    ProposalAmended,
    SpeechEnded,
)
from kiosk.core.meetings.course import Item, Speaker, Speech
from kiosk.core.refusals import Reason
from kiosk.core.terms import Body, MatterId, PersonId, Stage

WELL, LAMP = MatterId("well"), MatterId("lamp")


def in_session(*agenda, observers=1, consent=False):
    """Three of four are there, and whoever attends; these matters are on the agenda."""
    sim = convened(4, observers, agenda=agenda or (MATTER,), consent=consent)
    return sim.check_in(3).arrive(*(f"o{n:02d}" for n in range(1, observers + 1))).open()


# --- the agenda


def test_a_meeting_turns_to_a_matter_and_its_time_runs():
    sim = in_session(MATTER, WELL).take(WELL)
    assert sim.events()[-1] == ItemTaken(sim.meeting_id, WELL)
    assert sim.meeting().debate.item == Item(WELL, sim.clock.at)
    sim.take(MATTER)
    assert sim.meeting().debate.item == Item(MATTER, sim.clock.at)


def test_turning_to_the_matter_it_is_on_changes_nothing():
    sim = in_session().take()
    lines = sim.lines()
    assert sim.take().lines() == lines


def test_a_meeting_turns_only_to_a_matter_of_its_agenda_that_is_undecided():
    sim = in_session(MATTER, WELL)
    assert sim.reason(c.TakeItem(sim.meeting_id, LAMP)) is Reason.NOT_ON_AGENDA
    sim.open_vote(MATTER)
    for matter in (MATTER, WELL):
        assert sim.reason(c.TakeItem(sim.meeting_id, matter)) is Reason.VOTE_OPEN
    sim.cast(3).close()
    assert sim.reason(c.TakeItem(sim.meeting_id, MATTER)) is Reason.ALREADY_DECIDED
    sim.take(WELL)


def test_a_meeting_turns_to_a_matter_again_whose_vote_is_void():
    sim = in_session().open_vote().cast(3).close().void().take()
    assert sim.meeting().debate.item.matter == MATTER


def test_the_agenda_is_taken_in_another_order():
    sim = in_session(MATTER, WELL, LAMP)
    assert sim.meeting().matters == (MATTER, WELL, LAMP)
    other = (LAMP, MATTER, WELL)
    sim.do(c.ReorderAgenda(sim.meeting_id, other))
    assert sim.events()[-1] == AgendaReordered(sim.meeting_id, other)
    assert sim.meeting().matters == other
    assert [item.matter for item in sim.meeting().agenda] == [MATTER, WELL, LAMP]


def test_the_same_order_again_changes_nothing():
    sim = in_session(MATTER, WELL)
    lines = sim.lines()
    sim.do(c.ReorderAgenda(sim.meeting_id, (MATTER, WELL)))
    assert sim.lines() == lines


@pytest.mark.parametrize(
    "other", [(), (MATTER,), (MATTER, WELL, LAMP), (MATTER, MATTER), (MATTER, LAMP)]
)
def test_another_order_neither_adds_nor_drops_a_matter(other):
    sim = in_session(MATTER, WELL)
    assert sim.reason(c.ReorderAgenda(sim.meeting_id, other)) is Reason.AGENDA_DIFFERS


def test_what_was_voted_on_keeps_its_place_in_front():
    sim = in_session(MATTER, WELL, LAMP).open_vote(WELL).cast(3).close()
    sim.do(c.ReorderAgenda(sim.meeting_id, (LAMP, MATTER, WELL)))
    assert sim.meeting().matters == (WELL, LAMP, MATTER)


# --- speaking


def test_whoever_is_there_may_ask_for_the_floor_with_a_vote_or_without():
    sim = in_session().request("o01", "v02")
    assert sim.events()[-1] == FloorRequested(sim.meeting_id, PersonId("v02"))
    assert sim.meeting().debate.waiting == ("o01", "v02")


def test_asking_again_while_waiting_changes_nothing():
    sim = in_session().request("v01", "v02")
    lines = sim.lines()
    assert sim.request("v01").lines() == lines


def test_only_who_is_there_asks_for_the_floor_or_is_given_it():
    sim = in_session()
    for person, reason in (("stranger", Reason.NOT_CALLED), ("v04", Reason.NOT_CHECKED_IN)):
        asked = c.RequestFloor(sim.meeting_id, PersonId(person))
        given = c.GiveFloor(sim.meeting_id, PersonId(person), 60)
        assert sim.reason(asked) is sim.reason(given) is reason


def test_who_is_given_the_floor_waits_for_it_no_longer():
    sim = in_session().request("v01", "v02").give("v02", 180)
    assert sim.events()[-1] == FloorGiven(sim.meeting_id, PersonId("v02"), 180)
    assert sim.meeting().debate.waiting == ("v01",)
    assert sim.meeting().debate.speaker == Speaker(PersonId("v02"), sim.clock.at, 180)


def test_the_chair_may_give_the_floor_to_somebody_who_did_not_ask():
    assert in_session().give("o01").meeting().debate.speaker.person == "o01"


def test_one_speaks_at_a_time():
    sim = in_session().give("v01")
    for person in ("v01", "v02"):
        given = c.GiveFloor(sim.meeting_id, PersonId(person), 60)
        assert sim.reason(given) is Reason.FLOOR_TAKEN
    sim.end_speech().give("v02")


@pytest.mark.parametrize("seconds", [-1, 0, 29, 1801])
def test_a_speech_lasts_from_half_a_minute_to_half_an_hour(seconds):
    sim = in_session()
    given = c.GiveFloor(sim.meeting_id, PersonId("v01"), seconds)
    refusal = refused(lambda: sim.do(given))
    assert refusal.reason is Reason.SPEECH_TOO_LONG
    assert refusal.facts == {"least": 30, "most": 1800}
    for lawful in (30, 1800):
        sim.give("v01", lawful).end_speech()


def test_a_speech_that_ended_is_kept_with_its_matter_and_its_times():
    sim = in_session().give("v01")
    began = sim.clock.at
    sim.end_speech().take().give("v02")
    first = Speech(PersonId("v01"), None, began, sim.meeting().debate.speeches[0].ended_at)
    second_began = sim.clock.at
    sim.end_speech()
    assert sim.events()[-1] == SpeechEnded(sim.meeting_id, PersonId("v02"))
    second = Speech(PersonId("v02"), MATTER, second_began, sim.clock.at)
    assert sim.meeting().debate.speeches == (first, second)
    assert sim.meeting().debate.speaker is None


def test_a_speech_ends_only_where_somebody_speaks():
    sim = in_session()
    assert refused(sim.end_speech).reason is Reason.NOBODY_SPEAKS
    sim.give("v01").end_speech()
    assert refused(sim.end_speech).reason is Reason.NOBODY_SPEAKS


def test_who_leaves_has_finished_speaking_and_waits_no_longer():
    sim = in_session().request("o01", "v03").give("v02").leave("o01", "v02")
    assert sim.events()[-2] == CheckedOut(sim.meeting_id, PersonId("v02"))
    debate = sim.meeting().debate
    assert debate.speaker is None
    assert debate.waiting == ("v03",)
    assert [(s.person, s.ended_at) for s in debate.speeches] == [("v02", sim.clock.at)]


def test_with_the_meeting_the_last_speech_ends():
    sim = in_session().request("v01").give("v02").adjourn()
    debate = sim.meeting().debate
    assert (debate.speaker, debate.waiting) == (None, ())
    assert debate.speeches[-1].ended_at == sim.meeting().adjourned_at


# --- changing the proposal


def amending(sim, *proposal, mover="v01", matter=MATTER):
    return c.AmendProposal(sim.meeting_id, matter, PersonId(mover), proposal)


def test_a_meeting_changes_a_proposal_before_it_votes_on_it():
    sim = in_session().amend("修两公里", "分两期")
    assert sim.events()[-1] == ProposalAmended(
        sim.meeting_id, MATTER, PersonId("v01"), ("修两公里", "分两期")
    )
    assert sim.matter().proposal == ("修两公里", "分两期")
    revision = sim.matter().revisions[-1]
    assert revision.proposal_before == ("修一公里",)
    assert (revision.meeting, revision.mover) == (sim.meeting_id, "v01")


def test_a_meeting_changes_a_proposal_once():
    sim = in_session(MATTER, WELL).amend("修两公里")
    assert sim.reason(amending(sim, "修三公里")) is Reason.ALREADY_AMENDED
    sim.amend("打深井", matter=WELL)
    sim.open_vote().cast(3).close().void()
    assert sim.reason(amending(sim, "修三公里")) is Reason.ALREADY_AMENDED


def test_another_meeting_may_change_it_again():
    sim = convened(3, body=Body.PARTY_COMMITTEE).check_in(3).open().amend("修两公里")
    sim.open_vote().cast(3).close().adjourn()
    sim.convene(Body.TWO_COMMITTEES, 3).check_in(3).open().amend("修三公里")
    assert [r.proposal_after for r in sim.matter().revisions] == [("修两公里",), ("修三公里",)]


def test_a_proposal_is_not_changed_during_its_vote_or_after_it():
    sim = in_session().open_vote()
    assert sim.reason(amending(sim, "修两公里")) is Reason.VOTE_OPEN
    sim.cast(3).close()
    assert sim.reason(amending(sim, "修两公里")) is Reason.ALREADY_DECIDED


def test_while_another_matter_is_voted_on_a_proposal_may_be_changed():
    sim = in_session(MATTER, WELL).open_vote(MATTER).amend("打深井", matter=WELL)
    assert sim.matter(WELL).proposal == ("打深井",)


def test_only_somebody_there_with_a_vote_moves_a_change():
    sim = in_session()
    for mover, reason in (
        ("stranger", Reason.NOT_CALLED),
        ("o01", Reason.NO_VOTING_RIGHT),
        ("v04", Reason.NOT_CHECKED_IN),
    ):
        assert sim.reason(amending(sim, "修两公里", mover=mover)) is reason


def test_a_change_is_of_a_matter_on_the_agenda_and_says_something_new():
    sim = in_session()
    assert sim.reason(amending(sim, "修两公里", matter=WELL)) is Reason.NOT_ON_AGENDA
    assert sim.reason(amending(sim, "修一公里")) is Reason.NOTHING_CHANGED
    for blank in ((), (" ",), ("修两公里", "")):
        assert sim.reason(amending(sim, *blank)) is Reason.TEXT_MISSING


def test_law_1_what_was_decided_elsewhere_since_the_call_is_not_changed_here():
    sim = convened(3, body=Body.PARTY_COMMITTEE)
    called_first = sim.meeting_id
    sim.hold(Body.PARTY_COMMITTEE, 3)
    sim.meeting_id = called_first
    sim.check_in(3).open()
    assert sim.matter().due is Stage.CONSULTATION
    assert sim.reason(amending(sim, "修两公里")) is Reason.STAGE_OUT_OF_ORDER


# --- one matter by itself


def test_anybody_entitled_may_have_a_matter_voted_on_by_itself():
    sim = in_session(MATTER, WELL, consent=True)
    assert sim.meeting().consent == {MATTER, WELL}
    sim.take_out(WELL, "v02")
    assert sim.events()[-1] == ItemTakenOutOfConsent(sim.meeting_id, WELL, PersonId("v02"))
    assert sim.meeting().consent == {MATTER}


def test_a_matter_is_taken_out_of_the_block_once_and_only_if_it_is_in_it():
    sim = in_session(MATTER, WELL, consent=True).take_out(WELL)
    again = c.TakeOutOfConsent(sim.meeting_id, WELL, PersonId("v01"))
    assert sim.reason(again) is Reason.NOT_BY_CONSENT
    assert sim.reason(replace(again, matter=LAMP)) is Reason.NOT_ON_AGENDA
    sim.open_vote(MATTER)
    assert sim.reason(replace(again, matter=MATTER)) is Reason.VOTE_OPEN


def test_only_somebody_there_with_a_vote_takes_a_matter_out_of_the_block():
    sim = in_session(MATTER, WELL, consent=True)
    for person, reason in (
        ("stranger", Reason.NOT_CALLED),
        ("o01", Reason.NO_VOTING_RIGHT),
        ("v04", Reason.NOT_CHECKED_IN),
    ):
        taken = c.TakeOutOfConsent(sim.meeting_id, WELL, PersonId(person))
        assert sim.reason(taken) is reason
