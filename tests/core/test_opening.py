"""How a vote opens: with the quorum, on what is due, one at a time, by a method that stays; who stands aside."""

from dataclasses import replace

import pytest
from simulator import MATTER, MeetingSimulator, convened, raising, refused, voting

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Choice, Method
from kiosk.core.events import VoteOpened
from kiosk.core.law.rules import Threshold
from kiosk.core.law.statute import ROWS
from kiosk.core.refusals import Reason
from kiosk.core.terms import Body, KindId, MatterId, PersonId, RowId, Stage

WELL = MatterId("well")
LAMP = MatterId("lamp")


def appraising(matter=WELL):
    """An appraisal of an officer, which comes before the representatives at once."""
    return raising(
        matter,
        "评议",
        kind=KindId("appraisal"),
        row=RowId.APPRAISAL,
        mandate="",
        amount_fen=0,
        appraised=PersonId("officer"),
    )


def together(*agenda):
    """Three people in session over matters that may go by consent."""
    return convened(3, agenda=agenda, consent=True).check_in(3).open()


# --- opening


def test_law_2_the_electorate_is_whoever_is_present_and_entitled_when_the_vote_opens():
    sim = convened(entitled=45, observers=3).check_in(31).arrive("o01").open()
    sim.recuse("v02", "v45").leave("v01").open_vote()
    opened = sim.events()[-1]
    assert isinstance(opened, VoteOpened)
    assert opened.electorate == tuple(f"v{n:02d}" for n in range(2, 32))
    assert opened.recused == ("v02",)
    assert opened.stage is Stage.DECISION
    sim.arrive("v40").check_in(1)
    assert sim.vote().electorate == set(opened.electorate)


def test_no_vote_opens_before_the_meeting_does():
    sim = convened().check_in(30)
    assert sim.reason(sim.opening_vote()) is Reason.NOT_IN_SESSION


def test_a_vote_is_on_a_matter_of_the_agenda():
    sim = MeetingSimulator().found(MATTER, WELL).convene(Body.PARTY_COMMITTEE, 3).check_in(3).open()
    assert sim.reason(sim.opening_vote(WELL)) is Reason.NOT_ON_AGENDA
    assert sim.reason(sim.opening_vote(MatterId("unknown"))) is Reason.NOT_ON_AGENDA


def test_a_vote_is_on_something():
    sim = convened(3).check_in(3).open()
    nothing = replace(sim.opening_vote(), matters=())
    assert sim.reason(nothing) is Reason.AGENDA_EMPTY


def test_one_vote_at_a_time():
    sim = convened(3, agenda=(MATTER, WELL)).check_in(3).open().open_vote(MATTER)
    assert sim.reason(sim.opening_vote(WELL)) is Reason.VOTE_OPEN
    assert sim.reason(sim.opening_vote(MATTER)) is Reason.VOTE_OPEN
    sim.cast(3).close().open_vote(WELL)
    assert sim.meeting().open_vote.matters == (WELL,)


def test_a_matter_that_was_voted_on_is_not_voted_on_again_in_the_same_meeting():
    sim = voting(present=30).cast(5, 25).close()
    assert sim.reason(sim.opening_vote()) is Reason.ALREADY_DECIDED


def test_the_id_of_a_vote_is_used_once_in_the_village():
    sim = convened(3, agenda=(MATTER, WELL)).check_in(3).open().open_vote(MATTER).cast(3).close()
    for used in (sim.vote_id, "m1-vote-1"):
        assert sim.reason(sim.opening_vote(WELL, vote=used)) is Reason.VOTE_EXISTS


def test_law_1_a_matter_decided_elsewhere_since_the_call_is_not_voted_on_again():
    sim = MeetingSimulator().found().convene(Body.PARTY_COMMITTEE, 3)
    called_first = sim.meeting_id
    sim.hold(Body.PARTY_COMMITTEE, 3)
    sim.meeting_id = called_first
    sim.check_in(3).open()
    assert sim.reason(sim.opening_vote()) is Reason.STAGE_OUT_OF_ORDER


def test_a_matter_sent_to_the_assembly_since_the_call_is_not_voted_on_by_the_representatives():
    sim = convened(3)
    called_first = sim.meeting_id
    sim.hold(Body.REPRESENTATIVES, 3, against=3)
    sim.do(c.SendToAssembly(MATTER, "分歧较大"))
    sim.meeting_id = called_first
    sim.check_in(3).open()
    assert sim.matter().due is Stage.DECISION
    refusal = refused(sim.open_vote)
    assert (refusal.reason, refusal.facts["body"]) == (Reason.WRONG_BODY, "assembly")


def test_a_stricter_quorum_of_the_matters_row_holds_for_its_vote():
    sim = MeetingSimulator().found()
    row = replace(ROWS[RowId.APPRAISAL], quorum=Threshold(4, 5, inclusive=True))
    sim.do(c.ChangeRow(row, "村规民约", "村民会议"))
    sim.do(appraising())
    sim.convene(entitled=45, agenda=(WELL,)).check_in(35).open()
    refusal = refused(lambda: sim.open_vote(WELL))
    assert refusal.reason is Reason.NO_QUORUM
    assert refusal.facts == {"entitled": 45, "needed": 36, "present": 35, "missing": 1}
    assert refusal.basis == row.quorum_basis
    sim.check_in(1).open_vote(WELL)


def test_the_screen_may_show_the_counts_only_where_the_meeting_resolved_it():
    sim = convened(3).check_in(3).open()
    sim.do(sim.opening_vote(running_tally=False))
    assert sim.meeting().open_vote.running_tally is False


