"""Opening the box and reading the papers aloud (开箱清点、唱票): so many came back, and each is read before everybody.

Of candidates (推选) a paper names several: they are ticked, then 这张读完. A form carries the number of its paper. The
same paper with the same answer once more is done already; and a paper read within 600 ms of the last is the second
half of a trembling tap: neither reads another one.
"""

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core import events as e
from kiosk.core.ballot_terms import Choice
from kiosk.core.commands import ReadBallotPaper, ReturnBallotPapers, TakeBackReading
from kiosk.core.history import Known
from kiosk.core.journal import read
from kiosk.core.refusals import Malformed, Refused
from kiosk.core.values import Answer
from kiosk.core.votes.vote import Vote
from kiosk.web import forms
from kiosk.web.access import DOOR, allow
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.pages import LivePage
from kiosk.web.parts import Parts, parts
from kiosk.web.pictures import answer_face
from kiosk.web.sitting.now import form_meeting, form_vote
from kiosk.web.sitting.tallying import (
    INVALID,
    numbers,
    open_vote,
    paper_vote,
    tally_by_strokes,
)
from kiosk.wording import Sentence

paper_reading = Blueprint("paper_reading", __name__, url_prefix="/console/papers")

READING = "/console/papers/reading"
UNREADABLE = "invalid"
"""What the form of an invalid paper says in the place of an answer."""
SAME_TAP = timedelta(milliseconds=600)
LATELY = 8
"""So many of the last entries are looked through for the last paper that was read."""


# --- open the box


@paper_reading.get("/box")
@allow(DOOR)
def ask_box() -> str:
    """开箱清点: how many papers are in the box."""
    return _counting(None)


def _counting(refusal: Sentence | None) -> str:
    village, _meeting, vote = paper_vote()
    return render_template(
        "papers/box.html",
        village=village,
        vote=vote,
        given=request.form.get("returned", ""),
        refusal=refusal,
        **numbers(vote),
    )


@paper_reading.post("/return")
@allow(DOOR)
def return_papers() -> Response | tuple[Response | str, int]:
    """The box is open: from now on no paper is handed out."""
    try:
        count = forms.number("returned", "张数")
        carry_out(ReturnBallotPapers(form_meeting(), form_vote(), count))
    except (Refused, Unclear) as error:
        return refilled(error, _counting)
    return went_well(READING)


# --- read aloud


def draw(_parts: Parts, known: Known, _argument: str) -> str:
    """The paper that is to be read, and what was read so far."""
    vote = open_vote(known)
    if vote is None or vote.papers.returned is None:
        return render_template("papers/_over.html", vote=vote)
    return _drawn(vote, [], None)


def _drawn(vote: Vote, ticked: Sequence[str], sentence: Sentence | None) -> str:
    faces = ((c, answer_face(c, vote.contest)) for c in vote.options)
    cards = [face | {"value": c.value, "look": face["choice"]} for c, face in faces]
    return render_template(
        "papers/_reading.html",
        vote=vote,
        cards=cards,
        ticked=ticked,
        sentence=sentence,
        last=_word(vote.papers.readings[-1], vote) if vote.papers.readings else "",
        tally=tally_by_strokes(vote),
        unreadable=UNREADABLE,
        **numbers(vote),
    )


def _word(answer: Answer | None, vote: Vote) -> str:
    return wording.answer_said(answer, vote.contest) if answer else INVALID


@paper_reading.get("/reading")
@allow(DOOR)
def reading() -> str:
    """唱票: three cards and 废票, for one paper at a time; or the candidates, 弃权 and 废票."""
    return _page(draw(parts(), parts().known(), ""))


def _page(page: str) -> str:
    return render_template(
        "papers/live.html",
        village=parts().village(),
        title="唱票",
        page=page,
        room="reading",
    )


@paper_reading.post("/read")
@allow(DOOR)
def read_paper() -> Response | tuple[Response | str, int]:
    """One paper more. Refused: as the rules say, READ_OUT_OF_TURN for another number than the next.

    Unclear where nobody or too many are ticked; they stay so.
    """
    vote = _form_open_vote()
    try:
        answer = _form_answer(vote)
    except Unclear as error:
        return refilled(error, lambda sentence: _again(vote, sentence))
    number = forms.number("number", "第几张")
    if not (_is_read(vote, number, answer) or _is_same_tap()):
        carry_out(ReadBallotPaper(form_meeting(), form_vote(), number, answer))
    return went_well(otherwise=READING)


def _again(vote: Vote | None, sentence: Sentence) -> str:
    assert vote is not None
    return _page(_drawn(vote, request.form.getlist("choice"), sentence))


@paper_reading.post("/back")
@allow(DOOR)
def take_back() -> Response:
    """撤回上一张: the last reading is done again; one that is gone already is not taken back twice."""
    number = forms.number("number", "第几张")
    vote = _form_open_vote()
    gone = vote is not None and number > len(vote.papers.readings)
    if not (gone or _is_same_tap()):
        carry_out(TakeBackReading(form_meeting(), form_vote(), number))
    return went_well(otherwise=READING)


def _form_answer(vote: Vote | None) -> Answer | None:
    """What the paper says; None where it is invalid. Unclear as `_require_readable`; Malformed."""
    given = request.form.getlist("choice")
    if UNREADABLE in given:
        return None
    choices = {forms.member(Choice, value) for value in given}
    if vote is not None and vote.contest is not None:
        _require_readable(len(choices), vote.contest.places)
    elif not given:
        raise Malformed("choice")
    return tuple(choice for choice in Choice if choice in choices)


def _require_readable(named: int, most: int) -> None:
    """Unclear where the form names nobody, or more than there are places."""
    if not named:
        todo = "票上打勾的，一个一个点；写弃权的点“弃权”；空白、看不清的点“废票”。"
        raise Unclear(Sentence("还没有点这张票选了谁。", todo))
    if named > most:
        todo = "点错了就去掉；票上真的选多了，点“废票”。"
        raise Unclear(Sentence(f"点了{named}人，一张票最多选{most}人。", todo))


def _form_open_vote() -> Vote | None:
    vote = open_vote(parts().known())
    return vote if vote is not None and vote.id == form_vote() else None


def _is_read(vote: Vote | None, number: int, answer: Answer | None) -> bool:
    """Whether this paper was read, and so."""
    readings = vote.papers.readings if vote else ()
    return 0 < number <= len(readings) and readings[number - 1] == answer


def _is_same_tap() -> bool:
    """Whether the last paper was read, or taken back, less than 600 ms ago."""
    head = parts().known().head
    for line in reversed(parts().kiosk.lines(parts().home, after=max(0, head.seq - LATELY))):
        entry = read(line)
        if isinstance(entry.event, e.BallotPaperRead | e.ReadingTakenBack):
            # A clock that was set back makes the last entry lie ahead: then nobody may be kept waiting.
            return timedelta(0) <= parts().kiosk.now() - entry.at < SAME_TAP
    return False


PAGE = LivePage("reading", DOOR, draw)
