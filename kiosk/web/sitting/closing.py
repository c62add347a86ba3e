"""Ending a vote at the console (结束表决): who is called, the witness of a secret box, unused votes, void votes."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk.core.commands import CloseVote, VoidVote, WitnessClosing
from kiosk.core.history import Known
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.votes.vote import Vote
from kiosk.web import second
from kiosk.web.access import ANY_OFFICER, CONSOLE, allow
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.pages import LivePage
from kiosk.web.parts import Parts, parts
from kiosk.web.sitting.now import current, form_meeting, form_vote
from kiosk.web.sitting.represented import voters_tile
from kiosk.web.sitting.vote_shown import awaited, vote_shown
from kiosk.wording import Sentence

closing = Blueprint("closing", __name__, url_prefix="/console")

VOIDINGS = (
    "议题没有讲清楚，重新说明后再表决",
    "有人替别人投了票",
    "有没有表决权的人投了票",
    "表决屏出了故障，有人投错、投不了",
    "开始表决时到会的人没有签全",
    "几次数的票对不上，结果说不清",
    "无记名的票太少，一公布就知道谁投了什么",
)
"""The grounds on which the chair declares a vote void, to be tapped."""


# --- who is still called


def draw_awaited(parts_: Parts, known: Known, _argument: str) -> str:
    """The names to read out, or how many are missing."""
    meeting = known.village.sitting_meeting if known.village else None
    vote = meeting.open_vote if meeting else None
    if meeting is None or vote is None:
        return render_template("console/_no_vote.html")
    shown = vote_shown(meeting, vote, parts_.kiosk.now())
    tiles = [
        voters_tile(meeting, meeting.seats[person]) | {"away": person not in meeting.inside}
        for person in awaited(meeting, vote)
    ]
    return render_template("console/_awaited.html", tiles=tiles, **shown)


@closing.get("/awaited")
@allow(ANY_OFFICER)
def who_is_awaited() -> str:
    """叫人: who has not voted, large enough to be read out."""
    page = draw_awaited(parts(), parts().known(), "")
    return render_template("console/awaited.html", village=parts().village(), page=page)


# --- closing


@closing.get("/close")
@allow(CONSOLE)
def ask_close() -> str | Response:
    """Ask once before closing a vote with votes unused; a secret box waits for its witness first."""
    _, meeting = current()
    vote = meeting.open_vote
    if vote is None:
        return went_well("/console/")
    if vote.is_secret and vote.witness is None:
        return went_well("/console/witness")
    return _closing(None)


def _closing(refusal: Sentence | None) -> str:
    village, meeting = current()
    vote = meeting.open_vote
    if vote is None:
        return render_template("console/no_vote.html", village=village)
    return render_template(
        "console/close.html",
        village=village,
        meeting=meeting,
        vote=vote,
        refusal=refusal,
        **vote_shown(meeting, vote, parts().kiosk.now()),
    )


@closing.post("/close")
@allow(CONSOLE)
def close_vote() -> Response | tuple[Response | str, int]:
    """结束表决."""
    vote = form_vote()
    confirmed = request.form.get("unused_confirmed") == "yes"
    try:
        carry_out(CloseVote(form_meeting(), vote, unused_confirmed=confirmed))
    except Refused as error:
        return refilled(error, _closing)
    return went_well("/console/")


# --- the witness of a secret box


@closing.get("/witness")
@allow(CONSOLE)
def ask_witness() -> str:
    """监督开箱: which member of the 监委会 is there; then his PIN."""
    return _witnessing(None)


def _witnessing(refusal: Sentence | None) -> str:
    village, meeting = current()
    vote = meeting.open_vote
    if vote is None:
        return render_template("console/no_vote.html", village=village)
    if not vote.is_secret:
        raise Refused(Reason.NOT_SECRET)
    asked = request.values.get("officer", "")
    return render_template(
        "console/witness.html",
        village=village,
        meeting=meeting,
        vote=vote,
        officer=second.chosen(WitnessClosing, asked) if asked else None,
        officers=second.wall(second.able(WitnessClosing), "/console/witness?officer="),
        here=second.here(WitnessClosing),
        refusal=refusal,
    )


@closing.post("/witness")
@allow(CONSOLE)
def witness() -> Response | tuple[Response | str, int]:
    """He says with his own PIN that he is there."""
    vote = form_vote()
    try:
        actor = second.signed(WitnessClosing)
        assert actor.person is not None
        second.carry_out_as(actor, WitnessClosing(form_meeting(), vote, actor.person))
    except (Refused, Unclear) as error:
        return refilled(error, _witnessing)
    return went_well("/console/")


# --- declaring void


@closing.get("/void")
@allow(CONSOLE)
def ask_void() -> str:
    """宣布表决作废: which vote (the last that is not void), and why."""
    village, meeting = current()
    vote = _voidable(meeting)
    shown = vote_shown(meeting, vote, parts().kiosk.now()) if vote else {}
    return render_template(
        "console/void.html",
        village=village,
        meeting=meeting,
        vote=vote,
        titles=village.titles(vote) if vote else [],
        grounds=VOIDINGS,
        **shown,
    )


def _voidable(meeting: Meeting) -> Vote | None:
    """The vote that is asked for, else the last; one that is void already is none."""
    standing = [vote for vote in meeting.votes.values() if not vote.is_void]
    asked = [vote for vote in standing if vote.id == request.args.get("vote")]
    return next(iter(asked or standing[-1:]), None)


@closing.post("/void")
@allow(CONSOLE)
def void_vote() -> Response:
    """The vote is kept, and does not count. The chair's alone: the rules refuse anybody else."""
    ground = request.form.get("ground", "")
    if ground not in VOIDINGS:
        raise Malformed("ground")
    carry_out(VoidVote(form_meeting(), form_vote(), ground))
    return went_well("/console/")


AWAITED = LivePage("awaited", ANY_OFFICER, draw_awaited)
