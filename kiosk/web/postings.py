"""What hangs on the portal, with its paper and the check code the paper prints; the hall shows the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import current_app

from kiosk.core.events import PaperIssued, PublicationOpened
from kiosk.core.journal import Head, digest, read
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.publicity import Publication
from kiosk.core.terms import Edition, Paper, Stage
from kiosk.core.village import Village
from kiosk.web.parts import Parts

PAPERS = {Stage.RESOLUTION_PUBLIC: Paper.RESOLUTION, Stage.RESULT_PUBLIC: Paper.RESULT}
"""The paper that hangs in each of the two publications."""
FOLDERS = {Stage.RESOLUTION_PUBLIC: "r", Stage.RESULT_PUBLIC: "result"}

Key = tuple[Stage, int, int]
"""A publication: of what, the year, its number in it."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One resolution or result as it hangs on the portal; without `paper` its PDF is still being set."""

    matter: Matter
    publication: Publication
    paper: PaperIssued | None
    head: Head | None

    @property
    def link(self) -> str:
        """Where it hangs on the portal."""
        of = self.publication
        return f"/{FOLDERS[of.stage]}/{of.year}-{of.number}"


def postings(parts: Parts, village: Village) -> list[Posting]:
    """Every resolution (决议公开), newest first."""
    return _hung(parts, village, Stage.RESOLUTION_PUBLIC)


def results(parts: Parts, village: Village) -> list[Posting]:
    """Every result (实施结果公开), newest first."""
    return _hung(parts, village, Stage.RESULT_PUBLIC)


def _hung(parts: Parts, village: Village, stage: Stage) -> list[Posting]:
    hung = [p for p in village.papers if p.paper is PAPERS[stage] and p.edition is Edition.PUBLIC]
    entries = _read(parts, {seq for paper in hung for seq in (paper.source_seq, paper.from_seq)})
    papers: dict[Key | None, tuple[PaperIssued, Head]] = {}
    for paper in hung:
        papers[entries[paper.source_seq][0]] = paper, entries[paper.from_seq][1]
    found = [
        Posting(matter, of, *papers.get((stage, of.year, of.number), (None, None)))
        for matter in village.matters.values()
        for of in matter.publications
        if of.stage is stage
    ]
    found.sort(key=lambda p: (p.publication.year, p.publication.number), reverse=True)
    return found


def _read(parts: Parts, seqs: Iterable[int]) -> Mapping[int, tuple[Key | None, Head]]:
    """Which publication each of these entries opened, if it did, and the head of the journal at it.

    An entry never changes, so what one says is kept as long as the application runs. The journal is read once for all
    that are missing: a village of many years has thousands of papers.
    """
    kept: dict[int, tuple[Key | None, Head]] = current_app.extensions.setdefault("postings", {})
    if missing := sorted({*seqs} - kept.keys()):
        lines = parts.kiosk.lines(parts.home, after=missing[0] - 1)
        kept.update({seq: _told(seq, lines[seq - missing[0]]) for seq in missing})
    return kept


def _told(seq: int, line: str) -> tuple[Key | None, Head]:
    event = read(line).event
    of = None
    if isinstance(event, PublicationOpened):
        of = event.stage, event.year, event.number
    return of, Head(seq, digest(line))
