"""Calling a meeting (召集): the right body for the stage, notice in time, each person seated once.

- 四议两公开 goes in order: a body is called only for matters whose stage is due before it.
- Notice is counted in whole calendar days between the day of notice and the day of the meeting.
- Only the row's capacities carry a vote (村民代表会议: 村民委员会组织法 §29).
"""

from collections.abc import Mapping
from datetime import datetime

from kiosk.core.commands import ConveneMeeting
from kiosk.core.events import MeetingConvened
from kiosk.core.matter import Matter
from kiosk.core.meeting import Meeting
from kiosk.core.refusals import Reason, require
from kiosk.core.rules import ROWS, RuleRow
from kiosk.core.terms import MatterId, MeetingId, Seat, day_of


def convene(
    matters: Mapping[MatterId, Matter],
    meetings: Mapping[MeetingId, Meeting],
    command: ConveneMeeting,
    at: datetime,
) -> MeetingConvened:
    """Call the body together.

    Refused: MEETING_EXISTS, AGENDA_EMPTY, NO_SUCH_MATTER, STAGE_OUT_OF_ORDER, NOTICE_TOO_SHORT, SEATED_TWICE,
    SEAT_MAY_NOT_VOTE, NOBODY_ENTITLED.
    """
    row = ROWS[command.body]
    require(command.meeting not in meetings, Reason.MEETING_EXISTS)
    require(command.agenda, Reason.AGENDA_EMPTY)
    for matter in command.agenda:
        require(matter in matters, Reason.NO_SUCH_MATTER)
        require(matters[matter].next_deliberation is row.stage, Reason.STAGE_OUT_OF_ORDER)
    notice_days = (day_of(command.starts_at) - day_of(at)).days
    require(
        notice_days >= row.notice_days,
        Reason.NOTICE_TOO_SHORT,
        days=notice_days,
        needed=row.notice_days,
    )
    _require_lawful_seats(command.seats, row)
    return MeetingConvened(
        meeting=command.meeting,
        body=command.body,
        ordinal=1 + sum(meeting.body is command.body for meeting in meetings.values()),
        place=command.place,
        starts_at=command.starts_at,
        agenda=command.agenda,
        seats=command.seats,
    )


def _require_lawful_seats(seats: tuple[Seat, ...], row: RuleRow) -> None:
    require(len({seat.person for seat in seats}) == len(seats), Reason.SEATED_TWICE)
    for seat in seats:
        lawful = seat.votes == (seat.capacity in row.voters)
        require(lawful, Reason.SEAT_MAY_NOT_VOTE, basis=row.voters_basis, name=seat.name)
    require(any(seat.votes for seat in seats), Reason.NOBODY_ENTITLED)
