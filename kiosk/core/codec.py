"""Facts to plain JSON values and back (编码): strict both ways, so that what is read is what was written.

Instants are UTC with milliseconds (`2026-11-22T01:02:03.004Z`), days are ISO dates, sets of names are the
values of their enums. There are no floats. A missing, extra or misshapen field is `Malformed`.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache, partial
from types import NoneType
from typing import Any, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from kiosk.core.refusals import Malformed

T = TypeVar("T")

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


def plain(value: object) -> Plain:
    """A fact or a part of one as JSON values."""
    kind: Any = type(value)
    return _writer(kind)(value)


@cache
def _writer(kind: type) -> Callable[[Any], Plain]:
    """What writes values of that kind: found once, for a journal has thousands of them."""
    if kind is NoneType or issubclass(kind, int | str):
        return _as_it_is
    if issubclass(kind, Enum):
        return lambda value: str(value.value)
    if issubclass(kind, datetime):
        return instant_text
    if issubclass(kind, date):
        return lambda value: str(value.isoformat())
    if issubclass(kind, tuple):
        return lambda value: [plain(item) for item in value]
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
        return lambda value: {name: plain(getattr(value, name)) for name in names}
    raise TypeError(f"not a fact: {kind.__name__}")


def _as_it_is(value: Any) -> Plain:
    known: Plain = value
    return known


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
    known: Any = kind
    read: Callable[[object], T] = _reader(known)
    return read(value)


@cache
def _reader(hint: Any) -> Callable[[object], Any]:
    """What reads values of that type hint: found once, for a journal has thousands of them."""
    if isinstance(hint, NewType):
        return _reader(hint.__supertype__)
    if get_origin(hint) is tuple:
        return partial(_tuple, _reader(get_args(hint)[0]))
    if get_origin(hint) in {Union, types.UnionType}:
        return partial(_optional, _reader(get_args(hint)[0]))
    if is_dataclass(hint) and isinstance(hint, type):
        readers = {name: _reader(of) for name, of in get_type_hints(hint).items()}
        return partial(_object, hint, readers)
    if hint in {bool, int, str}:
        return partial(_just, hint)
    return partial(_text, hint, instant if hint is datetime else _parser(hint))


def _object(kind: type, readers: Mapping[str, Callable[[object], Any]], value: object) -> object:
    if not isinstance(value, Mapping):
        raise Malformed(f"{kind.__name__}: not an object")
    if value.keys() != readers.keys():
        wrong = sorted(str(k) for k in value.keys() ^ readers.keys())
        raise Malformed(f"{kind.__name__}: fields {wrong}")
    return kind(**{name: read(value[name]) for name, read in readers.items()})


def _tuple(read: Callable[[object], Any], value: object) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise Malformed("not a list")
    return tuple(map(read, value))


def _optional(read: Callable[[object], Any], value: object) -> object:
    return None if value is None else read(value)


def _just(kind: type, value: object) -> object:
    if type(value) is not kind:
        raise Malformed(f"not {kind.__name__}: {value!r}")
    return value


def _text(kind: type, parse: Callable[[str], object], value: object) -> object:
    if not isinstance(value, str):
        raise Malformed(f"not text: {value!r}")
    try:
        made = parse(value)
    except ValueError as error:
        raise Malformed(f"not {kind.__name__}: {value!r}") from error
    if plain(made) != value:
        raise Malformed(f"not {kind.__name__}: {value!r}")
    return made


def _parser(kind: type) -> Callable[[str], object]:
    return date.fromisoformat if kind is date else kind
