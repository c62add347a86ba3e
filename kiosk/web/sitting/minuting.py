"""会议记录 at the console: the draft that writes itself, what the recorder adds, the reading, the approval."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk.core.commands import ApproveMinutes, NoteMinutes, ReadMinutes
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.terms import MatterId, Role
from kiosk.core.values import NamedHead
from kiosk.core.village import Village
from kiosk.web import second
from kiosk.web.access import ANY_OFFICER, CONSOLE, allow, visitor
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.filling import Answer, fill_in
from kiosk.web.forms import number, text
from kiosk.web.parts import parts
from kiosk.web.pictures import Picture
from kiosk.web.sitting.lectern import drafted, lectern, spread
from kiosk.web.sitting.now import current, form_meeting
from kiosk.wording import Sentence
from kiosk.wording.minutes import STANDINGS, sections

minuting = Blueprint("minuting", __name__, url_prefix="/console/minutes")
PAGE = "/console/minutes/"
LONGEST = 500
"""Characters of one note: what can be read out in a breath or two."""


def _held() -> tuple[Village, Meeting]:
    """Refused: NOT_IN_SESSION where the meeting was not opened."""
    village, meeting = current()
    if meeting.opened_at is None:
        raise Refused(Reason.NOT_IN_SESSION)
    return village, meeting


@minuting.get("/")
@allow(ANY_OFFICER)
def draft() -> str:
    """The draft, and under it what comes next."""
    return _draft(None)


def _draft(refusal: Sentence | None) -> str:
    village, meeting = _held()
    paper = drafted(parts().known(), meeting)
    page, pages = lectern().page_of(meeting), spread(paper)
    return render_template(
        "console/minutes.html",
        village=village,
        meeting=meeting,
        standing=STANDINGS[paper.standing],
        sections=sections(paper),
        topics=_topics(village, meeting),
        writes=_writes(meeting),
        book=meeting.minutes,
        signing=_signing(meeting),
        page=None if page is None else min(page, len(pages) - 1),
        pages=len(pages),
        refusal=refusal,
    )


def _writes(meeting: Meeting) -> bool:
    """Whether notes may be added now, by whoever is signed in here."""
    officer = visitor().officer
    recorder = officer is not None and Role.SECRETARY in officer.roles
    return recorder and meeting.in_session and not meeting.minutes.is_approved


def _topics(village: Village, meeting: Meeting) -> list[Picture]:
    """Where notes may stand, and those that stand there."""
    told: list[Picture] = [
        {"id": matter, "title": village.matters[matter].title, "notes": meeting.minutes.on(matter)}
        for matter in meeting.matters
    ]
    return [*told, {"id": "", "title": "会议其他情况", "notes": meeting.minutes.on(None)}]


def _signing(meeting: Meeting) -> Picture | None:
    """Who signs next: the recorder that it was read, then another, the chair, that it was approved."""
    book = meeting.minutes
    if not meeting.in_session or book.is_approved or meeting.open_vote or book.business is None:
        return None
    reads = not book.is_read
    command = ReadMinutes if reads else ApproveMinutes
    but = frozenset() if reads or book.read is None else frozenset({book.read.by})
    action = f"{PAGE}{'read' if reads else 'approve'}"
    asked = request.values.get("officer", "")
    return {
        "reads": reads,
        "action": action,
        "fields": {"meeting": meeting.id, "seq": book.business.seq, "digest": book.business.digest},
        "officer": second.chosen(command, asked, but) if asked else None,
        "officers": second.wall(second.able(command, but), f"{action}?officer="),
        "here": second.here(command, but),
    }


# --- notes


@minuting.route("/note", methods=["GET", "POST"])
@allow(CONSOLE)
def note() -> Answer:
    """添一条要点, or put a new one in the place of an earlier."""
    village, meeting = _held()
    matter = MatterId(request.values.get("matter", "")) or None
    strikes = number("strikes", "要改的那一条") if request.method == "POST" else _asked(meeting)
    topic = village.matter(matter).title if matter else "会议其他情况"

    def act() -> str:
        officer = visitor().officer
        if officer is None:
            raise Refused(Reason.ROLE_MAY_NOT)
        said = text("text", "要点", LONGEST)
        carry_out(NoteMinutes(form_meeting(), officer.id, matter, said, strikes))
        return f"{PAGE}#topics"

    def draw(no: Sentence | None) -> str:
        struck = meeting.minutes.note(strikes)
        return render_template(
            "console/minutes_note.html",
            village=village,
            meeting=meeting,
            topic=topic,
            matter=matter or "",
            strikes=strikes,
            struck=struck,
            typed=request.form.get("text", struck.text if struck else ""),
            longest=LONGEST,
            writes=_writes(meeting),
            refusal=no,
        )

    return fill_in(act, draw)


def _asked(meeting: Meeting) -> int:
    """The number of the note that was tapped to be changed; 0 where none was."""
    given = request.args.get("strikes", "0")
    if not given.isascii() or not given.isdecimal() or meeting.minutes.note(int(given)) is None:
        return 0
    return int(given)


# --- read out, approved


def _named() -> NamedHead:
    """The head that the page named. Malformed."""
    seq = request.form.get("seq", "")
    if not seq.isascii() or not seq.isdecimal():
        raise Malformed("seq")
    return NamedHead(int(seq), request.form.get("digest", ""))


@minuting.get("/read")
@minuting.get("/approve", endpoint="ask_approve")
@allow(CONSOLE)
def ask_sign() -> str:
    """念完了, 会议通过: who signs, then his PIN."""
    return _sign(None)


def _sign(refusal: Sentence | None) -> str:
    village, meeting = _held()
    return render_template(
        "console/minutes_sign.html",
        village=village,
        meeting=meeting,
        signing=_signing(meeting),
        refusal=refusal,
    )


@minuting.post("/read")
@allow(CONSOLE)
def read_out() -> Response | tuple[Response | str, int]:
    """The recorder has read it out."""
    try:
        actor, head = second.signed(ReadMinutes), _named()
        assert actor.person is not None
        second.carry_out_as(actor, ReadMinutes(form_meeting(), actor.person, head.seq, head.digest))
    except (Refused, Unclear) as error:
        return refilled(error, _sign)
    return went_well(f"{PAGE}approve")


@minuting.post("/approve")
@allow(CONSOLE)
def approve() -> Response | tuple[Response | str, int]:
    """The chair says that the meeting approved it."""
    try:
        actor, head = second.signed(ApproveMinutes), _named()
        assert actor.person is not None
        second.carry_out_as(
            actor, ApproveMinutes(form_meeting(), actor.person, head.seq, head.digest)
        )
    except (Refused, Unclear) as error:
        return refilled(error, _sign)
    lectern().clear()
    return went_well("/console/")


@minuting.post("/page")
@allow(CONSOLE)
def turn() -> Response:
    """翻页: put a page on the big screen, or take the minutes away."""
    _, meeting = _held()
    if request.form.get("page") == "off":
        lectern().clear()
    else:
        lectern().turn(meeting, number("page", "第几页"))
    return went_well(PAGE)
