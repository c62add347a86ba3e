"""The minutes of one meeting as data (会议记录): they write themselves from the journal.

The same for the draft that is read out and for the paper that is kept: a function of the journal up to one entry.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from kiosk.core import events as e
from kiosk.core.correction import Correction
from kiosk.core.journal import Entry, Head
from kiosk.core.law.rules import Comparison
from kiosk.core.meetings.chapters import of_meeting
from kiosk.core.meetings.course import MeetingState, Speech
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.meetings.notes import Note
from kiosk.core.papers.attendance import IN_OFFICE, Attendance, attendances
from kiosk.core.papers.concerning import person_named
from kiosk.core.papers.minuted import MinutedItem, minuted_items, speeches_on
from kiosk.core.terms import Capacity, MeetingId, PersonId, Role
from kiosk.core.village import Village


class Standing(Enum):
    """Whether the meeting stands behind its minutes (会议记录的效力)."""

    DRAFT = "draft"  # 草稿，还没有散会
    APPROVED = "approved"  # 会上宣读、通过
    UNAPPROVED = "unapproved"  # 散会时未经会议通过


@dataclass(frozen=True, slots=True)
class Officers:
    """Who held the meeting, by name (主持、记录、监票、监督); whom the record cannot name is left out."""

    chairs: tuple[str, ...]
    recorders: tuple[str, ...]
    tellers: tuple[str, ...]
    supervisors: tuple[str, ...]


Milestone = e.MeetingOpened | e.VoteClosed | e.VoteVoided | e.MinutesApproved | e.MeetingAdjourned
"""After these the head is kept apart from the machine (留存校验码): at the beginning, after each item, at the end."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A head that was kept (留存的校验码): after which entry, at what instant, what it was."""

    at: datetime
    event: Milestone
    head: Head


@dataclass(frozen=True, slots=True)
class Minutes:
    """会议记录 of one meeting: everything the paper and the draft say.

    Attributes:
        village: as it stood then.
        meeting: the meeting.
        standing: whether the meeting approved them.
        officers: who held it.
        quorum: those present when it opened, against those entitled.
        entitled: those with a vote, with their comings and goings.
        attending: those without.
        unnamed: of the public edition, how many with a vote are counted and not named.
        items: the matters of the agenda in their order.
        speeches: who spoke between matters, with names.
        notes: what the recorder added on the meeting itself.
        emergencies: the grounds of the emergencies that the meeting was told of.
        corrections: confirmed corrections of its entries.
        heads: the heads that were kept.
        head: of the journal up to which all this is told.

    """

    village: Village
    meeting: Meeting
    standing: Standing
    officers: Officers
    quorum: Comparison
    entitled: tuple[Attendance, ...]
    attending: tuple[Attendance, ...]
    items: tuple[MinutedItem, ...]
    speeches: tuple[tuple[Speech, str], ...]
    notes: tuple[Note, ...]
    emergencies: tuple[str, ...]
    corrections: tuple[Correction, ...]
    heads: tuple[Kept, ...]
    head: Head
    unnamed: int = 0

    @property
    def recorder_of(self) -> dict[PersonId, str]:
        """The names of those who added notes, by their ids."""
        return {
            n.recorder: person_named(self.village, n.recorder) for n in self.meeting.minutes.notes
        }


def minutes(
    village: Village, meeting_id: MeetingId, entries: Iterable[Entry], head: Head
) -> Minutes:
    """The minutes from the journal's `entries` up to `head`; before its end they are a draft.

    Refused: NO_SUCH_MEETING.
    """
    meeting = village.meeting(meeting_id)
    mine = of_meeting(entries, meeting_id)
    numbers = {entry.seq for entry in mine}
    corrections = [c for c in village.corrections.values() if c.stands and c.seq in numbers]
    seats = meeting.seats.values()
    return Minutes(
        village=village,
        meeting=meeting,
        standing=_standing(meeting),
        officers=_officers(village, meeting, mine),
        quorum=meeting.row.quorum.compare(meeting.present_at_opening, len(meeting.entitled)),
        entitled=attendances(meeting, (seat for seat in seats if seat.votes)),
        attending=attendances(meeting, (seat for seat in seats if not seat.votes)),
        items=minuted_items(village, meeting, mine),
        speeches=speeches_on(meeting, None),
        notes=meeting.minutes.on(None),
        emergencies=_told_of(village, mine),
        corrections=tuple(corrections),
        heads=tuple(
            Kept(entry.at, entry.event, entry.head)
            for entry in mine
            if isinstance(entry.event, Milestone)
        ),
        head=head,
    )


def _standing(meeting: Meeting) -> Standing:
    if meeting.minutes.is_approved:
        return Standing.APPROVED
    over = meeting.state is MeetingState.ADJOURNED
    return Standing.UNAPPROVED if over else Standing.DRAFT


def _officers(village: Village, meeting: Meeting, mine: Sequence[Entry]) -> Officers:
    """By the posts in which people acted; first who signed for the minutes; of the 监委会 everybody who came."""
    book = meeting.minutes
    during = [entry for entry in mine if _is_of_the_sitting(meeting, entry)]
    watching = (s for s in meeting.seats.values() if s.capacity is Capacity.SUPERVISOR)
    came = {movement.person for movement in meeting.presence}
    sat = [seat.name for seat in watching if seat.person in came]
    signed = {Role.CHAIR: book.approved, Role.SECRETARY: book.read}

    def named(role: Role) -> tuple[str, ...]:
        first = signed.get(role)
        people = [first.by] if first else []
        people += [en.actor.person for en in during if en.actor.role is role and en.actor.person]
        names = [person_named(village, person) for person in people]
        names += sat if role is Role.SUPERVISOR else []
        return tuple(dict.fromkeys(name for name in names if name))

    return Officers(*map(named, (Role.CHAIR, Role.SECRETARY, Role.TELLER, Role.SUPERVISOR)))


def _is_of_the_sitting(meeting: Meeting, entry: Entry) -> bool:
    opened, over = meeting.opened_at, meeting.adjourned_at
    return opened is not None and opened <= entry.at and (over is None or entry.at <= over)


def _told_of(village: Village, mine: Sequence[Entry]) -> tuple[str, ...]:
    told = (entry.event for entry in mine)
    return tuple(
        village.emergencies[event.emergency].ground
        for event in told
        if isinstance(event, e.EmergencyReported)
    )


def public_minutes(paper: Minutes) -> Minutes:
    """The same for the notice board (公示版): who is in no office, who spoke and who stood aside are not named."""
    named = tuple(one for one in paper.entitled if one.seat.capacity in IN_OFFICE)
    return replace(
        paper,
        entitled=named,
        attending=tuple(one for one in paper.attending if one.seat.capacity in IN_OFFICE),
        unnamed=len(paper.entitled) - len(named),
        speeches=_unnamed_speeches(paper.speeches),
        items=tuple(
            replace(
                item,
                amended=(item.amended[0], "") if item.amended else None,
                recused=tuple(("", "") for _ in item.recused),
                speeches=_unnamed_speeches(item.speeches),
            )
            for item in paper.items
        ),
    )


def _unnamed_speeches(
    speeches: tuple[tuple[Speech, str], ...],
) -> tuple[tuple[Speech, str], ...]:
    return tuple((speech, "") for speech, _ in speeches)
