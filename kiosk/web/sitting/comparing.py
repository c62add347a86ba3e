"""Before the opening (校验码对照): the code with which the last meeting closed beside the signed paper; differences."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk.core.commands import AcceptRecordDifference, CompareSignedPaper
from kiosk.core.refusals import Malformed, Refused
from kiosk.web import second
from kiosk.web.access import CONSOLE, CONSOLE_OR_SUPERVISION, allow
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.filling import said
from kiosk.web.sitting.closing_code import last_closing
from kiosk.web.sitting.now import current, form_meeting
from kiosk.wording import Sentence
from kiosk.wording.witnessing import GROUNDS

comparing = Blueprint("comparing", __name__, url_prefix="/console")


@comparing.get("/closing-code")
@allow(CONSOLE_OR_SUPERVISION)
def compare() -> str:
    """上次散会时的校验码: large, to be held against the signed paper."""
    village, meeting = current()
    return render_template(
        "console/closing_code.html",
        village=village,
        meeting=meeting,
        last=last_closing(village, meeting),
    )


@comparing.post("/closing-code")
@allow(CONSOLE_OR_SUPERVISION)
def compared() -> Response:
    """一样, 不一样."""
    answer, seq = request.form.get("agrees", ""), request.form.get("seq", "")
    if answer not in {"yes", "no"} or not seq.isascii() or not seq.isdecimal():
        raise Malformed("agrees")
    digest = request.form.get("digest", "")
    carry_out(CompareSignedPaper(form_meeting(), int(seq), digest, answer == "yes"))
    return went_well("/console/" if answer == "yes" else "/console/difference")


@comparing.get("/difference")
@allow(CONSOLE)
def difference() -> str:
    """校验码对不上: what differs, and who of the 监委会 signs that he knows."""
    return _difference(None)


def _difference(refusal: Sentence | None) -> str:
    village, meeting = current()
    asked = request.values.get("officer", "")
    return render_template(
        "console/difference.html",
        village=village,
        meeting=meeting,
        witness=meeting.witness,
        last=last_closing(village, meeting),
        ready=GROUNDS,
        fields=request.form,
        officer=second.chosen(AcceptRecordDifference, asked) if asked else None,
        officers=second.wall(second.able(AcceptRecordDifference), "/console/difference?officer="),
        here=second.here(AcceptRecordDifference),
        refusal=refusal,
    )


@comparing.post("/difference")
@allow(CONSOLE)
def accept() -> Response | tuple[Response | str, int]:
    """监委会知悉: with his own PIN, or by his session at this screen."""
    try:
        actor = second.signed(AcceptRecordDifference)
        assert actor.person is not None
        ground = said("ground", "怎么回事")
        second.carry_out_as(actor, AcceptRecordDifference(form_meeting(), actor.person, ground))
    except (Refused, Unclear) as error:
        return refilled(error, _difference)
    return went_well("/console/")
