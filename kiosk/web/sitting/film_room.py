"""What the console says where the disk cannot hold the film of a meeting (磁盘录不完)."""

from kiosk.core.meetings.film_room import film_is_short, planned_minutes
from kiosk.core.meetings.meeting import Meeting
from kiosk.web.pictures import Picture
from kiosk.wording.filming import film_lasts


def short_film(meeting: Meeting) -> Picture | None:
    """How long the disk can film and how long the meeting lasts, where that is not enough and nobody accepted it."""
    if not film_is_short(meeting) or meeting.recording.short_accepted:
        return None
    return {
        "room": film_lasts(meeting.recording.room_minutes or 0),
        "planned": film_lasts(planned_minutes(meeting)),
    }
