"""The witness of a show of hands by name (见证确认): somebody who watched confirms the clerk's list.

At the same screen by his PIN, or signed in at his own. He confirms the list that he sees: one that the clerk has noted
anew meanwhile is shown again first.
"""

import hashlib

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk.core.commands import ConfirmHands
from kiosk.core.refusals import Refused
from kiosk.core.votes.vote import Note
from kiosk.web import second
from kiosk.web.access import allow
from kiosk.web.answers import Unclear, refilled, went_well
from kiosk.web.sitting.notebook import notebook
from kiosk.web.sitting.now import current, form_meeting, form_vote
from kiosk.web.sitting.vote_shown import hands_lists
from kiosk.wording import Sentence

hands_witness = Blueprint("hands_witness", __name__, url_prefix="/console/hands/confirm")

MARK_DIGITS = 16
_ANOTHER_LIST = Sentence("名单刚刚改过。", "请把新的名单再核对一遍，再确认。")


@hands_witness.get("/")
@allow(second.COUNTING)
def ask() -> str:
    """The list once more, then who confirms it, then his PIN."""
    return _confirming(None)


def _confirming(refusal: Sentence | None) -> str:
    village, meeting = current()
    vote = meeting.open_vote
    if vote is None or vote.note is None:
        return render_template("console/no_note.html", village=village, vote=vote)
    note, asked = vote.note, request.values.get("officer", "")
    but = {note.clerk}
    return render_template(
        "console/hands_confirm.html",
        village=village,
        meeting=meeting,
        vote=vote,
        titles=village.titles(vote),
        clerk=second.name_of(note.clerk),
        lists=hands_lists(meeting, vote, {hand.person: hand.choice for hand in note.hands}),
        seen=_mark(note),
        officer=second.chosen(ConfirmHands, asked, but) if asked else None,
        officers=second.wall(second.able(ConfirmHands, but), "/console/hands/confirm/?officer="),
        here=second.here(ConfirmHands, but),
        refusal=refusal,
    )


def _mark(note: Note) -> str:
    """A mark of the list, to tell whether the one confirmed is the one that was shown."""
    return hashlib.sha256(repr(note).encode()).hexdigest()[:MARK_DIGITS]


@hands_witness.post("/")
@allow(second.COUNTING)
def confirm() -> Response | tuple[Response | str, int]:
    """The hands are ballots from now on."""
    vote = form_vote()
    try:
        _require_same_list()
        actor = second.signed(ConfirmHands)
        assert actor.person is not None
        second.carry_out_as(actor, ConfirmHands(form_meeting(), vote, actor.person))
    except (Refused, Unclear) as error:
        return refilled(error, _confirming)
    notebook().tear_out()
    return went_well("/console/")


def _require_same_list() -> None:
    """Unclear where the clerk has noted another list since this one was shown."""
    _, meeting = current()
    note = meeting.open_vote.note if meeting.open_vote else None
    if note is not None and _mark(note) != request.form.get("seen"):
        raise Unclear(_ANOTHER_LIST)
