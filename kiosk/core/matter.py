"""Life of one matter (一事一档) through the six stages.

- A stage is done when its body has carried the matter; no stage opens before the one before it is done
  (四议两公开, 农村基层组织工作条例 §19).
- A stage that did not carry is a recorded result, not a deletion: the matter stays at that stage.
- The resolution is public for its whole period before anything may be called done there.

Not here: implementation and the publication of results.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum

from kiosk.core.publicity import Publication
from kiosk.core.terms import DELIBERATIONS, STAGES, MatterId, MeetingId, Origin, Stage, VoteId


@dataclass(frozen=True, slots=True)
class Deliberation:
    """What one body did with the matter: where it is recorded, and whether it carried."""

    meeting: MeetingId
    vote: VoteId
    at: datetime
    carried: bool


class Progress(Enum):
    """How far one stage is."""

    DONE = "done"  # 已完成
    NOW = "now"  # 正在进行
    TO_COME = "todo"  # 尚未开始


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter as the journal has it so far."""

    id: MatterId
    number: int
    title: str
    origin: Origin
    amount_fen: int
    proposal: tuple[str, ...]
    for_means: str
    against_means: str
    deliberations: Mapping[Stage, Deliberation] = field(default_factory=dict)
    publications: tuple[Publication, ...] = ()

    @property
    def next_deliberation(self) -> Stage | None:
        """The deliberation that is due; None when all four have carried."""
        for stage in DELIBERATIONS:
            done = self.deliberations.get(stage)
            if done is None or not done.carried:
                return stage
        return None

    @property
    def publication(self) -> Publication | None:
        """The newest publication of a resolution on this matter."""
        return self.publications[-1] if self.publications else None

    def progress(self, stage: Stage, on: date) -> Progress:
        """How far the stage is on that day."""
        due = self.next_deliberation
        if due is not None:
            order = STAGES.index(stage) - STAGES.index(due)
        elif not self._has_hung(on):
            order = STAGES.index(stage) - STAGES.index(Stage.RESOLUTION_PUBLIC)
        else:
            order = STAGES.index(stage) - STAGES.index(Stage.RESULT_PUBLIC)
        return Progress.DONE if order < 0 else Progress.NOW if order == 0 else Progress.TO_COME

    def _has_hung(self, on: date) -> bool:
        # An earlier defeat may have been published too; only the carried resolution counts.
        carried = self.deliberations[Stage.DECISION].vote
        return any(p.vote == carried and p.is_over(on) for p in self.publications)

    def deliberated(self, stage: Stage, deliberation: Deliberation) -> "Matter":
        """The matter after a body has voted on it."""
        return replace(self, deliberations={**self.deliberations, stage: deliberation})

    def published(self, publication: Publication) -> "Matter":
        """The matter after a resolution on it was published."""
        return replace(self, publications=(*self.publications, publication))
