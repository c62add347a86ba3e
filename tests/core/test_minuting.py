"""The minutes: the recorder adds and never replaces, two people sign, approved they are frozen."""

from dataclasses import replace

import pytest
from simulator import MATTER, convened, voting

from kiosk.core import commands as c
from kiosk.core.refusals import Reason
from kiosk.core.terms import MatterId, PersonId
from kiosk.core.values import NamedHead as Head

RECORDER, CHAIR = PersonId("recorder"), PersonId("chair")


def noting(sim, text="有人问路宽。", matter=MATTER, strikes=0):
    return c.NoteMinutes(sim.meeting_id, RECORDER, matter, text, strikes)


def reading(sim, recorder=RECORDER):
    head = sim.meeting().minutes.business
    return c.ReadMinutes(sim.meeting_id, recorder, head.seq, head.digest)


def approving(sim, chair=CHAIR):
    head = sim.meeting().minutes.business
    return c.ApproveMinutes(sim.meeting_id, chair, head.seq, head.digest)


def decided():
    return voting(present=30).cast(30).close()


def approved():
    sim = decided()
    sim.do(reading(sim))
    sim.do(approving(sim))
    return sim


def test_a_note_is_attributed_and_timed_and_stands_with_its_matter():
    sim = convened().check_in(30).open().take()
    sim.do(noting(sim))
    (note,) = sim.meeting().minutes.on(MATTER)
    assert (note.number, note.recorder, note.text) == (1, RECORDER, "有人问路宽。")
    assert note.at == sim.clock.at
    assert sim.meeting().minutes.on(None) == ()


def test_a_note_takes_the_place_of_an_earlier_one_by_naming_it_and_both_stay():
    sim = convened().check_in(30).open()
    sim.do(noting(sim))
    sim.do(noting(sim, "有人问路宽几米。", strikes=1))
    first, second = sim.meeting().minutes.on(MATTER)
    assert (first.text, first.struck_by, first.stands) == ("有人问路宽。", 2, False)
    assert second.stands
    assert sim.reason(noting(sim, "再改", strikes=1)) is Reason.NOTE_STRUCK


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": " "}, Reason.TEXT_MISSING),
        ({"matter": MatterId("well")}, Reason.NOT_ON_AGENDA),
        ({"strikes": 7}, Reason.NO_SUCH_NOTE),
        ({"strikes": -1}, Reason.NO_SUCH_NOTE),
        ({"strikes": 1, "matter": None}, Reason.NO_SUCH_NOTE),  # it is of another matter
    ],
)
def test_a_note_that_says_nothing_or_names_what_is_not_there_is_refused(change, reason):
    sim = convened().check_in(30).open()
    sim.do(noting(sim))
    assert sim.reason(replace(noting(sim, "另一条"), **change)) is reason


def test_the_same_note_twice_in_a_row_is_one_note():
    sim = convened().check_in(30).open()
    sim.do(noting(sim))
    lines = sim.lines()
    sim.do(noting(sim))
    assert sim.lines() == lines


def test_minutes_are_approved_when_one_has_read_them_and_another_says_so():
    sim = decided()
    assert sim.reason(approving(sim)) is Reason.MINUTES_NOT_READ
    sim.do(reading(sim, recorder=CHAIR))
    assert sim.reason(approving(sim)) is Reason.SAME_OFFICER
    sim.do(approving(sim, chair=PersonId("another")))
    assert sim.meeting().minutes.is_approved


def test_what_was_read_is_the_head_of_the_last_business_and_no_other():
    sim = decided()
    head = sim.meeting().minutes.business
    assert head == sim.head().named
    wrong = Head(head.seq, "ab" * 32)
    forged = c.ReadMinutes(sim.meeting_id, RECORDER, wrong.seq, wrong.digest)
    assert sim.reason(forged) is Reason.MINUTES_MOVED_ON


def test_coming_going_speaking_and_filming_leave_a_reading_standing():
    sim = decided()
    sim.do(reading(sim))
    sim.check_in(1).give("v01").end_speech().leave("v31")
    sim.do(c.StartRecording(sim.meeting_id, "camera", sound=True))
    sim.do(approving(sim))
    assert sim.meeting().minutes.is_approved


def test_a_note_after_the_reading_asks_for_another_reading():
    sim = decided()
    sim.do(reading(sim))
    stale = approving(sim)
    sim.do(noting(sim, "有人对记录提了意见。", matter=None))
    assert sim.reason(stale) is Reason.MINUTES_MOVED_ON
    assert sim.reason(approving(sim)) is Reason.MINUTES_NOT_READ
    sim.do(reading(sim))
    sim.do(approving(sim))


def test_approved_minutes_take_no_more_notes():
    sim = approved()
    assert sim.reason(noting(sim)) is Reason.MINUTES_APPROVED


def test_a_meeting_that_goes_on_after_its_approval_must_approve_again():
    sim = approved()
    sim.do(c.VoidVote(sim.meeting_id, sim.vote_id, "点错了议题"))
    assert not sim.meeting().minutes.is_approved
    sim.do(noting(sim))
    sim.do(reading(sim))
    sim.do(approving(sim))
    assert sim.meeting().minutes.is_approved


def test_minutes_are_not_read_while_a_vote_is_open():
    sim = voting(present=30)
    assert sim.reason(reading(sim)) is Reason.VOTE_OPEN


def test_after_the_end_nothing_is_added_or_approved():
    sim = decided()
    sim.do(reading(sim))
    late = (noting(sim), approving(sim))
    sim.adjourn()
    assert [sim.reason(command) for command in late] == [Reason.MEETING_OVER] * 2
    assert not sim.meeting().minutes.is_approved
