"""Opening a vote at the console (开始表决): by what method, standing aside before it, voting on a matter by itself.

The usual method takes one tap. Another is chosen on a page of its own, before the vote opens, for nothing of it can be
changed afterwards.
"""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk.core.ballot_terms import Method
from kiosk.core.commands import DeclareRecusal, OpenVote, TakeOutOfConsent
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Malformed, Refused
from kiosk.core.terms import MatterId, PersonId, VoteId
from kiosk.web import pictures
from kiosk.web.access import CONSOLE, allow
from kiosk.web.answers import carry_out, refilled, went_well
from kiosk.web.forms import member
from kiosk.web.parts import parts
from kiosk.web.sitting.now import current, form_matter, form_meeting, form_person
from kiosk.web.sitting.standing import before_meeting, consent_block, undecided
from kiosk.web.sitting.straw import blackboard
from kiosk.wording import Sentence

voting = Blueprint("voting", __name__, url_prefix="/console")

RECUSALS = ("本人与此事有利害关系", "近亲属与此事有利害关系", "本人主动申请回避")
"""The grounds of a recusal, to be tapped: nobody types in a meeting."""


@voting.post("/vote")
@allow(CONSOLE)
def open_vote() -> Response:
    """开始表决 in the usual method, on one matter or on those that go by consent (合并表决)."""
    _open(Method.IN_TURN, running_tally=request.form.get("running_tally", "yes") == "yes")
    return went_well("/console/")


@voting.get("/method")
@allow(CONSOLE)
def choose_method() -> str:
    """换一种表决方式: three equal choices, then what goes with the one that was chosen."""
    return _methods(None)


@voting.post("/method")
@allow(CONSOLE)
def open_by_method() -> Response | tuple[Response | str, int]:
    """开始表决 by the method that was chosen; a refusal stands on the same page."""
    method = member(Method, request.form.get("method", ""))
    try:
        _open(method, running_tally=_said("running_tally"), revisable=_said("revisable"))
    except Refused as error:
        return refilled(error, _methods)
    return went_well("/console/")


def _methods(refusal: Sentence | None) -> str:
    village, meeting = current()
    asked = request.values.get("method", "")
    method = member(Method, asked) if asked else None
    return render_template(
        "console/method.html",
        village=village,
        meeting=meeting,
        matters=[village.matters[m] for m in before_meeting(village, meeting)],
        methods=[m.value for m in Method],
        method=method.value if method else "",
        revisable=_said("revisable"),
        running=_said("running_tally"),
        refusal=refusal,
    )


def _said(field: str) -> bool:
    return request.values.get(field) == "yes"


def _open(method: Method, *, running_tally: bool, revisable: bool = False) -> None:
    meeting = parts().village().meeting(form_meeting())
    matters = tuple(MatterId(matter) for matter in request.form.getlist("matter"))
    vote = _vote_id(meeting, matters)
    carry_out(OpenVote(meeting.id, matters, vote, running_tally, method, revisable))
    blackboard().wipe()


def _vote_id(meeting: Meeting, matters: tuple[MatterId, ...]) -> VoteId:
    # By its place on the agenda and how many before it are void, so that a form sent again after a break is the
    # same command.
    called = [item.matter for item in meeting.agenda]
    first = next(iter(matters), None)
    place = called.index(first) + 1 if first in called else 0
    void = sum(vote.is_void and first in vote.matters for vote in meeting.votes.values())
    return VoteId(f"{meeting.id}-vote-{place}" + (f"-{void + 1}" if void else ""))


@voting.get("/single")
@allow(CONSOLE)
def ask_single() -> str:
    """单独表决: which matter leaves the block, and who asks for it."""
    village, meeting = current()
    block = [village.matters[m] for m in consent_block(village, meeting)]
    asked = request.args.get("matter", "")
    chosen = next((m for m in block if m.id == asked), None)
    here = sorted(meeting.present, key=lambda p: (meeting.seats[p].group, p))
    return render_template(
        "console/single.html",
        village=village,
        meeting=meeting,
        block=block,
        chosen=chosen,
        tiles=[
            pictures.person_tile(meeting.seats[p])
            | {
                "state": "in",
                "action": "/console/single",
                "fields": {"meeting": meeting.id, "matter": asked, "person": p},
            }
            for p in here
        ],
    )


@voting.post("/single")
@allow(CONSOLE)
def take_out() -> Response:
    """The matter will be voted on by itself."""
    carry_out(TakeOutOfConsent(form_meeting(), form_matter(), form_person()))
    return went_well("/console/")


@voting.get("/recusal")
@allow(CONSOLE)
def recusal() -> str:
    """回避: from which matter, who stands aside, and why; one question a screen."""
    village, meeting = current()
    left = undecided(village, meeting) if meeting.open_vote is None else ()
    asked = MatterId(request.args.get("matter", ""))
    matter = asked if asked in left else left[0] if len(left) == 1 else None
    seats = sorted(
        (seat for seat in meeting.seats.values() if seat.votes),
        key=lambda seat: (seat.group, seat.person),
    )
    tiles = [
        pictures.person_tile(seat) | {"recused": (matter, seat.person) in meeting.recusals}
        for seat in seats
    ]
    return render_template(
        "console/recusal.html",
        village=village,
        meeting=meeting,
        left=[village.matters[m] for m in left],
        matter=village.matters[matter] if matter else None,
        chosen=meeting.seats.get(PersonId(request.args.get("person", ""))),
        tiles=tiles,
        grounds=RECUSALS,
    )


@voting.post("/recusal")
@allow(CONSOLE)
def declare_recusal() -> Response:
    """Put a recusal on record."""
    ground = request.form.get("ground", "")
    if ground not in RECUSALS:
        raise Malformed("ground")
    carry_out(DeclareRecusal(form_meeting(), form_matter(), form_person(), ground))
    return went_well("/console/")
