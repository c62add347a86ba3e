"""What console and big screen both show of voting on paper (纸票): numbers that add up, and the 正字 tally.

印制 = 发出 + 作废 + 剩余, and 收回 = 有效 + 无效 + 未唱: on every screen, at every moment.
"""

from kiosk.core.history import Known
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote
from kiosk.web.pictures import Picture, answer_face
from kiosk.web.sitting.now import current

STROKES = 5
"""Strokes in 正."""
ABREAST = 7
"""So many 正 have room beside one another in a row of the tally that is one of them high."""
INVALID = "废票"


def open_vote(known: Known) -> Vote | None:
    """The vote that is open; None where none is."""
    return known.village.open_vote if known.village else None


def paper_vote() -> tuple[Village, Meeting, Vote]:
    """The vote that is open, of the meeting that is now. Refused: NO_SUCH_MEETING, VOTE_NOT_OPEN."""
    village, meeting = current()
    vote = meeting.open_vote
    if vote is None:
        raise Refused(Reason.VOTE_NOT_OPEN)
    return village, meeting, vote


def numbers(vote: Vote) -> Picture:
    """The papers by their numbers (印制、发出、作废、剩余；收回、有效、无效、未唱)."""
    papers = vote.papers
    return {
        "batch": papers.batch,
        "printed": papers.printed,
        "issued": papers.issued,
        "spoiled": papers.spoiled,
        "left": papers.left,
        "returned": papers.returned,
        "kept": papers.away,
        "valid": papers.valid,
        "invalid": papers.invalid,
        "read": len(papers.readings),
        "unread": papers.unread,
        "number": len(papers.readings) + 1,
    }


def marks(count: int) -> list[int]:
    """How many strokes each 正 of a count has: 13 is 正, 正 and three strokes."""
    whole, rest = divmod(count, STROKES)
    return [STROKES] * whole + ([rest] if rest else [])


def lines_for(papers: int) -> tuple[int, int]:
    """On how many lines a row's 正 stand, and how many on each, so that they are as large as can be.

    All papers would find room in one row: nothing shrinks while the papers are read.
    """
    most = max(1, len(marks(papers)))
    lines = min(range(1, most + 1), key=lambda n: max(n * ABREAST, -(-most // n)))
    return lines, max(ABREAST, -(-most // lines))


def tally_by_strokes(vote: Vote) -> Picture:
    """正字: what was read so far, an answer a row, the invalid papers in the last; of the papers alone."""
    papers = vote.papers
    lines, across = lines_for(papers.returned or 0)
    rows = [_row(answer_face(c.choice, vote.contest), c.count) for c in papers.counts(vote.options)]
    rows.append(_row({"choice": "invalid", "label": INVALID}, papers.invalid))
    return {"rows": rows, "lines": lines, "across": across}


def _row(face: Picture, count: int) -> Picture:
    return face | {"count": count, "marks": marks(count)}
