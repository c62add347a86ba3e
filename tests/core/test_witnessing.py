"""What witnesses the journal: each opening names the last close; paper and stick are held against it before."""

import pytest
from simulator import convened, voting

from kiosk.core import commands as c
from kiosk.core.events import MeetingAdjourned, MeetingOpened
from kiosk.core.journal import read
from kiosk.core.refusals import Reason
from kiosk.core.terms import PersonId
from kiosk.core.values import NamedHead as Head

SUPERVISOR = PersonId("supervisor")


def entries(sim, kind):
    found = (read(line) for line in sim.lines())
    return [entry for entry in found if isinstance(entry.event, kind)]


def paper(sim, *, agrees):
    closing = sim.village().closing
    return c.CompareSignedPaper(sim.meeting_id, closing.seq, closing.digest, agrees)


def stick(sim, *, agrees):
    head = sim.head() if agrees else Head(sim.head().seq, "ee" * 32)
    return c.ReportStick(sim.meeting_id, head.seq, head.digest, agrees)


def accepting(sim, ground="换过主机"):
    return c.AcceptRecordDifference(sim.meeting_id, SUPERVISOR, ground)


def ready():
    """Enough are there for the fourth meeting of the village."""
    return convened().check_in(30)


def test_each_opening_names_the_head_with_which_the_last_meeting_closed():
    sim = ready().open()
    first, *later = entries(sim, MeetingOpened)
    assert first.event.closed_before is None
    closed = [entry.head.named for entry in entries(sim, MeetingAdjourned)]
    assert [entry.event.closed_before for entry in later] == closed


def test_a_meeting_knows_the_heads_of_its_opening_and_its_close():
    sim = voting(present=30).cast(30).close().adjourn()
    heads = sim.meeting().heads
    assert heads.opened == entries(sim, MeetingOpened)[-1].head.named
    assert heads.closed == entries(sim, MeetingAdjourned)[-1].head.named == sim.village().closing


@pytest.mark.parametrize("held", [paper, stick], ids=["paper", "stick"])
def test_what_agrees_lets_the_meeting_open(held):
    sim = ready()
    sim.do(held(sim, agrees=True))
    sim.open()


@pytest.mark.parametrize("held", [paper, stick], ids=["paper", "stick"])
def test_what_differs_bars_the_opening_until_a_supervisor_has_signed_that_he_knows(held):
    sim = ready()
    opening = c.OpenMeeting(sim.meeting_id)
    sim.do(held(sim, agrees=False))
    assert sim.reason(opening) is Reason.RECORD_DIFFERS
    assert sim.reason(accepting(sim, " ")) is Reason.TEXT_MISSING
    sim.do(accepting(sim))
    sim.do(opening)


def test_a_second_difference_is_not_the_one_that_was_accepted():
    sim = ready()
    sim.do(paper(sim, agrees=False))
    sim.do(accepting(sim))
    sim.do(stick(sim, agrees=False))
    assert sim.reason(c.OpenMeeting(sim.meeting_id)) is Reason.RECORD_DIFFERS


def test_who_misread_the_paper_looks_again():
    sim = ready()
    sim.do(paper(sim, agrees=False))
    sim.do(paper(sim, agrees=True))
    sim.open()


def test_the_paper_is_held_against_the_last_close_and_nothing_else():
    sim = ready()
    head = sim.head()
    other = c.CompareSignedPaper(sim.meeting_id, head.seq, head.digest, agrees=True)
    assert sim.reason(other) is Reason.NOT_THE_CLOSING_CODE


def test_where_nothing_differs_there_is_nothing_to_accept():
    sim = ready()
    lines = sim.lines()
    sim.do(accepting(sim))
    assert sim.lines() == lines
