"""After the decision (决议之后): objections and their answers, the publication of the result, the archive."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, render_template, request

from kiosk import wording
from kiosk.core.commands import (
    AnswerObjection,
    ArchiveMatter,
    EscalateObjection,
    FileObjection,
    PublishResult,
)
from kiosk.core.law.periods import PUBLIC_DAYS_AT_LEAST
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.publicity import Objection
from kiosk.core.terms import Forum, MatterId, ObjectionId, day_of
from kiosk.core.village import Village
from kiosk.web.access import CONSOLE, CONSOLE_OR_SUPERVISION, allow, visitor
from kiosk.web.answers import carry_out
from kiosk.web.cases.gaps import gaps
from kiosk.web.filling import Answer, fill_in, said, yes_or_no
from kiosk.web.forms import identifier, line, number, text
from kiosk.web.parts import parts
from kiosk.wording import Sentence

following = Blueprint("following", __name__, url_prefix="/matters")

UPHELD = (
    "经核实，您反映的情况属实，异议成立，此事退回重新商议。",
    "经核实，公示的内容有误，异议成立，更正后重新公示。",
)
NOT_UPHELD = (
    "经核实，决议程序合法、内容属实，异议不成立。",
    "您提出的问题已经当面说明，决议维持不变。",
)
GROUNDS = ("提出人不同意这个答复。", "答复期限已过，没有答复。")
ABOVE = {Forum.SUPERVISORS: "村务监督委员会", Forum.TOWNSHIP: "乡镇"}


def _today() -> date:
    return day_of(parts().kiosk.now())


def _draw(
    template: str,
    village: Village,
    matter: Matter,
    sentence: Sentence | None,
    fields: Mapping[str, str] | None = None,
    **more: object,
) -> str:
    return render_template(
        f"matters/{template}",
        village=village,
        matter=matter,
        today=_today(),
        sentence=sentence,
        fields=request.form if request.method == "POST" else fields or {},
        back=_back(matter.id),
        **more,
    )


def _back(matter: MatterId) -> str:
    """Where one goes on: an officer of the console on the matter's page, the 监委会 at its own list."""
    officer = visitor().officer
    works_console = officer is not None and bool(officer.roles & CONSOLE.roles)
    return f"/matters/{matter}#publication" if works_console else "/supervision/"


@following.route("/<matter>/objections/new", methods=["GET", "POST"])
@allow(CONSOLE_OR_SUPERVISION)
def object_to(matter: str) -> Answer:
    """登记异议: for a villager who comes to the office."""
    village = parts().village()
    about = village.matter(MatterId(matter))

    def act() -> str:
        objection = ObjectionId(identifier("objection"))
        author, told = line("author", "提出人"), text("text", "异议内容")
        carry_out(FileObjection(objection, about.id, author, told))
        return _back(about.id)

    fresh = {"objection": parts().new_token()}
    return fill_in(act, lambda no: _draw("follow_objection.html", village, about, no, fresh))


@following.route("/<matter>/objections/<objection>/answer", methods=["GET", "POST"])
@allow(CONSOLE_OR_SUPERVISION)
def answer(matter: str, objection: str) -> Answer:
    """答复异议: first 成立 or 不成立, then the sentence."""
    village, about, asked = _objection(matter, objection)
    upheld = yes_or_no("upheld")
    ready = UPHELD if upheld else NOT_UPHELD

    def act() -> str:
        told = said("answer", "答复")
        carry_out(AnswerObjection(asked.id, bool(upheld), told))
        return _back(about.id)

    return fill_in(
        act,
        lambda no: _draw(
            "follow_answer.html",
            village,
            about,
            no,
            {"answer": ready[0]},
            objection=asked,
            upheld=upheld,
            ready=ready,
        ),
    )


@following.route("/<matter>/objections/<objection>/escalate", methods=["GET", "POST"])
@allow(CONSOLE_OR_SUPERVISION)
def escalate(matter: str, objection: str) -> Answer:
    """提交上一级: to the 监委会, then to the township."""
    village, about, asked = _objection(matter, objection)

    def act() -> str:
        carry_out(EscalateObjection(asked.id, said("ground", "理由")))
        return _back(about.id)

    suits = GROUNDS[1] if asked.is_open else GROUNDS[0]
    return fill_in(
        act,
        lambda no: _draw(
            "follow_escalate.html",
            village,
            about,
            no,
            {"ground": suits},
            objection=asked,
            above=ABOVE.get(asked.next_forum) if asked.next_forum else "",
            ready=GROUNDS,
        ),
    )


def _objection(matter: str, objection: str) -> tuple[Village, Matter, Objection]:
    village = parts().village()
    return (
        village,
        village.matter(MatterId(matter)),
        village.objection(ObjectionId(objection)),
    )


@following.route("/<matter>/result", methods=["GET", "POST"])
@allow(CONSOLE)
def publish_result(matter: str) -> Answer:
    """公布实施结果: what came of it, and for how many days it hangs."""
    village = parts().village()
    about = village.matter(MatterId(matter))

    def act() -> str:
        days, summary = number("days", "公示天数"), text("summary", "实施结果")
        carry_out(PublishResult(about.id, summary, days))
        return _back(about.id)

    needed = max(PUBLIC_DAYS_AT_LEAST, village.periods.public_days)
    fields = {"days": str(needed), "summary": _summary(about)}
    return fill_in(
        act, lambda no: _draw("follow_result.html", village, about, no, fields, needed=needed)
    )


def _summary(matter: Matter) -> str:
    """The result in one ready sentence with its arithmetic; empty before acceptance."""
    works = matter.works
    if works is None or works.accepted_at is None or works.acceptance is None:
        return ""
    actual = works.acceptance.actual_fen
    money = wording.left_over("预算", works.budget_fen, "实际支出", actual)
    accepted = wording.day(day_of(works.accepted_at))
    return f"{matter.title}已经实施完毕，{accepted}由村务监督委员会到场验收合格。{money}。"


@following.route("/<matter>/archive", methods=["GET", "POST"])
@allow(CONSOLE)
def archive(matter: str) -> Answer:
    """归档: what is missing first, then the button."""
    village = parts().village()
    about = village.matter(MatterId(matter))

    def act() -> str:
        carry_out(ArchiveMatter(about.id))
        return f"/matters/{about.id}#supervision"

    missing = gaps(village, about, _today())
    return fill_in(
        act,
        lambda no: _draw(
            "follow_archive.html",
            village,
            about,
            no,
            missing=missing,
            barred=any(gap.bars for gap in missing),
        ),
    )
