"""How a vote goes by right: ballots come in by one channel or by several, what waits is cleared up, it is closed.

How the people answer and by which channel they vote is drawn; so is whether somebody counts once more.
"""

from polling import BATCH, CLERK, INSPECTOR, TELLERS, WITNESS

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Source
from kiosk.core.law.tally import Count, counted
from kiosk.core.values import RaisedHand

USUALLY = [Choice.FOR] * 6 + [Choice.AGAINST, Choice.ABSTAIN]
APPRAISED = [Choice.SATISFIED, Choice.FAIRLY_SATISFIED, Choice.DISSATISFIED]


def as_it_is(play, vote):
    """The vote as it stands by now, with its box shut."""
    return play.village().meeting(vote.meeting).vote(vote.id)


# --- the ballots


def by_oneself(play, vote, answers):
    for person, answer in answers:
        by = play.pick.one([Channel.KIOSK_SCREEN, Channel.KIOSK_SCREEN, Channel.PHONE])
        cast_one(play, vote, person, answer, by)
        if vote.revisable and play.pick.yes():
            cast_one(play, vote, person, (play.pick.one(vote.options),), by)


def cast_one(play, vote, person, answer, channel):
    ballot = c.CastBallot(vote.meeting, vote.id, person, answer, channel)
    if play.ask(ballot) and vote.is_secret:
        play.sealed.setdefault(vote.id, []).append((person, answer, channel))


def at_the_screen(play, vote, answers):
    for person, answer in answers:
        cast_one(play, vote, person, answer, Channel.KIOSK_SCREEN)


def by_hands_with_names(play, vote, answers):
    raised = tuple(RaisedHand(person, answer[0]) for person, answer in answers)
    play.ask(c.NoteHands(vote.meeting, vote.id, CLERK, raised))
    play.ask(c.ConfirmHands(vote.meeting, vote.id, CLERK if play.pick.seldom() else WITNESS))


def by_hands_in_number(play, vote, answers):
    given = [answer[0] for _, answer in answers]
    counts = counted(vote.options, {o: given.count(o) for o in vote.options})
    for teller in TELLERS:
        play.ask(c.CountHands(vote.meeting, vote.id, teller, counts))


def on_paper(play, vote, answers):
    asked, there = (vote.meeting, vote.id), as_it_is(play, vote).papers
    play.ask(c.PrintBallotPapers(*asked, there.batch or BATCH, len(answers) + 1))
    issued = [a for a in answers if play.ask(c.IssueBallotPaper(*asked, a[0]))]
    if issued and play.pick.yes():
        play.ask(c.ExchangeBallotPaper(*asked, issued[0][0]))
    play.ask(c.ReturnBallotPapers(*asked, as_it_is(play, vote).papers.issued))
    for turn, (_, answer) in enumerate(issued, start=1):
        read = None if play.pick.seldom() else answer
        if play.ask(c.ReadBallotPaper(*asked, turn, read)) and play.pick.seldom():
            play.ask(c.TakeBackReading(*asked, turn))
            play.ask(c.ReadBallotPaper(*asked, turn, answer))


def by_several(play, vote, answers):
    """Some by themselves, some by hand with their names, some on paper; the rest are counted."""
    parts = [answers[place::4] for place in range(4)]
    by_oneself(play, vote, parts[0])
    if parts[1]:
        by_hands_with_names(play, vote, parts[1])
    if parts[2]:
        on_paper(play, vote, parts[2])
    if parts[3]:
        by_hands_in_number(play, vote, parts[3])


OPENLY = [at_the_screen] * 4 + [
    by_oneself,
    by_hands_with_names,
    by_hands_in_number,
    on_paper,
    by_several,
    by_several,
]
SECRETLY = [at_the_screen, at_the_screen, by_oneself, on_paper]


def usual_answer(play, vote):
    """What most say: among candidates they fill the places, or all but one."""
    if vote.contest:
        named = max(1, min(vote.contest.places, len(vote.options) - 1) - play.pick.number(0, 1))
        return vote.options[:named]
    return (play.pick.one(APPRAISED if vote.options[0] in APPRAISED else USUALLY),)


def ballots_come_in(play, vote):
    """Most of those who wait answer, most of them the same."""
    common = usual_answer(play, vote)
    waiting = sorted(vote.waiting)[play.pick.number(0, 1) :]
    answers = [
        (person, (play.pick.one(vote.options),) if play.pick.seldom() else common)
        for person in waiting
    ]
    if answers:
        play.pick.one(SECRETLY if vote.is_secret else OPENLY)(play, vote, answers)


# --- what may go wrong


def get_stuck(play, vote):
    """A note waits, two tellers differ, or papers are out; whoever finishes the vote has to clear it up."""
    waiting = sorted(vote.waiting)
    if waiting:
        play.pick.one([a_note_waits, the_tellers_differ, papers_are_out])(play, vote, waiting)


