"""The end of a vote (表决结束): nothing half counted, unused votes asked for once, the box opened before witnesses.

- A note of hands that waits, a count of hands that differs, a paper that is not read: each keeps the vote open.
- A secret vote is closed by the chair with a member of the 监委会; fewer than five ballots by one channel would tell
  who gave them, and are refused: such a vote is declared void and held on paper, or by everybody at the screen.
"""

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.ballot_terms import Channel
from kiosk.core.facts import fact
from kiosk.core.law.tally import Counts, chosen, judge, number
from kiosk.core.refusals import Reason, require, require_text
from kiosk.core.values import Answer
from kiosk.core.votes.box import LEAST_BALLOTS
from kiosk.core.votes.states import ClosingCommand
from kiosk.core.votes.vote import Vote

ClosingEvent = e.ClosingWitnessed | e.BoxOpened | e.VoteClosed | e.VoteVoided


def decide(vote: Vote, command: ClosingCommand, *, entitled: int) -> tuple[ClosingEvent, ...]:
    """What ends the vote, of so many `entitled` people. Refused: as each says."""
    match command:
        case c.WitnessClosing():
            return witness(vote, command)
        case c.CloseVote():
            return close(vote, command, entitled=entitled)
        case c.VoidVote():
            return void(command)


def witness(vote: Vote, command: c.WitnessClosing) -> tuple[e.ClosingWitnessed, ...]:
    """The 监委会 is there (监督开箱); the same again changes nothing. Refused: NOT_SECRET."""
    require(vote.is_secret, Reason.NOT_SECRET)
    return (fact(e.ClosingWitnessed, command),) if vote.witness != command.supervisor else ()


def close(
    vote: Vote, command: c.CloseVote, *, entitled: int
) -> tuple[e.BoxOpened | e.VoteClosed, ...]:
    """Count and judge (计票) by the vote's row.

    Refused: as `require_counted` and `require_secrecy`, UNVOTED_NOT_CONFIRMED.
    """
    require_counted(vote)
    if vote.is_secret:
        require_secrecy(vote)
    waiting = vote.unanswered
    require(command.unused_confirmed or not waiting, Reason.UNVOTED_NOT_CONFIRMED, waiting=waiting)
    judged = judge(vote.tally, vote.row, entitled=entitled)
    carried, who = outcome(vote, vote.tally.counts, entitled=entitled)
    closed = fact(
        e.VoteClosed,
        command,
        tally=vote.tally,
        subtotals=vote.subtotals,
        base=judged.base,
        carried=carried,
        chosen=who,
    )
    if not vote.box.voted:
        return (closed,)
    boxed = vote.box.subtotals(vote.options)
    voters = tuple(sorted(vote.box.voted))
    return (fact(e.BoxOpened, command, voters=voters, subtotals=boxed), closed)


def outcome(vote: Vote, counts: Counts, *, entitled: int) -> tuple[bool, Answer]:
    """Whether such counts carry the motion (通过), and whom of the candidates they choose (当选)."""
    row = vote.row
    base = row.base_count(
        entitled=entitled, present=len(vote.electorate), recused=len(vote.recused)
    )
    if vote.contest is None:
        return row.majority.compare(number(counts, row.decisive), base).holds, ()
    who = chosen(counts, row, base=base, places=vote.contest.places)
    return bool(who), who


def require_counted(vote: Vote) -> None:
    """That nothing is half counted (清点完毕).

    Refused: NOTE_OPEN, TELLERS_DIFFER, TELLER_MISSING, BOX_IS_SHUT, PAPERS_UNREAD.
    """
    require(vote.note is None, Reason.NOTE_OPEN)
    if vote.hands:
        require(len(vote.hands) > 1, Reason.TELLER_MISSING)
        require(vote.hands_agreed is not None, Reason.TELLERS_DIFFER)
    if vote.papers.issued:
        require(vote.papers.returned is not None, Reason.BOX_IS_SHUT)
        require(vote.papers.unread == 0, Reason.PAPERS_UNREAD, unread=vote.papers.unread)


def require_secrecy(vote: Vote) -> None:
    """Law 10. Refused: WITNESS_MISSING, TOO_FEW_FOR_SECRECY where a channel has fewer than five ballots."""
    require(vote.witness is not None, Reason.WITNESS_MISSING)
    for subtotal in vote.subtotals:
        # An invalid paper hides the others as well as a valid one; too few papers were not even read.
        hidden = vote.papers.invalid if subtotal.channel is Channel.PAPER else 0
        ballots = subtotal.cast + hidden
        few = ballots < LEAST_BALLOTS
        require(not few, Reason.TOO_FEW_FOR_SECRECY, ballots=ballots, least=LEAST_BALLOTS)


def void(command: c.VoidVote) -> tuple[e.VoteVoided]:
    """Declare the vote void (作废); it is kept with its ballots. Refused: TEXT_MISSING."""
    require_text(command.ground)
    return (fact(e.VoteVoided, command),)
