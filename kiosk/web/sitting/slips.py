"""Handing out slips (发表决条): tap a name, he scans the code with his own phone; or print them, four on a sheet.

A slip is as good as a ballot: it is shown to the person himself. A new one ends the one before.
"""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk.core.ballot_terms import Channel
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import CommandId, PersonId
from kiosk.core.values import Seat
from kiosk.core.votes.vote import Vote
from kiosk.store.slips import Slip
from kiosk.web import pictures
from kiosk.web.access import DOOR, allow
from kiosk.web.answers import went_well
from kiosk.web.parts import parts
from kiosk.web.qr import qr_path
from kiosk.web.sitting import turns
from kiosk.web.sitting.represented import voters_tile

slips = Blueprint("slips", __name__, url_prefix="/console")

LARGEST_PRINT = 100
"""Slips printed at once, so that the page stays light; those that are left come with the next."""


@slips.get("/slips")
@allow(DOOR)
def waiting() -> str:
    """Those who have not voted: tap one to hand him a slip."""
    found = _open_vote()
    if found is None:
        return render_template("slip/hand_out.html", village=parts().village(), vote=None)
    meeting, vote = found
    holders = parts().slips.holders(parts().home, vote.id)
    seats = _seats(meeting, vote)
    return render_template(
        "slip/hand_out.html",
        village=parts().village(),
        vote=vote,
        titles=parts().village().titles(vote),
        tiles=[_tile(meeting, vote, seat, given=seat.person in holders) for seat in seats],
        to_print=min(LARGEST_PRINT, sum(seat.person not in holders for seat in seats)),
    )


def _open_vote() -> tuple[Meeting, Vote] | None:
    meeting = parts().village().sitting_meeting
    vote = meeting.open_vote if meeting else None
    return (meeting, vote) if meeting and vote else None


def _seats(meeting: Meeting, vote: Vote) -> list[Seat]:
    """Who is in the room, or represented there, and has not voted."""
    here = [meeting.seats[person] for person in vote.waiting if person in meeting.inside]
    return sorted(here, key=lambda seat: (seat.group, seat.person))


def _tile(meeting: Meeting, vote: Vote, seat: Seat, *, given: bool) -> pictures.Picture:
    return voters_tile(meeting, seat) | {
        "state": "in" if given else "out",
        "said": "已发" if given else "还没有发",
        "action": "/console/slips",
        "fields": {"vote": vote.id, "person": seat.person},
    }


def _asked_vote() -> tuple[Meeting, Vote]:
    """The open vote, if it is the one that the form names. Refused: VOTE_NOT_OPEN."""
    found = _open_vote()
    if found is None or request.form.get("vote") != found[1].id:
        raise Refused(Reason.VOTE_NOT_OPEN)
    return found


@slips.post("/slips")
@allow(DOOR)
def hand_out() -> str:
    """A slip for one person, large enough to scan. Refused: as his ballot would be."""
    _, vote = _asked_vote()
    slip = _new_slip(vote, PersonId(request.form.get("person", "")))
    turn = turns.turn_of(slip.vote, slip.person, slip.command, Channel.PHONE)
    turns.require_able(turn)
    return render_template(
        "slip/one.html",
        village=parts().village(),
        titles=parts().village().titles(vote),
        method=turns.method_words(vote),
        slips=[_issued(turn.meeting, turn.seat, slip)],
    )


@slips.post("/slips/print")
@allow(DOOR)
def print_all() -> str | Response:
    """Slips for all who have none yet, to be printed and cut."""
    meeting, vote = _asked_vote()
    holders = parts().slips.holders(parts().home, vote.id)
    without = [seat for seat in _seats(meeting, vote) if seat.person not in holders]
    if not without:
        return went_well("/console/slips")
    return render_template(
        "slip/many.html",
        village=parts().village(),
        titles=parts().village().titles(vote),
        method=turns.method_words(vote),
        slips=[
            _issued(meeting, seat, _new_slip(vote, seat.person)) for seat in without[:LARGEST_PRINT]
        ],
    )


def _new_slip(vote: Vote, person: PersonId) -> Slip:
    return Slip(vote.id, person, CommandId(parts().new_token()))


def _issued(meeting: Meeting, seat: Seat, slip: Slip) -> pictures.Picture:
    """The slip under a new token, as it is shown or printed: this once, for only the token's hash is kept."""
    token = parts().new_token()
    parts().slips.issue(parts().home, slip, token)
    code = qr_path(f"{parts().settings.public_url}/slip/{token}")
    return voters_tile(meeting, seat) | {"qr": code}
