"""The mains (电源): a real server that is killed without warning and started again, and browsers that keep trying.

`kill -9` of the whole process group takes master and worker at once, in the middle of whatever they do. It is not a
power cut: the kernel still writes what it was given. What a disk does with its last bytes is tried in `wal`.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import requests

from kiosk.rehearsal.server import RealServer

Answer = TypeVar("Answer")

UNANSWERED = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
)
ATTEMPTS = 60
POWER_BACK_WITHIN_S = 120.0
PAUSE_S = 0.05


class NeverAnswered(Exception):
    """A browser tried again and again, and had no answer."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One cut: so many seconds from the moment it is arranged; once more so many seconds into the new start."""

    after_s: float
    again_after_s: float | None = None

    @property
    def kills(self) -> int:
        """How often the server is killed."""
        return 1 if self.again_after_s is None else 2


class Mains:
    """A server and its power.

    Args:
        server: the server, started.
        is_usable: opens the pages that people need next; raises while they cannot be had.
        restarted: looks at the record after a start, before anybody goes on.

    Attributes:
        kills: how often the server was killed.
        usable_s: for each start after a kill, seconds until the pages could be had.
    """

    def __init__(
        self,
        server: RealServer,
        is_usable: Callable[[], None],
        restarted: Callable[[], None],
    ) -> None:
        self._server = server
        self._is_usable = is_usable
        self._restarted = restarted
        self.kills = 0
        self.usable_s: list[float] = []
        self._on = threading.Event()
        self._on.set()
        self._cutting: threading.Thread | None = None
        self._arranging = threading.Lock()
        self._trouble: Exception | None = None

    def cut(self, cut: Cut) -> None:
        """Arrange for a cut, once the cut before is over."""
        with self._arranging:
            self.settle()
            self._cutting = threading.Thread(target=self._cut, args=(cut,), name="mains")
            self._cutting.start()

    def settle(self) -> None:
        """Wait until the power is back for good. Raises what went wrong at the start, such as RuntimeError."""
        if self._cutting is not None:
            self._cutting.join()
        if self._trouble is not None:
            raise self._trouble

    def until_answered(self, send: Callable[[], Answer]) -> Answer:
        """Send, and send the same again while there is no answer. Raises Said for a refusal, NeverAnswered."""
        for _ in range(ATTEMPTS):
            if not self._on.wait(POWER_BACK_WITHIN_S) or self._trouble is not None:
                break
            try:
                return send()
            except UNANSWERED:
                time.sleep(PAUSE_S)
        raise NeverAnswered(f"一直没有答复：{self._trouble or ''}")

    def _cut(self, cut: Cut) -> None:
        try:
            time.sleep(cut.after_s)
            self._on.clear()
            self._kill()
            if cut.again_after_s is not None:
                self._server.launch()
                time.sleep(cut.again_after_s)
                self._kill()
            self._start()
        except Exception as trouble:
            self._trouble = trouble  # raised to whoever waits
        finally:
            self._on.set()

    def _kill(self) -> None:
        self._server.kill()
        self.kills += 1

    def _start(self) -> None:
        began = time.monotonic()
        self._server.launch()
        self._server.await_answer()
        self._is_usable()
        self.usable_s.append(time.monotonic() - began)
        self._restarted()
