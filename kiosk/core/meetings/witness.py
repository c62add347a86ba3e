"""What was held against the journal before a meeting (校验码对照): signed paper, the 监委会's stick.

A chain does not stop whoever owns the disk from putting an older one in its place. What left the machine does: the code
on the signed minutes and the heads on the stick are not in a journal that was rolled back.
"""

from dataclasses import dataclass, replace

from kiosk.core import events as e
from kiosk.core.values import NamedHead


@dataclass(frozen=True, slots=True)
class Heads:
    """Where the journal ended when the meeting opened, and when it closed (开会、散会校验码); None until then."""

    opened: NamedHead | None = None
    closed: NamedHead | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """What was compared before the meeting, each as it came out last, and whether a difference was accepted."""

    paper: e.SignedPaperCompared | None = None
    stick: e.StickCompared | None = None
    accepted: e.RecordDifferenceAccepted | None = None

    @property
    def differs(self) -> bool:
        """Whether the paper or the stick is not of this journal."""
        return any(found is not None and not found.agrees for found in (self.paper, self.stick))

    @property
    def bars_opening(self) -> bool:
        """Whether it differs and no member of the 监委会 has let the meeting open all the same."""
        return self.differs and self.accepted is None

    def after(self, event: e.WitnessingEvent) -> "Witness":
        """After one of its facts; a new difference is not the one that was accepted."""
        match event:
            case e.SignedPaperCompared():
                accepted = self.accepted if event.agrees else None
                return replace(self, paper=event, accepted=accepted)
            case e.StickCompared():
                accepted = self.accepted if event.agrees else None
                return replace(self, stick=event, accepted=accepted)
            case e.RecordDifferenceAccepted():
                return replace(self, accepted=event)
