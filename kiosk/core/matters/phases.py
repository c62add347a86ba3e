"""What may be done with a matter in which phase of its life (办理阶段), as one table: the transitions, given once.

A row says in which phases a command is taken, and for each of the others the reason that it is not. What a command
asks besides, a day or a signature, its own module knows.
"""

from collections.abc import Mapping
from datetime import date

from kiosk.core import commands as c
from kiosk.core.matters.matter import Matter, Phase
from kiosk.core.refusals import Reason, require

MatterStep = (
    c.RecordReview
    | c.ReviseProposal
    | c.ReturnMatter
    | c.EndMatter
    | c.SendToAssembly
    | c.AttachPhoto
    | c.AttachVoice
    | c.FileObjection
    | c.AnswerObjection
    | c.EscalateObjection
    | c.PublishResult
    | c.AssignWorks
    | c.RecordContract
    | c.StartWorks
    | c.ReportProgress
    | c.RequestAcceptance
    | c.InspectWorks
    | c.FileOpinion
    | c.ArchiveMatter
)
"""Every command that changes one matter outside a meeting."""

Row = Mapping[Phase, Reason | None]

_DECIDED = (Phase.DECIDED, Phase.PUBLISHED, Phase.WORKS, Phase.ACCEPTED, Phase.RESULT, Phase.DONE)
_OVER: Row = {Phase.ENDED: Reason.MATTER_ENDED, Phase.ARCHIVED: Reason.MATTER_ARCHIVED}


def _row(*taken: Phase, otherwise: Reason, but: Row | None = None) -> Row:
    """Taken in these phases; in the others refused, for that reason unless `but` has another."""
    refused: Row = dict.fromkeys(Phase, otherwise) | dict(_OVER) | dict(but or {})
    return {phase: None if phase in taken else refused[phase] for phase in Phase}


_UNTIL_ARCHIVED = _row(
    *(phase for phase in Phase if phase is not Phase.ARCHIVED), otherwise=Reason.MATTER_ARCHIVED
)
_CARRYING = _row(
    Phase.PUBLISHED,
    Phase.WORKS,
    otherwise=Reason.NOTHING_TO_CARRY_OUT,
    but={
        Phase.ACCEPTED: Reason.WORKS_ACCEPTED,
        Phase.RESULT: Reason.WORKS_ACCEPTED,
        Phase.DONE: Reason.WORKS_ACCEPTED,
    },
)

TRANSITIONS: Mapping[type[MatterStep], Row] = {
    c.RecordReview: _row(Phase.DELIBERATING, otherwise=Reason.REVIEW_NOT_DUE),
    c.ReviseProposal: _row(Phase.DELIBERATING, otherwise=Reason.NOT_DELIBERATING),
    # After a decision only an objection that was upheld leads back: `advancing` asks for it.
    c.ReturnMatter: _row(
        Phase.DELIBERATING, Phase.DEFEATED, *_DECIDED, otherwise=Reason.NOT_RETURNABLE
    ),
    c.EndMatter: _row(Phase.DELIBERATING, Phase.DEFEATED, otherwise=Reason.NOT_DEFEATED),
    c.SendToAssembly: _row(Phase.DEFEATED, otherwise=Reason.NOT_DEFEATED),
    c.AttachPhoto: _UNTIL_ARCHIVED,
    c.AttachVoice: _UNTIL_ARCHIVED,
    c.FileObjection: _UNTIL_ARCHIVED,
    c.AnswerObjection: _UNTIL_ARCHIVED,
    c.EscalateObjection: _UNTIL_ARCHIVED,
    c.PublishResult: _row(
        Phase.ACCEPTED,
        otherwise=Reason.NOT_PUBLISHED,
        but={
            Phase.PUBLISHED: Reason.PUBLICATION_NOT_OVER,
            Phase.WORKS: Reason.WORKS_NOT_ACCEPTED,
            Phase.RESULT: Reason.RESULT_PUBLISHED,
            Phase.DONE: Reason.RESULT_PUBLISHED,
        },
    ),
    c.AssignWorks: _CARRYING,
    c.RecordContract: _CARRYING,
    c.StartWorks: _CARRYING,
    c.ReportProgress: _CARRYING,
    c.RequestAcceptance: _CARRYING,
    c.InspectWorks: _CARRYING,
    c.FileOpinion: _UNTIL_ARCHIVED,
    c.ArchiveMatter: _row(
        Phase.DEFEATED,
        Phase.DONE,
        Phase.ENDED,
        otherwise=Reason.MATTER_NOT_DONE,
        but={
            Phase.PUBLISHED: Reason.PUBLICATION_NOT_OVER,
            Phase.RESULT: Reason.PUBLICATION_NOT_OVER,
        },
    ),
}
"""For each command and each phase: None where it is taken, else why not."""


def require_phase(matter: Matter, step: MatterStep, on: date) -> None:
    """That the matter is in a phase in which the command is taken, on that day (办理阶段).

    Refused: the reason in `TRANSITIONS`; PUBLICATION_NOT_OVER says the last day.
    """
    reason = TRANSITIONS[type(step)][matter.phase(on)]
    if reason is Reason.PUBLICATION_NOT_OVER:
        require_over(matter, on)
    require(reason is None, reason or Reason.MATTER_NOT_DONE)


def require_over(matter: Matter, on: date) -> None:
    """That every publication on the matter is over (公示期满): the day after the last day, 00:00, at the earliest.

    Refused: PUBLICATION_NOT_OVER, with the last day. Source: 村民委员会组织法第三十五条.
    """
    hanging = [p for p in matter.publications if not p.is_over(on)]
    latest = max((p.last_day for p in hanging), default=on)
    require(not hanging, Reason.PUBLICATION_NOT_OVER, day=latest.isoformat())
