"""Noting a show of hands by name (举手记名): 谁赞成、谁反对、谁弃权, then the list, which goes to a witness.

- One answer a screen: the room is asked, hands go up, the clerk taps the names. A tap marks, a tap takes back; who was
  marked for another answer stands still and says so.
- The notes are a draft (`notebook`); nothing counts before the witness has confirmed the list (`hands_witness`).
"""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.ballot_terms import Choice
from kiosk.core.commands import NoteHands
from kiosk.core.history import Known
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.values import RaisedHand
from kiosk.core.votes.vote import Vote
from kiosk.web import pictures
from kiosk.web.access import DOOR, allow, visitor
from kiosk.web.answers import carry_out, refilled, went_well
from kiosk.web.forms import member
from kiosk.web.pages import LivePage
from kiosk.web.parts import Parts, parts
from kiosk.web.pictures import Picture
from kiosk.web.sitting.notebook import notebook
from kiosk.web.sitting.now import current, form_person, form_vote
from kiosk.web.sitting.represented import voters_tile
from kiosk.web.sitting.vote_shown import Hands, hands_lists
from kiosk.wording import Sentence

raised_hands = Blueprint("raised_hands", __name__, url_prefix="/console/hands")

# --- noting, an answer a screen


def draw(_parts: Parts, known: Known, asked: str) -> str:
    """The wall of one answer: who may still raise a hand, and what was noted of each."""
    meeting = known.village.sitting_meeting if known.village else None
    vote = meeting.open_vote if meeting else None
    if meeting is None or vote is None:
        return render_template("console/_no_vote.html")
    options = vote.options
    on = next((choice for choice in options if choice.value == asked), options[0])
    noted = notebook().of(vote)
    place = options.index(on) + 1
    return render_template(
        "console/_hands.html",
        meeting=meeting,
        vote=vote,
        on=on,
        look=pictures.LOOKS[on],
        tabs=_tabs(vote, noted, on),
        tiles=_tiles(meeting, vote, noted, on),
        following=options[place] if place < len(options) else None,
    )


def _tabs(vote: Vote, noted: Hands, on: Choice) -> list[Picture]:
    return [
        {
            "label": wording.CHOICES[choice],
            "href": f"/console/hands/{choice.value}",
            "current": choice is on,
            "count": sum(noted_for is choice for noted_for in noted.values()),
        }
        for choice in vote.options
    ]


def _tiles(meeting: Meeting, vote: Vote, noted: Hands, on: Choice) -> list[Picture]:
    """A tile for each who may still raise a hand here, by group."""
    here = vote.waiting & meeting.inside
    people = sorted(here, key=lambda p: (meeting.seats[p].group, p))
    return [voters_tile(meeting, meeting.seats[p]) | _mark_of(noted.get(p), on) for p in people]


def _mark_of(marked: Choice | None, on: Choice) -> Picture:
    return {
        "noted": wording.CHOICES[marked] if marked else "",
        "is_on": marked is on,
        "elsewhere": marked not in {None, on},
    }


@raised_hands.get("/")
@allow(DOOR)
def begin() -> Response:
    """From the first answer on."""
    _, vote = _vote()
    return went_well(f"/console/hands/{vote.options[0].value}")


@raised_hands.get("/<answer>")
@allow(DOOR)
def ask(answer: str) -> str:
    """谁赞成？ Who raises a hand for this answer."""
    _vote()
    page = draw(parts(), parts().known(), answer)
    village = parts().village()
    room = f"hands:{answer}"
    return render_template("console/hands.html", village=village, page=page, room=room)


@raised_hands.post("/mark")
@allow(DOOR)
def mark() -> Response:
    """A name was tapped; what the tap means stands in the form, so that a repeated one does nothing more."""
    _, vote = _vote()
    choice = member(Choice, request.form.get("choice", ""))
    if request.form.get("vote") != vote.id or choice not in vote.options:
        raise Refused(Reason.VOTE_NOT_OPEN)
    notebook().mark(vote, form_person(), choice, up=request.form.get("up") == "yes")
    return went_well(otherwise=f"/console/hands/{choice.value}")


def _vote() -> tuple[Meeting, Vote]:
    """The vote in which hands may be noted. Refused: VOTE_NOT_OPEN, NOT_SECRETLY, NOT_BY_HANDS, HANDS_BEING_COUNTED."""
    _, meeting = current()
    vote = meeting.open_vote
    if vote is None:
        raise Refused(Reason.VOTE_NOT_OPEN)
    if vote.is_secret:
        raise Refused(Reason.NOT_SECRETLY)
    if vote.contest is not None:
        raise Refused(Reason.NOT_BY_HANDS)
    if vote.hands:
        raise Refused(Reason.HANDS_BEING_COUNTED)
    return meeting, vote


# --- the list


@raised_hands.get("/list")
@allow(DOOR)
def check_list() -> str:
    """核对名单: who was noted for what, and who for nothing, before it goes to the witness."""
    return _list(None)


def _list(refusal: Sentence | None) -> str:
    meeting, vote = _vote()
    noted = notebook().of(vote)
    left = [p for p in vote.waiting & meeting.inside if p not in noted]
    return render_template(
        "console/hands_list.html",
        village=parts().village(),
        meeting=meeting,
        vote=vote,
        lists=hands_lists(meeting, vote, noted),
        noted=len(noted),
        left=sorted(meeting.seats[p].name for p in left),
        refusal=refusal,
    )


@raised_hands.post("/list")
@allow(DOOR)
def note() -> Response | tuple[Response | str, int]:
    """记下名单: the clerk's note goes on record and waits for its witness."""
    meeting, vote = _vote()
    clerk = visitor().officer
    assert clerk is not None
    noted = notebook().of(vote)
    hands = tuple(RaisedHand(person, noted[person]) for person in sorted(noted))
    try:
        carry_out(NoteHands(meeting.id, form_vote(), clerk.id, hands))
    except Refused as error:
        return refilled(error, _list)
    return went_well("/console/hands/confirm/")


HANDS = LivePage("hands", DOOR, draw)
