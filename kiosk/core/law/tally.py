"""From ballots to four counts to an outcome (计票): integers only, whole arithmetic kept.

- The four counts 赞成 + 反对 + 弃权 + 未表决 always sum to those present and entitled.
- A vote may come in by several channels; their sub-totals add up to the counts.
- A ballot that chooses among candidates (推选) names several of them: then the counts add up to more than the ballots,
  which are counted apart.
- Abstentions and unused votes stay in the base; so do recused members, who have no ballot: no national rule
  lets them leave it, and 村民委员会组织法 §30 counts 到会人员. An invalid paper (废票) is unused too: nobody knows an
  answer from it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kiosk.core.ballot_terms import CANDIDATE_NUMBERS, Channel, Choice
from kiosk.core.law.rules import Comparison, RuleRow


@dataclass(frozen=True, slots=True)
class Count:
    """How many gave one answer."""

    choice: Choice
    count: int


Counts = tuple[Count, ...]
"""How many gave each answer, in the order of the answers (各项票数)."""


def counted(options: Iterable[Choice], numbers: Mapping[Choice, int]) -> Counts:
    """One count for each answer offered, 0 where nobody gave it."""
    return tuple(Count(option, numbers.get(option, 0)) for option in options)


def number(counts: Counts, choice: Choice) -> int:
    """How many gave this answer; 0 for one that was not offered."""
    return next((c.count for c in counts if c.choice is choice), 0)


def total(counts: Counts) -> int:
    """How many there are of all answers together."""
    return sum(c.count for c in counts)


@dataclass(frozen=True, slots=True)
class Subtotal:
    """How many gave each answer by one channel (分渠道票数), on so many valid ballots."""

    channel: Channel
    counts: Counts
    cast: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many gave each answer, on so many valid ballots (已表决), how many none (未表决).

    Of those without one: who stood aside (回避), whose paper was invalid (废票).
    """

    counts: Counts
    cast: int
    unused: int
    recused: int
    invalid: int = 0

    def of(self, choice: Choice) -> int:
        """How many gave this answer; 0 for one that was not offered."""
        return number(self.counts, choice)

    @property
    def present(self) -> int:
        """Those present and entitled (到会): the sum of all counts."""
        return self.cast + self.unused


def tally_of(
    options: Iterable[Choice],
    subtotals: Collection[Subtotal],
    *,
    electorate: int,
    recused: int = 0,
    invalid: int = 0,
) -> Tally:
    """Add up the channels by the options offered; whoever of the electorate gave no answer is 未表决."""
    sums = {o: sum(number(s.counts, o) for s in subtotals) for o in options}
    counts = counted(sums, sums)
    cast = sum(s.cast for s in subtotals)
    return Tally(counts, cast, electorate - cast, recused, invalid)


def judge(tally: Tally, row: RuleRow, *, entitled: int, choice: Choice | None = None) -> Comparison:
    """Hold the decisive answer, or the number of one candidate, against the row's majority, on the row's base."""
    base = row.base_count(entitled=entitled, present=tally.present, recused=tally.recused)
    return row.majority.compare(tally.of(choice or row.decisive), base)


def chosen(counts: Counts, row: RuleRow, *, base: int, places: int) -> tuple[Choice, ...]:
    """Who of the candidates is chosen (当选), in the order of their numbers: the majority, and among the most.

    Of more with the majority than there are places, those with the most votes; who is level with another on the last
    place is not chosen (得票相等，不能确定当选), for nothing but another vote could tell them apart.
    """
    level = {c.choice: c.count for c in counts if c.choice in CANDIDATE_NUMBERS}
    enough = [c for c, n in level.items() if row.majority.compare(n, base).holds]
    return tuple(c for c in enough if sum(level[o] >= level[c] for o in enough) <= places)
