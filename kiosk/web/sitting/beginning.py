"""Opening a meeting (宣布开会), and the chair's word where the disk cannot hold its film (同意录像不全)."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk.core.commands import AcceptShortFilm, OpenMeeting
from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.film_room import film_is_short, planned_minutes
from kiosk.core.refusals import Refused
from kiosk.core.terms import MeetingId
from kiosk.web import second
from kiosk.web.access import CONSOLE, allow
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.parts import parts
from kiosk.web.sitting.now import current, form_meeting
from kiosk.wording import Sentence
from kiosk.wording.filming import film_lasts

beginning = Blueprint("beginning", __name__, url_prefix="/console")
PAGE = "/console/short-film"


@beginning.post("/open")
@allow(CONSOLE)
def open_meeting() -> Response:
    """宣布开会. What the disk and the 监委会's stick hold comes on record first, where it is too little or not so."""
    meeting = form_meeting()
    _report_room(meeting)
    if parts().village().meeting(meeting).state is MeetingState.CALLED:
        parts().stick.report(meeting)
    carry_out(OpenMeeting(meeting))
    return went_well("/console/")


def _report_room(meeting: MeetingId) -> None:
    known = parts().village().meeting(meeting)
    if known.opened_at is not None:
        return
    minutes = parts().film.minutes_left()
    if minutes < planned_minutes(known) or film_is_short(known):
        parts().film.report_room(meeting, minutes)


@beginning.get("/short-film")
@allow(CONSOLE)
def ask_short_film() -> str:
    """磁盘录不完: the two numbers, who presides, his PIN."""
    return _short_film(None)


def _short_film(refusal: Sentence | None) -> str:
    village, meeting = current()
    asked = request.values.get("officer", "")
    return render_template(
        "console/short_film.html",
        village=village,
        meeting=meeting,
        room=film_lasts(meeting.recording.room_minutes or 0),
        planned=film_lasts(planned_minutes(meeting)),
        officer=second.chosen(AcceptShortFilm, asked) if asked else None,
        officers=second.wall(second.able(AcceptShortFilm), f"{PAGE}?officer="),
        here=second.here(AcceptShortFilm),
        short=film_is_short(meeting) and not meeting.recording.short_accepted,
        refusal=refusal,
    )


@beginning.post("/short-film")
@allow(CONSOLE)
def accept_short_film() -> Response | tuple[Response | str, int]:
    """主持人同意 with his own PIN, or by his session at this screen."""
    try:
        actor = second.signed(AcceptShortFilm)
        second.carry_out_as(actor, AcceptShortFilm(form_meeting()))
    except (Refused, Unclear) as error:
        return refilled(error, _short_film)
    return went_well("/console/")
