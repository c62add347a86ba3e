"""Signed sheets that came back (湿签回收): a page of a paper with pens on it, photographed, under the right paper.

People sign on paper; the record keeps the picture of what they signed. A matter is not closed while the page of its
resolution that people sign has not come back (村级档案管理办法: 归档的文书应当签字手续完备).
"""

from kiosk.core.commands import FileSignedSheet
from kiosk.core.events import PaperIssued, SignedSheetFiled
from kiosk.core.facts import fact
from kiosk.core.refusals import Reason, require
from kiosk.core.terms import MatterId, Paper
from kiosk.core.village import Village

PAGES_AT_MOST = 200
SIGNED_BEFORE_ARCHIVE = frozenset({Paper.RESOLUTION})
"""Papers about a matter whose signed page must be in its file (决议书签字页)."""


def file_sheet(village: Village, command: FileSignedSheet) -> tuple[SignedSheetFiled, ...]:
    """Put the picture of a signed page under its paper; the same again changes nothing.

    Refused: NO_SUCH_PAPER where no such paper was issued or has no such page, MATTER_ARCHIVED.
    """
    named = (command.subject, command.paper, command.from_seq)
    require(any(_key(paper) == named for paper in village.papers), Reason.NO_SUCH_PAPER)
    require(1 <= command.page <= PAGES_AT_MOST, Reason.NO_SUCH_PAPER)
    matter = village.matters.get(MatterId(command.subject))
    require(matter is None or matter.archived_at is None, Reason.MATTER_ARCHIVED)
    filed = fact(SignedSheetFiled, command)
    return () if filed in village.sheets else (filed,)


def unsigned(village: Village, matter: MatterId) -> tuple[PaperIssued, ...]:
    """The papers of the matter whose signed page has not come back (缺签字页): of each kind the newest issue.

    A paper that was never set cannot be signed, and is not asked for here.
    """
    newest: dict[Paper, PaperIssued] = {}
    for paper in village.papers:
        if paper.subject == matter and paper.paper in SIGNED_BEFORE_ARCHIVE:
            newest[paper.paper] = max(
                paper, newest.get(paper.paper, paper), key=lambda one: one.from_seq
            )
    returned = {_key(sheet) for sheet in village.sheets}
    return tuple(paper for paper in newest.values() if _key(paper) not in returned)


def _key(one: PaperIssued | SignedSheetFiled) -> tuple[str, Paper, int]:
    return one.subject, one.paper, one.from_seq
