"""Counting a closed vote once more (复点): several counts stand side by side, and a difference blocks publication.

A difference is settled by a reason that prints, from two officers. It can only be settled where every count leads to
the same outcome; otherwise the vote is declared void and held again.
"""

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.facts import fact
from kiosk.core.law.tally import total
from kiosk.core.refusals import Reason, Refused, require, require_text
from kiosk.core.votes.closing import outcome
from kiosk.core.votes.hands import require_counts
from kiosk.core.votes.states import CheckingCommand
from kiosk.core.votes.vote import Vote

CheckingEvent = e.CountChecked | e.DifferenceExplained | e.DifferenceSettled


def decide(vote: Vote, command: CheckingCommand, *, entitled: int) -> tuple[CheckingEvent, ...]:
    """What counting once more comes to. Refused: as each says."""
    match command:
        case c.CheckCount():
            return check(vote, command)
        case c.ExplainDifference():
            return explain(vote, command, entitled=entitled)
        case c.SettleDifference():
            return settle(vote, command)


def check(vote: Vote, command: c.CheckCount) -> tuple[e.CountChecked, ...]:
    """Another count (复点); the same again changes nothing. Refused: NOT_AN_OPTION, MORE_HANDS_THAN_PEOPLE."""
    require_counts(vote, command.counts)
    people = len(vote.able)
    # Among candidates each ballot names several: no one of them can have more than there are people.
    raised = max(c.count for c in command.counts) if vote.contest else total(command.counts)
    require(raised <= people, Reason.MORE_HANDS_THAN_PEOPLE, raised=raised, people=people)
    known = vote.checks.get(command.source)
    if known and (known.teller, known.counts) == (command.teller, command.counts):
        return ()
    return (fact(e.CountChecked, command),)


def explain(
    vote: Vote, command: c.ExplainDifference, *, entitled: int
) -> tuple[e.DifferenceExplained]:
    """Say why (差异说明). Refused: COUNTS_AGREE, TEXT_MISSING, OUTCOME_DIFFERS where a count would decide otherwise."""
    require(vote.differs, Reason.COUNTS_AGREE)
    require_text(command.ground)
    decided = (vote.carried, vote.chosen)
    same = all(outcome(vote, k.counts, entitled=entitled) == decided for k in vote.checks.values())
    require(same, Reason.OUTCOME_DIFFERS)
    return (fact(e.DifferenceExplained, command),)


def settle(vote: Vote, command: c.SettleDifference) -> tuple[e.DifferenceSettled, ...]:
    """The second officer agrees (差异确认). Refused: NOT_EXPLAINED, SAME_OFFICER."""
    if vote.explanation is None:
        raise Refused(Reason.NOT_EXPLAINED)
    require(vote.explanation.officer != command.officer, Reason.SAME_OFFICER)
    return () if vote.explanation.agreed_by else (fact(e.DifferenceSettled, command),)


def require_settled(vote: Vote) -> None:
    """Refused: COUNTS_DIFFER (票数不一致), which blocks what follows from the vote."""
    require(vote.settled, Reason.COUNTS_DIFFER)
