"""What may be asked of a vote in which state (表决状态与命令)."""

from collections.abc import Mapping

from kiosk.core import commands as c
from kiosk.core.refusals import Reason, require
from kiosk.core.votes.vote import Vote, VoteState

HandsCommand = c.NoteHands | c.ConfirmHands | c.CountHands
PaperCommand = (
    c.PrintBallotPapers
    | c.IssueBallotPaper
    | c.ExchangeBallotPaper
    | c.ReturnBallotPapers
    | c.ReadBallotPaper
    | c.TakeBackReading
)
ClosingCommand = c.WitnessClosing | c.CloseVote | c.VoidVote
CheckingCommand = c.CheckCount | c.ExplainDifference | c.SettleDifference
OfVote = c.CastBallot | HandsCommand | PaperCommand | ClosingCommand | CheckingCommand
"""The commands on a vote that was opened."""

_OPEN = frozenset({VoteState.OPEN})
_CLOSED = frozenset({VoteState.CLOSED})

ALLOWED: Mapping[type[OfVote], frozenset[VoteState]] = {
    c.CastBallot: _OPEN,
    c.NoteHands: _OPEN,
    c.ConfirmHands: _OPEN,
    c.CountHands: _OPEN,
    c.PrintBallotPapers: _OPEN,
    c.IssueBallotPaper: _OPEN,
    c.ExchangeBallotPaper: _OPEN,
    c.ReturnBallotPapers: _OPEN,
    c.ReadBallotPaper: _OPEN,
    c.TakeBackReading: _OPEN,
    c.WitnessClosing: _OPEN,
    c.CloseVote: _OPEN,
    c.CheckCount: _CLOSED,
    c.ExplainDifference: _CLOSED,
    c.SettleDifference: _CLOSED,
    c.VoidVote: _OPEN | _CLOSED,
}
"""What may be asked of a vote in which state."""

REFUSED_WHILE: Mapping[VoteState, Reason] = {
    VoteState.OPEN: Reason.VOTE_OPEN,
    VoteState.CLOSED: Reason.VOTE_NOT_OPEN,
    VoteState.VOID: Reason.VOTE_VOID,
}
"""With what reason a state refuses everything that is not allowed in it."""


def require_allowed(vote: Vote, command: OfVote) -> None:
    """Refused: VOTE_OPEN, VOTE_NOT_OPEN, VOTE_VOID."""
    require(vote.state in ALLOWED[type(command)], REFUSED_WHILE[vote.state])
