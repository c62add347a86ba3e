"""The floor at the console (主持议程与发言): items, speakers, and changing a proposal before its vote."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk.core.commands import (
    AmendProposal,
    EndSpeech,
    GiveFloor,
    RequestFloor,
    TakeItem,
)
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.terms import MatterId, PersonId
from kiosk.core.values import Seat
from kiosk.core.village import Village
from kiosk.web import forms, pictures
from kiosk.web.access import CONSOLE, DOOR, allow
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.parts import parts
from kiosk.web.sitting import scenes
from kiosk.web.sitting.now import current, form_matter, form_meeting, form_person
from kiosk.web.sitting.standing import before_meeting, undecided
from kiosk.wording import Sentence

floor = Blueprint("floor", __name__, url_prefix="/console")

MINUTES = (3, 5, 10)
"""How long a speech may be given, to be tapped."""
CLAUSES_AT_MOST = 20
LONGEST_CLAUSE = 500
SPARE_CLAUSES = 2


# --- items


@floor.get("/items")
@allow(CONSOLE)
def items() -> str:
    """换一项议: the items still to come, to turn to another than the next."""
    village, meeting = current()
    left = [village.matters[m] for m in undecided(village, meeting)]
    return render_template("console/items.html", village=village, meeting=meeting, left=left)


@floor.post("/item")
@allow(CONSOLE)
def take_item() -> Response:
    """进入议题."""
    carry_out(TakeItem(form_meeting(), form_matter()))
    return went_well("/console/")


# --- speakers


@floor.get("/speak")
@allow(DOOR)
def speakers() -> str:
    """谁要发言: those present, by group, observers too."""
    village, meeting = current()
    tab = request.args.get("tab", "all")
    here = [meeting.seats[person] for person in meeting.arrivals]
    shown = sorted((s for s in here if _of_tab(s, tab)), key=lambda s: (s.group, s.person))
    return render_template(
        "console/speak.html",
        village=village,
        meeting=meeting,
        tabs=_tabs(here, tab),
        tiles=[scenes.speakers_tile(meeting, seat.person) for seat in shown],
        queue=scenes.waiting(meeting),
    )


def _of_tab(seat: Seat, tab: str) -> bool:
    if tab == "observers":
        return not seat.votes
    return tab == "all" or (seat.votes and tab == str(seat.group))


def _tabs(here: list[Seat], current: str) -> list[pictures.Picture]:
    groups = sorted({seat.group for seat in here if seat.votes})
    names = [("all", "全部"), *((str(g), f"{g}组") for g in groups), ("observers", "列席")]
    return [
        {
            "label": label,
            "href": f"/console/speak?tab={name}",
            "current": name == current,
            "count": sum(_of_tab(seat, name) for seat in here),
        }
        for name, label in names
    ]


@floor.get("/floor")
@allow(DOOR)
def ask_minutes() -> str:
    """给几分钟: or let him wait his turn."""
    village, meeting = current()
    person = PersonId(request.args.get("person", ""))
    if person not in meeting.seats:
        raise Refused(Reason.NOT_CALLED)
    return render_template(
        "console/floor.html",
        village=village,
        meeting=meeting,
        speaker=pictures.person_tile(meeting.seats[person]),
        minutes=MINUTES,
        busy=scenes.speech(meeting, parts().kiosk.now()),
        waits=person in meeting.debate.waiting,
    )


@floor.post("/request")
@allow(DOOR)
def request_floor() -> Response:
    """记下要发言."""
    carry_out(RequestFloor(form_meeting(), form_person()))
    return went_well("/console/")


@floor.post("/floor")
@allow(CONSOLE)
def give_floor() -> Response:
    """请发言."""
    minutes = forms.number("minutes", "分钟")
    carry_out(GiveFloor(form_meeting(), form_person(), minutes * scenes.SECONDS_A_MINUTE))
    return went_well("/console/")


@floor.post("/silence")
@allow(CONSOLE)
def end_speech() -> Response:
    """结束发言."""
    carry_out(EndSpeech(form_meeting()))
    return went_well("/console/")


# --- changing a proposal


@floor.get("/amend")
@allow(CONSOLE)
def amending() -> str:
    """会上修改方案: who moves it, then the clauses."""
    return _amendment(None)


def _amendment(refusal: Sentence | None) -> str:
    village, meeting = current()
    matter = village.matter(_matter_asked(village, meeting))
    here = sorted(meeting.present, key=lambda p: (meeting.seats[p].group, p))
    typed = request.form.getlist("clause")
    return render_template(
        "console/amend.html",
        village=village,
        meeting=meeting,
        matter=matter,
        already=matter.id in meeting.amended,
        mover=meeting.seats.get(PersonId(request.values.get("mover", ""))),
        tiles=[pictures.person_tile(meeting.seats[p]) for p in here],
        clauses=typed or [*matter.proposal, *[""] * SPARE_CLAUSES],
        longest=LONGEST_CLAUSE,
        refusal=refusal,
    )


def _matter_asked(village: Village, meeting: Meeting) -> MatterId:
    asked = MatterId(request.values.get("matter", ""))
    on = before_meeting(village, meeting)
    return asked or next(iter(on), meeting.matters[0])


@floor.post("/amend")
@allow(CONSOLE)
def amend() -> Response | tuple[Response | str, int]:
    """Change the proposal before it is voted on; what was typed is shown again where the rules refuse."""
    mover = PersonId(request.form.get("mover", ""))
    matter = form_matter()
    try:
        carry_out(AmendProposal(form_meeting(), matter, mover, _clauses()))
    except (Refused, Unclear) as error:
        return refilled(error, _amendment)
    return went_well("/console/")


def _clauses() -> tuple[str, ...]:
    """The clauses that say something; one that was emptied is left out."""
    typed = [" ".join(text.split()) for text in request.form.getlist("clause")]
    told = tuple(text for text in typed if text)
    if len(told) > CLAUSES_AT_MOST:
        raise Malformed("clause")
    for place, text in enumerate(typed, start=1):
        if len(text) > LONGEST_CLAUSE:
            what = f"第{place}条太长了：{len(text)}个字。"
            raise Unclear(Sentence(what, f"请改到{LONGEST_CLAUSE}个字以内，或者分成两条。"))
    return told
