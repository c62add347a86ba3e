"""From ballots to four counts to an outcome (计票): integers only, whole arithmetic kept.

- The four counts 赞成 + 反对 + 弃权 + 未表决 always sum to those present and entitled.
- Abstentions and unused votes stay in the base; so do recused members, who have no ballot: no national rule
  lets them leave it, and 村民委员会组织法 §30 counts 到会人员.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kiosk.core.rules import Comparison, RuleRow
from kiosk.core.terms import Choice, PersonId


@dataclass(frozen=True, slots=True)
class Tally:
    """The four counts of one vote, and how many of the unused stood aside (其中回避)."""

    votes_for: int
    votes_against: int
    abstentions: int
    unused: int
    recused: int

    @property
    def present(self) -> int:
        """Those present and entitled (到会): the sum of the four counts."""
        return self.votes_for + self.votes_against + self.abstentions + self.unused

    @property
    def cast(self) -> int:
        """Ballots cast (已表决)."""
        return self.present - self.unused


def count(
    electorate: Collection[PersonId],
    recused: Collection[PersonId],
    ballots: Mapping[PersonId, Choice],
) -> Tally:
    """Count the ballots of the electorate; whoever has none is 未表决."""
    choices = list(ballots.values())
    return Tally(
        votes_for=choices.count(Choice.FOR),
        votes_against=choices.count(Choice.AGAINST),
        abstentions=choices.count(Choice.ABSTAIN),
        unused=len(electorate) - len(choices),
        recused=len(recused),
    )


def judge(tally: Tally, row: RuleRow, *, entitled: int) -> Comparison:
    """Hold the votes in favour against the row's majority, on the row's base."""
    base = row.base_count(entitled=entitled, present=tally.present)
    return row.majority.compare(tally.votes_for, base)
