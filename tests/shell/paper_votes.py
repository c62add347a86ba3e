"""Votes by every channel in the house of `kiosk_fixtures`, as stories: how it opens, ballots, hands, papers, its end.

vote = Ballots(house).open(Method.SECRET)
vote.cast(8, Choice.FOR).papers("赞赞反废").close()
"""

from kiosk_fixtures import CHAIR, SUPERVISOR, TELLER, VOTE

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method, Source
from kiosk.core.law.tally import counted
from kiosk.core.terms import Role
from kiosk.core.values import RaisedHand
from kiosk.demo.story import MATTER, TODAY

ANSWERS = (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)
READ = {"赞": (Choice.FOR,), "反": (Choice.AGAINST,), "弃": (Choice.ABSTAIN,), "废": None}
BATCH = "48291357"


class Ballots:
    """The vote of today's meeting; each of its stories takes the next people of the roll.

    With `present` 0 the meeting is open already.
    """

    def __init__(self, house, present=30):
        self.house = house.check_in(present).open() if present else house
        self._people = iter(house.voters())

    def next(self, number):
        return [next(self._people) for _ in range(number)]

    def open(self, method=Method.IN_TURN, *, running_tally=False):
        command = c.OpenVote(TODAY, (MATTER,), VOTE, running_tally=running_tally, method=method)
        self.house.do(command)
        return self

    def cast(self, number, choice, channel=Channel.KIOSK_SCREEN):
        for person in self.next(number):
            ballot = c.CastBallot(TODAY, VOTE, person, (choice,), channel)
            self.house.do(ballot, Role.VOTER, person)
        return self

    def hands(self, number, choice):
        hands = tuple(RaisedHand(person, choice) for person in self.next(number))
        self.house.do(c.NoteHands(TODAY, VOTE, TELLER, hands), Role.TELLER, TELLER)
        confirm = c.ConfirmHands(TODAY, VOTE, SUPERVISOR)
        self.house.do(confirm, Role.SUPERVISOR, SUPERVISOR)
        return self

    def issued(self, number, spare=5):
        self.house.do(c.PrintBallotPapers(TODAY, VOTE, BATCH, number + spare))
        for person in self.next(number):
            self.house.do(c.IssueBallotPaper(TODAY, VOTE, person))
        return self

    def returned(self, number):
        self.house.do(c.ReturnBallotPapers(TODAY, VOTE, number))
        return self

    def read(self, papers):
        before = len(self.house.vote().papers.readings)
        for number, word in enumerate(papers, start=before + 1):
            self.house.do(c.ReadBallotPaper(TODAY, VOTE, number, READ[word]))
        return self

    def papers(self, papers):
        return self.issued(len(papers)).returned(len(papers)).read(papers)

    def close(self):
        if self.house.vote().is_secret:
            witness = c.WitnessClosing(TODAY, VOTE, SUPERVISOR)
            self.house.do(witness, Role.SUPERVISOR, SUPERVISOR)
        self.house.do(c.CloseVote(TODAY, VOTE, unused_confirmed=True), Role.CHAIR, CHAIR)
        return self

    def void(self):
        self.house.do(c.VoidVote(TODAY, VOTE, "设备故障，票没有收全"), Role.CHAIR, CHAIR)
        return self

    def checked(self, *numbers, source=Source.TELLERS):
        counts = counted(ANSWERS, dict(zip(ANSWERS, numbers, strict=True)))
        self.house.do(c.CheckCount(TODAY, VOTE, source, TELLER, counts), Role.TELLER, TELLER)
        return self
