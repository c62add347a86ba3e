"""Shares of a base: exact at the boundary, never of nobody, and stricter or laxer without any rounding."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.law.rules import HALF, ONE_THIRD, OVER_HALF, TWO_THIRDS, Threshold
from kiosk.core.law.statute import ROWS
from kiosk.core.terms import Base, RowId

NAMED = [TWO_THIRDS, HALF, OVER_HALF, ONE_THIRD]
BASES = range(1, 201)
# All shares with small numbers; of any two that differ, some base up to 200 shows which is laxer.
SHARES = [
    Threshold(numerator, denominator, inclusive)
    for denominator in range(1, 8)
    for numerator in range(1, denominator + 1)
    for inclusive in (True, False)
]


def passes(threshold, count, base):
    """Exact rational arithmetic, which the product does not use."""
    part, share = Fraction(count, base), Fraction(threshold.numerator, threshold.denominator)
    return part >= share if threshold.inclusive else part > share


def counts_that_pass(threshold):
    return {(c, b) for b in BASES for c in range(b + 1) if passes(threshold, c, b)}


@pytest.mark.parametrize("threshold", SHARES, ids=str)
def test_a_share_is_reached_just_where_exact_fractions_say_so(threshold):
    for base in range(1, 61):
        for count in range(base + 1):
            assert threshold.compare(count, base).holds is passes(threshold, count, base)


@pytest.mark.parametrize("threshold", NAMED, ids=str)
def test_the_least_number_reaches_the_share_and_one_less_does_not(threshold):
    for base in BASES:
        least = threshold.least(base)
        assert threshold.compare(least, base).holds
        assert not threshold.compare(least - 1, base).holds


@pytest.mark.parametrize("threshold", NAMED, ids=str)
def test_of_nobody_no_share_is_reached(threshold):
    assert threshold.compare(0, 0).holds is False
    assert threshold.compare(1, 0).holds is False


def test_a_comparison_prints_the_products_it_was_judged_by():
    comparison = TWO_THIRDS.compare(33, 45)
    assert (comparison.left, comparison.right) == (99, 90)


def test_a_share_is_as_strict_as_another_just_where_nothing_passes_it_that_fails_the_other():
    passing = {share: counts_that_pass(share) for share in SHARES}
    for one in SHARES:
        for other in SHARES:
            exact = passing[one] <= passing[other]
            assert one.at_least_as_strict_as(other) is exact, (one, other)


@given(
    st.builds(Threshold, st.integers(1, 100), st.integers(1, 100), st.booleans()),
    st.builds(Threshold, st.integers(1, 100), st.integers(1, 100), st.booleans()),
    st.sampled_from(BASES),
)
def test_what_reaches_a_share_reaches_every_laxer_one(one, other, base):
    if one.at_least_as_strict_as(other):
        assert one.least(base) >= other.least(base)
    else:
        assert other.at_least_as_strict_as(one)


@pytest.mark.parametrize(
    "threshold",
    [
        Threshold(0, 3, inclusive=True),
        Threshold(0, 1, inclusive=True),  # in lowest terms, and still nothing
        Threshold(-1, 3, inclusive=True),
        Threshold(1, 0, inclusive=True),
        Threshold(-1, -2, inclusive=True),
        Threshold(4, 3, inclusive=True),
        Threshold(1, 1, inclusive=False),  # more than all
        Threshold(4, 6, inclusive=True),  # two thirds, spelled twice
        Threshold(100, 101, inclusive=True),
    ],
    ids=str,
)
def test_a_share_of_nothing_of_more_than_all_or_misspelled_makes_no_sense(threshold):
    assert threshold.makes_sense is False


def test_the_named_shares_are_those_of_the_law():
    assert Threshold(2, 3, inclusive=True) == TWO_THIRDS  # 三分之二以上
    assert Threshold(1, 2, inclusive=True) == HALF  # 半数以上
    assert Threshold(1, 2, inclusive=False) == OVER_HALF  # 过半数
    assert Threshold(1, 3, inclusive=True) == ONE_THIRD  # 三分之一以上


@pytest.mark.parametrize("threshold", [*NAMED, Threshold(1, 1, True), Threshold(99, 100, True)])
def test_any_other_share_up_to_all_makes_sense(threshold):
    assert threshold.makes_sense


def test_the_majority_is_counted_of_those_the_row_says():
    of_present = ROWS[RowId.REPRESENTATIVES]
    of_entitled = replace(of_present, majority_base=Base.ENTITLED)
    assert of_present.base_count(entitled=45, present=30) == 30
    assert of_entitled.base_count(entitled=45, present=30) == 45


def test_recused_members_stay_in_the_base_unless_the_village_resolved_otherwise():
    stay = ROWS[RowId.REPRESENTATIVES]
    leave = replace(stay, recused_leave=True)
    assert stay.base_count(entitled=45, present=30, recused=2) == 30
    assert leave.base_count(entitled=45, present=30, recused=2) == 28
    assert leave.base_count(entitled=45, present=30) == 30  # nobody stands aside
