"""Between two meetings (会间办理): legal review, changes of the proposal, ways back, and giving a matter up.

- What did not carry stays as it is until somebody says what becomes of it: returned, sent to the assembly, ended.
- After a decision only an objection that was upheld leads back (异议成立，重新商议).
- Nothing moves under a vote that is open.
"""

from datetime import date

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.facts import fact
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.phases import require_phase
from kiosk.core.refusals import Reason, require, require_text
from kiosk.core.terms import STAGES, Body, RowId, Stage
from kiosk.core.village import Village

AdvancingCommand = (
    c.RecordReview | c.ReviseProposal | c.ReturnMatter | c.EndMatter | c.SendToAssembly
)

ANY_DAY = date.max
"""None of these commands asks how long something hangs, so any day will do."""

ABOVE = {
    RowId.REPRESENTATIVES: (RowId.ASSEMBLY, RowId.HOUSEHOLDS),
    RowId.ALL_REPRESENTATIVES: (RowId.ALL_VILLAGERS,),
}
"""On what row the assembly decides instead of the representatives (提交村民会议), the better one first."""


def decide(village: Village, command: AdvancingCommand) -> tuple[e.Event, ...]:
    """What the command brings about.

    Refused: NO_SUCH_MATTER, VOTE_OPEN, what `phases.TRANSITIONS` says, and as each command's function says.
    """
    matter = village.matter(command.matter)
    require_phase(matter, command, ANY_DAY)
    _require_no_open_vote(village, matter)
    match command:
        case c.RecordReview():
            return (_review(matter, command),)
        case c.ReviseProposal():
            return (_revise(matter, command),)
        case c.ReturnMatter():
            return (_return(village, matter, command),)
        case c.EndMatter():
            require_text(command.ground)
            return (fact(e.MatterEnded, command),)
        case c.SendToAssembly():
            return (_send_up(village, matter, command),)


def _require_no_open_vote(village: Village, matter: Matter) -> None:
    sitting = village.sitting_meeting
    vote = sitting.open_vote if sitting else None
    require(vote is None or matter.id not in vote.matters, Reason.VOTE_OPEN)


def _review(matter: Matter, command: c.RecordReview) -> e.ReviewRecorded:
    """Refused: REVIEW_NOT_DUE but after the consultation and before the next stage, TEXT_MISSING."""
    require(matter.due is matter.gate, Reason.REVIEW_NOT_DUE)
    require_text(command.reviewer, command.opinion)
    return fact(e.ReviewRecorded, command)


def _revise(matter: Matter, command: c.ReviseProposal) -> e.ProposalRevised:
    """Refused: TEXT_MISSING, NOTHING_CHANGED."""
    require(command.proposal, Reason.TEXT_MISSING)
    require_text(command.why, *command.proposal)
    require(command.proposal != matter.proposal, Reason.NOTHING_CHANGED)
    return fact(e.ProposalRevised, command)


def _return(village: Village, matter: Matter, command: c.ReturnMatter) -> e.MatterReturned:
    """Refused: NOT_RETURNABLE where there is no cause, or no such stage to go back to; TEXT_MISSING."""
    latest = _returns_to(village, matter)
    require(latest, Reason.NOT_RETURNABLE)
    assert latest is not None
    early_enough = STAGES.index(command.to) <= STAGES.index(latest)
    require(command.to in matter.kind.stages and early_enough, Reason.NOT_RETURNABLE)
    require_text(command.ground)
    return fact(e.MatterReturned, command)


def _returns_to(village: Village, matter: Matter) -> Stage | None:
    """The latest stage to which the matter may go back now (退回环节); None where nothing sends it back.

    A vote that did not carry and a decision objected to go back as the row of the vote says, an unfavourable
    review to the stage before it at the latest.
    """
    last = matter.standing
    objected = matter.decision and not matter.defeated and _is_objected_to(village, matter)
    if last and (matter.defeated or objected):
        row = village.meeting(last.meeting).vote(last.vote).row
        # A kind need not go through the stage that the row names.
        on_its_way = [
            s for s in matter.kind.stages if STAGES.index(s) <= STAGES.index(row.returns_to)
        ]
        return on_its_way[-1] if on_its_way else matter.kind.stages[0]
    if matter.review and not matter.review.favourable and matter.due is matter.gate:
        return next(iter(reversed(matter.passed)), matter.gate)
    return None


def _is_objected_to(village: Village, matter: Matter) -> bool:
    decided = matter.decision
    return decided is not None and any(
        objection.is_upheld and objection.filed_at >= decided.at
        for objection in village.objections_to(matter.id)
    )


def _send_up(village: Village, matter: Matter, command: c.SendToAssembly) -> e.MatterSentToAssembly:
    """Refused: NOT_DEFEATED before the decision, NO_ASSEMBLY_ABOVE, TEXT_MISSING.

    Source: 浙江省实施办法第十七条, 重庆市实施办法第十一条 (分歧较大难以形成决议的，提交村民会议).
    """
    decided = matter.decision
    require(decided, Reason.NOT_DEFEATED)
    divided = village.rows[matter.row].body is Body.REPRESENTATIVES
    above = _row_above(matter) if divided else None
    bar = next((bar.basis for bar in matter.kind.bars if bar.row in ABOVE.get(matter.row, ())), "")
    require(above, Reason.NO_ASSEMBLY_ABOVE, basis=bar)
    require_text(command.ground)
    return fact(e.MatterSentToAssembly, command, row=above)


def _row_above(matter: Matter) -> RowId | None:
    """The row that the kind names; else one that nothing bars."""
    candidates = ABOVE.get(matter.row, ())
    barred = {bar.row for bar in matter.kind.bars}
    named = [row for row in candidates if row in matter.kind.rows]
    free = [row for row in candidates if row not in barred]
    return next(iter(named or free), None)
