"""监督席：one meeting on one page: its film with the chapters, who was there, who spoke, votes, papers, and notes.

A note (监督批注) is pinned to a second of the meeting and is a fact of the journal: an opinion can refer to it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.commands import PinNote
from kiosk.core.journal import Entry
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.meetings.timecode import Timecode, timecode
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import Edition, MeetingId, day_of
from kiosk.core.village import Village
from kiosk.web.access import SUPERVISION, allow
from kiosk.web.answers import carry_out
from kiosk.web.cases.course_drawn import drawn
from kiosk.web.filling import Answer, fill_in, said
from kiosk.web.filmed import address, asked_second, entries_of, rows, title, wall_clock
from kiosk.web.forms import instant
from kiosk.web.parts import parts
from kiosk.web.viewing import is_open
from kiosk.wording import Sentence
from kiosk.wording.chapters import vote_named

watching = Blueprint("watching", __name__, url_prefix="/supervision/meetings")

READY = (
    "这里没有念方案，请说明。",
    "这里到会人数有变化，请核对签到。",
    "这里有人替别人按键，请核对。",
    "这里的发言没有记进会议记录。",
    "这里办得合规。",
)
"""What is often noted, to be tapped."""


@watching.route("/<meeting>/", methods=["GET", "POST"])
@allow(SUPERVISION)
def watch(meeting: str) -> Answer:
    """Watch the meeting, and pin a note to a second of it. Refused: NO_SUCH_MEETING, NOT_IN_SESSION."""
    village = parts().village()
    known = village.meeting(MeetingId(meeting))
    if known.opened_at is None:
        raise Refused(Reason.NOT_IN_SESSION)
    if known.recording.started and not is_open(known):
        return redirect(f"/films/{known.id}/open?then={request.path}")
    entries = entries_of(known.id)

    def act() -> str:
        carry_out(PinNote(known.id, _moment(known), said("text", "批注")))
        return f"/supervision/meetings/{known.id}/#notes"

    def draw(no: Sentence | None) -> str:
        return _page(village, known, entries, no)

    return fill_in(act, draw)


def _page(village: Village, known: Meeting, entries: Sequence[Entry], no: Sentence | None) -> str:
    film = timecode(entries)
    fields = request.form if request.method == "POST" else {"moment": _shown(known, film)}
    return render_template(
        "supervision/meeting.html",
        village=village,
        meeting=known,
        title=title(known),
        recording=known.recording,
        course=drawn(known, entries, film, parts().kiosk.now()),
        chapters=rows(entries, village, notes=True),
        src=address(f"/film/{known.id}/film.m3u8"),
        clock=wall_clock(film),
        votes=list(_votes(village, known)),
        papers=list(_papers(village, known)),
        film_mb=_film_mb(village),
        ready=READY,
        sentence=no,
        fields=fields,
    )


def _shown(known: Meeting, film: Timecode) -> str:
    """The wall clock at the second at which the page opens the film; the opening where it asks for none."""
    second = asked_second()
    at = film.instant(round(float(second) * 1000)) if second else known.opened_at
    return wording.clock_seconds(at or known.convened_at)


def _moment(known: Meeting) -> datetime:
    """The instant of the form: a time of the meeting's day, or of the next where it lasted past midnight.

    People see whole seconds: the second in which the meeting was opened is its opening.
    """
    opened = known.opened_at
    assert opened is not None
    told = instant(day_of(opened), "moment", "时刻")
    if told < opened.replace(microsecond=0):
        told += timedelta(days=1)
    return max(told, opened)


def _votes(village: Village, known: Meeting) -> Iterator[tuple[str, str, str, str]]:
    """Each vote that is over: its number, on what, how it ended, its clip; void ones too."""
    for vote in known.votes.values():
        if vote.is_open:
            continue
        outcome = (
            "作废，不算数"
            if vote.is_void
            else f"{wording.counts(vote.tally, vote.contest)}，{wording.said_in_one(vote)}"
        )
        link = f"/film/{known.id}/{vote.id}/"
        yield vote_named(known, vote), "、".join(village.titles(vote)), outcome, link


def _papers(village: Village, known: Meeting) -> Iterator[tuple[str, str]]:
    """The papers of the meeting, its votes and its matters that have been set: name and address."""
    about: dict[str, str] = {known.id: ""}
    about |= {vote.id: f"：{vote_named(known, vote)}" for vote in known.votes.values()}
    about |= {matter: f"：{village.matters[matter].title}" for matter in known.matters}
    archive = (p for p in village.papers if p.edition is Edition.ARCHIVE)
    seen = {(p.subject, p.paper) for p in archive if p.subject in about}
    for subject, paper in sorted(seen, key=lambda one: (one[1].value, one[0])):
        yield f"{wording.PAPERS[paper]}{about[subject]}", f"/papers/{subject}/{paper.value}.pdf"


def _film_mb(village: Village) -> int:
    """How large all films of the village are together, megabytes: a bundle has them all."""
    films = (m.recording.segments for m in village.meetings.values())
    return sum(part.size_bytes for parts_ in films for part in parts_) // 1_000_000


@watching.get("/<meeting>/bundle.zip")
@allow(SUPERVISION)
def bundle(meeting: str) -> Response:
    """下载证据包: the village's whole record with its verifier, sent as it is read. Refused: NO_SUCH_MEETING."""
    village = parts().village()
    known = village.meeting(MeetingId(meeting))
    if known.recording.started and not is_open(known):
        return redirect(f"/films/{known.id}/open?then=/supervision/meetings/{known.id}/")
    name = f"{village.name}证据包（{title(known)}，日志到第{village.entries}条）"
    answer = Response(parts().bundles.zipped(name), mimetype="application/zip")
    told = f"attachment; filename*=UTF-8''{quote(name)}.zip"  # a name in Chinese: RFC 8187
    answer.headers["Content-Disposition"] = told
    return answer
