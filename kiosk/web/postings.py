"""What hangs on the portal, with its paper and the check code the paper prints; the hall shows the same."""

from dataclasses import dataclass

from kiosk.core.events import PaperIssued, PublicationOpened
from kiosk.core.journal import Head, digest, read
from kiosk.core.matter import Matter
from kiosk.core.publicity import Publication
from kiosk.core.village import Village
from kiosk.web.parts import Parts


@dataclass(frozen=True, slots=True)
class Posting:
    """One resolution as it hangs on the portal; without `paper` its PDF is still being set."""

    matter: Matter
    publication: Publication
    paper: PaperIssued | None
    head: Head | None

    @property
    def link(self) -> str:
        """Where it hangs on the portal."""
        return f"/r/{self.publication.year}-{self.publication.number}"


def postings(parts: Parts, village: Village) -> list[Posting]:
    """Every resolution, newest first."""
    papers = {_published_by(parts, paper): paper for paper in village.papers}
    found = [
        _posting(parts, matter, publication, papers.get((publication.year, publication.number)))
        for matter in village.matters.values()
        for publication in matter.publications
    ]
    found.sort(key=lambda p: (p.publication.year, p.publication.number), reverse=True)
    return found


def _posting(
    parts: Parts, matter: Matter, publication: Publication, paper: PaperIssued | None
) -> Posting:
    head = None if paper is None else Head(paper.from_seq, digest(_line(parts, paper.from_seq)))
    return Posting(matter, publication, paper, head)


def _line(parts: Parts, seq: int) -> str:
    return parts.kiosk.lines(parts.home, after=seq - 1)[0]


def _published_by(parts: Parts, paper: PaperIssued) -> tuple[int, int]:
    event = read(_line(parts, paper.from_seq)).event
    assert isinstance(event, PublicationOpened)
    return event.year, event.number
