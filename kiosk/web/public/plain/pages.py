"""The addresses of the public JSON: beside each page the same thing for programs, and one list of all."""

from flask import Blueprint, Response, send_file
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from kiosk import wording
from kiosk.config import ROOT
from kiosk.core.codec import instant_text
from kiosk.core.matters.need import Need
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import Stage, day_of
from kiosk.web.access import PUBLIC, allow
from kiosk.web.parts import parts
from kiosk.web.public.bulletin import coming, works_of
from kiosk.web.public.plain.matters import in_brief, matter, publication, works
from kiosk.web.public.plain.votes import vote
from kiosk.web.public.plain.writing import Value, document, head
from kiosk.web.public.reading import Reading, reading
from kiosk.web.public.shown import lost_heads
from kiosk.wording.public import author, discreet

plain = Blueprint("plain", __name__)

SCHEMA = ROOT / "kiosk" / "data" / "public.schema.json"


@plain.get("/public.json")
@allow(PUBLIC)
def everything() -> Response:
    """The list of all: matters, publications, needs, meetings that come, and where each of them is told in full."""
    read = reading()
    return document(
        "portal",
        read,
        schema={"href": "/public.schema.json"},
        heads={"href": "/check/heads.json"},
        completion={"done": read.completion.done, "carried": read.completion.carried},
        matters=[_with_json(in_brief(read, m)) for m in read.matters.values()],
        publications=[_with_json(publication(p, read.on)) for p in read.hung],
        needs=[_with_json(_need(read, n)) for n in read.needs.values()],
        notices=[_notice(meeting) for meeting in coming(read)],
    )


def _with_json(told: dict[str, Value]) -> Value:
    return told | {"data": {"href": f"{told['href']}.json"}}


@plain.get("/public.schema.json")
@allow(PUBLIC)
def schema() -> BaseResponse:
    """The JSON Schema (draft 2020-12) of every document here."""
    return send_file(SCHEMA, mimetype="application/schema+json")


@plain.get("/m/<int:number>.json")
@allow(PUBLIC)
def of_matter(number: int) -> Response:
    """One matter."""
    read = reading()
    if number not in read.matters:
        raise NotFound
    return document("matter", read, matter=matter(read, read.matters[number]))


@plain.get("/r/<int:year>-<int:number>.json")
@allow(PUBLIC)
def of_resolution(year: int, number: int) -> Response:
    """One resolution with its vote."""
    read = reading()
    posting = read.posting(Stage.RESOLUTION_PUBLIC, year, number)
    if posting is None:
        raise NotFound
    of = posting.publication
    meeting = read.village.meeting(of.meeting)
    return document(
        "resolution",
        read,
        publication=publication(posting, read.on),
        number=wording.resolution_number(read.village.name, year, number),
        vote=vote(meeting, meeting.vote(of.vote)),
    )


@plain.get("/result/<int:year>-<int:number>.json")
@allow(PUBLIC)
def of_result(year: int, number: int) -> Response:
    """One result with its works."""
    read = reading()
    posting = read.posting(Stage.RESULT_PUBLIC, year, number)
    if posting is None:
        raise NotFound
    done = works_of(posting)
    return document(
        "result",
        read,
        publication=publication(posting, read.on),
        works=works(done) if done else None,
    )


@plain.get("/need/<int:year>-<int:number>.json")
@allow(PUBLIC)
def of_need(year: int, number: int) -> Response:
    """One need and what became of it."""
    read = reading()
    if (year, number) not in read.needs:
        raise NotFound
    return document("need", read, need=_need(read, read.needs[year, number]))


@plain.get("/check/heads.json")
@allow(PUBLIC)
def of_heads() -> Response:
    """Every head that the portal ever showed, and those that the journal does not hold any more."""
    read = reading()
    lost = {one.line for one in lost_heads(read)}
    shown: list[Value] = [
        {"head": head(one.head), "at": instant_text(one.at), "lost": one.line in lost}
        for one in parts().shown_heads.all()
    ]
    return document("heads", read, heads=shown)


def _need(read: Reading, of: Need) -> dict[str, Value]:
    taken = read.village.matters[of.matter].number if of.matter else None
    return {
        "year": of.year,
        "number": of.number,
        "href": f"/need/{of.year}-{of.number}",
        "by": author(of),
        "supporters": of.supporters,
        "text": discreet(of.text, of.author),
        "filed_on": day_of(of.filed_at).isoformat(),
        "due": of.due.isoformat(),
        "answer": discreet(of.answer, of.author),
        "matter": taken,
        "settled_on": day_of(of.settled_at).isoformat() if of.settled_at else None,
        "overdue": of.is_overdue(read.on),
    }


def _notice(meeting: Meeting) -> Value:
    return {
        "body": meeting.body.value,
        "ordinal": meeting.ordinal,
        "group": meeting.group,
        "state": meeting.state.value,
        "starts_at": instant_text(meeting.starts_at),
        "place": meeting.place,
        "entitled": sum(seat.votes for seat in meeting.seats.values()),
        "urgent_ground": meeting.urgent_ground,
    }
