"""存签字页: pages that people signed come back, photographed or scanned: known by their codes, looked at, filed."""

from flask import Blueprint, render_template, request, session
from werkzeug.exceptions import RequestEntityTooLarge

from kiosk import wording
from kiosk.core.commands import FileSignedSheet
from kiosk.core.matters.matter import Matter
from kiosk.core.refusals import Malformed, Refused
from kiosk.core.terms import MatterId
from kiosk.core.village import Village
from kiosk.web import stills
from kiosk.web.access import CONSOLE, allow
from kiosk.web.answers import Unclear, carry_out, is_scripted, refilled, sorry, went_well
from kiosk.web.cases import piles
from kiosk.web.cases.piles import Pile, PiledPage
from kiosk.web.cases.signed_pages import (
    SignedPage,
    filed,
    matter_of,
    page_read,
    paper_of,
    papers_of,
    told,
)
from kiosk.web.filling import Answer
from kiosk.web.forms import number
from kiosk.web.parts import parts
from kiosk.wording import Sentence

sheets = Blueprint("sheets", __name__)
sheets.register_error_handler(RequestEntityTooLarge, stills.pile_too_large)

_READ = "sheet"
"""Under this name the session, which the browser cannot change, holds what was read off the newest picture."""
_NO_PAPER = Sentence("还没有选是哪份文书。", "请照纸上的题目选一份，再看一看页码。")


@sheets.url_value_preprocessor
def widen(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let this one form be larger than the others."""
    if endpoint == "sheets.send":
        stills.widen(stills.PILE_MB)


@sheets.get("/matters/<matter>/sheet")
@allow(CONSOLE)
def look(matter: str) -> str:
    """拍照 or send one; then the straightened page with what was read off it."""
    return _draw(matter)


@sheets.post("/matters/<matter>/sheet/shoot")
@allow(CONSOLE)
def shoot(matter: str) -> Answer:
    """拍照: the page under the camera."""
    village = parts().village()
    about = village.matter(MatterId(matter))
    try:
        shown = stills.sheet_shot()
    except stills.NoStill as none:
        return _nothing(about, none)
    return _one(village, about, PiledPage(shown.digest, page_read(shown.codes, village)))


@sheets.post("/matters/<matter>/sheet/send")
@allow(CONSOLE)
def send(matter: str) -> Answer:
    """Take in photographs and scans: of one page as if it were photographed, of several as a pile."""
    village = parts().village()
    about = village.matter(MatterId(matter))
    try:
        pile = piles.taken_in(village)
    except stills.NoStill as none:
        return _nothing(about, none)
    if len(pile.pages) == 1 and not pile.troubles:
        return _one(village, about, pile.pages[0])
    return _draw_pile(village, about, pile)


def _nothing(about: Matter, none: stills.NoStill) -> Answer:
    return sorry(none.sentence, 409) if is_scripted() else (_draw(about.id, none.sentence), 409)


def _one(village: Village, about: Matter, page: PiledPage) -> Answer:
    read = page.read
    session[_READ] = [page.shown, read.key if read else "", read.page if read else 0]
    there = matter_of(village, read.paper, about) if read else about
    return went_well(f"/matters/{there.id}/sheet?shown={page.shown}")


def _draw_pile(village: Village, about: Matter, pile: Pile) -> str:
    return render_template(
        "matters/sheet_pile.html",
        village=village,
        matter=about,
        rows=[(page, told(village, page.read.paper) if page.read else "") for page in pile.pages],
        known=sum(page.read is not None for page in pile.pages),
        troubles=pile.troubles,
        back=_back(about),
    )


@sheets.post("/matters/<matter>/sheet/pile")
@allow(CONSOLE)
def keep_pile(matter: str) -> Answer:
    """全部存入: every page of the pile whose code was read; a no to one keeps no other back."""
    village = parts().village()
    about = village.matter(MatterId(matter))
    left, troubles = [], []
    for part, page in enumerate(piles.sealed(village), start=1):
        assert page.read is not None
        try:
            _file(page.read, page.shown, by_hand=False, part=part)
        except (Refused, Unclear) as error:
            no = piles.why_not(error)
            name = f"{told(village, page.read.paper)}第{page.read.page}页"
            left.append(page)
            troubles.append(Sentence(f"{name}没有存：{no.what}", no.todo))
    if not left:
        return went_well(_back(about))
    if is_scripted():
        return sorry(troubles[0], 409)
    return _draw_pile(village, about, Pile(tuple(left), tuple(troubles))), 409


def _draw(matter: str, sentence: Sentence | None = None) -> str:
    village = parts().village()
    about = village.matter(MatterId(matter))
    shown = stills.still_shown(request.values.get("shown", ""))
    read = _read_off(village, shown)
    return render_template(
        "matters/sheet.html",
        village=village,
        matter=about,
        shown=shown,
        read=read,
        read_told=told(village, read.paper) if read else "",
        papers=[(key, told(village, paper)) for key, paper in papers_of(village, about).items()],
        fields=request.form,
        filed=filed(village, about),
        sentence=sentence,
        has_camera=stills.photographer().has_camera,
        most_mb=stills.PILE_MB,
        most_files=piles.FILES_AT_MOST,
        back=_back(about),
    )


def _read_off(village: Village, shown: str) -> SignedPage | None:
    """What was read off the picture that is shown."""
    digest, key, page = session.get(_READ, ["", "", 0])
    if not shown or digest != shown or not key:
        return None
    paper = paper_of(village, key)
    return SignedPage(paper, page) if paper else None


def _back(matter: Matter) -> str:
    return f"/matters/{matter.id}#supervision"


@sheets.post("/matters/<matter>/sheet")
@allow(CONSOLE)
def keep(matter: str) -> Answer:
    """存入: the page that was looked at comes on record, under the paper that its code or the officer named."""
    village = parts().village()
    about = village.matter(MatterId(matter))
    shown = request.form.get("shown", "")
    if not stills.DIGEST.fullmatch(shown):
        raise Malformed("shown")
    try:
        chosen = _chosen(village, about)
        by_hand = chosen != _read_off(village, shown)
        _file(chosen, shown, by_hand=by_hand)
    except (Refused, Unclear) as error:
        return refilled(error, lambda no: _draw(matter, no))
    return went_well(_back(matter_of(village, chosen.paper, about)))


def _chosen(village: Village, about: Matter) -> SignedPage:
    """The paper and page of the form; the paper one of the matter's. Unclear where none was chosen."""
    paper = papers_of(village, about).get(request.form.get("paper", ""))
    if paper is None:
        raise Unclear(_NO_PAPER)
    return SignedPage(paper, number("page", "页码"))


def _file(chosen: SignedPage, shown: str, *, by_hand: bool, part: int = 0) -> None:
    paper = chosen.paper
    name = f"{wording.PAPERS[paper.paper]}第{chosen.page}页签字页.jpg"
    with stills.filing(shown, name) as picture:
        named = (paper.subject, paper.paper, paper.from_seq)
        carry_out(FileSignedSheet(*named, chosen.page, picture, by_hand), part=part)
