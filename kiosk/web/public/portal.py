"""The portal (公开栏): what hangs, which meetings come, how much is done; on any phone, without a script."""

from flask import Blueprint, render_template, request

from kiosk.core.matters.need import Need
from kiosk.web.access import PUBLIC, allow
from kiosk.web.public.bulletin import entries, notices, told_of
from kiosk.web.public.paging import paged
from kiosk.web.public.reading import reading
from kiosk.web.public.shown import remembered
from kiosk.wording.oversight import completed
from kiosk.wording.public import author, discreet

portal = Blueprint("portal", __name__)

CARDS_AT_MOST = 8
"""How many that hang the first page tells in full: it must stay small however much is decided in one meeting."""
UNDER_WAY_AT_MOST = 10
EARLIER_AT_MOST = 5
"""How many publications that are over the first page still shows; the others stand among all of them."""


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
    read = reading()
    village = read.village
    under_way = [m for m in read.matters.values() if not (m.publications or m.ended_at)]
    return render_template(
        "portal/newest.html",
        village=village,
        hanging=[told_of(read, p) for p in read.hanging[:CARDS_AT_MOST]],
        more_hanging=max(0, len(read.hanging) - CARDS_AT_MOST),
        hung=len(read.hung),
        notices=notices(read),
        under_way=entries(read, under_way[:UNDER_WAY_AT_MOST]),
        more_under_way=max(0, len(under_way) - UNDER_WAY_AT_MOST),
        earlier=[told_of(read, p) for p in read.over[:EARLIER_AT_MOST]],
        completed=completed(read.completion),
        matters=len(village.matters),
        needs=len(village.needs),
        waiting=sum(not need.is_settled for need in village.needs.values()),
        head=remembered(read),
    )


@portal.get("/hung/")
@allow(PUBLIC)
def every_publication() -> str:
    """全部公示: every resolution and result, the newest first."""
    read = reading()
    shown, more = paged(read.hung, request.args.get("page", 1, type=int))
    return render_template(
        "portal/hung.html",
        village=read.village,
        hung=[told_of(read, p) for p in shown],
        more=more,
        count=len(read.hung),
    )


@portal.get("/m/")
@allow(PUBLIC)
def every_matter() -> str:
    """全部事项, the newest first, with the completion rate."""
    read = reading()
    shown, more = paged(list(read.matters.values()), request.args.get("page", 1, type=int))
    return render_template(
        "portal/matters.html",
        village=read.village,
        matters=entries(read, shown),
        more=more,
        completed=completed(read.completion),
        count=len(read.matters),
    )
