"""A journal store inside one write transaction: a past is told whole, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.core.terms import VillageId, VoteId
from kiosk.keeping import JournalStore, Writing


class _OneCommit:
    """A journal store inside one write transaction: a past is told whole, or not at all."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing

    @contextmanager
    def writing(self, _village: VillageId) -> Iterator[Writing]:
        """The one transaction; it ends with the story."""
        yield self._writing

    def lines(self, _village: VillageId, after: int = 0) -> list[str]:
        """The lines above `after`, those not yet committed too."""
        return self._writing.tail(after)

    def box(self, _village: VillageId, vote: VoteId) -> bytes:
        """The content of a secret vote's box."""
        return self._writing.box(vote)

    def forget_box(self, vote: VoteId) -> None:
        """The story knows no secret votes: there is no key."""


@contextmanager
def in_one_commit(store: JournalStore, village: VillageId) -> Iterator[JournalStore]:
    """A store over that of the village, whose writing becomes durable all at once when the block ends."""
    with store.writing(village) as writing:
        yield _OneCommit(writing)
