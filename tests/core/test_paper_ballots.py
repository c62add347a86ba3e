"""Voting on paper: printed, issued, put in the box, counted, read aloud one by one; nothing more and nothing twice."""

from dataclasses import fields

import pytest
from barred import NOT_ABLE, some
from hypothesis import given
from hypothesis import strategies as st
from polling import BATCH
from simulator import secretly, voting

from kiosk.core import events as e
from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.refusals import Reason

FOR, AGAINST = Choice.FOR, Choice.AGAINST


def papers(sim):
    """印制, 发出, 作废, 剩余."""
    known = sim.vote().papers
    return known.printed, known.issued, known.spoiled, known.left


def returned(present=7, issued=3, back=3):
    """So many papers were handed out, and so many of them are in the box, which is open."""
    return voting(present, 9).print_papers(issued).issue_papers(issued).return_papers(back)


# --- printed


def test_the_numbers_of_the_papers_go_on_where_the_last_ones_ended():
    sim = voting(7, 9).print_papers(7).print_papers(2)
    first, second = sim.events()[-2:]
    assert (first.batch, first.first, first.last) == (BATCH, 1, 7)
    assert (second.batch, second.first, second.last) == (BATCH, 8, 9)
    assert papers(sim) == (9, 0, 0, 9)


def test_a_vote_has_one_batch_of_papers():
    sim = voting(7, 9)
    assert sim.reason(sim.printing(7, batch=" ")) is Reason.TEXT_MISSING
    sim.print_papers(7)
    assert sim.reason(sim.printing(1, batch="another")) is Reason.ANOTHER_BATCH


@pytest.mark.parametrize("number", [0, -1])
def test_at_least_one_paper_is_printed(number):
    sim = voting(7, 9)
    assert sim.reason(sim.printing(number)) is Reason.PAPERS_TOO_FEW


def test_no_more_papers_are_printed_than_one_each_and_twenty_to_spare():
    sim = voting(7, 9)
    refusal = sim.refusal(sim.printing(28))
    assert (refusal.reason, refusal.facts) == (Reason.PAPERS_TOO_MANY, {"most": 27})
    sim.print_papers(26)
    assert sim.reason(sim.printing(2)) is Reason.PAPERS_TOO_MANY
    assert papers(sim.print_papers(1)) == (27, 0, 0, 27)


# --- issued and exchanged


def test_who_takes_a_paper_is_on_record_and_which_paper_he_took_is_not():
    sim = voting(7, 9).print_papers(7).issue("v01")
    assert sim.events()[-1] == e.BallotPaperIssued(sim.meeting_id, sim.vote_id, "v01")
    for fact in (e.BallotPaperIssued, e.BallotPaperExchanged):
        assert {field.name for field in fields(fact)} == {"meeting", "vote", "person"}
    assert {field.name for field in fields(e.BallotPaperRead)} == {
        "meeting", "vote", "number", "answer",
    }  # fmt: skip
    assert papers(sim) == (7, 1, 0, 6)


@pytest.mark.parametrize(("person", "before", "reason"), NOT_ABLE)
def test_whoever_may_not_vote_is_given_no_paper(person, before, reason):
    sim = before(some()).print_papers(3)
    assert sim.reason(sim.issuing(person)) is reason


def test_a_person_is_given_one_paper():
    sim = voting(7, 9).print_papers(7).issue("v01")
    assert sim.reason(sim.issuing("v01")) is Reason.PAPER_IN_HAND


def test_no_paper_is_given_that_was_not_printed():
    sim = voting(7, 9)
    assert sim.reason(sim.issuing("v01")) is Reason.PAPERS_TOO_FEW
    sim.print_papers(1).issue("v01")
    assert sim.reason(sim.issuing("v02")) is Reason.PAPERS_TOO_FEW


def test_a_spoiled_paper_is_exchanged_and_kept_apart():
    sim = voting(7, 9).print_papers(4).issue("v01").exchange("v01", "v01")
    assert sim.events()[-1] == e.BallotPaperExchanged(sim.meeting_id, sim.vote_id, "v01")
    assert papers(sim) == (4, 1, 2, 1)
    assert sim.reason(sim.exchanging("v02")) is Reason.NO_PAPER_IN_HAND
    sim.exchange("v01")
    assert sim.reason(sim.exchanging("v01")) is Reason.PAPERS_TOO_FEW


def test_nothing_is_printed_issued_or_exchanged_once_the_box_is_open():
    sim = returned(issued=2, back=0)
    for command in (sim.printing(1), sim.issuing("v05"), sim.exchanging("v01")):
        assert sim.reason(command) is Reason.BOX_IS_OPEN


@given(st.lists(st.sampled_from(["print", "issue", "exchange"]), max_size=12))
def test_every_paper_printed_is_in_a_hand_spoiled_or_left(steps):
    sim = voting(6, 9)
    people = iter(sim.voters())
    for step in steps:
        if step == "print":
            sim.print_papers(2)
        elif sim.vote().papers.left and step == "issue" and sim.vote().waiting:
            sim.issue(next(people))
        elif sim.vote().papers.left and sim.vote().papers.holders:
            sim.exchange("v01")
        known = sim.vote().papers
        assert known.printed == known.issued + known.spoiled + known.left
        assert known.left >= 0


# --- the box is opened


def test_the_papers_in_the_box_are_counted_and_the_number_may_be_put_right_before_the_first_is_read():
    sim = voting(7, 9).print_papers(5).issue_papers(5).return_papers(4).return_papers(5)
    assert [event.returned for event in sim.events()[-2:]] == [4, 5]
    lines = sim.lines()
    assert sim.return_papers(5).lines() == lines
    sim.read_papers(1)
    assert sim.reason(sim.returning(4)) is Reason.READING_BEGUN
    sim.take_back().return_papers(4)
    assert sim.vote().papers.returned == 4


