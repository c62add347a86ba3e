"""A members' meeting (成员大会) of the demonstration village on its day, for what happens at its door."""

from datetime import timedelta
from io import BytesIO

from kiosk_fixtures import BODIES, VILLAGE
from PIL import Image

from kiosk.core import commands as c
from kiosk.core.terms import Body, KindId, MatterId, MeetingId, Origin, RowId, VoteId
from kiosk.core.values import AgendaItem
from kiosk.demo.telling import seats

SHARES, MEMBERS = MatterId("shares"), MeetingId("members-1")
PRINCIPAL, PROXY, STRANGER = "p0101", "p0109", "p0103"
"""Two of one household, and one of another group."""


def called(house):
    """The members are called to decide on the year's distribution, and their day has come."""
    house.do(
        c.RaiseMatter(
            matter=SHARES,
            kind=KindId("distribution"),
            row=RowId.MEMBERS,
            title="年度收益分配",
            origin=Origin.OFFICERS,
            group=0,
            amount_fen=120_000_00,
            proposal=("按成员份额分配。",),
            for_means="同意",
            against_means="不同意",
        )
    )
    for body in BODIES[:3]:
        house.meet(body, SHARES)
    starts = house.clock() + timedelta(days=10)
    people = house.app.parts.register.people(VILLAGE)
    called_ones = seats(Body.MEMBERS, people, starts.date())
    agenda = (AgendaItem(SHARES, 30),)
    house.do(c.ConveneMeeting(MEMBERS, Body.MEMBERS, 0, "村文化广场", starts, agenda, called_ones))
    house.clock.at = starts
    return house


def members(house):
    return house.village().meetings[MEMBERS]


def arrive(house, *people):
    for person in people:
        house.do(c.CheckIn(MEMBERS, person))
    return house


def in_session(house, *away):
    """Everybody comes but these, and the vote is open."""
    arrive(house, *(p for p in sorted(members(house).entitled) if p not in away))
    house.do(c.OpenMeeting(MEMBERS))
    return house


def open_vote(house, **how):
    vote = VoteId("members-vote")
    house.do(c.OpenVote(MEMBERS, (SHARES,), vote, **({"running_tally": True} | how)))
    return members(house).votes[vote]


def letter():
    """A photograph of a letter, as a telephone sends it."""
    out = BytesIO()
    Image.new("RGB", (640, 480), "white").save(out, "JPEG")
    return out.getvalue()
