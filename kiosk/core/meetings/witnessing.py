"""Before a meeting opens, what left the machine is held against its journal (校验码对照、U盘核对).

Whoever rolled the database back cannot roll back the paper in people's hands or the stick in their pocket. A difference
bars the opening until a member of the 监委会 has put on record that he knows of it: a meeting is not lost for it, and
neither is the difference.
"""

from kiosk.core.commands import (
    AcceptRecordDifference,
    CompareSignedPaper,
    ReportStick,
    WitnessingCommand,
)
from kiosk.core.events import (
    RecordDifferenceAccepted,
    SignedPaperCompared,
    StickCompared,
    WitnessingEvent,
)
from kiosk.core.facts import fact
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, require, require_text
from kiosk.core.values import NamedHead
from kiosk.core.village import Village


def decide(
    village: Village, meeting: Meeting, command: WitnessingCommand
) -> tuple[WitnessingEvent, ...]:
    """What comes of it; nothing where it is so already, or where there is no difference to accept.

    Refused: NOT_THE_CLOSING_CODE, COUNT_NEGATIVE, TEXT_MISSING.
    """
    known = meeting.witness
    match command:
        case CompareSignedPaper():
            closing = NamedHead(command.seq, command.digest)
            require(closing == village.closing, Reason.NOT_THE_CLOSING_CODE)
            compared = fact(SignedPaperCompared, command)
            return () if compared == known.paper else (compared,)
        case ReportStick():
            require(command.seq > 0, Reason.COUNT_NEGATIVE)
            reported = fact(StickCompared, command)
            return () if reported == known.stick else (reported,)
        case AcceptRecordDifference():
            require_text(command.ground)
            return (fact(RecordDifferenceAccepted, command),) if known.bars_opening else ()


def require_witness(meeting: Meeting) -> None:
    """Refused: RECORD_DIFFERS where paper or stick is not of this journal, and nobody has accepted that."""
    require(not meeting.witness.bars_opening, Reason.RECORD_DIFFERS)
