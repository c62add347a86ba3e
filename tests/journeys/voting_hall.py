"""A vote that is open in the real server's village, whatever its method; written by the one door beside the server."""

from itertools import count

from kiosk.app import create_app
from kiosk.core import commands as c
from kiosk.core.ballot_terms import Method
from kiosk.core.terms import CommandId, PersonId, Role
from kiosk.core.values import Actor
from kiosk.core.votes.vote import Vote
from kiosk.demo.story import MATTER, TODAY, VILLAGE
from kiosk.rehearsal.meeting import SECRETARY, VOTE
from kiosk.store.slips import Slip

PRESENT = 30


class VotingHall:
    """The hall beside the server: who is there, the vote, slips, the ballots as the journal and the box have them."""

    def __init__(self, settings) -> None:
        self.parts = create_app(settings).parts
        self._number = count().__next__

    def do(self, command, role=Role.SECRETARY, person=SECRETARY) -> None:
        command_id = CommandId(f"voting-hall-{self._number():04d}")
        self.parts.kiosk.execute(VILLAGE, command, Actor(role, PersonId(person)), command_id)

    def open_vote(self, method: Method, *, revisable: bool = False) -> "VotingHall":
        for person in self.voters():
            self.do(c.CheckIn(TODAY, person))
        self.do(c.OpenMeeting(TODAY))
        running = method is Method.OPEN
        self.do(c.OpenVote(TODAY, (MATTER,), VOTE, running, method, revisable))
        return self

    def close_vote(self, supervisor: PersonId) -> None:
        self.do(c.WitnessClosing(TODAY, VOTE, supervisor), Role.SUPERVISOR, supervisor)
        self.do(c.CloseVote(TODAY, VOTE, unused_confirmed=True))

    def voters(self) -> list[PersonId]:
        """The first of those with a vote, in the order of the roll."""
        seats = self.parts.village().meetings[TODAY].seats
        return sorted(p for p, seat in seats.items() if seat.votes)[:PRESENT]

    def name(self, person: PersonId) -> str:
        return self.parts.village().meetings[TODAY].seats[person].name

    def vote(self) -> Vote:
        return self.parts.village().meetings[TODAY].votes[VOTE]

    def hand_slip(self, person: PersonId) -> str:
        """The address on a slip."""
        token = f"token-{self._number()}-of-{person}"
        slip = Slip(VOTE, person, CommandId(f"slip-{self._number()}-of-{person}"))
        self.parts.slips.issue(VILLAGE, slip, token)
        return f"/slip/{token}"
