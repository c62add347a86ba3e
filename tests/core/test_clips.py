"""The clip of a vote: which stretch of the film, and who may see it."""

import pytest
from filmed import (
    CLOSED,
    FIRST,
    OPENED,
    SECOND,
    VOTE,
    gap,
    marked,
    opened,
    sealed,
    started,
    told,
    vote_closed,
    vote_opened,
)

from kiosk.core import events as e
from kiosk.core.ballot_terms import Method
from kiosk.core.meetings.clips import LEAD_MS, TRAIL_MS, admits, clip
from kiosk.core.terms import ClipAudience

HALL, OFFICERS, PUBLIC = (
    ClipAudience.HALL_NETWORK,
    ClipAudience.OFFICERS,
    ClipAudience.PUBLIC,
)


def filmed(method=Method.OPEN):
    return told(
        (0, opened()),
        (0, started()),
        (100, vote_opened(method)),
        (100, marked(OPENED, FIRST, 99)),
        (160, vote_closed()),
        (160, marked(CLOSED, FIRST, 159)),
        (600, sealed(FIRST, 0, 600)),
    )


def test_a_clip_goes_from_before_the_opening_to_after_the_close():
    found = clip(filmed(), VOTE)
    assert (found.since_ms, found.until_ms) == (99_000 - LEAD_MS, 159_000 + TRAIL_MS)
    assert found.whole


def test_a_clip_never_begins_before_the_film():
    entries = told((0, started()), (2, vote_opened()), (9, vote_closed()))
    assert clip(entries, VOTE).since_ms == 0


def test_of_a_secret_vote_there_is_the_closing_alone():
    found = clip(filmed(Method.SECRET), VOTE)
    assert (found.since_ms, found.until_ms) == (159_000, 159_000 + TRAIL_MS)


def test_a_clip_may_reach_into_the_next_part_over_a_gap():
    entries = told(
        (0, started()),
        (50, vote_opened()),
        (60, sealed(FIRST, 0, 60)),
        (100, started()),
        (101, gap(60, 100)),
        (110, vote_closed()),
        (160, sealed(SECOND, 100, 160)),
    )
    found = clip(entries, VOTE)
    assert (found.since_ms, found.until_ms) == (50_000 - LEAD_MS, 70_000 + TRAIL_MS)


def test_a_clip_says_when_the_opening_or_the_close_was_not_filmed():
    entries = told(
        (0, started()),
        (60, sealed(FIRST, 0, 60)),
        (80, vote_opened()),
        (100, started()),
        (110, vote_closed()),
        (160, sealed(SECOND, 100, 160)),
    )
    found = clip(entries, VOTE)
    assert not found.whole
    assert (found.opened.shown, found.closed.shown) == (False, True)


def test_a_vote_that_is_open_has_no_clip_yet():
    assert clip(filmed()[:4], VOTE) is None


def test_a_vote_that_was_declared_void_while_open_has_one():
    entries = [*filmed()[:4], *told((160, e.VoteVoided("m", VOTE, "停电")))]
    assert clip(entries, VOTE) is not None


def test_without_a_film_there_is_no_clip():
    assert clip(told((0, opened()), (1, vote_opened()), (2, vote_closed())), VOTE) is None


@pytest.mark.parametrize("audience", ClipAudience)
def test_an_officer_and_the_supervisors_among_them_always_see_it(audience):
    assert admits(audience, officer=True, in_hall=False)


@pytest.mark.parametrize(("audience", "seen"), [(HALL, True), (OFFICERS, False), (PUBLIC, True)])
def test_whoever_is_in_the_halls_network_sees_it_unless_it_is_for_officers(audience, seen):
    assert admits(audience, officer=False, in_hall=True) is seen


@pytest.mark.parametrize("audience", ClipAudience)
def test_from_outside_nobody_sees_the_original(audience):
    assert not admits(audience, officer=False, in_hall=False)
