"""A ballot: who may cast, once, by himself; one household, one ballot; what may be changed until the close."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulator import convened, refused, seat, seats, voting

from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.events import BallotCast, BallotChanged
from kiosk.core.law.rules import THREE_ANSWERS
from kiosk.core.refusals import Reason
from kiosk.core.terms import Body, Capacity, PersonId, Role, VoteId
from kiosk.core.values import Actor

SHARED = Body.HOUSEHOLDS
BY_HIMSELF = (Channel.KIOSK_SCREEN, Channel.PHONE)


# --- the ballot


def test_everybody_present_and_entitled_casts_one_ballot():
    sim = voting(present=30).cast(16, 10, 2)
    assert sim.numbers() == (16, 10, 2, 2)
    assert sim.vote().waiting == {"v29", "v30"}


@pytest.mark.parametrize("choice", [Choice.FOR, Choice.AGAINST, Choice.SATISFIED])
def test_a_ballot_is_final_whether_the_second_says_the_same_or_not(choice):
    sim = voting().ballot("v01", Choice.FOR)
    assert sim.reason(sim.casting("v01", choice)) is Reason.ALREADY_VOTED
    assert sim.vote().ballots == {"v01": (Choice.FOR,)}


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
    assert sim.numbers() == (0, 0, 0, 31)


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
    assert sim.numbers() == (15, 13, 0, 2)
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
    cast = (sim.meeting_id, sim.vote_id, PersonId("v01"), (Choice.AGAINST,), Channel.KIOSK_SCREEN)
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


# --- by a screen or by a phone


def test_a_ballot_by_phone_is_a_ballot_and_its_channel_is_on_record():
    sim = voting(7, 9).cast(2).cast(1, 1, channel=Channel.PHONE)
    assert sim.events()[-1].channel is Channel.PHONE
    assert sim.by_channel() == {Channel.KIOSK_SCREEN: (2, 0, 0), Channel.PHONE: (1, 1, 0)}
    assert sim.numbers() == (3, 1, 0, 3)


@pytest.mark.parametrize(
    "channel", [Channel.HANDS_NAMED, Channel.HANDS_COUNTED, Channel.PAPER], ids=lambda c: c.value
)
def test_nobody_casts_by_himself_what_others_have_to_see(channel):
    sim = voting(7, 9)
    assert sim.reason(sim.casting("v01", channel=channel)) is Reason.NOT_BY_HIMSELF


@pytest.mark.parametrize("first", BY_HIMSELF)
@pytest.mark.parametrize("second", BY_HIMSELF)
def test_one_person_has_one_ballot_whichever_way_he_comes(first, second):
    sim = voting(7, 9).ballot("v01", channel=first)
    assert sim.reason(sim.casting("v01", channel=second)) is Reason.ALREADY_VOTED


@pytest.mark.parametrize("channel", BY_HIMSELF)
def test_who_raised_his_hand_has_voted(channel):
    sim = voting(7, 9).raise_hands(1)
    assert sim.reason(sim.casting("v01", channel=channel)) is Reason.ALREADY_VOTED


@pytest.mark.parametrize("channel", BY_HIMSELF)
def test_who_holds_a_paper_votes_by_it(channel):
    sim = voting(7, 9).print_papers(7).issue("v01")
    assert sim.reason(sim.casting("v01", channel=channel)) is Reason.PAPER_IN_HAND


def test_nobody_votes_by_himself_once_hands_are_counted():
    sim = voting(7, 9).cast(1)
    sim.do(sim.counting(3))
    assert sim.reason(sim.casting("v07")) is Reason.HANDS_BEING_COUNTED


def test_a_note_that_waits_keeps_nobody_from_the_screen():
    assert voting(7, 9).note_hands(2).ballot("v01").vote().tally.cast == 1


# --- what may be changed until the close


def revisable(present=7):
    return voting(present, 9, vote={"revisable": True})


def test_a_ballot_may_be_changed_where_the_vote_was_opened_so_and_what_it_was_stays_on_record():
    sim = revisable().ballot("v01", Choice.FOR).ballot("v01", Choice.AGAINST)
    changed = ((Choice.FOR,), (Choice.AGAINST,), Channel.KIOSK_SCREEN)
    assert sim.events()[-1] == BallotChanged(sim.meeting_id, sim.vote_id, PersonId("v01"), *changed)
    sim.ballot("v01", Choice.ABSTAIN)
    assert sim.events()[-1].was == (Choice.AGAINST,)
    assert sim.numbers() == (0, 0, 1, 6)
    assert (sim.vote().changes, sim.vote().turnout) == (2, 1)


def test_the_same_answer_again_changes_nothing():
    sim = revisable().ballot("v01", Choice.FOR)
    lines = sim.lines()
    for channel in BY_HIMSELF:
        sim.ballot("v01", Choice.FOR, channel)
    assert sim.lines() == lines


def test_a_changed_ballot_counts_by_the_channel_it_was_changed_by():
    sim = revisable().ballot("v01", Choice.FOR).ballot("v01", Choice.AGAINST, Channel.PHONE)
    assert sim.by_channel() == {Channel.PHONE: (0, 1, 0)}


def test_who_raised_his_hand_does_not_change_it_by_himself():
    sim = revisable().raise_hands(1)
    assert sim.reason(sim.casting("v01", Choice.AGAINST)) is Reason.ALREADY_VOTED


def test_a_ballot_is_changed_by_who_is_in_the_room_to_an_answer_that_is_offered():
    sim = revisable().cast(2)
    assert sim.reason(sim.casting("v02", Choice.SATISFIED)) is Reason.NOT_AN_OPTION
    sim.leave("v01")
    assert sim.reason(sim.casting("v01", Choice.AGAINST)) is Reason.NOT_CHECKED_IN


def test_no_ballot_is_changed_once_hands_are_counted_or_the_vote_is_over():
    sim = revisable().cast(2).count_hands(5)
    assert sim.reason(sim.casting("v01", Choice.AGAINST)) is Reason.HANDS_BEING_COUNTED
    sim.close()
    assert sim.reason(sim.casting("v01", Choice.AGAINST)) is Reason.VOTE_NOT_OPEN


def test_who_may_change_his_ballot_takes_no_paper_beside_it():
    sim = revisable().cast(1).print_papers(7)
    assert sim.reason(sim.issuing("v01")) is Reason.ALREADY_VOTED


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(THREE_ANSWERS)), max_size=12))
def test_however_often_ballots_are_changed_each_person_has_one_and_it_is_his_last(asked):
    sim = revisable(present=6)
    for number, choice in asked:
        sim.ballot(f"v{number:02d}", choice)
    last = {f"v{number:02d}": (choice,) for number, choice in asked}
    assert sim.vote().ballots == last
    counts = [list(last.values()).count((choice,)) for choice in THREE_ANSWERS]
    assert sim.numbers() == (*counts, 6 - len(last))
