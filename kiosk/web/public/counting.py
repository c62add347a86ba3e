"""How a vote was counted (计票情况), on the portal: method, channels, papers, other counts."""

from kiosk import wording
from kiosk.core.journal import read
from kiosk.core.papers import Settled, settled
from kiosk.core.papers.settling import SPELLED
from kiosk.core.votes.vote import Vote
from kiosk.web import pictures
from kiosk.web.parts import parts
from kiosk.wording import counting

Told = dict[str, object]


def counting_told(vote: Vote) -> Told:
    """What a page shows of how this closed vote was counted; a table is empty where there is nothing to add up."""
    several = len(vote.subtotals) > 1
    printed = bool(vote.papers.printed)
    return {
        "method": counting.method(vote),
        "unanimous": counting.UNANIMOUS if counting.is_unanimous(vote) else "",
        "answers": [wording.choice_said(option, vote.contest) for option in vote.options],
        "channels": pictures.subtotals(vote) if several else [],
        "counts": [c.count for c in vote.tally.counts],
        "cast": vote.tally.cast,
        "channels_sum": counting.channels_sum(vote) if several else "",
        "papers": counting.paper_numbers(vote.papers) if printed else {},
        "papers_sum": counting.papers_sum(vote.papers) if printed else "",
        "checks": pictures.counts_side_by_side(vote) if vote.checks else [],
        "checks_said": counting.checks_said(vote, _settled(vote)) if vote.checks else "",
    }


def _settled(vote: Vote) -> Settled | None:
    if not vote.differs:
        return None
    lines = parts().kiosk.lines(parts().home)
    told = (read(line) for line in lines if any(kind in line for kind in SPELLED))
    return settled(told, vote.id)
