"""Notes of the 监委会, pinned to moments of a meeting."""

from datetime import timedelta

import pytest
from simulator import convened, voting

from kiosk.core import commands as c
from kiosk.core.events import NotePinned
from kiosk.core.refusals import Reason

SECOND = timedelta(seconds=1)


def pinning(sim, moment, text="主持人没有念方案。"):
    return c.PinNote(sim.meeting_id, moment, text)


def over():
    return voting(present=30).cast(30).close().adjourn()


def test_notes_are_numbered_and_stay_with_their_moment():
    sim = over()
    opened, ended = sim.meeting().opened_at, sim.meeting().adjourned_at
    sim.do(pinning(sim, opened))
    sim.do(pinning(sim, ended, "散会前没有宣布结果。"))
    assert sim.meeting().notes == (
        NotePinned(sim.meeting_id, 1, opened, "主持人没有念方案。"),
        NotePinned(sim.meeting_id, 2, ended, "散会前没有宣布结果。"),
    )


@pytest.mark.parametrize("outside", ["before", "after"])
def test_a_note_outside_the_meeting_is_refused_with_its_hours(outside):
    sim = over()
    opened, ended = sim.meeting().opened_at, sim.meeting().adjourned_at
    moment = opened - SECOND if outside == "before" else ended + SECOND
    refusal = sim.refusal(pinning(sim, moment))
    assert refusal.reason is Reason.NOTE_OUTSIDE_MEETING
    assert refusal.facts["opened"] < refusal.facts["ended"]


def test_while_the_meeting_sits_nothing_can_be_pinned_to_what_is_still_to_come():
    sim = voting(present=30)
    now = sim.clock.at
    sim.do(pinning(sim, now))
    assert sim.reason(pinning(sim, now + 60 * SECOND)) is Reason.NOTE_OUTSIDE_MEETING


def test_a_paused_meeting_may_be_noted_and_one_not_opened_may_not():
    sim = voting(present=30).leave("v30")
    sim.do(pinning(sim, sim.meeting().opened_at))
    called = convened()
    assert called.reason(pinning(called, called.clock.at)) is Reason.NOT_IN_SESSION


def test_the_same_words_at_the_same_moment_change_nothing():
    sim = over()
    note = pinning(sim, sim.meeting().opened_at)
    sim.do(note)
    lines = sim.lines()
    sim.do(note)
    assert sim.lines() == lines


def test_a_note_says_something():
    sim = over()
    assert sim.reason(pinning(sim, sim.meeting().opened_at, " ")) is Reason.TEXT_MISSING
