"""查看登记: before the film of a meeting that is over, why; and the log of all viewings, for 监委会 and admins."""

import re
from collections.abc import Mapping

from flask import Blueprint, render_template, request

from kiosk import wording
from kiosk.core.commands import ViewFilm
from kiosk.core.meetings.custody import VIEWING_LASTS, Viewing
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import MeetingId, ViewingPurpose
from kiosk.web.access import ADMIN, ANY_OFFICER, SUPERVISION, Access, allow, visitor
from kiosk.web.answers import carry_out
from kiosk.web.filling import Answer, fill_in
from kiosk.web.forms import one_of, text
from kiosk.web.naming import Names
from kiosk.web.parts import parts
from kiosk.wording import Sentence

opening = Blueprint("opening", __name__, url_prefix="/films")

READERS = Access(roles=SUPERVISION.roles | ADMIN.roles)
SHOWN_AT_ONCE = 100
_PLAIN = re.compile(r"[A-Za-z0-9/_-]+")
HOURS = int(VIEWING_LASTS.total_seconds()) // 3600


@opening.route("/<meeting>/open", methods=["GET", "POST"])
@allow(ANY_OFFICER)
def open_film(meeting: str) -> Answer:
    """为什么看: tap a reason, write more if there is more; then the film."""
    known = parts().village().meeting(MeetingId(meeting))

    def act() -> str:
        purpose = one_of(ViewingPurpose, "purpose", "为什么看")
        carry_out(ViewFilm(known.id, purpose, text("words", "说明")))
        return _then(known)

    def draw(no: Sentence | None) -> str:
        return render_template(
            "films/open.html",
            village=parts().village(),
            meeting=known,
            title=wording.meeting_title(known),
            purposes=[(p.value, wording.VIEWINGS[p]) for p in ViewingPurpose],
            fields=request.form,
            hours=HOURS,
            sentence=no,
        )

    return fill_in(act, draw)


def _then(known: Meeting) -> str:
    """Back to the page that asked for the reason, of this film or of a matter of its meeting; else the film itself."""
    asked = request.form.get("then", "")
    bundles = (f"/matters/{matter}/bundle/" for matter in known.matters)
    pages = (f"/film/{known.id}/", f"/supervision/meetings/{known.id}/", *bundles)
    return asked if asked.startswith(pages) and _PLAIN.fullmatch(asked) else pages[0]


@opening.get("/log")
@allow(READERS)
def log() -> str:
    """Who looked at which film, when and why, the newest first."""
    village, names = parts().village(), Names()
    lines = [
        _line(village.meetings[meeting], viewing, names)
        for meeting, custody in village.films.items()
        for viewing in custody.viewings
    ]
    lines.sort(key=lambda line: str(line["order"]), reverse=True)
    officer = visitor().officer
    supervises = officer is not None and bool(SUPERVISION.roles & officer.roles)
    return render_template(
        "films/log.html",
        village=village,
        lines=lines[:SHOWN_AT_ONCE],
        total=len(lines),
        home="/supervision/" if supervises else "/console/",
    )


def _line(meeting: Meeting, viewing: Viewing, names: Names) -> Mapping[str, object]:
    return {
        "order": viewing.at.isoformat(),
        "who": names.name(viewing.by) if viewing.by else "",
        "when": wording.instant(viewing.at),
        "why": wording.VIEWINGS[viewing.purpose],
        "words": viewing.words,
        "title": wording.meeting_title(meeting),
        "meeting": meeting.id,
    }
