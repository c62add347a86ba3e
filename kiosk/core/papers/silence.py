"""Names that are kept back (隐名): whoever wished or objected is not named in public, by whatever hand it was written.

An officer's report may name the objector; his name is in the record, so it can be found there. Names of all villagers
are not looked for: a name of two characters may be a word of the law. Nor is the name of somebody in office, who is
named as such: a gap in a list of representatives would tell who he is.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from kiosk.core.papers.telling import IN_OFFICE
from kiosk.core.terms import Standing
from kiosk.core.village import Village

V = TypeVar("V")
SPOKE_UP = "提出人"
_NAME_AT_LEAST = 2
_OF_PEOPLE = {Standing.VILLAGER, Standing.JOINT_VILLAGERS, Standing.GRID_WORKER}


def names_kept_back(village: Village) -> frozenset[str]:
    """Who filed a need or an objection, or was left out of 应到, by the names in the record."""
    needs = (need.author for need in village.needs.values() if need.standing in _OF_PEOPLE)
    objections = (objection.author for objection in village.objections.values())
    left_out = (x.name for meeting in village.meetings.values() for x in meeting.exclusions)
    every = {*needs, *objections, *left_out} - _in_office(village)
    return frozenset(name for name in every if len(name) >= _NAME_AT_LEAST)


def _in_office(village: Village) -> set[str]:
    """The names of those who are named in public anyway: in office, chosen among, answering for works."""
    seats = (seat for meeting in village.meetings.values() for seat in meeting.seats.values())
    names = {seat.name for seat in seats if seat.capacity in IN_OFFICE}
    for matter in village.matters.values():
        names |= {c.name for c in matter.contest.candidates} if matter.contest else set()
        names |= {w.owner_name for w in (matter.works, *matter.former_works) if w}
    return names


def silent(value: V, names: Iterable[str]) -> V:
    """The value with none of these names in any text of it; a village in it is as it was."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    if not longest_first:
        return value
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return cast("V", _silent(value, pattern))


def _silent(value: object, pattern: re.Pattern[str]) -> object:
    match value:
        case str():
            return pattern.sub(SPOKE_UP, value)
        case tuple():
            return tuple(_silent(one, pattern) for one in value)
        case Mapping():
            return {key: _silent(one, pattern) for key, one in value.items()}
        case Village() | type():
            return value
        case _ if is_dataclass(value):
            said = {f.name: _silent(getattr(value, f.name), pattern) for f in fields(value)}
            return replace(value, **said)  # type: ignore[type-var]
        case _:
            return value
