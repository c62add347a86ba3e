"""Hands that tap: a process of its own that sends POSTs as pages do, each after the other or at a given rate.

An open loop counts from the moment a tap was due, so that a server that is late is not asked more gently.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue

from kiosk.bench.wire import Address, Ask, Line

FINGERS = 200
"""Taps that may be under way at once in an open loop."""


@dataclass(frozen=True, slots=True)
class Tap:
    """What one tap costs: POSTs that go before, untimed, and the one that is answered with ✓."""

    last: Ask
    before: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True)
class Tapped:
    """When a tap was due and when ✓ came, in seconds of the monotonic clock."""

    due: float
    answered: float
    good: bool

    @property
    def took_s(self) -> float:
        """From tap to ✓."""
        return self.answered - self.due


@dataclass(frozen=True, slots=True)
class Plan:
    """How the taps come: so many lanes at full speed, or so many a second on lines that are kept or on new ones."""

    lanes: int = 0
    per_second: float = 0.0
    new_lines: bool = False


@dataclass(slots=True)
class _Lines:
    """Connections that wait for their next tap."""

    address: Address
    new: bool
    idle: SimpleQueue[Line] = field(default_factory=SimpleQueue)

    def take(self) -> Line:
        try:
            return self.idle.get_nowait()
        except Empty:
            return Line(self.address)

    def give_back(self, line: Line) -> None:
        if self.new:
            line.close()
        else:
            self.idle.put(line)


def tap_all(address: Address, taps: list[Tap], plan: Plan) -> list[Tapped]:
    """Have a process of its own do all the taps; in the order of the taps."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_tap, args=(theirs, address, taps, plan), daemon=True)
    process.start()
    theirs.close()  # so that its death is heard
    done: list[Tapped] = ours.recv()
    process.join()
    return done


def _tap(pipe: Connection, address: Address, taps: list[Tap], plan: Plan) -> None:
    pipe.send(_in_lanes(address, taps, plan.lanes) if plan.lanes else _in_time(address, taps, plan))


def _in_lanes(address: Address, taps: list[Tap], lanes: int) -> list[Tapped]:
    done: list[Tapped | None] = [None] * len(taps)

    def lane(first: int) -> None:
        line = Line(address)
        for number in range(first, len(taps), lanes):
            done[number] = _one(line, taps[number], None)
        line.close()

    with ThreadPoolExecutor(lanes) as pool:
        list(pool.map(lane, range(lanes)))
    return [tapped for tapped in done if tapped is not None]


def _in_time(address: Address, taps: list[Tap], plan: Plan) -> list[Tapped]:
    lines = _Lines(address, plan.new_lines)

    def one(tap: Tap, due: float) -> Tapped:
        try:
            line = lines.take()
            tapped = _one(line, tap, due)
            lines.give_back(line)
        except OSError:
            return Tapped(due, time.monotonic(), good=False)
        return tapped

    with ThreadPoolExecutor(FINGERS) as pool:
        began, waiting = time.monotonic() + 0.2, []
        for number, tap in enumerate(taps):
            due = began + number / plan.per_second
            time.sleep(max(0.0, due - time.monotonic()))
            waiting.append(pool.submit(one, tap, due))
        return [future.result() for future in waiting]


def _one(line: Line, tap: Tap, due: float | None) -> Tapped:
    good = all(line.ask(ask).startswith(ask.good) for ask in tap.before)
    if tap.before or due is None:
        due = time.monotonic()
    good &= line.ask(tap.last).startswith(tap.last.good)
    return Tapped(due, time.monotonic(), good)
