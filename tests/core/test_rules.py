"""The rule rows against exact fractions: at nothing, at one, just below, at and just above each threshold."""

from fractions import Fraction
from math import ceil, floor

import pytest
from simulator import BODIES, convened, refused, voting

from kiosk.core.refusals import Reason
from kiosk.core.rules import HALF, OVER_HALF, ROWS, TWO_THIRDS
from kiosk.core.terms import Base, Body, Capacity, Stage

# What stands in the founders' rules §2, said again without the product's own terms.
LAW = {
    Body.PARTY_COMMITTEE: (Stage.PROPOSAL, ("1/2", True), ("1/2", False), Base.ENTITLED, 1),
    Body.TWO_COMMITTEES: (Stage.CONSULTATION, ("2/3", True), ("1/2", False), Base.ENTITLED, 1),
    Body.PARTY_MEETING: (Stage.REVIEW, ("2/3", True), ("1/2", False), Base.ENTITLED, 3),
    Body.REPRESENTATIVES: (Stage.DECISION, ("2/3", True), ("1/2", False), Base.PRESENT, 3),
}
VOTERS = {
    Body.PARTY_COMMITTEE: {Capacity.PARTY_COMMITTEE_MEMBER},
    Body.TWO_COMMITTEES: {Capacity.PARTY_COMMITTEE_MEMBER, Capacity.VILLAGE_COMMITTEE_MEMBER},
    Body.PARTY_MEETING: {Capacity.PARTY_MEMBER},
    Body.REPRESENTATIVES: {Capacity.VILLAGE_COMMITTEE_MEMBER, Capacity.REPRESENTATIVE},
}
BASES = range(1, 61)
THRESHOLDS = [TWO_THIRDS, HALF, OVER_HALF]


def reaches(count, base, share, *, inclusive):
    """Exact rational arithmetic, which the product does not use."""
    part = Fraction(count, base)
    return part >= share if inclusive else part > share


def around(share, base):
    """0, 1, and one below, at and one above the number that the share makes of the base."""
    exact = share * base
    near = {floor(exact), ceil(exact)}
    wanted = {0, 1, base} | {n + d for n in near for d in (-1, 0, 1)}
    return sorted(n for n in wanted if 0 <= n <= base)


def test_every_body_has_its_row_and_every_deliberation_its_body():
    assert list(ROWS) == list(Body)
    assert [ROWS[body].stage for body in BODIES] == list(Stage)[:4]


@pytest.mark.parametrize("body", Body)
def test_each_row_says_what_the_founders_wrote(body):
    row = ROWS[body]
    stage, quorum, majority, base, notice_days = LAW[body]
    assert row.body is body
    assert (row.stage, row.majority_base, row.notice_days) == (stage, base, notice_days)
    for threshold, (share, inclusive) in ((row.quorum, quorum), (row.majority, majority)):
        assert Fraction(threshold.numerator, threshold.denominator) == Fraction(share)
        assert threshold.inclusive is inclusive
    assert row.voters == VOTERS[body]
    assert row.quorum_basis
    assert row.majority_basis
    assert row.voters_basis


@pytest.mark.parametrize("body", Body)
def test_each_row_agrees_with_exact_fractions_around_its_thresholds(body):
    row = ROWS[body]
    _, *laws, _, _ = LAW[body]
    for threshold, (share, inclusive) in zip((row.quorum, row.majority), laws, strict=True):
        for base in BASES:
            for count in around(Fraction(share), base):
                held = reaches(count, base, Fraction(share), inclusive=inclusive)
                assert threshold.compare(count, base).holds is held, (count, base)


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_the_least_number_reaches_the_share_and_one_less_does_not(threshold):
    for base in BASES:
        least = threshold.least(base)
        assert threshold.compare(least, base).holds
        assert not threshold.compare(least - 1, base).holds


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_of_nobody_no_share_is_reached(threshold):
    assert not threshold.compare(0, 0).holds
    assert not threshold.compare(1, 0).holds


def test_a_comparison_prints_the_products_it_was_judged_by():
    comparison = TWO_THIRDS.compare(33, 45)
    assert (comparison.left, comparison.right) == (99, 90)


def test_the_majority_is_counted_of_those_present_for_representatives_and_else_of_those_entitled():
    bases = {body: ROWS[body].base_count(entitled=45, present=30) for body in Body}
    assert bases.pop(Body.REPRESENTATIVES) == 30
    assert set(bases.values()) == {45}


def test_twenty_nine_of_forty_five_may_not_open_a_representatives_meeting():
    sim = convened(entitled=45).check_in(29)
    refusal = refused(sim.open)
    assert refusal.reason is Reason.NO_QUORUM
    assert refusal.facts == {"present": 29, "entitled": 45, "needed": 30, "missing": 1}
    assert refusal.basis == "村民委员会组织法第三十条"


def test_a_refusal_reads_as_its_reason_with_its_numbers():
    refusal = refused(convened(entitled=3).check_in(1).open)
    assert str(refusal).startswith("no_quorum {'present': 1, 'entitled': 3")
    assert str(refused(convened().adjourn)) == "not_in_session"


def test_thirty_of_forty_five_may_open_a_representatives_meeting():
    assert convened(entitled=45).check_in(30).open().meeting().in_session


def test_people_without_a_vote_do_not_help_the_quorum():
    sim = convened(entitled=45, observers=9).check_in(29)
    sim.arrive(*(f"o{n:02d}" for n in range(1, 10)))
    assert refused(sim.open).reason is Reason.NO_QUORUM


def test_fifteen_of_thirty_present_do_not_carry():
    assert voting(present=30).cast(15, 15).close().vote().carried is False


def test_sixteen_of_thirty_present_carry():
    assert voting(present=30).cast(16, 14).close().vote().carried is True


def test_most_of_those_who_voted_do_not_carry_unless_they_are_most_of_those_present():
    assert voting(present=30).cast(15, 0, 1).close().vote().carried is False


def test_a_party_meeting_counts_those_entitled_and_not_only_those_present():
    assert (
        voting(present=20, entitled=30, body=Body.PARTY_MEETING).cast(15).close().vote().carried
        is False
    )
    assert (
        voting(present=20, entitled=30, body=Body.PARTY_MEETING).cast(16).close().vote().carried
        is True
    )


def test_half_of_a_party_committee_may_meet_but_must_agree_with_one_more():
    four = {"entitled": 4, "body": Body.PARTY_COMMITTEE}
    assert voting(present=2, **four).cast(2).close().vote().carried is False
    assert voting(present=3, **four).cast(3).close().vote().carried is True
    assert refused(convened(**four).check_in(1).open).reason is Reason.NO_QUORUM
