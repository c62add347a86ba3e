"""检查: for the township's inspector at the kiosk: every flag in red, how much is done, and each matter's file."""

from datetime import date
from urllib.parse import quote

from flask import Blueprint, Response, render_template

from kiosk import wording
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.oversight import completion, flags
from kiosk.core.papers.ledger import ledger
from kiosk.core.terms import day_of
from kiosk.core.village import Village
from kiosk.web.access import ANY_OFFICER, allow
from kiosk.web.cases.flagged import shown
from kiosk.web.cases.gaps import opinions_missing, papers_missing, photos_missing
from kiosk.web.parts import parts
from kiosk.wording.ledger import as_csv

inspection = Blueprint("inspection", __name__, url_prefix="/inspection")

_FILE = "重大事项台账.csv"


@inspection.get("/")
@allow(ANY_OFFICER)
def home() -> str:
    """Everything an inspector asks for, on one page."""
    village, on = parts().village(), day_of(parts().kiosk.now())
    found = flags(village, on)
    done = completion(village, on)
    return render_template(
        "inspection/home.html",
        village=village,
        today=on,
        flags=shown(found, village),
        completed=wording.completed(done),
        rows=[_row(village, matter, on) for matter in village.matters.values()],
    )


@inspection.get("/ledger.pdf")
@allow(ANY_OFFICER)
def printed() -> Response:
    """重大事项台账, to be printed: one row a matter, as the journal stands now."""
    return Response(parts().papers.ledger(parts().home), mimetype="application/pdf")


@inspection.get("/ledger.csv")
@allow(ANY_OFFICER)
def exported() -> Response:
    """The same for a spreadsheet."""
    village, on = parts().village(), day_of(parts().kiosk.now())
    shown_as = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(_FILE)}"}
    return Response(as_csv(ledger(village, on)), mimetype="text/csv", headers=shown_as)


def _row(village: Village, matter: Matter, on: date) -> dict[str, object]:
    lacking = opinions_missing(matter)
    reached = len(matter.reached)
    opinions = f"{reached}个环节写了{reached - len(lacking)}个" if reached else "还没有环节办完"
    missing = [*photos_missing(matter, on), *papers_missing(village, matter)]
    return {
        "matter": matter,
        "phase": wording.phase(matter, on),
        "raised": wording.day(day_of(matter.raised_at)),
        "published": [
            f"{wording.STAGES_SHORT[p.stage]} {wording.period(p)}，{wording.hanging(p, on)}"
            for p in matter.publications
        ],
        "opinions": opinions,
        "lacking": "、".join(wording.STAGES_SHORT[stage] for stage in lacking),
        "missing": missing,
    }
