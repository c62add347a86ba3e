"""What hangs on the portal, with its paper and the check code the paper prints; the hall shows the same."""

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
    papers: dict[Key, tuple[PaperIssued, Head]] = {}
    for paper in village.papers:
        if paper.paper is PAPERS[stage] and paper.edition is Edition.PUBLIC:
            of, _ = _read(parts, paper.source_seq)
            _, head = _read(parts, paper.from_seq)
            papers |= {of: (paper, head)} if of else {}
    found = [
        Posting(matter, of, *papers.get((stage, of.year, of.number), (None, None)))
        for matter in village.matters.values()
        for of in matter.publications
        if of.stage is stage
    ]
    found.sort(key=lambda p: (p.publication.year, p.publication.number), reverse=True)
    return found


def _read(parts: Parts, seq: int) -> tuple[Key | None, Head]:
    """Which publication this entry opened, if it did, and the head of the journal at it.

    An entry never changes, so what one says is kept as long as the application runs.
    """
    kept: dict[int, tuple[Key | None, Head]] = current_app.extensions.setdefault("postings", {})
    if seq not in kept:
        line = parts.kiosk.lines(parts.home, after=seq - 1)[0]
        event = read(line).event
        of = None
        if isinstance(event, PublicationOpened):
            of = event.stage, event.year, event.number
        kept[seq] = of, Head(seq, digest(line))
    return kept[seq]
