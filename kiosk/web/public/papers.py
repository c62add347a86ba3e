"""The public edition of every paper (公示版文书) on the portal; the archive's copy is reached from nowhere here."""

from collections.abc import Sequence

from flask import Blueprint, send_file
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.events import PaperIssued
from kiosk.core.papers.due import file_name
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


def links(about: Sequence[PaperIssued]) -> list[tuple[str, str]]:
    """What each paper is called, and where it is; one that several entries made says up to which."""
    kinds = [paper.paper for paper in about]
    return [
        (
            wording.PAPERS[paper.paper]
            + (f"（日志第{paper.from_seq}条）" if kinds.count(paper.paper) > 1 else ""),
            f"/paper/{file_name(paper)}",
        )
        for paper in about
        if parts().papers.path(paper).exists()
    ]
