"""A vote: who may cast, once; what closes it; what it comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulator import MATTER, convened, refused, voting

from kiosk.core import commands as c
from kiosk.core.events import VoteClosed
from kiosk.core.refusals import Reason
from kiosk.core.tally import Tally
from kiosk.core.terms import Actor, Body, Choice, PersonId, Role, VoteId


def test_everybody_present_and_entitled_casts_one_ballot():
    sim = voting(present=30).cast(16, 10, 2)
    assert sim.vote().tally == Tally(16, 10, 2, unused=2, recused=0)
    assert sim.vote().waiting == {"v29", "v30"}


@pytest.mark.parametrize("choice", Choice)
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
    sim = voting(present=30).leave("v01")
    assert sim.reason(sim.casting("v01")) is Reason.NOT_CHECKED_IN
    assert sim.cast(0).close().vote().tally == Tally(0, 0, 0, unused=30, recused=0)


def test_who_left_and_came_back_before_the_closing_may_still_cast():
    assert voting(present=30).leave("v01").arrive("v01").ballot("v01").vote().tally.cast == 1


def test_a_ballot_stays_cast_when_the_person_leaves():
    sim = voting(present=30).ballot("v01").leave("v01")
    assert sim.reason(sim.casting("v01")) is Reason.ALREADY_VOTED
    assert sim.vote().tally.votes_for == 1


def test_recused_member_has_no_ballot_and_stays_in_the_base():
    sim = convened().check_in(30).open().recuse("v01", "v02").open_vote()
    assert sim.reason(sim.casting("v01")) is Reason.RECUSED
    sim.cast(15, 13).close(unused_confirmed=False)
    assert sim.vote().tally == Tally(15, 13, 0, unused=2, recused=2)
    assert sim.vote().carried is False


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
def test_the_outcome_on_record_is_the_exact_arithmetic_of_its_own_numbers(body, data):
    entitled = data.draw(st.integers(1, 6))
    sim = convened(entitled, body=body).check_in(entitled).open().open_vote()
    votes_for = data.draw(st.integers(0, entitled))
    sim.cast(votes_for, data.draw(st.integers(0, entitled - votes_for))).close()
    closed = sim.events()[-1]
    assert isinstance(closed, VoteClosed)
    assert closed.base == entitled
    assert closed.carried is (2 * votes_for > entitled)
    assert sim.matter().deliberations[sim.vote().stage].carried is closed.carried


def test_the_screen_may_show_the_counts_only_where_the_meeting_resolved_it():
    sim = convened(3).check_in(3).open()
    sim.do(c.OpenVote(sim.meeting_id, MATTER, VoteId("quiet"), running_tally=False))
    assert sim.meeting().open_vote.running_tally is False
