"""文书和签名: every paper that was issued, whether the village's signature stands behind it, and by which key."""

from flask import Blueprint, render_template

from kiosk import wording
from kiosk.core.events import PaperIssued
from kiosk.core.village import Village
from kiosk.typeset.shelf import Kept
from kiosk.web.access import ANY_OFFICER, allow
from kiosk.web.naming import Names
from kiosk.web.parts import parts

paper_shelf = Blueprint("paper_shelf", __name__)

SHOWN = 60
"""So many of the newest papers; older ones are reached from their matters."""
_GROUP = 4
STATES = {
    Kept.SIGNED: "已签名",
    Kept.UNSIGNED: "还没有签上名。可以照常用；重新开机时机器会补签。",
    Kept.GONE: "文件不在了。重新开机时机器会照日志再制一份。",
}
"""What the disk has of a paper, in words."""


@paper_shelf.get("/papers/")
@allow(ANY_OFFICER)
def home() -> str:
    """The newest papers, and the fingerprint of the key."""
    village = parts().village()
    names = Names()
    rows = [_row(village, paper, names) for paper in village.papers[: -SHOWN - 1 : -1]]
    return render_template(
        "papers/shelf.html",
        village=village,
        rows=rows,
        wanting=[row for row in rows if row["flagged"]],
        keys=[_grouped(key.sha256) for key in reversed(village.signing_keys)],
        is_signing=parts().papers.is_signing,
    )


def _row(village: Village, paper: PaperIssued, names: Names) -> dict[str, object]:
    kept = parts().papers.kept(paper)
    told = wording.happening(paper, village, names.name)
    return {
        "words": told.removeprefix("制成"),
        "seq": paper.from_seq,
        "state": STATES[kept],
        "flagged": kept is not Kept.SIGNED,
        "link": _link(paper, ".pdf"),
        "print": _link(paper, "/print"),
    }


def _link(paper: PaperIssued, then: str) -> str:
    """Where exactly this paper is opened, or printed."""
    which = f"edition={paper.edition.value}&source={paper.source_seq}&from={paper.from_seq}"
    return f"/papers/{paper.subject}/{paper.paper.value}{then}?{which}"


def _grouped(digest: str) -> str:
    """A fingerprint in fours, as readers of PDF show it and people compare it."""
    upper = digest.upper()
    return " ".join(upper[at : at + _GROUP] for at in range(0, len(upper), _GROUP))
