"""需求: what villagers wish for; filed for one who walked in, then made a matter or answered with the reason."""

from collections import Counter
from collections.abc import Mapping
from enum import Enum

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.commands import AnswerNeed, FileNeed
from kiosk.core.law.roll import holds
from kiosk.core.matters.need import Need
from kiosk.core.matters.raising import JOINT
from kiosk.core.refusals import Refused
from kiosk.core.terms import Capacity, NeedId, Standing, day_of
from kiosk.store.register import Person
from kiosk.web.access import ANY_OFFICER, CONSOLE, CONSOLE_OR_SUPERVISION, allow, visitor
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.filling import said
from kiosk.web.forms import LINE, identifier, line, member, number, one_of, text
from kiosk.web.parts import parts, today
from kiosk.wording import Sentence

needs = Blueprint("needs", __name__, url_prefix="/needs")

Answer = Response | tuple[Response | str, int]

BODIES_AS_AUTHORS = {
    Standing.SUPERVISORS: "村务监督委员会",
    Standing.COMMITTEES: "村“两委”",
    Standing.TOWNSHIP: "镇人民政府",
}
"""Whoever files as one of these need not be picked from the register."""

COUNTED = {
    Standing.JOINT_VILLAGERS: Capacity.VILLAGER,
    Standing.JOINT_REPRESENTATIVES: Capacity.REPRESENTATIVE,
}
"""Of whom a joint need counts its share."""

FROM_AMONG = COUNTED | {Standing.GRID_WORKER: Capacity.GRID_WORKER}
"""Who may be the author; all others are villagers."""

ANSWERS = (
    "现在没有这笔钱，列入明年计划。",
    "这件事归上级部门办，已经转报。",
    "已经有别的事项在办，可以在公开栏看进度。",
    "按规定这件事不能办。",
    "经了解，情况与反映的不一样。",
)
"""Ready answers to a need that does not become a matter, to be tapped."""

SHOWN_AT_MOST = 200


class Shelf(Enum):
    """Where a need lies (需求去向)."""

    NEW = "new"  # 新提出
    TAKEN_UP = "taken_up"  # 已立项
    ANSWERED = "answered"  # 已答复

    @classmethod
    def of(cls, need: Need) -> "Shelf":
        """Where this one lies."""
        if need.matter is not None:
            return cls.TAKEN_UP
        return cls.ANSWERED if need.is_settled else cls.NEW


SHELVES = {Shelf.NEW: "新提出", Shelf.TAKEN_UP: "已立项", Shelf.ANSWERED: "已答复"}


@needs.get("/")
@allow(ANY_OFFICER)
def listed() -> str:
    """Every need by where it lies; of the new ones those that are due first."""
    village = parts().village()
    shelf = member(Shelf, request.args.get("show", Shelf.NEW.value))
    counts = Counter(map(Shelf.of, village.needs.values()))
    tabs = [
        {
            "label": SHELVES[one],
            "href": f"/needs/?show={one.value}",
            "current": one is shelf,
            "count": counts[one],
        }
        for one in Shelf
    ]
    shown = [need for need in village.needs.values() if Shelf.of(need) is shelf]
    shown.sort(
        key=lambda n: (n.due, n.number) if shelf is Shelf.NEW else (day_of(n.filed_at), n.number)
    )
    return render_template(
        "needs/list.html",
        village=village,
        tabs=tabs,
        shelf=shelf.value,
        needs=shown if shelf is Shelf.NEW else shown[::-1],
        today=today(),
        day_of=day_of,
        may_file=CONSOLE_OR_SUPERVISION.admits(visitor()),
    )


# --- filing one for somebody who came in


@needs.get("/new")
@allow(CONSOLE_OR_SUPERVISION)
def new() -> str:
    """Step by step: as whom, who, what."""
    standing = request.args.get("standing", "")
    if not standing:
        return render_template(
            "needs/standing.html", village=parts().village(), standings=_standings()
        )
    chosen = member(Standing, standing)
    author = request.args.get("author", BODIES_AS_AUTHORS.get(chosen))
    if author is None:
        return _author(chosen)
    return _form({"standing": standing, "author": author, "need": parts().new_token()}, None)


