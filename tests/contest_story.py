"""A contest (推选) in the demonstration village, for shell tests and journeys: who stands, its meeting.

`do` is the one door: `do(command)` as the secretary; the clock is moved by whoever has it, three days for the notice.
"""

from datetime import datetime, timedelta

from kiosk.core import commands as c
from kiosk.core.terms import Body, KindId, MatterId, MeetingId, Origin, RowId, VoteId
from kiosk.core.values import AgendaItem, Candidate, Contest
from kiosk.demo.telling import seats
from kiosk.wording.ready import NAMED

MATTER, MEETING = MatterId("contest"), MeetingId("contest-meeting")
VOTE = VoteId(f"{MEETING}-vote-1")
TITLE = "推选村务监督委员会成员"
NOTICE_DAYS = 4
FIRST = 11
"""The candidates are people of the register from the eleventh on: they hold no post in the committees."""


def standing(people, candidates=4, places=2):
    """A contest among so many of the register."""
    stand = people[FIRST : FIRST + candidates]
    return Contest(tuple(Candidate(p.id, p.name) for p in stand), places)


def raising(contest, *, row=RowId.CONTEST, kind="supervisors", group=0):
    return c.RaiseMatter(
        matter=MATTER,
        kind=KindId(kind),
        row=row,
        title=TITLE,
        origin=Origin.OFFICERS,
        group=group,
        amount_fen=0,
        proposal=("推选村务监督委员会成员。",),
        for_means=NAMED[0],
        against_means=NAMED[1],
        contest=contest,
    )


def convening(people, now: datetime):
    """The representatives are called for a day that gives notice enough."""
    starts = now + timedelta(days=NOTICE_DAYS)
    called = seats(Body.REPRESENTATIVES, people, starts.date())
    agenda = (AgendaItem(MATTER, 30),)
    return c.ConveneMeeting(
        MEETING, Body.REPRESENTATIVES, 0, "村党群议事厅", starts, agenda, called
    )
