"""What a call makes of a meeting (召集): its first state, under the rows of the day on which it was called."""

from collections.abc import Mapping
from datetime import datetime

from kiosk.core.events import MeetingConvened
from kiosk.core.law.rules import RuleRow
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import MatterId


def called(
    event: MeetingConvened, at: datetime, row: RuleRow, rows: Mapping[MatterId, RuleRow]
) -> Meeting:
    """The meeting as it is called; `row` is its body's, `rows` those on which each matter is voted on."""
    return Meeting(
        id=event.meeting,
        body=event.body,
        group=event.group,
        ordinal=event.ordinal,
        place=event.place,
        starts_at=event.starts_at,
        agenda=event.agenda,
        seats={seat.person: seat for seat in event.seats},
        exclusions=event.exclusions,
        urgent_ground=event.urgent_ground,
        follows=event.follows,
        leader=event.leader,
        convened_at=at,
        row=row,
        rows=rows,
        matters=tuple(item.matter for item in event.agenda),
        consent=frozenset(item.matter for item in event.agenda if item.consent),
    )
