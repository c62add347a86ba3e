"""The console (主持台): the chair and the secretary hold the meeting; follow the dominant button and it runs."""

from dataclasses import dataclass
from enum import Enum

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.commands import Adjourn, CloseVote, DeclareRecusal, OpenMeeting, OpenVote
from kiosk.core.history import Known
from kiosk.core.matter import Matter
from kiosk.core.meeting import Meeting
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.tally import judge
from kiosk.core.terms import Base, MatterId, MeetingId, PersonId, VoteId, day_of
from kiosk.core.village import Village
from kiosk.core.voting import Vote
from kiosk.web import pictures
from kiosk.web.access import ANY_OFFICER, CONSOLE, allow
from kiosk.web.answers import carry_out, went_well
from kiosk.web.pages import LivePage
from kiosk.web.parts import Parts, parts
from kiosk.web.postings import postings

console = Blueprint("console", __name__, url_prefix="/console")

GROUNDS = ("本人与此事有利害关系", "近亲属与此事有利害关系", "本人主动申请回避")
"""The grounds of a recusal, to be tapped: nobody types in a meeting."""


class Step(Enum):
    """What comes next in a meeting; the dominant button says it."""

    NONE = "none"
    CHECK_IN = "check_in"
    OPEN = "open"
    VOTE = "vote"
    CLOSE = "close"
    ADJOURN = "adjourn"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the meeting stands: the next step, and what it is about."""

    step: Step
    meeting: Meeting | None = None
    matter: Matter | None = None
    vote: Vote | None = None


def standing(village: Village, parts_: Parts) -> Standing:
    """The next step of today's meeting."""
    meeting = todays_meeting(village, parts_)
    if meeting is None:
        return Standing(Step.NONE)
    undecided = next((m for m in meeting.agenda if meeting.vote_on(m) is None), None)
    last = list(meeting.votes.values())[-1] if meeting.votes else None
    about = undecided or (last.matter if last else meeting.agenda[0])
    matter = village.matters[about]
    if meeting.adjourned_at is not None:
        return Standing(Step.OVER, meeting, matter, last)
    if not meeting.in_session:
        step = Step.OPEN if meeting.quorum.holds else Step.CHECK_IN
        return Standing(step, meeting, matter)
    if meeting.open_vote is not None:
        open_on = village.matters[meeting.open_vote.matter]
        return Standing(Step.CLOSE, meeting, open_on, meeting.open_vote)
    if undecided is not None:
        return Standing(Step.VOTE, meeting, matter, last)
    return Standing(Step.ADJOURN, meeting, matter, last)


def todays_meeting(village: Village, parts_: Parts) -> Meeting | None:
    """The meeting in session or called next; else the last one, if it was held today."""
    last = village.last_meeting
    if village.next_meeting is not None or last is None or last.adjourned_at is None:
        return village.next_meeting
    today = day_of(parts_.kiosk.now())
    return last if day_of(last.adjourned_at) == today else None


def draw_home(parts_: Parts, known: Known, _argument: str) -> str:
    """The one card of 今日会议."""
    village = known.village
    assert village is not None
    now = standing(village, parts_)
    return render_template(
        "console/_home.html",
        village=village,
        now=now,
        step=now.step.value,
        head=known.head,
        lights=pictures.lights(parts_.film.lamps()),
        **(_about(village, now.meeting, now, parts_) if now.meeting else {}),
    )


def _about(village: Village, meeting: Meeting, now: Standing, parts_: Parts) -> dict[str, object]:
    assert now.matter is not None
    today = day_of(parts_.kiosk.now())
    about: dict[str, object] = {
        "title": f"第{meeting.ordinal}次{wording.BODIES[meeting.body]}",
        "starts": wording.instant(meeting.starts_at),
        "quorum": pictures.quorum_ring(meeting),
        "quorum_words": wording.quorum(meeting.quorum),
        "basis": meeting.row.quorum_basis,
        "path": pictures.stage_path(now.matter, today),
        "amount": wording.money(now.matter.amount_fen) if now.matter.amount_fen else "",
        "agenda": [village.matters[m].title for m in meeting.agenda],
    }
    if now.vote is not None:
        about |= vote_picture(meeting, now.vote)
    if now.step is Step.OVER:
        about["publication"] = now.matter.publication
        # The same code as on the paper, the portal and the big screen: people compare them.
        posted = next(
            (p for p in postings(parts_, village) if p.publication == about["publication"]), None
        )
        about["code"] = posted.head.check_code if posted and posted.head else ""
    return about


