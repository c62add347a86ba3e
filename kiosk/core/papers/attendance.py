"""The attendance sheet of one meeting as data (签到表): who was called as what, who came when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.core.journal import Head
from kiosk.core.law.rules import Comparison
from kiosk.core.meetings.course import Movement
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import Capacity, MeetingId
from kiosk.core.values import Seat
from kiosk.core.village import Village

IN_OFFICE = frozenset(Capacity) - {
    Capacity.PARTY_MEMBER,
    Capacity.PROBATIONARY_MEMBER,
    Capacity.VILLAGER,
    Capacity.HOUSEHOLD_REPRESENTATIVE,
    Capacity.COLLECTIVE_MEMBER,
}
"""Who sits there by an office or a mandate (履职者): only they are named to the public."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person called (参会人员) and every coming and going of his; `proxy` names who was to vote for him."""

    seat: Seat
    movements: tuple[Movement, ...]
    proxy: str = ""

    @property
    def arrived_at(self) -> datetime | None:
        """When he first came; None where he never did."""
        return self.movements[0].at if self.movements else None


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """签到表 of one meeting: everything the paper says.

    Attributes:
        village: as it stood when the meeting was over.
        meeting: the meeting.
        entitled: those with a vote (应到), in the order of their groups.
        attending: those without (列席).
        quorum: those present when it opened, or when it was found too small, against those entitled.
        came: how many of those entitled came at any time, the represented ones included.
        unnamed: of the public edition, how many with a vote are counted and not named, by their villagers' group.
        head: of the journal when the meeting was over.

    """

    village: Village
    meeting: Meeting
    entitled: tuple[Attendance, ...]
    attending: tuple[Attendance, ...]
    quorum: Comparison
    came: int
    head: Head
    unnamed: tuple[tuple[int, int], ...] = ()


def attendance_sheet(village: Village, meeting_id: MeetingId, head: Head) -> AttendanceSheet:
    """The sheet of a meeting; `head` is the journal's at the entry that ended it. Refused: NO_SUCH_MEETING."""
    meeting = village.meeting(meeting_id)
    entitled = attendances(meeting, (s for s in meeting.seats.values() if s.votes))
    present = meeting.present_at_opening if meeting.opened_at else len(meeting.present)
    return AttendanceSheet(
        village=village,
        meeting=meeting,
        entitled=entitled,
        attending=attendances(meeting, (s for s in meeting.seats.values() if not s.votes)),
        quorum=meeting.row.quorum.compare(present, len(meeting.entitled)),
        came=sum(bool(one.movements or one.proxy) for one in entitled),
        head=head,
    )


def attendances(meeting: Meeting, seats: Iterable[Seat]) -> tuple[Attendance, ...]:
    """Each of these people with his comings and goings, by group and number."""
    moved: dict[str, list[Movement]] = {}
    for movement in meeting.presence:
        moved.setdefault(movement.person, []).append(movement)
    ordered = sorted(seats, key=lambda seat: (seat.group, seat.person))
    return tuple(
        Attendance(seat, tuple(moved.get(seat.person, ())), _proxy_of(meeting, seat))
        for seat in ordered
    )


def _proxy_of(meeting: Meeting, seat: Seat) -> str:
    by = meeting.proxies.get(seat.person)
    return meeting.seats[by].name if by is not None else ""


def public_attendance(sheet: AttendanceSheet) -> AttendanceSheet:
    """The same for the notice board (公示版): who is in no office is counted by group and not named."""
    hidden = [one for one in sheet.entitled if one.seat.capacity not in IN_OFFICE]
    groups = sorted({one.seat.group for one in hidden})
    return replace(
        sheet,
        entitled=tuple(one for one in sheet.entitled if one.seat.capacity in IN_OFFICE),
        attending=tuple(one for one in sheet.attending if one.seat.capacity in IN_OFFICE),
        unnamed=tuple((g, sum(one.seat.group == g for one in hidden)) for g in groups),
    )
