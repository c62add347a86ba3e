"""What a form brings: texts, lines, numbers, money, days and times, each read strictly and said plainly when wrong.

A blank text goes on to the rules, which refuse it themselves; what cannot be read at all is `Unclear` and says which
field. Money is whole 分 from the first moment: the digits are never a fraction.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import Enum
from typing import TypeVar

from flask import request

from kiosk.core.refusals import Malformed
from kiosk.core.terms import CHINA
from kiosk.web.answers import Unclear
from kiosk.wording import Sentence

Kind = TypeVar("Kind", bound=Enum)

LINE = 60
"""A name, a title: what fits on one line, in characters."""
PASSAGE = 1000
"""A reason, an answer, a proposal: what a poster can carry, in characters."""
LINES_AT_MOST = 30
DIGITS_AT_MOST = 9
IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,64}")
AMOUNT = re.compile(r"([0-9]{1,11})(?:\.([0-9]{1,2}))?")


def text(field: str, name: str, most: int = PASSAGE) -> str:
    """The text of the field without blanks around it. Unclear where it is longer than `most` characters."""
    given = request.form.get(field, "").replace("\r\n", "\n").strip()
    if len(given) > most:
        raise Unclear(Sentence(f"“{name}”太长了：{len(given)}个字。", f"请改到{most}个字以内。"))
    return given


def line(field: str, name: str, most: int = LINE) -> str:
    """The text of the field on one line. Unclear where it is longer than `most` characters."""
    return " ".join(text(field, name, most).split("\n"))


def lines(field: str, name: str) -> tuple[str, ...]:
    """The lines of the field that say something, one clause each. Unclear where there are too many."""
    told = tuple(one.strip() for one in text(field, name, PASSAGE * 3).split("\n") if one.strip())
    if len(told) > LINES_AT_MOST:
        raise Unclear(Sentence(f"“{name}”有{len(told)}条。", f"请合并到{LINES_AT_MOST}条以内。"))
    return told


def number(field: str, name: str) -> int:
    """A whole number from 0. Unclear where it is blank or none."""
    given = request.form.get(field, "").strip()
    if not given.isascii() or not given.isdecimal() or len(given) > DIGITS_AT_MOST:
        raise Unclear(Sentence(f"“{name}”要填一个整数。", "请用数字键填，例如12。"))
    return int(given)


def money_fen(field: str, name: str) -> int:
    """Money typed in 元, as whole 分; blank is none. Unclear where it is no amount."""
    given = request.form.get(field, "").strip().replace(",", "").replace("，", "")
    if not given:
        return 0
    found = AMOUNT.fullmatch(given)
    if found is None:
        raise Unclear(
            Sentence(f"“{name}”要填金额，单位是元。", "请用数字键填，例如68000或者68000.50。")
        )
    yuan, fen = found.groups()
    return int(yuan) * 100 + int((fen or "").ljust(2, "0"))


def yuan(amount_fen: int) -> str:
    """An amount in 分 as it is typed in 元; nothing where there is none."""
    whole, fen = divmod(amount_fen, 100)
    if not amount_fen:
        return ""
    return f"{whole}.{fen:02d}" if fen else str(whole)


def day(field: str, name: str) -> date | None:
    """A day of the calendar; None where blank. Unclear where there is no such day."""
    given = request.form.get(field, "").strip()
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise Unclear(
            Sentence(f"“{name}”不是一个日期。", "请按年-月-日填，例如2026-11-30。")
        ) from None


def instant(day_: date, field: str, name: str) -> datetime:
    """The time of the field on that day in China. Unclear where it is none."""
    given = request.form.get(field, "").strip()
    try:
        return datetime.combine(day_, time.fromisoformat(given), CHINA)
    except ValueError:
        raise Unclear(Sentence(f"“{name}”不是一个时间。", "请按时:分填，例如09:30。")) from None


def one_of(kind: type[Kind], field: str, name: str) -> Kind:
    """A member of a closed set, by its value. Unclear where nothing was chosen; Malformed where it is no member."""
    given = request.form.get(field, "")
    if not given:
        raise Unclear(Sentence(f"还没有选“{name}”。", "请点一个。"))
    return member(kind, given)


def member(kind: type[Kind], value: str) -> Kind:
    """The member of a closed set with that value. Malformed where there is none."""
    try:
        return kind(value)
    except ValueError as error:
        raise Malformed(kind.__name__) from error


def identifier(field: str, given: Mapping[str, str] | None = None) -> str:
    """An id that the page itself put into the form. Malformed if misshapen."""
    found = (request.form if given is None else given).get(field, "")
    if not IDENTIFIER.fullmatch(found):
        raise Malformed(field)
    return found
