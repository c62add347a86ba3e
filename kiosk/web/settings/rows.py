"""A rule row out of a form (议事规则行): shares as tiles, and the basis of each part that was changed.

Whether the row is lawful is asked of the core; here stands only how it is put together.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from kiosk.core.law.floors import FLOORS, Floor
from kiosk.core.law.rules import HALF, ONE_THIRD, OVER_HALF, TWO_THIRDS, RuleRow, Threshold
from kiosk.core.law.statute import ROWS
from kiosk.core.refusals import Malformed
from kiosk.core.terms import Base, Capacity

SHARES = (
    HALF,
    OVER_HALF,
    TWO_THIRDS,
    Threshold(3, 4, inclusive=True),
    Threshold(4, 5, inclusive=True),
)
"""What a village chooses its quorum and its majority from."""
WOMEN = (ONE_THIRD, HALF)
"""What a village chooses the women's share from, besides none."""

_SHARE = re.compile(r"([0-9]{1,3})-([0-9]{1,3})-(with|over)")
_RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "quorum_basis": ("quorum",),
    "majority_basis": ("majority", "majority_base", "recused_leave"),
    "notice_basis": ("notice_days", "urgent_notice"),
    "voters_basis": ("voters",),
    "women_basis": ("women",),
}
"""Which parts of a row rest on which of its bases."""


def share_code(share: Threshold | None) -> str:
    """A share as a form carries it: 2-3-with is 三分之二以上, 1-2-over is 过半数; empty for none."""
    if share is None:
        return ""
    return f"{share.numerator}-{share.denominator}-{'with' if share.inclusive else 'over'}"


def share_of(code: str) -> Threshold:
    """The share of a form. Malformed where it is none; whether it makes sense the core says."""
    found = _SHARE.fullmatch(code)
    if found is None:
        raise Malformed("share")
    return Threshold(int(found[1]), int(found[2]), inclusive=found[3] == "with")


def voters_code(voters: tuple[Capacity, ...]) -> str:
    """Capacities as a form carries them."""
    return " ".join(capacity.value for capacity in voters)


def electorates(row: RuleRow) -> list[tuple[Capacity, ...]]:
    """The sets of voters of which the law lets a village choose one (表决权人), the row's own first."""
    others = [
        tuple(sorted(one, key=lambda capacity: capacity.value))
        for one in FLOORS[row.id].electorates
        if one != frozenset(row.voters)
    ]
    return [row.voters, *others]


def wished(row: RuleRow, form: Mapping[str, str]) -> RuleRow:
    """The row with what the form says, on the bases it had. Malformed where a field is none of its tiles."""
    women = form.get("women", "")
    try:
        return replace(
            row,
            quorum=share_of(form.get("quorum", "")),
            majority=share_of(form.get("majority", "")),
            majority_base=Base(form.get("base", "")),
            urgent_notice=_yes(form, "urgent"),
            voters=tuple(Capacity(value) for value in form.get("voters", "").split()),
            recused_leave=_yes(form, "recused_leave"),
            women=share_of(women) if women else None,
        )
    except ValueError as error:
        raise Malformed("row") from error


def _yes(form: Mapping[str, str], field: str) -> bool:
    given = form.get(field, "")
    if given not in {"yes", "no"}:
        raise Malformed(field)
    return given == "yes"


def rebased(old: RuleRow, new: RuleRow, basis: str) -> RuleRow:
    """The new row with a basis for each part that changed: what the village resolved, and the article above it.

    A part that is back where the law has it rests on the law again; one that stayed keeps its basis.
    """
    law, floor = ROWS[new.id], FLOORS[new.id]
    bases = {}
    for field, names in _RESTS_ON.items():
        if _same(new, law, names):
            bases[field] = getattr(law, field)
        elif _same(new, old, names):
            bases[field] = getattr(old, field)
        else:
            bases[field] = _resolved(floor, field, names[0], basis)
    return replace(new, **bases, proxies_basis=_proxies_basis(old, new, basis))


def _proxies_basis(old: RuleRow, new: RuleRow, basis: str) -> str:
    """On what it rests that one may vote for so many absent people (委托); nothing where nobody may."""
    law = ROWS[new.id]
    if not new.proxies:
        return ""
    if new.proxies == law.proxies:
        return law.proxies_basis
    if new.proxies == old.proxies:
        return old.proxies_basis
    return f"{basis}，不宽于{law.proxies_basis}"


def _same(one: RuleRow, other: RuleRow, names: tuple[str, ...]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _resolved(floor: Floor, field: str, name: str, basis: str) -> str:
    """The village's own basis, and above it the article where the law fixes the part."""
    fixed = name == "voters" or getattr(floor, name) is not None
    article = getattr(floor, field) if fixed else ""
    return f"{basis}，不低于{article}" if basis and article else basis
