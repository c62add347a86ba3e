"""更正: what the journal has wrong is named by a new entry that says what is true; a second officer confirms it."""

from collections.abc import Mapping
from typing import get_args

from flask import Blueprint, render_template, request

from kiosk.core.commands import ConfirmCorrection, ProposeCorrection
from kiosk.core.correction import Correction
from kiosk.core.events import (
    Event,
    KioskEvent,
    MatterEvent,
    MeetingEvent,
    PublicityEvent,
    VillageEvent,
)
from kiosk.core.journal import read
from kiosk.core.refusals import Malformed, Reason, Refused, require
from kiosk.core.terms import CorrectionId
from kiosk.web.access import CONSOLE, CONSOLE_OR_SUPERVISION, allow, visitor
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.filling import Answer, said
from kiosk.web.forms import identifier, number, text
from kiosk.web.parts import parts
from kiosk.web.settings.chronicle import Line, newest, told
from kiosk.wording import Sentence

corrections = Blueprint("corrections", __name__, url_prefix="/corrections")

SHOWN_AT_ONCE = 50
SORTS: Mapping[str, tuple[str, tuple[type[Event], ...]]] = {
    "": ("全部", get_args(Event)),
    "village": ("本村规则", get_args(VillageEvent)),
    "matters": ("需求和事项", get_args(MatterEvent)),
    "meetings": ("会议和表决", get_args(MeetingEvent)),
    "publicity": ("公示和实施", get_args(PublicityEvent)),
    "kiosk": ("录像和文书", get_args(KioskEvent)),
}
"""What the entries are sifted by: name and kinds."""
GROUNDS = ("打字打错了。", "点错了人。", "金额写错了。", "日期写错了。", "和会上说的不一样。")
"""Why an entry is wrong, to be tapped."""


@corrections.get("/")
@allow(CONSOLE_OR_SUPERVISION)
def listed() -> str:
    """The newest entries in plain sentences, each with its corrections; before them what waits for a second officer."""
    village = parts().village()
    sort = request.args.get("sort", "")
    if sort not in SORTS:
        raise Malformed("sort")
    before = request.args.get("before", village.entries + 1, type=int)
    lines = told(newest(SORTS[sort][1], before, SHOWN_AT_ONCE))
    tabs = [
        {"label": name, "href": f"/corrections/?sort={key}", "current": key == sort}
        for key, (name, _) in SORTS.items()
    ]
    return render_template(
        "corrections/list.html",
        village=village,
        tabs=tabs,
        sort=sort,
        lines=lines,
        waiting=[_waiting(c) for c in village.corrections.values() if not c.stands],
        older=lines[-1].seq if len(lines) == SHOWN_AT_ONCE else None,
        may_propose=CONSOLE.admits(visitor()),
    )


def _waiting(correction: Correction) -> dict[str, object]:
    """A correction without its second officer, and whether this officer may be the one."""
    officer = visitor().officer
    mine = officer is not None and officer.id == correction.proposed_by
    return {"correction": correction, "line": _line(correction.seq), "mine": mine}


def _line(seq: int) -> Line:
    """The entry of that number in words. Refused: NO_SUCH_ENTRY."""
    require(1 <= seq <= parts().village().entries, Reason.NO_SUCH_ENTRY)
    text_of_entry = parts().kiosk.lines(parts().home, after=seq - 1)[0]
    return told([read(text_of_entry)])[0]


# --- proposing one


@corrections.get("/find")
@allow(CONSOLE)
def finding() -> str:
    """The number pad for an entry whose number is known."""
    return _find(None)


def _find(sentence: Sentence | None) -> str:
    village = parts().village()
    return render_template(
        "corrections/find.html", village=village, sentence=sentence, fields=request.form
    )


@corrections.post("/find")
@allow(CONSOLE)
def find() -> Answer:
    """Go to the entry of that number."""
    try:
        seq = _line(number("seq", "第几条")).seq
    except (Refused, Unclear) as error:
        return refilled(error, _find)
    return went_well(f"/corrections/new?seq={seq}")


@corrections.get("/new")
@allow(CONSOLE)
def proposing() -> str:
    """The form: the entry, what is wrong with it, what is true."""
    line = _line(request.args.get("seq", 0, type=int))
    return _form(line, {"correction": parts().new_token()}, None)


def _form(line: Line, fields: Mapping[str, str], sentence: Sentence | None) -> str:
    return render_template(
        "corrections/new.html",
        village=parts().village(),
        line=line,
        fields=fields,
        sentence=sentence,
        grounds=GROUNDS,
    )


@corrections.post("/new")
@allow(CONSOLE)
def propose() -> Answer:
    """提出更正."""
    seq = number("seq", "第几条")
    try:
        correction = CorrectionId(identifier("correction"))
        ground, statement = said("ground", "哪里错了"), text("statement", "实际是怎样")
        carry_out(ProposeCorrection(correction, seq, ground, statement))
    except (Refused, Unclear) as error:
        line = _line(seq)
        return refilled(error, lambda sentence: _form(line, request.form, sentence))
    return went_well("/corrections/")


# --- the second officer


@corrections.get("/<correction>")
@allow(CONSOLE_OR_SUPERVISION)
def confirming(correction: str) -> str:
    """One correction beside its entry, to be confirmed by somebody else."""
    return _confirm_form(correction, None)


def _confirm_form(correction: str, sentence: Sentence | None) -> str:
    known = parts().village().corrections.get(CorrectionId(correction))
    if known is None:
        raise Refused(Reason.NO_SUCH_CORRECTION)
    officer = visitor().officer
    return render_template(
        "corrections/confirm.html",
        village=parts().village(),
        correction=known,
        line=_line(known.seq),
        sentence=sentence,
        mine=officer is not None and officer.id == known.proposed_by,
    )


@corrections.post("/<correction>")
@allow(CONSOLE_OR_SUPERVISION)
def confirm(correction: str) -> Answer:
    """复核更正."""
    try:
        carry_out(ConfirmCorrection(CorrectionId(correction)))
    except Refused as error:
        return refilled(error, lambda sentence: _confirm_form(correction, sentence))
    return went_well("/corrections/")
