"""The notice of a meeting (会议通知): who has been told and how; the paper; calling the meeting off."""

from collections import Counter

from flask import Blueprint, render_template, request, send_file
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.commands import CallOffMeeting, ServeNotice
from kiosk.core.events import PaperIssued
from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Refused
from kiosk.core.terms import Edition, Means, MeetingId, Paper, PersonId
from kiosk.core.village import Village
from kiosk.web.access import ANY_OFFICER, CONSOLE, allow
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.cases.steps import body_name
from kiosk.web.filling import said
from kiosk.web.forms import one_of
from kiosk.web.parts import parts
from kiosk.wording import Sentence

notices = Blueprint("notices", __name__, url_prefix="/meetings/<meeting>")

Answer = Response | tuple[Response | str, int]

CALLED_OFF_FOR = (
    "来的人可能不够，另行召集。",
    "天气不好，大家来不了。",
    "方案还要修改。",
    "场地用不了。",
)

ATTENDING = -1
"""The tab of those who attend without a vote; the others are groups by their numbers."""


@notices.get("/notice")
@allow(CONSOLE)
def notice(meeting: str) -> str:
    """Everybody called, by group, each with how and when he was told."""
    village = parts().village()
    shown = village.meeting(MeetingId(meeting))
    counts = Counter(_tab_of(shown, person) for person in shown.seats)
    order = sorted(counts, key=lambda number: (number == ATTENDING, number))
    tab = request.args.get("group", order[0], type=int)
    everybody = request.args.get("all") == "1"
    here = f"/meetings/{shown.id}/notice"
    return render_template(
        "meetings/notice.html",
        village=village,
        meeting=shown,
        title=_title(shown),
        starts=wording.instant(shown.starts_at),
        agenda=[village.matters[item.matter] for item in shown.agenda],
        told=len(shown.served),
        tabs=[
            {
                "label": "列席" if number == ATTENDING else f"{number}组",
                "href": f"{here}?group={number}",
                "current": number == tab,
                "count": counts[number],
            }
            for number in order
        ],
        here=f"{here}?group={tab}",
        people=[
            (seat, shown.served.get(person), everybody and person not in shown.served)
            for person, seat in shown.seats.items()
            if _tab_of(shown, person) == tab
        ],
        tab=tab,
        means=list(Means),
        is_called=shown.state is MeetingState.CALLED,
        paper=_paper(village, shown),
    )


def _title(meeting: Meeting) -> str:
    return f"第{meeting.ordinal}次{body_name(meeting.body, meeting.group)}"


def _tab_of(meeting: Meeting, person: PersonId) -> int:
    seat = meeting.seats[person]
    return seat.group if seat.votes else ATTENDING


def _paper(village: Village, meeting: Meeting) -> PaperIssued | None:
    issued = [
        p
        for p in village.papers
        if (p.paper, p.edition, p.subject) == (Paper.NOTICE, Edition.PUBLIC, meeting.id)
    ]
    return issued[-1] if issued else None


@notices.get("/notice.pdf")
@allow(ANY_OFFICER)
def pdf(meeting: str) -> Response:
    """The notice as it is printed and posted."""
    village = parts().village()
    shown = village.meeting(MeetingId(meeting))
    issued = _paper(village, shown)
    if issued is None:
        raise NotFound
    path = parts().papers.path(issued)
    if not path.exists():
        raise NotFound
    return send_file(path, mimetype="application/pdf", download_name=f"{_title(shown)}通知.pdf")


@notices.post("/notice")
@allow(CONSOLE)
def serve(meeting: str) -> Response:
    """通知送达. With nobody ticked it is Unclear, for nothing would be recorded."""
    people = tuple(PersonId(person) for person in request.form.getlist("people"))
    if not people:
        raise Unclear(Sentence("还没有选通知了谁。", "请先点名字，再点通知方式。"))
    carry_out(ServeNotice(MeetingId(meeting), people, one_of(Means, "means", "通知方式")))
    tab = request.form.get("tab", type=int)
    return went_well(f"/meetings/{meeting}/notice" + ("" if tab is None else f"?group={tab}"))


@notices.get("/call-off")
@allow(CONSOLE)
def calling_off(meeting: str) -> str:
    """Ask once more, and why."""
    return _call_off_form(meeting, None)


def _call_off_form(meeting: str, sentence: Sentence | None) -> str:
    village = parts().village()
    shown = village.meeting(MeetingId(meeting))
    return render_template(
        "meetings/call_off.html",
        village=village,
        meeting=shown,
        title=_title(shown),
        starts=wording.instant(shown.starts_at),
        reasons=CALLED_OFF_FOR,
        sentence=sentence,
        fields=request.form,
    )


@notices.post("/call-off")
@allow(CONSOLE)
def call_off(meeting: str) -> Answer:
    """取消会议."""
    try:
        ground = said("ground", "原因")
        carry_out(CallOffMeeting(MeetingId(meeting), ground))
    except (Refused, Unclear) as error:
        return refilled(error, lambda sentence: _call_off_form(meeting, sentence))
    return went_well("/matters/")
