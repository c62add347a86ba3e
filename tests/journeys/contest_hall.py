"""The hall of a contest beside the real server: raised, called, its clock moved on, open by the method asked for."""

from datetime import timedelta

import contest_story as story
from voting_hall import PRESENT, VotingHall

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Method
from kiosk.core.terms import CommandId, DeviceId, Role
from kiosk.demo.story import VILLAGE
from kiosk.store.slips import Slip


class ContestHall(VotingHall):
    """Made before the server starts: a rehearsal's clock is read at the start."""

    def __init__(self, settings, candidates=4, places=2) -> None:
        super().__init__(settings)
        people = self.parts.register.people(VILLAGE)
        self.contest = story.standing(people, candidates, places)
        self.do(story.raising(self.contest))
        self.do(story.convening(people, self.parts.kiosk.now()))
        self.parts.moved_clock.forward(story.NOTICE_DAYS)

    def open_meeting(self) -> "ContestHall":
        for person in self.voters():
            self.do(c.CheckIn(story.MEETING, person))
        self.do(c.OpenMeeting(story.MEETING))
        return self

    def open_vote(self, method: Method, *, revisable: bool = False) -> "ContestHall":
        self.open_meeting()
        running = method is not Method.SECRET
        vote = c.OpenVote(story.MEETING, (story.MATTER,), story.VOTE, running, method, revisable)
        self.do(vote)
        return self

    def close_vote(self, supervisor=None) -> None:
        if supervisor:
            witness = c.WitnessClosing(story.MEETING, story.VOTE, supervisor)
            self.do(witness, Role.SUPERVISOR, supervisor)
        self.do(c.CloseVote(story.MEETING, story.VOTE, unused_confirmed=True))

    def voters(self):
        seats = self.parts.village().meetings[story.MEETING].seats
        return sorted(p for p, seat in seats.items() if seat.votes)[:PRESENT]

    def name(self, person):
        return self.parts.village().meetings[story.MEETING].seats[person].name

    def vote(self):
        return self.parts.village().meetings[story.MEETING].votes[story.VOTE]

    def hand_slip(self, person):
        token = f"token-{self._number()}-of-{person}"
        slip = Slip(story.VOTE, person, CommandId(f"slip-{self._number()}-of-{person}"))
        self.parts.slips.issue(VILLAGE, slip, token)
        return f"/slip/{token}"

    def code_for(self, officer: str) -> str:
        """A new one-time code: those of the sheet are four days old."""
        code = f"{700_000 + self._number():06d}"
        self.parts.credentials.issue_code(officer, code)
        return code

    def code_for_screen(self, kind) -> str:
        code = f"{60_000_000 + self._number():08d}"
        device = DeviceId(f"{kind.value}-{code}")
        until = self.parts.kiosk.now() + timedelta(minutes=15)
        self.parts.devices.await_pairing(device, VILLAGE, kind, code, until)
        return code
