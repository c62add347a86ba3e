"""How long a meeting's film is kept (录像保存期限): as long as the longest of its matters, from the day of the meeting.

The numbers are those announced when the meeting began. A matter is of weight (重大) where its catalogue keeps its
file for ever, and whatever was objected to is disputed (有争议): their film is kept longer.
"""

from datetime import date

from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import MatterId, Retention, day_of
from kiosk.core.village import Village


def is_disputed(village: Village, meeting: Meeting) -> bool:
    """Whether anybody objected to a matter of the meeting (有争议)."""
    return any(village.objections_to(matter) for matter in meeting.matters)


def years_kept(village: Village, meeting: Meeting) -> int:
    """How many years the film is kept: the longest of its matters' periods."""
    periods = village.custody(meeting.id).periods
    weighty = any(_is_weighty(village, matter) for matter in meeting.matters)
    longer = weighty or is_disputed(village, meeting)
    return periods.major_film_years if longer else periods.film_years


def _is_weighty(village: Village, matter: MatterId) -> bool:
    return village.matters[matter].kind.retention is Retention.PERMANENT


def last_day_kept(village: Village, meeting: Meeting) -> date | None:
    """The last day of the film's period (保存期限最后一天); None while the meeting is not over.

    A period of years ends on the day of the same date; where there is none, on the last of the month.
    Source: 民法典第二百零二条.
    """
    if meeting.adjourned_at is None:
        return None
    held, years = day_of(meeting.adjourned_at), years_kept(village, meeting)
    try:
        return held.replace(year=held.year + years)
    except ValueError:
        return date(held.year + years, 2, 28)


def unfinished(village: Village, meeting: Meeting) -> list[MatterId]:
    """The matters of the meeting that are neither archived nor ended: their film is still needed."""
    matters = (village.matters[matter] for matter in meeting.matters)
    return [m.id for m in matters if m.archived_at is None and m.ended_at is None]
