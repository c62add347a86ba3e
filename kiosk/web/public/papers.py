"""The public edition of every paper (公示版文书) on the portal; the archive's copy is reached from nowhere here."""

from flask import Blueprint, send_file
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk.core.matters.matter import Matter
from kiosk.core.papers.due import file_name
from kiosk.core.terms import Edition
from kiosk.web.access import PUBLIC, allow
from kiosk.web.parts import parts
from kiosk.web.public.reading import reading

papers = Blueprint("papers", __name__, url_prefix="/paper")


@papers.get("/<name>")
@allow(PUBLIC)
def one(name: str) -> Response:
    """One paper as PDF: a file of that name is served only where a public paper is called so."""
    paper = reading().papers.get(name)
    path = parts().papers.path(paper) if paper else None
    if path is None or not path.exists():
        raise NotFound
    return send_file(path, mimetype="application/pdf")


def listed(matter: Matter) -> list[dict[str, object]]:
    """The papers about a matter that are for everybody: name, which issue, where it is."""
    return [
        {"name": shown.name, "issue": shown.issue, "link": f"/paper/{file_name(paper)}"}
        for shown in reading().papers_by_matter.get(matter.id, ())
        for paper in shown.editions
        if paper.edition is Edition.PUBLIC and parts().papers.path(paper).exists()
    ]
