"""Which entry of the journal makes which paper fall due (应出文书), about what, in which editions: one table."""

from dataclasses import dataclass

from kiosk.core.events import (
    Event,
    MatterArchived,
    MatterRaised,
    MeetingAdjourned,
    MeetingConvened,
    MeetingOpened,
    ObjectionAnswered,
    OpinionFiled,
    PaperIssued,
    PublicationOpened,
    VoteClosed,
    WorksInspected,
)
from kiosk.core.journal import Entry
from kiosk.core.terms import Edition, Paper, Stage

BOTH = (Edition.ARCHIVE, Edition.PUBLIC)
ARCHIVE = (Edition.ARCHIVE,)
PUBLIC = (Edition.PUBLIC,)


@dataclass(frozen=True, slots=True)
class Source:
    """What a paper is set from: a kind of event; of a publication the one of that stage, of either where none is named.

    `subject`: the field of the event that names what the paper is about. `editions`: for whom it is set.
    """

    kind: type[Event]
    subject: str
    editions: tuple[Edition, ...]
    stage: Stage | None = None

    def fits(self, event: Event) -> bool:
        """Whether that event makes the paper fall due."""
        return isinstance(event, self.kind) and (
            self.stage is None or getattr(event, "stage", None) is self.stage
        )


SOURCES: dict[Paper, Source] = {
    Paper.PROPOSAL_SHEET: Source(MatterRaised, "matter", BOTH),
    Paper.NOTICE: Source(MeetingConvened, "meeting", BOTH),
    Paper.READINESS: Source(MeetingOpened, "meeting", ARCHIVE),
    Paper.TALLY_SHEET: Source(VoteClosed, "vote", ARCHIVE),
    Paper.ATTENDANCE: Source(MeetingAdjourned, "meeting", BOTH),
    Paper.MINUTES: Source(MeetingAdjourned, "meeting", BOTH),
    Paper.RESOLUTION: Source(PublicationOpened, "matter", BOTH, Stage.RESOLUTION_PUBLIC),
    Paper.POSTING: Source(PublicationOpened, "matter", BOTH, Stage.RESOLUTION_PUBLIC),
    Paper.OBJECTION_SHEET: Source(ObjectionAnswered, "objection", BOTH),
    Paper.WORKS_SHEET: Source(WorksInspected, "matter", BOTH),
    Paper.RESULT: Source(PublicationOpened, "matter", BOTH, Stage.RESULT_PUBLIC),
    Paper.POSTER: Source(PublicationOpened, "matter", PUBLIC),
    Paper.OPINION_SHEET: Source(OpinionFiled, "matter", BOTH),
    Paper.FILE_COVER: Source(MatterArchived, "matter", ARCHIVE),
    Paper.FILE_NOTES: Source(MatterArchived, "matter", ARCHIVE),
    Paper.FILE_INDEX: Source(MatterArchived, "matter", ARCHIVE),
}
"""In the order in which one entry's papers are set; the index of a file comes last, for it completes the file."""


@dataclass(frozen=True, slots=True)
class Due:
    """One paper that is due (应出文书): of which edition, about what, set from the journal up to which entry.

    `source_seq` made its first issue fall due; a later issue is set from a later entry, see `reissuing`.
    """

    paper: Paper
    edition: Edition
    subject: str
    source_seq: int
    from_seq: int


def due(entry: Entry) -> tuple[Due, ...]:
    """The papers whose first issue this entry makes fall due (应出文书); none for most entries."""
    event = entry.event
    return tuple(
        Due(paper, edition, getattr(event, source.subject), entry.seq, entry.seq)
        for paper, source in SOURCES.items()
        if source.fits(event)
        for edition in source.editions
    )


def file_name(paper: Due | PaperIssued) -> str:
    """How its file is called (文件名): about what, which paper, which edition, its source, up to which entry."""
    named = f"{paper.subject}-{paper.paper.value}-{paper.edition.value}"
    return f"{named}-{paper.source_seq}-{paper.from_seq}.pdf"


def is_issue_of(issued: PaperIssued, owed: Due) -> bool:
    """Whether that is the paper that was due."""
    return (issued.paper, issued.edition, issued.subject, issued.source_seq, issued.from_seq) == (
        owed.paper,
        owed.edition,
        owed.subject,
        owed.source_seq,
        owed.from_seq,
    )
