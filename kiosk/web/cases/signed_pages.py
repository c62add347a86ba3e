"""Which paper a signed page belongs to (签字页认定): by the code on it, or chosen among the papers of the matter."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kiosk import wording
from kiosk.core.events import PaperIssued, SignedSheetFiled
from kiosk.core.journal import Head, digest
from kiosk.core.matters.matter import Matter
from kiosk.core.terms import Edition, MatterId
from kiosk.core.village import Village
from kiosk.web.naming import Names
from kiosk.web.parts import parts

_CODE = re.compile(r"#(?:([0-9a-f]{64})|(\d{4}(?:-\d{4}){3}))(?:\.(\d{1,3}))?$")
"""At the end of a paper's QR code: the digest of its entry or its check code, and behind a point the page."""


@dataclass(frozen=True, slots=True)
class SignedPage:
    """One page of one paper (某份文书的第几页)."""

    paper: PaperIssued
    page: int

    @property
    def key(self) -> str:
        """The paper, for a form."""
        return key_of(self.paper)


def key_of(paper: PaperIssued) -> str:
    """A paper by its kind and its entry, for a form."""
    return f"{paper.paper.value}-{paper.from_seq}"


def paper_of(village: Village, key: str) -> PaperIssued | None:
    """The paper that a form names by its key."""
    kind, _, seq = key.rpartition("-")
    return next(
        (p for p in village.papers if (p.paper.value, str(p.from_seq)) == (kind, seq)), None
    )


def page_read(codes: Iterable[str], village: Village) -> SignedPage | None:
    """The page that the codes on it name; None where none of them names a paper that was issued.

    A code without a page stands on the last one, under the signatures.
    """
    found = [match for code in codes if (match := _CODE.search(code))]
    if not found:
        return None
    lines = parts().kiosk.lines(parts().home)
    for paper in _signed_first(village.papers):
        head = Head(paper.from_seq, digest(lines[paper.from_seq - 1]))
        mine = [m for m in found if head.digest == m[1] or head.check_code == m[2]]
        if mine:
            pages = [int(m[3]) for m in mine if m[3]]
            return SignedPage(paper, pages[0] if pages else parts().papers.pages(paper))
    return None


def papers_of(village: Village, matter: Matter) -> dict[str, PaperIssued]:
    """The papers about the matter, its meetings and its votes, the newest first, by their keys."""
    about = {matter.id, *_meetings_and_votes(village, matter.id)}
    mine = [paper for paper in _signed_first(village.papers) if paper.subject in about]
    found: dict[str, PaperIssued] = {}
    for paper in mine:
        found.setdefault(key_of(paper), paper)
    return found


def _signed_first(papers: Sequence[PaperIssued]) -> list[PaperIssued]:
    """The newest first; of two editions the one for the archive, which people sign."""
    return sorted(papers, key=lambda p: (-p.from_seq, p.edition is not Edition.ARCHIVE))


def _meetings_and_votes(village: Village, matter: MatterId) -> Iterator[str]:
    for meeting in village.meetings.values():
        if matter in meeting.matters:
            yield meeting.id
        yield from (vote.id for vote in meeting.votes.values() if matter in vote.matters)


def matter_of(village: Village, paper: PaperIssued, otherwise: Matter) -> Matter:
    """The matter to whose page one goes with this paper; its own, else the one that one came from."""
    return village.matters.get(MatterId(paper.subject), otherwise)


def told(village: Village, paper: PaperIssued) -> str:
    """The paper in words: what it is, and about what."""
    return wording.happening(paper, village, Names().name).removeprefix("制成")


def filed(village: Village, matter: Matter) -> list[tuple[str, SignedSheetFiled]]:
    """The signed pages in the matter's file, the newest first, in words."""
    mine = papers_of(village, matter).values()
    keys = {(paper.subject, paper.paper, paper.from_seq) for paper in mine}
    sheets = [s for s in village.sheets if (s.subject, s.paper, s.from_seq) in keys]
    return [(f"{wording.PAPERS[s.paper]}第{s.page}页", s) for s in reversed(sheets)]
