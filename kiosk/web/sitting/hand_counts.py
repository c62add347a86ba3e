"""A show of hands by number (举手点数): two tellers count, each for himself, each under his own name.

- Who has counted is shown, never what, until both are in. Then both counts stand side by side; a difference is said
  plainly and keeps the vote open, and each may count again.
- The numbers live in the teller's own form until he signs it: no page gives them to anybody else.
"""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.commands import CountHands
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.procedure import decide
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import PersonId
from kiosk.core.village import Village
from kiosk.core.votes.vote import TELLERS, Vote
from kiosk.store.register import Person
from kiosk.web import second
from kiosk.web.access import allow
from kiosk.web.answers import Unclear, refilled, went_well
from kiosk.web.parts import parts
from kiosk.web.pictures import Picture
from kiosk.web.sitting import numbers
from kiosk.web.sitting.now import current, form_meeting, form_vote
from kiosk.wording import Sentence

hand_counts = Blueprint("hand_counts", __name__, url_prefix="/console/count")


def _vote() -> tuple[Village, Meeting, Vote]:
    """The vote whose hands may be counted. Refused: VOTE_NOT_OPEN, NOT_SECRETLY, NOT_BY_HANDS, NOTE_OPEN."""
    village, meeting = current()
    vote = meeting.open_vote
    if vote is None:
        raise Refused(Reason.VOTE_NOT_OPEN)
    if vote.is_secret:
        raise Refused(Reason.NOT_SECRETLY)
    if vote.contest is not None:
        raise Refused(Reason.NOT_BY_HANDS)
    if vote.note is not None:
        raise Refused(Reason.NOTE_OPEN)
    return village, meeting, vote


@hand_counts.get("/")
@allow(second.COUNTING)
def overview() -> str:
    """Who counts: whoever of the two is still to; with both in, the two counts side by side."""
    village, meeting, vote = _vote()
    tellers = [p for p in second.able(CountHands) if _may_count(vote, p.id)]
    both = len(vote.hands) >= TELLERS
    return render_template(
        "console/count.html",
        village=village,
        meeting=meeting,
        vote=vote,
        people=_people(meeting, vote),
        officers=second.wall(tellers, "/console/count/"),
        counted=[second.name_of(person) for person in vote.hands],
        both=both,
        agreed=vote.hands_agreed is not None,
        labels=[wording.CHOICES[choice] for choice in vote.options],
        rows=_side_by_side(vote) if both else [],
    )


def _may_count(vote: Vote, person: PersonId) -> bool:
    return person in vote.hands or len(vote.hands) < TELLERS


def _people(meeting: Meeting, vote: Vote) -> int:
    """How many hands may be raised in the room: a proxy raises his once more for each whom he represents."""
    return len(vote.waiting & meeting.inside)


def _side_by_side(vote: Vote) -> list[Picture]:
    first = next(iter(vote.hands.values()))
    return [
        {
            "name": second.name_of(person),
            "counts": [c.count for c in counts],
            "same": [c == f for c, f in zip(counts, first, strict=True)],
        }
        for person, counts in vote.hands.items()
    ]


@hand_counts.get("/<person>")
@allow(second.COUNTING)
def count(person: str) -> str:
    """The teller's three numbers, empty."""
    return _counting(second.chosen(CountHands, person), None)


def _counting(teller: Person, refusal: Sentence | None) -> str:
    village, meeting, vote = _vote()
    return render_template(
        "console/numbers.html",
        village=village,
        meeting=meeting,
        vote=vote,
        heading=f"{teller.name}数的举手",
        lead=f"还没有投、在场的有{_people(meeting, vote)}人。只数举起的手，一个人只数一次；不要问另一位数的是多少。",
        pads=numbers.pads(vote),
        action="/console/count" if second.is_here(teller) else f"/console/count/{teller.id}",
        fields={"meeting": meeting.id, "vote": vote.id, "officer": teller.id},
        button="记下我数的" if second.is_here(teller) else "数好了，去签名",
        back="/console/count/",
        refusal=refusal,
    )


@hand_counts.post("/<person>")
@allow(second.COUNTING)
def ask_pin(person: str) -> str | tuple[Response | str, int]:
    """The numbers once more, and the teller's PIN under them; what the rules would refuse is said before."""
    teller = second.chosen(CountHands, person)
    try:
        village, meeting, vote = _vote()
        counts = numbers.given(vote)
        trial = CountHands(meeting.id, vote.id, teller.id, counts)
        decide(village, trial, second.in_capacity(teller, CountHands), parts().kiosk.now())
    except (Refused, Unclear) as error:
        return refilled(error, lambda no: _counting(teller, no))
    return _signing(teller, None)


def _signing(teller: Person, refusal: Sentence | None) -> str:
    village, meeting, vote = _vote()
    counts = numbers.given(vote)
    fields = {"meeting": meeting.id, "vote": vote.id, "officer": teller.id}
    return render_template(
        "console/sign.html",
        village=village,
        heading=f"{teller.name}数的举手",
        lines=[(label, f"{number} 人") for label, number in numbers.lines(vote, counts)],
        officer=teller,
        action="/console/count",
        fields=fields | numbers.kept(counts),
        button="记下我数的",
        back=f"/console/count/{teller.id}",
        back_words="重新填",
        refusal=refusal,
    )


@hand_counts.post("", strict_slashes=False)
@allow(second.COUNTING)
def keep() -> Response | tuple[Response | str, int]:
    """The teller's count goes on record, signed by him."""
    teller = second.chosen(CountHands, request.form.get("officer", ""))
    draw = _counting if second.is_here(teller) else _signing
    vote = form_vote()
    try:
        _village, _meeting, about = _vote()
        actor = second.signed(CountHands)
        counts = numbers.given(about)
        second.carry_out_as(actor, CountHands(form_meeting(), vote, teller.id, counts))
    except (Refused, Unclear) as error:
        return refilled(error, lambda no: draw(teller, no))
    return went_well("/console/count/")
