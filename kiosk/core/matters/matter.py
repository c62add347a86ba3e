"""Life of one matter (一事一档): through the deliberations of its kind, into the open, to its works and the archive.

- No stage opens before the one before it is lawfully done (四议两公开, 农村基层组织工作条例第十九条).
- What did not carry is a recorded result, not a deletion: the matter is returned, goes to the assembly, or ends.
- Where it stands is never stored: `phase` reads it off what stands in the file and off the calendar.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from kiosk.core import events as e
from kiosk.core.law.catalogue import Kind
from kiosk.core.matters.dossier import (
    Deliberation,
    Dossier,
    Opinion,
    Photo,
    Return,
    Review,
    Revision,
)
from kiosk.core.matters.publicity import Publication
from kiosk.core.matters.works import Works, WorksFact
from kiosk.core.refusals import Reason, require
from kiosk.core.terms import STAGES, Picture, Stage, VoteId
from kiosk.core.values import Actor
from kiosk.core.votes.vote import Vote

MatterFact = (
    e.ReviewRecorded
    | e.ProposalRevised
    | e.MatterReturned
    | e.MatterEnded
    | e.MatterSentToAssembly
    | e.OpinionFiled
    | e.MatterArchived
    | e.PublicationOpened
    | e.PhotoAttached
    | e.VoiceAttached
    | e.WorksAssigned
    | WorksFact
)


class Phase(Enum):
    """Where a matter is in its life (办理阶段); exactly one on any day."""

    DELIBERATING = "deliberating"  # 商议中
    DEFEATED = "defeated"  # 未通过，待处理
    DECIDED = "decided"  # 已决议，待散会公示
    PUBLISHED = "published"  # 决议公示中
    WORKS = "works"  # 实施中
    ACCEPTED = "accepted"  # 已验收，待公布结果
    RESULT = "result"  # 结果公示中
    DONE = "done"  # 已办结，待归档
    ENDED = "ended"  # 已终止
    ARCHIVED = "archived"  # 已归档


class Progress(Enum):
    """How far one stage is."""

    DONE = "done"  # 已完成
    NOW = "now"  # 正在进行
    TO_COME = "todo"  # 尚未开始


@dataclass(frozen=True, slots=True)
class Matter(Dossier):
    """One matter (事项) as the journal has it so far: its file, and where its life has come to."""

    # --- where it stands

    def phase(self, on: date) -> Phase:
        """Where it is on that day (办理阶段)."""
        if self.archived_at:
            return Phase.ARCHIVED
        if self.ended_at:
            return Phase.ENDED
        if self.defeated:
            return Phase.DEFEATED
        return Phase.DELIBERATING if self.due else self._phase_of_decided(on)

    def _phase_of_decided(self, on: date) -> Phase:
        if self.resolution is None:
            return Phase.DECIDED
        if not self.resolution.is_over(on):
            return Phase.PUBLISHED
        if not self.kind.works:
            return Phase.DONE
        if self.works is None or self.works.accepted_at is None:
            return Phase.WORKS
        if self.result is None:
            return Phase.ACCEPTED
        return Phase.DONE if self.result.is_over(on) else Phase.RESULT

    def progress(self, stage: Stage, on: date) -> Progress:
        """How far the stage is on that day; once it ended nothing goes on."""
        now = self._stage_of(on)
        public = self._published(stage)
        over = Stage.DECISION in self.passed and public is not None and public.is_over(on)
        if stage in self.passed or (over and stage is not now):
            return Progress.DONE
        return Progress.NOW if stage is now else Progress.TO_COME

    def _stage_of(self, on: date) -> Stage | None:
        match self.phase(on):
            case Phase.DELIBERATING:
                return self.due
            case Phase.DEFEATED:
                return self.standing.stage if self.standing else None
            case Phase.DECIDED | Phase.PUBLISHED:
                return Stage.RESOLUTION_PUBLIC
            case Phase.WORKS | Phase.ACCEPTED | Phase.RESULT:
                return Stage.RESULT_PUBLIC
            case Phase.DONE | Phase.ENDED | Phase.ARCHIVED:
                return None

    # --- what happens to it

    @classmethod
    def raised(cls, event: e.MatterRaised, kind: Kind, at: datetime) -> "Matter":
        """The matter as it was put on file (立项), with its kind as the catalogue had it that day."""
        return cls(
            id=event.matter,
            number=event.number,
            kind=kind,
            row=event.row,
            title=event.title,
            origin=event.origin,
            group=event.group,
            amount_fen=event.amount_fen,
            proposal=event.proposal,
            for_means=event.for_means,
            against_means=event.against_means,
            mandate=event.mandate,
            needs=event.needs,
            appraised=event.appraised,
            contest=event.contest,
            raised_at=at,
        )

    def deliberated(self, vote: Vote, at: datetime) -> "Matter":
        """The matter after a body has voted on it, whatever came out (审议结果)."""
        done = Deliberation(vote.stage, vote.meeting, vote.id, at, carried=bool(vote.carried))
        return replace(self, deliberations=(*self.deliberations, done))

    def undone(self, vote: VoteId) -> "Matter":
        """The matter after that vote was declared void (表决作废): it is kept and does not count."""
        kept = (replace(d, void=True) if d.vote == vote else d for d in self.deliberations)
        return replace(self, deliberations=tuple(kept))

    def amended(self, event: e.ProposalAmended, at: datetime) -> "Matter":
        """The matter after a meeting changed its proposal (会上修改方案)."""
        motion = Revision(
            at, self.proposal, event.proposal, meeting=event.meeting, mover=event.mover
        )
        return replace(self, proposal=event.proposal, revisions=(*self.revisions, motion))

    def after(  # noqa: C901 -- dispatch, not decision: each arm is one step
        self, event: MatterFact, at: datetime, actor: Actor
    ) -> "Matter":
        """The matter after one more event of its own."""
        match event:
            case e.ReviewRecorded():
                return self._reviewed(event, at)
            case e.ProposalRevised():
                revision = Revision(at, self.proposal, event.proposal, event.why)
                return replace(self, proposal=event.proposal, revisions=(*self.revisions, revision))
            case e.MatterReturned():
                kept = tuple(replace(r, set_aside=True) for r in self.reviews)
                back = Return(at, event.to, event.ground)
                return replace(self._set_aside(back), reviews=kept)
            case e.MatterSentToAssembly():
                up = Return(at, Stage.DECISION, event.ground, event.row)
                return replace(self._set_aside(up), row=event.row)
            case e.MatterEnded():
                return replace(self, ended_at=at, end_ground=event.ground)
            case e.MatterArchived():
                return replace(self, archived_at=at)
            case e.OpinionFiled():
                given = Opinion(event.stage, event.favourable, event.text, at, actor.person)
                return replace(self, opinions=(*self.opinions, given))
            case e.PublicationOpened():
                opened = Publication.opened(event)
                return replace(self, publications=(*self.publications, opened))
            case e.PhotoAttached():
                return self._photographed(event, at)
            case e.VoiceAttached():
                heard = tuple(p.read_aloud(event, at) for p in self.publications)
                return replace(self, publications=heard)
            case e.WorksAssigned():
                return replace(self, works=Works.assigned(event, at))
            case _:
                assert self.works is not None
                return replace(self, works=self.works.after(event, at, actor))

    def _reviewed(self, event: e.ReviewRecorded, at: datetime) -> "Matter":
        review = Review(at, event.reviewer, event.favourable, event.opinion, event.attachment)
        return replace(self, reviews=(*self.reviews, review))

    def _set_aside(self, back: Return) -> "Matter":
        """What lies at or after the stage it goes back to counts no more; its works stop with the resolution."""

        def kept(record: Deliberation | Opinion) -> bool:
            return STAGES.index(record.stage) < STAGES.index(back.to)

        return replace(
            self,
            returns=(*self.returns, back),
            deliberations=tuple(
                d if kept(d) else replace(d, set_aside=True) for d in self.deliberations
            ),
            opinions=tuple(o if kept(o) else replace(o, set_aside=True) for o in self.opinions),
            works=None,
            former_works=(*self.former_works, *([self.works] if self.works else [])),
        )

    def _photographed(self, event: e.PhotoAttached, at: datetime) -> "Matter":
        of_board = event.picture in {Picture.FIRST_DAY, Picture.LAST_DAY}
        shown = self.publication if of_board else None
        photo = Photo(at, event.picture, event.attachment, shown)
        return replace(self, photos=(*self.photos, photo))


def require_due(matter: Matter, stage: Stage) -> None:
    """That a body may now deliberate on the matter in that stage (议事顺序, 四议两公开).

    Refused: MATTER_ARCHIVED, MATTER_ENDED, STAGE_OUT_OF_ORDER, REVIEW_MISSING.
    """
    require(matter.archived_at is None, Reason.MATTER_ARCHIVED)
    require(matter.ended_at is None, Reason.MATTER_ENDED)
    require(matter.due is stage, Reason.STAGE_OUT_OF_ORDER)
    reviewed = matter.review is not None and matter.review.favourable
    gated = matter.kind.review and stage is matter.gate
    require(reviewed or not gated, Reason.REVIEW_MISSING)
