"""`kiosk bench votes`: ballots through the real server before N screens that watch, beside the limits of the machine.

The server is a process of its own, so are the screens and the hands that tap. Everything goes over loopback.
"""

import resource
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kiosk.bench import casting, usage
from kiosk.bench.assembly import Assembly, assemble
from kiosk.bench.figures import Figures
from kiosk.bench.hands import Plan, Tap, Tapped, tap_all
from kiosk.bench.lengths import cost_by_length
from kiosk.bench.limits import LINE_BYTES, bare_broadcast, bare_commits
from kiosk.bench.watching import NEVER, Seen, Watchers
from kiosk.core.terms import DeviceKind, PersonId


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured.

    Attributes:
        lanes: voters at full speed at once.
        full: ballots in one round at full speed; `rounds` such rounds, of which the median counts.
        timed: ballots at the given rate.
        phones: voters who come within `phones_s` seconds, each with a session and a connection of his own, while
            `phones_watched` screens watch.
        long: entries of the long journal.
    """

    lanes: int = 50
    full: int = 300
    rounds: int = 3
    timed: int = 300
    phones: int = 2000
    phones_s: float = 20.0
    phones_watched: int = 50
    long: int = 1_000_000


USUAL = Sizes()


def votes(clients: int, per_second: float, sizes: Sizes = USUAL) -> Figures:
    """Votes before so many screens: at full speed, then so many a second; with the limits of the same run."""
    seats = sizes.full * (sizes.rounds + 1) + sizes.timed
    with _in_session(seats, clients + 1) as assembly:
        voters = iter(assembly.voters)
        rounds = [
            casting.each_alone(assembly, _next(voters, sizes.full)) for _ in range(sizes.rounds)
        ]
        in_turn = casting.at_screens(assembly, _next(voters, sizes.full), sizes.lanes)
        timed_voters = _next(voters, sizes.timed)
        timed = casting.at_screens(assembly, timed_voters, sizes.timed)
        pids = _started(assembly)
        before = usage.resident_bytes(pids)
        watchers = _watchers(assembly, clients)
        memory = usage.resident_bytes(pids) - before
        figures = _at_full_speed(assembly, rounds, in_turn, sizes)
        in_time, cores = _in_time(assembly, timed, per_second, pids)
        ballots = assembly.ballots()
        seen = watchers.end([ballots.get(person, NEVER) for person in timed_voters])
        folder = assembly.server.settings.data_dir
        commits = [
            bare_commits(folder / "bare.sqlite3", sizes.full, LINE_BYTES)
            for _ in range(sizes.rounds)
        ]
    broadcast = bare_broadcast(clients, seen.picture_bytes)
    return {
        "clients": clients,
        "seats": seats,
        **figures,
        "bare_commits_per_s": statistics.median(commits),
        "rate_per_s": per_second,
        **_percentiles("ack", [tapped.took_s for tapped in in_time]),
        **_percentiles("last_screen", _until_last(in_time, seen)),
        "server_cores": cores,
        **_percentiles("bare_broadcast", broadcast),
        "picture_bytes": seen.picture_bytes,
        "kb_per_client": memory / clients / 1000,
        "broken_pictures": seen.broken,
        "errors": figures["errors"] + sum(not tapped.good for tapped in in_time),
    }


def phones(sizes: Sizes = USUAL) -> Figures:
    """A whole assembly votes by its own phones within seconds, each with a slip and a connection of his own."""
    with _in_session(sizes.phones, sizes.phones_watched) as assembly:
        voters = assembly.voters[: sizes.phones]
        taps = casting.on_phones(assembly, voters)
        pids = _started(assembly)
        watchers = _watchers(assembly, sizes.phones_watched)
        plan = Plan(per_second=sizes.phones / sizes.phones_s, new_lines=True)
        cpu_s = usage.cpu_s(pids)
        done = tap_all(assembly.address, taps, plan)
        cpu_s = usage.cpu_s(pids) - cpu_s
        ballots = assembly.ballots()
        seen = watchers.end([ballots[person] for person in voters if person in ballots])
    return {
        "phones": sizes.phones,
        "within_s": _lasted_s(done),
        "screens": sizes.phones_watched,
        "errors": sum(not tapped.good for tapped in done),
        "ballots": len(ballots),
        **_percentiles("ack", [tapped.took_s for tapped in done]),
        "server_cores": cpu_s / _lasted_s(done),
        "broken_pictures": seen.broken,
    }


def journal_length(sizes: Sizes = USUAL) -> Figures:
    """The cost of a vote on a short journal and on a very long one."""
    with tempfile.TemporaryDirectory() as folder:
        return cost_by_length(assemble(Path(folder), sizes.full * 2, 1), sizes.long)


@contextmanager
def _in_session(seats: int, screens: int) -> Iterator[Assembly]:
    """An assembly in a folder that is gone afterwards, its server stopped."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # every socket is an open file
    with tempfile.TemporaryDirectory() as folder:
        assembly = assemble(Path(folder), seats, screens)
        try:
            yield assembly
        finally:
            assembly.server.stop()


