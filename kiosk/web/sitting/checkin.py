"""签到墙: name tiles by group; a tap checks in, and is durable before the tile turns."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.commands import CheckIn, CheckOut
from kiosk.core.history import Known
from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import MeetingId, PersonId, day_of
from kiosk.core.values import Seat
from kiosk.web import pictures
from kiosk.web.access import DOOR, allow
from kiosk.web.answers import carry_out, went_well
from kiosk.web.pages import LivePage
from kiosk.web.parts import Parts, parts
from kiosk.web.sitting import scenes
from kiosk.web.sitting.standing import upcoming_meeting

checkin = Blueprint("checkin", __name__, url_prefix="/checkin")

ALL, OBSERVERS = "all", "observers"


def _of_tab(seat: Seat, tab: str) -> bool:
    if tab == OBSERVERS:
        return not seat.votes
    return seat.votes and tab in (ALL, str(seat.group))


def _tile(meeting: Meeting, seat: Seat) -> pictures.Picture:
    arrived = meeting.arrivals.get(seat.person)
    tile = pictures.person_tile(seat)
    if arrived is None:
        action, state = "/checkin/in", "out" if seat.votes else "observer"
    else:
        action, state = None, "in" if seat.votes else "observer"
    time = wording.clock(arrived) if arrived else ""
    fields = {"meeting": meeting.id, "person": seat.person}
    return tile | {"action": action, "state": state, "time": time, "fields": fields}


def _tabs(meeting: Meeting, tab: str) -> list[pictures.Picture]:
    groups = sorted({seat.group for seat in meeting.seats.values() if seat.votes})
    names = [(ALL, "全部"), *((str(g), f"{g}组") for g in groups), (OBSERVERS, "列席")]
    return [
        {
            "label": label,
            "href": f"/checkin/?tab={name}",
            "current": name == tab,
            "count": _here_of(meeting, name),
        }
        for name, label in names
    ]


def _here_of(meeting: Meeting, tab: str) -> str:
    called = [seat for seat in meeting.seats.values() if _of_tab(seat, tab)]
    here = sum(seat.person in meeting.arrivals for seat in called)
    return f"{here}/{len(called)}"


def draw(_parts: Parts, known: Known, tab: str) -> str:
    """The wall of one tab with the quorum ring."""
    assert known.village is not None
    meeting = _meeting(known)
    tab = tab or ALL
    seats = [seat for seat in meeting.seats.values() if _of_tab(seat, tab)]
    seats.sort(key=lambda seat: (seat.group, seat.person))
    return render_template(
        "console/_checkin.html",
        meeting=meeting,
        tabs=_tabs(meeting, tab),
        tiles=[_tile(meeting, seat) for seat in seats],
        quorum=pictures.quorum_ring(meeting),
        quorum_words=wording.quorum(meeting.quorum),
        basis=meeting.row.quorum_basis,
        shares=scenes.shares(meeting),
        pause=scenes.pause(meeting) if meeting.state is MeetingState.PAUSED else None,
    )


def _meeting(known: Known) -> Meeting:
    """The meeting whose door this is: in session, else the next called, else the last held."""
    assert known.village is not None
    today = day_of(parts().kiosk.now())
    meeting = upcoming_meeting(known.village, today) or known.village.last_meeting
    if meeting is None:
        raise Refused(Reason.NO_SUCH_MEETING)
    return meeting


@checkin.get("/")
@allow(DOOR)
def wall() -> str:
    """The wall."""
    tab = request.args.get("tab", ALL)
    return render_template(
        "console/checkin.html",
        village=parts().village(),
        wall=draw(parts(), parts().known(), tab),
        room=f"checkin:{tab}",
    )


@checkin.post("/in")
@allow(DOOR)
def check_in() -> Response:
    """签到."""
    carry_out(CheckIn(_form_meeting(), PersonId(request.form.get("person", ""))))
    return went_well(otherwise="/checkin/")


@checkin.get("/leave")
@allow(DOOR)
def leaving() -> str:
    """离场: choose who leaves; an act of its own, so that no second tap undoes a check-in."""
    meeting = _meeting(parts().known())
    present = [seat for seat in meeting.seats.values() if seat.person in meeting.arrivals]
    fields = {"meeting": meeting.id}
    tiles = [
        pictures.person_tile(seat)
        | {
            "state": "in",
            "time": wording.clock(meeting.arrivals[seat.person]),
            "action": "/checkin/out",
            "fields": fields | {"person": seat.person},
        }
        for seat in present
    ]
    return render_template("console/leave.html", village=parts().village(), tiles=tiles)


@checkin.post("/out")
@allow(DOOR)
def check_out() -> Response:
    """Somebody leaves."""
    carry_out(CheckOut(_form_meeting(), PersonId(request.form.get("person", ""))))
    return went_well("/checkin/")


def _form_meeting() -> MeetingId:
    return MeetingId(request.form.get("meeting", ""))


WALL = LivePage("checkin", DOOR, draw)
