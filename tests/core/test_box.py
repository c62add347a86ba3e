"""The sealed box: what goes in comes out, of the same length whatever is in it; anything else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.law.rules import THREE_ANSWERS
from kiosk.core.law.statute import ROWS
from kiosk.core.law.tally import Count, Subtotal
from kiosk.core.refusals import Malformed
from kiosk.core.terms import PersonId
from kiosk.core.values import Candidate, Contest
from kiosk.core.votes.box import BYTES_A_COUNT, Box, packed, unpacked

SCREEN, PHONE = Channel.KIOSK_SCREEN, Channel.PHONE
CONTEST = Contest(tuple(Candidate(PersonId(f"c{n}"), f"候选人{n}") for n in range(1, 6)), places=3)
ANSWERS = st.sampled_from([row.options for row in ROWS.values()] + [CONTEST.options])
PEOPLE = st.sets(st.text("vw0123", min_size=1, max_size=4).map(PersonId), min_size=1, max_size=20)
SHORT = frozenset(PersonId(name) for name in ("c", "a", "b"))


def answers(options):
    """One of the options, or where candidates stand as many of them as there are places."""
    if options != CONTEST.options:
        return st.sampled_from(options).map(lambda choice: (choice,))
    named = st.sets(st.sampled_from(options[:-1]), min_size=1, max_size=CONTEST.places)
    return named.map(sorted_answer) | st.just((Choice.ABSTAIN,))


def sorted_answer(choices):
    return tuple(choice for choice in Choice if choice in choices)


@st.composite
def boxes(draw):
    """An electorate, the answers, and a box with ballots of some of them."""
    electorate, options = draw(PEOPLE), draw(ANSWERS)
    ballots = draw(
        st.dictionaries(
            st.sampled_from(sorted(electorate)),
            st.tuples(answers(options), st.sampled_from(Channel)),
        )
    )
    return electorate, options, ballots


def filled(ballots):
    box = Box()
    for person, (answer, channel) in ballots:
        box = box.with_ballot(person, answer, channel)
    return box


@given(boxes())
def test_what_goes_in_comes_out(given_box):
    electorate, options, ballots = given_box
    box = filled(ballots.items())
    assert unpacked(packed(box, electorate, options), electorate, options) == box


@given(boxes())
def test_law_10_a_box_is_as_long_as_any_other_of_its_vote(given_box):
    electorate, options, ballots = given_box
    empty = packed(Box(), electorate, options)
    assert len(packed(filled(ballots.items()), electorate, options)) == len(empty)
    assert set(empty) == {0}


@given(boxes(), st.randoms(use_true_random=False))
def test_law_10_the_order_of_the_ballots_is_not_in_the_box(given_box, chance):
    electorate, options, ballots = given_box
    shuffled = list(ballots.items())
    chance.shuffle(shuffled)
    first, second = filled(ballots.items()), filled(shuffled)
    assert first == second
    assert packed(first, electorate, options) == packed(second, set(electorate), options)


@given(boxes(), st.randoms(use_true_random=False))
def test_law_10_who_gave_which_answer_is_not_in_the_box(given_box, chance):
    electorate, options, ballots = given_box
    people, answers = list(ballots), list(ballots.values())
    chance.shuffle(answers)
    dealt_again = filled(zip(people, answers, strict=True))
    once = filled(ballots.items())
    assert packed(once, electorate, options) == packed(dealt_again, electorate, options)


@given(boxes())
def test_law_10_a_shut_box_shows_who_has_voted_and_no_number(given_box):
    _, options, ballots = given_box
    box = filled(ballots.items())
    assert box.shut == Box(frozenset(ballots))
    assert box.shut.subtotals(options) == ()


@given(boxes())
def test_law_4_the_sub_totals_of_a_box_are_its_ballots_channel_by_channel(given_box):
    _, options, ballots = given_box
    subtotals = filled(ballots.items()).subtotals(options)
    used = [channel for channel in Channel if channel in {by for _, by in ballots.values()}]
    assert [sub.channel for sub in subtotals] == used
    for sub in subtotals:
        given_by = [answer for answer, by in ballots.values() if by is sub.channel]
        each = [choice for answer in given_by for choice in answer]
        assert sub.counts == tuple(Count(option, each.count(option)) for option in options)
        assert sub.cast == len(given_by)


def test_the_sub_totals_of_an_empty_box_are_none():
    assert Box().subtotals(THREE_ANSWERS) == ()


def test_a_ballot_more_is_one_more_of_its_answer_and_channel():
    box = filled([("a", ((Choice.FOR,), SCREEN)), ("b", ((Choice.FOR,), SCREEN))])
    assert box == Box(frozenset({"a", "b"}), {(SCREEN, Choice.FOR): 2}, {SCREEN: 2})
    assert box.subtotals(THREE_ANSWERS) == (
        Subtotal(
            SCREEN, (Count(Choice.FOR, 2), Count(Choice.AGAINST, 0), Count(Choice.ABSTAIN, 0)), 2
        ),
    )


# --- its plain form, which outlives an upgrade in the middle of a vote


def test_the_plain_form_is_a_bit_a_person_by_id_and_four_bytes_a_number():
    box = filled([("a", ((Choice.FOR,), SCREEN)), ("c", ((Choice.ABSTAIN,), PHONE))])
    # By channel the ballots, then those of each answer.
    given_by = [(1, 1, 0, 0), (1, 0, 0, 1), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)]
    numbers = b"".join(n.to_bytes(4, "big") for four in given_by for n in four)
    assert packed(box, SHORT, THREE_ANSWERS) == bytes([0b101]) + numbers
    assert BYTES_A_COUNT == 4


@pytest.mark.parametrize(("people", "length"), [(1, 1), (8, 1), (9, 2), (16, 2), (17, 3)])
def test_eight_people_take_a_byte(people, length):
    electorate = [PersonId(f"v{n:02d}") for n in range(people)]
    content = packed(Box(), electorate, THREE_ANSWERS)
    assert len(content) == length + 4 * len(Channel) * 4


def test_a_count_may_be_as_large_as_four_bytes_hold():
    electorate = [PersonId(f"v{n:05d}") for n in range(70_000)]
    box = Box(frozenset(electorate), {(SCREEN, Choice.FOR): 70_000}, {SCREEN: 70_000})
    assert unpacked(packed(box, electorate, THREE_ANSWERS), electorate, THREE_ANSWERS) == box


# --- what no box can be


def good():
    box = filled([("a", ((Choice.FOR,), SCREEN)), ("b", ((Choice.AGAINST,), PHONE))])
    return packed(box, SHORT, THREE_ANSWERS)


@pytest.mark.parametrize(
    ("spoiled", "named"),
    [
        (lambda content: b"", "length"),
        (lambda content: content[:-1], "length"),
        (lambda content: content + b"\0", "length"),
        (lambda content: bytes([0b111]) + content[1:], "counts"),  # three voted, two ballots
        (lambda content: bytes([0b001]) + content[1:], "counts"),
        (lambda content: content[:-1] + b"\1", "counts"),  # two voted, three ballots
        (lambda content: bytes([0b1011]) + content[1:], "counts"),  # somebody who is not there
    ],
)
def test_what_cannot_be_a_box_is_malformed(spoiled, named):
    with pytest.raises(Malformed, match=f"^box: {named}$"):
        unpacked(spoiled(good()), SHORT, THREE_ANSWERS)


@given(st.binary(max_size=100) | st.binary(min_size=81, max_size=81))
def test_any_bytes_are_a_box_whose_numbers_agree_or_malformed(content):
    try:
        box = unpacked(content, SHORT, THREE_ANSWERS)
    except Malformed:
        return
    assert box.voted <= SHORT
    assert sum(box.cast.values()) == len(box.voted)
    assert packed(box, SHORT, THREE_ANSWERS) == content


@given(st.integers(0, 80), st.integers(1, 255))
def test_a_byte_that_was_changed_is_noticed_or_makes_another_lawful_box(place, by):
    content = bytearray(good())
    content[place] ^= by
    try:
        box = unpacked(bytes(content), SHORT, THREE_ANSWERS)
    except Malformed:
        return
    assert sum(box.cast.values()) == len(box.voted) == 2