def _started(assembly: Assembly) -> list[int]:
    """Start the server and use each kind of page once, so that what is loaded late is loaded; its processes."""
    warming = casting.empty(assembly, 1, 20)
    assembly.server.start()
    assert assembly.server.process is not None
    tap_all(assembly.address, warming, Plan(lanes=1))
    _watchers(assembly, 20).end([])
    return usage.serving(assembly.server.process.pid)


def _watchers(assembly: Assembly, number: int) -> Watchers:
    screens = assembly.pair(DeviceKind.HALL, [None] * number)
    return Watchers(assembly.address, [screen.cookie for screen in screens])


def _next(voters: Iterator[PersonId], number: int) -> list[PersonId]:
    return list(islice(voters, number))


def _at_full_speed(
    assembly: Assembly, rounds: Sequence[list[Tap]], in_turn: list[Tap], sizes: Sizes
) -> Figures:
    """Empty POSTs and ballots by turns, so that what else the machine does is shared fairly; medians."""
    empty, cast, errors, lanes = [], [], 0, Plan(lanes=sizes.lanes)
    for taps in rounds:
        nothing = tap_all(assembly.address, casting.empty(assembly, sizes.lanes, len(taps)), lanes)
        ballots = tap_all(assembly.address, taps, lanes)
        empty.append(_rate(nothing))
        cast.append(_rate(ballots))
        errors += sum(not tapped.good for tapped in [*nothing, *ballots])
    named = tap_all(assembly.address, in_turn, lanes)
    return {
        "voters_at_once": sizes.lanes,
        "votes_per_s": statistics.median(cast),
        "empty_posts_per_s": statistics.median(empty),
        "of_empty_post": statistics.median(c / e for c, e in zip(cast, empty, strict=True)),
        "screen_votes_per_s": _rate(named),
        "errors": errors + sum(not tapped.good for tapped in named),
    }


def _in_time(
    assembly: Assembly, taps: list[Tap], per_second: float, pids: list[int]
) -> tuple[list[Tapped], float]:
    """Taps at that rate, and the cores that the server used meanwhile."""
    cpu_s = usage.cpu_s(pids)
    done = tap_all(assembly.address, taps, Plan(per_second=per_second))
    return done, (usage.cpu_s(pids) - cpu_s) / _lasted_s(done)


def _until_last(done: Sequence[Tapped], seen: Seen) -> list[float]:
    return [last - tapped.due for tapped, last in zip(done, seen.last_s, strict=True)]


def _lasted_s(done: Sequence[Tapped]) -> float:
    return max(tapped.answered for tapped in done) - min(tapped.due for tapped in done)


def _rate(done: Sequence[Tapped]) -> float:
    return len(done) / _lasted_s(done)


def _percentiles(name: str, seconds: Sequence[float]) -> Figures:
    """Milliseconds that 50, 95 and 99 of a hundred stay within."""
    ordered = sorted(seconds)
    return {
        f"{name}_p{p}_ms": ordered[min(len(ordered) - 1, len(ordered) * p // 100)] * 1000
        for p in (50, 95, 99)
    }
