"""A vote: who may cast, once; what opens, closes and voids it; what it comes to."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulator import MATTER, MeetingSimulator, convened, raising, refused, seat, seats, voting

from kiosk.core import commands as c
from kiosk.core.events import BallotCast, VoteClosed, VoteOpened, VoteVoided
from kiosk.core.law.rules import TWO_THIRDS, Threshold
from kiosk.core.law.statute import ROWS
from kiosk.core.refusals import Reason
from kiosk.core.terms import (
    Body,
    Capacity,
    Channel,
    Choice,
    KindId,
    MatterId,
    MeetingId,
    PersonId,
    Role,
    RowId,
    Stage,
    VoteId,
)
from kiosk.core.values import Actor
from kiosk.core.votes.states import ALLOWED, REFUSED_WHILE, OfVote
from kiosk.core.votes.vote import VoteState

WELL = MatterId("well")
LAMP = MatterId("lamp")
SHARED = Body.HOUSEHOLDS


def four(sim):
    """The counts of the vote: the three answers, and who gave none."""
    tally = sim.vote().tally
    return (*(counted.count for counted in tally.counts), tally.unused)


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


# --- the ballot


def test_everybody_present_and_entitled_casts_one_ballot():
    sim = voting(present=30).cast(16, 10, 2)
    assert four(sim) == (16, 10, 2, 2)
    assert sim.vote().waiting == {"v29", "v30"}


@pytest.mark.parametrize("choice", [Choice.FOR, Choice.AGAINST, Choice.SATISFIED])
def test_a_ballot_is_final_whether_the_second_says_the_same_or_not(choice):
    sim = voting().ballot("v01", Choice.FOR)
    assert sim.reason(sim.casting("v01", choice)) is Reason.ALREADY_VOTED
    assert sim.vote().ballots == {"v01": Choice.FOR}


def test_an_absent_person_has_no_ballot():
    sim = voting(present=30)
    assert sim.reason(sim.casting("v31")) is Reason.NOT_CHECKED_IN


def test_a_person_who_was_not_called_has_no_ballot():
    sim = voting()
    assert sim.reason(sim.casting("stranger")) is Reason.NOT_CALLED


@pytest.mark.parametrize("observer", ["o01", "o02", "o03"])
def test_supervisors_party_delegates_and_advisers_have_no_ballot(observer):
    sim = convened(observers=3).check_in(30).arrive("o01", "o02", "o03").open().open_vote()
    refusal = refused(lambda: sim.ballot(observer))
    assert refusal.reason is Reason.NO_VOTING_RIGHT
    assert refusal.basis == "村民委员会组织法第二十九条、第三十条"


def test_a_late_arrival_waits_for_the_next_vote():
    sim = voting(present=30).arrive("v31")
    assert sim.reason(sim.casting("v31")) is Reason.NOT_IN_ELECTORATE
    assert sim.vote().tally.present == 30


def test_who_left_has_no_ballot_and_stays_in_the_base_as_unused():
    sim = voting(present=31).leave("v01")
    assert sim.reason(sim.casting("v01")) is Reason.NOT_CHECKED_IN
    sim.close()
    assert four(sim) == (0, 0, 0, 31)


def test_who_left_and_came_back_before_the_closing_may_still_cast():
    assert voting(present=31).leave("v01").arrive("v01").ballot("v01").vote().tally.cast == 1


def test_a_ballot_stays_cast_when_the_person_leaves():
    sim = voting(present=31).ballot("v01").leave("v01")
    assert sim.reason(sim.casting("v01")) is Reason.ALREADY_VOTED
    assert sim.vote().tally.of(Choice.FOR) == 1


def test_recused_member_has_no_ballot_and_stays_in_the_base():
    sim = convened().check_in(30).open().recuse("v01", "v02").open_vote()
    assert sim.reason(sim.casting("v01")) is Reason.RECUSED
    sim.cast(15, 13).close(unused_confirmed=False)
    assert four(sim) == (15, 13, 0, 2)
    assert sim.vote().tally.recused == 2
    assert sim.vote().carried is False


@pytest.mark.parametrize("choice", [Choice.SATISFIED, Choice.DISSATISFIED])
def test_only_the_answers_of_the_row_are_given(choice):
    sim = voting()
    assert sim.reason(sim.casting("v01", choice)) is Reason.NOT_AN_OPTION


def test_no_ballot_before_the_vote_opens():
    sim = convened().check_in(30)
    assert sim.reason(sim.casting("v01")) is Reason.NOT_IN_SESSION
    sim.open()
    assert sim.reason(sim.casting("v01")) is Reason.NO_SUCH_VOTE


def test_no_ballot_after_the_vote_has_closed():
    sim = voting().cast(20).close()
    assert sim.reason(sim.casting("v30")) is Reason.VOTE_NOT_OPEN


def test_a_ballot_names_a_vote_of_this_meeting():
    sim = voting()
    sim.vote_id = VoteId("m1-vote-1")
    assert sim.reason(sim.casting("v01")) is Reason.NO_SUCH_VOTE


def test_a_ballot_is_cast_by_nobody_but_the_person_whose_turn_it_is():
    sim = voting()
    for actor in (
        Actor(Role.VOTER, PersonId("v02")),
        Actor(Role.VOTER, None),
        Actor(Role.CHAIR, PersonId("v01")),
        Actor(Role.KIOSK, PersonId("v01")),
    ):
        assert sim.reason(sim.casting("v01"), actor) is Reason.ROLE_MAY_NOT


def test_a_ballot_is_on_record_with_its_channel():
    sim = voting().ballot("v01", Choice.AGAINST)
    cast = (sim.meeting_id, sim.vote_id, PersonId("v01"), Choice.AGAINST, Channel.KIOSK_SCREEN)
    assert sim.events()[-1] == BallotCast(*cast)


# --- one household, one ballot


def households():
    """Three households; `w01` lives with `v01`, and nobody else of hers sits there, `o01` has none."""
    wife = seat("w01", Capacity.HOUSEHOLD_REPRESENTATIVE, votes=False, household="h01")
    aunt = seat("w09", Capacity.VILLAGER, votes=False, household="h09")
    observer = seat("o01", Capacity.ADVISER, votes=False)
    called = (*seats(SHARED, 3), wife, aunt, observer)
    sim = convened(3, body=SHARED, seats=called)
    return sim.check_in(3).arrive("w01", "w09", "o01").open().open_vote()


def test_a_household_votes_once_and_by_its_registered_representative():
    sim = households()
    for _ in ("before the ballot of the household", "after it"):
        refusal = refused(lambda: sim.ballot("w01"))
        assert refusal.reason is Reason.HOUSEHOLD_VOTES_ONCE
        assert refusal.basis == "村民委员会组织法第二十六条"
        assert refusal.facts == {"name": "某v01"}
        if not sim.vote().ballots:
            sim.ballot("v01")
    assert sim.cast(2).vote().tally.of(Choice.FOR) == 3


@pytest.mark.parametrize("person", ["w09", "o01"])
def test_who_is_of_no_household_that_votes_attends_without_a_vote(person):
    sim = households()
    assert sim.reason(sim.casting(person)) is Reason.NO_VOTING_RIGHT


def test_where_persons_vote_two_of_a_household_have_two_ballots():
    called = tuple(replace(s, household="h01") for s in seats(Body.ASSEMBLY, 2))
    sim = convened(2, body=Body.ASSEMBLY, seats=called).check_in(2).open().open_vote().cast(2)
    assert sim.vote().tally.of(Choice.FOR) == 2


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
    assert four(sim) == (1, 1, 3, 0)
    assert sim.vote().carried is True  # 不称职


# --- closing


def test_closing_with_votes_unused_asks_once():
    sim = voting(present=30).cast(20)
    refusal = refused(lambda: sim.close(unused_confirmed=False))
    assert refusal.reason is Reason.UNVOTED_NOT_CONFIRMED
    assert refusal.facts == {"waiting": 10}
    assert sim.close(unused_confirmed=True).vote().tally.unused == 10


def test_closing_asks_nothing_when_everybody_has_voted():
    assert not voting(present=30).cast(30).close(unused_confirmed=False).vote().is_open


def test_a_vote_closes_once():
    sim = voting().cast(30).close()
    assert refused(sim.close).reason is Reason.VOTE_NOT_OPEN


def test_a_vote_that_was_never_opened_does_not_close():
    sim = convened().check_in(30).open()
    assert refused(sim.close).reason is Reason.NO_SUCH_VOTE


@pytest.mark.parametrize("body", Body)
@given(data=st.data())
def test_law_4_the_outcome_on_record_is_the_exact_arithmetic_of_its_own_numbers(body, data):
    entitled = data.draw(st.integers(1, 6))
    sim = convened(entitled, body=body).check_in(entitled).open().open_vote()
    votes_for = data.draw(st.integers(0, entitled))
    sim.cast(votes_for, data.draw(st.integers(0, entitled - votes_for))).close()
    closed = sim.events()[-1]
    assert isinstance(closed, VoteClosed)
    assert closed.base == entitled
    two_thirds = sim.vote().row.majority == TWO_THIRDS
    assert closed.carried is (
        3 * votes_for >= 2 * entitled if two_thirds else 2 * votes_for > entitled
    )
    assert sim.matter().standing.carried is closed.carried


@pytest.mark.parametrize(
    ("body", "votes_for", "base", "carried"),
    [
        (Body.REPRESENTATIVES, 16, 31, True),  # of those present: 32 > 31
        (Body.REPRESENTATIVES, 15, 31, False),
        (Body.PARTY_MEETING, 23, 45, True),  # of those entitled: 46 > 45
        (Body.PARTY_MEETING, 22, 45, False),
        (Body.MEMBERS, 30, 45, True),  # two thirds of all: 90 ≥ 90
        (Body.MEMBERS, 29, 45, False),
    ],
)
def test_the_base_of_the_majority_is_that_of_the_body(body, votes_for, base, carried):
    sim = voting(present=31, entitled=45, body=body).cast(votes_for).close()
    closed = sim.events()[-1]
    assert (closed.base, closed.carried) == (base, carried)


def test_a_rule_changed_after_the_call_does_not_reach_the_vote():
    sim = MeetingSimulator().found().carried_up_to(Body.REPRESENTATIVES).convene(entitled=3)
    stricter = replace(ROWS[RowId.REPRESENTATIVES], majority=TWO_THIRDS)
    sim.do(c.ChangeRow(stricter, "村规民约", "村民会议"))
    sim.check_in(3).open().open_vote()
    assert sim.vote().row == ROWS[RowId.REPRESENTATIVES]


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


# --- void votes


def test_law_6_a_vote_that_went_wrong_is_voided_with_a_reason_and_kept():
    sim = voting(present=30).cast(16, 14).close()
    assert sim.matter().due is None
    sim.void("两个人同时按了屏")
    first = sim.vote()
    assert sim.events()[-1] == VoteVoided(sim.meeting_id, sim.vote_id, "两个人同时按了屏")
    assert (first.void_ground, first.carried, first.tally.cast) == ("两个人同时按了屏", True, 30)
    assert sim.meeting().vote_on(MATTER) is None
    assert sim.matter().due is Stage.DECISION
    sim.open_vote().cast(10, 20).close()
    assert sim.meeting().votes[first.id] == first
    assert sim.meeting().vote_on(MATTER) == sim.vote()
    assert sim.matter().decision.carried is False
    assert [d.void for d in sim.matter().deliberations[-2:]] == [True, False]


def test_an_open_vote_is_voided_too_and_takes_no_further_ballot():
    sim = voting(present=30).cast(3).void()
    assert sim.meeting().open_vote is None
    assert sim.reason(sim.casting("v04")) is Reason.VOTE_VOID
    assert refused(sim.close).reason is Reason.VOTE_VOID
    sim.open_vote()
    assert len(sim.vote().waiting) == 30


def test_a_vote_is_voided_once_and_says_why():
    sim = voting(present=30)
    assert refused(lambda: sim.void(" ")).reason is Reason.TEXT_MISSING
    sim.void()
    assert refused(sim.void).reason is Reason.VOTE_VOID


def test_a_vote_is_not_voided_after_the_meeting():
    sim = voting(present=30).cast(30).close().adjourn()
    assert refused(sim.void).reason is Reason.MEETING_OVER


def test_only_a_vote_of_this_meeting_is_voided():
    sim = voting(present=30)
    earlier = c.VoidVote(sim.meeting_id, VoteId("m1-vote-1"), "计票有误")
    assert sim.reason(earlier) is Reason.NO_SUCH_VOTE
    assert sim.reason(replace(earlier, meeting=MeetingId("m1"))) is Reason.MEETING_OVER


def test_a_vote_on_several_matters_is_voided_for_all_of_them():
    sim = together(MATTER, WELL).open_vote(MATTER, WELL).cast(3).close().void()
    assert [sim.matter(m).due for m in (MATTER, WELL)] == [Stage.DECISION] * 2
    sim.open_vote(MATTER, WELL)


def test_every_command_on_a_vote_says_in_which_state_it_is_allowed():
    assert ALLOWED.keys() == set(get_args(OfVote))
    assert REFUSED_WHILE.keys() == set(VoteState)
