"""Carrying a resolution out (实施): somebody answers for it, contracts and money are on record, it is accepted.

Nothing here waits for the publication to end, for the law does not say so of every matter; a contract or a start of
works inside it is flagged for the inspector instead (公示期内签约、开工).
"""

from datetime import date, datetime

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.facts import fact
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.phases import require_phase
from kiosk.core.matters.works import Works
from kiosk.core.refusals import Reason, Refused, require, require_money, require_text
from kiosk.core.terms import day_of
from kiosk.core.village import Village

CarryingCommand = (
    c.AssignWorks
    | c.RecordContract
    | c.StartWorks
    | c.ReportProgress
    | c.RequestAcceptance
    | c.InspectWorks
)


def decide(village: Village, command: CarryingCommand, at: datetime) -> tuple[e.Event, ...]:
    """What the command brings about at that instant.

    Refused: NO_SUCH_MATTER, NOTHING_TO_CARRY_OUT, WORKS_NOT_ASSIGNED, WORKS_ACCEPTED, what `phases.TRANSITIONS`
    says, and as each command's function says.
    """
    on = day_of(at)
    matter = village.matter(command.matter)
    require(matter.kind.works or matter.archived_at, Reason.NOTHING_TO_CARRY_OUT)
    require_phase(matter, command, on)
    if isinstance(command, c.AssignWorks):
        return (_assign(matter, command, on),)
    works = _works(matter)
    match command:
        case c.RecordContract():
            return (_contract(matter, command, on),)
        case c.StartWorks():
            require(works.started_at is None, Reason.WORKS_STARTED)
            return (fact(e.WorksStarted, command, inside_publication=_is_inside(matter, on)),)
        case c.ReportProgress():
            return (_report(works, command),)
        case c.RequestAcceptance():
            return (_ask_for_acceptance(works, command),)
        case c.InspectWorks():
            return (_inspect(works, command),)


def _works(matter: Matter) -> Works:
    if matter.works is None:
        raise Refused(Reason.WORKS_NOT_ASSIGNED)
    require(matter.works.accepted_at is None, Reason.WORKS_ACCEPTED)
    return matter.works


def _assign(matter: Matter, command: c.AssignWorks, on: date) -> e.WorksAssigned:
    """Refused: WORKS_ASSIGNED, TEXT_MISSING, BACK_DATED for a deadline that is past, MONEY_NEGATIVE."""
    require(matter.works is None, Reason.WORKS_ASSIGNED)
    require_text(command.owner_name)
    require(command.deadline >= on, Reason.BACK_DATED)
    require_money(command.budget_fen)
    return fact(e.WorksAssigned, command)


def _contract(matter: Matter, command: c.RecordContract, on: date) -> e.ContractRecorded:
    """Refused: TEXT_MISSING, MONEY_NEGATIVE, DATE_TO_COME. A contract of long ago is recorded and flagged."""
    require_text(command.contractor)
    require_money(command.amount_fen)
    require(command.dated <= on, Reason.DATE_TO_COME)
    return fact(e.ContractRecorded, command, inside_publication=_is_inside(matter, command.dated))


def _is_inside(matter: Matter, day: date) -> bool:
    """Whether the resolution had not hung to its end on that day (公示期内), the days before it included."""
    assert matter.resolution is not None
    return not matter.resolution.is_over(day)


def _report(works: Works, command: c.ReportProgress) -> e.ProgressReported:
    """Refused: WORKS_NOT_STARTED, TEXT_MISSING, MONEY_NEGATIVE."""
    require(works.started_at, Reason.WORKS_NOT_STARTED)
    require_text(command.text)
    require_money(command.spent_fen)
    return fact(e.ProgressReported, command)


def _ask_for_acceptance(works: Works, command: c.RequestAcceptance) -> e.AcceptanceRequested:
    """Refused: WORKS_NOT_STARTED, ACCEPTANCE_REQUESTED while nobody has inspected, TEXT_MISSING, MONEY_NEGATIVE."""
    require(works.started_at, Reason.WORKS_NOT_STARTED)
    require(not works.awaits_inspection, Reason.ACCEPTANCE_REQUESTED)
    require_text(command.findings)
    require_money(command.actual_fen)
    return fact(e.AcceptanceRequested, command)


def _inspect(works: Works, command: c.InspectWorks) -> e.WorksInspected:
    """Refused: ACCEPTANCE_NOT_REQUESTED, TEXT_MISSING. Not accepted, the works go on.

    Source: 村民委员会组织法第三十七条 (村务监督).
    """
    require(works.awaits_inspection, Reason.ACCEPTANCE_NOT_REQUESTED)
    require_text(command.statement)
    return fact(e.WorksInspected, command)
