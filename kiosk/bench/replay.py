"""`kiosk bench replay`: reading and folding 10,000 entries, against only parsing and hashing the same lines."""

import hashlib
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.app import create_app
from kiosk.bench.figures import SECRETARY, Figures
from kiosk.core.commands import CheckIn, CheckOut
from kiosk.core.events import CheckedIn
from kiosk.core.history import replay
from kiosk.core.journal import Entry, Head, chain, read
from kiosk.core.procedure import decide
from kiosk.core.terms import CommandId
from kiosk.core.votes.box import Sealed
from kiosk.demo.story import TODAY, VILLAGE
from kiosk.rehearsal.server import RealServer, rehearsal_settings
from kiosk.service import Kiosk

ENTRIES = 10_000
ROUNDS = 5


def report_replay(*, as_json: bool) -> str:
    """Measure replay and say it in Chinese, or as JSON."""
    figures = replay_time()
    if as_json:
        return json.dumps(figures)
    return (
        f"重放 {ENTRIES} 条日志 {figures['replay_s']:.2f} 秒（{ROUNDS} 次的中位数）\n"
        f"只解析和算校验值 {figures['parse_and_hash_s']:.2f} 秒 → 重放是它的 {figures['of_parse_and_hash']:.1f} 倍"
    )


def replay_time() -> Figures:
    """Median seconds to read and fold 10,000 entries, and only to parse and hash their lines."""
    with tempfile.TemporaryDirectory() as folder:
        lines = _long_journal(Path(folder))
    whole = _median(lambda: replay(map(read, lines)))
    bare = _median(lambda: [(json.loads(li), hashlib.sha256(li.encode()).digest()) for li in lines])
    return {
        "entries": len(lines),
        "replay_s": whole,
        "parse_and_hash_s": bare,
        "of_parse_and_hash": whole / bare,
    }


def _long_journal(folder: Path) -> list[str]:
    """The demonstration village's journal, with people coming and going until it is long enough."""
    server = RealServer(rehearsal_settings(folder, "card"), folder / "log")
    server.found()
    kiosk = create_app(server.settings).parts.kiosk
    lines = kiosk.lines(VILLAGE)
    village, head = kiosk.village(VILLAGE), kiosk.known(VILLAGE).head
    people = sorted(village.meetings[TODAY].seats)
    for number in range(ENTRIES - len(lines)):
        person = people[number // 2 % len(people)]
        command = CheckIn(TODAY, person) if number % 2 == 0 else CheckOut(TODAY, person)
        entry = _next_entry(kiosk, command, head, number)
        lines.append(entry.line)
        head = entry.head
    return lines


def _next_entry(kiosk: Kiosk, command: CheckIn | CheckOut, head: Head, number: int) -> Entry:
    # A village in which the person is just where the command needs him, without folding 10,000 states here.
    at = kiosk.now()
    village = kiosk.village(VILLAGE)
    if isinstance(command, CheckOut):
        arrived = CheckedIn(TODAY, command.person)
        village = village.with_meeting(village.meetings[TODAY].after(arrived, at))
    events = decide(village, command, SECRETARY, at)
    assert not isinstance(events, Sealed)
    (entry,) = chain(head, events, at=at, actor=SECRETARY, command=CommandId(f"bench-{number:05d}"))
    return entry


def _median(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)
