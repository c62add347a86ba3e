"""The ballot screen (表决屏): a name tile, three equal cards, 确认, ✓, and it clears for the next person.

Whose ballot it is stands with the paired screen (`Turn`), never in a form; so does the ballot's command id, so that a
repeated confirmation is the same ballot. What comes after the tile is the same as on a phone (`turns`). A named vote
works by plain forms; the page's script adds only calm.
"""

from datetime import date

from flask import Blueprint, render_template, request, session
from werkzeug.wrappers import Response

from kiosk.core.ballot_terms import Channel
from kiosk.core.history import Known
from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import CommandId, DeviceKind, PersonId, day_of
from kiosk.core.values import Seat
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote
from kiosk.store.devices import Turn
from kiosk.web import pictures
from kiosk.web.access import BALLOT, allow, screen
from kiosk.web.answers import went_well
from kiosk.web.pages import LivePage
from kiosk.web.parts import Parts, parts
from kiosk.web.sitting import scenes, turns
from kiosk.web.sitting.represented import voters_tile
from kiosk.web.sitting.standing import upcoming_meeting

ballot = Blueprint("ballot", __name__, url_prefix="/ballot")

ALL, OBSERVERS = "all", "observers"


def draw(parts_: Parts, known: Known, tab: str) -> str:
    """Who may still vote, as tiles; or that there is nothing to vote on now."""
    assert known.village is not None
    meeting = known.village.sitting_meeting
    vote = meeting.open_vote if meeting else None
    if meeting is None or vote is None or meeting.state is MeetingState.PAUSED:
        return _waiting(known.village, day_of(parts_.kiosk.now()))
    tab = tab or ALL
    return render_template(
        "ballot/_tiles.html",
        village=known.village,
        titles=known.village.titles(vote),
        method=turns.method_words(vote),
        tabs=_tabs(meeting, vote, tab),
        tiles=[_tile(meeting, vote, seat) for seat in _seats(meeting, vote, tab)],
        # How many have voted is told in steps while the vote is secret, by the screens of the hall.
        turnout=None if vote.is_secret else pictures.turnout_ring(vote),
    )


def _waiting(village: Village, on: date) -> str:
    """Nothing to vote on now: why, and how many are there."""
    called = upcoming_meeting(village, on)
    paused = called is not None and called.state is MeetingState.PAUSED
    return render_template(
        "ballot/_waiting.html",
        quorum=pictures.quorum_ring(called) if called else None,
        pause=scenes.pause(called) if called and paused else None,
    )


def _tabs(meeting: Meeting, vote: Vote, tab: str) -> list[pictures.Picture]:
    groups = sorted({seat.group for seat in meeting.seats.values() if seat.votes})
    names = [(ALL, "全部"), *((str(g), f"{g}组") for g in groups), (OBSERVERS, "列席")]
    return [
        {
            "label": label,
            "href": f"/ballot/?tab={name}",
            "current": name == tab,
            "count": None if vote.is_secret else _still_to_vote(meeting, vote, name),
        }
        for name, label in names
    ]


def _still_to_vote(meeting: Meeting, vote: Vote, tab: str) -> int | None:
    if tab == OBSERVERS:
        return None
    return sum(seat.person in vote.waiting for seat in _seats(meeting, vote, tab))


def _seats(meeting: Meeting, vote: Vote, tab: str) -> list[Seat]:
    """Who is offered a tile: who still may vote, or may change his ballot.

    Attending people have tiles too, to be told why not.
    """
    here = [seat for seat in meeting.seats.values() if seat.person in meeting.inside]
    if tab == OBSERVERS:
        return [seat for seat in here if not seat.votes]
    return [
        seat
        for seat in here
        if seat.person in vote.waiting or turns.may_change(vote, seat.person)
        if tab in (ALL, str(seat.group))
    ]


def _tile(meeting: Meeting, vote: Vote, seat: Seat) -> pictures.Picture:
    tile = voters_tile(meeting, seat) | {
        "state": "turn" if seat.person in vote.waiting else "observer",
        "action": "/ballot/turn",
        "fields": {"meeting": meeting.id, "vote": vote.id, "person": seat.person},
    }
    if turns.may_change(vote, seat.person):
        tile |= {"state": "voted", "said": "已投，可改"}
    return tile


@ballot.get("/")
@allow(BALLOT)
def tiles() -> str:
    """The next person finds his name."""
    parts().devices.end_turn(screen(DeviceKind.BALLOT).id)
    session.pop("size", None)
    session.pop("contrast", None)
    tab = request.args.get("tab", ALL)
    page = draw(parts(), parts().known(), tab)
    return render_template(
        "ballot/tiles.html", village=parts().village(), page=page, room=f"ballot:{tab}"
    )


@ballot.post("/turn")
@allow(BALLOT)
def begin_turn() -> Response:
    """A name was tapped: it is this person's turn, if he may vote at all."""
    vote = parts().village().open_vote
    if vote is None or request.form.get("vote") != vote.id:
        raise Refused(Reason.VOTE_NOT_OPEN)
    person = PersonId(request.form.get("person", ""))
    turn = Turn(vote.id, person, CommandId(parts().new_token()))
    turns.require_able(_turn_of(turn))
    parts().devices.give_turn(screen(DeviceKind.BALLOT).id, turn)
    return went_well("/ballot/choose")


def _turn_of(turn: Turn) -> turns.VotersTurn:
    device = screen(DeviceKind.BALLOT).id
    return turns.turn_of(turn.vote, turn.person, turn.command, Channel.KIOSK_SCREEN, device)


def _turn() -> turns.VotersTurn:
    """Whose turn it is at this screen. Refused: VOTE_NOT_OPEN where it is nobody's."""
    turn = screen(DeviceKind.BALLOT).turn
    if turn is None:
        raise Refused(Reason.VOTE_NOT_OPEN)
    return _turn_of(turn)


@ballot.route("/choose", methods=["GET", "POST"])
@allow(BALLOT)
def choose() -> str | Response:
    """Equal cards; a form brings back whom he had named (改一下), which no address and no history may hold."""
    if screen(DeviceKind.BALLOT).turn is None:
        return went_well("/ballot/")
    return turns.choose(_turn())


@ballot.post("/confirm")
@allow(BALLOT)
def confirm() -> str | tuple[Response | str, int]:
    """您选了：… — 改一下, or 确认."""
    return turns.confirm(_turn())


@ballot.post("/cast")
@allow(BALLOT)
def cast() -> Response:
    """确认: the ballot is cast, durably, or refused with the reason."""
    return turns.cast(_turn())


@ballot.get("/still")
@allow(BALLOT)
def still() -> str:
    """Asked after two idle minutes; 45 seconds later the screen clears without a ballot."""
    return render_template("ballot/still.html", village=parts().village())


@ballot.get("/done")
@allow(BALLOT)
def done() -> str:
    """✓ for two seconds, the same whatever was chosen; then the screen clears."""
    return render_template("ballot/done.html", village=parts().village())


TILES = LivePage("ballot", BALLOT, draw)
