"""录像保管: until when a film is kept, what its parts are, its deletion by two officers, its clips for the public."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from kiosk import wording
from kiosk.core.commands import ConfirmFilmDeletion, ProposeFilmDeletion
from kiosk.core.meetings.custody import Custody
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.meetings.retaining import is_disputed, last_day_kept, unfinished, years_kept
from kiosk.core.refusals import Refused
from kiosk.core.terms import MeetingId
from kiosk.core.village import Village
from kiosk.web.access import ANY_OFFICER, CONSOLE, SUPERVISION, allow, visitor
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.filling import Answer, said
from kiosk.web.films.clips_shown import Shown, clips_shown
from kiosk.web.naming import Names
from kiosk.web.parts import parts, today
from kiosk.wording import Sentence

keeping = Blueprint("keeping", __name__, url_prefix="/films")

GROUNDS = ("保存期满，没有人需要再看。", "保存期满，录到的人要求删除。")


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when a film is kept and why so long, in words; `ended` when that day is over; what still keeps it."""

    words: str
    ended: bool
    unfinished: tuple[str, ...]


def kept(village: Village, meeting: Meeting) -> Kept | None:
    """How long this film is kept (保存期限); None while its meeting is not over."""
    last = last_day_kept(village, meeting)
    if last is None:
        return None
    years = years_kept(village, meeting)
    why = "有人提出过异议" if is_disputed(village, meeting) else "按事项的分量"
    titles = tuple(village.matters[matter].title for matter in unfinished(village, meeting))
    return Kept(f"保存{years}年（{why}），到{wording.day(last)}为止", today() > last, titles)


@keeping.get("/<meeting>/")
@allow(ANY_OFFICER)
def shown(meeting: str) -> str:
    """What is kept of this film, and what became of it. No picture: nobody needs a reason to see this."""
    return _page(meeting, None)


def _page(meeting: str, no: Sentence | None) -> str:
    village = parts().village()
    known = village.meeting(MeetingId(meeting))
    custody = village.custody(known.id)
    return render_template(
        "films/keeping.html",
        village=village,
        meeting=known,
        title=wording.meeting_title(known),
        recording=known.recording,
        custody=custody,
        kept=kept(village, known),
        deletion=_deletion(custody),
        clips=_clips(village, known),
        viewings=len(custody.viewings),
        sentence=no,
        fields=request.form,
        grounds=GROUNDS,
        may=_rights(),
    )


def _clips(village: Village, meeting: Meeting) -> list[Shown]:
    return clips_shown(village, meeting) if meeting.adjourned_at else []


def _rights() -> Mapping[str, bool]:
    return {
        "propose": CONSOLE.admits(visitor()),
        "confirm": SUPERVISION.admits(visitor()),
        "read_log": SUPERVISION.admits(visitor()) or _is_admin(),
    }


def _is_admin() -> bool:
    officer = visitor().officer
    return officer is not None and any(role.value == "admin" for role in officer.roles)


def _deletion(custody: Custody) -> Mapping[str, object] | None:
    """The deletion as far as it has come, with names."""
    deletion, names = custody.deletion, Names()
    if deletion is None:
        return None
    officer = visitor().officer
    return {
        "ground": deletion.ground,
        "by": names.name(deletion.proposed_by) if deletion.proposed_by else "",
        "at": wording.instant(deletion.proposed_at),
        "second": names.name(deletion.confirmed_by) if deletion.confirmed_by else "",
        "done": wording.instant(deletion.confirmed_at) if deletion.confirmed_at else "",
        "mine": officer is not None and officer.id == deletion.proposed_by,
    }


@keeping.post("/<meeting>/delete")
@allow(CONSOLE)
def propose(meeting: str) -> Answer:
    """提出删除: one officer, with a ground."""
    try:
        carry_out(ProposeFilmDeletion(MeetingId(meeting), said("ground", "为什么删除")))
    except (Refused, Unclear) as error:
        return refilled(error, lambda no: _page(meeting, no))
    return went_well(f"/films/{meeting}/")


@keeping.post("/<meeting>/confirm")
@allow(SUPERVISION)
def confirm(meeting: str) -> Answer:
    """复核删除: a member of the 监委会, for the ground that stands on his screen."""
    try:
        carry_out(ConfirmFilmDeletion(MeetingId(meeting), request.form.get("ground", "")))
    except Refused as error:
        return refilled(error, lambda no: _page(meeting, no))
    return went_well(f"/films/{meeting}/")
