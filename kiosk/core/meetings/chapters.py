"""Chapters of a meeting's film (录像章节): what happened, each with its place in the film; from the journal alone.

How somebody voted is a chapter only where it was open to all: never of a secret vote, and of one taken one by one
(逐个表决) only after its close.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.core import events as e
from kiosk.core.ballot_terms import Method
from kiosk.core.journal import Entry
from kiosk.core.meetings.timecode import Place, Timecode, timecode
from kiosk.core.terms import MeetingId, VoteId

Turning = (
    e.MeetingOpened
    | e.ItemTaken
    | e.FloorGiven
    | e.ProposalAmended
    | e.MeetingPaused
    | e.MeetingResumed
    | e.VoteOpened
    | e.VoteClosed
    | e.VoteVoided
    | e.RecordingInterrupted
    | e.MeetingAdjourned
)
Ballot = e.BallotCast | e.BallotChanged | e.HandsConfirmed
Chaptered = Turning | Ballot | e.NotePinned
"""What is a chapter of its own."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Something that happened `at` that instant, and its place in the film."""

    seq: int
    at: datetime
    place: Place
    event: Chaptered


def of_meeting(entries: Iterable[Entry], meeting: MeetingId) -> tuple[Entry, ...]:
    """The entries of one meeting, in their order."""
    return tuple(entry for entry in entries if getattr(entry.event, "meeting", "") == meeting)


def chapters(entries: Sequence[Entry]) -> tuple[Chapter, ...]:
    """The chapters of a meeting, from the entries of the meeting, in the order of the film.

    A gap stands where it began, a note at the moment it is pinned to.
    """
    film, told = timecode(entries), _ballots_told(entries)
    found = [
        _chapter(film, entry, entry.event)
        for entry in entries
        if isinstance(entry.event, Turning | e.NotePinned)
        or (isinstance(entry.event, Ballot) and entry.event.vote in told)
    ]
    return tuple(sorted(found, key=lambda chapter: (chapter.place.film_ms, chapter.at)))


def _chapter(film: Timecode, entry: Entry, event: Chaptered) -> Chapter:
    at = entry.at
    if isinstance(event, e.RecordingInterrupted):
        at = event.since
    elif isinstance(event, e.NotePinned):
        at = event.moment
    return Chapter(entry.seq, at, film.place(entry.seq, at), event)


def _ballots_told(entries: Iterable[Entry]) -> set[VoteId]:
    """The votes in which each ballot may be a chapter."""
    told: set[VoteId] = set()
    in_turn: set[VoteId] = set()
    for entry in entries:
        match entry.event:
            case e.VoteOpened(vote=vote, method=Method.OPEN):
                told.add(vote)
            case e.VoteOpened(vote=vote, method=Method.IN_TURN):
                in_turn.add(vote)
            case e.VoteClosed(vote=vote) if vote in in_turn:
                told.add(vote)
            case _:
                pass
    return told
