"""A meeting's journal in seconds: what is told at which second, and the film that runs beside it.

    told((0, opened()), (1, started()), (600, sealed("part-0001.mp4", 1, 600)), ...)

Seconds are counted from nine o'clock. The entries are numbered, not chained: their places in the film need no chain.
"""

from datetime import datetime, timedelta

from kiosk.core import events as e
from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.core.journal import Entry
from kiosk.core.law.tally import Tally
from kiosk.core.terms import (
    CHINA,
    CommandId,
    MatterId,
    MeetingId,
    Moment,
    PersonId,
    Role,
    Stage,
    VoteId,
)
from kiosk.core.values import Actor

NINE = datetime(2026, 11, 22, 9, 0, tzinfo=CHINA)
MEETING, ROAD, VOTE = MeetingId("m"), MatterId("road"), VoteId("m-vote-1")
FIRST, SECOND = "part-0001.mp4", "part-0002.mp4"


def at(second):
    return NINE + timedelta(seconds=second)


def told(*facts):
    """Entries, each at its second."""
    return [
        Entry(seq, "", "", at(second), Actor(Role.KIOSK), CommandId(f"c{seq}"), event)
        for seq, (second, event) in enumerate(facts, start=1)
    ]


def opened(*roll):
    return e.MeetingOpened(MEETING, tuple(map(PersonId, roll)), len(roll))


def adjourned():
    return e.MeetingAdjourned(MEETING)


def started():
    return e.RecordingStarted(MEETING, "camera", sound=True)


def stopped():
    return e.RecordingStopped(MEETING)


def sealed(part, began, ended, lasts=None):
    lasts_ms = round(1000 * (ended - began if lasts is None else lasts))
    return e.SegmentSealed(
        MEETING, part, 9, "ab" * 32, at(began), at(ended), lasts_ms, 9, "cd" * 32
    )


def gap(since, until, cause="camera"):
    return e.RecordingInterrupted(MEETING, at(since), at(until), cause)


def item(matter=ROAD):
    return e.ItemTaken(MEETING, matter)


def speech(person="v01"):
    return e.FloorGiven(MEETING, PersonId(person), 180)


def vote_opened(method=Method.OPEN, vote=VOTE):
    live = method is Method.OPEN
    return e.VoteOpened(MEETING, (ROAD,), Stage.DECISION, vote, (), (), method, live, False)


def ballot(person="v01", choice=Choice.FOR, vote=VOTE):
    return e.BallotCast(MEETING, vote, PersonId(person), (choice,), Channel.KIOSK_SCREEN)


def vote_closed(vote=VOTE):
    return e.VoteClosed(MEETING, vote, Tally((), 0, 0, 0), (), 0, carried=True)


def marked(moment, part, offset, vote=VOTE):
    return e.VideoMarked(MEETING, vote, moment, part, round(1000 * offset), 9, "cd" * 32)


OPENED, CLOSED = Moment.OPENED, Moment.CLOSED
