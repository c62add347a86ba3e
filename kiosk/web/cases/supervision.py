"""监督席: what waits for the village affairs supervision committee, and its written opinion on a stage."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.commands import FileOpinion, WitnessClosing
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.oversight import Sign, flags
from kiosk.core.terms import MatterId, MeetingId, Stage, VoteId, day_of
from kiosk.web.access import SUPERVISION, allow, visitor
from kiosk.web.answers import carry_out, went_well
from kiosk.web.cases.duties import duties
from kiosk.web.cases.flagged import shown
from kiosk.web.filling import Answer, fill_in, said, yes_or_no
from kiosk.web.forms import member
from kiosk.web.parts import parts
from kiosk.wording import Sentence

supervision = Blueprint("supervision", __name__, url_prefix="/supervision")

FAVOURABLE = (
    "经监督，本环节程序合规，内容属实，同意。",
    "经监督，会议到会人数、表决和记录符合规定，同意。",
    "经监督，公示按时张贴、期限足够，同意。",
)
UNFAVOURABLE = (
    "经监督，本环节程序不合规，不同意。",
    "经监督，公示张贴不规范，请改正。",
    "经监督，支出与票据不符，请核对后再报。",
)
_LATE = {Sign.NEED_OVERDUE, Sign.OBJECTION_OVERDUE, Sign.WORKS_OVERDUE, Sign.EMERGENCY_OWED}


@supervision.get("/")
@allow(SUPERVISION)
def home() -> str:
    """Everything that waits, the first of it behind the dominant button; then everything that is overdue."""
    village, on = parts().village(), day_of(parts().kiosk.now())
    officer, box = visitor().officer, village.secret_vote
    waiting = duties(village, on, officer.id if officer else None)
    late = [flag for flag in flags(village, on) if flag.sign in _LATE]
    return render_template(
        "supervision/home.html",
        village=village,
        duties=waiting,
        late=shown(late, village),
        box=box,
        box_titles=village.titles(box) if box else [],
    )


@supervision.post("/box")
@allow(SUPERVISION)
def witness_box() -> Response:
    """我在场监督开箱: from the member's own screen, while a secret vote is open."""
    officer = visitor().officer
    assert officer is not None
    meeting, vote = request.form.get("meeting", ""), request.form.get("vote", "")
    carry_out(WitnessClosing(MeetingId(meeting), VoteId(vote), officer.id))
    return went_well("/supervision/")


@supervision.route("/<matter>/<stage>", methods=["GET", "POST"])
@allow(SUPERVISION)
def opine(matter: str, stage: str) -> Answer:
    """监督意见: 同意 or 不同意 first, then the sentence."""
    village, of = parts().village(), member(Stage, stage)
    about = village.matter(MatterId(matter))
    favourable = yes_or_no("favourable")
    ready = FAVOURABLE if favourable else UNFAVOURABLE

    def act() -> str:
        text = said("text", "监督意见")
        carry_out(FileOpinion(about.id, of, bool(favourable), text))
        return "/supervision/"

    def draw(no: Sentence | None) -> str:
        return render_template(
            "supervision/opinion.html",
            village=village,
            matter=about,
            stage=of,
            facts=_facts(about, of),
            favourable=favourable,
            ready=ready,
            sentence=no,
            fields=request.form if request.method == "POST" else {"text": ready[0]},
        )

    return fill_in(act, draw)


def _facts(matter: Matter, stage: Stage) -> list[tuple[str, str]]:
    """What the opinion is about: the vote or the publication of that stage."""
    village = parts().village()
    told = []
    for held in (d for d in matter.deliberations if d.stage is stage and not d.void):
        meeting = village.meeting(held.meeting)
        vote = meeting.vote(held.vote)
        when = f"{wording.day(day_of(held.at))}，{wording.BODIES[meeting.body]}"
        told += [
            (when, f"{wording.counts(vote.tally, vote.contest)}，{wording.said_in_one(vote)}"),
            ("到会", wording.quorum(meeting.quorum)),
        ]
    told += [
        ("公示", f"{wording.period(p)}，共{p.days()}天")
        for p in matter.publications
        if p.stage is stage
    ]
    return told
