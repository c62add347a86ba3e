"""What was ready before a meeting as data (会前准备情况): notice, who was told, who came, film, at its opening."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.core.emergency import Emergency
from kiosk.core.law.rules import Comparison
from kiosk.core.matters.matter import Matter
from kiosk.core.meetings.film_room import planned_minutes
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.responding import TOLD
from kiosk.core.terms import Means, MeetingId, day_of
from kiosk.core.village import Village


@dataclass(frozen=True, slots=True)
class Readiness:
    """会前准备情况 of one meeting, as it opened.

    Attributes:
        village: as it stood when the meeting opened.
        meeting: the meeting.
        matters: those on the agenda, in its order.
        notice_days: whole days from the day of the notice to the day of the meeting.
        notice_days_asked: the most that a row of the agenda asks for.
        told: how many were told of it by each means; who was not told by any is in none.
        untold: how many of those called nobody has told by name.
        quorum: those present at the opening held against those entitled.
        represented: how many of them by a letter.
        planned_minutes: how long the agenda is to last.
        owed: the emergencies of which the meeting is to be told.

    """

    village: Village
    meeting: Meeting
    matters: tuple[Matter, ...]
    notice_days: int
    notice_days_asked: int
    told: Mapping[Means, int]
    untold: int
    quorum: Comparison
    represented: int
    planned_minutes: int
    owed: tuple[Emergency, ...]


def readiness(village: Village, meeting_id: MeetingId) -> Readiness:
    """The readiness of a meeting, of the village as it opened. Refused: NO_SUCH_MEETING, PAPER_NOT_DUE before."""
    meeting = village.meeting(meeting_id)
    if meeting.opened_at is None:
        raise Refused(Reason.PAPER_NOT_DUE)
    rows = [meeting.row, *meeting.rows.values()]
    return Readiness(
        village=village,
        meeting=meeting,
        matters=tuple(village.matters[item.matter] for item in meeting.agenda),
        notice_days=(day_of(meeting.starts_at) - day_of(meeting.convened_at)).days,
        notice_days_asked=max(row.notice_days for row in rows),
        told=Counter(served.means for served in meeting.served.values()),
        untold=len(meeting.seats.keys() - meeting.served.keys()),
        quorum=meeting.quorum,
        represented=len(meeting.represented & meeting.entitled),
        planned_minutes=planned_minutes(meeting),
        owed=tuple(e for e in village.emergencies.values() if e.is_owed and meeting.body in TOLD),
    )
