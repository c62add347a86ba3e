"""Counting a closed vote once more: a difference blocks what follows until two officers have explained it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from polling import FIRST_TELLER, SECOND_TELLER
from simulator import MATTER, MeetingSimulator, convened, raising, secretly, voting

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.ballot_terms import Choice, Source
from kiosk.core.law.statute import ROWS
from kiosk.core.law.tally import Count
from kiosk.core.refusals import Reason
from kiosk.core.terms import Body, KindId, MatterId, RowId, Stage
from kiosk.core.votes.vote import Check, Explanation

GROUND = "一位老人举了两次手"
WELL = MatterId("well")


def closed(*numbers, present=7, entitled=9, **more):
    """So many answers, and the vote is closed; of seven there five in favour and one against."""
    return voting(present, entitled, **more).cast(*(numbers or (5, 1))).close()


# --- other counts stand beside the ballots


def test_another_count_stands_beside_the_ballots_and_changes_nothing_of_them():
    sim = closed().check_count(6, 1)
    counts = (Count(Choice.FOR, 6), Count(Choice.AGAINST, 1), Count(Choice.ABSTAIN, 0))
    counted = (Source.TELLERS, FIRST_TELLER, counts)
    assert sim.events()[-1] == e.CountChecked(sim.meeting_id, sim.vote_id, *counted)
    assert sim.vote().checks == {Source.TELLERS: Check(FIRST_TELLER, counts)}
    assert sim.numbers() == (5, 1, 0, 1)
    assert sim.vote().carried


def test_both_sources_stand_side_by_side_and_either_may_differ():
    sim = closed().check_count(5, 1)
    assert not sim.vote().differs
    sim.check_count(5, 2, source=Source.PAPERS)
    assert sim.vote().differs
    assert {s: [n.count for n in k.counts] for s, k in sim.vote().checks.items()} == {
        Source.TELLERS: [5, 1, 0],
        Source.PAPERS: [5, 2, 0],
    }


@given(st.lists(st.tuples(st.sampled_from(Source), st.integers(0, 1)), max_size=5))
def test_the_counts_agree_where_the_last_of_each_source_is_that_of_the_ballots(counted):
    sim = closed()
    for source, against in counted:
        sim.check_count(5, against, source=source)
    last = dict(counted)
    assert sim.vote().differs is (0 in last.values())
    assert sim.vote().settled is not sim.vote().differs


def test_the_same_count_again_is_one_fact_and_another_tellers_is_another():
    sim = closed().check_count(5, 2)
    lines = sim.lines()
    assert sim.check_count(5, 2).lines() == lines
    assert len(sim.check_count(5, 2, teller=SECOND_TELLER).lines()) == len(lines) + 1
    assert len(sim.check_count(5, 2, source=Source.PAPERS).lines()) == len(lines) + 2
    assert len(sim.check_count(5, 1, source=Source.PAPERS).lines()) == len(lines) + 3


def test_a_count_has_one_number_for_each_answer_and_none_below_zero():
    sim = closed()
    right = sim.checking(5, 1)
    assert sim.reason(replace(right, counts=right.counts[:2])) is Reason.NOT_AN_OPTION
    assert sim.reason(replace(right, counts=right.counts[::-1])) is Reason.NOT_AN_OPTION
    assert sim.reason(sim.checking(5, -1)) is Reason.COUNT_NEGATIVE


def test_no_more_are_counted_than_could_vote():
    sim = convened(9).check_in(7).open().recuse("v07").open_vote().cast(5, 1).close()
    refusal = sim.refusal(sim.checking(5, 2))
    assert refusal.reason is Reason.MORE_HANDS_THAN_PEOPLE
    assert refusal.facts == {"raised": 7, "people": 6}
    sim.check_count(4, 2)


def test_counting_once_more_is_for_a_vote_that_is_closed():
    sim = voting(7, 9).cast(5, 1)
    assert sim.reason(sim.checking(5, 1)) is Reason.VOTE_OPEN
    sim.void()
    assert sim.reason(sim.checking(5, 1)) is Reason.VOTE_VOID


def test_a_secret_vote_is_counted_once_more_like_any_other():
    sim = secretly(7, 9).cast(5, 2).witness().close().check_count(5, 2)
    assert sim.vote().settled


# --- a difference blocks


def test_nothing_is_published_while_counts_differ():
    sim = closed().check_count(4, 2)
    adjourn = c.Adjourn(sim.meeting_id)
    assert sim.reason(adjourn) is Reason.COUNTS_DIFFER
    sim.explain(GROUND)
    assert sim.reason(adjourn) is Reason.COUNTS_DIFFER
    sim.settle().adjourn()
    assert isinstance(sim.events()[-1], e.PublicationOpened)


@pytest.mark.parametrize("body", [Body.PARTY_COMMITTEE, Body.TWO_COMMITTEES])
def test_no_meeting_ends_over_a_difference_whatever_stage_it_held(body):
    sim = closed(3, present=3, entitled=3, body=body).check_count(2)
    assert sim.reason(c.Adjourn(sim.meeting_id)) is Reason.COUNTS_DIFFER


def test_a_difference_in_one_of_several_votes_blocks():
    sim = convened(3, agenda=(MATTER, WELL)).check_in(3).open()
    sim.open_vote(MATTER).cast(3).close().check_count(2, 1).open_vote(WELL).cast(3).close()
    assert sim.reason(c.Adjourn(sim.meeting_id)) is Reason.COUNTS_DIFFER


def test_counts_that_agree_and_counts_that_were_never_taken_block_nothing():
    assert closed().check_count(5, 1).adjourn().vote().settled
    assert closed().adjourn().vote().settled


def test_counting_again_to_the_same_numbers_takes_the_difference_away():
    sim = closed().check_count(4, 2).check_count(5, 1, teller=SECOND_TELLER)
    assert not sim.vote().differs
    sim.adjourn()


def test_a_void_vote_blocks_nothing():
    assert closed().check_count(1, 5).void().adjourn().vote().is_void


def test_nothing_is_counted_once_more_after_the_meeting():
    sim = closed().adjourn()
    for command in (sim.checking(5, 1), sim.explaining(), sim.settling()):
        assert sim.reason(command) is Reason.MEETING_OVER


def test_a_difference_is_settled_while_the_quorum_is_away():
    sim = closed(present=6).leave("v06").check_count(4, 2).explain().settle()
    assert sim.vote().settled


# --- explained by one, agreed to by another


def test_a_difference_is_explained_by_one_officer_and_agreed_to_by_another():
    sim = closed().check_count(4, 2).explain(GROUND)
    said = (FIRST_TELLER, GROUND)
    assert sim.events()[-1] == e.DifferenceExplained(sim.meeting_id, sim.vote_id, *said)
    assert not sim.vote().settled
    assert sim.reason(sim.settling(FIRST_TELLER)) is Reason.SAME_OFFICER
    sim.settle()
    assert sim.events()[-1] == e.DifferenceSettled(sim.meeting_id, sim.vote_id, SECOND_TELLER)
    assert sim.vote().explanation == Explanation(*said, SECOND_TELLER)
    assert (sim.vote().differs, sim.vote().settled) == (True, True)


def test_agreeing_twice_is_one_fact():
    sim = closed().check_count(4, 2).explain().settle()
    lines = sim.lines()
    assert sim.settle("third").lines() == lines


def test_there_is_nothing_to_agree_to_before_somebody_has_explained():
    sim = closed().check_count(4, 2)
    assert sim.reason(sim.settling()) is Reason.NOT_EXPLAINED


def test_an_explanation_says_something():
    sim = closed().check_count(4, 2)
    assert sim.reason(sim.explaining(" ")) is Reason.TEXT_MISSING


def test_counts_that_agree_need_no_explanation():
    sim = closed()
    assert sim.reason(sim.explaining()) is Reason.COUNTS_AGREE
    sim.check_count(5, 1)
    assert sim.reason(sim.explaining()) is Reason.COUNTS_AGREE


def test_another_explanation_needs_its_own_agreement():
    sim = closed().check_count(4, 2).explain().settle().explain("另有原因", SECOND_TELLER)
    assert not sim.vote().settled
    assert sim.reason(sim.settling(SECOND_TELLER)) is Reason.SAME_OFFICER
    assert sim.settle(FIRST_TELLER).vote().settled


def test_another_count_is_another_difference_and_needs_another_explanation():
    sim = closed().check_count(4, 2).explain().settle().check_count(5, 0, source=Source.PAPERS)
    assert sim.vote().explanation is None
    assert not sim.vote().settled
    assert sim.reason(sim.settling()) is Reason.NOT_EXPLAINED


# --- where a count would decide otherwise, no words help


def decides_otherwise(sim):
    return sim.refusal(sim.explaining()).reason is Reason.OUTCOME_DIFFERS


@pytest.mark.parametrize(
    ("body", "ballots", "least"),
    [
        (Body.REPRESENTATIVES, 20, 16),  # of 30 there: 32 > 30
        (Body.PARTY_MEETING, 25, 23),  # of 45 entitled: 46 > 45
        (Body.MEMBERS, 30, 30),  # two thirds of all 45
    ],
)
def test_a_count_that_carries_the_motion_or_not_is_judged_like_the_ballots(body, ballots, least):
    sim = closed(ballots, present=30, entitled=45, body=body)
    sim.check_count(least - 1)
    assert decides_otherwise(sim)
    if least < ballots:
        sim.check_count(least).explain().settle()
        assert sim.vote().settled


def test_a_count_that_would_carry_what_was_lost_is_not_explained_away():
    sim = closed(3, 4).check_count(4, 3)
    assert decides_otherwise(sim)
    sim.check_count(2, 4).explain()


def test_every_count_has_to_lead_to_the_same_outcome_not_the_last_alone():
    sim = closed().check_count(3, 3).check_count(6, 1, source=Source.PAPERS)
    assert decides_otherwise(sim)


def test_whom_the_village_lets_leave_the_base_leaves_it_for_every_count():
    sim = MeetingSimulator().found()
    row = replace(ROWS[RowId.REPRESENTATIVES], recused_leave=True)
    sim.do(c.ChangeRow(row, "村民自治章程", "村民会议"))
    sim.carried_up_to(Body.REPRESENTATIVES).convene(entitled=7).check_in(7).open().recuse("v07")
    sim.open_vote().cast(5, 1).close()
    assert sim.events()[-1].base == 6
    sim.check_count(4, 1).explain().settle()  # 4 of 6, as well as of 7
    sim.check_count(3, 1)
    assert decides_otherwise(sim)


def test_an_appraisal_is_checked_by_its_own_decisive_answer():
    sim = MeetingSimulator().found()
    appraisal = {"kind": KindId("appraisal"), "row": RowId.APPRAISAL, "mandate": ""}
    sim.do(raising(WELL, "评议", **appraisal, amount_fen=0, appraised="officer"))
    sim.convene(entitled=5, agenda=(WELL,)).check_in(5).open().open_vote(WELL)
    sim.cast(1, 1, 3).close().check_count(1, 2, 2)
    assert sim.vote().row.decisive is Choice.DISSATISFIED
    assert decides_otherwise(sim)
    sim.check_count(2, 0, 3).explain().settle()


def test_a_vote_whose_counts_decide_differently_is_void_and_held_again():
    sim = closed().check_count(3, 3).void().open_vote().cast(2, 5).close().adjourn()
    assert sim.matter().decision.carried is False
    assert sim.matter().standing.stage is Stage.DECISION
