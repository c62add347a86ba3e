"""The straw poll at the console (摸底): what the secretary counts goes on the big screen, and nowhere else."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.ballot_terms import Choice
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.values import Contest
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
    contest = _contest(village, meeting)
    rows = [
        {
            "name": choice.value,
            "label": wording.choice_said(choice, contest),
            "look": "" if contest else pictures.LOOKS[choice],
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
        contest=contest,
        refusal=refusal,
    )


def _answers(village: Village, meeting: Meeting) -> tuple[Choice, ...]:
    contest = _contest(village, meeting)
    on = next(iter(before_meeting(village, meeting)), None)
    return contest.options if contest else (meeting.rows[on] if on else meeting.row).options


def _contest(village: Village, meeting: Meeting) -> Contest | None:
    """Whom the item before the meeting chooses among (推选); None where it asks a question."""
    on = next(iter(before_meeting(village, meeting)), None)
    return village.matters[on].contest if on and meeting.rows[on].contest else None


@straw_poll.post("/straw")
@allow(CONSOLE)
def show_hands() -> Response | tuple[Response | str, int]:
    """Show the hands on the big screen; nothing of it is recorded."""
    village, meeting = current()
    contest = _contest(village, meeting)
    try:
        _require_free(meeting)
        raised = tuple(
            (choice, forms.number(choice.value, wording.choice_said(choice, contest)))
            for choice in _answers(village, meeting)
        )
        # For several candidates one may raise a hand each time; for one of them nobody twice.
        most = max(n for _, n in raised) if contest else sum(n for _, n in raised)
        _require_people(most, len(meeting.present))
    except (Refused, Unclear) as error:
        return refilled(error, _counting)
    blackboard().chalk(meeting, raised, contest)
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
