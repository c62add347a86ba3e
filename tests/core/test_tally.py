"""Counting: four counts that always add up, whatever the order of the ballots."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from strategies import ballots

from kiosk.core.rules import ROWS
from kiosk.core.tally import count, judge
from kiosk.core.terms import Body, Choice


@given(ballots())
def test_the_four_counts_add_up_to_the_electorate(vote):
    electorate, recused, cast = vote
    tally = count(electorate, recused, cast)
    four = tally.votes_for + tally.votes_against + tally.abstentions + tally.unused
    assert four == tally.present == len(electorate)
    assert tally.cast == len(cast)
    assert tally.recused == len(recused) <= tally.unused


@given(ballots(), st.randoms(use_true_random=False))
def test_the_counts_do_not_depend_on_the_order_of_the_ballots(vote, chance):
    electorate, recused, cast = vote
    shuffled = list(cast.items())
    chance.shuffle(shuffled)
    assert count(electorate, recused, dict(shuffled)) == count(electorate, recused, cast)


@given(ballots(), st.sampled_from(Body), st.integers(0, 30))
def test_the_judgement_is_exact_on_the_base_of_the_row(vote, body, absent):
    electorate, recused, cast = vote
    tally = count(electorate, recused, cast)
    entitled = len(electorate) + absent
    base = len(electorate) if body is Body.REPRESENTATIVES else entitled
    judged = judge(tally, ROWS[body], entitled=entitled)
    assert judged.base == base
    assert judged.holds is (Fraction(list(cast.values()).count(Choice.FOR), base) > Fraction(1, 2))


@given(ballots(), st.sampled_from(Body))
def test_standing_aside_never_makes_a_motion_easier_to_carry(vote, body):
    electorate, recused, cast = vote
    with_them = judge(count(electorate, recused, cast), ROWS[body], entitled=len(electorate))
    if with_them.holds:
        nobody_aside = judge(count(electorate, [], cast), ROWS[body], entitled=len(electorate))
        assert nobody_aside.holds
