"""Oversight (监督): what an inspector looks for in the whole record, found without being asked.

Nothing here refuses anything: what is flagged has happened, lawfully recorded, and is shown beside the matter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from kiosk.core.matters.matter import Matter, Phase
from kiosk.core.matters.works import Works
from kiosk.core.terms import EmergencyId, MatterId, NeedId, ObjectionId, Picture, Stage, day_of
from kiosk.core.village import Village


class Sign(Enum):
    """What a flag is about (监督提示)."""

    CONTRACT_INSIDE_PUBLICATION = "contract_inside_publication"  # 公示期内签合同
    STARTED_INSIDE_PUBLICATION = "started_inside_publication"  # 公示期内开工
    WORKS_OVERDUE = "works_overdue"  # 逾期未完工
    OVER_BUDGET = "over_budget"  # 超预算
    NEED_OVERDUE = "need_overdue"  # 需求逾期未答复
    OBJECTION_OVERDUE = "objection_overdue"  # 异议逾期未答复
    FIRST_DAY_PHOTO_MISSING = "first_day_photo_missing"  # 缺公示首日照片
    LAST_DAY_PHOTO_MISSING = "last_day_photo_missing"  # 缺公示末日照片
    EMERGENCY_OWED = "emergency_owed"  # 应急处置待通报


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to look at (监督提示): what, since which day, and whose it is; what does not apply is None."""

    sign: Sign
    since: date
    matter: MatterId | None = None
    need: NeedId | None = None
    objection: ObjectionId | None = None
    emergency: EmergencyId | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """How much of what was decided is done (办结率): `done` of `carried` matters, to be shown as both numbers."""

    done: int
    carried: int


def completion(village: Village, on: date) -> Completion:
    """How many of the matters whose decision was taken are carried out and published to the end (办结率)."""
    carried = [m for m in village.matters.values() if Stage.DECISION in m.passed]
    done = [m for m in carried if m.phase(on) in {Phase.DONE, Phase.ARCHIVED}]
    return Completion(len(done), len(carried))


def flags(village: Village, on: date) -> tuple[Flag, ...]:
    """Everything to look at on that day, matter by matter, then needs, objections and emergencies."""
    return (
        *(flag for matter in village.matters.values() for flag in matter_flags(matter, on)),
        *(
            Flag(Sign.NEED_OVERDUE, need.due + timedelta(days=1), need=need.id)
            for need in village.needs.values()
            if need.is_overdue(on)
        ),
        *(
            Flag(
                Sign.OBJECTION_OVERDUE,
                objection.hearing.due + timedelta(days=1),
                matter=objection.matter,
                objection=objection.id,
            )
            for objection in village.objections.values()
            if objection.is_overdue(on)
        ),
        *(
            Flag(Sign.EMERGENCY_OWED, day_of(emergency.declared_at), emergency=emergency.id)
            for emergency in village.emergencies.values()
            if emergency.is_owed
        ),
    )


def matter_flags(matter: Matter, on: date) -> Iterator[Flag]:
    """What there is to look at in one matter: its works, those of returned resolutions too, and its photographs."""
    for works in (*matter.former_works, *([matter.works] if matter.works else [])):
        for sign, since in _works_signs(works, on, is_current=works is matter.works):
            yield Flag(sign, since, matter=matter.id)
    for sign, since in _missing_photos(matter, on):
        yield Flag(sign, since, matter=matter.id)


def _works_signs(works: Works, on: date, *, is_current: bool) -> Iterator[tuple[Sign, date]]:
    for contract in works.contracts:
        if contract.inside_publication:
            yield Sign.CONTRACT_INSIDE_PUBLICATION, contract.dated
    if works.started_at and works.started_inside_publication:
        yield Sign.STARTED_INSIDE_PUBLICATION, day_of(works.started_at)
    if is_current and works.is_overdue(on):
        yield Sign.WORKS_OVERDUE, works.deadline + timedelta(days=1)
    if works.is_over_budget:
        yield Sign.OVER_BUDGET, day_of(works.assigned_at)


def _missing_photos(matter: Matter, on: date) -> Iterator[tuple[Sign, date]]:
    # A photograph of a day that is over can never be made up, so it is shown and blocks nothing.
    filed = {(photo.publication, photo.picture) for photo in matter.photos}
    for publication in matter.publications:
        first_is_past = on > publication.first_day
        if first_is_past and (publication, Picture.FIRST_DAY) not in filed:
            yield Sign.FIRST_DAY_PHOTO_MISSING, publication.first_day
        if publication.is_over(on) and (publication, Picture.LAST_DAY) not in filed:
            yield Sign.LAST_DAY_PHOTO_MISSING, publication.last_day
