"""异议 on the portal: a form while something hangs, the receipt with the answers, and the way to the next forum."""

from flask import Blueprint, redirect, render_template, request, session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk.core.commands import EscalateObjection, FileObjection
from kiosk.core.matters.matter import Matter, Phase
from kiosk.core.matters.publicity import Objection
from kiosk.core.terms import ObjectionId
from kiosk.web.access import PUBLIC, allow
from kiosk.web.answers import carry_out_for
from kiosk.web.filling import Answer, fill_in, said
from kiosk.web.forms import identifier, text
from kiosk.web.parts import parts
from kiosk.web.public.proving import proved
from kiosk.web.public.reading import Reading, reading
from kiosk.wording import Sentence

objecting = Blueprint("objecting", __name__, url_prefix="/m/<int:number>")

REMEMBERED = 10
GROUNDS = ("我不同意这个答复。", "答复期限已过，没有答复。")
"""Ready reasons for going up to the next forum, to be tapped."""


def _matter(number: int) -> tuple[Reading, Matter]:
    """The matter of that number. NotFound where there is none."""
    read = reading()
    if number not in read.matters:
        raise NotFound
    return read, read.matters[number]


def _objection(matter_number: int, number: int) -> tuple[Reading, Matter, Objection]:
    read, matter = _matter(matter_number)
    for objection in read.objections_to(matter):
        if objection.number == number:
            return read, matter, objection
    raise NotFound


@objecting.route("/object", methods=["GET", "POST"])
@allow(PUBLIC)
def new(number: int) -> Answer:
    """提出异议: open through the last day of the publication (公示期), closed after it."""
    read, matter = _matter(number)

    def act() -> str:
        objection, told = ObjectionId(identifier("objection")), text("text", "异议")
        author = proved()
        carry_out_for(author.id, FileObjection(objection, matter.id, author.name, told))
        filed = parts().village().objection(objection)
        session["objections"] = [*session.get("objections", []), objection][-REMEMBERED:]
        return f"/m/{number}/objection/{filed.number}/receipt"

    def draw(no: Sentence | None) -> str:
        fresh = {"objection": parts().new_token(), "command_id": parts().new_token()}
        on, of = read.on, matter.publication
        return render_template(
            "portal/object.html",
            village=read.village,
            matter=matter,
            publication=of,
            today=on,
            open=of is not None and of.hangs(on) and matter.phase(on) is not Phase.ARCHIVED,
            sentence=no,
            fields=request.form if request.method == "POST" else fresh,
        )

    return fill_in(act, draw)


@objecting.get("/objection/<int:objection>")
@allow(PUBLIC)
def one(number: int, objection: int) -> str:
    """One objection with its answers; who filed it is not said."""
    return _draw(number, objection, receipt=False)


@objecting.get("/objection/<int:objection>/receipt")
@allow(PUBLIC)
def receipt(number: int, objection: int) -> Response | str:
    """回执: for the telephone that filed it; for others the public page."""
    *_, filed = _objection(number, objection)
    if filed.id not in session.get("objections", []):
        return redirect(f"/m/{number}/objection/{objection}")
    return _draw(number, objection, receipt=True)


def _draw(number: int, objection: int, *, receipt: bool) -> str:
    read, matter, shown = _objection(number, objection)
    return render_template(
        "portal/objection.html",
        village=read.village,
        matter=matter,
        objection=shown,
        today=read.on,
        receipt=receipt,
        may_go_up=_may_go_up(read, matter, shown),
    )


def _may_go_up(read: Reading, matter: Matter, objection: Objection) -> bool:
    """Whether its author may take it to the next forum now; the rules say the same when he asks."""
    on = read.on
    answered_or_late = not objection.is_open or objection.is_overdue(on)
    going = matter.phase(on) is not Phase.ARCHIVED
    return going and answered_or_late and objection.next_forum is not None


@objecting.route("/objection/<int:objection>/up", methods=["GET", "POST"])
@allow(PUBLIC)
def go_up(number: int, objection: int) -> Answer:
    """提交上一级: by whoever filed it, on the same proof; to the 监委会, then to the township."""
    read, matter, asked = _objection(number, objection)

    def act() -> str:
        ground = said("ground", "理由")
        # Whoever did not file it gets the words for a wrong number: nobody is to learn whose it is.
        author = proved(named=asked.author)
        carry_out_for(author.id, EscalateObjection(asked.id, ground))
        return f"/m/{number}/objection/{objection}"

    def draw(no: Sentence | None) -> str:
        ready = {
            "command_id": parts().new_token(),
            "ground": GROUNDS[1] if asked.is_open else GROUNDS[0],
        }
        return render_template(
            "portal/object_up.html",
            village=read.village,
            matter=matter,
            objection=asked,
            may_go_up=_may_go_up(read, matter, asked),
            grounds=GROUNDS,
            sentence=no,
            fields=request.form if request.method == "POST" else ready,
        )

    return fill_in(act, draw)
