"""What every change of the village's rules carries (改规则): its basis and who approved it; and what changed before."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import TypeVar

from flask import request

from kiosk.core.commands import Command
from kiosk.core.journal import Entry
from kiosk.core.refusals import Refused
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.filling import Answer, said
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


def change_resolved(
    asked: Callable[[], T],
    now: Callable[[], T],
    draw: Callable[[Sentence | None, T | None], str],
    order: Callable[[T, str, str], Command],
    home: str,
) -> Answer:
    """The form of a change: 看看效果 shows what it would mean; 保存 puts it in force and goes `home`.

    asked: what the form says; now: what is in force; draw: the form, with a no above it or the wish whose effect is to
    be shown; order: the command, of the wish, its basis and its approver.
    """

    def again(sentence: Sentence | None) -> str:
        return draw(sentence, None)

    try:
        wish = asked()
        if request.form.get("step") == "preview":
            return draw(None, wish)
        require_change(now(), wish)
        carry_out(order(wish, basis_told(), approver_told()))
    except (Refused, Unclear) as error:
        return refilled(error, again)
    return went_well(home)


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


def stated(
    changes: Iterable[tuple[Entry, str, str, tuple[str, ...]]], names: Names
) -> list[Resolved]:
    """The history of what was in force from the founding on, unwritten (变更记录): every change, the newest first.

    `changes`: each entry with its basis, its approver and what it says.
    """
    told = [
        Resolved(entry.seq, entry.at, names.who(entry.actor), basis, approver, says)
        for entry, basis, approver, says in changes
    ]
    return told[::-1]