def vote_picture(meeting: Meeting, vote: Vote) -> dict[str, object]:
    """What is shown of a vote: how many have voted, who not, the counts, and the outcome when closed."""
    tally = vote.tally
    majority = judge(tally, meeting.row, entitled=len(meeting.entitled))
    return {
        "turnout": pictures.turnout_ring(vote),
        "tally": pictures.tally_bars(tally, meeting),
        "counts": wording.counts(tally),
        "waiting": sorted(meeting.seats[p].name for p in vote.waiting),
        "outcome": wording.majority(
            majority, of_entitled=meeting.row.majority_base is Base.ENTITLED
        ),
        "carried": vote.carried,
        "majority_basis": meeting.row.majority_basis,
    }


@console.get("/")
@allow(ANY_OFFICER)
def home() -> str:
    """今日会议: one card, one next step."""
    card = draw_home(parts(), parts().known(), "")
    return render_template("console/home.html", village=parts().village(), card=card)


def _current() -> tuple[Village, Meeting]:
    village = parts().village()
    meeting = todays_meeting(village, parts())
    if meeting is None:
        raise Refused(Reason.NO_SUCH_MEETING)
    return village, meeting


def _meeting_id() -> MeetingId:
    return MeetingId(request.form.get("meeting", ""))


@console.post("/open")
@allow(CONSOLE)
def open_meeting() -> Response:
    """宣布开会."""
    carry_out(OpenMeeting(_meeting_id()))
    return went_well("/console/")


@console.post("/vote")
@allow(CONSOLE)
def open_vote() -> Response:
    """开始表决."""
    meeting = parts().village().meeting(_meeting_id())
    matter = MatterId(request.form.get("matter", ""))
    # By its place on the agenda, so that a form sent again after a break is the same command.
    place = meeting.agenda.index(matter) + 1 if matter in meeting.agenda else 0
    vote = VoteId(f"{meeting.id}-vote-{place}")
    running = request.form.get("running_tally", "yes") == "yes"
    carry_out(OpenVote(meeting.id, matter, vote, running_tally=running))
    return went_well("/console/")


@console.get("/close")
@allow(CONSOLE)
def ask_close() -> str | Response:
    """Ask once before closing a vote with votes unused."""
    _, meeting = _current()
    vote = meeting.open_vote
    if vote is None:
        return went_well("/console/")
    return render_template(
        "console/close.html",
        village=parts().village(),
        meeting=meeting,
        vote=vote,
        **vote_picture(meeting, vote),
    )


@console.post("/close")
@allow(CONSOLE)
def close_vote() -> Response:
    """结束表决."""
    vote = VoteId(request.form.get("vote", ""))
    confirmed = request.form.get("unused_confirmed") == "yes"
    carry_out(CloseVote(_meeting_id(), vote, unused_confirmed=confirmed))
    return went_well("/console/")


@console.post("/adjourn")
@allow(CONSOLE)
def adjourn() -> Response:
    """散会."""
    carry_out(Adjourn(_meeting_id()))
    return went_well("/console/")


@console.get("/recusal")
@allow(CONSOLE)
def recusal() -> str:
    """回避: choose who stands aside, and why."""
    village, meeting = _current()
    person = PersonId(request.args.get("person", ""))
    seats = [seat for seat in meeting.seats.values() if seat.votes]
    matter = next((m for m in meeting.agenda if meeting.vote_on(m) is None), None)
    tiles = [
        pictures.person_tile(seat)
        | {"state": "out", "recused": (matter, seat.person) in meeting.recusals}
        for seat in seats
    ]
    return render_template(
        "console/recusal.html",
        village=village,
        meeting=meeting,
        matter=village.matters[matter] if matter else None,
        chosen=meeting.seats.get(person),
        tiles=tiles,
        grounds=GROUNDS,
    )


@console.post("/recusal")
@allow(CONSOLE)
def declare_recusal() -> Response:
    """Put a recusal on record."""
    ground = request.form.get("ground", "")
    if ground not in GROUNDS:
        raise Malformed("ground")
    person, matter = request.form.get("person", ""), request.form.get("matter", "")
    carry_out(DeclareRecusal(_meeting_id(), MatterId(matter), PersonId(person), ground))
    return went_well("/console/")


HOME = LivePage("console", ANY_OFFICER, draw_home)
