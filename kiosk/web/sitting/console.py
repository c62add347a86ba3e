"""The console (主持台): the chair and the secretary hold the meeting; follow the dominant button and it runs.

Here stand the card of 今日会议 and the end of a meeting; its beginning stands in `beginning`, what is said in it in
`floor`, how a vote opens in `voting`, how it ends in `closing`.
"""

from datetime import datetime

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.commands import (
    Adjourn,
    CheckIn,
    DeclareInquorate,
    ReportEmergency,
)
from kiosk.core.history import Known
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Refused
from kiosk.core.terms import EmergencyId, day_of
from kiosk.core.village import Village
from kiosk.web import pictures, printouts
from kiosk.web.access import ANY_OFFICER, CONSOLE, allow
from kiosk.web.answers import carry_out, refilled, went_well
from kiosk.web.pages import LivePage
from kiosk.web.parts import Parts, parts
from kiosk.web.pictures import Picture
from kiosk.web.sitting import scenes
from kiosk.web.sitting.closing_code import last_closing, stick_alarm
from kiosk.web.sitting.endings import endings
from kiosk.web.sitting.film_room import short_film
from kiosk.web.sitting.lectern import lectern
from kiosk.web.sitting.now import current, form_meeting
from kiosk.web.sitting.standing import (
    Standing,
    standing,
    staying,
    undecided,
    unsettled,
)
from kiosk.web.sitting.straw import blackboard
from kiosk.web.sitting.vote_shown import titles, vote_shown
from kiosk.wording import Sentence
from kiosk.wording.filming import film_alarm

console = Blueprint("console", __name__, url_prefix="/console")


def draw_home(parts_: Parts, known: Known, _argument: str) -> str:
    """The one card of 今日会议."""
    village = known.village
    assert village is not None
    now = standing(village, parts_.kiosk.now())
    lamps = parts_.film.lamps()
    return render_template(
        "console/_home.html",
        village=village,
        now=now,
        step=now.step.value,
        meeting=now.meeting,
        head=known.head,
        lights=[*pictures.lights(lamps), printouts.light(parts_.printing)],
        alarms=[a for a in (film_alarm(lamps), stick_alarm(parts_.stick.state())) if a],
        **(_about(village, now.meeting, now, parts_) if now.meeting else {}),
    )


def _about(village: Village, meeting: Meeting, now: Standing, parts_: Parts) -> Picture:
    at = parts_.kiosk.now()
    about: Picture = {
        "title": scenes.title(meeting),
        "starts": wording.instant(meeting.starts_at),
        "quorum": pictures.quorum_ring(meeting),
        "quorum_words": wording.quorum(meeting.quorum),
        "basis": meeting.row.quorum_basis,
        "paths": [pictures.stage_path(m, day_of(at)) for m in now.matters],
        "agenda": [(village.matters[m].title, meeting.vote_on(m)) for m in meeting.matters],
        "item": scenes.item(meeting, now.matters, at) if now.matters else None,
        "speech": scenes.speech(meeting, at),
        "queue": scenes.waiting(meeting),
        "shares": scenes.shares(meeting),
        "film_before": wording.film_before(village.name, village.periods),
        "notice": scenes.film_notice(village, meeting),
        "voice": parts_.settings.notice_voice.exists(),
        "void_votes": scenes.void_votes(village, meeting),
        "pause": scenes.pause(meeting),
        "short_film": short_film(meeting),
        "last": last_closing(village, meeting),
        "reading": lectern().page_of(meeting) is not None,
        "unsettled": [titles(village, vote) for vote in unsettled(meeting)],
    }
    poll = blackboard().of(meeting)
    if poll is not None:
        about["straw"] = scenes.straw(poll, len(meeting.present))
    return about | _results(village, meeting, now, at) | endings(village, meeting, now, parts_)


def _results(village: Village, meeting: Meeting, now: Standing, at: datetime) -> Picture:
    """The last vote, where it is open or its result is still to be read."""
    if now.vote is None:
        return {}
    told: Picture = {"vote_titles": village.titles(now.vote)}
    told["next_steps"] = scenes.next_steps(village, now.vote)
    told["shows_result"] = now.vote.closed_at is not None and not now.vote.is_void
    return told | vote_shown(meeting, now.vote, at)


@console.get("/")
@allow(ANY_OFFICER)
def home() -> str:
    """今日会议: one card, one next step."""
    card = draw_home(parts(), parts().known(), "")
    return render_template("console/home.html", village=parts().village(), card=card)


@console.post("/join")
@allow(CONSOLE)
def join() -> Response:
    """继续：两委联席会议 — everybody who stayed and is called there too is checked in."""
    village = parts().village()
    meeting = village.meeting(form_meeting())
    stayed = staying(village, meeting)
    # Numbered by the whole roll, so that a form sent again after a break gives the same commands.
    for part, person in enumerate(sorted(meeting.seats), start=1):
        if person in stayed:
            carry_out(CheckIn(meeting.id, person), part=part)
    return went_well("/console/")


@console.get("/adjourn")
@allow(CONSOLE)
def ask_adjourn() -> str:
    """Ask once where matters were not reached."""
    return _adjourning(None)


def _adjourning(refusal: Sentence | None) -> str:
    village, meeting = current()
    return render_template(
        "console/adjourn.html",
        village=village,
        meeting=meeting,
        left=[village.matters[m].title for m in undecided(village, meeting)],
        unsettled=[titles(village, vote) for vote in unsettled(meeting)],
        refusal=refusal,
    )


@console.post("/adjourn")
@allow(CONSOLE)
def adjourn() -> Response | tuple[Response | str, int]:
    """散会."""
    try:
        carry_out(Adjourn(form_meeting()))
    except Refused as error:
        return refilled(error, _adjourning)
    blackboard().wipe()
    lectern().clear()
    return went_well("/console/")


@console.post("/report")
@allow(CONSOLE)
def report() -> Response:
    """通报应急处置: the meeting has been told."""
    emergency = EmergencyId(request.form.get("emergency", ""))
    carry_out(ReportEmergency(form_meeting(), emergency))
    return went_well("/console/")


@console.get("/inquorate")
@allow(CONSOLE)
def ask_inquorate() -> str:
    """宣布流会: asked once, with the arithmetic."""
    village, meeting = current()
    return render_template(
        "console/inquorate.html",
        village=village,
        meeting=meeting,
        title=scenes.title(meeting),
        pause=scenes.pause(meeting),
    )


@console.post("/inquorate")
@allow(CONSOLE)
def declare_inquorate() -> Response:
    """Too few came."""
    carry_out(DeclareInquorate(form_meeting()))
    return went_well("/console/")


HOME = LivePage("console", ANY_OFFICER, draw_home)
