"""How a vote was counted (计票情况), on the portal: method, channels, papers, other counts."""

from collections.abc import Sequence

from kiosk import wording
from kiosk.core.journal import read
from kiosk.core.law.tally import Counts, number
from kiosk.core.papers import Settled, settled
from kiosk.core.papers.settling import SPELLED
from kiosk.core.votes.vote import Vote
from kiosk.web.parts import parts
from kiosk.web.public.reading import reading
from kiosk.wording import counting

Told = dict[str, object]


def counting_told(vote: Vote) -> Told:
    """What a page shows of how this closed vote was counted; a table is None where there is nothing to add up."""
    several = len(vote.subtotals) > 1
    printed = bool(vote.papers.printed)
    return {
        "method": counting.method(vote),
        "unanimous": counting.UNANIMOUS if counting.is_unanimous(vote) else "",
        "channels": _channels(vote) if several else None,
        "channels_sum": counting.channels_sum(vote) if several and not vote.contest else "",
        "papers": counting.paper_numbers(vote.papers) if printed else {},
        "papers_sum": counting.papers_sum(vote.papers) if printed else "",
        "checks": _checks(vote) if vote.checks else None,
        "checks_said": counting.checks_said(vote, _settled(vote)) if vote.checks else "",
    }


def _channels(vote: Vote) -> Told:
    """A row a channel; of candidates (推选), of whom there may be twelve, a row each and a column a channel."""
    tally = vote.tally
    every = [*((wording.CHANNELS[s.channel], s.counts, s.cast) for s in vote.subtotals)]
    if vote.contest:
        every.append(("得票", tally.counts, tally.cast))
        return _by_candidate(vote, every) | {"foot": ("有效票", [cast for _, _, cast in every])}
    return {
        "first": "渠道",
        "columns": [*_answers(vote), "合计"],
        "rows": [(name, [*_numbers(counts), cast], False) for name, counts, cast in every],
        "foot": ("合计", [*_numbers(tally.counts), tally.cast]),
    }


def _checks(vote: Vote) -> Told:
    """Every count of the same vote (复点); marked is what differs from the ballots'."""
    every = [("计票", vote.tally.counts, 0)]
    every += [(wording.COUNT_SOURCES[s], check.counts, 0) for s, check in vote.checks.items()]
    if vote.contest:
        return _by_candidate(vote, every, compared=True) | {"foot": None}
    rows = [
        (f"{name}（不一致）" if differs else name, _numbers(counts), differs)
        for name, counts, _ in every
        for differs in [counts != vote.tally.counts]
    ]
    return {"first": "点票", "columns": _answers(vote), "rows": rows, "foot": None}


def _by_candidate(
    vote: Vote, every: Sequence[tuple[str, Counts, int]], *, compared: bool = False
) -> Told:
    """A row an answer, a column for each of these counts; `compared`: they should be the same."""
    rows = []
    for option, name in zip(vote.options, _answers(vote), strict=True):
        numbers = [number(counts, option) for _, counts, _ in every]
        differs = compared and len(set(numbers)) > 1
        rows.append((f"{name}（不一致）" if differs else name, numbers, differs))
    return {"first": "候选人", "columns": [name for name, _, _ in every], "rows": rows}


def _answers(vote: Vote) -> list[str]:
    return [wording.choice_said(option, vote.contest) for option in vote.options]


def _numbers(counts: Counts) -> list[int]:
    return [c.count for c in counts]


def _settled(vote: Vote) -> Settled | None:
    if not vote.differs:
        return None
    lines = parts().kiosk.lines(parts().home)[: reading().head.seq]
    told = (read(line) for line in lines if any(kind in line for kind in SPELLED))
    return settled(told, vote.id)
