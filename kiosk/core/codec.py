"""Facts to plain JSON values and back (编码): strict both ways, so that what is read is what was written.

Instants are UTC with milliseconds (`2026-11-22T01:02:03.004Z`), days are ISO dates, sets of names are the
values of their enums. There are no floats. A missing, extra or misshapen field is `Malformed`.
"""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from kiosk.core.refusals import Malformed

T = TypeVar("T")

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


def plain(value: object) -> Plain:
    """A fact or a part of one as JSON values."""
    match value:
        case None | bool() | int() | str():
            return value
        case Enum():
            return str(value.value)
        case datetime():
            return instant_text(value)
        case date():
            return value.isoformat()
        case tuple():
            return [plain(item) for item in value]
        case _ if is_dataclass(value):
            return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        case _:
            raise TypeError(f"not a fact: {type(value).__name__}")


def instant_text(at: datetime) -> str:
    """An instant as UTC text with milliseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def instant(text: str) -> datetime:
    """The instant that `instant_text` wrote; any other spelling is Malformed."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Malformed(f"not an instant: {text!r}") from error
    if not text.endswith("Z") or instant_text(at) != text:
        raise Malformed(f"not an instant: {text!r}")
    return at


def built(kind: type[T], value: object) -> T:
    """The dataclass `kind` from its plain form."""
    if not isinstance(value, Mapping):
        raise Malformed(f"{kind.__name__}: not an object")
    known: Any = kind
    hints = _hints(known)
    if value.keys() != hints.keys():
        wrong = sorted(str(k) for k in value.keys() ^ hints.keys())
        raise Malformed(f"{kind.__name__}: fields {wrong}")
    return kind(**{name: _value(hint, value[name]) for name, hint in hints.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(hint: Any, value: object) -> object:
    if isinstance(hint, NewType):
        hint = hint.__supertype__
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint)[0], value)
    if get_origin(hint) in {Union, types.UnionType}:
        return None if value is None else _value(get_args(hint)[0], value)
    if is_dataclass(hint) and isinstance(hint, type):
        return built(hint, value)
    return _scalar(hint, value)


def _tuple(item: Any, value: object) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise Malformed("not a list")
    return tuple(_value(item, one) for one in value)


def _scalar(hint: type, value: object) -> object:
    if hint in {bool, int, str}:
        if type(value) is not hint:
            raise Malformed(f"not {hint.__name__}: {value!r}")
        return value
    if not isinstance(value, str):
        raise Malformed(f"not text: {value!r}")
    if hint is datetime:
        return instant(value)
    try:
        made: object = date.fromisoformat(value) if hint is date else hint(value)
    except ValueError as error:
        raise Malformed(f"not {hint.__name__}: {value!r}") from error
    if plain(made) != value:
        raise Malformed(f"not {hint.__name__}: {value!r}")
    return made
