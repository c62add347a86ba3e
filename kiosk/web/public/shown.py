"""Heads that the portal shows (链头) and remembers, and the entry that a check code belongs to (校验码核对)."""

import hashlib
import threading
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import current_app

from kiosk.core.journal import Head
from kiosk.core.shown import ShownHead, lost
from kiosk.web.medium import on_site
from kiosk.web.parts import parts
from kiosk.web.public.reading import Reading, reading

_DIGEST_BYTES = 32
MODULUS = 10**16


@dataclass(slots=True)
class Codes:
    """The digest of every entry, and its check code as a number: computed from the lines, never taken on trust."""

    digests: bytearray = field(default_factory=bytearray)
    numbers: "array[int]" = field(default_factory=lambda: array("Q"))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def grow(self, upto: int) -> None:
        """Take in the journal's entries up to that one."""
        with self._lock:
            known = len(self.numbers)
            if known < upto:
                self.take_in(parts().kiosk.lines(parts().home, after=known)[: upto - known])

    def take_in(self, lines: Sequence[str]) -> None:
        """Take in these lines, which follow those that it has."""
        for line in lines:
            digest = hashlib.sha256(line.encode()).digest()
            self.digests += digest
            self.numbers.append(int.from_bytes(digest[:8]) % MODULUS)

    def digest_of(self, seq: int) -> str | None:
        """The digest of that entry in hexadecimal; None where the journal does not reach so far."""
        at = (seq - 1) * _DIGEST_BYTES
        return self.digests[at : at + _DIGEST_BYTES].hex() or None

    def entry_of(self, code: int) -> int | None:
        """The sequence number of the entry with that check code; None where there is none."""
        try:
            return self.numbers.index(code) + 1
        except ValueError:
            return None


def codes(read: Reading) -> Codes:
    """The check codes of the journal up to the head that is read."""
    known: Codes = current_app.extensions.setdefault("codes", Codes())
    known.grow(read.head.seq)
    return known


def remembered(read: Reading) -> Head | None:
    """The head for a page to show: remembered before it is shown. None where the disk does not take it.

    A static site shows the head that it is made of, remembered when its making began.
    """
    if not on_site():
        try:
            parts().shown_heads.remember(ShownHead(read.head, read.at))
        except OSError:
            current_app.logger.exception("head not remembered seq=%d", read.head.seq)
            return None
    return read.head


def public_head() -> Head | None:
    """The head at the foot of every public page."""
    return remembered(reading())


def lost_heads(read: Reading) -> Sequence[ShownHead]:
    """The heads that were shown once and that the journal does not hold any more, by what is read of it."""
    known = codes(read)
    return lost(parts().shown_heads.all(), known.digest_of)
