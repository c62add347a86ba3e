"""What every change of the village's rules carries (改规则): its basis and who approved it; and what changed before."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import TypeVar

from kiosk.core.journal import Entry
from kiosk.web.answers import Unclear
from kiosk.web.filling import said
from kiosk.web.forms import line
from kiosk.web.naming import Names
from kiosk.wording import Sentence

T = TypeVar("T")

BASES = (
    "村民会议决议",
    "村民代表会议决议",
    "党员大会决议",
    "本县（市、区）规定",
    "乡镇人民政府通知",
)
"""On what a village changes its rules, to be tapped; its date and number are written besides."""
APPROVERS = ("村民会议", "村民代表会议", "党员大会", "乡镇人民政府")
"""Who approves it, to be tapped."""
_UNCHANGED = Sentence("和现在的规则一样，没有改动。", "请先点要改的，再保存。")


@dataclass(frozen=True, slots=True)
class Resolved:
    """One change as it stands in the journal: its number, when, by whom, on what basis, and what it changed.

    `changes` is empty of the first: with it the village began.
    """

    seq: int
    at: datetime
    who: str
    basis: str
    approver: str
    changes: tuple[str, ...]


def basis_told() -> str:
    """依据: the sentence that was tapped and what was written besides. Unclear where it is too long."""
    return said("basis", "依据")


def approver_told() -> str:
    """批准: what was tapped; what was written wins. Unclear where it is too long."""
    return line("approver_other", "谁批准的") or line("approver", "谁批准的")


def require_change(now: object, wish: object) -> None:
    """Unclear where the form says what is in force already: nothing would be written, and nobody would know."""
    if wish == now:
        raise Unclear(_UNCHANGED)


def effect(now: Iterable[str], then: Iterable[str]) -> list[tuple[str, str]]:
    """What would be different (改了以后): line by line, those that change, as they are beside as they would be."""
    return [pair for pair in zip_longest(now, then, fillvalue="") if pair[0] != pair[1]]


def resolved(
    stated: Iterable[tuple[Entry, str, str, T]],
    differs: Callable[[T, T], tuple[str, ...]],
    names: Names,
) -> list[Resolved]:
    """The history of one rule (变更记录), the newest first.

    `stated`: each entry with its basis, its approver and the rule as it was from then on; `differs` says what changed.
    """
    history: list[Resolved] = []
    before: T | None = None
    for entry, basis, approver, rule in stated:
        changes = () if before is None else differs(before, rule)
        who = names.who(entry.actor)
        history.append(Resolved(entry.seq, entry.at, who, basis, approver, changes))
        before = rule
    return history[::-1]
