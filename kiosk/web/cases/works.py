"""The works (实施) of a resolution: who answers for them, contract, start, progress, acceptance, inspection."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from flask import Blueprint, render_template, request

from kiosk.core.commands import (
    AssignWorks,
    Command,
    InspectWorks,
    RecordContract,
    ReportProgress,
    RequestAcceptance,
    StartWorks,
)
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.works import Works
from kiosk.core.terms import Capacity, MatterId, PersonId, Role, day_of
from kiosk.store.register import Person
from kiosk.web.access import CONSOLE, SUPERVISION, allow
from kiosk.web.answers import Unclear, carry_out
from kiosk.web.filling import Answer, amount_fen, day_told, fill_in, said, yes_or_no
from kiosk.web.forms import line, yuan
from kiosk.web.parts import parts
from kiosk.wording import Sentence

works = Blueprint("works", __name__, url_prefix="/matters")

DEADLINES = (30, 60, 90, 180, 365)
"""Days from today that are offered as tiles for the deadline."""
DONE = (
    "材料已经进场。",
    "基础工程已经完成。",
    "主体工程已经完成一半。",
    "主体工程已经完成。",
    "正在收尾。",
)
FINDINGS = (
    "已经按决议全部完成，请求验收。",
    "主要内容已经完成，留有少量收尾，请求验收。",
)
ACCEPTED = ("本人到场验收，数量、质量、用款与决议相符，同意验收。",)
NOT_ACCEPTED = (
    "本人到场验收，工程没有完成，不同意验收。",
    "本人到场验收，质量不合要求，请返工后再验收。",
    "本人到场验收，用款与票据不符，请核对后再验收。",
)
_LEADERS = {Capacity.VILLAGE_COMMITTEE_MEMBER, Capacity.PARTY_COMMITTEE_MEMBER}


def _today() -> date:
    return day_of(parts().kiosk.now())


def _page(
    matter: str,
    template: str,
    command: Callable[[Matter], Command],
    fields: Callable[[Works | None], Mapping[str, str]] = lambda _works: {},
    back: str = "",
    **more: object,
) -> Answer:
    """One form about the works of a matter; once it is sent, on to the matter or to `back`."""
    village = parts().village()
    about = village.matter(MatterId(matter))
    home = back or f"/matters/{about.id}#works"

    def act() -> str:
        carry_out(command(about))
        return home

    def draw(no: Sentence | None) -> str:
        return render_template(
            f"matters/{template}",
            village=village,
            matter=about,
            today=_today(),
            sentence=no,
            fields=request.form if request.method == "POST" else fields(about.works),
            back=home,
            **more,
        )

    return fill_in(act, draw)


@works.route("/<matter>/works/assign", methods=["GET", "POST"])
@allow(CONSOLE)
def assign(matter: str) -> Answer:
    """定实施责任人: who, until when, with how much money."""
    people = {person.id: person for person in _candidates()}

    def command(about: Matter) -> Command:
        owner = people.get(PersonId(request.form.get("owner", "")))
        if owner is None:
            raise Unclear(Sentence("还没有选责任人。", "请点一个名字。"))
        deadline = day_told("deadline", "完工期限")
        return AssignWorks(about.id, owner.id, owner.name, deadline, amount_fen("budget", "预算"))

    today = _today()
    days = [(n, today + timedelta(days=n)) for n in DEADLINES]
    amount = parts().village().matter(MatterId(matter)).amount_fen
    return _page(
        matter,
        "follow_assign.html",
        command,
        lambda _works: {"budget": yuan(amount)},
        people=list(people.values()),
        days=days,
    )


def _candidates() -> list[Person]:
    """Who may answer for works: members of both committees, then officers; never who will supervise them."""
    on = _today()

    def leads(person: Person) -> bool:
        return any(p.capacity in _LEADERS and p.holds_on(on) for p in person.posts)

    def supervises(person: Person) -> bool:
        posts = (p.capacity for p in person.posts if p.holds_on(on))
        return Role.SUPERVISOR in person.roles or Capacity.SUPERVISOR in posts

    everybody = parts().register.people(parts().home)
    found = [p for p in everybody if (p.roles or leads(p)) and not supervises(p)]
    return sorted(found, key=lambda person: not leads(person))


@works.route("/<matter>/works/contract", methods=["GET", "POST"])
@allow(CONSOLE)
def contract(matter: str) -> Answer:
    """登记合同: with whom, for how much, and the day that is written on it."""

    def command(about: Matter) -> Command:
        contractor = line("contractor", "承包人")
        amount, dated = amount_fen("amount", "合同金额"), day_told("dated", "合同日期")
        return RecordContract(about.id, contractor, amount, dated)

    fields = {"dated": _today().isoformat()}
    yesterday = _today() - timedelta(days=1)
    return _page(
        matter, "follow_contract.html", command, lambda _works: fields, yesterday=yesterday
    )


@works.route("/<matter>/works/start", methods=["GET", "POST"])
@allow(CONSOLE)
def start(matter: str) -> Answer:
    """登记开工; while the resolution still hangs it says first that this will be flagged."""
    return _page(matter, "follow_start.html", lambda about: StartWorks(about.id))


@works.route("/<matter>/works/progress", methods=["GET", "POST"])
@allow(CONSOLE)
def report(matter: str) -> Answer:
    """报进度: what is done, and the money spent in all so far."""

    def command(about: Matter) -> Command:
        told = said("text", "进度")
        return ReportProgress(about.id, told, amount_fen("spent", "累计支出"))

    return _page(matter, "follow_progress.html", command, _spent_so_far("spent"), ready=DONE)


@works.route("/<matter>/works/finish", methods=["GET", "POST"])
@allow(CONSOLE)
def finish(matter: str) -> Answer:
    """申请验收: it is done, and what it cost."""

    def command(about: Matter) -> Command:
        told = said("findings", "完成情况")
        return RequestAcceptance(about.id, told, amount_fen("actual", "实际支出"))

    return _page(matter, "follow_finish.html", command, _spent_so_far("actual"), ready=FINDINGS)


def _spent_so_far(field: str) -> Callable[[Works | None], Mapping[str, str]]:
    """The pad begins with the money that was told last."""
    return lambda known: {
        field: yuan(known.spent_fen) if known else "",
        "findings": FINDINGS[0],
    }


@works.route("/<matter>/works/inspect", methods=["GET", "POST"])
@allow(SUPERVISION)
def inspect(matter: str) -> Answer:
    """验收: a member of the 监委会, at his own sign-in, accepts the works or does not."""
    accepted = yes_or_no("accepted")
    ready = ACCEPTED if accepted else NOT_ACCEPTED

    def command(about: Matter) -> Command:
        told = said("statement", "验收意见")
        return InspectWorks(about.id, bool(accepted), told)

    return _page(
        matter,
        "follow_inspect.html",
        command,
        lambda _works: {"statement": ready[0]} if accepted else {},
        back="/supervision/",
        accepted=accepted,
        ready=ready,
    )
