"""The papers about one matter that have been set (已制成的文书), each newest issue with its editions and addresses."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk import wording
from kiosk.core.events import PaperIssued
from kiosk.core.matters.matter import Matter
from kiosk.core.papers import vote_of
from kiosk.core.terms import MeetingId, ObjectionId, Paper, VoteId
from kiosk.core.village import Village

Key = tuple[Paper, int]
"""A paper in all its issues and editions: which, and the entry that it was set from first."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One paper as a page lists it: its name, which issue is the newest, each edition with its file."""

    name: str
    issue: int
    editions: tuple[PaperIssued, ...]


def papers_of(village: Village, matter: Matter) -> list[Shown]:
    """Every paper about a matter, in the order of what they tell; of several issues the newest."""
    mine = _subjects(village, matter)
    every: dict[Key, list[PaperIssued]] = {}
    for paper in village.papers:
        if paper.subject in mine:
            every.setdefault((paper.paper, paper.source_seq), []).append(paper)
    order = sorted(every, key=lambda key: (key[1], list(Paper).index(key[0])))
    return [_shown(village, every[key]) for key in order]


def _subjects(village: Village, matter: Matter) -> set[str]:
    """What papers of a matter may be about: itself, its meetings, the votes on it, objections to it."""
    held = [m for m in village.meetings.values() if matter.id in {item.matter for item in m.agenda}]
    votes = {v.id for m in held for v in m.votes.values() if matter.id in v.matters}
    objections = {o.id for o in village.objections_to(matter.id)}
    return {matter.id, *(meeting.id for meeting in held), *votes, *objections}


def _shown(village: Village, issues: list[PaperIssued]) -> Shown:
    last = max(paper.from_seq for paper in issues)
    newest = tuple(paper for paper in issues if paper.from_seq == last)
    number = len({paper.from_seq for paper in issues})
    return Shown(paper_name(village, newest[0]), number, newest)


def paper_name(village: Village, paper: PaperIssued) -> str:
    """What a paper is called, and about which meeting, objection or stage where there may be several."""
    name = wording.PAPERS[paper.paper]
    about = next(_about(village, paper), "")
    return f"{name}：{about}" if about else name


def _about(village: Village, paper: PaperIssued) -> Iterator[str]:
    match paper.paper:
        case Paper.NOTICE | Paper.READINESS | Paper.ATTENDANCE | Paper.MINUTES:
            yield wording.meeting_title(village.meeting(MeetingId(paper.subject)))
        case Paper.TALLY_SHEET:
            meeting, _ = vote_of(village, VoteId(paper.subject))
            yield wording.meeting_title(meeting)
        case Paper.OBJECTION_SHEET:
            yield f"第{village.objection(ObjectionId(paper.subject)).number}件"
        case _:
            pass
