"""How a vote was counted (计票情况), as several papers print it: by channel, on paper, counted once more.

Every table is followed by its sums, so that a reader with a pencil can check them. Counts only: nobody's answer.
"""

from collections.abc import Sequence

from kiosk import wording
from kiosk.core.law.rules import RuleRow
from kiosk.core.law.tally import Counts, total
from kiosk.core.papers import Settled
from kiosk.core.votes.paper_ballots import PaperBallots
from kiosk.core.votes.vote import Vote
from kiosk.typeset.document import Block, Column, Paragraph, Table
from kiosk.wording.counting import channels_sum, checks_said, paper_numbers, papers_sum


def by_channel(vote: Vote) -> tuple[Block, ...]:
    """The sub-totals of every channel that was used, with the sums of the columns (分渠道票数)."""
    parts = vote.subtotals
    rows = [(wording.CHANNELS[part.channel], *_numbers(part.counts)) for part in parts]
    rows.append(("合计", *_numbers(vote.tally.counts)))
    added = (Paragraph(channels_sum(vote)),) if len(parts) > 1 else ()
    return (_table("渠道", vote.row, rows, frozenset({len(parts)})), *added)


def _numbers(counts: Counts) -> tuple[str, ...]:
    return (*(str(c.count) for c in counts), str(total(counts)))


def _table(
    first: str, row: RuleRow, rows: Sequence[tuple[str, ...]], strong: frozenset[int] = frozenset()
) -> Table:
    columns = (
        Column(first, 6),
        *(Column(wording.CHOICES[option], 4, "center") for option in row.options),
        Column("合计", 4, "center"),
    )
    return Table(columns, tuple(rows), strong, together=True)


def by_letter(vote: Vote) -> tuple[Block, ...]:
    """How many of those present were represented by a letter (书面委托), where the law lets them; names nobody."""
    told = wording.represented(vote)
    return (
        (Paragraph(f"{told}，受托人是同一户的成员（{vote.row.proxies_basis}）。"),) if told else ()
    )


def on_paper(papers: PaperBallots) -> tuple[Block, ...]:
    """The paper ballots (纸票) by their numbers, and that none is missing; nothing where none was printed."""
    if not papers.printed:
        return ()
    told = paper_numbers(papers)
    columns = tuple(Column(name, 1, "center") for name in told)
    return (
        Table(columns, (tuple(map(str, told.values())),), together=True),
        Paragraph(papers_sum(papers)),
    )


def counted_again(vote: Vote, settled: Settled | None) -> tuple[Block, ...]:
    """Every other count beside the ballots' (复点), and why they differ; nothing where nobody counted again."""
    if not vote.checks:
        return ()
    rows = [("计票", *_numbers(vote.tally.counts))]
    rows += [
        (wording.COUNT_SOURCES[source], *_numbers(check.counts))
        for source, check in vote.checks.items()
    ]
    return (_table("点票", vote.row, rows), Paragraph(checks_said(vote, settled)))


def to_be_counted_again(row: RuleRow) -> Table:
    """Empty rows in which the tellers write by pen what they count (复点)."""
    empty = ("",) * (len(row.options) + 1)
    return _table("点票", row, [(words, *empty) for words in wording.COUNT_SOURCES.values()])
