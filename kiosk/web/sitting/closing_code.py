"""What the console shows before a meeting of what witnesses the journal: the last closing code, the 监委会's stick."""

from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.village import Village
from kiosk.evidence.stick import StickSign, StickState
from kiosk.web.pictures import Picture
from kiosk.wording import Sentence
from kiosk.wording.witnessing import UNWITNESSED, closed_last, stick_differs


def stick_alarm(state: StickState) -> Sentence | None:
    """What the console says in large while the stick is not there or holds another record (U盘告警)."""
    if state.sign is StickSign.DIFFERS and state.head is not None:
        return stick_differs(state.head)
    return UNWITNESSED if state.sign is StickSign.MISSING else None


def last_closing(village: Village, meeting: Meeting) -> Picture | None:
    """Which meeting closed last, with what code, and what the signed paper said of it; None before the first."""
    closing = village.closing
    if meeting.state is not MeetingState.CALLED or closing is None:
        return None
    last = next(m for m in village.meetings.values() if m.heads.closed == closing)
    compared = meeting.witness.paper
    known = compared is not None and (compared.seq, compared.digest) == (
        closing.seq,
        closing.digest,
    )
    return {
        "meeting": closed_last(last),
        "code": closing.check_code,
        "seq": closing.seq,
        "digest": closing.digest,
        "agrees": compared.agrees if compared and known else None,
    }
