"""Heads that were shown to people (展示过的链头), and whether the journal still holds them.

A chain does not show that its end was cut off or that an older copy was put in its place. A head that somebody saw
does: it must stand in the journal for ever. The portal remembers every head that it showed, outside the database.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from kiosk.core.codec import instant, instant_text
from kiosk.core.journal import Head, canonical
from kiosk.core.refusals import Malformed


@dataclass(frozen=True, slots=True)
class ShownHead:
    """A head, and when the portal first showed it (展示时间)."""

    head: Head
    at: datetime

    @property
    def line(self) -> str:
        """As it is remembered: one line of canonical JSON, without a line end."""
        return canonical(
            {"at": instant_text(self.at), "digest": self.head.digest, "seq": self.head.seq}
        )


def shown_head(told: object) -> ShownHead:
    """The shown head of a remembered line's JSON value. Malformed where it is none."""
    match told:
        case {"at": str(at), "digest": str(digest), "seq": int(seq)} if seq > 0:
            return ShownHead(Head(seq, digest), instant(at))
        case _:
            raise Malformed("not a shown head")


def lost(
    shown: Iterable[ShownHead], digest_of: Callable[[int], str | None]
) -> tuple[ShownHead, ...]:
    """The heads that were shown and are not in the journal (已不在日志里的链头): it was put back or rewritten.

    `digest_of`: the digest of the entry with that sequence number; None where the journal has none.
    """
    return tuple(one for one in shown if digest_of(one.head.seq) != one.head.digest)
