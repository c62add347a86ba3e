"""Papers and whole files for officers: any paper in both editions, a matter's whole file as a zip."""

from flask import Blueprint, request, send_file
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.events import PaperIssued
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.papers.due import SOURCES
from kiosk.core.terms import Edition, MatterId, ObjectionId, Paper
from kiosk.core.village import Village
from kiosk.printing.printer import Media
from kiosk.web import printouts
from kiosk.web.access import ANY_OFFICER, allow
from kiosk.web.answers import sorry
from kiosk.web.parts import parts
from kiosk.web.printouts import Printout
from kiosk.wording import Sentence

files = Blueprint("files", __name__)

Answer = Response | tuple[Response | str, int]

_BEING_SET = Sentence("这份文书还没有制成。", "刚刚公布的，请等几秒再打开。")
_NOT_ARCHIVED = Sentence("这个事项还没有归档。", "请归档以后再下载整卷。")
_NAMES = {paper.value: paper for paper in SOURCES}


@files.get("/papers/<subject>/<paper>.pdf")
@allow(ANY_OFFICER)
def newest(subject: str, paper: str) -> Answer:
    """The newest paper of that kind (文书) about the meeting, the vote, the matter or the objection.

    `?edition=public` asks for the public edition, `?source=` and `?from=` for one paper of several.
    """
    issued = _issued(subject, paper)
    if issued is None:
        return sorry(_BEING_SET, 404)
    return send_file(
        parts().papers.path(issued),
        mimetype="application/pdf",
        download_name=f"{_title(issued)}.pdf",
        as_attachment="save" in request.args,
    )


@files.route("/papers/<subject>/<paper>/print", methods=["GET", "POST"])
@allow(ANY_OFFICER)
def printed(subject: str, paper: str) -> Answer | str:
    """打印: the same paper on paper, so many copies. Opened: the question; sent: it waits for the printer."""
    issued = _issued(subject, paper)
    if issued is None:
        return sorry(_BEING_SET, 404)
    printout = _printout(issued)
    if request.method != "POST":
        return printouts.ask(printout)
    return printouts.order(printout, parts().papers.path(issued).read_bytes())


def _printout(issued: PaperIssued) -> Printout:
    which = f"edition={issued.edition.value}&source={issued.source_seq}&from={issued.from_seq}"
    is_matter = issued.subject in parts().village().matters
    return Printout(
        title=_title(issued),
        link=f"/papers/{issued.subject}/{issued.paper.value}.pdf?{which}",
        back=f"/matters/{issued.subject}#papers" if is_matter else "/papers/",
        media=Media.A3 if issued.paper is Paper.POSTER else Media.A4,
        pages=parts().papers.pages(issued),
    )


def _issued(subject: str, paper: str) -> PaperIssued | None:
    """The paper that the address names; None while it is being set. NotFound where there is no such thing."""
    kind = _NAMES.get(paper)
    village = parts().village()
    if kind is None or not _about(village, subject):
        raise NotFound
    issued = _asked_for(village, subject, kind)
    return issued if issued and parts().papers.path(issued).exists() else None


def _title(issued: PaperIssued) -> str:
    about = _about(parts().village(), issued.subject)
    return f"{about}{wording.PAPERS[issued.paper]}（{wording.EDITIONS[issued.edition]}）"


def _asked_for(village: Village, subject: str, kind: Paper) -> PaperIssued | None:
    """The newest that fits what is asked for; of the archive where no edition is named and there is one."""
    editions = SOURCES[kind].editions
    public = request.args.get("edition") == Edition.PUBLIC.value and Edition.PUBLIC in editions
    edition = Edition.PUBLIC if public else editions[0]
    source, last = (request.args.get(name, type=int) for name in ("source", "from"))
    of_it = (
        p
        for p in village.papers
        if (p.subject, p.paper, p.edition) == (subject, kind, edition)
        and source in {None, p.source_seq}
        and last in {None, p.from_seq}
    )
    return max(of_it, key=lambda paper: (paper.source_seq, paper.from_seq), default=None)


def _meeting(village: Village, subject: str) -> Meeting | None:
    """The meeting of that id, or in which the vote of that id was held."""
    return next((m for m in village.meetings.values() if subject in {m.id, *m.votes}), None)


def _about(village: Village, subject: str) -> str:
    """What the papers of that subject are about, in words; empty where there is no such thing."""
    if meeting := _meeting(village, subject):
        return wording.meeting_title(meeting)
    objection = village.objections.get(ObjectionId(subject))
    matter = village.matters.get(objection.matter if objection else MatterId(subject))
    return matter.title if matter else ""


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
