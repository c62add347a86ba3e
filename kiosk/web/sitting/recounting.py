"""Entering another count of a closed vote (复点): by whoever counted, under his own name, on an empty form."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.ballot_terms import Source
from kiosk.core.commands import CheckCount
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.procedure import decide
from kiosk.core.refusals import Refused
from kiosk.core.terms import VoteId
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote
from kiosk.store.register import Person
from kiosk.web import second
from kiosk.web.access import allow
from kiosk.web.answers import Unclear, refilled, went_well
from kiosk.web.forms import member
from kiosk.web.parts import parts
from kiosk.web.sitting import numbers
from kiosk.web.sitting.now import current, form_meeting
from kiosk.web.sitting.vote_shown import titles
from kiosk.wording import Sentence

recounting = Blueprint("recounting", __name__, url_prefix="/console/check")


@recounting.get("/<source>/<vote>")
@allow(second.COUNTING)
def who_counted(source: str, vote: str) -> str:
    """谁数的？ He gives the numbers under his own name."""
    of, (village, meeting, about) = member(Source, source), _closed(VoteId(vote))
    return render_template(
        "console/who_counted.html",
        village=village,
        meeting=meeting,
        titles=titles(village, about),
        source=wording.COUNT_SOURCES[of],
        officers=second.wall(second.able(CheckCount), f"/console/check/{source}/{vote}/"),
        back=f"/console/check/?vote={vote}",
    )


def _closed(vote: VoteId) -> tuple[Village, Meeting, Vote]:
    village, meeting = current()
    return village, meeting, meeting.vote(vote)


@recounting.get("/<source>/<vote>/<person>")
@allow(second.COUNTING)
def count(source: str, vote: str, person: str) -> str:
    """His numbers, empty: what was counted before does not stand beside them."""
    teller = second.chosen(CheckCount, person)
    return _counting(member(Source, source), VoteId(vote), teller, None)


def _counting(source: Source, of: VoteId, teller: Person, no: Sentence | None) -> str:
    village, meeting, vote = _closed(of)
    address = f"/console/check/{source.value}/{of}"
    people = len(vote.able)
    here = second.is_here(teller)
    return render_template(
        "console/numbers.html",
        village=village,
        meeting=meeting,
        vote=vote,
        heading=f"{wording.COUNT_SOURCES[source]}：{teller.name}",
        lead=f"“{titles(village, vote)}”可以投票的有{people}人。照自己数的填，不要照屏幕上的抄。",
        pads=numbers.pads(vote),
        action=address if here else f"{address}/{teller.id}",
        fields={"meeting": meeting.id, "officer": teller.id},
        button="记下这次点票" if here else "填好了，去签名",
        back=f"/console/check/?vote={of}",
        refusal=no,
    )


@recounting.post("/<source>/<vote>/<person>")
@allow(second.COUNTING)
def ask_pin(source: str, vote: str, person: str) -> str | tuple[Response | str, int]:
    """The numbers once more, and his PIN under them; what the rules would refuse is said before."""
    teller, of = second.chosen(CheckCount, person), member(Source, source)
    try:
        village, meeting, about = _closed(VoteId(vote))
        counts = numbers.given(about)
        trial = CheckCount(meeting.id, about.id, of, teller.id, counts)
        decide(village, trial, second.in_capacity(teller, CheckCount), parts().kiosk.now())
    except (Refused, Unclear) as error:
        return refilled(error, lambda no: _counting(of, VoteId(vote), teller, no))
    return _signing(of, about.id, teller, None)


def _signing(source: Source, of: VoteId, teller: Person, no: Sentence | None) -> str:
    village, meeting, vote = _closed(of)
    counts = numbers.given(vote)
    address = f"/console/check/{source.value}/{of}"
    return render_template(
        "console/sign.html",
        village=village,
        heading=f"{wording.COUNT_SOURCES[source]}：{teller.name}",
        lines=[(label, f"{number} 票") for label, number in numbers.lines(vote, counts)],
        officer=teller,
        action=address,
        fields={"meeting": meeting.id, "officer": teller.id} | numbers.kept(counts),
        button="记下这次点票",
        back=f"{address}/{teller.id}",
        back_words="重新填",
        refusal=no,
    )


@recounting.post("/<source>/<vote>")
@allow(second.COUNTING)
def keep(source: str, vote: str) -> Response | tuple[Response | str, int]:
    """Another count goes on record."""
    teller, of = second.chosen(CheckCount, request.form.get("officer", "")), member(Source, source)
    draw = _counting if second.is_here(teller) else _signing
    try:
        _, _, about = _closed(VoteId(vote))
        actor = second.signed(CheckCount)
        counts = numbers.given(about)
        command = CheckCount(form_meeting(), about.id, of, teller.id, counts)
        second.carry_out_as(actor, command)
    except (Refused, Unclear) as error:
        return refilled(error, lambda no: draw(of, VoteId(vote), teller, no))
    return went_well(f"/console/check/?vote={vote}")
