"""议事规则: every rule row in force with its arithmetic for this village; one row changed, seen before it is saved."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, render_template, request

from kiosk import wording
from kiosk.core.ballot_terms import Choice
from kiosk.core.commands import ChangeRow
from kiosk.core.events import RowChanged
from kiosk.core.journal import Entry
from kiosk.core.law.floors import NOTICE_DAYS, require_lawful_row
from kiosk.core.law.roll import seats_with_vote, women_share
from kiosk.core.law.rules import RuleRow, Threshold
from kiosk.core.law.statute import ROWS
from kiosk.core.meetings.convening import GROUP_BODIES
from kiosk.core.refusals import Refused
from kiosk.core.terms import Base, RowId
from kiosk.web.access import ADMIN, ANY_OFFICER, allow, visitor
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.filling import Answer
from kiosk.web.forms import member, number
from kiosk.web.naming import Names
from kiosk.web.parts import parts, today
from kiosk.web.settings.chronicle import entries
from kiosk.web.settings.resolving import (
    APPROVERS,
    BASES,
    Resolved,
    approver_told,
    basis_told,
    effect,
    require_change,
    resolved,
)
from kiosk.web.settings.rows import (
    SHARES,
    WOMEN,
    electorates,
    rebased,
    share_code,
    voters_code,
    wished,
)
from kiosk.wording import Sentence

rulebook = Blueprint("rulebook", __name__, url_prefix="/admin/rules")

UNSAID = "本村议事规则"
"""What a part rests on in a preview, before the basis is told."""


@rulebook.get("/")
@allow(ANY_OFFICER)
def listed() -> str:
    """Every row in force in a few words, and what the village changed last."""
    found, names = entries([RowChanged]), Names()
    histories = {row: _history(found, row, names) for row in RowId}
    shown = [
        {
            "id": row.id.value,
            "name": wording.RULE_ROWS[row.id],
            "said": wording.row_in_words(row)[:4],
            "asks": "" if row.decisive is Choice.FOR else wording.row_in_words(row)[1].label,
            "changed": histories[row.id][0] if len(histories[row.id]) > 1 else None,
        }
        for row in parts().village().rows.values()
    ]
    return render_template("admin/rules.html", village=parts().village(), rows=shown)


def _history(found: list[Entry], row: RowId, names: Names) -> list[Resolved]:
    stated = [
        (entry, entry.event.basis, entry.event.approver, entry.event.row)
        for entry in found
        if isinstance(entry.event, RowChanged) and entry.event.row.id is row
    ]
    return resolved(stated, wording.row_changes, names)


@rulebook.get("/<row>")
@allow(ANY_OFFICER)
def one(row: str) -> str:
    """One row: each part with its article, worked examples, what changed when and by whom."""
    shown = _row(row)
    return render_template(
        "admin/rules_row.html",
        village=parts().village(),
        id=row,
        name=wording.RULE_ROWS[shown.id],
        body=wording.BODIES[shown.body],
        said=wording.row_in_words(shown),
        worked=_worked(shown),
        history=_history(entries([RowChanged]), shown.id, Names()),
        may_change=ADMIN.admits(visitor()),
    )


def _row(row: str) -> RuleRow:
    return parts().village().rows[member(RowId, row)]


def _worked(row: RuleRow) -> list[tuple[str, tuple[str, ...]]]:
    """Worked examples at the boundary for those who are entitled by the register of today: (of whom, sentences).

    A row of a group is worked out for every group.
    """
    people = parts().register.people(parts().home)
    groups = sorted({p.group for p in people if p.group}) if row.body in GROUP_BODIES else [0]
    worked = []
    for group in groups:
        seats = seats_with_vote(row, people, today(), group=group)
        if not seats:
            continue
        women = women_share(row, seats)
        now = (f"妇女现在{women.count}人：{wording.inequality(women)}",) if women else ()
        sentences = (*wording.row_examples(row, len(seats)), *now)
        worked.append((wording.group(group) if group else "", sentences))
    return worked


# --- changing one


@rulebook.get("/<row>/change")
@allow(ADMIN)
def changing(row: str) -> str:
    """The form for one row."""
    return _form(_row(row), None)


def _form(row: RuleRow, sentence: Sentence | None, wish: RuleRow | None = None) -> str:
    fields = request.form if request.method == "POST" else _fields(row)
    shares = [(share_code(share), wording.threshold_name(share)) for share in _shares(row)]
    return render_template(
        "admin/rules_change.html",
        village=parts().village(),
        id=row.id.value,
        name=wording.RULE_ROWS[row.id],
        unit="户" if row.by_household else "人",
        outcome=wording.outcome(row, carried=True),
        decisive=wording.decisive(row),
        sentence=sentence,
        fields=fields,
        shares=shares,
        bases=[(base.value, wording.BASES[base]) for base in Base],
        women=[("", "不要求"), *((share_code(w), wording.threshold_name(w)) for w in _women(row))],
        electorates=[
            (voters_code(one), "、".join(wording.CAPACITIES[capacity] for capacity in one))
            for one in electorates(row)
        ],
        may_be_urgent=ROWS[row.id].urgent_notice,
        most_days=NOTICE_DAYS[-1],
        most_proxies=ROWS[row.id].proxies,
        grounds=BASES,
        approvers=APPROVERS,
        effect=None if wish is None else effect(_told(row), _told(wish)),
    )


def _shares(row: RuleRow) -> list[Threshold]:
    return list(dict.fromkeys([*SHARES, row.quorum, row.majority]))


def _women(row: RuleRow) -> list[Threshold]:
    return list(dict.fromkeys([*WOMEN, *([row.women] if row.women else [])]))


def _fields(row: RuleRow) -> Mapping[str, str]:
    """The row as the form carries it."""
    return {
        "quorum": share_code(row.quorum),
        "majority": share_code(row.majority),
        "base": row.majority_base.value,
        "notice_days": str(row.notice_days),
        "proxies": str(row.proxies),
        "urgent": "yes" if row.urgent_notice else "no",
        "voters": voters_code(row.voters),
        "recused_leave": "yes" if row.recused_leave else "no",
        "women": share_code(row.women),
    }


def _told(row: RuleRow) -> list[str]:
    """The row and what it means here, one line each, for the two columns of the preview."""
    worked = [sentence for _, sentences in _worked(row)[:1] for sentence in sentences]
    return [*map(str, wording.row_in_words(row)), *worked]


def _proxies(row: RuleRow) -> int:
    """The field is there only where the law lets people be represented (委托). Unclear."""
    if not ROWS[row.id].proxies or "proxies" not in request.form:
        return row.proxies
    return number("proxies", "一个人最多代几个人投票")


@rulebook.post("/<row>/change")
@allow(ADMIN)
def change(row: str) -> Answer:
    """看看效果 shows what it would mean; 保存规则 puts it in force."""
    old = _row(row)
    try:
        days = number("notice_days", "提前通知的天数")
        wish = replace(wished(old, request.form), notice_days=days, proxies=_proxies(old))
        if request.form.get("step") == "preview":
            wish = rebased(old, wish, UNSAID)
            require_lawful_row(wish)
            return _form(old, None, wish)
        basis, approver = basis_told(), approver_told()
        wish = rebased(old, wish, basis)
        require_change(old, wish)
        carry_out(ChangeRow(wish, basis, approver))
    except (Refused, Unclear) as error:
        return refilled(error, lambda sentence: _form(old, sentence))
    return went_well(f"/admin/rules/{row}")
