"""A vote in a box: opened by any method, ballots by every channel, counted, closed, counted once more.

    sim = convened().check_in(30).open().open_vote(revisable=True)
    sim.cast(5, 1, channel=Channel.PHONE).raise_hands(6, 2).count_hands(4, 1)
    sim.print_papers(12).issue_papers(11).return_papers(11).read_papers(8, 2, invalid=1)
    sim.close().check_count(23, 6, 0).explain().settle()

Numbers are given in the order of the answers: 赞成, 反对, 弃权. Who votes is whoever waits next, in the order of the
seats. The simulator of meetings (`simulator`) has these steps too.
"""

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method, Source
from kiosk.core.law.rules import THREE_ANSWERS
from kiosk.core.law.tally import counted
from kiosk.core.terms import MatterId, PersonId, VoteId
from kiosk.core.values import RaisedHand

MATTER = MatterId("road")
CLERK, WITNESS = PersonId("clerk"), PersonId("witness")
FIRST_TELLER, SECOND_TELLER = PersonId("teller-1"), PersonId("teller-2")
TELLERS = (FIRST_TELLER, SECOND_TELLER)
INSPECTOR = PersonId("inspector")
BATCH = "K7M2QX"

IN_OWN_NAME = {
    c.CastBallot: "person",
    c.NoteHands: "clerk",
    c.ConfirmHands: "witness",
    c.CountHands: "teller",
    c.WitnessClosing: "supervisor",
    c.CheckCount: "teller",
    c.ExplainDifference: "officer",
    c.SettleDifference: "officer",
    c.NoteMinutes: "recorder",
    c.ReadMinutes: "recorder",
    c.ApproveMinutes: "chair",
    c.AcceptRecordDifference: "supervisor",
}
"""What nobody asks for another: the field that says who he is."""


def said(choice):
    """What a ballot says: one answer, or several candidates."""
    return choice if isinstance(choice, tuple) else (choice,)


