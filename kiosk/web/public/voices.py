"""需求 on the portal: what villagers wish for with its answers, a form to file one, and the receipt for its author."""

from flask import Blueprint, redirect, render_template, request, session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk.core.commands import FileNeed
from kiosk.core.matters.need import Need
from kiosk.core.terms import NeedId, Standing
from kiosk.web.access import PUBLIC, allow
from kiosk.web.answers import carry_out_for
from kiosk.web.filling import Answer, fill_in
from kiosk.web.forms import identifier, text
from kiosk.web.parts import parts
from kiosk.web.public.paging import paged
from kiosk.web.public.proving import proved
from kiosk.web.public.reading import Reading, reading
from kiosk.wording import Sentence

voices = Blueprint("voices", __name__, url_prefix="/need")

REMEMBERED = 10
"""How many of his receipts a villager's telephone may open again."""


@voices.get("/")
@allow(PUBLIC)
def listed() -> str:
    """Every need with what became of it, the newest first."""
    read = reading()
    shown, more = paged(list(read.needs.values()), request.args.get("page", 1, type=int))
    return render_template(
        "portal/needs.html",
        village=read.village,
        needs=shown,
        more=more,
        today=read.on,
        answered=sum(need.is_settled for need in read.needs.values()),
    )


@voices.route("/new", methods=["GET", "POST"])
@allow(PUBLIC)
def new() -> Answer:
    """提出需求: what, and who; the name stays with the village's officers."""

    def act() -> str:
        need, wish = NeedId(identifier("need")), text("text", "需求")
        author = proved()
        carry_out_for(author.id, FileNeed(need, Standing.VILLAGER, author.name, wish, 0, 0))
        filed = parts().village().need(need)
        session["needs"] = [*session.get("needs", []), need][-REMEMBERED:]
        return f"/need/{filed.year}-{filed.number}/receipt"

    def draw(no: Sentence | None) -> str:
        fresh = {"need": parts().new_token(), "command_id": parts().new_token()}
        return render_template(
            "portal/need_new.html",
            village=parts().village(),
            sentence=no,
            fields=request.form if request.method == "POST" else fresh,
        )

    return fill_in(act, draw)


@voices.get("/<int:year>-<int:number>")
@allow(PUBLIC)
def one(year: int, number: int) -> str:
    """One need and its answer; who filed it is not said."""
    read, need = _named(year, number)
    return _draw(read, need, receipt=False)


@voices.get("/<int:year>-<int:number>/receipt")
@allow(PUBLIC)
def receipt(year: int, number: int) -> Response | str:
    """回执: his own need with its number, for the telephone that filed it; for others the public page."""
    read, need = _named(year, number)
    if need.id not in session.get("needs", []):
        return redirect(f"/need/{year}-{number}")
    return _draw(read, need, receipt=True)


def _draw(read: Reading, need: Need, *, receipt: bool) -> str:
    return render_template(
        "portal/need.html", village=read.village, need=need, today=read.on, receipt=receipt
    )


def _named(year: int, number: int) -> tuple[Reading, Need]:
    read = reading()
    if (year, number) not in read.needs:
        raise NotFound
    return read, read.needs[year, number]
