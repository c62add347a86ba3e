"""Voting on paper (纸票表决、唱票): printed, issued, put in the box, counted, read aloud one by one.

A paper is issued to a person and never names him. When the box is opened, nothing is issued any more; every paper in
it is read, and only then may the vote be closed. In a secret vote too few papers are not read, for they would tell.
"""

from collections.abc import Collection, Mapping

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.facts import fact
from kiosk.core.refusals import Reason, require, require_text
from kiosk.core.terms import PersonId
from kiosk.core.values import Seat
from kiosk.core.votes.box import LEAST_BALLOTS
from kiosk.core.votes.casting import require_able, require_answer
from kiosk.core.votes.paper_ballots import PaperEvent
from kiosk.core.votes.states import PaperCommand
from kiosk.core.votes.vote import Vote

SPARE = 20
"""Papers that may be printed above one for each of the electorate, for those who spoil one."""


def decide(
    vote: Vote,
    command: PaperCommand,
    seats: Mapping[PersonId, Seat],
    inside: Collection[PersonId],
) -> tuple[PaperEvent, ...]:
    """What the papers come to; nothing where the command only repeats what is so. Refused: as each says."""
    match command:
        case c.PrintBallotPapers():
            return printed(vote, command)
        case c.IssueBallotPaper():
            return issue(vote, command, seats, inside)
        case c.ExchangeBallotPaper():
            return exchange(vote, command)
        case c.ReturnBallotPapers():
            return returned(vote, command)
        case c.ReadBallotPaper():
            return read(vote, command)
        case c.TakeBackReading():
            return take_back(vote, command)


def printed(vote: Vote, command: c.PrintBallotPapers) -> tuple[e.BallotPapersPrinted]:
    """More papers (印制). Refused: BOX_IS_OPEN, TEXT_MISSING, ANOTHER_BATCH, PAPERS_TOO_MANY, PAPERS_TOO_FEW."""
    papers = vote.papers
    require(papers.returned is None, Reason.BOX_IS_OPEN)
    require_text(command.batch)
    require(papers.batch in {"", command.batch}, Reason.ANOTHER_BATCH)
    require(command.papers > 0, Reason.PAPERS_TOO_FEW)
    most = len(vote.electorate) + SPARE
    last = papers.printed + command.papers
    require(last <= most, Reason.PAPERS_TOO_MANY, most=most)
    return (fact(e.BallotPapersPrinted, command, first=papers.printed + 1, last=last),)


def issue(
    vote: Vote,
    command: c.IssueBallotPaper,
    seats: Mapping[PersonId, Seat],
    inside: Collection[PersonId],
) -> tuple[e.BallotPaperIssued]:
    """Somebody takes a paper (领票). Refused: BOX_IS_OPEN, PAPERS_TOO_FEW, and as `require_able`."""
    require(vote.papers.returned is None, Reason.BOX_IS_OPEN)
    require_able(vote, command.person, seats, inside)
    require(vote.papers.left > 0, Reason.PAPERS_TOO_FEW)
    return (fact(e.BallotPaperIssued, command),)


def exchange(vote: Vote, command: c.ExchangeBallotPaper) -> tuple[e.BallotPaperExchanged]:
    """A spoiled paper for a new one (换票). Refused: BOX_IS_OPEN, NO_PAPER_IN_HAND, PAPERS_TOO_FEW."""
    require(vote.papers.returned is None, Reason.BOX_IS_OPEN)
    require(command.person in vote.papers.holders, Reason.NO_PAPER_IN_HAND)
    require(vote.papers.left > 0, Reason.PAPERS_TOO_FEW)
    return (fact(e.BallotPaperExchanged, command),)


def returned(vote: Vote, command: c.ReturnBallotPapers) -> tuple[e.BallotPapersReturned, ...]:
    """The box is opened (开箱清点); the number may be corrected until the first paper is read.

    Refused: PAPERS_TOO_FEW where none was issued, COUNT_NEGATIVE, MORE_PAPERS_THAN_ISSUED, READING_BEGUN,
    TOO_FEW_FOR_SECRECY.
    """
    papers = vote.papers
    require(papers.issued > 0, Reason.PAPERS_TOO_FEW)
    if papers.returned == command.returned:
        return ()
    require(command.returned >= 0, Reason.COUNT_NEGATIVE)
    require(
        command.returned <= papers.issued,
        Reason.MORE_PAPERS_THAN_ISSUED,
        returned=command.returned,
        issued=papers.issued,
    )
    require(not papers.readings, Reason.READING_BEGUN)
    too_few = vote.is_secret and 0 < command.returned < LEAST_BALLOTS
    require(not too_few, Reason.TOO_FEW_FOR_SECRECY, ballots=command.returned, least=LEAST_BALLOTS)
    return (fact(e.BallotPapersReturned, command),)


def read(vote: Vote, command: c.ReadBallotPaper) -> tuple[e.BallotPaperRead]:
    """The next paper is read aloud (唱票).

    Refused: BOX_IS_SHUT, ALL_PAPERS_READ, READ_OUT_OF_TURN, and as `require_answer`: such a paper is invalid (废票).
    """
    papers = vote.papers
    require(papers.returned is not None, Reason.BOX_IS_SHUT)
    require(papers.unread > 0, Reason.ALL_PAPERS_READ)
    require(command.number == len(papers.readings) + 1, Reason.READ_OUT_OF_TURN)
    if command.answer is not None:
        require_answer(vote, command.answer)
    return (fact(e.BallotPaperRead, command),)


def take_back(vote: Vote, command: c.TakeBackReading) -> tuple[e.ReadingTakenBack]:
    """The last reading is done again (撤回). Refused: READ_OUT_OF_TURN unless it is the last."""
    readings = len(vote.papers.readings)
    require(readings and command.number == readings, Reason.READ_OUT_OF_TURN)
    return (fact(e.ReadingTakenBack, command),)
