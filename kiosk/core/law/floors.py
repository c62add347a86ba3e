"""What national law fixes of each rule row (法律底线), and whether a changed row would fall below it.

The law's part of a row is every number whose basis is an article; the rest is the village's own. A village may be
stricter than the law, never laxer, and it does not choose who has a vote.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from kiosk.core.law.rules import HALF, RuleRow, Threshold
from kiosk.core.law.statute import BRANCH_RULES, LOCAL_DEFAULT, ROWS
from kiosk.core.refusals import Reason, Refused, require_text
from kiosk.core.terms import DELIBERATIONS, Base, Capacity, RowId


class Part(Enum):
    """A part of a rule row that law may fix (规则项)."""

    QUORUM = "quorum"  # 到会人数
    MAJORITY = "majority"  # 通过票数
    BASE = "base"  # 计算基数
    NOTICE = "notice"  # 通知天数
    VOTERS = "voters"  # 表决权人
    WOMEN = "women"  # 妇女比例


class Flaw(Enum):
    """What is wrong with a changed row before any law is asked (规则行差错)."""

    SHAPE = "shape"  # 会议、环节、选项不由村里改
    SHARE = "share"  # 比例写错
    DAYS = "days"  # 通知天数写错
    ELECTORATE = "electorate"  # 表决权人空缺或重复
    RETURN = "return"  # 退回的环节写错


NOTICE_DAYS = range(61)
"""A notice is given at most two months ahead; a typing error is not a rule."""


@dataclass(frozen=True, slots=True)
class Floor:
    """The law's part of one row (法律底线), each with its article; None where the law fixes nothing.

    Attributes:
        quorum: least share of those entitled who must be present.
        quorum_basis: its article.
        majority: least share of the base.
        base: of whom the majority is counted.
        majority_basis: the article of both.
        notice_days: least whole days of notice.
        urgent_notice: whether the law lets notice be shorter for a stated reason.
        notice_basis: the article of both.
        electorates: the sets of capacities of which one must have the vote.
        voters_basis: its article.
        women: least share of women.
        women_basis: its article.

    """

    quorum: Threshold | None
    quorum_basis: str
    majority: Threshold | None
    base: Base | None
    majority_basis: str
    notice_days: int | None
    urgent_notice: bool
    notice_basis: str
    electorates: tuple[frozenset[Capacity], ...]
    voters_basis: str
    women: Threshold | None
    women_basis: str


@dataclass(frozen=True, slots=True)
class Undercut:
    """The part in which a row falls below the law (低于法律规定), and the article."""

    part: Part
    basis: str


def undercuts(row: RuleRow, floor: Floor) -> Undercut | None:
    """The first part in which the row is laxer than the law; None where it is lawful.

    Recused members may leave the base where the village has so resolved: no national law speaks of it.
    """
    parts = (
        (Part.QUORUM, floor.quorum_basis, _is_laxer(row.quorum, floor.quorum)),
        (Part.MAJORITY, floor.majority_basis, _is_laxer(row.majority, floor.majority)),
        (Part.BASE, floor.majority_basis, _is_smaller(row.majority_base, floor.base)),
        (Part.NOTICE, floor.notice_basis, _is_shorter(row, floor)),
        (Part.VOTERS, floor.voters_basis, frozenset(row.voters) not in floor.electorates),
        (Part.WOMEN, floor.women_basis, _is_laxer(row.women, floor.women)),
    )
    return next((Undercut(part, basis) for part, basis, broken in parts if broken), None)


def _is_laxer(share: Threshold | None, floor: Threshold | None) -> bool:
    return floor is not None and not (share and share.at_least_as_strict_as(floor))


def _is_smaller(base: Base, floor: Base | None) -> bool:
    # Those present are never more than those entitled, so the same share of them is never more.
    return floor is Base.ENTITLED and base is Base.PRESENT


def _is_shorter(row: RuleRow, floor: Floor) -> bool:
    if floor.notice_days is None:
        return False
    return row.notice_days < floor.notice_days or (row.urgent_notice and not floor.urgent_notice)


def _floor(row: RuleRow) -> Floor:
    """What law fixes of a row as it stands in the statute."""
    majority_is_law = _is_law(row.majority_basis)
    return Floor(
        quorum=row.quorum if _is_law(row.quorum_basis) else None,
        quorum_basis=row.quorum_basis,
        majority=row.majority if majority_is_law else None,
        base=row.majority_base if majority_is_law else None,
        majority_basis=row.majority_basis,
        notice_days=row.notice_days if _is_law(row.notice_basis) else None,
        urgent_notice=row.urgent_notice,
        notice_basis=row.notice_basis,
        electorates=(frozenset(row.voters),),
        voters_basis=row.voters_basis,
        women=row.women,
        women_basis=row.women_basis,
    )


def _is_law(basis: str) -> bool:
    return not basis.startswith(LOCAL_DEFAULT)


_DERIVED = {row.id: _floor(row) for row in ROWS.values()}

FLOORS: Mapping[RowId, Floor] = {
    **_DERIVED,
    # A branch too small for a committee proposes in its meeting (党员七人以下的支部不设支委会).
    RowId.PARTY_COMMITTEE: replace(
        _DERIVED[RowId.PARTY_COMMITTEE],
        electorates=(
            frozenset({Capacity.PARTY_COMMITTEE_MEMBER}),
            frozenset({Capacity.PARTY_MEMBER}),
        ),
    ),
    # The statute's row is stricter than the Party's rules here.
    RowId.PARTY_MEETING: replace(
        _DERIVED[RowId.PARTY_MEETING], quorum=HALF, quorum_basis=BRANCH_RULES
    ),
}
"""The floor of each row."""


def require_lawful_row(row: RuleRow) -> None:
    """Hold a changed row to the law (议事规则行审核): a village may be stricter than the law, never laxer.

    Refused: TEXT_MISSING where a part has no basis; ROW_MALFORMED with its `Flaw`; UNDERCUTS_LAW with the `Part` that
    is too lax, and its article.
    """
    women = [row.women_basis] if row.women else []
    require_text(row.quorum_basis, row.majority_basis, row.notice_basis, row.voters_basis, *women)
    flaw = _flaw(row)
    if flaw is not None:
        raise Refused(Reason.ROW_MALFORMED, {"what": flaw.value})
    undercut = undercuts(row, FLOORS[row.id])
    if undercut is not None:
        raise Refused(Reason.UNDERCUTS_LAW, {"what": undercut.part.value}, undercut.basis)


def _flaw(row: RuleRow) -> Flaw | None:
    shares = [row.quorum, row.majority, *([row.women] if row.women else [])]
    back = DELIBERATIONS[: DELIBERATIONS.index(ROWS[row.id].stage) + 1]
    flaws = (
        (Flaw.SHAPE, not _keeps_its_shape(row)),
        (Flaw.SHARE, not all(share.makes_sense for share in shares)),
        (Flaw.DAYS, row.notice_days not in NOTICE_DAYS),
        (Flaw.ELECTORATE, not 0 < len(row.voters) == len(set(row.voters))),
        (Flaw.RETURN, row.returns_to not in back),
    )
    return next((flaw for flaw, found in flaws if found), None)


def _keeps_its_shape(row: RuleRow) -> bool:
    """Whether it is the same body asking the same question, and lets nobody vote for more others than the law."""
    law = ROWS[row.id]
    if not 0 <= row.proxies <= law.proxies or bool(row.proxies) != bool(row.proxies_basis):
        return False
    return (row.body, row.stage, row.options, row.decisive, row.by_household, row.contest) == (
        law.body,
        law.stage,
        law.options,
        law.decisive,
        law.by_household,
        law.contest,
    )
