"""Putting a paper on record (文书制成): only one that is due, and one entry of the journal gives one paper."""

from collections.abc import Callable

from kiosk.core.commands import IssuePaper
from kiosk.core.events import PaperIssued
from kiosk.core.facts import fact
from kiosk.core.matters.matter import Matter
from kiosk.core.papers.due import SOURCES
from kiosk.core.refusals import Reason, require
from kiosk.core.terms import MatterId, MeetingId, ObjectionId, Paper, Stage, VoteId
from kiosk.core.village import Village


def issue(village: Village, command: IssuePaper) -> tuple[PaperIssued, ...]:
    """Take the paper's digest; the same again changes nothing.

    Refused: NO_SUCH_MATTER, NO_SUCH_MEETING, NO_SUCH_OBJECTION, PAPER_NOT_DUE, and PAPER_ISSUED where the same entry
    already gave other bytes: they would replace what people hold.
    """
    require(_is_due(village, command), Reason.PAPER_NOT_DUE)
    require(command.edition in SOURCES[command.paper].editions, Reason.PAPER_NOT_DUE)
    source, last = command.source_seq, command.from_seq
    require(0 < source <= last <= village.entries, Reason.PAPER_NOT_DUE)
    require(source == last or _is_corrected(village, source), Reason.PAPER_NOT_DUE)
    issued = fact(PaperIssued, command)
    if issued in village.papers:
        return ()
    require(not any(_same_paper(issued, p) for p in village.papers), Reason.PAPER_ISSUED)
    return (issued,)


def _is_due(village: Village, command: IssuePaper) -> bool:
    if command.paper in _OF_MATTERS:
        return _OF_MATTERS[command.paper](village.matter(MatterId(command.subject)))
    match command.paper:
        case Paper.NOTICE:
            return village.meeting(MeetingId(command.subject)) is not None
        case Paper.READINESS:
            return village.meeting(MeetingId(command.subject)).opened_at is not None
        case Paper.ATTENDANCE | Paper.MINUTES:
            return village.meeting(MeetingId(command.subject)).adjourned_at is not None
        case Paper.TALLY_SHEET:
            held = (m.votes.get(VoteId(command.subject)) for m in village.meetings.values())
            return any(vote is not None and vote.closed_at is not None for vote in held)
        case _:
            heard = village.objection(ObjectionId(command.subject)).hearings
            return any(hearing.answered_at for hearing in heard)


def _published(stage: Stage) -> Callable[[Matter], bool]:
    return lambda matter: any(p.stage is stage for p in matter.publications)


def _inspected(matter: Matter) -> bool:
    return any(
        a.inspected_at for w in (matter.works, *matter.former_works) if w for a in w.acceptances
    )


def _is_archived(matter: Matter) -> bool:
    return matter.archived_at is not None


_OF_MATTERS: dict[Paper, Callable[[Matter], bool]] = {
    Paper.PROPOSAL_SHEET: lambda _matter: True,
    Paper.RESOLUTION: _published(Stage.RESOLUTION_PUBLIC),
    Paper.POSTING: _published(Stage.RESOLUTION_PUBLIC),
    Paper.POSTER: lambda matter: bool(matter.publications),
    Paper.WORKS_SHEET: _inspected,
    Paper.RESULT: _published(Stage.RESULT_PUBLIC),
    Paper.OPINION_SHEET: lambda matter: bool(matter.opinions),
    Paper.FILE_COVER: _is_archived,
    Paper.FILE_NOTES: _is_archived,
    Paper.FILE_INDEX: _is_archived,
}
"""When a paper about a matter may be reported: as soon as what it tells of is there."""


def _is_corrected(village: Village, source: int) -> bool:
    """Whether a confirmed correction touches an entry up to the paper's source: only then is there a second issue."""
    return any(c.stands and c.seq <= source for c in village.corrections.values())


def _same_paper(one: PaperIssued, other: PaperIssued) -> bool:
    return _key(one) == _key(other)


def _key(paper: PaperIssued) -> tuple[object, ...]:
    return paper.subject, paper.paper, paper.edition, paper.source_seq, paper.from_seq
