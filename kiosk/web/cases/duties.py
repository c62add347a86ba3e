"""What waits for the 监委会 (监督待办), in the order in which it presses. Pure: the 监督席 shows it as a list.

Somebody waits for a witness, an answer and an inspection; an opinion waits for the archive, a correction for its second
officer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kiosk import wording
from kiosk.core.matters.matter import Matter
from kiosk.core.terms import Forum, PersonId, Stage, day_of
from kiosk.core.village import Village
from kiosk.web.cases.gaps import opinions_missing


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that waits: its kind, what it is about, the facts, the button and where it leads, whether it is late.

    `taps`: what may be tapped in its place where it stands further down the list, each with where it leads.
    """

    kind: str
    about: str
    words: str
    button: str
    link: str
    late: bool = False
    taps: tuple[tuple[str, str], ...] = ()


def duties(village: Village, on: date, me: PersonId | None) -> list[Duty]:
    """Everything that waits for this member on that day; what is late comes first."""
    every = [
        *_emergencies(village),
        *_objections(village, on),
        *_inspections(village, on),
        *_opinions(village, on),
        *_corrections(village, me),
    ]
    return sorted(every, key=lambda duty: not duty.late)


def _emergencies(village: Village) -> Iterator[Duty]:
    for emergency in village.emergencies.values():
        if emergency.witnessed_at is None:
            link = f"/emergencies/{emergency.id}/witness"
            told = f"{wording.instant(emergency.declared_at)}登记，等监委会见证"
            yield Duty("应急见证", emergency.ground, told, "签字见证", link)


def _objections(village: Village, on: date) -> Iterator[Duty]:
    for objection in village.objections.values():
        hearing = objection.hearing
        if objection.is_open and hearing.forum is Forum.SUPERVISORS:
            link = f"/matters/{objection.matter}/objections/{objection.id}/answer"
            title = village.matters[objection.matter].title
            told = f"“{objection.text}” 请在{wording.day(hearing.due)}前答复"
            late = objection.is_overdue(on)
            yield Duty("异议答复", title, told, "答复异议", link, late)


def _inspections(village: Village, on: date) -> Iterator[Duty]:
    for matter in village.matters.values():
        works = matter.works
        if matter.archived_at is None and works is not None and works.awaits_inspection:
            asked = works.acceptances[-1]
            money = wording.left_over("预算", works.budget_fen, "实际支出", asked.actual_fen)
            told = f"{wording.day(day_of(asked.requested_at))}申请验收。{money}"
            link = f"/matters/{matter.id}/works/inspect"
            late = works.is_overdue(on)
            yield Duty("到场验收", matter.title, told, "验收工程", link, late)


def _opinions(village: Village, on: date) -> Iterator[Duty]:
    for matter in village.matters.values():
        missing = () if matter.archived_at else opinions_missing(matter)
        for stage in (stage for stage in missing if not _hangs(matter, stage, on)):
            link = f"/supervision/{matter.id}/{stage.value}"
            both = (("同意", f"{link}?favourable=yes"), ("不同意", f"{link}?favourable=no"))
            what = wording.stage_long(stage, matter.row)
            yield Duty("监督意见", matter.title, what, "写监督意见", link, taps=both)


def _hangs(matter: Matter, stage: Stage, on: date) -> bool:
    """Whether that publication still hangs: what became of it can be said when it is over."""
    shown = {Stage.RESOLUTION_PUBLIC: matter.resolution, Stage.RESULT_PUBLIC: matter.result}
    publication = shown.get(stage)
    return publication is not None and not publication.is_over(on)


def _corrections(village: Village, me: PersonId | None) -> Iterator[Duty]:
    for correction in village.corrections.values():
        if not correction.stands and correction.proposed_by != me:
            told = f"日志第{correction.seq}条：{correction.statement}"
            yield Duty("更正复核", correction.ground, told, "复核更正", "/corrections/")
