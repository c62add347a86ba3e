"""The meeting that a request of the console is about: the one that is now, or the one that its form names."""

from flask import request

from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import MatterId, MeetingId, PersonId, VoteId
from kiosk.core.village import Village
from kiosk.web.parts import parts
from kiosk.web.sitting.standing import present_meeting


def current() -> tuple[Village, Meeting]:
    """The village and the meeting that is now. Refused: NO_SUCH_MEETING."""
    village = parts().village()
    meeting = present_meeting(village, parts().kiosk.now())
    if meeting is None:
        raise Refused(Reason.NO_SUCH_MEETING)
    return village, meeting


def form_meeting() -> MeetingId:
    """The meeting that the form names."""
    return MeetingId(request.form.get("meeting", ""))


def form_matter() -> MatterId:
    """The matter that the form names."""
    return MatterId(request.form.get("matter", ""))


def form_vote() -> VoteId:
    """The vote that the form names."""
    return VoteId(request.form.get("vote", ""))


def form_person() -> PersonId:
    """The person that the form names."""
    return PersonId(request.form.get("person", ""))
