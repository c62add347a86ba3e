"""From ballots to four counts to an outcome (计票): integers only, whole arithmetic kept.

- The four counts 赞成 + 反对 + 弃权 + 未表决 always sum to those present and entitled.
- Abstentions and unused votes stay in the base; so do recused members, who have no ballot: no national rule
  lets them leave it, and 村民委员会组织法 §30 counts 到会人员.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kiosk.core.law.rules import Comparison, RuleRow
from kiosk.core.terms import Choice, PersonId


@dataclass(frozen=True, slots=True)
class Count:
    """How many gave one answer."""

    choice: Choice
    count: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many gave each answer, how many none (未表决), and how many of those stood aside (其中回避)."""

    counts: tuple[Count, ...]
    unused: int
    recused: int

    def of(self, choice: Choice) -> int:
        """How many gave this answer; 0 for one that was not offered."""
        return next((c.count for c in self.counts if c.choice is choice), 0)

    @property
    def cast(self) -> int:
        """Ballots cast (已表决)."""
        return sum(c.count for c in self.counts)

    @property
    def present(self) -> int:
        """Those present and entitled (到会): the sum of all counts."""
        return self.cast + self.unused


def count(
    options: Collection[Choice],
    electorate: Collection[PersonId],
    recused: Collection[PersonId],
    ballots: Mapping[PersonId, Choice],
) -> Tally:
    """Count the ballots of the electorate by the options offered; whoever has none is 未表决."""
    counted = Counter(ballots.values())
    return Tally(
        counts=tuple(Count(option, counted[option]) for option in options),
        unused=len(electorate) - len(ballots),
        recused=len(recused),
    )


def judge(tally: Tally, row: RuleRow, *, entitled: int) -> Comparison:
    """Hold the decisive answer against the row's majority, on the row's base."""
    base = row.base_count(entitled=entitled, present=tally.present, recused=tally.recused)
    return row.majority.compare(tally.of(row.decisive), base)