# --- by what method


@pytest.mark.parametrize("method", Method)
def test_the_method_is_on_record_before_anybody_votes(method):
    sim = convened(9).check_in(7).open().open_vote(method=method)
    assert sim.events()[-1].method is method
    assert sim.vote().method is method
    assert sim.vote().is_secret is (method is Method.SECRET)


@pytest.mark.parametrize(
    ("method", "asked", "shown"),
    [
        (Method.OPEN, False, True),  # everybody sees it anyway
        (Method.OPEN, True, True),
        (Method.IN_TURN, False, False),
        (Method.IN_TURN, True, True),
        (Method.SECRET, False, False),
    ],
)
def test_what_is_voted_on_in_the_open_is_shown_while_it_grows(method, asked, shown):
    sim = convened(9).check_in(7).open().open_vote(method=method, running_tally=asked)
    assert sim.events()[-1].running_tally is shown
    assert sim.vote().running_tally is shown


@pytest.mark.parametrize("method", [Method.OPEN, Method.IN_TURN])
@pytest.mark.parametrize("revisable", [True, False])
def test_whether_a_named_ballot_may_be_changed_is_on_record_too(method, revisable):
    sim = convened(9).check_in(7).open().open_vote(method=method, revisable=revisable)
    assert sim.events()[-1].revisable is revisable
    assert sim.vote().revisable is revisable


@pytest.mark.parametrize("method", [Method.OPEN, Method.IN_TURN])
def test_a_named_vote_is_held_among_however_few(method):
    assert convened(1).check_in(1).open().open_vote(method=method).cast(1).close().vote().carried


# --- several matters in one vote


def test_matters_without_dispute_are_voted_on_in_one():
    sim = together(MATTER, WELL, LAMP).open_vote(MATTER, LAMP).cast(2, 1).close()
    assert sim.meeting().vote_on(MATTER) == sim.meeting().vote_on(LAMP) == sim.vote()
    assert sim.meeting().vote_on(WELL) is None
    sim.open_vote(WELL).cast(0, 3).close()
    outcomes = [sim.matter(matter).decision.carried for matter in (MATTER, LAMP, WELL)]
    assert outcomes == [True, True, False]


def test_only_matters_of_the_consent_block_are_voted_on_together():
    sim = convened(3, agenda=(MATTER, WELL)).check_in(3).open()
    assert sim.reason(sim.opening_vote(MATTER, WELL)) is Reason.NOT_BY_CONSENT


def test_a_matter_taken_out_of_the_block_is_voted_on_by_itself():
    sim = together(MATTER, WELL, LAMP).take_out(WELL)
    assert sim.reason(sim.opening_vote(MATTER, WELL)) is Reason.NOT_BY_CONSENT
    sim.open_vote(MATTER, LAMP).cast(3).close().open_vote(WELL)


def test_a_matter_stands_in_a_block_once():
    sim = together(MATTER, WELL)
    assert sim.reason(sim.opening_vote(MATTER, MATTER)) is Reason.LISTED_TWICE


def test_no_block_where_somebody_present_stands_aside_from_one_of_them():
    sim = together(MATTER, WELL, LAMP).recuse("v01", matter=WELL)
    assert sim.reason(sim.opening_vote(MATTER, WELL)) is Reason.RECUSAL_IN_BLOCK
    sim.open_vote(MATTER, LAMP).cast(3).close().open_vote(WELL)
    assert sim.vote().recused == {"v01"}


def test_who_stands_aside_and_is_not_there_does_not_hold_the_block_up():
    sim = together(MATTER, WELL).recuse("v03", matter=WELL).leave("v03").open_vote(MATTER, WELL)
    assert sim.vote().recused == set()


def test_matters_of_different_rules_are_not_voted_on_together():
    sim = MeetingSimulator().found().carried_up_to(Body.REPRESENTATIVES)
    sim.do(appraising())
    sim.convene(entitled=3, agenda=(MATTER, WELL), consent=True).check_in(3).open()
    assert sim.reason(sim.opening_vote(MATTER, WELL)) is Reason.NOT_BY_CONSENT


def test_an_appraisal_counts_its_own_answers_and_its_own_decisive_one():
    sim = MeetingSimulator().found()
    sim.do(appraising())
    sim.convene(entitled=5, agenda=(WELL,)).check_in(5).open().open_vote(WELL)
    assert sim.reason(sim.casting("v01", Choice.FOR)) is Reason.NOT_AN_OPTION
    sim.cast(1, 1, 3).close()
    assert sim.numbers() == (1, 1, 3, 0)
    assert sim.vote().carried is True  # 不称职


# --- standing aside


def test_standing_aside_twice_is_one_fact():
    sim = convened().recuse("v01")
    lines = sim.lines()
    assert sim.recuse("v01").lines() == lines
    assert sim.meeting().recusals == {(MATTER, "v01"): "本人承包"}


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


def test_standing_aside_names_its_ground():
    sim = convened()
    silent = c.DeclareRecusal(sim.meeting_id, MATTER, PersonId("v01"), " ")
    assert sim.reason(silent) is Reason.TEXT_MISSING


def test_standing_aside_is_from_one_matter_only():
    sim = convened(3, agenda=(MATTER, WELL)).check_in(3).open().recuse("v01")
    sim.open_vote(MATTER).cast(2).close().open_vote(WELL)
    assert sim.vote().waiting == {"v01", "v02", "v03"}
