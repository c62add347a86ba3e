"""Choosing among candidates (推选) on the pages: raising it, naming people, reading papers, and what came out."""

import contest_story as story
import pytest
from kiosk_fixtures import CHAIR, SUPERVISOR

from kiosk.core import commands as c
from kiosk.core.terms import Channel, Choice, Method, Role

ONE, TWO, THREE, FOUR = Choice.NO_1, Choice.NO_2, Choice.NO_3, Choice.NO_4
PRESENT = 30


class Contested:
    """The house on the day of the contest."""

    def __init__(self, house, candidates=4, places=2):
        self.house = house
        self.people = house.app.parts.register.people(house.village().id)
        self.contest = story.standing(self.people, candidates, places)
        house.do(story.raising(self.contest))
        call = story.convening(self.people, house.clock())
        house.do(call)
        house.clock.at = call.starts_at
        for person in self.voters():
            house.do(c.CheckIn(story.MEETING, person))
        house.do(c.OpenMeeting(story.MEETING))

    def voters(self):
        seats = self.house.village().meetings[story.MEETING].seats
        return sorted(p for p, seat in seats.items() if seat.votes)[:PRESENT]

    def vote(self):
        return self.house.village().meetings[story.MEETING].votes[story.VOTE]

    def open(self, method=Method.IN_TURN, *, running=True, revisable=False):
        shown = running and method is not Method.SECRET
        command = c.OpenVote(story.MEETING, (story.MATTER,), story.VOTE, shown, method, revisable)
        self.house.do(command)
        return self

    def cast(self, *answer, by=Channel.KIOSK_SCREEN, times=1):
        for person in sorted(self.vote().waiting)[:times]:
            ballot = c.CastBallot(story.MEETING, story.VOTE, person, answer, by)
            self.house.do(ballot, Role.VOTER, person)
        return self

    def close(self):
        if self.vote().is_secret:
            witness = c.WitnessClosing(story.MEETING, story.VOTE, SUPERVISOR)
            self.house.do(witness, Role.SUPERVISOR, SUPERVISOR)
        closing = c.CloseVote(story.MEETING, story.VOTE, unused_confirmed=True)
        self.house.do(closing, Role.CHAIR, CHAIR)
        return self


@pytest.fixture
def contested(house):
    return Contested(house)
