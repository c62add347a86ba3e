"""JSON lines between the server and the recorder process: orders come in, reports go out."""

import json
import logging
import os
import select
import time
from collections.abc import Mapping
from typing import Protocol

_CHUNK = 65536
_PATIENCE_S = 0.2

Order = Mapping[str, object]
_log = logging.getLogger(__name__)


class Say(Protocol):
    """Reports an event to the server."""

    def __call__(self, event: str, **facts: object) -> None:
        """Send `event` with its facts; never raises."""


class Orders:
    """Orders as they come on a file descriptor.

    They are polled between frames: no thread is needed, so none can hold up the end of the
    process.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._rest = b""
        self._ready: list[Order] = []
        self.ended = False  # the server closed its end, or is dead

    def first(self) -> Order | None:
        """Wait for the first order; None when the server ended without one."""
        while not self.ended:
            if orders := self.poll(wait_s=None):
                order, *self._ready = orders
                return order
        return None

    def poll(self, wait_s: float | None = 0) -> list[Order]:
        """Return the orders that have come; waits at most `wait_s` seconds, None is for ever."""
        orders, self._ready = self._ready, []
        if self.ended or not select.select([self._descriptor], [], [], wait_s)[0]:
            return orders
        data = os.read(self._descriptor, _CHUNK)
        self.ended = not data
        *lines, self._rest = (self._rest + data).split(b"\n")
        return orders + [order for order in map(_read, lines) if order]


def _read(line: bytes) -> Order:
    """Read one line; one that is not an order is logged and dropped, the film must go on."""
    try:
        order: object = json.loads(line)
    except ValueError:
        order = None
    if isinstance(order, dict):
        return order
    _log.warning("not an order: %r", line[:200])
    return {}


class Reports:
    """Writes reports to a file descriptor; a server that is dead or stuck must not stop the film.

    A pipe that `select` calls writable takes a line of ours (below 4 kB) without blocking. What
    a stuck server misses it finds in `sealed.jsonl`.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __call__(self, event: str, **facts: object) -> None:
        """Send `event`; `at`, unix seconds, is now unless given."""
        # The wall clock: a report is about the world outside, and this process has no server
        # to ask for the time.
        report = {"event": event, "at": round(time.time(), 3)} | facts
        line = json.dumps(report, ensure_ascii=False).encode() + b"\n"
        try:
            if select.select([], [self._descriptor], [], _PATIENCE_S)[1]:
                os.write(self._descriptor, line)
        except OSError as error:
            _log.warning("nobody hears %s: %s", event, error)
