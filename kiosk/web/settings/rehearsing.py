"""演练时钟: moving the clock of a rehearsal forward, so that a publication of fifteen days can be lived through today.

There is no such page where the record is a village's own: its clock is the machine's, and nothing moves it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile

from flask import Blueprint, abort, render_template, request, session
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.refusals import Malformed
from kiosk.core.terms import Purpose, day_of
from kiosk.core.village import Village
from kiosk.store.moved_clock import MovedClock
from kiosk.web.access import ANY_OFFICER, allow, visitor
from kiosk.web.answers import sorry, went_well
from kiosk.web.parts import parts
from kiosk.wording import Sentence

rehearsing = Blueprint("rehearsing", __name__, url_prefix="/rehearsal")

STEPS = (1, 3, 10, 15)
"""By how many days the clock is moved forward at a tap."""
SHOWN = 6
"""How many of the days to come are listed."""


@rehearsing.get("/")
@allow(ANY_OFFICER)
def clock() -> str:
    """What day it is in the rehearsal, what comes next, and how far to go."""
    moved, village = _clock(), parts().village()
    today = day_of(parts().kiosk.now())
    ahead = sorted(set(_days_ahead(village, today)))
    return render_template(
        "rehearsal/clock.html",
        village=village,
        today=wording.day(today),
        moved_days=moved.days,
        ahead=[(wording.day(day), (day - today).days, what) for day, what in ahead[:SHOWN]],
        steps=STEPS,
        suggested=_suggested([(day - today).days for day, _ in ahead]),
    )


@rehearsing.post("/forward")
@allow(ANY_OFFICER)
def forward() -> Response | tuple[Response | str, int]:
    """Move the clock forward; a meeting that sits is not to last for days."""
    moved = _clock()
    days = request.form.get("days", type=int)
    if days not in STEPS:
        raise Malformed("days")
    if parts().village().sitting_meeting is not None:
        return sorry(Sentence("正在开会，时钟不能往前拨。", "请散会以后再拨。"), 409)
    moved.forward(days)
    _sign_in_again()
    return went_well("/rehearsal/")


def _clock() -> MovedClock:
    """The rehearsal's clock; 404 in a village that keeps its record."""
    moved = parts().moved_clock
    if moved is None or parts().village().purpose is not Purpose.REHEARSAL:
        abort(404)
    return moved


def _sign_in_again() -> None:
    """A session lasts for hours, and days have gone by; who moved the clock is the same and still there."""
    officer = visitor().officer
    assert officer is not None
    parts().credentials.end_session(session["officer"])
    session["officer"] = parts().new_token()
    parts().credentials.begin_session(officer.id, session["officer"], parts().kiosk.now())


def _days_ahead(village: Village, today: date) -> Iterator[tuple[date, str]]:
    """The days to come on which something is due, and what."""
    due = (*_meetings(village), *_publications(village), *_answers(village))
    return ((day, what) for day, what in due if day > today)


def _meetings(village: Village) -> Iterator[tuple[date, str]]:
    for meeting in village.meetings.values():
        if not meeting.is_over:
            yield day_of(meeting.starts_at), f"{wording.BODIES[meeting.body]}开会"


def _publications(village: Village) -> Iterator[tuple[date, str]]:
    for matter in village.matters.values():
        for publication in matter.publications:
            yield publication.last_day + timedelta(days=1), f"“{matter.title}”公示期满"


def _answers(village: Village) -> Iterator[tuple[date, str]]:
    for objection in village.objections.values():
        if objection.is_open:
            yield objection.hearing.due, "异议最迟这天答复"
    for need in village.needs.values():
        if not need.is_settled:
            yield need.due, "需求最迟这天答复"


def _suggested(days_ahead: list[int]) -> int:
    """The longest step that does not pass over the next day on which something is due."""
    nearest = min(days_ahead, default=STEPS[-1])
    return max(takewhile(lambda step: step <= nearest, STEPS), default=STEPS[0])
