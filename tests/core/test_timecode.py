"""Where an entry stands in the film: parts, gaps, marks, before the film began, a clock that was set."""

import pytest
from filmed import (
    CLOSED,
    FIRST,
    OPENED,
    SECOND,
    adjourned,
    at,
    gap,
    item,
    marked,
    opened,
    sealed,
    speech,
    started,
    stopped,
    told,
    vote_closed,
    vote_opened,
)

from kiosk.core.meetings.timecode import Place, timecode


def places(*facts):
    """For each entry the second of the film it stands at, None where the film does not show it."""
    entries = told(*facts)
    film = timecode(entries)
    found = [film.place(entry.seq, entry.at) for entry in entries]
    return [place.film_ms / 1000 if place.shown else None for place in found]


def test_without_a_film_nothing_has_a_place():
    film = timecode(told((0, opened()), (5, item())))
    assert film.place(2, at(5)) == Place(0, shown=False)


def test_an_entry_stands_as_far_into_its_part_as_it_came_after_the_parts_beginning():
    told_at = places((0, opened()), (1, started()), (31, item()), (601, sealed(FIRST, 1, 601)))
    assert told_at[2] == 30


def test_the_parts_are_one_film_one_after_another():
    seen = places(
        (1, started()),
        (601, sealed(FIRST, 1, 601)),
        (611, item()),
        (1201, sealed(SECOND, 601, 1201)),
    )
    assert seen[2] == 610


def test_what_came_before_the_film_began_is_at_its_beginning_and_is_not_shown():
    seen = places((0, opened()), (5, started()), (9, item()), (65, sealed(FIRST, 5, 65)))
    assert (seen[0], seen[2]) == (None, 4)


def test_the_clock_runs_on_in_a_gap_and_the_film_does_not():
    facts = (
        (0, started()),
        (60, sealed(FIRST, 0, 60)),
        (90, item()),
        (120, gap(60, 120)),
        (130, speech()),
        (180, sealed(SECOND, 120, 180)),
    )
    entries = told(*facts)
    film = timecode(entries)
    assert film.place(3, at(90)) == Place(60_000, shown=False)
    assert film.place(5, at(130)) == Place(70_000, shown=True)


def test_a_part_that_follows_at_once_leaves_no_gap():
    seen = places(
        (0, started()),
        (60.2, item()),
        (60.4, sealed(FIRST, 0, 60)),
        (120, sealed(SECOND, 60.5, 120)),
    )
    assert seen[1] == 60


def test_a_mark_knows_better_than_the_clock():
    facts = (
        (0, started()),
        (30, vote_opened()),
        (30.1, marked(OPENED, FIRST, 29.2)),
        (40, speech()),
        (60, sealed(FIRST, 0, 60)),
    )
    assert places(*facts)[1] == 29.2
    assert places(*facts)[3] == 39.2


def test_a_mark_in_the_second_part_counts_from_the_second_part():
    seen = places(
        (0, started()),
        (60, sealed(FIRST, 0, 60)),
        (70, vote_opened()),
        (70, marked(OPENED, SECOND, 9)),
        (120, sealed(SECOND, 60, 120)),
    )
    assert seen[2] == 69


def test_while_the_recorder_runs_the_film_goes_on_beyond_what_is_sealed():
    seen = places((0, started()), (60, sealed(FIRST, 0, 60)), (75, item()))
    assert seen[2] == 75
    assert places((2, started()), (12, item()))[1] == 10


def test_after_its_end_the_film_shows_nothing():
    seen = places((0, started()), (60, sealed(FIRST, 0, 60)), (60, stopped()), (75, adjourned()))
    assert seen[3] is None


def test_a_mark_in_a_part_that_is_not_sealed_is_an_anchor_too():
    seen = places(
        (0, started()),
        (60, sealed(FIRST, 0, 60)),
        (70, vote_opened()),
        (70, marked(OPENED, SECOND, 8)),
        (72, vote_closed()),
    )
    assert seen[2:5:2] == [68, 70]


@pytest.mark.parametrize("seconds", [3600, 7200])
def test_a_clock_set_forward_within_a_part_moves_nothing_by_more_than_itself(seconds):
    """Set forward at second 300: what came before is counted on, what comes after is counted back."""
    seen = places(
        (0, started()),
        (100, item()),
        (seconds + 500, speech()),
        (seconds + 600, sealed(FIRST, 0, seconds + 600, lasts=600)),
    )
    assert seen[1:3] == [100, 500]


def test_a_clock_set_back_between_two_parts_leaves_each_entry_in_its_own_part():
    """Set back an hour at second 600; time in the journal stands still until the clock has caught up."""
    seen = places(
        (0, started()),
        (300, item()),
        (600, sealed(FIRST, 0, 600)),
        (600, vote_opened()),
        (600, marked(OPENED, SECOND, 100)),
        (600, vote_closed()),
        (600, marked(CLOSED, SECOND, 200)),
        (600, sealed(SECOND, 600 - 3600, 1200 - 3600)),
    )
    assert seen[1] == 300
    assert (seen[3], seen[5]) == (700, 800)


def test_after_a_kill_the_part_is_sealed_late_and_its_entries_are_still_in_it():
    seen = places(
        (0, started()),
        (30, item()),
        (200, speech()),  # before the recorder was there again
        (201, sealed(FIRST, 0, 45)),
        (203, started()),
        (204, gap(45, 203, "kiosk")),
        (213, vote_opened()),
        (263, sealed(SECOND, 203, 263)),
    )
    assert seen[1] == 30
    assert seen[2] is None
    assert seen[6] == 55


def test_a_mark_at_the_very_end_of_its_part_is_at_its_end():
    seen = places(
        (0, started()),
        (60.1, vote_opened()),
        (60.1, marked(OPENED, FIRST, 60.1)),
        (61, sealed(FIRST, 0, 60)),
        (120, sealed(SECOND, 60.3, 120)),
    )
    assert seen[1] == 60


def test_a_mark_beyond_the_end_of_its_part_is_not_believed():
    seen = places(
        (0, started()),
        (30, vote_opened()),
        (31, marked(OPENED, FIRST, 400)),
        (60, sealed(FIRST, 0, 60)),
    )
    assert seen[1] == 30


# --- and back: when the film shows a place of it


def test_a_place_of_the_film_has_its_instant():
    film = timecode(
        told(
            (5, started()),
            (65, sealed(FIRST, 5, 65)),
            (100, gap(65, 95)),
            (155, sealed(SECOND, 95, 155)),
        )
    )
    assert film.instant(0) == at(5)
    assert film.instant(30_000) == at(35)
    assert film.instant(61_000) == at(96)


def test_without_a_film_no_place_has_an_instant():
    assert timecode(told((0, opened()))).instant(0) is None
