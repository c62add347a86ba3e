"""Chapters of the film: what happened, in order; how somebody voted only where it was open to all."""

from filmed import (
    FIRST,
    MEETING,
    adjourned,
    at,
    ballot,
    gap,
    item,
    opened,
    sealed,
    speech,
    started,
    stopped,
    told,
    vote_closed,
    vote_opened,
)
from simulator import secretly, voting

from kiosk.core import events as e
from kiosk.core.ballot_terms import Method
from kiosk.core.journal import read
from kiosk.core.meetings.chapters import chapters, of_meeting
from kiosk.core.meetings.headcount import Headcount, headcounts
from kiosk.core.terms import PersonId


def kinds(entries):
    return [type(chapter.event).__name__ for chapter in chapters(entries)]


def of_sim(sim):
    return of_meeting(map(read, sim.lines()), sim.meeting_id)


def test_items_speeches_votes_and_the_ends_are_chapters_in_the_order_of_the_film():
    entries = told(
        (0, opened()),
        (1, started()),
        (5, item()),
        (10, speech()),
        (20, vote_opened()),
        (30, vote_closed()),
        (40, adjourned()),
        (41, sealed(FIRST, 1, 41)),
        (41, stopped()),
    )
    assert kinds(entries) == [
        "MeetingOpened",
        "ItemTaken",
        "FloorGiven",
        "VoteOpened",
        "VoteClosed",
        "MeetingAdjourned",
    ]
    assert [c.place.film_ms for c in chapters(entries)] == [0, 4000, 9000, 19000, 29000, 39000]


def test_a_gap_stands_where_it_began_though_it_was_told_later():
    entries = told(
        (0, started()),
        (10, item()),
        (50, speech()),
        (90, gap(30, 40)),
        (100, sealed(FIRST, 0, 100)),
    )
    assert kinds(entries) == ["ItemTaken", "RecordingInterrupted", "FloorGiven"]


def test_a_note_stands_at_the_moment_it_is_pinned_to():
    note = e.NotePinned(MEETING, 1, at(20), "没有念方案。")
    entries = told((0, started()), (10, item()), (60, sealed(FIRST, 0, 60)), (9000, note))
    *_, last = chapters(entries)
    assert (last.event, last.place.film_ms, last.place.shown) == (note, 20_000, True)


def ballots_of(method, *, closed):
    facts = [(0, started()), (1, vote_opened(method)), (2, ballot("v01")), (3, ballot("v02"))]
    facts += [(4, vote_closed())] if closed else []
    return kinds(told(*facts)).count("BallotCast")


def test_each_ballot_of_an_open_vote_is_a_chapter_at_once():
    assert ballots_of(Method.OPEN, closed=False) == 2


def test_of_a_vote_taken_one_by_one_the_ballots_are_chapters_only_after_its_close():
    assert ballots_of(Method.IN_TURN, closed=False) == 0
    assert ballots_of(Method.IN_TURN, closed=True) == 2


def test_a_secret_vote_has_its_two_ends_and_no_mark_of_a_person():
    sim = secretly(present=30).cast(20, 5, 5).witness().close()
    found = [c.event for c in chapters(of_sim(sim)) if isinstance(c.event, e.VoteEvent)]
    assert [type(event) for event in found] == [e.VoteOpened, e.VoteClosed]
    people = {f"v{n:02d}" for n in range(1, 31)}
    assert not any(getattr(event, "person", None) in people for event in found)


def test_losing_the_quorum_and_regaining_it_are_chapters():
    sim = voting(present=30).cast(30).close().leave("v30").arrive("v30")
    assert kinds(of_sim(sim))[-2:] == ["MeetingPaused", "MeetingResumed"]


def test_the_chapters_of_one_meeting_are_its_own():
    sim = voting(present=30).cast(30).close().adjourn()
    assert {c.event.meeting for c in chapters(of_sim(sim))} == {sim.meeting_id}


# --- the headcount


def test_the_headcount_begins_at_the_opening_and_steps_at_each_coming_and_going_that_counts():
    def here(person):
        return e.CheckedIn(MEETING, PersonId(person))

    entries = told(
        (0, here("v01")),
        (1, here("guest")),
        (2, opened("v01", "v02")),
        (3, here("v02")),
        (4, e.CheckedOut(MEETING, PersonId("guest"))),
        (5, e.CheckedOut(MEETING, PersonId("v01"))),
    )
    roll = frozenset({PersonId("v01"), PersonId("v02")})
    steps = headcounts(entries, roll)
    assert steps == (Headcount(at(2), 1), Headcount(at(3), 2), Headcount(at(5), 1))


def test_whoever_is_represented_is_counted_while_his_proxy_is_there():
    letter = e.ProxyGiven(MEETING, PersonId("v02"), PersonId("v01"), "h1", None)
    entries = told(
        (0, e.CheckedIn(MEETING, PersonId("v01"))),
        (1, letter),
        (2, opened("v01", "v02")),
        (3, e.CheckedOut(MEETING, PersonId("v01"))),
    )
    steps = headcounts(entries, frozenset({PersonId("v01"), PersonId("v02")}))
    assert [step.present for step in steps] == [2, 0]


def test_the_headcount_ends_as_the_meeting_says():
    sim = voting(present=32).leave("v01", "v02")
    steps = headcounts(of_sim(sim), sim.meeting().entitled)
    assert (steps[0].present, steps[-1].present) == (32, len(sim.meeting().present))
