"""The columns of the register as a spreadsheet (花名册表格), and what cannot be read at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

ROWS_AT_MOST = 20_000
"""Villages have hundreds to some thousands of people; more is another sort of file."""


class Column(Enum):
    """One column by the word in the header row (表头)."""

    NAME = "姓名"
    SEX = "性别"
    BORN_ON = "出生日期"
    GROUP = "组"
    HOUSEHOLD = "户号"
    REPRESENTS_HOUSEHOLD = "户代表"
    PHONE = "电话"
    GRID = "网格"
    PARTY = "政治面貌"
    POSTS = "职务"
    COLLECTIVE = "集体成员"
    SINCE = "任期起"
    UNTIL = "任期止"


REQUIRED = (Column.NAME, Column.SEX, Column.BORN_ON, Column.GROUP, Column.HOUSEHOLD)
HEADERS = {column.value: column for column in Column}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the spreadsheet: its number as people see it there, from 1, and its cells as text."""

    number: int
    cells: Mapping[Column, str]


class Unreadable(Exception):
    """The file as a whole cannot be taken: what is so, and what to do, each one Chinese sentence."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(what)
        self.what = what
        self.todo = todo
