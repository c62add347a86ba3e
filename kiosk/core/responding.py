"""Emergencies (应急先行处置): declared by one officer, signed by a second, witnessed by the 监委会, told to a meeting.

Three people stand behind it, each by his own hand. No statute provides for it: 村民委员会组织法第二十五条 only lets
notice be short; so it is not hidden, but owed to the next meeting.
"""

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.emergency import Emergency
from kiosk.core.facts import fact
from kiosk.core.refusals import Reason, require, require_text
from kiosk.core.terms import Body
from kiosk.core.values import Actor
from kiosk.core.village import Village

RespondingCommand = (
    c.DeclareEmergency | c.CountersignEmergency | c.WitnessEmergency | c.ReportEmergency
)

TOLD = {Body.REPRESENTATIVES, Body.ASSEMBLY, Body.HOUSEHOLDS}
"""The meetings to which an emergency is reported (事后通报)."""


def decide(village: Village, command: RespondingCommand, actor: Actor) -> tuple[e.Event, ...]:
    """What the command brings about; nothing where a meeting was told already.

    Refused: EMERGENCY_EXISTS, TEXT_MISSING, NO_SUCH_EMERGENCY, and as each command's function says.
    """
    if isinstance(command, c.DeclareEmergency):
        require(command.emergency not in village.emergencies, Reason.EMERGENCY_EXISTS)
        require_text(command.ground, command.measures)
        return (fact(e.EmergencyDeclared, command),)
    emergency = village.emergency(command.emergency)
    match command:
        case c.CountersignEmergency():
            return (_countersign(emergency, command, actor),)
        case c.WitnessEmergency():
            return (_witness(emergency, command, actor),)
        case c.ReportEmergency():
            return _report(village, emergency, command)


def _countersign(
    emergency: Emergency, command: c.CountersignEmergency, actor: Actor
) -> e.EmergencyCountersigned:
    """Refused: EMERGENCY_SIGNED, SAME_OFFICER."""
    require(emergency.countersigned_at is None, Reason.EMERGENCY_SIGNED)
    signed = {emergency.declared_by, emergency.witnessed_by}
    require(actor.person not in signed, Reason.SAME_OFFICER)
    return fact(e.EmergencyCountersigned, command)


def _witness(
    emergency: Emergency, command: c.WitnessEmergency, actor: Actor
) -> e.EmergencyWitnessed:
    """Refused: EMERGENCY_SIGNED, SAME_OFFICER, TEXT_MISSING."""
    require(emergency.witnessed_at is None, Reason.EMERGENCY_SIGNED)
    signed = {emergency.declared_by, emergency.countersigned_by}
    require(actor.person not in signed, Reason.SAME_OFFICER)
    require_text(command.statement)
    return fact(e.EmergencyWitnessed, command)


def _report(
    village: Village, emergency: Emergency, command: c.ReportEmergency
) -> tuple[e.EmergencyReported, ...]:
    """Refused: NO_SUCH_MEETING, WRONG_BODY, NOT_IN_SESSION, EMERGENCY_NOT_SIGNED."""
    if not emergency.is_owed:
        return ()
    meeting = village.meeting(command.meeting)
    told = Body.REPRESENTATIVES.value
    require(meeting.body in TOLD, Reason.WRONG_BODY, matter="应急处置通报", body=told)
    require(meeting.in_session, Reason.NOT_IN_SESSION)
    require(emergency.is_signed, Reason.EMERGENCY_NOT_SIGNED)
    return (fact(e.EmergencyReported, command),)