def a_note_waits(play, vote, waiting):
    """It may be outdated before it is confirmed."""
    first, options, asked = waiting[0], vote.options, (vote.meeting, vote.id)
    play.ask(c.NoteHands(*asked, CLERK, (RaisedHand(first, options[0]),)))
    if play.pick.yes():
        cast_one(play, vote, first, options[:1], Channel.KIOSK_SCREEN)
        play.ask(c.ConfirmHands(*asked, WITNESS))
        play.ask(c.NoteHands(*asked, CLERK, (RaisedHand(waiting[-1], options[0]),)))


def the_tellers_differ(play, vote, waiting):
    options, asked = vote.options, (vote.meeting, vote.id)
    for teller, raised in zip(TELLERS[: play.pick.number(1, 2)], (0, 1), strict=False):
        play.ask(c.CountHands(*asked, teller, counted(options, {options[0]: raised})))


def papers_are_out(play, vote, waiting):
    """One more wants a paper than there are, and the screen beside it; some come back, and are read or not."""
    asked = (vote.meeting, vote.id)
    play.ask(c.PrintBallotPapers(*asked, BATCH, max(1, len(waiting) - 1)))
    for person in waiting:
        play.ask(c.IssueBallotPaper(*asked, person))
    cast_one(play, vote, waiting[0], vote.options[:1], Channel.KIOSK_SCREEN)
    if play.pick.yes():
        play.ask(c.ReturnBallotPapers(*asked, play.pick.number(0, len(waiting))))
        play.ask(c.ReadBallotPaper(*asked, 1, vote.options[:1]))


# --- its end


def finish(play, meeting, vote):
    """Ballots come in and the vote is closed; seldom it is counted once more, seldom it went wrong and is void."""
    if play.pick.seldom():
        get_stuck(play, vote)
    if vote.turnout == 0 or play.pick.yes():
        ballots_come_in(play, vote)
    close(play, meeting, vote)
    if play.pick.seldom():
        count_once_more(play, as_it_is(play, vote))
    if play.pick.seldom():
        play.ask(c.VoidVote(meeting.id, vote.id, "计票有误"))


def close(play, meeting, vote):
    """What keeps the vote open is cleared up; what still does makes it void."""
    if vote.is_secret and play.pick.often():
        play.ask(c.WitnessClosing(meeting.id, vote.id, INSPECTOR))
    if play.pick.seldom():
        play.ask(c.CloseVote(meeting.id, vote.id, unused_confirmed=False))
    if not play.ask(c.CloseVote(meeting.id, vote.id, unused_confirmed=True)):
        clear_up(play, as_it_is(play, vote))
        if not play.ask(c.CloseVote(meeting.id, vote.id, unused_confirmed=True)):
            play.ask(c.VoidVote(meeting.id, vote.id, "清点不下去"))


def clear_up(play, vote):
    """The note gets its witness, the tellers count again, the box is opened and every paper read."""
    asked = (vote.meeting, vote.id)
    if vote.is_open and vote.note:
        play.ask(c.ConfirmHands(*asked, WITNESS))
    for teller in sorted({*vote.hands, *TELLERS})[:2] if vote.hands else ():
        nobody = counted(vote.options, {})
        play.ask(c.CountHands(*asked, teller, nobody))
    if vote.papers.issued and vote.papers.returned is None:
        play.ask(c.ReturnBallotPapers(*asked, vote.papers.issued))
    left = as_it_is(play, vote).papers
    for turn in range(len(left.readings) + 1, (left.returned or 0) + 1):
        choice = play.pick.one([*vote.options, None])
        play.ask(c.ReadBallotPaper(*asked, turn, choice and (choice,)))
    if vote.is_secret:
        play.ask(c.WitnessClosing(*asked, INSPECTOR))


def count_once_more(play, vote):
    """Somebody counts once more, most often to the same numbers; a difference is explained, or not."""
    if vote.closed_at is None or vote.is_void:
        return
    counts = vote.tally.counts
    if play.pick.yes():
        counts = (Count(counts[0].choice, max(0, counts[0].count - 1)), *counts[1:])
    source = play.pick.one(list(Source))
    play.ask(c.CheckCount(vote.meeting, vote.id, source, TELLERS[0], counts))
    if play.pick.yes():
        settle_counts(play, as_it_is(play, vote))


def settle_counts(play, vote):
    """The difference is explained by one and agreed to by another; where it would decide, it is counted again."""
    asked = (vote.meeting, vote.id)
    if vote.closed_at is None or vote.is_void or vote.settled:
        return
    if play.ask(c.ExplainDifference(*asked, TELLERS[0], "一位老人举了两次手")):
        play.ask(c.SettleDifference(*asked, TELLERS[play.pick.number(0, 1)]))
        play.ask(c.SettleDifference(*asked, TELLERS[1]))
        return
    for source in vote.checks:
        play.ask(c.CheckCount(*asked, source, TELLERS[1], vote.tally.counts))
