"""A vote on the big screen (大屏): while people vote, while papers are read aloud, and its result.

In the open: how many have voted, bars and seats. One by one: bars only where the meeting so resolved. Secret: only how
many have voted, in steps; no bar, and no seat that tells.
"""

from datetime import datetime

from flask import render_template

from kiosk import wording
from kiosk.core.ballot_terms import Channel
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote
from kiosk.web import pictures
from kiosk.web.pictures import Picture
from kiosk.web.sitting import scenes
from kiosk.web.sitting.tallying import INVALID, numbers, tally_by_strokes
from kiosk.web.sitting.turnout import shown_turnout
from kiosk.web.sitting.vote_shown import is_telling, may_be_seen

ROOM_FOR_LINES = 5
"""So many lines of sub-totals and other counts fit between the head and the foot of the screen."""
ROOM_FOR_COLUMNS = 7
"""So many answers stand beside one another, with a number of two digits each; of more candidates only the counts."""
ROOM_FOR_ARITHMETIC = 3
"""With more lines than this the sentence of the outcome gives way to its one word."""


def voting(common: Picture, village: Village, meeting: Meeting, vote: Vote, at: datetime) -> str:
    """The vote that is open: turnout beside bars and seats, or a closed box; the strokes once papers are read."""
    told: Picture = {"vote": vote, "titles": village.titles(vote), "papers": numbers(vote)}
    if vote.papers.returned is not None:
        return render_template(
            "hall/_reading.html", **common, **told, strokes=tally_by_strokes(vote)
        )
    shown = shown_turnout(vote, at)
    ring = pictures.turnout_ring(vote)
    ring |= {"present": shown, "met": shown == ring["entitled"]}
    if may_be_seen(vote):
        told["tally"] = pictures.tally_bars(vote, meeting)
    if not vote.is_secret:
        told["seats"] = pictures.seat_grid(meeting, vote, revealed=vote.running_tally)
    return render_template("hall/_voting.html", **common, **told, turnout=ring)


def result(common: Picture, village: Village, meeting: Meeting, vote: Vote) -> str:
    """The outcome with its arithmetic, the counts; by channel and beside other counts where there are any."""
    decisive = 0 if vote.contest else vote.options.index(vote.row.decisive)
    return render_template(
        "hall/_result.html",
        **common,
        titles=village.titles(vote),
        vote=vote,
        decisive=decisive,
        ledger=ledger(vote),
        telling=is_telling(vote),
        **scenes.vote_scene(meeting, vote),
    )


def ledger(vote: Vote) -> Picture | None:
    """The lines above and below the counts, an answer a column: channels that add up to them, counts held against them.

    None where one channel brought all and nobody counted again. Where there is not room for all, the other counts
    stay: they decide whether the result may be published.
    """
    above = _by_channel(vote)
    below = pictures.counts_side_by_side(vote)[1:]
    if (not above and not below) or len(vote.options) > ROOM_FOR_COLUMNS:
        return None
    if len(above) + len(below) > ROOM_FOR_LINES:
        above = []
    lines = len(above) + len(below)
    return {
        "heads": _heads(vote),
        "above": above,
        "below": below,
        "brief": lines > ROOM_FOR_ARITHMETIC,
        "open": vote.differs and not vote.settled,
    }


def _heads(vote: Vote) -> list[str]:
    """What stands over the columns; candidates by number, and the ballots they were named on."""
    answers = [wording.CHOICES[choice] for choice in vote.options]
    return [*answers, "有效票"] if vote.contest else [*answers, wording.UNUSED]


def _counts(row: Picture) -> list[object]:
    counts = row["counts"]
    assert isinstance(counts, list)
    return counts


def _by_channel(vote: Vote) -> list[Picture]:
    rows = pictures.subtotals(vote)
    if vote.contest:
        rows = [row | {"counts": [*_counts(row), row["total"]]} for row in rows]
    if len(rows) == 1 and not vote.papers.invalid:
        return []
    paper = wording.CHANNELS[Channel.PAPER]
    invalid = f"{INVALID}{vote.papers.invalid}" if vote.papers.invalid else ""
    return [row | {"note": invalid if row["channel"] == paper else ""} for row in rows]
