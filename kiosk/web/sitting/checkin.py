"""签到墙: name tiles by group; a tap checks in, and is durable before the tile turns."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.commands import CheckIn, CheckOut
from kiosk.core.history import Known
from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import MeetingId, PersonId
from kiosk.core.values import Seat
from kiosk.web import pictures
from kiosk.web.access import DOOR, allow
from kiosk.web.answers import carry_out, went_well
from kiosk.web.pages import LivePage
from kiosk.web.parts import Parts, parts, today
from kiosk.web.sitting import scenes
from kiosk.web.sitting.represented import principals
from kiosk.web.sitting.standing import meeting_at_the_door

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
    tile |= _by_letter(meeting, seat)
    if seat.person in meeting.represented:
        state = "in"
    return tile | {"action": action, "state": state, "time": time, "fields": fields}


def _by_letter(meeting: Meeting, seat: Seat) -> pictures.Picture:
    """What his tile says of letters (委托): whom he let vote for him, or for how many he votes."""
    arrived = seat.person in meeting.arrivals
    if not arrived and seat.person in meeting.proxies:
        proxy = meeting.proxies[seat.person]
        waits = "" if proxy in meeting.arrivals else "（还没到）"
        return {"said": f"委托{meeting.seats[proxy].name}{waits}"}
    votes_for = principals(meeting, seat.person)
    return {"said": f"代{len(votes_for)}人"} if arrived and votes_for else {}


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
    here = sum(seat.person in meeting.inside for seat in called)
    return f"{here}/{len(called)}"


def draw(_parts: Parts, known: Known, tab: str) -> str:
    """The wall of one tab with the quorum ring."""
    assert known.village is not None
    meeting = meeting_at_the_door(known, today())
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
        represented=len(meeting.represented),
        may_be_represented=meeting.row.proxies > 0,
        shares=scenes.shares(meeting),
        pause=scenes.pause(meeting) if meeting.state is MeetingState.PAUSED else None,
    )


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
    meeting = meeting_at_the_door(parts().known(), today())
    present = [seat for seat in meeting.seats.values() if seat.person in meeting.arrivals]
    fields = {"meeting": meeting.id}
    tiles = [
        pictures.person_tile(seat)
        | {
            "state": "in",
            **_by_letter(meeting, seat),
            "time": wording.clock(meeting.arrivals[seat.person]),
            "action": "/checkin/out",
            "fields": fields | {"person": seat.person},
        }
        for seat in present
    ]
    return render_template(
        "console/leave.html",
        village=parts().village(),
        tiles=tiles,
        with_letters=bool(meeting.represented),
    )


@checkin.post("/out")
@allow(DOOR)
def check_out() -> Response:
    """Somebody leaves."""
    carry_out(CheckOut(_form_meeting(), PersonId(request.form.get("person", ""))))
    return went_well("/checkin/")


def _form_meeting() -> MeetingId:
    return MeetingId(request.form.get("meeting", ""))


WALL = LivePage("checkin", DOOR, draw)
