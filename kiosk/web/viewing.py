"""查看登记: a film of a meeting that is over is opened by an officer who said why; its pages and parts ask here."""

from kiosk.core.meetings.keeping import require_opened
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Refused
from kiosk.web.access import visitor
from kiosk.web.parts import parts


def require_viewing(meeting: Meeting) -> None:
    """Hold the signed-in officer to his reason. Refused: FILM_DELETED, FILM_NOT_OPENED.

    Whatever shows a picture of the archive calls this first; while the meeting goes on it asks for nothing.
    """
    officer = visitor().officer
    assert officer is not None
    require_opened(parts().village(), meeting, officer.id, parts().kiosk.now())


def is_open(meeting: Meeting) -> bool:
    """Whether the signed-in officer may look at the film now."""
    try:
        require_viewing(meeting)
    except Refused:
        return False
    return True
