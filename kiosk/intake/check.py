"""Checking the rows (逐行核对): every broken one is named with all that is wrong in it; nothing is stored here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from kiosk.core.law.roll import Enrolled, Post, is_adult
from kiosk.core.terms import Sex
from kiosk.intake import cells
from kiosk.intake.cells import Wrong
from kiosk.intake.columns import Column, Row
from kiosk.intake.neighbours import Claim, conflicts
from kiosk.intake.posts import posts

Value = TypeVar("Value")
IDENTITY = "“{column}”这一格里像是身份证号或银行卡号。本机不保存这些号码，请删掉。"


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as a good row tells of him, ready for the register; `row` is its number in the file."""

    row: int
    name: str
    sex: Sex
    born_on: date
    group: int
    household: str
    represents_household: bool
    phone: str | None
    grid: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken: its number, the name it gives, and what is wrong, in Chinese sentences."""

    number: int
    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """All rows: the good ones as people, the bad ones with their sentences, both in the order of the file."""

    good: tuple[Entry, ...]
    bad: tuple[BadRow, ...]


@dataclass(slots=True)
class _Reading:
    """One row under reading: what was found wrong so far."""

    row: Row
    sentences: list[str] = field(default_factory=list)

    def cell(self, column: Column, read: Callable[[str], Value]) -> Value | None:
        """Read one cell; None, and a sentence more, where it cannot be taken. It is never quoted if private."""
        text = self.row.cells.get(column, "")
        if cells.looks_like_identity_number(text):
            self.sentences.append(IDENTITY.format(column=column.value))
            return None
        try:
            return read(text)
        except Wrong as wrong:
            self.sentences.append(str(wrong))
            return None


def check(
    rows: Iterable[Row],
    enrolled: Iterable[Enrolled],
    today: date,
    undrawn: Callable[[str], str] = lambda _name: "",
) -> Checked:
    """Hold each row to itself, to the other rows and to those already in the register (花名册).

    `today` is the day by which births and terms are judged; a post without 任期起 counts from it. `undrawn` tells the
    characters of a text that no font of this machine draws.
    """
    readings = [_read(row, today, undrawn) for row in rows]
    between = conflicts([claim for _, _, claim in readings], enrolled)
    good: list[Entry] = []
    bad: list[BadRow] = []
    for entry, sentences, claim in readings:
        found = (*sentences, *between.get(claim.row, ()))
        if found or entry is None:
            bad.append(BadRow(claim.row, claim.name, found))
        else:
            good.append(entry)
    return Checked(tuple(good), tuple(bad))


def _read(
    row: Row, today: date, undrawn: Callable[[str], str]
) -> tuple[Entry | None, Sequence[str], Claim]:
    reading = _Reading(row)
    name = reading.cell(Column.NAME, lambda text: cells.name(text, undrawn))
    sex = reading.cell(Column.SEX, cells.sex)
    born_on = reading.cell(Column.BORN_ON, lambda text: cells.birth(text, today))
    group = reading.cell(Column.GROUP, cells.group)
    household = reading.cell(Column.HOUSEHOLD, cells.household)
    represents = _represents(reading, born_on, today)
    phone = reading.cell(Column.PHONE, cells.phone)
    grid = reading.cell(Column.GRID, cells.grid)
    held = posts(reading.cell, today)
    claim = Claim(row.number, name or "", born_on, group, household or "", represents=represents)
    if reading.sentences or not (name and sex and born_on and group and household):
        return None, reading.sentences, claim
    entry = Entry(
        row.number, name, sex, born_on, group, household, represents, phone, grid or "", held
    )
    return entry, (), claim


def _represents(reading: _Reading, born_on: date | None, today: date) -> bool:
    column = Column.REPRESENTS_HOUSEHOLD
    represents = reading.cell(column, lambda text: cells.yes(text, column)) or False
    if represents and born_on is not None and not is_adult(born_on, today):
        reading.sentences.append("“户代表”要满18周岁，他还没满，请改由这一户的成年人担任。")
    return represents
