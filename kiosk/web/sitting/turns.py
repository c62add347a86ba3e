"""A voter's turn (轮到谁投): whose ballot, in which vote, under which command id, by which channel.

It comes from a paired screen or from the slip on a phone, never out of a form; what a voter then sees and does is the
same for both: equal cards, 您选了…, 确认, ✓. Of candidates (推选) several cards are ticked before 选好了. In a secret
vote choosing and confirming happen in the page alone, and the ballot leaves it encrypted (`sealed`); without its script
the page offers nothing.
"""

from dataclasses import dataclass

from flask import render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.core.commands import CastBallot
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.procedure import decide
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.terms import CommandId, DeviceId, PersonId, Role, VoteId
from kiosk.core.values import Actor, Answer, Contest, Seat
from kiosk.core.votes.casting import BY_HIMSELF, require_answer
from kiosk.core.votes.vote import Vote
from kiosk.web import forms, pictures
from kiosk.web.answers import Unclear, refilled, went_well
from kiosk.web.parts import parts
from kiosk.web.sitting import scenes, sealed
from kiosk.web.sitting.represented import proxy_name
from kiosk.wording import Sentence

_PLACES = {Channel.KIOSK_SCREEN: "/ballot", Channel.PHONE: "/slip"}
_LAYOUTS = {Channel.KIOSK_SCREEN: "layout/ballot.html", Channel.PHONE: "slip/layout.html"}
_PROMISES = {
    Method.OPEN: "您投什么，大屏上当场看得见。",
    Method.IN_TURN: "您投什么，记在您的名下。",
    Method.SECRET: "谁也不知道您投了什么，投下就不能改。",
}
NOBODY_NAMED = Sentence("您还没有选人。", "请点候选人；一个都不选，就点“弃权（都不选）”。")
_REVISABLE = "结束前可以改。"
_FINAL = "投下就不能改。"


@dataclass(frozen=True, slots=True)
class VotersTurn:
    """One person's turn, at a screen (`device`) or on his phone."""

    meeting: Meeting
    vote: Vote
    seat: Seat
    command: CommandId
    channel: Channel
    device: DeviceId | None = None

    @property
    def place(self) -> str:
        """Under which address its pages stand."""
        return _PLACES[self.channel]

    @property
    def has_voted(self) -> bool:
        """Whether a ballot of his is known, by whatever channel."""
        person = self.seat.person
        return person in self.vote.ballots or person in self.vote.box.voted

    def command_for(self, answer: Answer) -> CastBallot:
        """His ballot."""
        return CastBallot(self.meeting.id, self.vote.id, self.seat.person, answer, self.channel)


def turn_of(
    vote: VoteId,
    person: PersonId,
    command: CommandId,
    channel: Channel,
    device: DeviceId | None = None,
) -> VotersTurn:
    """The turn as it stands in the village now. Refused: NO_SUCH_VOTE, NOT_CALLED."""
    meetings = parts().village().meetings.values()
    meeting = next((m for m in meetings if vote in m.votes), None)
    if meeting is None:
        raise Refused(Reason.NO_SUCH_VOTE)
    seat = meeting.seats.get(person)
    if seat is None:
        raise Refused(Reason.NOT_CALLED)
    return VotersTurn(meeting, meeting.votes[vote], seat, command, channel, device)


def require_able(turn: VotersTurn) -> None:
    """Ask the core what it would say to this person's ballot now, so that nobody is led on in vain.

    Nothing is recorded; which choice is tried makes no difference. Refused: as `CastBallot` would be.
    """
    trial = turn.command_for(turn.vote.options[:1])
    actor = Actor(Role.VOTER, turn.seat.person)
    decide(parts().village(), trial, actor, parts().kiosk.now())


def may_change(vote: Vote, person: PersonId) -> bool:
    """Whether he has voted by himself and may do so again (改票)."""
    return vote.is_open and vote.revisable and vote.channels.get(person) in BY_HIMSELF


def method_words(vote: Vote) -> dict[str, str]:
    """表决方式, told before the first tap: its name, and in one plain sentence what it means for the voter."""
    promise = _PROMISES[vote.method]
    if not vote.is_secret:
        promise += _REVISABLE if vote.revisable else _FINAL
    return {"name": wording.METHODS[vote.method], "promise": promise}


