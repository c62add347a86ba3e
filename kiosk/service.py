"""The one door for writing: `Kiosk.execute` locks, reads the tail, decides, chains, commits, then tells.

- Nothing is acknowledged before the commit. If the commit fails, nothing of it happened.
- Commands that wait while another is being committed share the next commit (group commit).
- The same command id again gives the same receipt and no second fact; with another content it is refused. A
  command that changed nothing (checking in twice) leaves nothing to be remembered by.
- Time in a journal never runs backward, whatever the machine's clock does.
- Listeners hear of what is durable. One that fails is logged; it cannot undo anything.
"""

import hashlib
import logging
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kiosk.core.commands import Command
from kiosk.core.history import NOTHING, Known, caught_up
from kiosk.core.journal import Entry, Head, chain
from kiosk.core.procedure import decide
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import CommandId, VillageId
from kiosk.core.values import Actor
from kiosk.core.village import Village

log = logging.getLogger(__name__)

LARGEST_COMMIT = 200
"""Commands in one commit at most, so that the first of a crowd does not wait for the last."""


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


class JournalStore(Protocol):
    """Where journals are kept. Every implementation passes `tests/shell/test_store_contract.py`."""

    def writing(self, village: VillageId) -> AbstractContextManager[Writing]:
        """Commit durably on leaving, roll back on any exception."""
        ...

    def lines(self, village: VillageId, after: int = 0) -> list[str]:
        """The committed lines above `after`, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Receipt:
    """The acknowledgement of a command: the head after its last fact; `repeated` if it was known."""

    head: Head
    repeated: bool = False


Listener = Callable[[VillageId, Sequence[Entry], Known], None]
"""Called after the commit with the new entries and what is known with them, in journal order.

It runs on the writer's thread: it must be quick, and must not execute commands itself (hand over to a thread).
"""


@dataclass(slots=True)
class _Request:
    command: Command
    actor: Actor
    id: CommandId
    answer: Receipt | Refused | Exception | None = None
    called: threading.Event = field(default_factory=threading.Event)  # to its answer, or to write

    def result(self) -> Receipt:
        match self.answer:
            case Receipt():
                return self.answer
            case None:
                raise RuntimeError("the command was not taken up")
            case error:
                raise error

    @property
    def content(self) -> str:
        """A digest of what is asked, to tell a repetition from a reuse of the id."""
        return hashlib.sha256(repr(self.command).encode()).hexdigest()


class _Desk:
    """Where one village's commands are taken in turn: one of those who wait writes for all, then calls the next."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.waiting: list[_Request] = []
        self.waiting_lock = threading.Lock()
        self.is_writing = False
        self.known = NOTHING

    def put(self, request: _Request) -> None:
        with self.waiting_lock:
            self.waiting.append(request)
            if not self.is_writing:
                self.is_writing = True
                request.called.set()

    def take(self) -> list[_Request]:
        with self.waiting_lock:
            taken, self.waiting = self.waiting[:LARGEST_COMMIT], self.waiting[LARGEST_COMMIT:]
        return taken

    def call_next(self) -> None:
        with self.waiting_lock:
            if self.waiting:
                self.waiting[0].called.set()
            else:
                self.is_writing = False


class Kiosk:
    """The service: commands in, facts into the journal, listeners told.

    Args:
        store: where the journals are kept.
        clock: gives the present instant, time-zone aware; read once a command.
    """

    def __init__(self, store: JournalStore, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._listeners: list[Listener] = []
        self._desks: dict[VillageId, _Desk] = {}
        self._desks_lock = threading.Lock()

    def now(self) -> datetime:
        """The present instant, to the millisecond, as the journal would write it."""
        at = self._clock()
        return at.replace(microsecond=at.microsecond // 1000 * 1000)

    def subscribe(self, listener: Listener) -> None:
        """Tell this listener of everything that becomes durable from now on."""
        self._listeners.append(listener)

    def known(self, village: VillageId) -> Known:
        """The village as it stands, with the head it stands on."""
        desk = self._desk(village)
        tail = self._store.lines(village, after=desk.known.head.seq)
        if not tail:
            return desk.known
        with desk.lock:
            # Read again under the lock: another writer may have taken in the same tail meanwhile.
            desk.known = caught_up(
                desk.known, self._store.lines(village, after=desk.known.head.seq)
            )
            return desk.known

    def village(self, village: VillageId) -> Village:
        """The village as it stands. LookupError if it was never founded."""
        known = self.known(village).village
        if known is None:
            raise LookupError(village)
        return known

    def lines(self, village: VillageId, after: int = 0) -> list[str]:
        """The journal as committed, line by line, above the sequence number `after`."""
        return self._store.lines(village, after)

    def execute(
        self, village: VillageId, command: Command, actor: Actor, command_id: CommandId
    ) -> Receipt:
        """Decide the command and make its facts durable; return only when they are.

        Raises:
            Refused: the rules say no; nothing was written.
            Exception: whatever the store raised; nothing was written.
        """
        desk = self._desk(village)
        request = _Request(command, actor, command_id)
        desk.put(request)
        request.called.wait()
        if request.answer is None:
            try:
                with desk.lock:
                    self._write(village, desk, desk.take())
            finally:
                desk.call_next()
        return request.result()

    def _desk(self, village: VillageId) -> _Desk:
        with self._desks_lock:
            return self._desks.setdefault(village, _Desk())

    def _write(self, village: VillageId, desk: _Desk, requests: list[_Request]) -> None:
        answers: list[Receipt | Refused | Exception] = []
        written: list[Entry] = []
        try:
            with self._store.writing(village) as writing:
                known = caught_up(desk.known, writing.tail(after=desk.known.head.seq))
                recorded = writing.recorded([request.id for request in requests])
                for request in requests:
                    answer, entries = self._decide(recorded.get(request.id), known, request)
                    answers.append(answer)
                    if entries:
                        writing.append(entries, request.content)
                        recorded[request.id] = Recorded(entries[-1].head, request.content)
                    for entry in entries:
                        known = known.grown(entry)
                    written.extend(entries)
        except Exception as error:
            # Every waiting caller must get it, whatever it is: nothing was written.
            answers, written, known = [error] * len(requests), [], desk.known
        desk.known = known
        if written:
            self._tell(village, written, known)
        for request, given in zip(requests, answers, strict=True):
            request.answer = given
            request.called.set()

    def _decide(
        self, before: Recorded | None, known: Known, request: _Request
    ) -> tuple[Receipt | Exception, list[Entry]]:
        if before is not None:
            if before.content != request.content:
                return Refused(Reason.COMMAND_REUSED), []
            return Receipt(before.head, repeated=True), []
        # A clock that was set back cannot back-date anything: time stands until the clock has caught up.
        at = max(self.now(), known.at) if known.at else self.now()
        try:
            events = decide(known.village, request.command, request.actor, at)
            entries = chain(known.head, events, at=at, actor=request.actor, command=request.id)
        except Exception as error:
            # Refused, or a fault of this command alone: it must not take with it those that wait beside it.
            return error, []
        return Receipt(entries[-1].head if entries else known.head), entries

    def _tell(self, village: VillageId, entries: Sequence[Entry], known: Known) -> None:
        for listener in self._listeners:
            try:
                listener(village, entries, known)
            except Exception:
                log.exception("listener failed village=%s seq=%d", village, known.head.seq)
