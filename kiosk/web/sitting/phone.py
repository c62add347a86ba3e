"""A phone at the vote (手机表决): the QR code of a slip (表决条) lets one person vote on his own phone, in one vote.

The slip stands in the phone's session; from there on the pages are those of the ballot screen, laid out for a phone.
A named vote works as plain HTML. No idle lock: the phone is the person's own.
"""

from flask import Blueprint, render_template, session
from werkzeug.wrappers import Response

from kiosk.core.ballot_terms import Channel
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import CommandId
from kiosk.store.slips import Slip
from kiosk.web.access import PUBLIC, SLIP, SLIP_KEY, allow, slip_in_hand
from kiosk.web.answers import is_scripted, sorry
from kiosk.web.parts import parts
from kiosk.web.sitting import turns
from kiosk.wording import Sentence, refusal

phone = Blueprint("slip", __name__, url_prefix="/slip")

Answer = str | Response | tuple[Response | str, int]

_NO_SLIP = Sentence("还没有扫表决条。", "请扫工作人员给您的二维码。")
_NOT_VALID = Sentence("这张表决条不能用。", "可能给您换过新的一张；请找工作人员再要一张。")
_OVER = Sentence("这次表决已经结束。", "这张表决条不能再用了，结果请看大屏。")


@phone.get("")
@allow(PUBLIC)
def no_slip() -> Answer:
    """A phone that has no slip, or whose slip was ended by a newer one."""
    return _sorry(_NOT_VALID if SLIP_KEY in session else _NO_SLIP, 403)


@phone.get("/<token>")
@allow(PUBLIC)
def scanned(token: str) -> Answer:
    """The QR code was scanned: this phone holds the slip from now on."""
    slip = parts().slips.by_token(token)
    if slip is None:
        return _sorry(_NOT_VALID, 404)
    session[SLIP_KEY] = token
    return _ballot(slip)


@phone.route("/choose", methods=["GET", "POST"])
@allow(SLIP)
def choose() -> Answer:
    """Equal cards; a form brings back whom he had named (改一下)."""
    return _ballot(slip_in_hand())


def _ballot(slip: Slip) -> Answer:
    """The cards; ✓ where he has voted for good; or why not."""
    turn = _turn_of(slip)
    if turn.has_voted and not turns.may_change(turn.vote, slip.person):
        return _done(turn)
    if not turn.vote.is_open and not turn.vote.is_void:
        return _sorry(_OVER, 409)
    turns.require_able(turn)
    if turn.has_voted:
        # Another ballot than the one that was cast: what comes now must not be taken for its repetition.
        parts().slips.renew(session[SLIP_KEY], CommandId(parts().new_token()))
    return turns.choose(turn)


@phone.post("/confirm")
@allow(SLIP)
def confirm() -> Answer:
    """您选了：… — 改一下, or 确认."""
    return turns.confirm(_turn_of(slip_in_hand()))


@phone.post("/cast")
@allow(SLIP)
def cast() -> Response:
    """确认: the ballot is cast, durably, or refused with the reason."""
    return turns.cast(_turn_of(slip_in_hand()))


@phone.get("/done")
@allow(SLIP)
def done() -> Answer:
    """✓, the same whatever was chosen; where ballots may be changed, a way back."""
    turn = _turn_of(slip_in_hand())
    return _done(turn) if turn.has_voted else _ballot(slip_in_hand())


def _done(turn: turns.VotersTurn) -> str:
    changeable = turns.may_change(turn.vote, turn.seat.person)
    return render_template(
        "slip/done.html", village=parts().village(), seat=turn.seat, changeable=changeable
    )


def _turn_of(slip: Slip) -> turns.VotersTurn:
    return turns.turn_of(slip.vote, slip.person, slip.command, Channel.PHONE)


@phone.errorhandler(Refused)
def refused(error: Refused) -> tuple[Response | str, int]:
    """No, in words and laid out for a phone."""
    return _sorry(refusal(error), 403 if error.reason is Reason.ROLE_MAY_NOT else 409)


def _sorry(sentence: Sentence, status: int) -> tuple[Response | str, int]:
    if is_scripted():
        return sorry(sentence, status)
    page = render_template("slip/sorry.html", village=parts().village(), sentence=sentence)
    return page, status
