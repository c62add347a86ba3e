"""Votes by every channel and method, lawful to the end, for the verifier to judge and for forgers to spoil."""

from lives import issued
from simulator import convened

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method, Source
from kiosk.core.law.tally import counted
from kiosk.core.terms import Body, Paper, PersonId, Role
from kiosk.core.values import Actor, RaisedHand

FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN
OPTIONS = (FOR, AGAINST, ABSTAIN)
ONE, OTHER = Actor(Role.TELLER, PersonId("teller")), Actor(Role.SECRETARY, PersonId("clerk"))
SUPERVISOR = Actor(Role.SUPERVISOR, PersonId("o01"))
BATCH = "K7Q2"


class Count:
    """What officers do with the vote that is open in a simulator; each step answers the count itself."""

    def __init__(self, sim):
        self.sim = sim

    def do(self, command, actor, *content):
        self.sim.do(command(self.sim.meeting_id, self.sim.vote_id, *content), actor)
        return self

    def ballot(self, person, *answer, channel=Channel.PHONE):
        voter = Actor(Role.VOTER, PersonId(person))
        return self.do(c.CastBallot, voter, voter.person, answer, channel)

    def note(self, *hands):
        raised = tuple(RaisedHand(PersonId(person), choice) for person, choice in hands)
        return self.do(c.NoteHands, OTHER, OTHER.person, raised)

    def confirm(self):
        return self.do(c.ConfirmHands, ONE, ONE.person)

    def hands(self, teller, *numbers):
        return self.do(c.CountHands, teller, teller.person, counts(*numbers))

    def issue(self, *people, papers=8):
        """So many papers printed, one for each of these people."""
        self.do(c.PrintBallotPapers, OTHER, BATCH, papers)
        for person in people:
            self.do(c.IssueBallotPaper, OTHER, PersonId(person))
        return self

    def read(self, *answers):
        """The next papers say this: one choice, several, or None where they are invalid."""
        for told in answers:
            answer = (told,) if isinstance(told, Choice) else told
            number = len(self.sim.vote().papers.readings) + 1
            self.do(c.ReadBallotPaper, OTHER, number, answer)
        return self

    def take_back(self):
        return self.do(c.TakeBackReading, OTHER, len(self.sim.vote().papers.readings))

    def returned(self, number):
        return self.do(c.ReturnBallotPapers, OTHER, number)

    def witness(self):
        return self.do(c.WitnessClosing, SUPERVISOR, SUPERVISOR.person)

    def check(self, *numbers, source=Source.TELLERS, teller=ONE):
        told = counts(*numbers, options=self.sim.vote().options)
        return self.do(c.CheckCount, teller, source, teller.person, told)

    def explain(self, ground="一张压在箱底，当场找到"):
        return self.do(c.ExplainDifference, ONE, ONE.person, ground)

    def settle(self):
        return self.do(c.SettleDifference, SUPERVISOR, SUPERVISOR.person)


def counts(*numbers, options=OPTIONS):
    """A teller's numbers, an answer each."""
    return counted(options, dict(zip(options, numbers, strict=True)))


def opened(entitled=12, method=Method.IN_TURN, *, revisable=False):
    """A meeting in which all came, two observers too, and the vote is open by that method."""
    return put_to_the_vote(
        convened(entitled, 2).check_in(entitled).open(), method, revisable=revisable
    )


def put_to_the_vote(sim, method=Method.IN_TURN, *, revisable=False):
    """The vote of the meeting opens by that method; counts are shown only where they must be."""
    asked = c.OpenVote(
        sim.meeting_id,
        sim.opening_vote().matters,
        sim.opening_vote().vote,
        method is Method.OPEN,
        method,
        revisable,
    )
    sim.do(asked)
    sim.vote_id = asked.vote
    return sim


def every_channel():
    """One vote by all five channels: 2 at the screen, 1 by phone, 2 by name, 3 counted, 3 on paper, 1 by none."""
    sim = opened(revisable=True)
    count = Count(sim).ballot("v01", FOR, channel=Channel.KIOSK_SCREEN)
    count.ballot("v02", FOR, channel=Channel.KIOSK_SCREEN).ballot("v03", ABSTAIN).ballot("v03", FOR)
    count.note(("v04", FOR)).note(("v04", FOR), ("v05", AGAINST)).confirm()
    count.issue("v06", "v07", "v08").do(c.ExchangeBallotPaper, OTHER, PersonId("v07"))
    count.hands(ONE, 1, 1, 0).hands(OTHER, 2, 1, 0).hands(ONE, 2, 1, 0)
    count.returned(3).read(FOR, AGAINST).take_back().read(None, ABSTAIN)
    sim.close()
    return sim


def reconciled():
    """The same, counted twice more; one count differs by one, which is explained and agreed to."""
    sim = every_channel()
    issued(sim, sim.vote_id, Paper.TALLY_SHEET, "VoteClosed")
    Count(sim).check(7, 2, 1).check(7, 1, 1, source=Source.PAPERS).explain().settle()
    return sim.adjourn()


def secret():
    """A secret vote of twelve: six at the screen, five on paper, one lets it be."""
    sim = opened(method=Method.SECRET)
    count = Count(sim)
    for number in range(1, 7):
        count.ballot(f"v{number:02d}", FOR if number < 5 else AGAINST, channel=Channel.KIOSK_SCREEN)
    count.issue(*(f"v{number:02d}" for number in range(7, 12)))
    count.returned(5).read(FOR, FOR, FOR, FOR, AGAINST).witness()
    return sim.close().adjourn()


def secret_and_unanimous():
    """A secret vote in which all six say the same."""
    sim = opened(6, Method.SECRET)
    count = Count(sim)
    for number in range(1, 7):
        count.ballot(f"v{number:02d}", FOR, channel=Channel.KIOSK_SCREEN)
    count.witness()
    return sim.close().adjourn()


def hands_counted():
    """All but one raise a hand, and two count the same."""
    sim = opened(6, Method.OPEN)
    Count(sim).hands(ONE, 4, 1, 0).hands(OTHER, 4, 1, 0)
    return sim.close()


def in_the_open():
    """The same, to the end of the meeting."""
    return hands_counted().adjourn()


def by_letter():
    """A members' meeting of nine: two are represented; three leave, and a third letter brings the quorum back."""
    sim = convened(9, 1, Body.MEMBERS).check_in(7).give_proxy("v09", "v01").open()
    sim.give_proxy("v08", "v02").leave("v03", "v04", "v05", "v06").give_proxy("v06", "v01")
    sim.open_vote().cast(6).close()
    return sim.adjourn()


BALLOT_LIVES = (reconciled, secret, secret_and_unanimous, in_the_open, by_letter)
