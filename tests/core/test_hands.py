"""A show of hands: by name with a witness, by number with two tellers who do not see each other's count."""

from dataclasses import replace

import pytest
from barred import NOT_ABLE, as_it_is, some
from hypothesis import given
from hypothesis import strategies as st
from polling import CLERK, FIRST_TELLER, SECOND_TELLER, WITNESS
from simulator import secretly, voting

from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.events import HandsConfirmed, HandsCounted, HandsNoted
from kiosk.core.law.tally import Count
from kiosk.core.refusals import Reason
from kiosk.core.terms import PersonId
from kiosk.core.values import RaisedHand

FOR, AGAINST = Choice.FOR, Choice.AGAINST


# --- by name


def test_a_noted_hand_counts_when_a_second_person_has_confirmed_it_and_not_before():
    sim = some().note_hands(2, 1)
    hands = (("v01", FOR), ("v02", FOR), ("v03", AGAINST))
    noted = tuple(RaisedHand(PersonId(person), choice) for person, choice in hands)
    assert sim.events()[-1] == HandsNoted(sim.meeting_id, sim.vote_id, CLERK, noted)
    assert (sim.vote().ballots, sim.vote().turnout, sim.by_channel()) == ({}, 0, {})
    assert (sim.vote().note.clerk, sim.vote().note.hands) == (CLERK, noted)
    sim.confirm_hands()
    assert sim.events()[-1] == HandsConfirmed(sim.meeting_id, sim.vote_id, WITNESS)
    assert sim.vote().ballots == {person: (choice,) for person, choice in hands}
    assert sim.by_channel() == {Channel.HANDS_NAMED: (2, 1, 0)}
    assert sim.vote().note is None


def test_the_clerk_is_not_his_own_witness():
    sim = some().note_hands(2)
    assert sim.reason(sim.confirming(CLERK)) is Reason.SAME_OFFICER


def test_there_is_nothing_to_witness_before_a_note_and_after_it_was_confirmed():
    sim = some()
    assert sim.reason(sim.confirming()) is Reason.NO_HANDS
    sim.raise_hands(2)
    assert sim.reason(sim.confirming()) is Reason.NO_HANDS


def test_a_note_is_of_somebody():
    sim = some()
    assert sim.reason(sim.noting([])) is Reason.NO_HANDS


def test_a_new_note_takes_the_place_of_one_that_nobody_confirmed():
    sim = some().note_hands(3)
    sim.do(sim.noting([("v05", AGAINST)], clerk=WITNESS))
    assert sim.reason(sim.confirming(WITNESS)) is Reason.SAME_OFFICER
    assert sim.confirm_hands(CLERK).vote().ballots == {"v05": (AGAINST,)}


def test_hands_are_noted_again_for_those_who_are_left():
    assert some().raise_hands(2).raise_hands(1, 2).by_channel() == {Channel.HANDS_NAMED: (3, 2, 0)}


@pytest.mark.parametrize("second", [FOR, AGAINST])
def test_nobody_stands_in_a_note_twice(second):
    sim = some()
    assert sim.reason(sim.noting([("v01", FOR), ("v01", second)])) is Reason.LISTED_TWICE


def test_a_hand_is_up_for_an_answer_that_is_offered():
    sim = some()
    odd = sim.noting([("v01", FOR), ("v02", Choice.SATISFIED)])
    assert sim.reason(odd) is Reason.NOT_AN_OPTION


@pytest.mark.parametrize(("person", "before", "reason"), NOT_ABLE)
def test_whoever_may_not_vote_is_not_noted_either(person, before, reason):
    sim = before(some())
    assert sim.reason(sim.noting([(person, FOR)])) is reason


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda sim: sim.ballot("v02", AGAINST),
        lambda sim: sim.ballot("v02", channel=Channel.PHONE),
        lambda sim: sim.print_papers(1).issue("v02"),
        lambda sim: sim.leave("v02"),
    ],
)
def test_a_note_is_outdated_where_one_of_its_people_voted_otherwise_or_left(meanwhile):
    sim = meanwhile(some().note_hands(3))
    refusal = sim.refusal(sim.confirming())
    assert (refusal.reason, refusal.facts) == (Reason.NOTE_OUTDATED, {"name": "某v02"})
    sim.do(sim.noting([("v01", FOR), ("v03", FOR)]))
    assert sim.confirm_hands().vote().ballots.keys() >= {"v01", "v03"}


def test_who_left_and_came_back_has_his_hand_confirmed():
    assert some().note_hands(3).leave("v02").arrive("v02").confirm_hands().vote().turnout == 3


# --- by number


