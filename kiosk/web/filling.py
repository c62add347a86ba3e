"""A form that is shown, filled in, and shown again with a no above it; and sentences that are tapped, not typed."""

from collections.abc import Callable
from datetime import date

from flask import request
from werkzeug.wrappers import Response

from kiosk.core.refusals import Malformed, Refused
from kiosk.web.answers import Unclear, refilled, went_well
from kiosk.web.forms import day, money_fen, text
from kiosk.wording import Sentence

Answer = Response | str | tuple[Response | str, int]


def fill_in(act: Callable[[], str], draw: Callable[[Sentence | None], str]) -> Answer:
    """Opened: the form. Sent: act, and go where that says; after a no the form again, nothing typed lost."""
    if request.method != "POST":
        return draw(None)
    try:
        go = act()
    except (Refused, Unclear) as error:
        return refilled(error, draw)
    return went_well(go)


def said(field: str, name: str) -> str:
    """The ready sentence that was tapped, and whatever was written besides. Unclear where it is too long."""
    return text(field, name) + text(f"{field}_more", name)


def yes_or_no(field: str) -> bool | None:
    """What was said on the screen before: yes, no, or None where it still asks. Malformed for anything else."""
    given = request.values.get(field, "")
    if given not in {"", "yes", "no"} or (not given and request.method == "POST"):
        raise Malformed(field)
    return given == "yes" if given else None


def amount_fen(field: str, name: str) -> int:
    """Money that must be told, in whole 分; nought is an amount, a blank is none. Unclear where it is blank."""
    if not request.form.get(field, "").strip():
        raise Unclear(Sentence(f"“{name}”还没有填。", "没有花钱就填0。"))
    return money_fen(field, name)


def day_told(field: str, name: str) -> date:
    """The day of the tile that was tapped; one of the calendar field wins. Unclear where there is neither."""
    chosen = day(f"{field}_other", name) or day(field, name)
    if chosen is None:
        raise Unclear(Sentence(f"还没有选“{name}”。", "请点一个日期，或者自己填。"))
    return chosen
