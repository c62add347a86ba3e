"""What the file of a matter still lacks (缺什么): opinions, papers, photographs, answers; and what keeps it open.

Pure: the archive page and the inspector's page say the same of the same file.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kiosk import wording
from kiosk.core.matters.matter import Matter, Phase
from kiosk.core.matters.oversight import Sign, matter_flags
from kiosk.core.papers.due import SOURCES
from kiosk.core.sheets import unsigned
from kiosk.core.terms import Paper, Stage
from kiosk.core.village import Village

_CLOSABLE = {Phase.DEFEATED, Phase.DONE, Phase.ENDED, Phase.ARCHIVED}
_PHOTOS = {Sign.FIRST_DAY_PHOTO_MISSING, Sign.LAST_DAY_PHOTO_MISSING}
_PUBLISHED = {
    Stage.RESOLUTION_PUBLIC: (Paper.RESOLUTION, Paper.POSTING, Paper.POSTER),
    Stage.RESULT_PUBLIC: (Paper.RESULT, Paper.POSTER),
}
_ARCHIVED = (Paper.FILE_COVER, Paper.FILE_NOTES, Paper.FILE_INDEX)


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing, in words; `bars`: whether the file cannot be closed without it."""

    words: str
    bars: bool


def gaps(village: Village, matter: Matter, on: date) -> list[Gap]:
    """Everything that is missing on that day: first what bars the archive, then what is only noted."""
    barring = [*_unfinished(village, matter, on)]
    if missing := opinions_missing(matter):
        barring.append(f"还缺监督意见：{'、'.join(wording.STAGES_SHORT[s] for s in missing)}")
    barring += [
        f"{wording.PAPERS[paper.paper]}的签字页还没有收回存档"
        for paper in unsigned(village, matter.id)
    ]
    noted = [*photos_missing(matter, on), *papers_missing(village, matter)]
    return [*(Gap(words, bars=True) for words in barring), *(Gap(w, bars=False) for w in noted)]


def _unfinished(village: Village, matter: Matter, on: date) -> list[str]:
    told = [] if matter.phase(on) in _CLOSABLE else [f"还没有办完：{wording.phase(matter, on)}"]
    told += [
        f"{wording.STAGES_SHORT[p.stage]}还没有期满，要到{wording.day(p.last_day)}"
        for p in matter.publications
        if not p.is_over(on)
    ]
    waiting = sum(objection.is_open for objection in village.objections_to(matter.id))
    return [*told, *([f"还有{waiting}件异议没有答复"] if waiting else [])]


def opinions_missing(matter: Matter) -> list[Stage]:
    """The stages that were reached and have no opinion of the 监委会 yet."""
    return [stage for stage in matter.reached if matter.opinion(stage) is None]


def photos_missing(matter: Matter, on: date) -> list[str]:
    """The photographs of the notice board that were not taken on their day."""
    return [
        f"{wording.SIGNS[flag.sign]}（{wording.day_short(flag.since)}）"
        for flag in matter_flags(matter, on)
        if flag.sign in _PHOTOS
    ]


def papers_missing(village: Village, matter: Matter) -> list[str]:
    """The papers that the kiosk owes the file and has not set yet."""
    owed = Counter(_owed(village, matter))
    # One edition is enough: both are set from the same entry, one after the other.
    first = (p for p in village.papers if p.source_seq == p.from_seq)
    owed.subtract((p.subject, p.paper) for p in first if p.edition is SOURCES[p.paper].editions[0])
    short = Counter[Paper]()
    for (_subject, paper), number in owed.items():
        short[paper] += max(0, number)
    return [f"{wording.PAPERS[p]}还有{n}份没有制成" for p, n in short.items() if n]


def _owed(village: Village, matter: Matter) -> Iterator[tuple[str, Paper]]:
    """What each paper is about and which it is, once for each time that it fell due."""
    yield matter.id, Paper.PROPOSAL_SHEET
    for meeting in (m for m in village.meetings.values() if matter.id in m.matters):
        yield meeting.id, Paper.NOTICE
        if meeting.opened_at:
            yield meeting.id, Paper.READINESS
        if meeting.adjourned_at:
            yield meeting.id, Paper.ATTENDANCE
            yield meeting.id, Paper.MINUTES
        votes = (v for v in meeting.votes.values() if matter.id in v.matters and v.closed_at)
        yield from ((vote.id, Paper.TALLY_SHEET) for vote in votes)
    for published in matter.publications:
        yield from ((matter.id, paper) for paper in _PUBLISHED[published.stage])
    for objection in village.objections_to(matter.id):
        answered = (h for h in objection.hearings if h.answered_at)
        yield from ((objection.id, Paper.OBJECTION_SHEET) for _ in answered)
    for works in (*matter.former_works, *([matter.works] if matter.works else [])):
        inspected = (a for a in works.acceptances if a.inspected_at)
        yield from ((matter.id, Paper.WORKS_SHEET) for _ in inspected)
    yield from ((matter.id, Paper.OPINION_SHEET) for _ in matter.opinions)
    if matter.archived_at:
        yield from ((matter.id, paper) for paper in _ARCHIVED)
