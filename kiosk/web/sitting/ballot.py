"""The ballot screen (表决): a name tile, three equal cards, 确认, ✓, and it clears for the next person.

Whose ballot it is stands with the paired screen (`Turn`), never in a form; so does the ballot's command id, so that a
repeated confirmation is the same ballot. Everything works by plain forms; the page's script adds only calm.
"""

from datetime import date

from flask import Blueprint, render_template, request, session
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.commands import CastBallot
from kiosk.core.history import Known
from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.meetings.voting import Vote
from kiosk.core.procedure import decide
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.terms import Channel, Choice, CommandId, DeviceKind, PersonId, Role, day_of
from kiosk.core.values import Actor, Seat
from kiosk.core.village import Village
from kiosk.store.devices import Device, Turn
from kiosk.web import pictures
from kiosk.web.access import BALLOT, allow, screen
from kiosk.web.answers import went_well
from kiosk.web.pages import LivePage
from kiosk.web.parts import Parts, parts
from kiosk.web.sitting import scenes
from kiosk.web.sitting.standing import upcoming_meeting

ballot = Blueprint("ballot", __name__, url_prefix="/ballot")


def draw(parts_: Parts, known: Known, tab: str) -> str:
    """Who may still vote, as tiles; or that there is nothing to vote on now."""
    assert known.village is not None
    meeting = known.village.sitting_meeting
    vote = meeting.open_vote if meeting else None
    if meeting is None or vote is None or meeting.state is MeetingState.PAUSED:
        return _waiting(known.village, day_of(parts_.kiosk.now()))
    return render_template(
        "ballot/_tiles.html",
        village=known.village,
        titles=_titles(known.village, vote),
        tabs=_tabs(meeting, vote, tab),
        tiles=[_tile(meeting, vote, seat) for seat in _seats(meeting, vote, tab)],
        turnout=pictures.turnout_ring(vote),
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


def _titles(village: Village, vote: Vote) -> list[str]:
    return [village.matters[matter].title for matter in vote.matters]


def _groups(meeting: Meeting) -> list[int]:
    return sorted({seat.group for seat in meeting.seats.values() if seat.votes})


def _tabs(meeting: Meeting, vote: Vote, tab: str) -> list[pictures.Picture]:
    chosen = tab or "all"
    names = [
        ("all", "全部"),
        *((str(g), f"{g}组") for g in _groups(meeting)),
        ("observers", "列席"),
    ]
    return [
        {
            "label": label,
            "href": f"/ballot/?tab={name}",
            "current": name == chosen,
            "count": None if name == "observers" else len(_seats(meeting, vote, name)),
        }
        for name, label in names
    ]


def _seats(meeting: Meeting, vote: Vote, tab: str) -> list[Seat]:
    """Who is offered a tile: who still may vote; attending people have tiles too, to be told why not."""
    here = [seat for seat in meeting.seats.values() if seat.person in meeting.arrivals]
    if tab == "observers":
        return [seat for seat in here if not seat.votes]
    waiting = [seat for seat in here if seat.person in vote.waiting]
    return [seat for seat in waiting if tab in ("", "all", str(seat.group))]


def _tile(meeting: Meeting, vote: Vote, seat: Seat) -> pictures.Picture:
    state = "turn" if seat.person in vote.waiting else "observer"
    return pictures.person_tile(seat) | {
        "state": state,
        "action": "/ballot/turn",
        "fields": {"meeting": meeting.id, "vote": vote.id, "person": seat.person},
    }


@ballot.get("/")
@allow(BALLOT)
def tiles() -> str:
    """The next person finds his name."""
    parts().devices.end_turn(screen(DeviceKind.BALLOT).id)
    session.pop("size", None)
    session.pop("contrast", None)
    tab = request.args.get("tab", "all")
    page = draw(parts(), parts().known(), tab)
    return render_template(
        "ballot/tiles.html", village=parts().village(), page=page, room=f"ballot:{tab}"
    )


@ballot.post("/turn")
@allow(BALLOT)
def begin_turn() -> Response:
    """A name was tapped: it is this person's turn, if he may vote at all."""
    village = parts().village()
    meeting = village.sitting_meeting
    vote = meeting.open_vote if meeting else None
    if meeting is None or vote is None or request.form.get("vote") != vote.id:
        raise Refused(Reason.VOTE_NOT_OPEN)
    person = PersonId(request.form.get("person", ""))
    _require_able(village, meeting, vote, person)
    turn = Turn(vote.id, person, CommandId(parts().new_token()))
    parts().devices.give_turn(screen(DeviceKind.BALLOT).id, turn)
    return went_well("/ballot/choose")


def _require_able(village: Village, meeting: Meeting, vote: Vote, person: PersonId) -> None:
    """Ask the core what it would say to this person's ballot, so that nobody is led on in vain.

    Nothing is recorded; which choice is tried makes no difference. Refused: as `CastBallot` would be.
    """
    trial = CastBallot(meeting.id, vote.id, person, vote.row.options[0], Channel.KIOSK_SCREEN)
    decide(village, trial, Actor(Role.VOTER, person), parts().kiosk.now())


def _turn() -> tuple[Device, Turn, Meeting, Vote, Seat]:
    device = screen(DeviceKind.BALLOT)
    if device.turn is None:
        raise Refused(Reason.VOTE_NOT_OPEN)
    meeting = next(
        (m for m in parts().village().meetings.values() if device.turn.vote in m.votes), None
    )
    if meeting is None:
        raise Refused(Reason.NO_SUCH_VOTE)
    return (
        device,
        device.turn,
        meeting,
        meeting.votes[device.turn.vote],
        meeting.seats[device.turn.person],
    )


@ballot.get("/choose")
@allow(BALLOT)
def choose() -> str | Response:
    """Three equal cards."""
    if screen(DeviceKind.BALLOT).turn is None:
        return went_well("/ballot/")
    _, _, meeting, vote, seat = _turn()
    village = parts().village()
    matters = [village.matters[matter] for matter in vote.matters]
    alone = matters[0] if len(matters) == 1 else None
    return render_template(
        "ballot/choose.html",
        village=village,
        seat=seat,
        meeting=meeting,
        titles=[matter.title for matter in matters],
        means=scenes.meanings(alone, vote.row.options) if alone else [],
        cards=[_card(choice) for choice in vote.row.options],
    )


@ballot.post("/confirm")
@allow(BALLOT)
def confirm() -> str:
    """您选了：… — 改一下, or 确认."""
    _, _, _, vote, seat = _turn()
    choice = _choice()
    return render_template(
        "ballot/confirm.html",
        village=parts().village(),
        seat=seat,
        titles=_titles(parts().village(), vote),
        choice=choice.value,
        look=pictures.LOOKS[choice],
        label=wording.CHOICES[choice],
    )


@ballot.post("/cast")
@allow(BALLOT)
def cast() -> Response:
    """确认: the ballot is cast, durably, or refused with the reason."""
    device, turn, meeting, vote, _ = _turn()
    command = CastBallot(meeting.id, vote.id, turn.person, _choice(), Channel.KIOSK_SCREEN)
    actor = Actor(Role.VOTER, turn.person, device.id)
    parts().kiosk.execute(parts().home, command, actor, turn.command)
    return went_well("/ballot/done")


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


def _card(choice: Choice) -> pictures.Picture:
    return {"value": choice.value, "look": pictures.LOOKS[choice], "label": wording.CHOICES[choice]}


def _choice() -> Choice:
    try:
        return Choice(request.form.get("choice", ""))
    except ValueError as error:
        raise Malformed("choice") from error


TILES = LivePage("ballot", BALLOT, draw)
