"""What the console shows of a vote: how it is held, who has not voted, what is still to be done, its counts by channel.

Of a secret vote, while it is open: how many have voted, in steps; no name, no count of an answer.
"""

from collections.abc import Mapping
from datetime import datetime

from kiosk import wording
from kiosk.core.ballot_terms import Choice
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import PersonId
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote
from kiosk.web import pictures
from kiosk.web.pictures import Picture
from kiosk.web.sitting import scenes
from kiosk.web.sitting.pending import Pending, pending, silent
from kiosk.web.sitting.turnout import shown_turnout

ONE_COUNT = 1
Hands = Mapping[PersonId, Choice]


def vote_shown(meeting: Meeting, vote: Vote, at: datetime) -> Picture:
    """Everything the console's card says of the vote, open or closed."""
    told = shown_turnout(vote, at)
    ring = pictures.turnout_ring(vote)
    by_channel = pictures.subtotals(vote) if may_be_seen(vote) else []
    return scenes.vote_scene(meeting, vote) | {
        "turnout": ring | {"present": told},
        "vote_method": vote.method.value,
        "pending": pending(vote).value if vote.is_open else Pending.NOTHING.value,
        "named": knows_who(vote),
        "unanswered": _unanswered(vote, told),
        "silent": silent(vote),
        "papers_away": vote.papers.away,
        "subtotals": by_channel if len(by_channel) > ONE_COUNT else [],
        "not_by_hands": wording.refusal(Refused(Reason.NOT_BY_HANDS)) if vote.contest else None,
        "answers": [wording.choice_said(c, vote.contest) for c in vote.options],
        "telling": is_telling(vote),
        "checked": pictures.counts_side_by_side(vote) if vote.checks else [],
        "differs": vote.differs,
        "settled": vote.settled,
        "explanation": _explanation(vote),
    }


def titles(village: Village, vote: Vote) -> str:
    """What the vote is on, in one line."""
    return "；".join(village.titles(vote))


def may_be_seen(vote: Vote) -> bool:
    """Whether the counts may be looked at now: after the close, or while it is open where it was opened so."""
    return not vote.is_open or vote.running_tally


def knows_who(vote: Vote) -> bool:
    """Whether those who have not voted may be named: in a named vote, while no hands were counted by number."""
    return not vote.is_secret and not vote.hands


def awaited(meeting: Meeting, vote: Vote) -> list[PersonId]:
    """Who has not voted, by group; empty where that may not be said by name."""
    people = vote.waiting if knows_who(vote) else frozenset[PersonId]()
    return sorted(people, key=lambda p: (meeting.seats[p].group, p))


def hands_lists(meeting: Meeting, vote: Vote, noted: Hands) -> list[Picture]:
    """The names under each answer, in the order of the roll, as a clerk noted them (举手记名单)."""
    told: list[Picture] = []
    for choice in vote.options:
        people = sorted(p for p, answer in noted.items() if answer is choice)
        names = [meeting.seats[p].name for p in people]
        look = pictures.LOOKS[choice]
        told.append({"label": wording.CHOICES[choice], "look": look, "names": names})
    return told


def is_telling(vote: Vote) -> bool:
    """Whether the result of a secret vote tells what everybody voted: one answer stands on all ballots (全票一致)."""
    if not vote.is_secret or vote.is_open or vote.is_void:
        return False
    cast = vote.tally.cast
    return cast > 0 and any(c.count == cast for c in vote.tally.counts)


def _unanswered(vote: Vote, told: int) -> int:
    # In a secret vote what is missing moves in the same steps as what is there.
    if vote.is_secret and vote.is_open:
        return len(vote.able) - told
    return vote.unanswered


def _explanation(vote: Vote) -> Picture | None:
    said = vote.explanation
    if said is None:
        return None
    return {"ground": said.ground, "by": said.officer, "agreed": said.agreed_by is not None}
