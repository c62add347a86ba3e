"""A closed vote as data (表决): its counts, the quorum and the majority as inequalities with their articles."""

from kiosk.core.codec import instant_text
from kiosk.core.law.rules import Comparison
from kiosk.core.law.tally import judge
from kiosk.core.matters.dossier import Deliberation
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote
from kiosk.web.public.plain.writing import Value
from kiosk.wording import choice_said
from kiosk.wording.public import verdict


def deliberation(village: Village, held: Deliberation) -> Value:
    """One deliberation with its vote, and whether it still counts."""
    meeting = village.meeting(held.meeting)
    told = vote(meeting, meeting.vote(held.vote))
    return told | {
        "stage": held.stage.value,
        "at": instant_text(held.at),
        "void": held.void,
        "set_aside": held.set_aside,
    }


def vote(meeting: Meeting, of: Vote) -> dict[str, Value]:
    """One closed vote."""
    tally, entitled = of.tally, len(meeting.entitled)
    judged = judge(tally, of.row, entitled=entitled)
    quorum = meeting.row.quorum.compare(tally.present, entitled)
    counts = [
        {"choice": c.choice.value, "label": choice_said(c.choice, of.contest), "count": c.count}
        for c in tally.counts
    ]
    return {
        "body": meeting.body.value,
        "ordinal": meeting.ordinal,
        "method": of.method.value,
        "entitled": entitled,
        "present": tally.present,
        "counts": counts,
        "unused": tally.unused,
        "quorum": _inequality(quorum, meeting.row.quorum_basis),
        "majority": _inequality(judged, of.row.majority_basis),
        "carried": bool(of.carried),
        "verdict": verdict(judged, of),
    }


def _inequality(told: Comparison, basis: str) -> Value:
    return {
        "count": told.count,
        "base": told.base,
        "numerator": told.threshold.numerator,
        "denominator": told.threshold.denominator,
        "inclusive": told.threshold.inclusive,
        "holds": told.holds,
        "basis": basis,
    }
