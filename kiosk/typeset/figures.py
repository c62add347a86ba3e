"""The figures of a vote as a paper's record carries them (表决数字): counts and arithmetic, nobody's answer."""

from kiosk.core.codec import Plain, plain
from kiosk.core.law.rules import Comparison
from kiosk.core.papers import Resolution, TallySheet


def vote_figures(paper: Resolution | TallySheet) -> dict[str, Plain]:
    """How many gave each answer, and what they were held against by which row."""
    vote, tally = paper.vote, paper.tally
    return {
        "meeting": paper.meeting.id,
        "vote": vote.id,
        "matters": plain(vote.matters),
        "method": vote.method.value,
        "counts": plain(tally.counts),
        "cast": tally.cast,
        "unused": tally.unused,
        "recused": tally.recused,
        "invalid": tally.invalid,
        "present": tally.present,
        "entitled": len(paper.meeting.entitled),
        "row": vote.row.id.value,
        "quorum": _held(paper.quorum),
        "majority": _held(paper.majority),
        "carried": bool(vote.carried),
        "chosen": plain(vote.chosen) if vote.contest else [],
    }


def _held(comparison: Comparison) -> Plain:
    """An inequality with all its numbers: count × denominator against base × numerator."""
    threshold = comparison.threshold
    return {
        "count": comparison.count,
        "base": comparison.base,
        "numerator": threshold.numerator,
        "denominator": threshold.denominator,
        "inclusive": threshold.inclusive,
        "holds": comparison.holds,
    }
