"""What rows say of one another and of those already in the register: the same person, the same household (同户)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.core.law.roll import Enrolled

Sentences = Mapping[int, Sequence[str]]
"""Row number → what is wrong between it and others."""

ALREADY_ENROLLED = "花名册里已经有这个人，不用再导入；要改他的资料，请到花名册里改。"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one row claims that others may contradict; what could not be read is empty or None."""

    row: int
    name: str
    born_on: date | None
    group: int | None
    household: str
    represents: bool


def conflicts(claims: Sequence[Claim], enrolled: Iterable[Enrolled]) -> Sentences:
    """Twice the same person; two representatives of a household (户代表); a household in two groups."""
    people = list(enrolled)
    found: dict[int, list[str]] = defaultdict(list)
    distinct = []
    for claim, sentence in _duplicates(claims, people):
        if sentence:
            found[claim.row].append(sentence)
        else:
            distinct.append(claim)
    claimed: dict[str, list[Claim]] = defaultdict(list)
    for claim in distinct:
        if claim.household:
            claimed[claim.household].append(claim)
    already: dict[str, list[Enrolled]] = defaultdict(list)
    for person in people:
        already[person.household].append(person)
    for household, together in claimed.items():
        here = already[household]
        for row, sentence in (*_representatives(together, here), *_groups(together, here)):
            found[row].append(sentence)
    return found


def _duplicates(claims: Iterable[Claim], people: Iterable[Enrolled]) -> Iterator[tuple[Claim, str]]:
    enrolled = {(person.name, person.born_on, person.household) for person in people}
    first: dict[tuple[str, date, str], int] = {}
    for claim in claims:
        if not (claim.name and claim.born_on and claim.household):
            yield claim, ""
            continue
        key = (claim.name, claim.born_on, claim.household)
        row = first.setdefault(key, claim.row)
        if key in enrolled:
            yield claim, ALREADY_ENROLLED
        elif row != claim.row:
            yield (
                claim,
                f"和第{row}行是同一个人（姓名、出生日期、户号都一样），请删掉其中一行。",
            )
        else:
            yield claim, ""


def _representatives(
    together: Sequence[Claim], here: Iterable[Enrolled]
) -> Iterator[tuple[int, str]]:
    rows = [claim.row for claim in together if claim.represents]
    before = next((person.name for person in here if person.represents_household), None)
    for row in rows:
        if before is not None:
            yield row, f"这一户在花名册里已经有户代表{before}，一户只能有一个，请写“否”。"
        elif len(rows) > 1:
            yield row, f"{_rows(rows)}是同一户，都写了户代表，一户只能有一个，请只留一个“是”。"


def _groups(together: Sequence[Claim], here: Iterable[Enrolled]) -> Iterator[tuple[int, str]]:
    said = {claim.row: claim.group for claim in together if claim.group is not None}
    before = next((person.group for person in here), None)
    for row, group in said.items():
        if before is not None and group != before:
            yield (
                row,
                f"这一户在花名册里是{before}组，这里写的是{group}组，一户只能在一个组，请核对。",
            )
        elif before is None and len(set(said.values())) > 1:
            other = next(r for r, g in said.items() if g != group)
            yield (
                row,
                f"这一行写的是{group}组，同一户的第{other}行写的是{said[other]}组，请核对组和户号。",
            )


def _rows(rows: Sequence[int]) -> str:
    shown = "、".join(f"第{row}行" for row in rows[:4])
    return shown if len(rows) <= 4 else f"{shown}等"  # noqa: PLR2004 -- as many as are read at a glance
