"""召集会议: the form, the list of who is called with its arithmetic, and the notice that goes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.commands import ConveneMeeting
from kiosk.core.law.roll import seats_with_vote
from kiosk.core.matters.matter import Matter
from kiosk.core.meetings.convening import GROUP_BODIES, convene
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import DELIBERATIONS, Body, MatterId, MeetingId, Sex, Stage, day_of
from kiosk.core.village import Village
from kiosk.store.register import Person
from kiosk.web.access import CONSOLE, allow
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.cases.steps import awaits_review, body_name, called_on
from kiosk.web.cases.summons import (
    LEFT_OUT_FOR,
    MINUTES,
    TOWNSHIP_PLACES,
    URGENT_FOR,
    counted,
    guests,
    leaders,
    read_call,
    row_of,
    strictest,
)
from kiosk.web.parts import parts, today
from kiosk.wording import Sentence

calling = Blueprint("calling", __name__, url_prefix="/matters/<matter>/call")

Answer = Response | tuple[Response | str, int] | str

DAYS_OFFERED = 8
TIMES = ("08:30", "09:00", "09:30", "14:30", "15:00", "19:30", "20:00")
USUAL_TIME = "09:30"
USUAL_PLACE = "村委会会议室"
WEEKDAYS = "一二三四五六日"
OURS = frozenset({"csrf_token", "command_id"})


@dataclass(frozen=True, slots=True)
class Due:
    """Which body is to be called for a matter, of which group; `first` where it is to sit together with that one."""

    matter: Matter
    body: Body
    group: int
    stage: Stage
    first: Meeting | None = None


def _due(village: Village, matter_id: str, follows: str) -> Due:
    """What the matter's due stage asks for. Refused: STAGE_OUT_OF_ORDER where no body is due."""
    matter = village.matter(MatterId(matter_id))
    if follows:
        first = village.meeting(MeetingId(follows))
        return Due(matter, Body.TWO_COMMITTEES, 0, Stage.CONSULTATION, first)
    if matter.due is None:
        raise Refused(Reason.NOT_DELIBERATING)
    body = village.rows[matter.row_at(matter.due)].body
    group = matter.group if body in GROUP_BODIES else 0
    return Due(matter, body, group, matter.due)


@calling.get("")
@allow(CONSOLE)
def asked(matter: str) -> str:
    """The form as it is offered: the body that is due, the first lawful day."""
    return _form(matter, request.args, None)


@calling.post("/edit")
@allow(CONSOLE)
def edited(matter: str) -> str:
    """The form again, filled in as it was."""
    return _form(matter, request.form, None)


def _form(matter_id: str, told: Mapping[str, str], sentence: Sentence | None) -> str:
    village, on = parts().village(), today()
    due = _due(village, matter_id, told.get("follows", ""))
    people = parts().register.people(parts().home)
    row, notice = row_of(village, due.body), strictest(village, due.body, due.matter)
    fields = {"meeting": parts().new_token(), "place": _usual_place(village)} | dict(told)
    return render_template(
        "meetings/call.html",
        village=village,
        due=due,
        body=body_name(due.body, due.group),
        row=row,
        notice=notice,
        urgent=row.urgent_notice and notice.urgent_notice,
        sentence=sentence,
        fields=fields,
        agenda=_agenda(village, due),
        days=_days(on + timedelta(days=notice.notice_days)),
        times=[(time, time) for time in TIMES],
        usual_time=USUAL_TIME,
        minutes=MINUTES,
        urgent_for=URGENT_FOR,
        guests=guests(people, on),
        township_places=TOWNSHIP_PLACES,
        sexes=[(sex.value, wording.SEXES[sex]) for sex in Sex],
        ticked=_ticked(),
        bars=_bars(village, due),
        leaders=_leaders(village, due, people),
        **(_together_with(due.first) if due.first else {}),
    )


def _together_with(first: Meeting) -> dict[str, str]:
    """Day and time are those of the meeting that comes first in the one sitting (合并召开)."""
    return {
        "starts": wording.instant(first.starts_at),
        "day": day_of(first.starts_at).isoformat(),
        "time": wording.clock_seconds(first.starts_at),
    }


