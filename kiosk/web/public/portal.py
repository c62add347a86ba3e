"""The portal (公开栏): what hangs, which meetings come, how much is done; on any phone, without a script."""

from collections.abc import Iterable
from datetime import date

from flask import Blueprint, render_template, request

from kiosk import wording
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.need import Need
from kiosk.core.matters.oversight import completion, flags
from kiosk.core.terms import MatterId, day_of
from kiosk.core.village import Village
from kiosk.web.access import PUBLIC, allow
from kiosk.web.parts import parts
from kiosk.web.postings import Posting, postings, results
from kiosk.web.public.bulletin import Told, notices, paged, resolution_told, result_told
from kiosk.wording.oversight import SIGNS, completed, phase
from kiosk.wording.public import author, discreet

portal = Blueprint("portal", __name__)

EARLIER_AT_MOST = 5
"""How many publications that are over the first page still shows; the others stand among all matters."""


@portal.app_template_filter("discreet")
def _discreet(text: str, *names: str) -> str:
    return discreet(text, *names)


@portal.app_template_filter("public_author")
def _public_author(need: Need) -> str:
    return author(need)


@portal.get("/")
@allow(PUBLIC)
def newest() -> str:
    """What hangs now, the newest first; the meetings that come; how much is done."""
    village, at = parts().village(), parts().kiosk.now()
    on = day_of(at)
    hung = [*results(parts(), village), *postings(parts(), village)]
    hung.sort(key=lambda p: p.publication.first_day, reverse=True)
    over = [p for p in hung if p.publication.is_over(on)]
    return render_template(
        "portal/newest.html",
        village=village,
        hanging=[_told(village, p, on) for p in hung if p.publication.hangs(on)],
        notices=notices(village, at),
        under_way=_entries(village, _under_way(village), on),
        earlier=[_told(village, p, on) for p in over[:EARLIER_AT_MOST]],
        completed=completed(completion(village, on)),
        matters=len(village.matters),
        needs=len(village.needs),
        waiting=sum(not need.is_settled for need in village.needs.values()),
    )


def _under_way(village: Village) -> list[Matter]:
    return [m for m in village.matters.values() if not (m.publications or m.ended_at)]


def _told(village: Village, posting: Posting, on: date) -> Told:
    is_result = posting.link.startswith("/result/")
    return (result_told if is_result else resolution_told)(village, posting, on)


def _entries(village: Village, matters: Iterable[Matter], on: date) -> list[Told]:
    """Each matter in a line: where it stands, its money, what is wrong with it."""
    signs: dict[MatterId, dict[str, None]] = {}
    for flag in flags(village, on):
        if flag.matter:
            signs.setdefault(flag.matter, {})[SIGNS[flag.sign]] = None
    return [_entry(matter, on, [*signs.get(matter.id, {})]) for matter in matters]


def _entry(matter: Matter, on: date, signs: list[str]) -> Told:
    return {
        "number": matter.number,
        "title": matter.title,
        "phase": phase(matter, on),
        "amount": wording.money(matter.amount_fen) if matter.amount_fen else "",
        "raised": wording.day(day_of(matter.raised_at)),
        "flags": signs,
    }


@portal.get("/m/")
@allow(PUBLIC)
def every_matter() -> str:
    """全部事项, the newest first, with the completion rate."""
    village, on = parts().village(), day_of(parts().kiosk.now())
    shown, more = paged(list(village.matters.values())[::-1], request.args.get("page", 1, type=int))
    return render_template(
        "portal/matters.html",
        village=village,
        matters=_entries(village, shown, on),
        more=more,
        completed=completed(completion(village, on)),
        count=len(village.matters),
    )
