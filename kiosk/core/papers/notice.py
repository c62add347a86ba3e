"""The notice of one meeting as data (会议通知): who is called as what, to decide what, on what notice."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.core.emergency import Emergency
from kiosk.core.law.rules import RuleRow
from kiosk.core.matters.matter import Matter
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.responding import TOLD
from kiosk.core.terms import Capacity, MeetingId, day_of
from kiosk.core.values import AgendaItem, Seat
from kiosk.core.village import Village


@dataclass(frozen=True, slots=True)
class CalledMatter:
    """One matter on the agenda (议题) with the row on which it is decided."""

    item: AgendaItem
    matter: Matter
    row: RuleRow


@dataclass(frozen=True, slots=True)
class Calling:
    """Those called in one capacity (参会身份), of one villagers' group where the whole village is called, else of 0."""

    capacity: Capacity
    group: int
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """会议通知 of one meeting: everything the paper says.

    Attributes:
        village: as it stood when the meeting was called.
        meeting: the meeting.
        agenda: what is to be decided, in its order.
        entitled: those with a vote (应到), by capacity.
        attending: those without (列席), by capacity.
        strictest: the row that asks for the longest notice.
        notice_days: whole days from the day of the notice to the day of the meeting.
        owed: the emergencies of which this meeting is to be told (应急通报).
        with_meeting: the meeting that it follows in one sitting (合并召开); None where it stands alone.

    """

    village: Village
    meeting: Meeting
    agenda: tuple[CalledMatter, ...]
    entitled: tuple[Calling, ...]
    attending: tuple[Calling, ...]
    strictest: RuleRow
    notice_days: int
    owed: tuple[Emergency, ...]
    with_meeting: Meeting | None


def notice(village: Village, meeting_id: MeetingId) -> Notice:
    """The notice of a meeting, of the village as it called it. Refused: NO_SUCH_MEETING."""
    meeting = village.meeting(meeting_id)
    seats = meeting.seats.values()
    agenda = tuple(
        CalledMatter(item, village.matters[item.matter], meeting.rows[item.matter])
        for item in meeting.agenda
    )
    rows = [meeting.row, *(called.row for called in agenda)]
    owed = [e for e in village.emergencies.values() if e.is_owed and meeting.body in TOLD]
    return Notice(
        village=village,
        meeting=meeting,
        agenda=agenda,
        entitled=_by_capacity(seat for seat in seats if seat.votes),
        attending=_by_capacity(seat for seat in seats if not seat.votes),
        strictest=max(rows, key=lambda row: row.notice_days),
        notice_days=(day_of(meeting.starts_at) - day_of(meeting.convened_at)).days,
        owed=tuple(owed),
        with_meeting=village.meetings[meeting.follows] if meeting.follows else None,
    )


_OF_EVERY_GROUP = {
    Capacity.VILLAGER,
    Capacity.HOUSEHOLD_REPRESENTATIVE,
    Capacity.COLLECTIVE_MEMBER,
}
"""Capacities in which so many are called that they are listed group by group."""


def _by_capacity(seats: Iterable[Seat]) -> tuple[Calling, ...]:
    called: dict[tuple[Capacity, int], list[Seat]] = {}
    for seat in seats:
        group = seat.group if seat.capacity in _OF_EVERY_GROUP else 0
        called.setdefault((seat.capacity, group), []).append(seat)
    order = list(Capacity)
    found = sorted(called.items(), key=lambda one: (order.index(one[0][0]), one[0][1]))
    return tuple(Calling(capacity, group, tuple(of)) for (capacity, group), of in found)
