"""The paper ballots of one vote (纸票): printed, issued, exchanged, returned, read aloud. State only.

The numbers stand in the record, as an election committee keeps them: 印制 = 发出 + 作废 + 剩余, 收回 ≤ 发出, and
有效 + 无效 = 收回. Which paper somebody got stands nowhere: he takes it from a shuffled pile.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from kiosk.core import events as e
from kiosk.core.ballot_terms import Choice
from kiosk.core.law.tally import Counts, counted
from kiosk.core.terms import PersonId
from kiosk.core.values import Answer

PaperEvent = (
    e.BallotPapersPrinted
    | e.BallotPaperIssued
    | e.BallotPaperExchanged
    | e.BallotPapersReturned
    | e.BallotPaperRead
    | e.ReadingTakenBack
)


@dataclass(frozen=True, slots=True)
class PaperBallots:
    """The papers of one vote so far.

    Attributes:
        batch: the code on each paper of this vote; empty while none is printed.
        printed: how many were printed (印制).
        holders: who was given one (发出).
        spoiled: how many were given back for another (作废).
        returned: how many were in the box (收回); None until it is opened.
        readings: what each paper said, in the order they came out of the box; None for an invalid one.

    """

    batch: str = ""
    printed: int = 0
    holders: frozenset[PersonId] = frozenset()
    spoiled: int = 0
    returned: int | None = None
    readings: tuple[Answer | None, ...] = ()

    @property
    def issued(self) -> int:
        """How many people hold or have cast one (发出)."""
        return len(self.holders)

    @property
    def left(self) -> int:
        """How many lie unused (剩余)."""
        return self.printed - self.issued - self.spoiled

    @property
    def invalid(self) -> int:
        """How many of those read are invalid (无效)."""
        return sum(reading is None for reading in self.readings)

    @property
    def valid(self) -> int:
        """How many of those read say something (有效)."""
        return len(self.readings) - self.invalid

    @property
    def away(self) -> int:
        """How many were issued and have not come back (未交回)."""
        return self.issued - (self.returned or 0)

    @property
    def unread(self) -> int:
        """How many that came out of the box are still to be read."""
        return (self.returned or 0) - len(self.readings)

    def counts(self, options: Collection[Choice]) -> Counts:
        """How many valid papers gave each answer (各项票数)."""
        return counted(options, Counter(choice for r in self.readings if r for choice in r))

    def after(self, event: PaperEvent) -> "PaperBallots":
        """The papers after one of their facts."""
        match event:
            case e.BallotPapersPrinted():
                return replace(self, batch=event.batch, printed=event.last)
            case e.BallotPaperIssued():
                return replace(self, holders=self.holders | {event.person})
            case e.BallotPaperExchanged():
                return replace(self, spoiled=self.spoiled + 1)
            case e.BallotPapersReturned():
                return replace(self, returned=event.returned)
            case e.BallotPaperRead():
                return replace(self, readings=(*self.readings, event.answer))
            case e.ReadingTakenBack():
                return replace(self, readings=self.readings[:-1])
