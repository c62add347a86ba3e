"""The tree (指纹树) over a journal: one hash that says what every entry is, and what each of them is about.

A Merkle tree as in RFC 9162, section 2.1.1, over one leaf an entry. A leaf is the entry's digest and the names of what
the entry is about (`subjects`), so that a part of the journal can be handed out which shows that nothing about its
matter was left out: of the other entries their leaves are enough. Each entry carries the root over all before it, so
that its own check code, which people film and sign, vouches for the whole tree.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.core.codec import Plain

ONE = (
    "matter",
    "meeting",
    "vote",
    "need",
    "objection",
    "clip",
    "correction",
    "emergency",
    "subject",
)
"""The fields of an event that name one thing it is about."""
SEVERAL = ("matters", "needs")
"""The fields that name several; beside them an agenda names the matter of each of its items."""

Peak = tuple[int, bytes]
"""How many leaves a perfect tree has, and its hash."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree that grows: its perfect subtrees from left to right, each smaller than the one before it."""

    peaks: tuple[Peak, ...] = ()

    @property
    def root(self) -> str:
        """The hash of the whole, in lower-case hexadecimal; that of no bytes where it has no leaf."""
        if not self.peaks:
            return hashlib.sha256(b"").hexdigest()
        *others, (_, right) = self.peaks
        for _, left in reversed(others):
            right = _node(left, right)
        return right.hex()

    def grown(self, digest: str, about: tuple[str, ...]) -> "Tree":
        """With one more leaf at its right."""
        peaks = [*self.peaks, (1, leaf(digest, about))]
        while len(peaks) > 1 and peaks[-1][0] == peaks[-2][0]:
            (size, right), (_, left) = peaks.pop(), peaks.pop()
            peaks.append((2 * size, _node(left, right)))
        return Tree(tuple(peaks))


def leaf(digest: str, about: tuple[str, ...]) -> bytes:
    """The hash of one leaf: SHA-256 of a zero byte, the digest's 32 bytes, and the subjects as canonical JSON."""
    names = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()
    return hashlib.sha256(b"\x00" + bytes.fromhex(digest) + names).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def subjects(event: Mapping[str, Plain]) -> tuple[str, ...]:
    """The ids that an event as plain values names, sorted. A correction is about `#` and the entry's number."""
    found: list[Plain] = [event[name] for name in ONE if name in event]
    for name in (*SEVERAL, "agenda"):
        listed = event.get(name)
        found += listed if isinstance(listed, list) else []
    found = [one.get("matter") if isinstance(one, dict) else one for one in found]
    if "correction" in event and "seq" in event:
        found.append(f"#{event['seq']}")
    return tuple(sorted({one for one in found if isinstance(one, str)}))
