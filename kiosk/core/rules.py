"""Quorum and majority as data: one row a body, each with the article it stands on (议事规则行).

Thresholds are compared as integers, never as floats or percentages. “以上” includes the number itself,
“过半数” and “超过” do not (民法典 §1259). The base of the majority differs by body: that is the error which
gets resolutions annulled, so the row names it.
"""

from dataclasses import dataclass

from kiosk.core.terms import Base, Body, Capacity, Stage


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of a base: `numerator`/`denominator`, with the number itself included or not."""

    numerator: int
    denominator: int
    inclusive: bool

    def compare(self, count: int, base: int) -> "Comparison":
        """Lay out `count × denominator` against `base × numerator`."""
        return Comparison(count, base, self)

    def least(self, base: int) -> int:
        """The smallest whole count that reaches this share of the base."""
        product = base * self.numerator
        if self.inclusive:
            return -(-product // self.denominator)
        return product // self.denominator + 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """One inequality with all its numbers, ready to be printed: `left ≥ right` or `left > right`."""

    count: int
    base: int
    threshold: Threshold

    @property
    def left(self) -> int:
        """Count times denominator."""
        return self.count * self.threshold.denominator

    @property
    def right(self) -> int:
        """Base times numerator."""
        return self.base * self.threshold.numerator

    @property
    def holds(self) -> bool:
        """Whether the threshold is reached; never of an empty base, where nobody could decide."""
        if self.base == 0:
            return False
        return self.left >= self.right if self.threshold.inclusive else self.left > self.right


TWO_THIRDS = Threshold(2, 3, inclusive=True)  # 三分之二以上
HALF = Threshold(1, 2, inclusive=True)  # 半数以上
OVER_HALF = Threshold(1, 2, inclusive=False)  # 过半数


@dataclass(frozen=True, slots=True)
class RuleRow:
    """How one body meets and decides.

    Attributes:
        body: whose row it is.
        stage: the stage of 四议两公开 in which this body deliberates.
        quorum: share of those entitled who must be present.
        quorum_basis: where that stands.
        majority: share of `majority_base` that must be 赞成.
        majority_base: of whom the majority is counted.
        majority_basis: where that stands.
        notice_days: whole days between notice and meeting.
        voters: the capacities that have a vote; everybody else attends (列席).
        voters_basis: where that stands.

    """

    body: Body
    stage: Stage
    quorum: Threshold
    quorum_basis: str
    majority: Threshold
    majority_base: Base
    majority_basis: str
    notice_days: int
    voters: frozenset[Capacity]
    voters_basis: str

    def base_count(self, *, entitled: int, present: int) -> int:
        """The number of people the majority is counted of."""
        return entitled if self.majority_base is Base.ENTITLED else present


LOCAL_DEFAULT = "本村议事规则（默认）"

ROWS: dict[Body, RuleRow] = {
    row.body: row
    for row in (
        RuleRow(
            body=Body.PARTY_COMMITTEE,
            stage=Stage.PROPOSAL,
            quorum=HALF,
            quorum_basis=LOCAL_DEFAULT,
            majority=OVER_HALF,
            majority_base=Base.ENTITLED,
            majority_basis=LOCAL_DEFAULT,
            notice_days=1,
            voters=frozenset({Capacity.PARTY_COMMITTEE_MEMBER}),
            voters_basis=LOCAL_DEFAULT,
        ),
        RuleRow(
            body=Body.TWO_COMMITTEES,
            stage=Stage.CONSULTATION,
            quorum=TWO_THIRDS,
            quorum_basis=LOCAL_DEFAULT,
            majority=OVER_HALF,
            majority_base=Base.ENTITLED,
            majority_basis=LOCAL_DEFAULT,
            notice_days=1,
            voters=frozenset({Capacity.PARTY_COMMITTEE_MEMBER, Capacity.VILLAGE_COMMITTEE_MEMBER}),
            voters_basis=LOCAL_DEFAULT,
        ),
        RuleRow(
            body=Body.PARTY_MEETING,
            stage=Stage.REVIEW,
            quorum=TWO_THIRDS,
            quorum_basis=f"{LOCAL_DEFAULT}，严于中国共产党支部工作条例（试行）第十一条",
            majority=OVER_HALF,
            majority_base=Base.ENTITLED,
            majority_basis="中国共产党支部工作条例（试行）第十一条",
            notice_days=3,
            voters=frozenset({Capacity.PARTY_MEMBER}),
            voters_basis="中国共产党支部工作条例（试行）第十一条",
        ),
        RuleRow(
            body=Body.REPRESENTATIVES,
            stage=Stage.DECISION,
            quorum=TWO_THIRDS,
            quorum_basis="村民委员会组织法第三十条",
            majority=OVER_HALF,
            majority_base=Base.PRESENT,
            majority_basis="村民委员会组织法第三十条",
            notice_days=3,
            voters=frozenset({Capacity.VILLAGE_COMMITTEE_MEMBER, Capacity.REPRESENTATIVE}),
            voters_basis="村民委员会组织法第二十九条、第三十条",
        ),
    )
}
"""The rule rows in force, by body; `rules.md` §2 of the founders, rows 1 to 4A."""
