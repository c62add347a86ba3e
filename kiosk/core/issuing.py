"""Putting a paper on record (文书制成): only one that is due, and one entry of the journal gives one paper."""

from kiosk.core.commands import IssuePaper
from kiosk.core.events import PaperIssued
from kiosk.core.facts import fact
from kiosk.core.refusals import Reason, require
from kiosk.core.terms import MatterId, MeetingId, Paper, Stage, VoteId
from kiosk.core.village import Village


def issue(village: Village, command: IssuePaper) -> tuple[PaperIssued, ...]:
    """Take the paper's digest; the same again changes nothing.

    Refused: NO_SUCH_MATTER, NO_SUCH_MEETING, PAPER_NOT_DUE, and PAPER_ISSUED where the same entry already gave
    other bytes: they would replace what people hold.
    """
    require(_is_due(village, command), Reason.PAPER_NOT_DUE)
    require(0 < command.from_seq <= village.entries, Reason.PAPER_NOT_DUE)
    issued = fact(PaperIssued, command)
    if issued in village.papers:
        return ()
    require(not any(_same_paper(issued, p) for p in village.papers), Reason.PAPER_ISSUED)
    return (issued,)


def _is_due(village: Village, command: IssuePaper) -> bool:
    match command.paper:
        case Paper.NOTICE:
            return village.meeting(MeetingId(command.subject)) is not None
        case Paper.TALLY_SHEET:
            held = (m.votes.get(VoteId(command.subject)) for m in village.meetings.values())
            return any(vote is not None and vote.closed_at is not None for vote in held)
        case Paper.RESOLUTION:
            published = village.matter(MatterId(command.subject)).publications
            return any(p.stage is Stage.RESOLUTION_PUBLIC for p in published)
        case Paper.RESULT:
            published = village.matter(MatterId(command.subject)).publications
            return any(p.stage is Stage.RESULT_PUBLIC for p in published)
        case Paper.FILE_INDEX:
            return village.matter(MatterId(command.subject)).archived_at is not None


def _same_paper(one: PaperIssued, other: PaperIssued) -> bool:
    return (one.subject, one.paper, one.from_seq) == (other.subject, other.paper, other.from_seq)
