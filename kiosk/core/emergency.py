"""Life of one emergency (应急先行处置): officers act first, two of them and the 监委会 sign, the next meeting is told.

No statute lets a village skip its meetings; the law only lets notice be short (村民委员会组织法第二十五条). So acting
first leaves a debt, a report to the representatives or the assembly, and the debt is shown until it is paid.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.core import events as e
from kiosk.core.terms import EmergencyId, MeetingId, PersonId
from kiosk.core.values import Actor

EmergencyFact = e.EmergencyCountersigned | e.EmergencyWitnessed | e.EmergencyReported


@dataclass(frozen=True, slots=True)
class Emergency:
    """One emergency (应急先行处置) as the journal has it so far.

    Attributes:
        id: its id.
        ground: why there was no time for a meeting.
        measures: what is done.
        declared_at: when the first officer signed for it.
        declared_by: who; None where the kiosk did not know.
        countersigned_by: the second officer (双签); None until then.
        countersigned_at: when; None until then.
        witnessed_by: the member of the 监委会 who saw it (见证); None until then.
        witnessed_at: when; None until then.
        statement: what the witness says.
        reported_in: the meeting that was told of it (事后通报); None until then.
        reported_at: when; None until then.

    """

    id: EmergencyId
    ground: str
    measures: str
    declared_at: datetime
    declared_by: PersonId | None
    countersigned_by: PersonId | None = None
    countersigned_at: datetime | None = None
    witnessed_by: PersonId | None = None
    witnessed_at: datetime | None = None
    statement: str = ""
    reported_in: MeetingId | None = None
    reported_at: datetime | None = None

    @classmethod
    def declared(cls, event: e.EmergencyDeclared, at: datetime, actor: Actor) -> "Emergency":
        """The emergency as its first officer declared it (登记)."""
        return cls(event.emergency, event.ground, event.measures, at, actor.person)

    @property
    def is_signed(self) -> bool:
        """Whether two officers and the 监委会 have signed (已双签并见证)."""
        return self.countersigned_at is not None and self.witnessed_at is not None

    @property
    def is_owed(self) -> bool:
        """Whether a meeting is still to be told of it (待通报), signed or not."""
        return self.reported_at is None

    def after(self, event: EmergencyFact, at: datetime, actor: Actor) -> "Emergency":
        """The emergency after one more event."""
        match event:
            case e.EmergencyCountersigned():
                return replace(self, countersigned_by=actor.person, countersigned_at=at)
            case e.EmergencyWitnessed():
                return replace(
                    self, witnessed_by=actor.person, witnessed_at=at, statement=event.statement
                )
            case e.EmergencyReported():
                return replace(self, reported_in=event.meeting, reported_at=at)
