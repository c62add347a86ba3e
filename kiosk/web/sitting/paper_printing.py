"""Printing the papers of a vote (印制纸票): how many, on record; then the sheets, to the printer or as a PDF."""

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Answer

from kiosk.config import ROOT
from kiosk.core.commands import PrintBallotPapers
from kiosk.core.refusals import Refused
from kiosk.core.village import Village
from kiosk.core.votes.paper import SPARE
from kiosk.core.votes.vote import Vote
from kiosk.printing.printer import Media
from kiosk.typeset.ballot_papers import A_SHEET, ballot_papers, ballot_papers_pdf
from kiosk.typeset.fonts import FontFolder
from kiosk.web import forms, printouts
from kiosk.web.access import DOOR, allow
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.parts import parts
from kiosk.web.printouts import Printout
from kiosk.web.sitting.now import form_meeting, form_vote
from kiosk.web.sitting.tallying import numbers, open_vote, paper_vote
from kiosk.wording import Sentence

paper_printing = Blueprint("paper_printing", __name__, url_prefix="/console/papers")

FEW = 5
"""So many more than there are voters are proposed for print."""
BATCH_DIGITS = 8


@paper_printing.get("/")
@allow(DOOR)
def papers() -> Answer | str:
    """纸票: wherever the vote on paper stands; where no vote is open, the page says so."""
    village = parts().village()
    vote = open_vote(parts().known())
    if vote is None:
        return render_template("papers/none.html", village=village)
    if vote.papers.returned is not None:
        return went_well("/console/papers/reading")
    return went_well("/console/papers/wall" if vote.papers.printed else "/console/papers/print")


@paper_printing.get("/print")
@allow(DOOR)
def ask_print() -> str:
    """印制: how many, on a number pad; one for each voter and a few spare ones are proposed."""
    return _printing(None)


def _printing(refusal: Sentence | None) -> str:
    village, _meeting, vote = paper_vote()
    able = len(vote.able)
    proposed = FEW if vote.papers.printed else able + FEW
    most = len(vote.electorate) + SPARE - vote.papers.printed
    return render_template(
        "papers/print.html",
        village=village,
        vote=vote,
        able=able,
        papers=request.form.get("papers", min(proposed, most)),
        most=most,
        refusal=refusal,
        **numbers(vote),
    )


@paper_printing.post("/print")
@allow(DOOR)
def print_papers() -> Answer | tuple[Answer | str, int]:
    """Put so many papers more on record; then they can be printed."""
    _village, _meeting, vote = paper_vote()
    before = vote.papers.printed
    # Sent again after a break, the form finds the batch that it made itself and gives the same command.
    batch = vote.papers.batch or parts().new_digits(BATCH_DIGITS)
    try:
        count = forms.number("papers", "张数")
        receipt = carry_out(PrintBallotPapers(form_meeting(), form_vote(), batch, count))
    except (Refused, Unclear) as error:
        return refilled(error, _printing)
    first = before - count + 1 if receipt.repeated else before + 1
    return went_well(f"/console/papers/printed?first={first}&last={first + count - 1}")


@paper_printing.get("/printed")
@allow(DOOR)
def printed() -> str:
    """The sheets to send to the printer, and how to hand the papers out."""
    village, _meeting, vote = paper_vote()
    first, last = _range(vote)
    sheets = -(-(last - first + 1) // A_SHEET)
    return render_template(
        "papers/printed.html", village=village, vote=vote, first=first, last=last, sheets=sheets
    )


def _range(vote: Vote) -> tuple[int, int]:
    """The serial numbers that the address names; NotFound unless they were printed."""
    first = request.args.get("first", default=1, type=int)
    last = request.args.get("last", default=vote.papers.printed, type=int)
    if not 1 <= first <= last <= vote.papers.printed:
        raise NotFound
    return first, last


@paper_printing.get("/sheet.pdf")
@allow(DOOR)
def sheet() -> Response:
    """The papers as a PDF: set anew each time, always with the same bytes."""
    village, _meeting, vote = paper_vote()
    content = _set(village, vote)
    shown = "attachment" if "save" in request.args else "inline"
    name = f"{shown}; filename=ballot-papers-{vote.papers.batch}.pdf"
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(content, mimetype="application/pdf", headers=headers)


@paper_printing.route("/sheet/print", methods=["GET", "POST"])
@allow(DOOR)
def on_paper() -> Answer | str | tuple[Answer | str, int]:
    """打印纸票: each number once, so nobody is asked for copies."""
    village, _meeting, vote = paper_vote()
    first, last = _range(vote)
    which = f"first={first}&last={last}"
    printout = Printout(
        title=f"纸票第{first}号到第{last}号",
        link=f"/console/papers/sheet.pdf?{which}",
        back=f"/console/papers/printed?{which}",
        media=Media.A4,
        pages=-(-(last - first + 1) // A_SHEET),
        has_copies=False,
    )
    if request.method != "POST":
        return printouts.ask(printout)
    return printouts.order(printout, _set(village, vote))


def _set(village: Village, vote: Vote) -> bytes:
    fonts = FontFolder.from_node_modules(ROOT / "node_modules")
    return ballot_papers_pdf(ballot_papers(village, vote, *_range(vote)), fonts)