def test_hands_count_when_two_tellers_come_to_the_same_numbers():
    sim = some()
    sim.do(sim.counting(4, 1, 1))
    counts = (Count(FOR, 4), Count(AGAINST, 1), Count(Choice.ABSTAIN, 1))
    assert sim.events()[-1] == HandsCounted(sim.meeting_id, sim.vote_id, FIRST_TELLER, counts)
    assert (sim.vote().hands_agreed, sim.vote().turnout, sim.by_channel()) == (None, 0, {})
    sim.do(sim.counting(4, 1, 1, teller=SECOND_TELLER))
    assert sim.vote().hands_agreed == counts
    assert sim.by_channel() == {Channel.HANDS_COUNTED: (4, 1, 1)}
    assert (sim.vote().turnout, sim.vote().unanswered) == (6, 0)


def test_one_teller_counting_twice_is_one_teller():
    sim = some()
    sim.do(sim.counting(4, 1))
    sim.do(sim.counting(4, 2))
    assert sim.vote().hands_agreed is None
    assert list(sim.vote().hands) == [FIRST_TELLER]


def test_tellers_who_differ_have_counted_nothing_until_one_counts_again():
    sim = some()
    sim.do(sim.counting(4, 1))
    sim.do(sim.counting(3, 2, teller=SECOND_TELLER))
    assert (sim.vote().hands_agreed, sim.by_channel()) == (None, {})
    sim.do(sim.counting(4, 1, teller=SECOND_TELLER))
    assert sim.by_channel() == {Channel.HANDS_COUNTED: (4, 1, 0)}
    sim.do(sim.counting(5, 1, teller=SECOND_TELLER))
    assert sim.by_channel() == {}


@given(*(st.tuples(*[st.integers(0, 2)] * 3),) * 2)
def test_two_counts_are_one_where_every_number_is_the_same(first, second):
    sim = voting(6, 9)
    sim.do(sim.counting(*first))
    sim.do(sim.counting(*second, teller=SECOND_TELLER))
    assert sim.by_channel() == ({Channel.HANDS_COUNTED: first} if first == second else {})


def test_the_same_count_again_is_one_fact():
    sim = some().count_hands(4, 1)
    lines = sim.lines()
    assert sim.count_hands(4, 1).lines() == lines


def test_there_are_two_tellers_and_a_third_does_not_count():
    sim = some().count_hands(4, 1)
    assert sim.reason(sim.counting(4, 1, teller="third")) is Reason.TELLERS_ENOUGH


@pytest.mark.parametrize(
    ("before", "people"),
    [
        (as_it_is, 6),
        (lambda sim: sim.cast(1).cast(1, channel=Channel.PHONE), 4),
        (lambda sim: sim.raise_hands(1, 1), 4),
        (lambda sim: sim.print_papers(2).issue_papers(2), 4),
        (lambda sim: sim.leave("v06"), 5),
    ],
)
def test_no_more_hands_are_up_than_there_are_people_who_have_not_voted_otherwise(before, people):
    sim = before(some())
    refusal = sim.refusal(sim.counting(people, 1))
    assert refusal.reason is Reason.MORE_HANDS_THAN_PEOPLE
    assert refusal.facts == {"raised": people + 1, "people": people}
    assert sim.count_hands(people - 1, 1).by_channel()[Channel.HANDS_COUNTED] == (people - 1, 1, 0)


def test_hands_are_not_counted_over_a_note_that_waits():
    sim = some().note_hands(2)
    assert sim.reason(sim.counting(3)) is Reason.NOTE_OPEN
    sim.confirm_hands().count_hands(3)


def test_a_count_has_one_number_for_each_answer_in_their_order():
    sim = some()
    right = sim.counting(1, 2, 3)
    one, two, three = right.counts
    for counts in ((), (one, two), (two, one, three), (one, two, three, three), (one, one, three)):
        assert sim.reason(replace(right, counts=counts)) is Reason.NOT_AN_OPTION
    odd = (one, two, Count(Choice.SATISFIED, 3))
    assert sim.reason(replace(right, counts=odd)) is Reason.NOT_AN_OPTION


@pytest.mark.parametrize("numbers", [(-1, 2, 0), (0, 0, -1), (7, -1, 0)])
def test_nobody_counts_less_than_nothing(numbers):
    sim = some()
    assert sim.reason(sim.counting(*numbers)) is Reason.COUNT_NEGATIVE


def test_two_tellers_may_find_that_nobody_raised_a_hand():
    sim = some().cast(6).count_hands(0)
    assert sim.close().by_channel()[Channel.HANDS_COUNTED] == (0, 0, 0)
    assert sim.numbers() == (6, 0, 0, 1)


# --- not in secret


def test_law_10_hands_are_seen_by_everybody_so_a_secret_vote_knows_none():
    sim = secretly(7, 9)
    for command in (sim.noting([("v01", FOR)]), sim.confirming(), sim.counting(1)):
        assert sim.reason(command) is Reason.NOT_SECRETLY
