"""How many have voted (已表决), as the room may be told while a secret vote (无记名) is open.

Shown ballot by ballot, the number would say at what instant each person's ballot fell into the box. So it moves on in
steps: as soon as three more have voted, every thirty seconds otherwise, and at once when everybody has voted. What
was shown last is kept in memory only, the same for console and big screen; nothing of it is recorded.

Time passes without a ballot, too: whoever pushes the screens must draw them again after `seconds_to_step`.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from flask import current_app

from kiosk.core.terms import VoteId
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote

VOTERS_A_STEP = 3
TIME_A_STEP = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Shown:
    """The turnout that the room was told last, and when its thirty seconds began."""

    turnout: int
    at: datetime


def stepped(last: Shown, turnout: int, at: datetime, *, everybody: bool) -> Shown:
    """What is to be shown at this instant of so many who have voted; `everybody`: nobody is left who could.

    A number that was corrected downwards is shown at once. Thirty seconds without news count, too: the next step
    begins where they ended, never at the ballot.
    """
    if everybody or turnout < last.turnout or turnout >= last.turnout + VOTERS_A_STEP:
        return Shown(turnout, at) if turnout != last.turnout else last
    steps = (at - last.at) // TIME_A_STEP
    return Shown(turnout, last.at + steps * TIME_A_STEP) if steps > 0 else last


@dataclass(slots=True)
class Turnstile:
    """What was shown last of the one vote that is open; another vote begins anew."""

    vote: VoteId | None = None
    last: Shown | None = None
    lock: Lock = field(default_factory=Lock)

    def shown(self, vote: Vote, at: datetime) -> Shown:
        """What to show now; two screens drawn at once get the same."""
        with self.lock:
            known = self.last if self.vote == vote.id else None
            last = known or Shown(0, vote.opened_at)
            everybody = vote.turnout == len(vote.able)
            self.vote, self.last = vote.id, stepped(last, vote.turnout, at, everybody=everybody)
            return self.last


def shown_turnout(vote: Vote, at: datetime) -> int:
    """How many have voted, as console and big screen say it at this instant; exact unless a secret vote is open."""
    if not vote.is_secret or not vote.is_open:
        return vote.turnout
    return _turnstile().shown(vote, at).turnout


def seconds_to_step(village: Village, at: datetime) -> float | None:
    """In how many seconds the screens must be drawn again though nothing happens; None with no secret vote open."""
    vote = village.secret_vote
    if vote is None:
        return None
    ends = _turnstile().shown(vote, at).at + TIME_A_STEP
    return max(0.0, (ends - at).total_seconds())


def _turnstile() -> Turnstile:
    found = current_app.extensions.setdefault("turnstile", Turnstile())
    assert isinstance(found, Turnstile)
    return found
