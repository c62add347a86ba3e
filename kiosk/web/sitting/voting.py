"""Votes at the console (主持表决): standing aside, voting by itself, opening, closing, declaring void."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk.core.commands import CloseVote, DeclareRecusal, OpenVote, TakeOutOfConsent, VoidVote
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.meetings.voting import Vote
from kiosk.core.refusals import Malformed
from kiosk.core.terms import MatterId, PersonId, VoteId
from kiosk.web import pictures
from kiosk.web.access import CONSOLE, allow
from kiosk.web.answers import carry_out, went_well
from kiosk.web.parts import parts
from kiosk.web.sitting import scenes
from kiosk.web.sitting.now import current, form_matter, form_meeting, form_person
from kiosk.web.sitting.standing import consent_block, undecided
from kiosk.web.sitting.straw import blackboard

voting = Blueprint("voting", __name__, url_prefix="/console")

RECUSALS = ("本人与此事有利害关系", "近亲属与此事有利害关系", "本人主动申请回避")
"""The grounds of a recusal, to be tapped: nobody types in a meeting."""
VOIDINGS = (
    "议题没有讲清楚，重新说明后再表决",
    "有人替别人投了票",
    "有没有表决权的人投了票",
    "表决屏出了故障，有人投错、投不了",
    "开始表决时到会的人没有签全",
)
"""The grounds on which the chair declares a vote void, to be tapped."""


@voting.post("/vote")
@allow(CONSOLE)
def open_vote() -> Response:
    """开始表决, on one matter or on those that go by consent (合并表决)."""
    meeting = parts().village().meeting(form_meeting())
    matters = tuple(MatterId(matter) for matter in request.form.getlist("matter"))
    running = request.form.get("running_tally", "yes") == "yes"
    carry_out(OpenVote(meeting.id, matters, _vote_id(meeting, matters), running_tally=running))
    blackboard().wipe()
    return went_well("/console/")


def _vote_id(meeting: Meeting, matters: tuple[MatterId, ...]) -> VoteId:
    # By its place on the agenda and how many before it are void, so that a form sent again after a break is the
    # same command.
    called = [item.matter for item in meeting.agenda]
    first = next(iter(matters), None)
    place = called.index(first) + 1 if first in called else 0
    void = sum(vote.is_void and first in vote.matters for vote in meeting.votes.values())
    return VoteId(f"{meeting.id}-vote-{place}" + (f"-{void + 1}" if void else ""))


@voting.get("/close")
@allow(CONSOLE)
def ask_close() -> str | Response:
    """Ask once before closing a vote with votes unused."""
    village, meeting = current()
    vote = meeting.open_vote
    if vote is None:
        return went_well("/console/")
    return render_template(
        "console/close.html",
        village=village,
        meeting=meeting,
        vote=vote,
        **scenes.vote_scene(meeting, vote),
    )


@voting.post("/close")
@allow(CONSOLE)
def close_vote() -> Response:
    """结束表决."""
    vote = VoteId(request.form.get("vote", ""))
    confirmed = request.form.get("unused_confirmed") == "yes"
    carry_out(CloseVote(form_meeting(), vote, unused_confirmed=confirmed))
    return went_well("/console/")


@voting.get("/void")
@allow(CONSOLE)
def ask_void() -> str:
    """宣布表决作废: which vote (the last that is not void), and why."""
    village, meeting = current()
    vote = _voidable(meeting)
    return render_template(
        "console/void.html",
        village=village,
        meeting=meeting,
        vote=vote,
        titles=[village.matters[m].title for m in vote.matters] if vote else [],
        grounds=VOIDINGS,
        **(scenes.vote_scene(meeting, vote) if vote else {}),
    )


def _voidable(meeting: Meeting) -> Vote | None:
    standing = [vote for vote in meeting.votes.values() if not vote.is_void]
    return standing[-1] if standing else None


@voting.post("/void")
@allow(CONSOLE)
def void_vote() -> Response:
    """The vote is kept, and does not count. The chair's alone: the rules refuse anybody else."""
    ground = request.form.get("ground", "")
    if ground not in VOIDINGS:
        raise Malformed("ground")
    carry_out(VoidVote(form_meeting(), VoteId(request.form.get("vote", "")), ground))
    return went_well("/console/")


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
