"""The rule rows as people read them (议事规则): their arithmetic as a table, and worked examples at the boundary."""

from collections.abc import Iterable, Sequence

from kiosk.core.law.rules import RuleRow, Threshold
from kiosk.core.terms import Base
from kiosk.wording.names import RULE_ROWS
from kiosk.wording.sentences import inequality, outcome, threshold_name

SIZES = (1, 2, 3, 4, 5, 21, 45, 46, 47, 300)
"""The sizes of body that the table works through: the smallest, each remainder of three, and a real village."""

HEADINGS = ("基数", "算什么", "一个没有", "一个", "差一个", "正好", "多一个")


def counts_around(threshold: Threshold, base: int) -> tuple[int, ...]:
    """0, 1, one below, at and one above the least count that reaches the share (临界数); may lie outside the base."""
    least = threshold.least(base)
    return 0, 1, least - 1, least, least + 1


def rule_table(rows: Iterable[RuleRow], sizes: Sequence[int] = SIZES) -> list[str]:
    """Every row's quorum and majority at and around their thresholds, as lines of Markdown (议事规则算例)."""
    lines: list[str] = []
    for row in rows:
        lines += [f"### {RULE_ROWS[row.id]} `{row.id.value}`", "", _about(row), ""]
        lines += [_line(HEADINGS), _line(["---"] * len(HEADINGS))]
        for size in sizes:
            lines.append(_line([str(size), "到会", *_cells(row.quorum, size)]))
            lines.append(
                _line([str(size), outcome(row, carried=True), *_cells(row.majority, size)])
            )
        lines.append("")
    return lines[:-1]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _about(row: RuleRow) -> str:
    what, unit = outcome(row, carried=True), "户" if row.by_household else "人"
    base = "应到" if row.majority_base is Base.ENTITLED else "到会"
    return (
        f"到会：应到{unit}数的{threshold_name(row.quorum)}（{row.quorum_basis}）。"
        f"{what}：{base}{unit}数的{threshold_name(row.majority)}（{row.majority_basis}）。"
    )


def _cells(threshold: Threshold, base: int) -> list[str]:
    return [_cell(threshold, count, base) for count in counts_around(threshold, base)]


def _cell(threshold: Threshold, count: int, base: int) -> str:
    """One comparison: its whole arithmetic, and whether it is enough; a dash for more than there are."""
    if count > base:
        return "—"
    comparison = threshold.compare(count, base)
    return f"{inequality(comparison)} {'够' if comparison.holds else '不够'}"


def example(threshold: Threshold, base: int, of: str = "应到", unit: str = "人") -> str:
    """A worked example at the boundary (算例): 应到45人：29人不够（29×3=87 ＜ 90），30人够（30×3=90 ≥ 90）."""
    least = threshold.least(base)
    told = [
        f"{count}{unit}{'够' if threshold.compare(count, base).holds else '不够'}"
        f"（{_brief(threshold, count, base)}）"
        for count in (least - 1, least)
    ]
    return f"{of}{base}{unit}：{'，'.join(told)}。"


def _brief(threshold: Threshold, count: int, base: int) -> str:
    """The inequality with the right side worked out, as one says it aloud."""
    comparison = threshold.compare(count, base)
    left, sign, _ = inequality(comparison).split(" ")
    return f"{left} {sign} {comparison.right}"


def examples(row: RuleRow, entitled: int) -> tuple[str, str]:
    """The row's two examples for a body of that size (算例): who must come, and how many must say so.

    Where the majority is counted of those present, as many are present as must be.
    """
    unit = "户" if row.by_household else "人"
    quorum = example(row.quorum, entitled, unit=unit)
    if row.majority_base is Base.ENTITLED:
        return quorum, example(row.majority, entitled, unit=unit)
    return quorum, example(row.majority, row.quorum.least(entitled), "到会", unit)
