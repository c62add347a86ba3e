"""What changed between two versions of a proposal (修改对照): clause against clause, the changed words marked.

Pure: two tuples of clauses in, rows for the template out. Nothing here knows of screens or of the record.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

ALIKE = 0.35
"""Clauses less alike than this are shown as one struck out and one new: marks in every other word help nobody."""
WORD = re.compile(r"[A-Za-z]+|[0-9][0-9.,]*|\s+|.", re.DOTALL)
"""Numbers and Latin words stay whole; a Chinese character is a word."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of characters, changed or not."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The old and the new clause side by side (对照行); one of them is empty where a clause was added or left out."""

    old: tuple[Run, ...]
    new: tuple[Run, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything differs between the two."""
        return any(run.changed for run in (*self.old, *self.new))


def differences(before: Sequence[str], after: Sequence[str]) -> list[Row]:
    """Every clause of either version, the ones that belong together in one row (修改对照)."""
    rows: list[Row] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [Row(_runs((kept, False)), _runs((kept, False))) for kept in before[i:j]]
        else:
            pairs = zip_longest(before[i:j], after[k:m], fillvalue="")
            rows += [_compared(old, new) for old, new in pairs]
    return rows


def _compared(old: str, new: str) -> Row:
    was, is_ = WORD.findall(old), WORD.findall(new)
    matcher = SequenceMatcher(None, was, is_, autojunk=False)
    if matcher.ratio() < ALIKE:
        return Row(_runs((old, True)), _runs((new, True)))
    codes = matcher.get_opcodes()
    return Row(
        _runs(*(("".join(was[i:j]), tag != "equal") for tag, i, j, _, _ in codes)),
        _runs(*(("".join(is_[k:m]), tag != "equal") for tag, _, _, k, m in codes)),
    )


def _runs(*parts: tuple[str, bool]) -> tuple[Run, ...]:
    return tuple(Run(text, changed) for text, changed in parts if text)
