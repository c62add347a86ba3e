"""The straw poll at the console (摸底): what the secretary counts goes on the big screen, and nowhere else."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import Choice
from kiosk.core.village import Village
from kiosk.web import forms, pictures
from kiosk.web.access import CONSOLE, allow
from kiosk.web.answers import Unclear, refilled, went_well
from kiosk.web.sitting.now import current
from kiosk.web.sitting.standing import before_meeting
from kiosk.web.sitting.straw import blackboard
from kiosk.wording import Sentence

straw_poll = Blueprint("straw_poll", __name__, url_prefix="/console")


@straw_poll.get("/straw")
@allow(CONSOLE)
def count_hands() -> str:
    """摸底: how many hands were raised for each answer."""
    return _counting(None)


def _counting(refusal: Sentence | None) -> str:
    village, meeting = current()
    poll = blackboard().of(meeting)
    known = dict(poll.hands) if poll else {}
    rows = [
        {
            "name": choice.value,
            "label": wording.CHOICES[choice],
            "look": pictures.LOOKS[choice],
            "value": request.form.get(choice.value, known.get(choice, 0)),
        }
        for choice in _answers(village, meeting)
    ]
    return render_template(
        "console/straw.html",
        village=village,
        meeting=meeting,
        hands=rows,
        shown=poll is not None,
        present=len(meeting.present),
        refusal=refusal,
    )


def _answers(village: Village, meeting: Meeting) -> tuple[Choice, ...]:
    on = next(iter(before_meeting(village, meeting)), None)
    return (meeting.rows[on] if on else meeting.row).options


@straw_poll.post("/straw")
@allow(CONSOLE)
def show_hands() -> Response | tuple[Response | str, int]:
    """Show the hands on the big screen; nothing of it is recorded."""
    village, meeting = current()
    try:
        _require_free(meeting)
        raised = tuple(
            (choice, forms.number(choice.value, wording.CHOICES[choice]))
            for choice in _answers(village, meeting)
        )
        _require_people(sum(n for _, n in raised), len(meeting.present))
    except (Refused, Unclear) as error:
        return refilled(error, _counting)
    blackboard().chalk(meeting, raised)
    return went_well("/console/")


def _require_free(meeting: Meeting) -> None:
    """Refused: NOT_IN_SESSION, VOTE_OPEN: hands are not counted beside a vote."""
    if not meeting.in_session:
        raise Refused(Reason.NOT_IN_SESSION)
    if meeting.open_vote is not None:
        raise Refused(Reason.VOTE_OPEN)


def _require_people(raised: int, present: int) -> None:
    if raised > present:
        what = f"举手的加起来{raised}人，比到会的{present}人还多。"
        raise Unclear(Sentence(what, "请再数一遍；每人只举一次手。"))


@straw_poll.post("/straw/wipe")
@allow(CONSOLE)
def wipe_hands() -> Response:
    """收起摸底."""
    blackboard().wipe()
    return went_well("/console/")
