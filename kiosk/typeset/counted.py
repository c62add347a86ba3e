"""How a vote was counted (计票情况), as several papers print it: by channel, on paper, counted once more.

Every table is followed by its sums, so that a reader with a pencil can check them. Counts only: nobody's answer.
Answers to a question stand side by side, candidates (候选人) under each other: there may be twelve.
"""

from collections.abc import Sequence

from kiosk import wording
from kiosk.core.law.tally import Counts, judge, number, total
from kiosk.core.papers import Settled
from kiosk.core.votes.paper_ballots import PaperBallots
from kiosk.core.votes.vote import Vote
from kiosk.typeset.document import Block, Column, Paragraph, Table
from kiosk.wording.choosing import candidate_fates, needed, rule, strokes
from kiosk.wording.counting import channels_sum, checks_said, paper_numbers, papers_sum
from kiosk.wording.sentences import ballots

FEW_ROWS = 7
"""So many rows stay together on one page; a longer table begins where the page has room."""
BALLOTS = "有效票"
"""The last row under candidates: how many ballots there are, for each may name several."""

Told = Sequence[tuple[str, Counts, int]]
"""Columns under candidates: a name, the counts, how many ballots."""


def by_channel(vote: Vote) -> tuple[Block, ...]:
    """The sub-totals of every channel that was used, with the sums of the columns (分渠道票数)."""
    if vote.contest:
        return (_candidates(vote, _added(vote)),)
    parts = vote.subtotals
    rows = [(wording.CHANNELS[part.channel], *_numbers(part.counts)) for part in parts]
    rows.append(("合计", *_numbers(vote.tally.counts)))
    added = (Paragraph(channels_sum(vote)),) if len(parts) > 1 else ()
    return (_table("渠道", vote, rows, frozenset({len(parts)})), *added)


def _added(vote: Vote) -> Told:
    """A column a channel where there were several, and what they add up to."""
    parts = vote.subtotals if len(vote.subtotals) > 1 else ()
    told = [(wording.CHANNELS[part.channel], part.counts, part.cast) for part in parts]
    return (*told, ("得票", vote.tally.counts, vote.tally.cast))


def counts_added(vote: Vote) -> str:
    """The counts, or the ballots where candidates' counts stand in a table, with their sum: those present."""
    return ballots(vote.tally) if vote.contest else wording.counts(vote.tally)


def _numbers(counts: Counts) -> tuple[str, ...]:
    return (*(str(c.count) for c in counts), str(total(counts)))


def _table(
    first: str, vote: Vote, rows: Sequence[tuple[str, ...]], strong: frozenset[int] = frozenset()
) -> Table:
    columns = (
        Column(first, 6),
        *(Column(wording.CHOICES[option], 4, "center") for option in vote.options),
        Column("合计", 4, "center"),
    )
    return Table(columns, tuple(rows), strong, together=True)


def _candidates(vote: Vote, told: Told, *, marked: bool = False, summed: bool = True) -> Table:
    """A line a candidate and one for 弃权, a column for each of these counts; `marked`: in strokes too (正字)."""
    tally = vote.tally
    marks = (Column("正字", 9),) if marked else ()
    columns = (Column("候选人", 7), *marks, *(Column(name, 4, "center") for name, _, _ in told))
    rows = [
        (
            wording.choice_said(option, vote.contest),
            *((strokes(tally.of(option)),) if marked else ()),
            *(str(number(counts, option)) if counts else "" for _, counts, _ in told),
        )
        for option in vote.options
    ]
    last = (BALLOTS, *(("",) if marked else ()), *(str(cast) for _, _, cast in told))
    strong = frozenset({len(rows)}) if summed else frozenset()
    rows += [last] if summed else []
    return Table(columns, tuple(rows), strong, together=len(rows) <= FEW_ROWS)


def tally_marks(vote: Vote) -> Table:
    """A line a candidate: his votes in strokes (正字), by channel, and in all."""
    return _candidates(vote, _added(vote), marked=True)


def fates(vote: Vote, entitled: int) -> tuple[Block, ...]:
    """What chooses a candidate, and of each his arithmetic and whether he is chosen (推选结果)."""
    columns = (Column("候选人", 7), Column("算式", 7), Column("结果", 10))
    judged = judge(vote.tally, vote.row, entitled=entitled)
    told = candidate_fates(vote, vote.tally, entitled)
    return (
        Paragraph(f"{needed(vote.row, judged)}。{rule(vote.row)}（{vote.row.majority_basis}）。"),
        Table(columns, tuple(told), together=len(told) <= FEW_ROWS),
    )


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
    told = [("计票", vote.tally.counts, 0)]
    told += [(wording.COUNT_SOURCES[s], check.counts, 0) for s, check in vote.checks.items()]
    rows = [(name, *_numbers(counts)) for name, counts, _ in told]
    table = _candidates(vote, told, summed=False) if vote.contest else _table("点票", vote, rows)
    return (table, Paragraph(checks_said(vote, settled)))


def to_be_counted_again(vote: Vote) -> Table:
    """Empty cells in which the tellers write by pen what they count (复点)."""
    sources = wording.COUNT_SOURCES.values()
    if vote.contest:
        return _candidates(vote, [(words, (), 0) for words in sources], summed=False)
    empty = ("",) * (len(vote.options) + 1)
    return _table("点票", vote, [(words, *empty) for words in sources])
