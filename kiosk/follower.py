"""A follower (跟着做的): a part of the kiosk that acts on what was recorded, in turn, on a thread of its own.

The press, the files of archived matters, clips, the removal of films and the supervisors' stick are each one of these.
They follow the journal by the same rules:

- **After the commit.** The service tells what is durable, on the writer's thread. There it is only noted what is due;
  it is done on the follower's own thread, one after the other. So nothing here holds up a vote, or undoes one.
- **At the start** what is owed from before is done first. It listens before it asks what is owed, so that nothing
  falls between the two; something may be due twice for that, and doing it again must do nothing.
- **When something fails** it is logged and the next is done. The journal still says that it is due: the next start
  tries again. Nothing is tried again before that: what can never be done does not keep the others waiting.
- **At the stop** what is due is done, within a time; what is not done by then is owed at the next start. A follower
  whose work can be long is told to leave it, and begins nothing more.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from kiosk.core.history import Known
from kiosk.core.journal import Entry
from kiosk.core.terms import VillageId
from kiosk.service import Kiosk

log = logging.getLogger(__name__)
Due = TypeVar("Due")


def nothing_owed() -> tuple[()]:
    """Of a follower that need not catch up: what it missed is made whenever somebody asks for it."""
    return ()


class Follower(Generic[Due]):
    """Follows the journal of one village.

    Args:
        name: of the thread, and in the log.
        kiosk: the service that is heard.
        due_of: what entries make due, in the order in which it is to be done; on the writer's thread, so it must be
            quick and must not execute commands.
        act: does one thing that is due; whatever it raises is logged.
        owed: what was due before the start and is not done; asked for one by one, as it is done.
        look: called when nothing was due for `looks_every_s`; None where there is nothing to look after.
        looks_every_s: how long that is, in seconds.
    """

    def __init__(
        self,
        name: str,
        kiosk: Kiosk,
        due_of: Callable[[Sequence[Entry]], Iterable[Due]],
        act: Callable[[Due], object],
        *,
        owed: Callable[[], Iterable[Due]] = nothing_owed,
        look: Callable[[], None] | None = None,
        looks_every_s: float | None = None,
    ) -> None:
        self._name = name
        self._kiosk = kiosk
        self._due_of = due_of
        self._act = act
        self._owed = owed
        self._look = look
        self._looks_every_s = looks_every_s
        self._village: VillageId | None = None
        self._due: queue.Queue[Due | None] = queue.Queue()
        self._is_leaving = False
        self._thread: threading.Thread | None = None

    @property
    def village(self) -> VillageId:
        """Whose journal it follows. RuntimeError before the start."""
        if self._village is None:
            raise RuntimeError(f"{self._name} follows no journal yet")
        return self._village

    @property
    def is_leaving(self) -> bool:
        """Whether it was told to leave what is not done: long work asks now and then."""
        return self._is_leaving

    @property
    def is_at_work(self) -> bool:
        """Whether its thread runs."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, village: VillageId) -> None:
        """From now on do what falls due in that village's journal, what is owed from before first."""
        if self._village is None:
            self._kiosk.subscribe(self.heard)
        self._village, self._is_leaving = village, False
        self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
        self._thread.start()

    def stop(self, within_s: float) -> None:
        """Do what is due, and end; return after that time at the latest."""
        if self.is_at_work:
            self._due.put(None)
            assert self._thread is not None
            self._thread.join(within_s)

    def leave(self) -> None:
        """From here on begin nothing more, whatever is due; `stop` ends it."""
        self._is_leaving = True

    def heard(self, village: VillageId, entries: Sequence[Entry], _known: Known) -> None:
        """A listener of the service."""
        if village == self._village:
            for due in self._due_of(entries):
                self._due.put(due)

    def _work(self) -> None:
        self._try("what is owed", self._catch_up)
        while (due := self._next()) is not None and not self._is_leaving:
            self._do(due)

    def _catch_up(self) -> None:
        for due in self._owed():
            if self._is_leaving:
                return
            self._do(due)

    def _next(self) -> Due | None:
        while True:
            try:
                return self._due.get(timeout=self._looks_every_s)
            except queue.Empty:
                if self._look is not None:
                    self._try("looking", self._look)

    def _do(self, due: Due) -> None:
        self._try(due, lambda: self._act(due))

    def _try(self, what: object, step: Callable[[], object]) -> None:
        try:
            step()
        except Exception:
            # Whatever it is, the meeting goes on and so does what is due after it.
            log.exception("%s failed: %s", self._name, what)
