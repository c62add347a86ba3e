"""Posts and memberships of one row: 职务, 政治面貌, 集体成员, with their term (任期)."""

import re
from collections.abc import Callable
from datetime import date
from typing import Protocol, TypeVar

from kiosk.core.law.roll import Post
from kiosk.core.terms import Capacity
from kiosk.intake import cells
from kiosk.intake.cells import Wrong
from kiosk.intake.columns import Column
from kiosk.intake.titles import (
    COLLECTIVE,
    FULL_MEMBER,
    MEMBERSHIPS,
    PROBATIONARY,
    USUAL,
    capacity_of,
)

Value = TypeVar("Value")
ENDS_BEFORE = "“任期止”在“任期起”之前，请核对两个日期。"
_SEPARATORS = re.compile(r"[、；;，,\s]+")
_PARTY = {
    "": None,
    "群众": None,
    "正式党员": FULL_MEMBER,
    "党员": FULL_MEMBER,
    "中共党员": FULL_MEMBER,
    "预备党员": PROBATIONARY,
    "中共预备党员": PROBATIONARY,
}


class Cell(Protocol):
    """Reads one cell of the row: None where it cannot be taken, which the row remembers."""

    def __call__(self, column: Column, read: Callable[[str], Value]) -> Value | None:
        """Read the cell of that column."""
        ...


def posts(cell: Cell, today: date) -> tuple[Post, ...]:
    """The row's posts, then its memberships; a term that is not given begins `today` and has no end."""
    read = cell(Column.POSTS, _titles)
    titles = read or {}
    expected = read is None or bool(read)  # a post that cannot be read is a post all the same
    since = cell(Column.SINCE, lambda text: _term(text, Column.SINCE, expected=expected))
    until = cell(Column.UNTIL, lambda text: _end(text, since or today, expected=expected))
    party = cell(Column.PARTY, _membership)
    collective = cell(Column.COLLECTIVE, lambda text: cells.yes(text, Column.COLLECTIVE))
    member_of = [party] if party else []
    member_of += [COLLECTIVE] if collective else []
    return (
        *(Post(capacity, title, since or today, until) for capacity, title in titles.items()),
        *(Post(MEMBERSHIPS[title], title, today) for title in member_of),
    )


def _titles(text: str) -> dict[Capacity, str]:
    titles: dict[Capacity, str] = {}
    for title in filter(None, _SEPARATORS.split(text.strip())):
        capacity = capacity_of(title)
        if capacity is None:
            raise Wrong(f"“职务”里的“{title[:16]}”本机不认识，请写{'、'.join(USUAL)}；没有就空着。")
        # 村委会主任、村委会委员 is one seat in one body, under both words.
        titles[capacity] = f"{titles[capacity]}、{title}" if capacity in titles else title
    return titles


def _membership(text: str) -> str | None:
    if text.strip() not in _PARTY:
        raise Wrong(
            f"“政治面貌”写的是“{text.strip()[:16]}”，请写“正式党员”或“预备党员”，不是党员就空着。"
        )
    return _PARTY[text.strip()]


def _term(text: str, column: Column, *, expected: bool) -> date | None:
    on = cells.day(text, column)
    if on is not None and not expected:
        raise Wrong(f"写了“{column.value}”，没有写“职务”，请补上职务或删掉任期。")
    return on


def _end(text: str, since: date, *, expected: bool) -> date | None:
    until = _term(text, Column.UNTIL, expected=expected)
    if until is not None and until < since:
        raise Wrong(ENDS_BEFORE)
    return until
