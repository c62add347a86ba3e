"""The attendance sheet of one meeting as data (签到表): who was called as what, who came when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.core.law.rules import Comparison
from kiosk.core.matters.matter import Matter
from kiosk.core.meetings.course import Movement
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import MeetingId
from kiosk.core.values import Seat
from kiosk.core.village import Village


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
        matters: what it was called for, in its order.
        entitled: those with a vote (应到), in the order of their groups.
        township: those who come for the township (乡镇参会人员).
        attending: the others without a vote (列席).
        quorum: those present when it opened, or when it was found too small, against those entitled.
        came: how many of those entitled came at any time, the represented ones included.
        represented: how many were to be represented by a letter (书面委托).
        unnamed: of the public edition, how many with a vote are counted and not named, by their villagers' group.

    """

    village: Village
    meeting: Meeting
    matters: tuple[Matter, ...]
    entitled: tuple[Attendance, ...]
    township: tuple[Attendance, ...]
    attending: tuple[Attendance, ...]
    quorum: Comparison
    came: int
    represented: int
    unnamed: tuple[tuple[int, int], ...] = ()


def attendance_sheet(village: Village, meeting_id: MeetingId) -> AttendanceSheet:
    """The sheet of a meeting, of the village as it ended. Refused: NO_SUCH_MEETING."""
    meeting = village.meeting(meeting_id)
    entitled = attendances(meeting, (s for s in meeting.seats.values() if s.votes))
    present = meeting.present_at_opening if meeting.opened_at else len(meeting.present)
    return AttendanceSheet(
        village=village,
        meeting=meeting,
        matters=tuple(village.matters[matter] for matter in meeting.matters),
        entitled=entitled,
        township=attendances(meeting, (s for s in meeting.seats.values() if s.is_of_township)),
        attending=attendances(meeting, observers(meeting)),
        quorum=meeting.row.quorum.compare(present, len(meeting.entitled)),
        represented=len(meeting.proxies),
        came=sum(bool(one.movements or one.proxy) for one in entitled),
    )


def observers(meeting: Meeting) -> Iterator[Seat]:
    """Who sits there without a vote (列席), those of the township left out."""
    return (s for s in meeting.seats.values() if not s.votes and not s.is_of_township)


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
