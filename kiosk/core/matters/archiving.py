"""Supervision and the archive (监督与归档): a file closes only with the 监委会's opinion on every stage of it.

Source: 村民委员会组织法第三十七条 (村务监督), 第三十九条 (村务档案). After it is closed nothing changes.
"""

from datetime import date, datetime

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.facts import fact
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.phases import require_over, require_phase
from kiosk.core.refusals import Reason, require, require_text
from kiosk.core.sheets import unsigned
from kiosk.core.terms import day_of
from kiosk.core.village import Village

ArchivingCommand = c.FileOpinion | c.ArchiveMatter


def decide(village: Village, command: ArchivingCommand, at: datetime) -> tuple[e.Event, ...]:
    """What the command brings about at that instant.

    Refused: NO_SUCH_MATTER, what `phases.TRANSITIONS` says, and as each command's function says.
    """
    on = day_of(at)
    matter = village.matter(command.matter)
    require_phase(matter, command, on)
    match command:
        case c.FileOpinion():
            return (_opine(matter, command),)
        case c.ArchiveMatter():
            _require_complete(village, matter, on)
            return (fact(e.MatterArchived, command),)


def _opine(matter: Matter, command: c.FileOpinion) -> e.OpinionFiled:
    """Refused: STAGE_NOT_REACHED, OPINION_EXISTS, TEXT_MISSING. A return opens its stages for a new opinion."""
    require(command.stage in matter.reached, Reason.STAGE_NOT_REACHED)
    require(matter.opinion(command.stage) is None, Reason.OPINION_EXISTS)
    require_text(command.text)
    return fact(e.OpinionFiled, command)


def _require_complete(village: Village, matter: Matter, on: date) -> None:
    """Refused: PUBLICATION_NOT_OVER, MATTER_NOT_DONE, OBJECTION_OPEN, OPINION_MISSING with the stages.

    SIGNED_SHEET_MISSING while the resolution that people signed has not come back.
    """
    require_over(matter, on)
    # A decision that its meeting has not published yet would be published into a closed file.
    require(not matter.awaits_publication, Reason.MATTER_NOT_DONE)
    require(not any(o.is_open for o in village.objections_to(matter.id)), Reason.OBJECTION_OPEN)
    missing = [stage.value for stage in matter.reached if matter.opinion(stage) is None]
    require(not missing, Reason.OPINION_MISSING, stages=" ".join(missing))
    require(not unsigned(village, matter.id), Reason.SIGNED_SHEET_MISSING)
