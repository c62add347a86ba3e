"""One publication on the portal: a resolution with its arithmetic, a result with its money, and their PDFs."""

from flask import Blueprint, render_template, send_file
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.meetings.custody import Clip
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import Stage
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote
from kiosk.web import pictures
from kiosk.web.access import PUBLIC, allow
from kiosk.web.medium import on_site
from kiosk.web.parts import parts
from kiosk.web.postings import Posting
from kiosk.web.public.bulletin import proposal_at, resolution_told, result_told, works_of
from kiosk.web.public.reading import Reading, reading
from kiosk.wording.pieces import result_number

published = Blueprint("published", __name__)


@published.get("/r/<int:year>-<int:number>")
@allow(PUBLIC)
def resolution(year: int, number: int) -> str:
    """One resolution with its arithmetic and its path."""
    read = reading()
    village, posting = read.village, _named(read, Stage.RESOLUTION_PUBLIC, year, number)
    matter = posting.matter
    meeting = village.meeting(posting.publication.meeting)
    vote = meeting.vote(posting.publication.vote)
    return render_template(
        "portal/resolution.html",
        village=village,
        told=resolution_told(read, posting),
        clauses=proposal_at(matter, vote.closed_at or vote.opened_at),
        origin=wording.ORIGINS[matter.origin],
        tally=pictures.tally_bars(vote, meeting),
        path=pictures.stage_path(matter, read.on, dated=on_site()),
        issued=posting.paper,
        head=posting.head,
        recording=_film(village, meeting),
        clip=_clip(village, meeting, vote),
        meeting=meeting,
        original=f"/film/{meeting.id}/{vote.id}/" if meeting.recording.started else "",
    )


def _clip(village: Village, meeting: Meeting, vote: Vote) -> Clip | None:
    """The clip that is for everybody, where its file is there."""
    clip = village.custody(meeting.id).public_clip(vote.id)
    return clip if clip and parts().clips.path(meeting.id, clip.id).exists() else None


def _named(read: Reading, stage: Stage, year: int, number: int) -> Posting:
    posting = read.posting(stage, year, number)
    if posting is None:
        raise NotFound
    return posting


def _film(village: Village, meeting: Meeting) -> str:
    recording = meeting.recording
    if village.custody(meeting.id).is_deleted:
        return "录像保存期满，已经按规定删除；每段的校验值还在会议日志里。"
    if recording.started is None:
        return "这次会议没有录像。"
    parts_told = f"共{len(recording.segments)}段，每段都有校验值"
    gaps = len(recording.interruptions)
    if recording.started.source == "card" and not gaps:
        return f"这次会议没有摄像头，只录了测试画面；{parts_told}。"
    told = f"全程录像（{wording.SOURCES[recording.started.source]}），{parts_told}"
    return f"{told}；中断{gaps}次，时间都记在会议日志里。" if gaps else f"{told}，没有中断。"


@published.get("/result/<int:year>-<int:number>")
@allow(PUBLIC)
def result(year: int, number: int) -> str:
    """One result: what came of the resolution, with its money."""
    read = reading()
    posting = _named(read, Stage.RESULT_PUBLIC, year, number)
    works = works_of(posting)
    carried_out = [
        p
        for p in read.postings_of(posting.matter)
        if p.publication.stage is Stage.RESOLUTION_PUBLIC
        and p.publication.vote == posting.publication.vote
    ]
    return render_template(
        "portal/result.html",
        village=read.village,
        told=result_told(read, posting),
        works=works,
        resolution=carried_out[0] if carried_out else None,
        issued=posting.paper,
        head=posting.head,
    )


@published.get("/r/<int:year>-<int:number>.pdf")
@allow(PUBLIC)
def resolution_pdf(year: int, number: int) -> Response:
    """The resolution's PDF."""
    read = reading()
    posting = _named(read, Stage.RESOLUTION_PUBLIC, year, number)
    return _pdf(posting, wording.resolution_number(read.village.name, year, number))


@published.get("/result/<int:year>-<int:number>.pdf")
@allow(PUBLIC)
def result_pdf(year: int, number: int) -> Response:
    """The result's PDF."""
    read = reading()
    posting = _named(read, Stage.RESULT_PUBLIC, year, number)
    return _pdf(posting, result_number(read.village.name, year, number))


def _pdf(posting: Posting, named: str) -> Response:
    if posting.paper is None:
        raise NotFound
    path = parts().papers.path(posting.paper)
    if not path.exists():
        raise NotFound
    return send_file(path, mimetype="application/pdf", download_name=f"{named}.pdf")
