"""The minutes of one meeting as the journal has them (会议记录): notes, the reading, the approval.

Minutes are computed from the journal; only what the recorder adds is kept here. They are read out and approved as of
the head of the meeting's last business: coming and going, speaking and filming go on without making a reading stale.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.core import events as e
from kiosk.core.terms import MatterId, PersonId
from kiosk.core.values import NamedHead

Business = (
    e.MeetingOpened
    | e.ItemTaken
    | e.AgendaReordered
    | e.ProposalAmended
    | e.ItemTakenOutOfConsent
    | e.EmergencyReported
    | e.RecusalDeclared
    | e.VoteClosed
    | e.VoteVoided
    | e.CountChecked
    | e.DifferenceExplained
    | e.DifferenceSettled
    | e.MinutesNoted
)
"""What a meeting must have heard before it can approve its minutes (议事内容)."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the recorder added (讨论要点), on a matter or, where that is None, on the meeting.

    `struck_by` is the number of the later note that took its place; 0 where it stands.
    """

    number: int
    recorder: PersonId
    matter: MatterId | None
    text: str
    at: datetime
    strikes: int = 0
    struck_by: int = 0

    @property
    def stands(self) -> bool:
        """Whether no later note took its place."""
        return not self.struck_by


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed for the minutes as of which head, and when."""

    by: PersonId
    head: NamedHead
    at: datetime


@dataclass(frozen=True, slots=True)
class MinutesBook:
    """What is kept of the minutes besides the journal itself; `business` is the head of the meeting's last business."""

    notes: tuple[Note, ...] = ()
    business: NamedHead | None = None
    read: Signed | None = None
    approved: Signed | None = None

    @property
    def is_read(self) -> bool:
        """Whether all of the meeting's business was read out (已宣读)."""
        return self.read is not None and self.read.head == self.business

    @property
    def is_approved(self) -> bool:
        """Whether the meeting approved all of its business (已通过): the minutes are frozen until there is more."""
        return self.approved is not None and self.approved.head == self.business

    def note(self, number: int) -> Note | None:
        """The note of that number; None where there is none."""
        return self.notes[number - 1] if 0 < number <= len(self.notes) else None

    def on(self, matter: MatterId | None) -> tuple[Note, ...]:
        """The notes on that matter, or on the meeting itself, struck ones too, in the order they were made."""
        return tuple(note for note in self.notes if note.matter == matter)

    def after(self, event: e.MinutesEvent, at: datetime) -> "MinutesBook":
        """After one of its facts."""
        match event:
            case e.MinutesNoted():
                return self._noted(event, at)
            case e.MinutesRead():
                head = NamedHead(event.seq, event.digest)
                return replace(self, read=Signed(event.recorder, head, at))
            case e.MinutesApproved():
                head = NamedHead(event.seq, event.digest)
                return replace(self, approved=Signed(event.chair, head, at))

    def _noted(self, event: e.MinutesNoted, at: datetime) -> "MinutesBook":
        note = Note(event.number, event.recorder, event.matter, event.text, at, event.strikes)
        earlier = tuple(
            replace(one, struck_by=event.number) if one.number == event.strikes else one
            for one in self.notes
        )
        return replace(self, notes=(*earlier, note))