def test_the_same_number_again_changes_nothing_while_the_papers_are_read():
    sim = returned().read_papers(1)
    lines = sim.lines()
    assert sim.return_papers(3).lines() == lines


def test_what_was_never_handed_out_does_not_come_back():
    sim = voting(7, 9).print_papers(7)
    assert sim.reason(sim.returning(0)) is Reason.PAPERS_TOO_FEW
    sim.issue_papers(3)
    assert sim.reason(sim.returning(-1)) is Reason.COUNT_NEGATIVE
    refusal = sim.refusal(sim.returning(4))
    assert refusal.reason is Reason.MORE_PAPERS_THAN_ISSUED
    assert refusal.facts == {"returned": 4, "issued": 3}


def test_a_paper_that_was_not_put_in_the_box_is_an_unused_vote():
    sim = returned(issued=3, back=2)
    assert (sim.vote().turnout, sim.vote().unanswered) == (2, 5)
    assert sim.read_papers(2).close().numbers() == (2, 0, 0, 5)


def test_none_of_the_papers_may_come_back():
    assert returned(back=0).close().by_channel() == {}


# --- read aloud


def test_papers_are_read_one_by_one_and_only_out_of_an_open_box():
    sim = voting(7, 9).print_papers(3).issue_papers(3)
    assert sim.reason(sim.reading()) is Reason.BOX_IS_SHUT
    assert sim.vote().papers.unread == 0
    assert sim.return_papers(3).vote().papers.unread == 3
    for wrong in (0, 2, -1):
        assert sim.reason(sim.reading(number=wrong)) is Reason.READ_OUT_OF_TURN
    sim.read_papers(1)
    assert sim.events()[-1] == e.BallotPaperRead(sim.meeting_id, sim.vote_id, 1, (FOR,))
    assert sim.reason(sim.reading(number=1)) is Reason.READ_OUT_OF_TURN  # two clerks, one paper
    sim.read_papers(0, 1, 1)
    assert sim.by_channel() == {Channel.PAPER: (1, 1, 1)}
    assert sim.reason(sim.reading()) is Reason.ALL_PAPERS_READ


def test_a_paper_gives_an_answer_that_was_offered_or_is_invalid():
    sim = returned()
    assert sim.reason(sim.reading(Choice.SATISFIED)) is Reason.NOT_AN_OPTION
    sim.do(sim.reading(None))
    assert sim.events()[-1].answer is None


def test_an_invalid_paper_is_unused_and_shown_apart():
    sim = returned(issued=4, back=4).read_papers(2, 1, invalid=1).close()
    assert sim.by_channel() == {Channel.PAPER: (2, 1, 0)}
    assert sim.numbers() == (2, 1, 0, 4)
    tally = sim.vote().tally
    assert (tally.invalid, tally.cast, tally.present) == (1, 3, 7)


def test_a_vote_may_come_to_nothing_but_invalid_papers():
    sim = returned().read_papers(invalid=3).close()
    assert sim.by_channel() == {Channel.PAPER: (0, 0, 0)}
    assert (sim.vote().tally.invalid, sim.vote().carried) == (3, False)


def test_the_last_reading_may_be_taken_back_and_only_the_last():
    sim = returned().read_papers(1, 1)
    for wrong in (1, 3, 0):
        assert sim.reason(sim.taking_back(wrong)) is Reason.READ_OUT_OF_TURN
    sim.take_back()
    assert sim.events()[-1] == e.ReadingTakenBack(sim.meeting_id, sim.vote_id, 2)
    assert sim.vote().papers.readings == ((FOR,),)
    sim.read_papers(0, 0, 2)
    assert sim.by_channel() == {Channel.PAPER: (1, 0, 2)}


def test_there_is_nothing_to_take_back_before_the_first_is_read():
    sim = returned()
    for number in (0, 1):
        assert sim.reason(sim.taking_back(number)) is Reason.READ_OUT_OF_TURN


@given(st.lists(st.sampled_from([FOR, AGAINST, Choice.ABSTAIN, None, "back"]), max_size=14))
def test_valid_and_invalid_papers_are_those_that_were_read(steps):
    sim, read = returned(6, 6, 6), []
    for step in steps:
        if step == "back" and read:
            sim.take_back()
            read.pop()
        elif step != "back" and len(read) < 6:
            sim.do(sim.reading(step))
            read.append(step)
    known = sim.vote().papers
    assert known.readings == tuple(choice and (choice,) for choice in read)
    assert known.unread == 6 - len(read)
    valid = sum(n.count for n in known.counts(sim.vote().row.options))
    assert valid + known.invalid == len(read)


# --- in secret


@pytest.mark.parametrize("back", [1, 2, 3, 4])
def test_law_10_too_few_papers_of_a_secret_vote_are_not_even_read(back):
    sim = secretly(7, 9).print_papers(7).issue_papers(7)
    refusal = sim.refusal(sim.returning(back))
    assert refusal.reason is Reason.TOO_FEW_FOR_SECRECY
    assert refusal.facts == {"ballots": back, "least": 5}


@pytest.mark.parametrize("back", [0, 5, 6, 7])
def test_none_of_the_papers_or_five_and_more_of_them_tell_nothing(back):
    sim = secretly(7, 9).print_papers(7).issue_papers(7).return_papers(back)
    assert sim.vote().papers.returned == back


@pytest.mark.parametrize("back", [1, 4])
def test_of_a_named_vote_however_few_papers_are_read(back):
    assert returned(issued=4, back=back).vote().papers.unread == back