def choose(turn: VotersTurn, sentence: Sentence | None = None) -> str:
    """Equal cards; of candidates those that the form names are ticked already."""
    village, vote = parts().village(), turn.vote
    alone = village.matters[vote.matters[0]] if len(vote.matters) == 1 else None
    return render_template(
        "ballot/naming.html" if vote.contest else "ballot/choose.html",
        **_frame(turn),
        means=scenes.meanings(alone, vote.row) if alone else [],
        method=method_words(vote),
        cards=[_card(choice, vote.contest) for choice in vote.options],
        ticked=[] if vote.is_secret else request.form.getlist("choice"),
        booth=_booth(turn) if vote.is_secret else None,
        sentence=sentence,
    )


def confirm(turn: VotersTurn) -> str | tuple[Response | str, int]:
    """您选了：… — 改一下, or 确认. Of a secret vote nothing is told before 确认: it has no such page.

    Too many candidates named, or none: the cards again, with the sentence, as they were ticked.
    """
    if turn.vote.is_secret:
        raise Malformed("choice: in the open")
    answer = _answer()
    try:
        _require_named(turn.vote, answer)
        require_answer(turn.vote, answer)
    except (Refused, Unclear) as error:
        if turn.vote.contest is None:
            raise
        return refilled(error, lambda sentence: choose(turn, sentence))
    cards = [_card(choice, turn.vote.contest) for choice in answer]
    return render_template("ballot/confirm.html", **_frame(turn), chosen=cards)


def _require_named(vote: Vote, answer: Answer) -> None:
    if vote.contest and not answer:
        raise Unclear(NOBODY_NAMED)


def cast(turn: VotersTurn) -> Response:
    """确认: the ballot is cast, durably, or refused with the reason. The answer is the same for every choice."""
    if turn.vote.is_secret:
        _cast_secretly(turn)
    else:
        _execute(turn, _answer())
    answer = went_well(f"{turn.place}/done")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _cast_secretly(turn: VotersTurn) -> None:
    """Into the box, once. The box keeps no command ids: a second sending is known by the person alone.

    His answer was lost, so he is told again what is true: a ballot of his is in the box.
    """
    if turn.has_voted:
        return
    answer = _opened(turn)
    try:
        _execute(turn, answer)
    except Refused as refused:
        if refused.reason is not Reason.ALREADY_VOTED:
            raise


def _opened(turn: VotersTurn) -> Answer:
    """Refused: BOX_LOST, or whatever stands against a ballot now. Malformed."""
    form = request.form
    sender, content = form.get("sender", ""), form.get("sealed", "")
    try:
        return sealed.answer_in(parts().box_keys, turn.vote.id, turn.seat.person, sender, content)
    except LookupError as error:
        require_able(turn)  # the key goes when the vote ends: then that is the reason
        raise Refused(Reason.BOX_LOST) from error


def _execute(turn: VotersTurn, answer: Answer) -> None:
    actor = Actor(Role.VOTER, turn.seat.person, turn.device)
    parts().kiosk.execute(parts().home, turn.command_for(answer), actor, turn.command)


def _frame(turn: VotersTurn) -> dict[str, object]:
    """What every page of a turn is drawn with."""
    village = parts().village()
    return {
        "village": village,
        "layout": _LAYOUTS[turn.channel],
        "place": turn.place,
        "phone": turn.channel is Channel.PHONE,
        "seat": turn.seat,
        "proxy": proxy_name(turn.meeting, turn.seat.person),
        "vote": turn.vote,
        "titles": village.titles(turn.vote),
    }


def _booth(turn: VotersTurn) -> dict[str, str]:
    """What the page encrypts a secret ballot with. Refused: BOX_LOST."""
    try:
        key = parts().box_keys.ballot_key(turn.vote.id)
    except LookupError as error:
        raise Refused(Reason.BOX_LOST) from error
    return {"key": key.hex(), "whose": sealed.whose(turn.vote.id, turn.seat.person).hex()}


def _card(choice: Choice, contest: Contest | None) -> pictures.Picture:
    face = pictures.answer_face(choice, contest)
    return face | {"value": choice.value, "look": face["choice"]}


def _answer() -> Answer:
    """What the form says, in the order of the options; that it may be said is for the core."""
    given = {forms.member(Choice, value) for value in request.form.getlist("choice")}
    return tuple(choice for choice in Choice if choice in given)
