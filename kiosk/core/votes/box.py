"""The sealed box of a secret vote (票箱): who has voted, and how many gave each answer. Never who gave which.

The box is no part of the journal while the vote is open: it is kept beside it, sealed, and rewritten whole with every
ballot. There is nothing else to be found: no ballot, no order, no time. Its plain form has the same length whatever is
in it, so that a sealed box tells nothing by its size.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from kiosk.core.law.tally import Subtotal, counted
from kiosk.core.refusals import Malformed
from kiosk.core.terms import Channel, Choice, PersonId, VoteId

BYTES_A_COUNT = 4
LEAST_BALLOTS = 5
"""Fewer ballots than this by one channel would tell who gave them (rules of the kiosk, law 10)."""


@dataclass(frozen=True, slots=True)
class Box:
    """What is in a secret vote's box: `voted`, and by channel and answer how many; empty `counts` while it is shut."""

    voted: frozenset[PersonId] = frozenset()
    counts: Mapping[tuple[Channel, Choice], int] = field(default_factory=dict)

    def with_ballot(self, person: PersonId, choice: Choice, channel: Channel) -> "Box":
        """The box after one more ballot."""
        key = (channel, choice)
        counts = {**self.counts, key: self.counts.get(key, 0) + 1}
        return Box(self.voted | {person}, counts)

    @property
    def shut(self) -> "Box":
        """The box as it may be looked at before the close: who has voted, and no counts."""
        return replace(self, counts={})

    def subtotals(self, options: Collection[Choice]) -> tuple[Subtotal, ...]:
        """The counts by channel, in the order of the channels, without those that nobody used."""
        return tuple(
            Subtotal(channel, counted(options, self._by(channel)))
            for channel in Channel
            if self._by(channel)
        )

    def _by(self, channel: Channel) -> dict[Choice, int]:
        return {choice: n for (by, choice), n in self.counts.items() if by is channel}


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a secret ballot brings about: no fact in the journal, but the vote's box as it is from now on."""

    vote: VoteId
    content: bytes


def packed(box: Box, electorate: Collection[PersonId], options: Collection[Choice]) -> bytes:
    """The box as bytes: a bit for each of the electorate in the order of their ids, then each count, four bytes."""
    bits = sum(1 << place for place, p in enumerate(sorted(electorate)) if p in box.voted)
    voted = bits.to_bytes(_bitmap_bytes(electorate), "big")
    numbers = [box.counts.get(key, 0) for key in _keys(options)]
    return voted + b"".join(n.to_bytes(BYTES_A_COUNT, "big") for n in numbers)


def unpacked(content: bytes, electorate: Collection[PersonId], options: Collection[Choice]) -> Box:
    """The box that `packed` wrote. Malformed if its length or a count cannot be."""
    length, keys = _bitmap_bytes(electorate), _keys(options)
    if len(content) != length + BYTES_A_COUNT * len(keys):
        raise Malformed("box: length")
    bits = int.from_bytes(content[:length], "big")
    voted = frozenset(p for place, p in enumerate(sorted(electorate)) if bits >> place & 1)
    starts = range(length, len(content), BYTES_A_COUNT)
    numbers = [int.from_bytes(content[at : at + BYTES_A_COUNT], "big") for at in starts]
    counts = {key: n for key, n in zip(keys, numbers, strict=True) if n}
    if sum(counts.values()) != len(voted) or bits >> len(electorate):
        raise Malformed("box: counts")
    return Box(voted, counts)


def _keys(options: Collection[Choice]) -> list[tuple[Channel, Choice]]:
    return [(channel, choice) for channel in Channel for choice in options]


def _bitmap_bytes(electorate: Collection[PersonId]) -> int:
    return (len(electorate) + 7) // 8
