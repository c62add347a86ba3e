"""What of the journal concerns one matter (一事一档): its own entries, its needs, its meetings, their papers.

Of a meeting with several matters, what was said and voted on the others is left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kiosk.core import events as e
from kiosk.core.journal import Entry
from kiosk.core.terms import (
    CorrectionId,
    MatterId,
    MeetingId,
    NeedId,
    ObjectionId,
    PersonId,
    VoteId,
)
from kiosk.core.village import Village


@dataclass(slots=True)
class _Thread:
    """What has been found to belong to the matter so far."""

    matter: MatterId
    needs: set[NeedId] = field(default_factory=set)
    meetings: set[MeetingId] = field(default_factory=set)
    votes: set[VoteId] = field(default_factory=set)
    objections: set[ObjectionId] = field(default_factory=set)
    corrections: set[CorrectionId] = field(default_factory=set)
    entries: set[int] = field(default_factory=set)

    def takes(self, event: e.Event) -> bool:
        """Whether the event belongs to the matter; what it opens is remembered."""
        match event:
            case e.NeedFiled() | e.NeedAnswered():
                return event.need in self.needs
            case e.MeetingConvened():
                return self._called(event)
            case e.VoteOpened():
                return self._put_to_the_vote(event)
            case e.VideoMarked():
                return event.vote in self.votes
            case e.ObjectionFiled() | e.ObjectionAnswered() | e.ObjectionEscalated():
                return self._objects(event)
            case e.CorrectionProposed() | e.CorrectionConfirmed():
                return self._corrects(event)
            case e.PaperIssued() | e.SignedSheetFiled():
                return event.subject in {
                    self.matter,
                    *self.meetings,
                    *self.votes,
                    *self.objections,
                }
            case _:
                return self._is_of_it(event)

    def _called(self, event: e.MeetingConvened) -> bool:
        listed = any(item.matter == self.matter for item in event.agenda)
        self.meetings |= {event.meeting} if listed else set()
        return listed

    def _put_to_the_vote(self, event: e.VoteOpened) -> bool:
        put = self.matter in event.matters
        self.votes |= {event.vote} if put else set()
        return put

    def _objects(
        self, event: e.ObjectionFiled | e.ObjectionAnswered | e.ObjectionEscalated
    ) -> bool:
        if isinstance(event, e.ObjectionFiled) and event.matter == self.matter:
            self.objections.add(event.objection)
        return event.objection in self.objections

    def _corrects(self, event: e.CorrectionProposed | e.CorrectionConfirmed) -> bool:
        if isinstance(event, e.CorrectionProposed) and event.seq in self.entries:
            self.corrections.add(event.correction)
        return event.correction in self.corrections

    def _is_of_it(self, event: e.Event) -> bool:
        """By the names it bears: of the matter, else of a vote on it, else of a meeting and of no other matter."""
        about = getattr(event, "matter", None)
        if about is not None:
            return bool(about == self.matter)
        if isinstance(event, e.VoteEvent):
            return getattr(event, "vote", None) in self.votes
        return getattr(event, "meeting", None) in self.meetings


def concerning(entries: Sequence[Entry], matter: MatterId) -> tuple[Entry, ...]:
    """Every entry of the journal that concerns the matter (涉及本事项的日志), in their order."""
    thread = _Thread(matter, needs=_needs(entries, matter))
    found = []
    for entry in entries:
        if thread.takes(entry.event):
            thread.entries.add(entry.seq)
            found.append(entry)
    return tuple(found)


def _needs(entries: Iterable[Entry], matter: MatterId) -> set[NeedId]:
    """The needs that the matter took up: they were filed before it was raised."""
    raised = (entry.event for entry in entries)
    return {
        need
        for event in raised
        if isinstance(event, e.MatterRaised) and event.matter == matter
        for need in event.needs
    }


def person_named(village: Village, person: PersonId | None) -> str:
    """The name of a person (姓名) as the newest meeting that seated him has it; empty where none did."""
    for meeting in reversed(tuple(village.meetings.values())):
        if person is not None and person in meeting.seats:
            return meeting.seats[person].name
    return ""
