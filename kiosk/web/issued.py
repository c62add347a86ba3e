"""The papers about one matter that have been set (已制成的文书), each newest issue with its editions and addresses."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kiosk import wording
from kiosk.core.events import PaperIssued
from kiosk.core.matters.matter import Matter
from kiosk.core.papers import vote_of
from kiosk.core.terms import MatterId, MeetingId, ObjectionId, Paper, VoteId
from kiosk.core.village import Village

Key = tuple[Paper, int]
"""A paper in all its issues and editions: which, and the entry that it was set from first."""

_PLACES = {paper: place for place, paper in enumerate(Paper)}


@dataclass(frozen=True, slots=True)
class Shown:
    """One paper as a page lists it: its name, which issue is the newest, each edition with its file."""

    name: str
    issue: int
    editions: tuple[PaperIssued, ...]


def papers_of(village: Village, matter: Matter) -> list[Shown]:
    """Every paper about a matter, in the order of what they tell; of several issues the newest."""
    return papers_by_matter(village).get(matter.id, [])


def papers_by_matter(village: Village) -> Mapping[MatterId, list[Shown]]:
    """The same of every matter, in one pass: a village of many years has thousands of papers."""
    about = _matters_by_subject(village)
    every: dict[MatterId, dict[Key, list[PaperIssued]]] = {}
    for paper in village.papers:
        for matter in about.get(paper.subject, ()):
            of_matter = every.setdefault(matter, {})
            of_matter.setdefault((paper.paper, paper.source_seq), []).append(paper)
    return {matter: _in_order(village, papers) for matter, papers in every.items()}


def _in_order(village: Village, every: Mapping[Key, list[PaperIssued]]) -> list[Shown]:
    order = sorted(every, key=lambda key: (key[1], _PLACES[key[0]]))
    return [_shown(village, every[key]) for key in order]


def _matters_by_subject(village: Village) -> Mapping[str, Collection[MatterId]]:
    """What papers may be about, and of which matters that is: a matter, its meetings, the votes on it, objections."""
    about: dict[str, Collection[MatterId]] = {matter: {matter} for matter in village.matters}
    about |= {objection.id: {objection.matter} for objection in village.objections.values()}
    for meeting in village.meetings.values():
        on_agenda = {item.matter for item in meeting.agenda}
        about[meeting.id] = on_agenda
        about |= {vote.id: on_agenda & {*vote.matters} for vote in meeting.votes.values()}
    return about


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
