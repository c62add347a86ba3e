"""The minutes of one meeting as data (会议记录): they write themselves from the journal.

The same for the draft that is read out and for the paper that is kept: a function of the journal up to one entry.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kiosk.core import events as e
from kiosk.core.journal import Entry
from kiosk.core.law.rules import Comparison
from kiosk.core.meetings.chapters import of_meeting
from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.meetings.recording import Recording
from kiosk.core.papers.attendance import Attendance, attendances, observers
from kiosk.core.papers.concerning import person_named
from kiosk.core.papers.minuted import (
    MinutedItem,
    Noted,
    Spoken,
    minuted_items,
    notes_on,
    speeches_on,
)
from kiosk.core.terms import Capacity, MeetingId, Role
from kiosk.core.values import NamedHead
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


ACTS = (
    e.MeetingOpened,
    e.ItemTaken,
    e.FloorGiven,
    e.ProposalAmended,
    e.EmergencyReported,
    e.VoteOpened,
    e.HandsNoted,
    e.HandsConfirmed,
    e.HandsCounted,
    e.BallotPapersReturned,
    e.BallotPaperRead,
    e.ClosingWitnessed,
    e.VoteClosed,
    e.VoteVoided,
    e.CountChecked,
    e.DifferenceExplained,
    e.DifferenceSettled,
    e.MinutesNoted,
    e.MinutesRead,
    e.MinutesApproved,
    e.MeetingAdjourned,
)
"""What the minutes are told from by the entries themselves: who did it, when, at which head."""
SPELLED = tuple(kind.__name__ for kind in ACTS)
"""Only lines that spell one of these need be read for them."""


class Point(Enum):
    """After what a head was kept (留存时点)."""

    OPENED = "opened"  # 开会
    VOTE_CLOSED = "vote_closed"  # 表决结束
    VOTE_VOID = "vote_void"  # 表决作废
    APPROVED = "approved"  # 会议记录通过
    CLOSED = "closed"  # 散会


_POINTS: dict[type[Milestone], Point] = {
    e.MeetingOpened: Point.OPENED,
    e.VoteClosed: Point.VOTE_CLOSED,
    e.VoteVoided: Point.VOTE_VOID,
    e.MinutesApproved: Point.APPROVED,
    e.MeetingAdjourned: Point.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A head that was kept (留存的校验码): when, after what, after which vote of the meeting (0: after none)."""

    at: datetime
    point: Point
    vote: int
    head: NamedHead


def kept(entry: Entry, meeting: Meeting) -> Kept | None:
    """The head that is kept after that entry of the meeting; None where none is."""
    event = entry.event
    if not isinstance(event, Milestone):
        return None
    vote = 0
    if isinstance(event, e.VoteClosed | e.VoteVoided):
        vote = [*meeting.votes].index(event.vote) + 1
    return Kept(entry.at, _POINTS[type(event)], vote, entry.head.named)


@dataclass(frozen=True, slots=True)
class Minutes:
    """会议记录 of one meeting: everything the paper and the draft say.

    Attributes:
        village: as it stood then.
        meeting: the meeting; what is told of its people stands in the other fields.
        with_meeting: the meeting that it follows in one sitting (合并召开); None where it stands alone.
        standing: whether the meeting approved them.
        officers: who held it.
        quorum: those present when it opened, against those entitled.
        entitled: those with a vote, with their comings and goings.
        township: those who come for the township (乡镇参会人员).
        attending: the others without a vote.
        represented: how many voted by letter (书面委托).
        left_out: how many were not counted (不计入应到).
        unnamed: of the public edition, how many with a vote came and stayed away who are counted and not named.
        items: the matters of the agenda in their order.
        speeches: who spoke between matters.
        notes: what the recorder added on the meeting itself.
        emergencies: the grounds of the emergencies that the meeting was told of.
        film: its film and the gaps in it.
        heads: the heads that were kept.

    """

    village: Village
    meeting: Meeting
    with_meeting: Meeting | None
    standing: Standing
    officers: Officers
    quorum: Comparison
    entitled: tuple[Attendance, ...]
    township: tuple[Attendance, ...]
    attending: tuple[Attendance, ...]
    represented: int
    left_out: int
    items: tuple[MinutedItem, ...]
    speeches: tuple[Spoken, ...]
    notes: tuple[Noted, ...]
    emergencies: tuple[str, ...]
    film: Recording
    heads: tuple[Kept, ...]
    unnamed: tuple[int, int] = (0, 0)


def minutes(village: Village, meeting_id: MeetingId, entries: Iterable[Entry]) -> Minutes:
    """The minutes from the village and the journal's `entries` up to there; before its end they are a draft.

    Refused: NO_SUCH_MEETING.
    """
    meeting = village.meeting(meeting_id)
    of = of_meeting(entries, meeting_id)
    mine = [entry for entry in of if isinstance(entry.event, ACTS)]
    seats = meeting.seats.values()
    heads = (kept(entry, meeting) for entry in mine)
    return Minutes(
        village=village,
        meeting=meeting,
        with_meeting=village.meetings[meeting.follows] if meeting.follows else None,
        standing=_standing(meeting),
        officers=_officers(village, meeting, mine),
        quorum=meeting.row.quorum.compare(meeting.present_at_opening, len(meeting.entitled)),
        entitled=attendances(meeting, (seat for seat in seats if seat.votes)),
        township=attendances(meeting, (seat for seat in seats if seat.is_of_township)),
        attending=attendances(meeting, observers(meeting)),
        represented=len(meeting.proxies),
        left_out=len(meeting.exclusions),
        items=minuted_items(village, meeting, mine),
        speeches=speeches_on(meeting, None),
        notes=notes_on(village, meeting, None),
        emergencies=_told_of(village, mine),
        film=meeting.recording,
        heads=tuple(head for head in heads if head),
    )


def _standing(meeting: Meeting) -> Standing:
    if meeting.minutes.is_approved:
        return Standing.APPROVED
    over = meeting.state is MeetingState.ADJOURNED
    return Standing.UNAPPROVED if over else Standing.DRAFT


def _officers(village: Village, meeting: Meeting, mine: Sequence[Entry]) -> Officers:
    """By the posts in which people acted; first who signed for the minutes; of the 监委会 everybody who came."""
    book = meeting.minutes
    watching = (s for s in meeting.seats.values() if s.capacity is Capacity.SUPERVISOR)
    came = {movement.person for movement in meeting.presence}
    sat = [seat.name for seat in watching if seat.person in came]
    signed = {Role.CHAIR: book.approved, Role.SECRETARY: book.read}

    def named(role: Role) -> tuple[str, ...]:
        first = signed.get(role)
        people = [first.by] if first else []
        people += [en.actor.person for en in mine if en.actor.role is role and en.actor.person]
        names = [person_named(village, person) for person in people]
        names += sat if role is Role.SUPERVISOR else []
        return tuple(dict.fromkeys(name for name in names if name))

    return Officers(*map(named, (Role.CHAIR, Role.SECRETARY, Role.TELLER, Role.SUPERVISOR)))


def _told_of(village: Village, mine: Sequence[Entry]) -> tuple[str, ...]:
    told = (entry.event for entry in mine)
    return tuple(
        village.emergencies[event.emergency].ground
        for event in told
        if isinstance(event, e.EmergencyReported)
    )
