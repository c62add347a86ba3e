"""核对: a villager types the check code of the paper in his hand and is told what entry it is of; the heads shown."""

import re
from unicodedata import normalize

from flask import Blueprint, Response, render_template, request

from kiosk import wording
from kiosk.core import events as e
from kiosk.core.journal import Head, read
from kiosk.core.terms import PersonId
from kiosk.web.access import PUBLIC, allow
from kiosk.web.parts import parts
from kiosk.web.postings import Posting
from kiosk.web.public.bulletin import Told, told_of
from kiosk.web.public.plain.writing import Value, as_script
from kiosk.web.public.reading import Reading, reading
from kiosk.web.public.shown import codes, lost_heads, remembered
from kiosk.wording.public import discreet

checking = Blueprint("checking", __name__, url_prefix="/check")

A_CODE = re.compile(r"[0-9]{16}")
A_PAGE = 100
TOLD = (
    e.VillageFounded,
    e.MatterRaised,
    e.MeetingConvened,
    e.MeetingOpened,
    e.VoteOpened,
    e.VoteClosed,
    e.MeetingAdjourned,
    e.PublicationOpened,
    e.WorksStarted,
    e.MatterArchived,
)
"""Entries that name nobody: what they say is told. Of the others only that there is one, and when it was written."""


@checking.get("/")
@allow(PUBLIC)
def asked() -> str:
    """The form, and what the code that was typed is of."""
    typed = request.args.get("code", "")
    now = reading()
    return render_template(
        "portal/check.html",
        village=now.village,
        typed=typed,
        found=_found(now, typed) if typed.strip() else None,
        lost=lost_heads(now),
        shown=len(parts().shown_heads.all()),
    )


def _found(now: Reading, typed: str) -> Told:
    digits = "".join(c for c in normalize("NFKC", typed) if c.isdecimal())
    if not A_CODE.fullmatch(digits):
        return {"misread": len(digits)}
    seq = codes(now).entry_of(int(digits))
    if seq is None:
        return {"unknown": True}
    return _entry(now, seq)


def _entry(now: Reading, seq: int) -> Told:
    line = parts().kiosk.lines(parts().home, after=seq - 1)[0]
    entry = read(line)
    of = [p for p in now.hung if p.head and p.head.seq == seq]
    papers = [wording.PAPERS[p.paper] for p in now.village.papers if p.from_seq == seq]
    is_told = isinstance(entry.event, TOLD)
    return {
        "seq": seq,
        "at": wording.instant(entry.at),
        "said": discreet(wording.happening(entry.event, now.village, _nobody)) if is_told else "",
        "papers": list(dict.fromkeys(papers)),
        "hangs": [told_of(now, posting) for posting in of],
        "code": entry.head.check_code,
    }


def _nobody(_person: PersonId) -> str:
    return "有人"


@checking.get("/heads")
@allow(PUBLIC)
def heads() -> str:
    """校验码记录: every head that the portal ever showed, the newest first."""
    now = reading()
    remembered(now)  # it stands at the foot of this page, so it stands in the list too
    every = parts().shown_heads.all()[::-1]
    page = max(1, request.args.get("page", 1, type=int))
    shown = every[(page - 1) * A_PAGE : page * A_PAGE]
    return render_template(
        "portal/heads.html",
        village=now.village,
        heads=[(wording.instant(one.at), one.head.seq, one.head.check_code) for one in shown],
        count=len(every),
        more=page + 1 if len(every) > page * A_PAGE else 0,
        lost=lost_heads(now),
    )


@checking.get("/codes.js")
@allow(PUBLIC)
def script() -> Response:
    """For a static site, which nobody answers: the codes of all papers and heads that the portal showed."""
    now = reading()
    told: list[Value] = [_of_paper(now, posting) for posting in now.hung if posting.head]
    told += [
        {
            "code": _digits(one.head),
            "said": f"公开栏{wording.instant(one.at)}显示过的校验码，日志到第{one.head.seq}条",
        }
        for one in parts().shown_heads.all()
    ]
    return as_script("KIOSK_CODES", told)


def _of_paper(now: Reading, posting: Posting) -> Value:
    assert posting.head is not None
    told = told_of(now, posting)
    said = f"日志第{posting.head.seq}条：{told['number']}，{told['title']}"
    return {"code": _digits(posting.head), "said": said, "href": posting.link}


def _digits(head: Head) -> str:
    return head.check_code.replace("-", "")