class Polling:
    """The steps of one vote; each answers the simulator itself."""

    # --- opening

    def opening_vote(
        self, *matters, vote=None, running_tally=None, method=Method.IN_TURN, revisable=False
    ):
        """The command that opens the next vote of the meeting; counts are shown unless it is secret."""
        given = vote or f"{self.meeting_id}-vote-{len(self.meeting().votes) + 1}"
        shown = method is not Method.SECRET if running_tally is None else running_tally
        asked = (self.meeting_id, matters or (MATTER,), VoteId(given), shown)
        return c.OpenVote(*asked, method=method, revisable=revisable)

    def open_vote(self, *matters, **more):
        asked = self.opening_vote(*matters, **more)
        self.do(asked)
        self.vote_id = asked.vote
        return self

    # --- ballots by oneself

    def casting(self, person, choice=Choice.FOR, channel=Channel.KIOSK_SCREEN):
        return c.CastBallot(self.meeting_id, self.vote_id, PersonId(person), said(choice), channel)

    def ballot(self, person, choice=Choice.FOR, channel=Channel.KIOSK_SCREEN):
        self.do(self.casting(person, choice, channel))
        return self

    def cast(self, *numbers, channel=Channel.KIOSK_SCREEN):
        """The next so many of those who wait say the first answer (赞成), then the second, then the third."""
        for person, choice in self.answers_of_next(numbers):
            self.ballot(person, choice, channel)
        return self

    # --- hands

    def noting(self, hands, clerk=CLERK):
        raised = tuple(RaisedHand(PersonId(person), choice) for person, choice in hands)
        return c.NoteHands(self.meeting_id, self.vote_id, PersonId(clerk), raised)

    def confirming(self, witness=WITNESS):
        return c.ConfirmHands(self.meeting_id, self.vote_id, PersonId(witness))

    def counting(self, *numbers, teller=FIRST_TELLER):
        return c.CountHands(
            self.meeting_id, self.vote_id, PersonId(teller), self.counts_of(*numbers)
        )

    def note_hands(self, *numbers, clerk=CLERK):
        """The clerk notes the next so many who wait; nothing counts before it is confirmed."""
        self.do(self.noting(self.answers_of_next(numbers), clerk))
        return self

    def confirm_hands(self, witness=WITNESS):
        self.do(self.confirming(witness))
        return self

    def raise_hands(self, *numbers):
        """The next so many who wait raise their hands, by name, noted and confirmed."""
        return self.note_hands(*numbers).confirm_hands()

    def count_hands(self, *numbers, tellers=TELLERS):
        """These tellers come to the same count of the hands."""
        for teller in tellers:
            self.do(self.counting(*numbers, teller=teller))
        return self

    # --- paper

    def printing(self, papers, batch=BATCH):
        return c.PrintBallotPapers(self.meeting_id, self.vote_id, batch, papers)

    def issuing(self, person):
        return c.IssueBallotPaper(self.meeting_id, self.vote_id, PersonId(person))

    def exchanging(self, person):
        return c.ExchangeBallotPaper(self.meeting_id, self.vote_id, PersonId(person))

    def returning(self, returned):
        return c.ReturnBallotPapers(self.meeting_id, self.vote_id, returned)

    def reading(self, choice=Choice.FOR, number=None):
        """The reading of the next paper, or of that one; None reads an invalid one."""
        turn = len(self.vote().papers.readings) + 1 if number is None else number
        return c.ReadBallotPaper(self.meeting_id, self.vote_id, turn, choice and said(choice))

    def taking_back(self, number=None):
        turn = len(self.vote().papers.readings) if number is None else number
        return c.TakeBackReading(self.meeting_id, self.vote_id, turn)

    def print_papers(self, papers, batch=BATCH):
        self.do(self.printing(papers, batch))
        return self

    def issue_papers(self, count):
        """The next so many of those who wait take a paper each."""
        return self.issue(*self.next_waiting(count))

    def issue(self, *people):
        for person in people:
            self.do(self.issuing(person))
        return self

    def exchange(self, *people):
        for person in people:
            self.do(self.exchanging(person))
        return self

    def return_papers(self, returned):
        self.do(self.returning(returned))
        return self

    def read_papers(self, *numbers, invalid=0):
        """So many papers are read of the first answer, of the second, of the third; then the invalid ones."""
        for choice in [*self.choices(numbers), *[None] * invalid]:
            self.do(self.reading(choice))
        return self

    def take_back(self):
        self.do(self.taking_back())
        return self

    def vote_on_paper(self, *numbers, invalid=0):
        """The next so many vote on paper from the printing to the last reading."""
        papers = sum(numbers) + invalid
        self.print_papers(papers).issue_papers(papers).return_papers(papers)
        return self.read_papers(*numbers, invalid=invalid)

    # --- the end of it

    def witnessing(self, supervisor=INSPECTOR):
        return c.WitnessClosing(self.meeting_id, self.vote_id, PersonId(supervisor))

    def witness(self, supervisor=INSPECTOR):
        """The 监委会 is there when the box is opened."""
        self.do(self.witnessing(supervisor))
        return self

    def closing(self, *, unused_confirmed=True):
        return c.CloseVote(self.meeting_id, self.vote_id, unused_confirmed)

    def close(self, *, unused_confirmed=True):
        self.do(self.closing(unused_confirmed=unused_confirmed))
        return self

    def voiding(self, ground="计票有误"):
        return c.VoidVote(self.meeting_id, self.vote_id, ground)

    def void(self, ground="计票有误"):
        self.do(self.voiding(ground))
        return self

    # --- counting once more

    def checking(self, *numbers, source=Source.TELLERS, teller=FIRST_TELLER):
        asked = (self.meeting_id, self.vote_id, source, PersonId(teller))
        return c.CheckCount(*asked, self.counts_of(*numbers))

    def explaining(self, ground="一位老人举了两次手", officer=FIRST_TELLER):
        return c.ExplainDifference(self.meeting_id, self.vote_id, PersonId(officer), ground)

    def settling(self, officer=SECOND_TELLER):
        return c.SettleDifference(self.meeting_id, self.vote_id, PersonId(officer))

    def check_count(self, *numbers, source=Source.TELLERS, teller=FIRST_TELLER):
        self.do(self.checking(*numbers, source=source, teller=teller))
        return self

    def explain(self, ground="一位老人举了两次手", officer=FIRST_TELLER):
        self.do(self.explaining(ground, officer))
        return self

    def settle(self, officer=SECOND_TELLER):
        self.do(self.settling(officer))
        return self

    # --- all of it

    def everything_of_a_vote(self):
        """A command of every kind that may be asked of a vote, whether it is there or not."""
        counts = counted(THREE_ANSWERS, {Choice.FOR: 1})
        asked = (self.meeting_id, self.vote_id)
        return (
            self.casting("v01"),
            self.noting([("v01", Choice.FOR)]),
            self.confirming(),
            c.CountHands(*asked, FIRST_TELLER, counts),
            self.printing(1),
            self.issuing("v01"),
            self.exchanging("v01"),
            self.returning(0),
            self.reading(number=1),
            self.taking_back(number=1),
            self.witnessing(),
            self.closing(),
            c.CheckCount(*asked, Source.TELLERS, FIRST_TELLER, counts),
            self.explaining(),
            self.settling(),
            self.voiding(),
        )

    # --- what came of it

    def counts_of(self, *numbers):
        """These numbers as counts of the vote's answers; 0 for those that are not given."""
        options = self.vote().options
        return counted(options, dict(zip(options, numbers, strict=False)))

    def by_channel(self):
        """The sub-totals: for each channel that was used its numbers."""
        return {s.channel: tuple(n.count for n in s.counts) for s in self.vote().subtotals}

    def numbers(self):
        """The counts of the vote in the order of its answers, and who gave none."""
        tally = self.vote().tally
        return (*(n.count for n in tally.counts), tally.unused)

    def choices(self, numbers):
        answers = zip(self.vote().options, numbers, strict=False)
        return [choice for choice, number in answers for _ in range(number)]

    def next_waiting(self, count):
        """The next so many of those who are in the room, or represented, and of whom no ballot is known."""
        meeting, vote = self.meeting(), self.vote()
        waiting = [p for p in self.voters() if p in vote.waiting and p in meeting.inside]
        assert len(waiting) >= count
        return waiting[:count]

    def answers_of_next(self, numbers):
        choices = self.choices(numbers)
        return list(zip(self.next_waiting(len(choices)), choices, strict=True))
