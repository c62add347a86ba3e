"""From a paper that is due to its document (排版): which data, which layout, for which edition; one table.

Most papers are told by the village as it stood at their source; a few tell of the entries themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.core import papers as p
from kiosk.core.history import Known
from kiosk.core.journal import Entry
from kiosk.core.papers import Due, Imprint, for_edition
from kiosk.core.papers.minutes import SPELLED as MINUTED
from kiosk.core.papers.objection_sheet import SPELLED as ANSWERING
from kiosk.core.papers.settling import SPELLED as SETTLING
from kiosk.core.terms import MatterId, MeetingId, ObjectionId, Paper, Stage, VoteId
from kiosk.core.village import Village
from kiosk.typeset.attendance_sheet import attendance_document
from kiosk.typeset.document import Document
from kiosk.typeset.file_cover import file_cover_document
from kiosk.typeset.file_index import file_index_document
from kiosk.typeset.file_notes import file_notes_document
from kiosk.typeset.minutes import minutes_document
from kiosk.typeset.notice import notice_document
from kiosk.typeset.objection_sheet import objection_document
from kiosk.typeset.opinion_sheet import opinion_document
from kiosk.typeset.poster import Poster, poster
from kiosk.typeset.posting import posting_document
from kiosk.typeset.proposal_sheet import proposal_document
from kiosk.typeset.readiness import readiness_document
from kiosk.typeset.resolution import resolution_document
from kiosk.typeset.result import result_document
from kiosk.typeset.tally_sheet import tally_sheet_document
from kiosk.typeset.works_sheet import works_document

EVERYTHING: tuple[str, ...] = ("",)
"""Every line of a journal spells this."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paper is set: its data, of the village, the subject and the lines that spell one of these; its layout."""

    data: Callable[[Village, str, Sequence[Entry]], Any]
    layout: Callable[[Any, Imprint], Document | Poster]
    spelled: tuple[str, ...] = ()


def _resolution(village: Village, subject: str, entries: Sequence[Entry]) -> p.Resolution:
    """What this entry published, though its decision may have been set aside in the same meeting."""
    matter = village.matter(MatterId(subject))
    return p.resolution(village, matter.id, matter.publication, entries)


def _published(village: Village, subject: str, entries: Sequence[Entry]) -> p.Resolution | p.Result:
    """What hangs by the newest publication: a resolution or a result."""
    publication = village.matter(MatterId(subject)).publication
    if publication is not None and publication.stage is Stage.RESULT_PUBLIC:
        return p.result(village, MatterId(subject))
    return _resolution(village, subject, entries)


def _file(village: Village, subject: str, entries: Sequence[Entry]) -> p.FileIndex:
    return p.file_index(village, MatterId(subject), entries)


SETTINGS: dict[Paper, Setting] = {
    Paper.PROPOSAL_SHEET: Setting(
        lambda v, s, _: p.proposal_sheet(v, MatterId(s)), proposal_document
    ),
    Paper.NOTICE: Setting(lambda v, s, _: p.notice(v, MeetingId(s)), notice_document),
    Paper.READINESS: Setting(lambda v, s, _: p.readiness(v, MeetingId(s)), readiness_document),
    Paper.TALLY_SHEET: Setting(lambda v, s, _: p.tally_sheet(v, VoteId(s)), tally_sheet_document),
    Paper.ATTENDANCE: Setting(
        lambda v, s, _: p.attendance_sheet(v, MeetingId(s)), attendance_document
    ),
    Paper.MINUTES: Setting(
        lambda v, s, of: p.minutes(v, MeetingId(s), of), minutes_document, MINUTED
    ),
    Paper.RESOLUTION: Setting(_resolution, resolution_document, SETTLING),
    Paper.POSTING: Setting(_resolution, posting_document, SETTLING),
    Paper.POSTER: Setting(_published, poster, SETTLING),
    Paper.OBJECTION_SHEET: Setting(
        lambda v, s, of: p.objection_sheet(v, ObjectionId(s), of), objection_document, ANSWERING
    ),
    Paper.WORKS_SHEET: Setting(lambda v, s, _: p.works_sheet(v, MatterId(s)), works_document),
    Paper.RESULT: Setting(lambda v, s, _: p.result(v, MatterId(s)), result_document),
    Paper.OPINION_SHEET: Setting(lambda v, s, _: p.opinion_sheet(v, MatterId(s)), opinion_document),
    Paper.FILE_COVER: Setting(_file, file_cover_document, EVERYTHING),
    Paper.FILE_NOTES: Setting(_file, file_notes_document, EVERYTHING),
    Paper.FILE_INDEX: Setting(_file, file_index_document, EVERYTHING),
}


def told_by(paper: Paper, lines: Sequence[str]) -> list[str]:
    """Those of the journal's lines that the paper tells of themselves."""
    spelled = SETTINGS[paper].spelled
    return [line for line in lines if any(kind in line for kind in spelled)]


def document_of(
    owed: Due, known: Known, entries: Sequence[Entry], of: Imprint
) -> Document | Poster:
    """The document of a paper that is due, of the village as of its source; `entries` are those it tells of."""
    village, setting = known.village, SETTINGS[owed.paper]
    assert village is not None
    told = setting.data(village, owed.subject, entries)
    data = for_edition(told, owed.edition, village)
    return setting.layout(data, for_edition(of, owed.edition, village))
