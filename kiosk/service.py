"""The one door for writing: `Kiosk.execute` locks, reads the tail, decides, chains, commits, then tells.

- Nothing is acknowledged before the commit. If the commit fails, nothing of it happened.
- Commands that wait while another is being committed share the next commit (group commit).
- The same command id again gives the same receipt and no second fact; with another content it is refused. A
  command that changed nothing (checking in twice) leaves nothing to be remembered by.
- Time in a journal never runs backward, whatever the machine's clock does.
- A secret ballot is written by the same door, in the same commit, into the sealed box of its vote, not the journal.
- Listeners hear of what is durable. One that fails is logged; it cannot undo anything.
"""

import hashlib
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.core.commands import Command
from kiosk.core.history import NOTHING, Known, caught_up
from kiosk.core.journal import Entry, Head, chain
from kiosk.core.procedure import decide
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.terms import CommandId, VillageId
from kiosk.core.values import Actor
from kiosk.core.village import Village
from kiosk.core.votes.box import Sealed, unpacked
from kiosk.keeping import JournalStore, Recorded, Writing, forget_boxes, keep_boxes, with_box

log = logging.getLogger(__name__)

LARGEST_COMMIT = 200
"""Commands in one commit at most, so that the first of a crowd does not wait for the last."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The acknowledgement of a command: the head after its last fact; `repeated` if it was known."""

    head: Head
    repeated: bool = False


Listener = Callable[[VillageId, Sequence[Entry], Known], None]
"""Called after the commit with the new entries and what is known with them, in journal order.

After secret ballots there may be no entry; their box is not in what is known. Ask `Kiosk.known` for who has voted.
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
        """The village as it stands, with the head it stands on; of an open secret vote who has voted, no counts."""
        boxed = self._with_shut_box(village, self._caught_up(village))
        # Without its box the vote is over since, which the journal says by now; or the box is lost.
        return boxed or self._caught_up(village)

    def _caught_up(self, village: VillageId) -> Known:
        desk = self._desk(village)
        if self._store.lines(village, after=desk.known.head.seq):
            with desk.lock:
                # Read again under the lock: another writer may have taken in the same tail meanwhile.
                desk.known = caught_up(
                    desk.known, self._store.lines(village, after=desk.known.head.seq)
                )
        return desk.known

    def _with_shut_box(self, village: VillageId, known: Known) -> Known | None:
        """What the voters answered stays in the box. None where there is a secret vote, and its box is not there."""
        vote = known.village.secret_vote if known.village else None
        if vote is None or known.village is None:
            return known
        try:
            content = self._store.box(village, vote.id)
            box = unpacked(content, vote.electorate, vote.options).shut
        except (LookupError, Malformed):
            return None
        return replace(known, village=known.village.with_box(vote, box))

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
        answers: list[Receipt | Exception] = []
        written: list[Entry] = []
        try:
            with self._store.writing(village) as writing:
                known = caught_up(desk.known, writing.tail(after=desk.known.head.seq))
                recorded = writing.recorded([request.id for request in requests])
                for request in requests:
                    before = recorded.get(request.id)
                    answer, entries = self._decide(writing, before, known, request)
                    answers.append(answer)
                    if entries:
                        recorded[request.id] = Recorded(entries[-1].head, request.content)
                    for entry in entries:
                        known = known.grown(entry)
                    written.extend(entries)
        except Exception as error:
            # Every waiting caller must get it, whatever it is: nothing was written.
            answers, written, known = [error] * len(requests), [], desk.known
        desk.known = known
        try:
            forget_boxes(self._store, written)
            if any(isinstance(answer, Receipt) for answer in answers):
                self._tell(village, written, known)
        finally:
            # Whatever went wrong after the commit, nobody is left waiting for ever.
            for request, given in zip(requests, answers, strict=True):
                request.answer = given
                request.called.set()

    def _decide(
        self, writing: Writing, before: Recorded | None, known: Known, request: _Request
    ) -> tuple[Receipt | Exception, list[Entry]]:
        if before is not None:
            if before.content != request.content:
                return Refused(Reason.COMMAND_REUSED), []
            return Receipt(before.head, repeated=True), []
        # A clock that was set back cannot back-date anything: time stands until the clock has caught up.
        at = max(self.now(), known.at) if known.at else self.now()
        try:
            village = with_box(writing, known.village, request.command)
        except (Refused, OSError) as error:
            return error, []
        try:
            outcome = decide(village, request.command, request.actor, at)
            events = () if isinstance(outcome, Sealed) else outcome
            entries = chain(known.head, events, at=at, actor=request.actor, command=request.id)
        except Exception as error:
            # Refused, or a fault of this command alone: it must not take with it those that wait beside it.
            return error, []
        # From here on a fault is the store's, and fails the whole commit: half of it may be gone already.
        if isinstance(outcome, Sealed):
            writing.seal(outcome.vote, outcome.content)
        if entries:
            writing.append(entries, request.content)
            keep_boxes(writing, known, entries)
        return Receipt(entries[-1].head if entries else known.head), entries

    def _tell(self, village: VillageId, entries: Sequence[Entry], known: Known) -> None:
        for listener in self._listeners:
            try:
                listener(village, entries, known)
            except Exception:
                log.exception("listener failed village=%s seq=%d", village, known.head.seq)
