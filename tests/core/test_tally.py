"""Counting: counts that always add up, whatever the order of the ballots, judged exactly on the row's base."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from strategies import ballots

from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.law.rules import THREE_ANSWERS, TWO_THIRDS
from kiosk.core.law.statute import ROWS
from kiosk.core.law.tally import Count, Subtotal, Tally, counted, judge, number, tally_of, total
from kiosk.core.terms import Base, RowId


def count(options, electorate, recused, cast):
    """The tally of these ballots, all by one channel."""
    counts = counted(options, Counter(cast.values()))
    by_screen = Subtotal(Channel.KIOSK_SCREEN, counts, len(cast))
    return tally_of(options, [by_screen], electorate=len(electorate), recused=len(recused))


ANSWERS = st.sampled_from(list(ROWS.values())).map(lambda row: row.options)


@st.composite
def votes(draw, options=THREE_ANSWERS):
    """An electorate, those of it who stand aside, and ballots of the rest by these options."""
    electorate, recused, cast = draw(ballots())
    order = list(Choice)
    answered = {p: options[order.index(choice) % len(options)] for p, choice in cast.items()}
    return electorate, recused, answered


@given(st.data(), ANSWERS)
def test_law_4_the_counts_always_add_up_to_those_present_and_entitled(data, options):
    electorate, recused, cast = data.draw(votes(options))
    tally = count(options, electorate, recused, cast)
    assert [c.choice for c in tally.counts] == list(options)
    assert sum(c.count for c in tally.counts) + tally.unused == tally.present == len(electorate)
    assert tally.cast == len(cast)
    assert tally.recused == len(recused) <= tally.unused


@given(votes(), st.randoms(use_true_random=False))
def test_the_counts_do_not_depend_on_the_order_of_the_ballots(vote, chance):
    electorate, recused, cast = vote
    shuffled = list(cast.items())
    chance.shuffle(shuffled)
    once = count(THREE_ANSWERS, electorate, recused, cast)
    assert count(THREE_ANSWERS, electorate, recused, dict(shuffled)) == once


@given(st.data(), st.sampled_from(RowId), st.integers(0, 30))
def test_law_4_the_judgement_is_exact_on_the_base_of_the_row(data, row_id, absent):
    row = ROWS[row_id]
    electorate, recused, cast = data.draw(votes(row.options))
    entitled = len(electorate) + absent
    judged = judge(count(row.options, electorate, recused, cast), row, entitled=entitled)
    base = len(electorate) if row.majority_base is Base.PRESENT else entitled
    share = Fraction(list(cast.values()).count(row.decisive), base)
    needed = Fraction(row.majority.numerator, row.majority.denominator)
    assert judged.base == base
    assert judged.holds is (share >= needed if row.majority.inclusive else share > needed)


@given(votes(), st.sampled_from(RowId))
def test_standing_aside_never_makes_a_motion_easier_to_carry(vote, row_id):
    electorate, recused, cast = vote
    row = ROWS[row_id]
    with_them = judge(count(row.options, electorate, recused, cast), row, entitled=len(electorate))
    nobody_aside = judge(count(row.options, electorate, [], cast), row, entitled=len(electorate))
    assert with_them == nobody_aside


def test_recused_members_leave_the_base_only_where_the_village_so_resolved():
    people, aside = [f"v{n}" for n in range(6)], ["v5"]
    cast = dict.fromkeys(people[:3], Choice.FOR)
    row = ROWS[RowId.REPRESENTATIVES]
    tally = count(row.options, people, aside, cast)
    assert not judge(tally, row, entitled=6).holds
    resolved = judge(tally, replace(row, recused_leave=True), entitled=6)
    assert (resolved.base, resolved.holds) == (5, True)


def test_two_thirds_of_all_include_the_number_itself_and_more_than_half_does_not():
    row = ROWS[RowId.MEMBERS]
    assert row.majority == TWO_THIRDS
    people = [f"v{n}" for n in range(30)]
    for votes_for, carried in ((29, False), (30, True)):
        tally = Tally((Count(Choice.FOR, votes_for),), votes_for, unused=30 - votes_for, recused=0)
        assert judge(tally, row, entitled=45).holds is carried
    half = count(THREE_ANSWERS, people, [], dict.fromkeys(people[:15], Choice.FOR))
    assert not judge(half, ROWS[RowId.REPRESENTATIVES], entitled=45).holds


def test_an_answer_that_was_not_offered_was_given_by_nobody():
    tally = count(THREE_ANSWERS, ["v1"], [], {"v1": Choice.FOR})
    assert tally.of(Choice.SATISFIED) == 0
    assert tally.of(Choice.FOR) == 1


def test_nothing_carries_where_nobody_could_decide():
    assert not judge(
        count(THREE_ANSWERS, [], [], {}), ROWS[RowId.REPRESENTATIVES], entitled=0
    ).holds


# --- several channels


SOME = st.dictionaries(st.sampled_from(Channel), st.tuples(*[st.integers(0, 9)] * 3))


def by_channel(given_by):
    return [
        Subtotal(channel, tuple(map(Count, THREE_ANSWERS, numbers)), sum(numbers))
        for channel, numbers in given_by.items()
    ]


@given(SOME, st.integers(0, 50), st.integers(0, 5), st.integers(0, 5))
def test_law_4_the_tally_is_the_sum_of_the_channels(given_by, others, recused, invalid):
    electorate = sum(map(sum, given_by.values())) + others
    subtotals = by_channel(given_by)
    counts = {"electorate": electorate, "recused": recused, "invalid": invalid}
    tally = tally_of(THREE_ANSWERS, subtotals, **counts)
    columns = [sum(numbers[place] for numbers in given_by.values()) for place in range(3)]
    assert [tally.of(choice) for choice in THREE_ANSWERS] == columns
    assert (tally.cast, tally.unused, tally.present) == (sum(columns), others, electorate)
    assert (tally.recused, tally.invalid) == (recused, invalid)
    assert tally.cast == sum(total(sub.counts) for sub in subtotals)
    assert tally == tally_of(THREE_ANSWERS, subtotals[::-1], **counts)


def test_a_vote_by_no_channel_at_all_is_unused_by_everybody():
    tally = tally_of(THREE_ANSWERS, [], electorate=7)
    assert tally == Tally(
        tuple(Count(choice, 0) for choice in THREE_ANSWERS), 0, unused=7, recused=0
    )
    assert (tally.invalid, tally.recused) == (0, 0)


def test_an_answer_that_was_not_offered_is_not_counted_whatever_a_channel_says():
    odd = Subtotal(Channel.PAPER, (Count(Choice.SATISFIED, 3), Count(Choice.FOR, 2)), 5)
    tally = tally_of(THREE_ANSWERS, [odd], electorate=9)
    assert (tally.of(Choice.SATISFIED), tally.of(Choice.FOR), tally.unused) == (0, 2, 4)


def test_counts_have_every_answer_in_its_order():
    given_by = {Choice.AGAINST: 2, Choice.SATISFIED: 5}
    counts = counted(THREE_ANSWERS, given_by)
    assert counts == tuple(map(Count, THREE_ANSWERS, (0, 2, 0)))
    assert total(counts) == number(counts, Choice.AGAINST) == 2
    assert number(counts, Choice.SATISFIED) == number((), Choice.FOR) == total(()) == 0
