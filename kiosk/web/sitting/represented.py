"""Who votes for whom by a letter (书面委托), as the walls of names show it."""

from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import PersonId
from kiosk.core.values import Seat
from kiosk.web.pictures import Picture, person_tile


def proxy_name(meeting: Meeting, person: PersonId) -> str:
    """Who votes for him now, while he is away and the other is there; empty where he votes himself."""
    if person not in meeting.represented:
        return ""
    return meeting.seats[meeting.proxies[person]].name


def voters_tile(meeting: Meeting, seat: Seat) -> Picture:
    """His tile where people are offered for voting: of somebody represented it says by whom (某某代)."""
    by = proxy_name(meeting, seat.person)
    return person_tile(seat) | ({"capacity": f"（{by}代）"} if by else {})


def principals(meeting: Meeting, proxy: PersonId) -> list[Seat]:
    """Whom he votes for: those who gave him a letter and did not come themselves."""
    return [
        meeting.seats[person]
        for person, by in meeting.proxies.items()
        if by == proxy and person not in meeting.arrivals
    ]
