"""The sealed box of a secret vote (票箱): who has voted, and how many gave each answer. Never who gave which.

The box is no part of the journal while the vote is open: it is kept beside it, sealed, and rewritten whole with every
ballot. There is nothing else to be found: no ballot, no order, no time. Its plain form has the same length whatever is
in it, so that a sealed box tells nothing by its size.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.law.tally import Subtotal, counted
from kiosk.core.refusals import Malformed
from kiosk.core.terms import PersonId, VoteId
from kiosk.core.values import Answer

BYTES_A_COUNT = 4
LEAST_BALLOTS = 5
"""Fewer ballots than this by one channel would tell who gave them (rules of the kiosk, law 10)."""


@dataclass(frozen=True, slots=True)
class Box:
    """What is in a secret vote's box (票箱).

    Attributes:
        voted: who has voted.
        counts: by channel and answer how many gave it; empty while it is shut.
        cast: by channel how many ballots there are; empty while it is shut.

    """

    voted: frozenset[PersonId] = frozenset()
    counts: Mapping[tuple[Channel, Choice], int] = field(default_factory=dict)
    cast: Mapping[Channel, int] = field(default_factory=dict)

    def with_ballot(self, person: PersonId, answer: Answer, channel: Channel) -> "Box":
        """The box after one more ballot."""
        given = {(channel, choice): self.counts.get((channel, choice), 0) + 1 for choice in answer}
        cast = {**self.cast, channel: self.cast.get(channel, 0) + 1}
        return Box(self.voted | {person}, {**self.counts, **given}, cast)

    @property
    def shut(self) -> "Box":
        """The box as it may be looked at before the close: who has voted, and no counts."""
        return replace(self, counts={}, cast={})

    def subtotals(self, options: Collection[Choice]) -> tuple[Subtotal, ...]:
        """The counts by channel, in the order of the channels, without those that nobody used."""
        return tuple(
            Subtotal(channel, counted(options, self._by(channel)), self.cast[channel])
            for channel in Channel
            if channel in self.cast
        )

    def _by(self, channel: Channel) -> dict[Choice, int]:
        return {choice: n for (by, choice), n in self.counts.items() if by is channel}


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a secret ballot brings about: no fact in the journal, but the vote's box as it is from now on."""

    vote: VoteId
    content: bytes


def packed(box: Box, electorate: Collection[PersonId], options: Collection[Choice]) -> bytes:
    """The box as bytes: a bit for each of the electorate in the order of their ids, then each number, four bytes.

    The numbers are, channel by channel, that of the ballots and those of the answers.
    """
    bits = sum(1 << place for place, p in enumerate(sorted(electorate)) if p in box.voted)
    voted = bits.to_bytes(_bitmap_bytes(electorate), "big")
    numbers = [number for channel in Channel for number in _numbers(box, channel, options)]
    return voted + b"".join(n.to_bytes(BYTES_A_COUNT, "big") for n in numbers)


def unpacked(content: bytes, electorate: Collection[PersonId], options: Collection[Choice]) -> Box:
    """The box that `packed` wrote. Malformed if its length or a count cannot be."""
    length, each = _bitmap_bytes(electorate), 1 + len(options)
    if len(content) != length + BYTES_A_COUNT * each * len(Channel):
        raise Malformed("box: length")
    bits = int.from_bytes(content[:length], "big")
    voted = frozenset(p for place, p in enumerate(sorted(electorate)) if bits >> place & 1)
    starts = range(length, len(content), BYTES_A_COUNT)
    numbers = [int.from_bytes(content[at : at + BYTES_A_COUNT], "big") for at in starts]
    by_channel = {
        channel: numbers[each * place : each * (place + 1)] for place, channel in enumerate(Channel)
    }
    cast = {channel: own[0] for channel, own in by_channel.items() if own[0]}
    counts = {
        (channel, choice): number
        for channel, own in by_channel.items()
        for choice, number in zip(options, own[1:], strict=True)
        if number
    }
    # Every ballot says something, and nothing twice.
    possible = all(max(own[1:]) <= own[0] <= sum(own[1:]) for own in by_channel.values())
    if sum(cast.values()) != len(voted) or bits >> len(electorate) or not possible:
        raise Malformed("box: counts")
    return Box(voted, counts, cast)


def _numbers(box: Box, channel: Channel, options: Collection[Choice]) -> list[int]:
    return [box.cast.get(channel, 0), *(box.counts.get((channel, o), 0) for o in options)]


def _bitmap_bytes(electorate: Collection[PersonId]) -> int:
    return (len(electorate) + 7) // 8
