"""Between two meetings of a matter (会间办理): legal review, changing the proposal, ways back, giving it up."""

from collections.abc import Callable, Mapping

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.commands import (
    Command,
    EndMatter,
    RecordReview,
    ReturnMatter,
    ReviseProposal,
    SendToAssembly,
)
from kiosk.core.matters.matter import Matter
from kiosk.core.refusals import Refused
from kiosk.core.terms import MatterId, Stage
from kiosk.web.access import CONSOLE, allow
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.filling import said
from kiosk.web.forms import line, lines, one_of, text
from kiosk.web.parts import parts
from kiosk.wording import Sentence

revising = Blueprint("revising", __name__, url_prefix="/matters/<matter>")

Answer = Response | tuple[Response | str, int]

REVIEWERS = ("村法律顾问", "镇司法所", "镇人民政府")
FINDINGS = {
    "yes": "经审查，内容和程序符合法律法规，同意提交会议。",
    "no": "经审查，有不符合法律法规的内容，不同意提交会议。",
}
REVISED_FOR = (
    "按会议提出的意见修改。",
    "按合法性审查意见修改。",
    "按公示期间的异议修改。",
    "金额或者期限有变化。",
)
RETURNED_FOR = (
    "会议没有通过，退回修改方案。",
    "审查意见不同意，退回修改。",
    "异议成立，退回重新商议。",
)
CHOSEN_AGAIN_FOR = ("没有人当选，重新推选。", "名额没有选满，重新推选。", "异议成立，重新推选。")
ENDED_FOR = ("意见分歧较大，不再办理。", "条件不具备，以后再议。", "提出的人撤回。")
SENT_UP_FOR = ("意见分歧较大，难以形成决议。", "村民代表要求由全体村民决定。")
"""Ready reasons, to be tapped."""


def _matter(matter: str) -> Matter:
    return parts().village().matter(MatterId(matter))


def _page(name: str, matter: str, sentence: Sentence | None, **told: object) -> str:
    return render_template(
        f"matters/{name}.html",
        village=parts().village(),
        matter=_matter(matter),
        sentence=sentence,
        fields=request.form,
        **told,
    )


def _carried_out(
    matter: str, command: Callable[[], Command], again: Callable[[Sentence], str]
) -> Answer:
    """Read the form and carry it out; after a no, the form again."""
    try:
        carry_out(command())
    except (Refused, Unclear) as error:
        return refilled(error, again)
    return went_well(f"/matters/{matter}")


# --- 合法性审查


@revising.get("/review")
@allow(CONSOLE)
def reviewing(matter: str) -> str:
    """The form for a legal review's opinion."""
    return _review_form(matter, None)


def _review_form(matter: str, sentence: Sentence | None) -> str:
    findings = [("yes", "同意", FINDINGS["yes"]), ("no", "不同意", FINDINGS["no"])]
    return _page("review", matter, sentence, reviewers=REVIEWERS, findings=findings)


@revising.post("/review")
@allow(CONSOLE)
def review(matter: str) -> Answer:
    """登记审查意见."""

    def command() -> RecordReview:
        finding = request.form.get("finding", "")
        if finding not in FINDINGS:
            raise Unclear(Sentence("还没有选审查意见。", "请点“同意”或者“不同意”。"))
        opinion = FINDINGS[finding] + text("opinion", "意见")
        reviewer = line("other_reviewer", "审查人") or line("reviewer", "审查人")
        return RecordReview(MatterId(matter), reviewer, finding == "yes", opinion)

    return _carried_out(matter, command, lambda sentence: _review_form(matter, sentence))


# --- 修改方案


@revising.get("/revise")
@allow(CONSOLE)
def changing(matter: str) -> str:
    """The proposal to be changed, one clause a line."""
    return _revise_form(matter, None)


def _revise_form(matter: str, sentence: Sentence | None) -> str:
    proposal = request.form.get("proposal", "\n".join(_matter(matter).proposal))
    return _page("revise", matter, sentence, proposal=proposal, reasons=REVISED_FOR)


@revising.post("/revise")
@allow(CONSOLE)
def revise(matter: str) -> Answer:
    """修改方案."""

    def command() -> ReviseProposal:
        why = said("why", "为什么改")
        return ReviseProposal(MatterId(matter), lines("proposal", "方案"), why)

    return _carried_out(matter, command, lambda sentence: _revise_form(matter, sentence))


# --- 退回、终止、提交村民会议


@revising.get("/return")
@allow(CONSOLE)
def returning(matter: str) -> str:
    """To which stage, and why."""
    return _return_form(matter, None)


def _return_form(matter: str, sentence: Sentence | None) -> str:
    shown = _matter(matter)
    stages = [(s.value, wording.stage_long(s, shown.row)) for s in shown.kind.stages]
    usual = _usual_return(shown)
    reasons = CHOSEN_AGAIN_FOR if shown.contest else RETURNED_FOR
    return _page("return", matter, sentence, stages=stages, usual=usual, reasons=reasons)


def _usual_return(matter: Matter) -> str:
    """The stage that the rule of the last vote names: what is offered first."""
    last = matter.standing
    if last is None:
        return ""
    row = parts().village().meeting(last.meeting).vote(last.vote).row
    return matter.kind.stage_to_return_to(row.returns_to).value


@revising.post("/return")
@allow(CONSOLE)
def send_back(matter: str) -> Answer:
    """退回."""

    def command() -> ReturnMatter:
        to = one_of(Stage, "to", "退回到哪个环节")
        return ReturnMatter(MatterId(matter), to, said("ground", "原因"))

    return _carried_out(matter, command, lambda sentence: _return_form(matter, sentence))


ENDING: Mapping[str, object] = {
    "asked": "终止这个事项？",
    "about": "终止以后不再开会。已经开过的会、投过的票都留在档案里。",
    "does": "终止事项",
    "reasons": ENDED_FOR,
}
SENDING_UP: Mapping[str, object] = {
    "asked": "提交村民会议决定？",
    "about": "村民代表会议难以形成决议的，可以提交村民会议，由全体村民决定。",
    "does": "提交村民会议",
    "reasons": SENT_UP_FOR,
}


@revising.get("/end")
@allow(CONSOLE)
def ending(matter: str) -> str:
    """Ask once more before a matter is given up."""
    return _page("ask", matter, None, step="end", **ENDING)


@revising.post("/end")
@allow(CONSOLE)
def end(matter: str) -> Answer:
    """终止."""
    return _carried_out(
        matter,
        lambda: EndMatter(MatterId(matter), said("ground", "原因")),
        lambda sentence: _page("ask", matter, sentence, step="end", **ENDING),
    )


@revising.get("/assembly")
@allow(CONSOLE)
def sending_up(matter: str) -> str:
    """Ask once more before it goes to the assembly."""
    return _page("ask", matter, None, step="assembly", **SENDING_UP)


@revising.post("/assembly")
@allow(CONSOLE)
def send_up(matter: str) -> Answer:
    """提交村民会议."""
    return _carried_out(
        matter,
        lambda: SendToAssembly(MatterId(matter), said("ground", "原因")),
        lambda sentence: _page("ask", matter, sentence, step="assembly", **SENDING_UP),
    )
