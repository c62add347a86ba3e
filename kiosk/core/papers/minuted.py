"""What a meeting did with each of its matters (议题), as its minutes tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.core import events as e
from kiosk.core.journal import Entry
from kiosk.core.law.rules import Comparison
from kiosk.core.law.tally import judge
from kiosk.core.matters.dossier import Revision
from kiosk.core.matters.matter import Matter
from kiosk.core.meetings.course import Speech
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.meetings.notes import Note
from kiosk.core.papers.concerning import person_named
from kiosk.core.papers.settling import Settled, settled
from kiosk.core.terms import MatterId
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote


@dataclass(frozen=True, slots=True)
class MinutedVote:
    """One vote as the minutes tell it: which of the meeting it was, what it came to, why counts of it differ."""

    vote: Vote
    ordinal: int
    majority: Comparison
    settled: Settled | None


@dataclass(frozen=True, slots=True)
class Noted:
    """A note of the recorder's with his name, empty where no meeting ever seated him."""

    note: Note
    recorder: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A speech with the name of who made it (发言)."""

    speech: Speech
    name: str


@dataclass(frozen=True, slots=True)
class MinutedItem:
    """One matter as the meeting dealt with it (议题): what was said, changed, voted.

    Attributes:
        number: its place on the agenda, from 1.
        matter: as it stands.
        taken_at: when the meeting turned to it; None where it never did.
        amended: what the meeting changed in its proposal, with the mover's name; None where nothing.
        recused: who stood aside, with the ground.
        speeches: who spoke.
        notes: what the recorder added, struck notes too.
        votes: every vote on it, void ones too.

    """

    number: int
    matter: Matter
    taken_at: datetime | None
    amended: tuple[Revision, str] | None
    recused: tuple[tuple[str, str], ...]
    speeches: tuple[Spoken, ...]
    notes: tuple[Noted, ...]
    votes: tuple[MinutedVote, ...]


def minuted_items(
    village: Village, meeting: Meeting, mine: Sequence[Entry]
) -> tuple[MinutedItem, ...]:
    """The matters of the agenda in their order, from the state and the meeting's own entries."""
    taken = {
        entry.event.matter: entry.at
        for entry in reversed(mine)
        if isinstance(entry.event, e.ItemTaken)
    }
    return tuple(
        MinutedItem(
            number=number,
            matter=village.matters[matter],
            taken_at=taken.get(matter),
            amended=_amended(village, meeting, matter),
            recused=tuple(
                (meeting.seats[person].name, ground)
                for (about, person), ground in meeting.recusals.items()
                if about == matter
            ),
            speeches=speeches_on(meeting, matter),
            notes=notes_on(village, meeting, matter),
            votes=_votes(meeting, matter, mine),
        )
        for number, matter in enumerate(meeting.matters, 1)
    )


def _amended(village: Village, meeting: Meeting, matter: MatterId) -> tuple[Revision, str] | None:
    for revision in reversed(village.matters[matter].revisions):
        if revision.meeting == meeting.id and revision.mover is not None:
            return revision, meeting.seats[revision.mover].name
    return None


def speeches_on(meeting: Meeting, matter: MatterId | None) -> tuple[Spoken, ...]:
    """Who spoke on that matter, or between matters (发言)."""
    said = (speech for speech in meeting.debate.speeches if speech.matter == matter)
    return tuple(Spoken(speech, meeting.seats[speech.person].name) for speech in said)


def notes_on(village: Village, meeting: Meeting, matter: MatterId | None) -> tuple[Noted, ...]:
    """What the recorder added on that matter, or on the meeting itself."""
    return tuple(
        Noted(note, person_named(village, note.recorder)) for note in meeting.minutes.on(matter)
    )


def _votes(meeting: Meeting, matter: MatterId, mine: Sequence[Entry]) -> tuple[MinutedVote, ...]:
    entitled = len(meeting.entitled)
    return tuple(
        MinutedVote(
            vote=vote,
            ordinal=ordinal,
            majority=judge(vote.tally, vote.row, entitled=entitled),
            settled=settled(mine, vote.id) if vote.differs else None,
        )
        for ordinal, vote in enumerate(meeting.votes.values(), 1)
        if matter in vote.matters and not vote.is_open
    )
