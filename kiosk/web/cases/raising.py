"""立项: what kind of matter, who decides it, what it says; tiles first, a form at the end.

What may not be is shown too, greyed with its article; who taps it gets the refusal from the rules themselves.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.commands import RaiseMatter
from kiosk.core.law.catalogue import Kind
from kiosk.core.refusals import Refused
from kiosk.core.terms import Body, KindId, MatterId, NeedId, Origin, PersonId, RowId
from kiosk.core.village import Village
from kiosk.store.register import Person
from kiosk.web.access import CONSOLE, allow
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.cases import candidates, kinds
from kiosk.web.forms import LINE, identifier, line, lines, member, money_fen, number, one_of
from kiosk.web.parts import parts, today
from kiosk.wording import Sentence
from kiosk.wording.ready import NAMED, ready

raising = Blueprint("raising", __name__, url_prefix="/matters/new")

Answer = Response | tuple[Response | str, int]

GAP = "____"
"""What a ready sentence leaves open: no proposal goes on file with one in it."""
TITLE_AT_MOST = 40


@raising.get("")
@allow(CONSOLE)
def wizard() -> str:
    """As far as the address says: the kind, who decides, the form."""
    return _page(request.args, None)


def _page(told: Mapping[str, str], sentence: Sentence | None) -> str:
    """The screen on which the next thing is to be chosen; after a refusal, the one on which it was chosen."""
    village = parts().village()
    kind = _kind(village, told.get("kind", ""))
    if kind is None or kind.forbidden:
        return kinds.kinds_page(village, told, sentence)
    row = told.get("row", "")
    if not row or RowId(row) not in kind.rows:
        return kinds.bodies_page(village, kind, told, sentence)
    if candidates.is_asked(village.rows[RowId(row)], told):
        return candidates.page(village, kind, RowId(row), told, sentence)
    return _form(village, kind, member(RowId, row), told, sentence)


def _kind(village: Village, kind: str) -> Kind | None:
    return village.kind(KindId(kind)) if kind else None


# --- the form


def _form(
    village: Village,
    kind: Kind,
    row: RowId,
    told: Mapping[str, str],
    sentence: Sentence | None,
) -> str:
    start = ready(kind.id)
    fields = {
        "matter": parts().new_token(),
        "proposal": "\n".join(start.clauses),
        "for_means": start.for_means,
        "against_means": start.against_means,
        "origin": Origin.VILLAGERS.value if told.get("need") else "",
    } | dict(told)
    people = parts().register.people(parts().home)
    ticked = told.getlist("needs") if isinstance(told, MultiDict) else []
    open_needs = [n for n in village.needs.values() if not n.is_settled]
    return render_template(
        "matters/raise.html",
        village=village,
        kind=kind,
        row=row.value,
        decides=wording.RULE_ROWS[row],
        sentence=sentence,
        fields=fields,
        most=TITLE_AT_MOST,
        line_most=LINE,
        origins=[(o.value, wording.ORIGINS[o]) for o in Origin],
        groups=[(str(n), f"{n}组") for n in _groups(people)]
        if kind.group and not village.rows[row].contest
        else [],
        comes_back=candidates.address(told) if village.rows[row].contest else "",
        contest=candidates.shown(told) if village.rows[row].contest else None,
        officers=_officers(people, today()) if row is RowId.APPRAISAL else [],
        asks_mandate=kind.mandate and village.rows[row].body is Body.REPRESENTATIVES,
        needs=[(n.id, n, n.id in {*ticked, told.get("need")}) for n in open_needs],
    )


def _groups(people: Iterable[Person]) -> list[int]:
    return sorted({person.group for person in people} - {0})


def _officers(people: Iterable[Person], on: date) -> list[tuple[str, str, str]]:
    """Who may be appraised: whoever holds a post in the two committees (村民委员会组织法第三十八条)."""
    appraised = {Body.PARTY_COMMITTEE, Body.TWO_COMMITTEES}
    village = parts().village()
    capacities = {c for row in village.rows.values() if row.body in appraised for c in row.voters}
    return [
        (person.id, person.name, person.title)
        for person in people
        if any(post.capacity in capacities and post.holds_on(on) for post in person.posts)
    ]


@raising.post("/candidates")
@allow(CONSOLE)
def pick_candidates() -> str:
    """候选人: one more, one less, another group; then the form, with everything that was typed in it."""
    return _page(*candidates.picked())


@raising.post("")
@allow(CONSOLE)
def put_on_file() -> Answer:
    """立项. A barred tile posts its kind and row alone: the rules refuse that first."""
    try:
        command = _asked_for(parts().village())
        carry_out(command)
    except (Refused, Unclear) as error:
        return refilled(error, lambda sentence: _page(request.form, sentence))
    return went_well(f"/matters/{command.matter}")


def _asked_for(village: Village) -> RaiseMatter:
    kind = village.kind(KindId(request.form.get("kind", "")))
    row = one_of(RowId, "row", "由谁决定")
    if kind.forbidden or row not in kind.rows:
        return _bare(kind, row)
    contest = candidates.given() if village.rows[row].contest else None
    proposal = lines("proposal", "方案")
    if any(GAP in clause for clause in proposal):
        raise Unclear(Sentence("方案里还有没填的空（____）。", "请填好，或者删掉那一条。"))
    appraised = request.form.get("appraised", "")
    return RaiseMatter(
        matter=MatterId(identifier("matter")),
        kind=kind.id,
        row=row,
        title=line("title", "名称", TITLE_AT_MOST),
        origin=one_of(Origin, "origin", "动议事由"),
        group=number("group", "村民小组") if request.form.get("group") else 0,
        amount_fen=money_fen("amount", "金额"),
        proposal=proposal,
        for_means=NAMED[0] if contest else line("for_means", "赞成意味着"),
        against_means=NAMED[1] if contest else line("against_means", "反对意味着"),
        mandate=line("mandate", "授权"),
        needs=tuple(NeedId(need) for need in request.form.getlist("needs")),
        appraised=PersonId(appraised) if appraised else None,
        contest=contest,
    )


def _bare(kind: Kind, row: RowId) -> RaiseMatter:
    return RaiseMatter(
        matter=MatterId(parts().new_token()),
        kind=kind.id,
        row=row,
        title="",
        origin=Origin.OFFICERS,
        group=0,
        amount_fen=0,
        proposal=(),
        for_means="",
        against_means="",
    )
