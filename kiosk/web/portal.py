"""The portal (公开栏): what was decided, newest first, on any phone, without a script."""

from flask import Blueprint, render_template, send_file
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.journal import EMPTY
from kiosk.core.papers import Resolution, resolution
from kiosk.core.terms import Base, day_of
from kiosk.core.village import Village
from kiosk.web import pictures
from kiosk.web.access import PUBLIC, allow
from kiosk.web.parts import parts
from kiosk.web.postings import Posting, postings

portal = Blueprint("portal", __name__)


@portal.get("/")
@allow(PUBLIC)
def newest() -> str:
    """The newest resolution first, in plain sentences."""
    village = parts().village()
    today = day_of(parts().kiosk.now())
    told = [_told(village, posting) for posting in postings(parts(), village)]
    under_way = [
        {"title": m.title, "path": pictures.stage_path(m, today)}
        for m in village.matters.values()
        if m.publication is None
    ]
    return render_template(
        "portal/newest.html", village=village, resolutions=told, under_way=under_way
    )


def _told(village: Village, posting: Posting) -> dict[str, object]:
    today = day_of(parts().kiosk.now())
    head = posting.head or EMPTY
    paper = resolution(village, posting.matter.id, head, posting.publication)
    publication = posting.publication
    return {
        "title": posting.matter.title,
        "number": wording.resolution_number(village.name, publication.year, publication.number),
        "link": posting.link,
        "carried": paper.carried,
        "decided": wording.decided(
            publication.first_day, paper.meeting.body, carried=paper.carried
        ),
        "pdf": "打开决议书 PDF" if paper.carried else "打开表决结果 PDF",
        "first": wording.day(publication.first_day),
        "last": wording.day(publication.last_day),
        "days": publication.days(),
        "left": publication.days_left(today),
        "quorum": wording.quorum(paper.quorum),
        "counts": wording.counts(paper.tally),
        "majority": wording.majority(
            paper.majority, of_entitled=paper.meeting.row.majority_base is Base.ENTITLED
        ),
        "code": posting.head.check_code if posting.head else "",
        "ready": posting.paper is not None,
    }


def _named(year: int, number: int) -> tuple[Village, Posting]:
    village = parts().village()
    for posting in postings(parts(), village):
        if (posting.publication.year, posting.publication.number) == (year, number):
            return village, posting
    raise NotFound


@portal.get("/r/<int:year>-<int:number>")
@allow(PUBLIC)
def one(year: int, number: int) -> str:
    """One resolution with its arithmetic and its path."""
    village, posting = _named(year, number)
    paper = resolution(village, posting.matter.id, posting.head or EMPTY, posting.publication)
    return render_template(
        "portal/resolution.html",
        village=village,
        told=_told(village, posting),
        paper=paper,
        basis=_basis(paper),
        amount=wording.money(paper.matter.amount_fen) if paper.matter.amount_fen else "",
        origin=wording.ORIGINS[paper.matter.origin],
        tally=pictures.tally_bars(paper.tally, paper.meeting),
        path=pictures.stage_path(paper.matter, day_of(parts().kiosk.now())),
        issued=posting.paper,
        head=posting.head,
        recording=_film(paper),
    )


def _basis(paper: Resolution) -> str:
    row = paper.meeting.row
    return "；".join(dict.fromkeys((row.quorum_basis, row.majority_basis)))


def _film(paper: Resolution) -> str:
    recording = paper.meeting.recording
    if recording.started is None:
        return "这次会议没有录像。"
    parts_told = f"共{len(recording.segments)}段，每段都有校验值"
    gaps = len(recording.interruptions)
    if recording.started.source == "card" and not gaps:
        return f"这次会议没有摄像头，只录了测试画面；{parts_told}。"
    told = f"全程录像（{wording.SOURCES[recording.started.source]}），{parts_told}"
    return f"{told}；中断{gaps}次，时间都记在会议日志里。" if gaps else f"{told}，没有中断。"


@portal.get("/r/<int:year>-<int:number>.pdf")
@allow(PUBLIC)
def pdf(year: int, number: int) -> Response:
    """The resolution's PDF."""
    village, posting = _named(year, number)
    if posting.paper is None:
        raise NotFound
    path = parts().papers.path(posting.matter.id, posting.paper.paper, posting.paper.from_seq)
    if not path.exists():
        raise NotFound
    named = wording.resolution_number(village.name, year, number)
    return send_file(path, mimetype="application/pdf", download_name=f"{named}.pdf")
