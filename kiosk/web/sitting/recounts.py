"""Counting a closed vote once more (复点): the counts side by side, and what becomes of a difference.

Another count is entered in `recounting`.

- A difference keeps the meeting from ending. It is settled by a reason that prints, tapped by one officer and agreed to
  by a second; where another count would decide otherwise, nothing but a new vote settles it.
"""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.ballot_terms import Source
from kiosk.core.commands import ExplainDifference, SettleDifference
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.terms import PersonId
from kiosk.core.votes.checking import explain as explain_difference
from kiosk.core.votes.vote import Vote
from kiosk.web import second
from kiosk.web.access import allow
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.parts import parts
from kiosk.web.sitting.now import current, form_meeting, form_vote
from kiosk.web.sitting.vote_shown import titles, vote_shown
from kiosk.wording import Sentence, refusal

recounts = Blueprint("recounts", __name__, url_prefix="/console/check")

GROUNDS = (
    "监票人数漏了人，逐人核对后，以计票为准",
    "监票人把同一个人数了两次，逐人核对后，以计票为准",
    "有人中途改了票，监票人数的是改之前的",
    "有人表决后离场，监票人没有数到",
    "纸上记错了一笔，已在纸上改正并签字",
)
"""Why two counts differ, to be tapped; it prints with the result."""


@recounts.get("/")
@allow(second.COUNTING)
def side_by_side() -> str:
    """The counts of one vote, and the next thing to do about them."""
    return _table(None)


def _table(no: Sentence | None) -> str:
    village, meeting = current()
    held = [vote for vote in meeting.votes.values() if vote.closed_at and not vote.is_void]
    vote = _asked(held)
    if vote is None:
        return render_template("console/no_vote.html", village=village)
    explained = vote.explanation
    asked = request.values.get("officer", "")
    but = {explained.officer} if explained else set()
    return render_template(
        "console/check.html",
        village=village,
        meeting=meeting,
        vote=vote,
        others=[(v.id, titles(village, v)) for v in held if v.id != vote.id],
        titles=titles(village, vote),
        labels=[wording.choice_said(choice, vote.contest) for choice in vote.options],
        sources=[(s.value, wording.COUNT_SOURCES[s], s in vote.checks) for s in Source],
        decides_otherwise=_decides_otherwise(meeting, vote),
        grounds=GROUNDS,
        explained_by=second.name_of(explained.officer) if explained else "",
        agreed_by=second.name_of(explained.agreed_by) if explained and explained.agreed_by else "",
        officer=second.chosen(SettleDifference, asked, but) if asked and explained else None,
        officers=second.wall(
            second.able(SettleDifference, but), f"/console/check/?vote={vote.id}&officer="
        ),
        here=second.here(SettleDifference, but),
        refusal=no,
        **vote_shown(meeting, vote, parts().kiosk.now()),
    )


def _asked(held: list[Vote]) -> Vote | None:
    """The vote that is asked for; else the last that is not settled, else the last."""
    asked = [v for v in held if v.id == request.values.get("vote")]
    open_ = [v for v in held if not v.settled]
    return next(iter(asked or open_[-1:] or held[-1:]), None)


def _decides_otherwise(meeting: Meeting, vote: Vote) -> Sentence | None:
    """What the rules would say to any explanation, where another count would decide otherwise (结果不一样)."""
    trial = ExplainDifference(meeting.id, vote.id, PersonId(""), GROUNDS[0])
    try:
        explain_difference(vote, trial, entitled=len(meeting.entitled))
    except Refused as error:
        return refusal(error) if error.reason is Reason.OUTCOME_DIFFERS else None
    return None


@recounts.post("/explain")
@allow(second.COUNTING)
def explain() -> Response | tuple[Response | str, int]:
    """差异说明: one of the grounds, by whoever is signed in here."""
    ground, vote = request.form.get("ground", ""), form_vote()
    if ground not in GROUNDS:
        raise Malformed("ground")
    officer = second.here(ExplainDifference)
    if officer is None:
        raise Refused(Reason.ROLE_MAY_NOT)
    try:
        carry_out(ExplainDifference(form_meeting(), vote, officer.id, ground))
    except Refused as error:
        return refilled(error, _table)
    return went_well(f"/console/check/?vote={vote}")


@recounts.post("/settle")
@allow(second.COUNTING)
def settle() -> Response | tuple[Response | str, int]:
    """差异确认: the second officer agrees, by his PIN or at his own screen."""
    vote = form_vote()
    try:
        actor = second.signed(SettleDifference)
        assert actor.person is not None
        second.carry_out_as(actor, SettleDifference(form_meeting(), vote, actor.person))
    except (Refused, Unclear) as error:
        return refilled(error, _table)
    return went_well(f"/console/check/?vote={vote}")
