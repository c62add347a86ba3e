"""What the service needs of whoever keeps the journals and the sealed boxes (存储): two ports, and what passes through.

Every implementation passes `tests/shell/test_store_contract.py`. Beside them, how a secret vote's box is opened for a
decision and kept for the next.
"""

import logging
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

from kiosk.core.ballot_terms import Method
from kiosk.core.commands import Command, VoidVote
from kiosk.core.events import VoteClosed, VoteOpened, VoteVoided
from kiosk.core.history import Known
from kiosk.core.journal import Entry, Head
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.terms import CommandId, VillageId, VoteId
from kiosk.core.village import Village
from kiosk.core.votes.box import Box, packed, unpacked

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the journal keeps of a command: where its last entry stands, and which content it had."""

    head: Head
    content: str


class Writing(Protocol):
    """One write transaction on one village's journal: nobody else writes until it ends."""

    def tail(self, after: int) -> list[str]:
        """The lines with a sequence number above `after`, in order."""
        ...

    def recorded(self, commands: Collection[CommandId]) -> dict[CommandId, Recorded]:
        """The last entry of each of these commands that the journal holds already."""
        ...

    def append(self, entries: Sequence[Entry], content: str) -> None:
        """Add the entries of one command. A sequence number that is taken raises."""
        ...

    def box(self, vote: VoteId) -> bytes:
        """What is in the sealed box of a secret vote. LookupError where it, or its key, is not there."""
        ...

    def seal(self, vote: VoteId, content: bytes) -> None:
        """Keep this content in the vote's box, in the place of what was there; a new box gets a new key."""
        ...

    def discard_box(self, vote: VoteId) -> None:
        """The vote is over: keep its box no longer; nothing where it has none."""
        ...


class JournalStore(Protocol):
    """Where journals are kept. Every implementation passes `tests/shell/test_store_contract.py`."""

    def writing(self, village: VillageId) -> AbstractContextManager[Writing]:
        """Commit durably on leaving, roll back on any exception."""
        ...

    def lines(self, village: VillageId, after: int = 0) -> list[str]:
        """The committed lines above `after`, in order."""
        ...

    def box(self, village: VillageId, vote: VoteId) -> bytes:
        """What is in the vote's sealed box, as committed. LookupError where it, or its key, is not there."""
        ...

    def forget_box(self, vote: VoteId) -> None:
        """Destroy what opens the box of a vote that is over; nothing where it has none."""
        ...


def with_box(writing: Writing, village: Village | None, command: Command) -> Village | None:
    """The village with the open box of a secret vote that is on. Refused: BOX_LOST, but for declaring the vote void."""
    vote = village.secret_vote if village else None
    if vote is None or village is None or getattr(command, "vote", None) != vote.id:
        return village
    try:
        box = unpacked(writing.box(vote.id), vote.electorate, vote.options)
    except (LookupError, Malformed) as error:
        if isinstance(command, VoidVote):
            return village
        raise Refused(Reason.BOX_LOST) from error
    return village.with_box(vote, box)


def keep_boxes(writing: Writing, before: Known, entries: Sequence[Entry]) -> None:
    """An empty box for a secret vote that opens, none for a vote that is over."""
    for number, entry in enumerate(entries, start=1):
        event = entry.event
        if isinstance(event, VoteOpened) and event.method is Method.SECRET:
            village = reduce(Known.grown, entries[:number], before).village
            assert village is not None
            vote = village.meeting(event.meeting).vote(event.vote)
            writing.seal(vote.id, packed(Box(), vote.electorate, vote.options))
        elif isinstance(event, VoteClosed | VoteVoided):
            writing.discard_box(event.vote)


def forget_boxes(store: JournalStore, entries: Sequence[Entry]) -> None:
    """After the commit: nothing of a vote that is over can be read any more."""
    for entry in entries:
        if isinstance(entry.event, VoteClosed | VoteVoided):
            try:
                store.forget_box(entry.event.vote)
            except OSError:  # the vote is closed all the same; the next start tries again
                log.exception("key of the box not destroyed vote=%s", entry.event.vote)
