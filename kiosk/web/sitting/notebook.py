"""The clerk's notebook (举手记名的草稿): who raised a hand for what, while it is being noted.

It is kept in memory, one page for the vote that is open: a reloaded page finds it again, a power cut does not. Nothing
in it counts. When the clerk is done the list goes to the rules (`NoteHands`), and it counts when a witness has
confirmed it.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import current_app

from kiosk.core.ballot_terms import Choice
from kiosk.core.terms import PersonId, VoteId
from kiosk.core.votes.vote import Vote
from kiosk.web.sitting.straw import blackboard


@dataclass(slots=True)
class Notebook:
    """The one page of notes; `vote` is the vote it is of."""

    vote: VoteId | None = None
    hands: Mapping[PersonId, Choice] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, vote: Vote) -> Mapping[PersonId, Choice]:
        """The notes on this vote, without whoever has voted otherwise since; at first those that wait for a witness."""
        if self.vote == vote.id:
            noted = self.hands
        else:
            noted = {hand.person: hand.choice for hand in vote.note.hands} if vote.note else {}
        return {person: choice for person, choice in noted.items() if person in vote.waiting}

    def mark(self, vote: Vote, person: PersonId, choice: Choice, *, up: bool) -> None:
        """Note that the hand was up for this answer, or that it was not; one noted for another answer stays so."""
        with self.lock:
            hands = dict(self.of(vote))
            if up:
                hands.setdefault(person, choice)
            elif hands.get(person) is choice:
                del hands[person]
            self.vote, self.hands = vote.id, hands
        _tell()

    def tear_out(self) -> None:
        """Begin a new page."""
        with self.lock:
            self.vote, self.hands = None, {}
        _tell()


def _tell() -> None:
    # Live screens hear of what is no fact in the journal by way of the blackboard.
    blackboard().tell()


def notebook() -> Notebook:
    """The notebook of the running application."""
    found = current_app.extensions.setdefault("notebook", Notebook())
    assert isinstance(found, Notebook)
    return found