def _usual_place(village: Village) -> str:
    called = list(village.meetings.values())
    return called[-1].place if called else USUAL_PLACE


def _days(first: date) -> list[tuple[str, str, str]]:
    days = [first + timedelta(days=n) for n in range(DAYS_OFFERED)]
    return [(d.isoformat(), wording.day_short(d), f"星期{WEEKDAYS[d.weekday()]}") for d in days]


def _ticked() -> dict[str, frozenset[str]]:
    """What was ticked before, by field; empty on a first look."""
    return {field: frozenset(request.form.getlist(field)) for field in ("matters", "guests")}


def _agenda(village: Village, due: Due) -> list[Matter]:
    """The matter itself, and the others that may come before the same body now."""
    others = [m for m in village.matters.values() if m.id != due.matter.id]
    if due.first is not None:
        return [due.matter, *(m for m in others if m.id in due.first.matters)]
    return [due.matter, *(m for m in others if _may_join(village, m, due))]


def _may_join(village: Village, matter: Matter, due: Due) -> bool:
    if matter.due is not due.stage or awaits_review(matter):
        return False
    body = village.rows[matter.row_at(due.stage)].body
    group = matter.group if body in GROUP_BODIES else 0
    same = (body, group) == (due.body, due.group)
    return same and called_on(village, matter) is None


def _bars(village: Village, due: Due) -> list[dict[str, str]]:
    """The bodies that may not decide this kind, each with its article: shown, and refused by the rules if tapped."""
    if due.stage is not DELIBERATIONS[-1]:
        return []
    allowed = {village.rows[row].body for row in (*due.matter.kind.rows, due.matter.row)}
    told = {village.rows[bar.row].body: bar.basis for bar in due.matter.kind.bars}
    return [
        {"body": body.value, "name": wording.BODIES[body], "basis": basis}
        for body, basis in told.items()
        if body not in allowed
    ]


def _leaders(village: Village, due: Due, people: Sequence[Person]) -> list[tuple[str, str]]:
    if due.first is None:
        return []
    on = day_of(due.first.starts_at)
    return leaders(due.first, seats_with_vote(row_of(village, due.body), people, on))


# --- before and after it goes out


@calling.post("/preview")
@allow(CONSOLE)
def preview(matter: str) -> Answer:
    """Who is called, and what the numbers come to; the rules are asked already, nothing is recorded."""
    village = parts().village()
    try:
        people = parts().register.people(parts().home)
        command = read_call(village, people)
        convene(village, command, parts().kiosk.now())
    except (Refused, Unclear) as error:
        return refilled(error, lambda sentence: _form(matter, request.form, sentence))
    return _preview(village, matter, command, people)


def _preview(
    village: Village, matter: str, command: ConveneMeeting, people: Sequence[Person]
) -> str:
    left_out = {exclusion.person for exclusion in command.exclusions}
    row = row_of(village, command.body)
    entitled = seats_with_vote(row, people, day_of(command.starts_at), group=command.group)
    return render_template(
        "meetings/preview.html",
        village=village,
        matter=matter,
        command=command,
        body=body_name(command.body, command.group),
        starts=wording.instant(command.starts_at),
        agenda=[(village.matter(i.matter), i.minutes, i.consent) for i in command.agenda],
        kept=[pair for pair in request.form.items(multi=True) if pair[0] not in _ASKED_AGAIN],
        may_leave_out=village.periods.exclusions,
        to_leave_out=[(seat, seat.person in left_out) for seat in entitled],
        left_out_for=LEFT_OUT_FOR,
        fields=request.form,
        **counted(village, command, people, today()),
    )


_ASKED_AGAIN = OURS | {"left_out", "left_out_ground", "left_out_ground_more", "left_out_basis"}
"""Fields that the preview's own form has, or that belong to the sending alone."""


@calling.post("")
@allow(CONSOLE)
def call(matter: str) -> Answer:
    """发出通知."""
    try:
        command = read_call(parts().village(), parts().register.people(parts().home))
        carry_out(command)
    except (Refused, Unclear) as error:
        return refilled(error, lambda sentence: _form(matter, request.form, sentence))
    return went_well(f"/meetings/{command.meeting}/notice")
