"""Quorum and majority as data: what a rule row (议事规则行) says, and how its arithmetic is done.

The rows in force by law stand in `statute`; a village may make its own stricter.

Thresholds are compared as integers, never as floats or percentages. “以上” includes the number itself,
“过半数” and “超过” do not (民法典 §1259). The base of the majority differs by body: that is the error which
gets resolutions annulled, so the row names it.
"""

from dataclasses import dataclass
from math import gcd

from kiosk.core.ballot_terms import Choice
from kiosk.core.terms import Base, Body, Capacity, RowId, Stage

FINEST = 100
"""The largest denominator of a share: what people can still say and check in their heads."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of a base (比例): `numerator`/`denominator`, with the number itself included or not."""

    numerator: int
    denominator: int
    inclusive: bool

    @property
    def makes_sense(self) -> bool:
        """Whether it is a share that can be reached, above nothing, in lowest terms: one share, one spelling."""
        if not 0 < self.numerator <= self.denominator <= FINEST:
            return False
        reachable = self.inclusive or self.numerator < self.denominator
        return reachable and gcd(self.numerator, self.denominator) == 1

    def at_least_as_strict_as(self, other: "Threshold") -> bool:
        """Whether, of any base, every count that reaches this share reaches the other too (不低于)."""
        mine = self.numerator * other.denominator
        others = other.numerator * self.denominator
        if mine == others:
            return other.inclusive or not self.inclusive
        return mine > others

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
ONE_THIRD = Threshold(1, 3, inclusive=True)  # 三分之一以上

THREE_ANSWERS = (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """How one body meets and decides one sort of question (议事规则行).

    Attributes:
        id: which row it is.
        body: who meets.
        stage: the stage of 四议两公开 in which this body deliberates.
        quorum: share of those entitled who must be present.
        quorum_basis: where that stands.
        options: the answers a voter may choose from, in their order.
        decisive: the answer that is held against the majority; 赞成, but 不满意 in an appraisal.
        majority: share of `majority_base` that `decisive` must reach.
        majority_base: of whom the majority is counted.
        majority_basis: where that stands.
        notice_days: whole days between notice and meeting.
        notice_basis: where that stands.
        urgent_notice: whether notice may be shorter for a stated reason (临时通知).
        voters: the capacities that have a vote; everybody else attends (列席).
        voters_basis: where that stands.
        by_household: one household, one ballot.
        returns_to: the stage to which a matter goes back that did not carry here (退回).
        recused_leave: whether recused members leave the base; by law nobody does.
        women: least share of women among those entitled, where a rule asks for it.
        women_basis: where that stands.
        proxies: for how many absent people one person may vote (书面委托), each by a letter; 0 where nobody may.
        proxies_basis: where that stands.
        contest: whether voters choose among candidates (推选); `options` and `decisive` are then of each candidate.

    """

    id: RowId
    body: Body
    stage: Stage
    quorum: Threshold
    quorum_basis: str
    options: tuple[Choice, ...]
    decisive: Choice
    majority: Threshold
    majority_base: Base
    majority_basis: str
    notice_days: int
    notice_basis: str
    urgent_notice: bool
    voters: tuple[Capacity, ...]
    voters_basis: str
    by_household: bool
    returns_to: Stage
    recused_leave: bool = False
    women: Threshold | None = None
    women_basis: str = ""
    proxies: int = 0
    proxies_basis: str = ""
    contest: bool = False

    def base_count(self, *, entitled: int, present: int, recused: int = 0) -> int:
        """The number of people the majority is counted of."""
        base = entitled if self.majority_base is Base.ENTITLED else present
        return base - recused if self.recused_leave else base
