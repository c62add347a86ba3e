"""The journal as officers read it (日志): entries in plain sentences with who and when, and what was corrected."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from kiosk import wording
from kiosk.core.correction import Correction
from kiosk.core.events import Event
from kiosk.core.journal import Entry, read
from kiosk.web.naming import Names
from kiosk.web.parts import parts

KIND = re.compile(r'"kind":"([A-Za-z]+)"')
"""The kind of a line, not reading the whole of it: no event has a field of that name; quotes in texts are escaped."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry for people: its number, when, who, what, and the corrections that name it, oldest first."""

    seq: int
    at: datetime
    who: str
    words: str
    corrections: tuple[Correction, ...]


def entries(kinds: Collection[type[Event]]) -> list[Entry]:
    """Every entry of those kinds, in order."""
    names = {kind.__name__ for kind in kinds}
    return [read(line) for line in parts().kiosk.lines(parts().home) if _is_of(line, names)]


def newest(kinds: Collection[type[Event]], before: int, most: int) -> list[Entry]:
    """The last `most` entries of those kinds below the number `before`, the newest first."""
    names = {kind.__name__ for kind in kinds}
    lines = reversed(parts().kiosk.lines(parts().home)[: max(0, before - 1)])
    return [read(line) for line in islice((one for one in lines if _is_of(one, names)), most)]


def _is_of(line: str, names: Collection[str]) -> bool:
    found = KIND.search(line)
    return found is not None and found[1] in names


def told(some: Iterable[Entry]) -> list[Line]:
    """The entries as lines, in the order given."""
    village, names = parts().village(), Names()
    corrections: dict[int, list[Correction]] = {}
    for correction in village.corrections.values():
        corrections.setdefault(correction.seq, []).append(correction)
    return [
        Line(
            seq=entry.seq,
            at=entry.at,
            who=names.who(entry.actor),
            words=wording.happening(entry.event, village, names.name),
            corrections=tuple(corrections.get(entry.seq, ())),
        )
        for entry in some
    ]
