"""事项清单: the catalogue of matters in use as people read it, its digest, how it is changed, what was before."""

from flask import Blueprint, render_template

from kiosk import wording
from kiosk.core.events import CatalogueAdopted
from kiosk.core.law.catalogue import FILE_PAPERS, Kind
from kiosk.web.access import ANY_OFFICER, allow
from kiosk.web.naming import Names
from kiosk.web.parts import parts
from kiosk.web.settings.chronicle import entries

catalogues = Blueprint("catalogues", __name__, url_prefix="/admin/rules/catalogue")


@catalogues.get("/")
@allow(ANY_OFFICER)
def shown() -> str:
    """The catalogue in use, kind by kind; which was in use since when."""
    village, names = parts().village(), Names()
    adopted = [
        (entry, entry.event, names.who(entry.actor))
        for entry in entries([CatalogueAdopted])
        if isinstance(entry.event, CatalogueAdopted)
    ]
    return render_template(
        "admin/catalogue.html",
        village=village,
        catalogue=village.catalogue,
        kinds=[_told(kind) for kind in village.catalogue.kinds] if village.catalogue else [],
        adopted=adopted[::-1],
    )


def _told(kind: Kind) -> dict[str, object]:
    """One kind in words: what it goes through, who decides, what is asked for besides, what its file owes."""
    besides = (
        (kind.group, "写明哪个村民小组"),
        (kind.mandate, "村民代表会议决定要有村民会议授权"),
        (kind.review, "合法性审查"),
        (kind.approval, kind.approval),
        (kind.works, "实施、验收、结果公开"),
    )
    barred: dict[str, list[str]] = {}
    for bar in kind.bars:
        barred.setdefault(bar.basis, []).append(wording.RULE_ROWS[bar.row])
    missing = [paper for paper in FILE_PAPERS if paper not in kind.papers]
    return {
        "name": kind.name,
        "basis": kind.basis,
        "forbidden": kind.forbidden,
        "stages": [wording.STAGES_SHORT[stage] for stage in kind.stages],
        "rows": [wording.RULE_ROWS[row] for row in kind.rows],
        "barred": [("、".join(rows), basis) for basis, rows in barred.items()],
        "besides": [words for asked, words in besides if asked],
        "papers": kind.papers,
        "all_papers": not missing,
        "retention": wording.RETENTIONS[kind.retention],
    }
