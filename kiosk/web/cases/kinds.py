"""The first two screens of 立项: which kind of matter, and who decides it; tiles, with what the law says to each."""

from collections.abc import Iterable, Mapping

from flask import render_template

from kiosk import wording
from kiosk.core.law.catalogue import Kind
from kiosk.core.law.roll import seats_with_vote
from kiosk.core.law.rules import RuleRow
from kiosk.core.terms import Base, Body, RowId
from kiosk.core.village import Village
from kiosk.store.register import Person
from kiosk.web.parts import parts, today
from kiosk.wording import Sentence

ALL_TWO_THIRDS = frozenset(
    {RowId.MEMBERS, RowId.MEMBER_REPRESENTATIVES, RowId.ALL_REPRESENTATIVES, RowId.ALL_VILLAGERS}
)
CONTESTS = frozenset({RowId.CONTEST, RowId.GROUP_CONTEST})
GROUPS = (
    "村民会议定，授权后村民代表会议可以定",
    "只能由村民会议定",
    "全体三分之二以上同意才能定",
    "村民小组定",
    "民主评议",
    "推选",
    "法律不允许办",
)
"""How the kinds are grouped on the page: by who may decide them, as the catalogue itself says it."""


def _group_of(kind: Kind) -> str:
    mandated, assembly, all_of_them, small_group, appraisal, contest, forbidden = GROUPS
    if kind.forbidden:
        return forbidden
    if CONTESTS & set(kind.rows):
        return contest
    if kind.group:
        return small_group
    if RowId.APPRAISAL in kind.rows:
        return appraisal
    if ALL_TWO_THIRDS & set(kind.rows):
        return all_of_them
    return mandated if kind.mandate else assembly


def kinds_page(village: Village, told: Mapping[str, str], sentence: Sentence | None) -> str:
    """Every kind of the catalogue, by who may decide it; what may not be is greyed with its article."""
    kinds = village.catalogue.kinds if village.catalogue else ()
    groups = {name: [k for k in kinds if _group_of(k) == name] for name in GROUPS}
    return render_template(
        "matters/kinds.html",
        village=village,
        sentence=sentence,
        groups={name: of_group for name, of_group in groups.items() if of_group},
        need=told.get("need", ""),
        any_row=RowId.REPRESENTATIVES.value,
    )


def bodies_page(
    village: Village, kind: Kind, told: Mapping[str, str], sentence: Sentence | None
) -> str:
    """Who may decide this kind, each with its arithmetic; who may not, with the article."""
    people = parts().register.people(parts().home)
    return render_template(
        "matters/bodies.html",
        village=village,
        kind=kind,
        sentence=sentence,
        need=told.get("need", ""),
        rows=[_row_tile(village.rows[row], people) for row in kind.rows],
        bars=[
            {
                "row": bar.row.value,
                "name": wording.RULE_ROWS[bar.row],
                "basis": bar.basis,
            }
            for bar in kind.bars
        ],
    )


def _row_tile(row: RuleRow, people: Iterable[Person]) -> dict[str, object]:
    entitled = 0 if row.body in {Body.GROUP, Body.GROUP_HOUSEHOLDS} else _count(row, people)
    return {
        "row": row.id.value,
        "name": wording.RULE_ROWS[row.id],
        "body": wording.BODIES[row.body],
        "quorum": f"应到{_unit(row)}数的{wording.threshold_name(row.quorum)}到会",
        "majority": f"{_base(row)}{_unit(row)}数的{wording.threshold_name(row.majority)}"
        f"{wording.decisive(row)}，{wording.outcome(row, carried=True)}",
        "example": wording.examples(row, entitled)[0] if entitled else "",
        "basis": "；".join(dict.fromkeys((row.quorum_basis, row.majority_basis))),
        "notice": f"提前{row.notice_days}天通知",
    }


def _count(row: RuleRow, people: Iterable[Person]) -> int:
    return len(seats_with_vote(row, people, today()))


def _unit(row: RuleRow) -> str:
    return "户" if row.by_household else "人"


def _base(row: RuleRow) -> str:
    return "应到" if row.majority_base is Base.ENTITLED else "到会"
