"""The file of a matter (一事一档): all that was ever done with it, and which of it counts now.

Nothing leaves the file. What a return sends the matter back over is `set_aside`: it is kept and no longer counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from kiosk.core.law.catalogue import Kind
from kiosk.core.matters.publicity import Publication
from kiosk.core.matters.works import Works
from kiosk.core.terms import (
    STAGES,
    MatterId,
    MeetingId,
    NeedId,
    Origin,
    PersonId,
    Picture,
    RowId,
    Stage,
    VoteId,
)
from kiosk.core.values import Attachment, Contest

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Deliberation:
    """What one body did with the matter (一次审议): the vote it is recorded in, and whether it carried.

    `void`: the vote was declared void afterwards. `set_aside`: the matter was returned over it.
    """

    stage: Stage
    meeting: MeetingId
    vote: VoteId
    at: datetime
    carried: bool
    void: bool = False
    set_aside: bool = False

    @property
    def stands(self) -> bool:
        """Whether it counts for where the matter is now (有效)."""
        return not self.void and not self.set_aside


@dataclass(frozen=True, slots=True)
class Review:
    """A legal review (合法性审查意见)."""

    at: datetime
    reviewer: str
    favourable: bool
    opinion: str
    attachment: Attachment | None
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """A change of the proposal (方案修改): between two stages with the reason, or by a meeting on a motion."""

    at: datetime
    proposal_before: tuple[str, ...]
    proposal_after: tuple[str, ...]
    why: str = ""
    meeting: MeetingId | None = None
    mover: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """A way back (退回) to a stage; `row` is that on which the assembly decides instead (提交村民会议), else None."""

    at: datetime
    to: Stage
    ground: str
    row: RowId | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """The 监委会's opinion on one stage (监督意见), and who filed it."""

    stage: Stage
    favourable: bool
    text: str
    at: datetime
    by: PersonId | None
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph (照片); `publication` is the one that it shows, None where it shows something else."""

    at: datetime
    picture: Picture
    attachment: Attachment
    publication: Publication | None


_ORDINARY = {
    Stage.PROPOSAL: RowId.PARTY_COMMITTEE,
    Stage.CONSULTATION: RowId.TWO_COMMITTEES,
    Stage.REVIEW: RowId.PARTY_MEETING,
}
"""The rule rows of the deliberations before the decision."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything in the file of one matter (卷宗).

    The fields up to `raised_at` are as it was raised, but `row` after a way up to the assembly and `proposal` after
    a revision are the new ones. `deliberations`, `reviews` and `opinions` hold all that ever were; what counts now
    says so itself. `former_works` belong to resolutions that the matter was returned over.
    """

    id: MatterId
    number: int
    kind: Kind
    row: RowId
    title: str
    origin: Origin
    group: int
    amount_fen: int
    proposal: tuple[str, ...]
    for_means: str
    against_means: str
    mandate: str
    needs: tuple[NeedId, ...]
    appraised: PersonId | None
    contest: Contest | None
    raised_at: datetime
    deliberations: tuple[Deliberation, ...] = ()
    reviews: tuple[Review, ...] = ()
    revisions: tuple[Revision, ...] = ()
    returns: tuple[Return, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    publications: tuple[Publication, ...] = ()
    photos: tuple[Photo, ...] = ()
    works: Works | None = None
    former_works: tuple[Works, ...] = ()
    ended_at: datetime | None = None
    end_ground: str = ""
    archived_at: datetime | None = None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Every stage it goes through (应经环节), publications included."""
        result = (Stage.RESULT_PUBLIC,) if self.kind.works else ()
        return (*self.kind.stages, Stage.RESOLUTION_PUBLIC, *result)

    @property
    def passed(self) -> tuple[Stage, ...]:
        """The deliberations passed on the present way (已通过的环节); an appraisal passes whatever comes out."""
        return tuple(d.stage for d in self.deliberations if d.stands and self._passes(d))

    @property
    def defeated(self) -> bool:
        """Whether the last vote did not carry and nothing was done about it yet (未通过)."""
        last = self.standing
        return last is not None and not self._passes(last)

    @property
    def due(self) -> Stage | None:
        """The deliberation that is due now; None when decided, ended, or defeated and not yet returned."""
        if self.defeated or self.ended_at:
            return None
        return next((stage for stage in self.kind.stages if stage not in self.passed), None)

    @property
    def gate(self) -> Stage:
        """The stage before which a legal review comes (合法性审查): the first after the consultation."""
        return Stage.REVIEW if Stage.REVIEW in self.kind.stages else Stage.DECISION

    @property
    def review(self) -> Review | None:
        """The newest legal review since the last return; only it counts."""
        return newest(r for r in self.reviews if not r.set_aside)

    @property
    def standing(self) -> Deliberation | None:
        """The last deliberation that counts."""
        return newest(d for d in self.deliberations if d.stands)

    @property
    def decision(self) -> Deliberation | None:
        """The deliberation that decided it, carried or not (表决结果); None before, and again after a return."""
        return newest(d for d in self.deliberations if d.stands and d.stage is Stage.DECISION)

    @property
    def publication(self) -> Publication | None:
        """The newest publication of either kind."""
        return newest(self.publications)

    @property
    def resolution(self) -> Publication | None:
        """The newest publication of the present decision (决议公开)."""
        return self._published(Stage.RESOLUTION_PUBLIC)

    @property
    def result(self) -> Publication | None:
        """The newest publication of what came of the present decision (实施结果公开)."""
        return self._published(Stage.RESULT_PUBLIC)

    @property
    def awaits_publication(self) -> bool:
        """Whether a decision was taken that is not yet public: its meeting is still on (待散会公示)."""
        public = {p.vote for p in self.publications}
        decided = (d for d in self.deliberations if d.stage is Stage.DECISION and not d.void)
        return any(d.vote not in public for d in decided)

    @property
    def reached(self) -> tuple[Stage, ...]:
        """The stages that were reached and so owe an opinion (已办环节), in their order.

        A return takes back those it goes over, for they will be reached again; of a matter that ended all count.
        """
        over = self.ended_at is not None
        voted = {d.stage for d in self.deliberations if d.stands or (over and not d.void)}
        shown = {
            p.stage for p in (self.publications if over else (self.resolution, self.result)) if p
        }
        return tuple(stage for stage in STAGES if stage in voted | shown)

    def opinion(self, stage: Stage) -> Opinion | None:
        """The 监委会's opinion on that stage that counts now (监督意见)."""
        over = self.ended_at is not None
        return newest(o for o in self.opinions if o.stage is stage and (over or not o.set_aside))

    def row_at(self, stage: Stage) -> RowId:
        """The rule row that a deliberation in that stage uses (适用规则)."""
        return _ORDINARY.get(stage, self.row)

    def _published(self, stage: Stage) -> Publication | None:
        decided = self.decision.vote if self.decision else None
        return newest(p for p in self.publications if p.stage is stage and p.vote == decided)

    def _passes(self, deliberation: Deliberation) -> bool:
        # 民主评议 has an outcome either way; nothing of it is to be sent back.
        appraisal = self.row is RowId.APPRAISAL and deliberation.stage is Stage.DECISION
        return deliberation.carried or appraisal


def newest(records: Iterable[Record]) -> Record | None:
    """The last of them; None of none."""
    return next(reversed(tuple(records)), None)
