"""What every paper says of itself (版次): for whom it is set, which issue, from which entry and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.core.correction import Correction
from kiosk.core.journal import Entry, Head
from kiosk.core.papers.due import Due
from kiosk.core.papers.reissuing import confirmed, rests_on
from kiosk.core.terms import Edition


@dataclass(frozen=True, slots=True)
class Replaced:
    """The issue that a later one replaces (被替换的一稿): its number, its check code, when it was set."""

    number: int
    head: Head
    at: datetime


@dataclass(frozen=True, slots=True)
class Imprint:
    """Of one issue of a paper.

    Attributes:
        edition: for whom it is set.
        head: of the journal up to which it is set: the check code on every page.
        at: the instant of that entry: when the paper was issued (制发时间).
        number: which issue it is (第几稿), from 1.
        corrections: those that stand by then and touch an entry that the paper tells of.
        replaces: the issue before; None for the first.

    """

    edition: Edition
    head: Head
    at: datetime
    number: int = 1
    corrections: tuple[Correction, ...] = ()
    replaces: Replaced | None = None

    @property
    def is_archive(self) -> bool:
        """Whether it is for the archive, with places to sign (存档版)."""
        return self.edition is Edition.ARCHIVE


def imprint(owed: Due, entries: Sequence[Entry]) -> Imprint:
    """The imprint of a paper that is due; `entries` is the journal up to the entry it is set from.

    Where nothing was ever corrected the last entry alone will do.
    """
    last = entries[-1]
    told = tuple(confirmed(entries))
    touched = rests_on(owed, entries) if told else frozenset()
    mine = [(entry, correction) for entry, correction in told if correction.seq in touched]
    later = [entry for entry, _ in mine if entry.seq > owed.source_seq]
    replaces = None
    if later:
        before = later[-2] if len(later) > 1 else entries[owed.source_seq - 1]
        replaces = Replaced(len(later), before.head, before.at)
    return Imprint(
        edition=owed.edition,
        head=last.head,
        at=last.at,
        number=len(later) + 1,
        corrections=tuple(correction for _, correction in mine),
        replaces=replaces,
    )
