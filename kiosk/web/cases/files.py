"""Papers and whole files for officers: the newest paper about a meeting or a matter, a matter's whole file as a zip."""

from flask import Blueprint, send_file
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.events import PaperIssued
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.papers.due import SOURCES
from kiosk.core.terms import MatterId, Paper
from kiosk.core.village import Village
from kiosk.web.access import ANY_OFFICER, allow
from kiosk.web.answers import sorry
from kiosk.web.parts import parts
from kiosk.wording import Sentence

files = Blueprint("files", __name__)

Answer = Response | tuple[Response | str, int]

_BEING_SET = Sentence("这份文书还没有制成。", "刚刚公布的，请等几秒再打开。")
_NOT_ARCHIVED = Sentence("这个事项还没有归档。", "请归档以后再下载整卷。")
_NAMES = {paper.value: paper for paper in SOURCES}


@files.get("/papers/<subject>/<paper>.pdf")
@allow(ANY_OFFICER)
def newest(subject: str, paper: str) -> Answer:
    """The newest paper of that kind (文书) about the meeting, the vote or the matter."""
    kind = _NAMES.get(paper)
    village = parts().village()
    if kind is None or not (subject in village.matters or _meeting(village, subject)):
        raise NotFound
    issued = _newest(village, subject, kind)
    path = parts().papers.path(subject, kind, issued.from_seq) if issued else None
    if path is None or not path.exists():
        return sorry(_BEING_SET, 404)
    name = f"{_about(village, subject)}{wording.PAPERS[kind]}.pdf"
    return send_file(path, mimetype="application/pdf", download_name=name)


def _newest(village: Village, subject: str, kind: Paper) -> PaperIssued | None:
    of_it = (p for p in village.papers if (p.subject, p.paper) == (subject, kind))
    return max(of_it, key=lambda paper: paper.from_seq, default=None)


def _meeting(village: Village, subject: str) -> Meeting | None:
    """The meeting of that id, or in which the vote of that id was held."""
    return next((m for m in village.meetings.values() if subject in {m.id, *m.votes}), None)


def _about(village: Village, subject: str) -> str:
    if meeting := _meeting(village, subject):
        return wording.meeting_title(meeting)
    return village.matters[MatterId(subject)].title


@files.get("/matters/<matter>/file.zip")
@allow(ANY_OFFICER)
def whole(matter: str) -> Answer:
    """下载整卷: the file of an archived matter. Refused: NO_SUCH_MATTER."""
    found = parts().village().matter(MatterId(matter))
    if found.archived_at is None:
        return sorry(_NOT_ARCHIVED, 409)
    path = parts().filing.zipped(found.id)
    name = f"{found.title}（第{found.number}号事项案卷）.zip"
    return send_file(path, mimetype="application/zip", as_attachment=True, download_name=name)
