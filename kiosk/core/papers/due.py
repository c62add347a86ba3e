"""Which entry of the journal makes which paper fall due (应出文书), and about whom: one table."""

from dataclasses import dataclass

from kiosk.core.events import (
    Event,
    MatterArchived,
    MeetingConvened,
    PublicationOpened,
    VoteClosed,
)
from kiosk.core.journal import Entry
from kiosk.core.terms import Paper, Stage


@dataclass(frozen=True, slots=True)
class Source:
    """What a paper is set from: a kind of event; of a publication the one of that stage."""

    kind: type[Event]
    stage: Stage | None = None


SOURCES: dict[Paper, Source] = {
    Paper.NOTICE: Source(MeetingConvened),
    Paper.TALLY_SHEET: Source(VoteClosed),
    Paper.RESOLUTION: Source(PublicationOpened, Stage.RESOLUTION_PUBLIC),
    Paper.RESULT: Source(PublicationOpened, Stage.RESULT_PUBLIC),
    Paper.FILE_INDEX: Source(MatterArchived),
}


@dataclass(frozen=True, slots=True)
class Due:
    """One paper that is due (应出文书): about which meeting, vote or matter, from the journal up to which entry."""

    paper: Paper
    subject: str
    seq: int


def due(entry: Entry) -> Due | None:
    """The paper that this entry makes fall due, if it does (应出文书)."""
    event = entry.event
    source = Source(type(event), event.stage if isinstance(event, PublicationOpened) else None)
    for paper, from_that in SOURCES.items():
        if source == from_that:
            return Due(paper, _subject(event), entry.seq)
    return None


def _subject(event: Event) -> str:
    match event:
        case MeetingConvened():
            return event.meeting
        case VoteClosed():
            return event.vote
        case PublicationOpened() | MatterArchived():
            return event.matter
        case _:
            raise TypeError(f"no paper is about {type(event).__name__}")
