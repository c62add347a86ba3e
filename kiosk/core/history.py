"""History (履历): what each event makes of the village. `replay` of a journal gives the village as it was.

Never refuses: what is written in the journal is so. Whether it should have been is the verifier's question.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.core import events as e
from kiosk.core.journal import EMPTY, Entry, Head, read
from kiosk.core.matter import Deliberation, Matter
from kiosk.core.meeting import Meeting
from kiosk.core.publicity import Publication
from kiosk.core.village import Village
from kiosk.core.voting import Vote

MeetingEvent = (
    e.CheckedIn
    | e.CheckedOut
    | e.MeetingOpened
    | e.RecusalDeclared
    | e.VoteOpened
    | e.BallotCast
    | e.VoteClosed
    | e.MeetingAdjourned
    | e.RecordingStarted
    | e.SegmentSealed
    | e.RecordingInterrupted
    | e.VideoMarked
    | e.RecordingStopped
)


def apply(village: Village | None, event: e.Event, at: datetime) -> Village:
    """The village after the event, which happened `at`. Never refuses: what is written is so."""
    if isinstance(event, e.VillageFounded):
        return Village(
            id=event.village,
            name=event.name,
            township=event.township,
            office_phone=event.office_phone,
            portal_url=event.portal_url,
            demonstration=event.demonstration,
        )
    if village is None:
        raise ValueError("a journal begins with VillageFounded")
    if isinstance(event, e.MatterRaised | e.PublicationOpened | e.PaperIssued):
        return _apply_matter(village, event)
    if isinstance(event, e.MeetingConvened):
        return village.with_meeting(_convened(event, at))
    changed = _apply_meeting(village.meetings[event.meeting], event, at)
    village = village.with_meeting(changed)
    return _deliberated(village, event, at) if isinstance(event, e.VoteClosed) else village


def _apply_matter(
    village: Village, event: e.MatterRaised | e.PublicationOpened | e.PaperIssued
) -> Village:
    match event:
        case e.MatterRaised():
            return village.with_matter(
                Matter(
                    id=event.matter,
                    number=event.number,
                    title=event.title,
                    origin=event.origin,
                    amount_fen=event.amount_fen,
                    proposal=event.proposal,
                    for_means=event.for_means,
                    against_means=event.against_means,
                )
            )
        case e.PublicationOpened():
            publication = Publication(
                meeting=event.meeting,
                vote=event.vote,
                year=event.year,
                number=event.number,
                first_day=event.first_day,
                last_day=event.last_day,
            )
            return village.with_matter(village.matters[event.matter].published(publication))
        case e.PaperIssued():
            return replace(village, papers=(*village.papers, event))


def _convened(event: e.MeetingConvened, at: datetime) -> Meeting:
    return Meeting(
        id=event.meeting,
        body=event.body,
        ordinal=event.ordinal,
        place=event.place,
        starts_at=event.starts_at,
        agenda=event.agenda,
        seats={seat.person: seat for seat in event.seats},
        convened_at=at,
    )


def _apply_meeting(  # noqa: C901 -- dispatch, not decision: each arm is one step
    meeting: Meeting, event: MeetingEvent, at: datetime
) -> Meeting:
    match event:
        case e.CheckedIn():
            return meeting.arrived(event.person, at)
        case e.CheckedOut():
            return meeting.left(event.person)
        case e.MeetingOpened():
            return replace(meeting, roll=frozenset(event.roll), opened_at=at)
        case e.RecusalDeclared():
            return replace(meeting, recusals=meeting.recusals | {(event.matter, event.person)})
        case e.VoteOpened():
            return meeting.with_vote(_opened(event, at))
        case e.BallotCast():
            return meeting.with_vote(
                meeting.votes[event.vote].with_ballot(event.person, event.choice)
            )
        case e.VoteClosed():
            return meeting.with_vote(meeting.votes[event.vote].closed(at, carried=event.carried))
        case e.MeetingAdjourned():
            return replace(meeting, adjourned_at=at)
        case e.RecordingStarted():
            return replace(meeting, recording=meeting.recording.begun(event, at))
        case _:
            return replace(meeting, recording=meeting.recording.grown(event))


def _opened(event: e.VoteOpened, at: datetime) -> Vote:
    return Vote(
        id=event.vote,
        meeting=event.meeting,
        matter=event.matter,
        stage=event.stage,
        electorate=frozenset(event.electorate),
        recused=frozenset(event.recused),
        running_tally=event.running_tally,
        opened_at=at,
    )


def _deliberated(village: Village, event: e.VoteClosed, at: datetime) -> Village:
    vote = village.meetings[event.meeting].votes[event.vote]
    deliberation = Deliberation(event.meeting, event.vote, at, event.carried)
    matter = village.matters[vote.matter].deliberated(vote.stage, deliberation)
    return village.with_matter(matter)


def replay(facts: Iterable[tuple[e.Event, datetime]]) -> Village | None:
    """Fold a journal's events with their instants into the village; None of an empty journal."""
    village: Village | None = None
    for event, at in facts:
        village = apply(village, event, at)
    return village


@dataclass(frozen=True, slots=True)
class Known:
    """A village as of a head of its journal; `village` is None before its founding."""

    village: Village | None
    head: Head

    def grown(self, entry: Entry) -> "Known":
        """After one more entry."""
        return Known(apply(self.village, entry.event, entry.at), entry.head)


NOTHING = Known(None, EMPTY)


def caught_up(known: Known, tail: Sequence[str]) -> Known:
    """After the lines that follow. RuntimeError where they do not continue the chain."""
    for line in tail:
        entry = read(line)
        if (entry.seq, entry.prev) != (known.head.seq + 1, known.head.digest):
            raise RuntimeError(f"the journal is broken at entry {entry.seq}")
        known = known.grown(entry)
    return known


def as_of(known: Known, lines: Sequence[str], seq: int) -> Known:
    """The village as it stood at an earlier entry, from the journal's lines."""
    if seq == known.head.seq:
        return known
    return caught_up(NOTHING, lines[:seq])
