"""期限: how long notices hang and until when answers are owed; changed with basis and approver, never below the law."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request

from kiosk import wording
from kiosk.core.commands import ChangePeriods
from kiosk.core.events import PeriodsChanged
from kiosk.core.law.periods import (
    ANSWER_DAYS,
    FILM_YEARS,
    NEED_DAYS,
    PAUSE_DAYS,
    PUBLIC_DAYS_AT_LEAST,
    Periods,
    require_lawful_periods,
)
from kiosk.core.matters.publicity import last_day
from kiosk.core.refusals import Malformed
from kiosk.web.access import ADMIN, ANY_OFFICER, allow, visitor
from kiosk.web.answers import Unclear
from kiosk.web.filling import Answer
from kiosk.web.forms import number
from kiosk.web.naming import Names
from kiosk.web.parts import parts, today
from kiosk.web.settings.chronicle import entries
from kiosk.web.settings.resolving import (
    APPROVERS,
    BASES,
    Resolved,
    change_resolved,
    effect,
    resolved,
)
from kiosk.wording import Sentence

periods = Blueprint("periods", __name__, url_prefix="/admin/rules/periods")

DAYS_AT_MOST = 999
"""More is a typing error, and a calendar ends somewhere; what is lawful below it the rules say."""
COUNTED = (
    ("public_days", "公示天数", f"至少{PUBLIC_DAYS_AT_LEAST}天，首尾两天都算"),
    ("objection_days", "异议答复", f"{ANSWER_DAYS[0]}到{ANSWER_DAYS[-1]}天之内"),
    ("need_days", "需求答复", f"{NEED_DAYS[0]}到{NEED_DAYS[-1]}天之内"),
    ("film_years", "一般会议的录像保存", f"{FILM_YEARS[0]}到{FILM_YEARS[-1]}年，这一格填年数"),
    (
        "major_film_years",
        "重大、有争议的录像保存",
        f"{FILM_YEARS[0]}到{FILM_YEARS[-1]}年，不能比一般的短，填年数",
    ),
    ("pause_days", "再议间隔", f"终止的事隔多少天才能再提，0到{PAUSE_DAYS[-1]}天，0是没有间隔"),
)
"""The fields that are counted, in days or years: field, name, what is allowed."""


@periods.get("/")
@allow(ANY_OFFICER)
def shown() -> str:
    """The periods in force, and what changed when and by whom."""
    village = parts().village()
    return render_template(
        "admin/periods.html",
        village=village,
        said=wording.periods_said(village.periods),
        example=_example(village.periods),
        history=_history(),
        may_change=ADMIN.admits(visitor()),
    )


def _example(now: Periods) -> str:
    """What the first period means on the calendar."""
    on = today()
    until = last_day(on, now.public_days)
    return (
        f"今天公示，就是{wording.day(on)}到{wording.day(until)}，"
        f"共{now.public_days}天，首尾两天都算。"
    )


def _history() -> list[Resolved]:
    stated = [
        (entry, entry.event.basis, entry.event.approver, entry.event.periods)
        for entry in entries([PeriodsChanged])
        if isinstance(entry.event, PeriodsChanged)
    ]
    return resolved(stated, wording.period_changes, Names())


@periods.get("/change")
@allow(ADMIN)
def changing() -> str:
    """The form for the periods."""
    return _form(None)


def _form(sentence: Sentence | None, wish: Periods | None = None) -> str:
    """Refused where what is wished is below the law: nobody is shown the effect of that."""
    if wish is not None:
        require_lawful_periods(wish)
    now = _now()
    return render_template(
        "admin/periods_change.html",
        village=parts().village(),
        sentence=sentence,
        fields=request.form if request.method == "POST" else _fields(now),
        counted=COUNTED,
        most=DAYS_AT_MOST,
        grounds=BASES,
        approvers=APPROVERS,
        effect=None if wish is None else effect(_told(now), _told(wish)),
    )


def _fields(now: Periods) -> Mapping[str, str]:
    counted = {field: str(getattr(now, field)) for field, _, _ in COUNTED}
    return counted | {"exclusions": "yes" if now.exclusions else "no"}


def _told(now: Periods) -> list[str]:
    return [*map(str, wording.periods_said(now)), _example(now)]


@periods.post("/change")
@allow(ADMIN)
def change() -> Answer:
    """看看效果 shows what it would mean; 保存期限 puts it in force."""
    return change_resolved(_wished, _now, _form, ChangePeriods, "/admin/rules/periods/")


def _now() -> Periods:
    return parts().village().periods


def _wished() -> Periods:
    """The periods of the form. Unclear where one is no number of days; Malformed where the tile is none."""
    exclusions = request.form.get("exclusions", "")
    if exclusions not in {"yes", "no"}:
        raise Malformed("exclusions")
    return Periods(
        **{field: _days(field, name) for field, name, _ in COUNTED},
        exclusions=exclusions == "yes",
    )


def _days(field: str, name: str) -> int:
    days = number(field, name)
    if days > DAYS_AT_MOST:
        raise Unclear(Sentence(f"“{name}”最多填{DAYS_AT_MOST}天。", "请核对天数，重新填写。"))
    return days
