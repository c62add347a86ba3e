"""A correction of the record (更正): a new entry that names the old one, with a reason and two officers.

The corrected entry stays as it was written; a reader sees both.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.core.events import CorrectionProposed
from kiosk.core.terms import CorrectionId, PersonId
from kiosk.core.values import Actor


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction (更正) as the journal has it so far.

    Attributes:
        id: its id.
        seq: the number of the journal entry that is wrong.
        ground: why it is wrong.
        statement: what is true.
        proposed_by: the officer who says so.
        proposed_at: when.
        confirmed_by: the second officer (复核); None until then.
        confirmed_at: when; None until then.

    """

    id: CorrectionId
    seq: int
    ground: str
    statement: str
    proposed_by: PersonId | None
    proposed_at: datetime
    confirmed_by: PersonId | None = None
    confirmed_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether two officers have signed for it (已复核)."""
        return self.confirmed_at is not None

    @classmethod
    def proposed(cls, event: CorrectionProposed, at: datetime, actor: Actor) -> "Correction":
        """The correction that the officer proposes by this event (提出更正)."""
        return cls(
            id=event.correction,
            seq=event.seq,
            ground=event.ground,
            statement=event.statement,
            proposed_by=actor.person,
            proposed_at=at,
        )

    def confirmed(self, at: datetime, actor: Actor) -> "Correction":
        """The correction after the second officer confirmed it (更正复核)."""
        return replace(self, confirmed_by=actor.person, confirmed_at=at)
