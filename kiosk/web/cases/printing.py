"""打印: how the printer stands, and every paper that was asked for, to be cancelled or printed again."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from kiosk.core.history import Known
from kiosk.web import printouts
from kiosk.web.access import ANY_OFFICER, allow
from kiosk.web.answers import went_well
from kiosk.web.pages import LivePage
from kiosk.web.parts import Parts, parts

printing = Blueprint("printing", __name__, url_prefix="/printing")


def draw(parts_: Parts, _known: Known, _argument: str) -> str:
    """The printer and the papers."""
    state = parts_.printing.state()
    return render_template(
        "printing/_list.html",
        printer=printouts.notice(state),
        name=state.name,
        rows=[printouts.row(order, state) for order in parts_.printing.orders()],
    )


@printing.get("/")
@allow(ANY_OFFICER)
def home() -> str:
    """The list; it follows the printer by itself, without script by loading it again."""
    page = draw(parts(), parts().known(), "")
    return render_template("printing/home.html", village=parts().village(), page=page)


@printing.post("/<order>/cancel")
@allow(ANY_OFFICER)
def cancel(order: str) -> Response:
    """不用打了."""
    parts().printing.cancel(printouts.named(order).id)
    return went_well(printouts.HOME)


@printing.post("/<order>/again")
@allow(ANY_OFFICER)
def again(order: str) -> Response:
    """再打一次, of what failed or nobody knows of."""
    parts().printing.again(printouts.named(order).id)
    return went_well(printouts.HOME)


PAGE = LivePage("printing", ANY_OFFICER, draw)
