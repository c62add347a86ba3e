"""How many were present in the course of a meeting (到会人数的变化): a step at each coming and going that counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kiosk.core import events as e
from kiosk.core.journal import Entry
from kiosk.core.terms import PersonId


@dataclass(frozen=True, slots=True)
class Headcount:
    """From this instant on so many of those entitled took part, the represented ones included."""

    at: datetime
    present: int


def headcounts(entries: Iterable[Entry], entitled: frozenset[PersonId]) -> tuple[Headcount, ...]:
    """The steps, from the opening on, from the entries of the meeting; none where it was never opened."""
    here: set[PersonId] = set()
    proxies: dict[PersonId, PersonId] = {}
    opened = False
    steps: list[Headcount] = []
    for entry in entries:
        match entry.event:
            case e.CheckedIn(person=person):
                here.add(person)
            case e.CheckedOut(person=person):
                here.discard(person)
            case e.ProxyGiven(principal=principal, proxy=proxy):
                proxies[principal] = proxy
            case e.MeetingOpened():
                opened = True
            case _:
                continue
        present = len(entitled & (here | {p for p, by in proxies.items() if by in here}))
        if opened and (not steps or steps[-1].present != present):
            steps.append(Headcount(entry.at, present))
    return tuple(steps)
