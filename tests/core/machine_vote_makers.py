"""What may be asked of a vote in the machine: ballots by every channel, counts, its end, near enough to the lawful."""

from polling import BATCH, CLERK, INSPECTOR, TELLERS, WITNESS

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method, Source
from kiosk.core.law.tally import Count
from kiosk.core.terms import PersonId, VoteId
from kiosk.core.values import RaisedHand

OFFICERS = [CLERK, WITNESS, *TELLERS]


def asked_of(a):
    return a.meeting(), a.vote()


def the_vote(a):
    """The vote that is open, or was held last, if one was."""
    meeting = a.village.sitting_meeting
    votes = list(meeting.votes.values()) if meeting else []
    return (meeting.open_vote or votes[-1]) if votes else None


def some_choice(a):
    vote = the_vote(a)
    return a.pick.one([*(vote.options * 3 if vote else ()), Choice.FOR, Choice.SATISFIED])


def an_answer(a):
    """What a ballot says: mostly lawful; among candidates several, now and then too many or 弃权 beside a name."""
    vote = the_vote(a)
    if vote is None or vote.contest is None or a.pick.seldom():
        return (some_choice(a),)
    said = {a.pick.one(vote.options) for _ in range(a.pick.number(1, vote.contest.places + 1))}
    if a.pick.often():
        said -= {Choice.ABSTAIN}
    return tuple(option for option in vote.options if option in said)


def some_counts(a):
    """One number for each answer; most often as the vote has them."""
    vote = the_vote(a)
    options = vote.options if vote else (Choice.FOR,)
    if vote and a.pick.yes():
        return vote.tally.counts
    return tuple(Count(option, a.pick.one([0, 0, 1, 2, -1])) for option in options)


def a_block(a):
    meeting = a.the_meeting()
    together = meeting.matters if meeting else ()
    matters = a.pick.one([(a.item(),), (a.item(),), together])
    votes = [v for m in a.village.meetings.values() for v in m.votes]
    asked = (a.meeting(), matters, VoteId(a.fresh(votes, "vote-")), a.pick.yes())
    return c.OpenVote(*asked, method=a.pick.one(list(Method)), revisable=a.pick.seldom())


def a_ballot(a):
    person, channel = a.person(), a.pick.one(list(Channel))
    return c.CastBallot(*asked_of(a), person, an_answer(a), channel)


def a_note(a):
    hands = [RaisedHand(a.person(), some_choice(a)) for _ in range(a.pick.number(0, 3))]
    return c.NoteHands(*asked_of(a), a.pick.one(OFFICERS), tuple(hands))


def a_confirmation(a):
    return c.ConfirmHands(*asked_of(a), a.pick.one(OFFICERS))


def a_count(a):
    return c.CountHands(*asked_of(a), a.pick.one(OFFICERS), some_counts(a))


def some_papers(a):
    papers = a.pick.one([4, 4, 1, 0, 30])
    return c.PrintBallotPapers(*asked_of(a), a.pick.one([BATCH, BATCH, "B2", " "]), papers)


def an_issue(a):
    return c.IssueBallotPaper(*asked_of(a), a.person())


def an_exchange(a):
    return c.ExchangeBallotPaper(*asked_of(a), a.person())


def a_return(a):
    vote = the_vote(a)
    issued = vote.papers.issued if vote else 0
    return c.ReturnBallotPapers(*asked_of(a), a.pick.one([issued, issued, issued - 1, issued + 1]))


def a_reading(a):
    vote = the_vote(a)
    turn = len(vote.papers.readings) + 1 if vote else 1
    answer = a.pick.one([an_answer(a), an_answer(a), None])
    turns = a.pick.one([turn, turn, turn + 1])
    return c.ReadBallotPaper(*asked_of(a), turns, answer)


def a_second_thought(a):
    vote = the_vote(a)
    read = len(vote.papers.readings) if vote else 0
    return c.TakeBackReading(*asked_of(a), a.pick.one([read, read, 1]))


def a_witness(a):
    return c.WitnessClosing(*asked_of(a), a.pick.one([INSPECTOR, PersonId("second")]))


def a_check(a):
    source = a.pick.one(list(Source))
    return c.CheckCount(*asked_of(a), source, a.pick.one(OFFICERS), some_counts(a))


def an_explanation(a):
    return c.ExplainDifference(*asked_of(a), a.pick.one(OFFICERS), a.text())


def an_agreement(a):
    return c.SettleDifference(*asked_of(a), a.pick.one(OFFICERS))
