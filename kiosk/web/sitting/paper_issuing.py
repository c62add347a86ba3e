"""Handing the papers out (发纸票): a name is tapped, and he draws one from the shuffled pile; spoiled ones go back.

Who took one is recorded, never which.
"""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk.core.commands import ExchangeBallotPaper, IssueBallotPaper
from kiosk.core.history import Known
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import PersonId
from kiosk.core.values import Seat
from kiosk.core.votes.vote import Vote
from kiosk.web.access import DOOR, allow
from kiosk.web.answers import carry_out, went_well
from kiosk.web.pages import LivePage
from kiosk.web.parts import Parts, parts
from kiosk.web.pictures import Picture
from kiosk.web.sitting.now import form_meeting, form_person, form_vote
from kiosk.web.sitting.represented import voters_tile
from kiosk.web.sitting.tallying import numbers, open_vote, paper_vote

paper_issuing = Blueprint("paper_issuing", __name__, url_prefix="/console/papers")

ALL = "all"


def draw_wall(_parts: Parts, known: Known, tab: str) -> str:
    """The wall of one tab: a tap and somebody takes a paper from the pile."""
    vote = open_vote(known)
    if known.village is None or vote is None or vote.papers.returned is not None:
        return render_template("papers/_over.html", vote=vote)
    meeting = known.village.meeting(vote.meeting)
    seats = sorted(
        (meeting.seats[p] for p in vote.electorate), key=lambda seat: (seat.group, seat.person)
    )
    shown = [seat for seat in seats if tab in ("", ALL, str(seat.group))]
    return render_template(
        "papers/_wall.html",
        vote=vote,
        meeting=meeting,
        tabs=_tabs(seats, vote, tab or ALL),
        tiles=[_tile(meeting, vote, seat) for seat in shown],
        **numbers(vote),
    )


def _tile(meeting: Meeting, vote: Vote, seat: Seat) -> Picture:
    tile = voters_tile(meeting, seat)
    person = seat.person
    if person in vote.papers.holders:
        return tile | {"state": "in", "said": "已领票"}
    if person in vote.recused:
        return tile | {"state": "observer", "said": "回避"}
    if person not in vote.waiting:
        return tile | {"state": "voted"}
    if person not in meeting.present:
        return tile | {"state": "observer", "said": "已离场"}
    fields = {"meeting": meeting.id, "vote": vote.id, "person": person}
    return tile | {
        "state": "out",
        "said": "未领票",
        "action": "/console/papers/issue",
        "fields": fields,
    }


def _tabs(seats: list[Seat], vote: Vote, tab: str) -> list[Picture]:
    groups = sorted({seat.group for seat in seats})
    names = [(ALL, "全部"), *((str(group), f"{group}组") for group in groups)]
    tabs = []
    for name, label in names:
        called = [seat.person for seat in seats if name in (ALL, str(seat.group))]
        taken = len(vote.papers.holders.intersection(called))
        href, count = f"/console/papers/wall?tab={name}", f"{taken}/{len(called)}"
        tabs.append({"label": label, "href": href, "current": name == tab, "count": count})
    return tabs


@paper_issuing.get("/wall")
@allow(DOOR)
def wall() -> str:
    """发票: everybody of the electorate; a tap records that he takes a paper."""
    tab = request.args.get("tab", ALL)
    return render_template(
        "papers/live.html",
        village=parts().village(),
        title="发纸票",
        page=draw_wall(parts(), parts().known(), tab),
        room=f"papers:{tab}",
    )


@paper_issuing.post("/issue")
@allow(DOOR)
def issue() -> Response:
    """领票."""
    carry_out(IssueBallotPaper(form_meeting(), form_vote(), form_person()))
    return went_well(otherwise="/console/papers/wall")


@paper_issuing.get("/spoiled")
@allow(DOOR)
def ask_exchange() -> str:
    """换票: who brings a spoiled paper back; asked once, with his name."""
    village, meeting, vote = paper_vote()
    chosen = PersonId(request.args.get("person", ""))
    holders = sorted(vote.papers.holders, key=lambda p: (meeting.seats[p].group, p))
    return render_template(
        "papers/spoiled.html",
        village=village,
        meeting=meeting,
        vote=vote,
        chosen=meeting.seats[chosen] if chosen in vote.papers.holders else None,
        tiles=[voters_tile(meeting, meeting.seats[p]) for p in holders],
        **numbers(vote),
    )


@paper_issuing.post("/exchange")
@allow(DOOR)
def exchange() -> Response:
    """The spoiled paper is kept apart, and he draws another."""
    carry_out(ExchangeBallotPaper(form_meeting(), form_vote(), form_person()))
    return went_well("/console/papers/wall")


WALL = LivePage("papers", DOOR, draw_wall)
