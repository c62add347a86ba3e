"""Hypothesis strategies: any fact the type hints allow, any roll, any ballots, any journal."""

import types
from dataclasses import is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import NewType, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from kiosk.core.ballot_terms import Choice
from kiosk.core.journal import EMPTY, KINDS, chain
from kiosk.core.terms import CHINA, CommandId
from kiosk.core.values import Actor

FIRST = datetime(1970, 1, 1)  # noqa: DTZ001 -- hypothesis asks for its bounds without a zone
LAST = datetime(9998, 12, 31)  # noqa: DTZ001 -- same


def instants():
    """Any instant to the millisecond, said in Greenwich or in China."""
    moments = st.datetimes(FIRST, LAST, timezones=st.sampled_from([UTC, CHINA]))
    return moments.map(lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000))


def of_type(hint):
    """Any value that the type hint of a fact allows."""
    if isinstance(hint, NewType):
        return of_type(hint.__supertype__)
    if get_origin(hint) is tuple:
        return st.lists(of_type(get_args(hint)[0]), max_size=4).map(tuple)
    if get_origin(hint) in {Union, types.UnionType}:
        return st.none() | of_type(get_args(hint)[0])
    if is_dataclass(hint):
        return st.builds(hint, **{n: of_type(h) for n, h in get_type_hints(hint).items()})
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    return {
        bool: st.booleans(),
        int: st.integers(),
        str: st.text(max_size=20) | st.sampled_from(["龚䶮山", "陈㛃", '"\\\n', "\u2028", "𠮷"]),
        datetime: instants(),
        date: st.dates(date(1000, 1, 1)),
    }[hint]


def events():
    """Any event of any kind."""
    return st.one_of([of_type(kind) for kind in KINDS.values()])


def actors():
    return of_type(Actor)


@st.composite
def journals(draw, least=1):
    """The entries of a well-linked journal of any events."""
    entries, head = [], EMPTY
    at = draw(instants())
    for number, event in enumerate(draw(st.lists(events(), min_size=least, max_size=6))):
        asked = {"at": at, "actor": draw(actors()), "command": CommandId(f"c{number}")}
        entries += chain(head, [event], **asked)
        head = entries[-1].head
        at += timedelta(milliseconds=1)
    return entries


@st.composite
def ballots(draw, largest=60):
    """An electorate, those of it who stand aside, and the ballots of some of the rest."""
    electorate = [f"v{n}" for n in range(draw(st.integers(1, largest)))]
    recused = draw(st.sets(st.sampled_from(electorate), max_size=5))
    may = [person for person in electorate if person not in recused]
    if not may:
        return electorate, recused, {}
    cast = st.dictionaries(st.sampled_from(may), st.sampled_from(list(Choice)))
    return electorate, recused, draw(cast)