def _standings() -> list[dict[str, str]]:
    return [
        {
            "value": standing.value,
            "name": wording.STANDINGS[standing],
            "basis": JOINT[standing].basis if standing in JOINT else "",
        }
        for standing in Standing
    ]


def _author(standing: Standing) -> str:
    """Name tiles by group and surname; a name that is not there is written."""
    capacity = FROM_AMONG.get(standing, Capacity.VILLAGER)
    everybody = parts().register.people(parts().home)
    eligible = [p for p in everybody if holds(p, capacity, today())]
    groups = Counter(p.group for p in eligible)
    group = request.args.get("group", min(groups, default=0), type=int)
    surname = request.args.get("q", "")
    of_group = [p for p in eligible if p.group == group]
    surnames = Counter(p.name[0] for p in of_group)
    here = f"/needs/new?standing={standing.value}"
    return render_template(
        "needs/author.html",
        village=parts().village(),
        standing=standing.value,
        named=wording.STANDINGS[standing],
        here=here,
        tabs=[_tab(f"{n}组", f"{here}&group={n}", n == group, groups[n]) for n in sorted(groups)],
        surnames=[
            _tab(name, f"{here}&group={group}&q={name}", name == surname, count)
            for name, count in surnames.most_common(24)
        ],
        people=[p for p in of_group if p.name.startswith(surname)][:SHOWN_AT_MOST],
    )


def _tab(label: str, href: str, current: bool, count: int) -> dict[str, object]:
    return {"label": label, "href": href, "current": current, "count": count}


def _form(fields: Mapping[str, str], sentence: Sentence | None) -> str:
    standing = member(Standing, fields.get("standing", ""))
    of = _count_of(standing) if standing in COUNTED else 0
    return render_template(
        "needs/form.html",
        village=parts().village(),
        fields=fields,
        sentence=sentence,
        standing=standing.value,
        named=wording.STANDINGS[standing],
        joint=JOINT.get(standing),
        of=fields.get("of", of),
        needed=JOINT[standing].share.least(of) if of else 0,
        days=parts().village().periods.need_days,
        most=LINE,
    )


def _count_of(standing: Standing) -> int:
    people: list[Person] = parts().register.people(parts().home)
    return sum(holds(person, COUNTED[standing], today()) for person in people)


@needs.post("/new")
@allow(CONSOLE_OR_SUPERVISION)
def file() -> Answer:
    """提出需求."""
    try:
        need = NeedId(identifier("need"))
        standing = one_of(Standing, "standing", "身份")
        joint = standing in JOINT
        command = FileNeed(
            need=need,
            standing=standing,
            author=line("author", "姓名"),
            text=text("text", "需求"),
            supporters=number("supporters", "联名人数") if joint else 0,
            of=number("of", "总人数") if joint else 0,
        )
        carry_out(command)
    except (Refused, Unclear) as error:
        return refilled(error, lambda sentence: _form(request.form, sentence))
    return went_well(f"/needs/{need}")


# --- what becomes of it


@needs.get("/<need>")
@allow(ANY_OFFICER)
def one(need: str) -> str:
    """One need and what became of it."""
    village = parts().village()
    shown = village.need(NeedId(need))
    return render_template(
        "needs/need.html",
        village=village,
        need=shown,
        shelf=Shelf.of(shown).value,
        joint=JOINT.get(shown.standing),
        overdue=shown.is_overdue(today()),
        day_of=day_of,
    )


@needs.get("/<need>/answer")
@allow(CONSOLE)
def answering(need: str) -> str:
    """The form for the answer."""
    return _answer_form(need, None)


def _answer_form(need: str, sentence: Sentence | None) -> str:
    village = parts().village()
    return render_template(
        "needs/answer.html",
        village=village,
        need=village.need(NeedId(need)),
        answers=ANSWERS,
        sentence=sentence,
        fields=request.form,
    )


@needs.post("/<need>/answer")
@allow(CONSOLE)
def answer(need: str) -> Answer:
    """答复需求."""
    try:
        carry_out(AnswerNeed(NeedId(need), said("answer", "答复")))
    except (Refused, Unclear) as error:
        return refilled(error, lambda sentence: _answer_form(need, sentence))
    return went_well(f"/needs/{need}")
