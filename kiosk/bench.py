"""`kiosk bench`: figures with a ratio against a limit measured in the same run, since machines are noisy.

- votes: durable ballots a second through the real server, against an empty POST on the same server, and against
  bare durable commits of as many bytes into a database of the same kind on the same disk.
- replay: reading and folding 10,000 entries, against only parsing and hashing the same lines.
"""

import hashlib
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

from kiosk.app import create_app, new_token, utc_now
from kiosk.core.commands import CheckIn, CheckOut, OpenMeeting, OpenVote
from kiosk.core.events import CheckedIn
from kiosk.core.history import replay
from kiosk.core.journal import Head, chain, read
from kiosk.core.procedure import decide
from kiosk.core.terms import CommandId, DeviceKind, PersonId, Role, VoteId
from kiosk.core.values import Actor
from kiosk.demo.story import MATTER, TODAY, VILLAGE
from kiosk.rehearsal.server import RealServer, rehearsal_settings
from kiosk.rehearsal.visitors import BallotScreen
from kiosk.service import Kiosk
from kiosk.setting_up import FIRST_PAIRING_LASTS, pairing_code

CLIENTS = 8
BALLOTS = 400
EMPTY_POSTS = 800
ENTRIES = 10_000
ROUNDS = 5
SECRETARY = Actor(Role.SECRETARY, PersonId("p0003"))
VOTE = VoteId("bench-vote")

Figures = dict[str, float | int]


def report_votes(*, as_json: bool) -> str:
    """Measure votes and say it in Chinese, or as JSON."""
    figures = votes()
    if as_json:
        return json.dumps(figures)
    return (
        f"可靠记票 {figures['votes_per_s']:.0f} 票/秒（{CLIENTS} 块表决屏，每票两次请求，断电不丢）\n"
        f"同一服务器的空请求 {figures['empty_posts_per_s']:.0f} 次/秒 → 记票是它的 {figures['of_empty_post']:.2f} 倍\n"
        f"同一磁盘的裸提交 {figures['bare_commits_per_s']:.0f} 次/秒 → 记票是它的 {figures['of_bare_commit']:.2f} 倍"
    )


def votes() -> Figures:
    """Durable ballots a second, with both limits of the same run."""
    with tempfile.TemporaryDirectory() as folder:
        server = RealServer(rehearsal_settings(Path(folder), "card"), Path(folder) / "log")
        server.found(seats=BALLOTS)
        voters = _everybody_waits_to_vote(server)
        codes = _pairing_codes(server)
        server.start()
        try:
            screens = [BallotScreen(server.url) for _ in range(CLIENTS)]
            for screen, code in zip(screens, codes, strict=True):
                screen.pair(code)
            empty = _rate(EMPTY_POSTS, screens, lambda screen, _n: screen.send("/comfort"))
            cast = _rate(BALLOTS, screens, partial(_cast, voters))
            line_bytes = statistics.mean(
                map(len, create_app(server.settings).parts.kiosk.lines(VILLAGE))
            )
        finally:
            server.stop()
        bare = _bare_commits(Path(folder) / "bare.sqlite3", round(line_bytes))
    return {
        "clients": CLIENTS,
        "ballots": BALLOTS,
        "votes_per_s": cast,
        "empty_posts_per_s": empty,
        "bare_commits_per_s": bare,
        "of_empty_post": cast / empty,
        "of_bare_commit": cast / bare,
    }


def _everybody_waits_to_vote(server: RealServer) -> list[PersonId]:
    kiosk = create_app(server.settings).parts.kiosk
    meeting = kiosk.village(VILLAGE).meetings[TODAY]
    voters = sorted(meeting.entitled)
    for person in voters:
        _do(kiosk, CheckIn(TODAY, person))
    _do(kiosk, OpenMeeting(TODAY))
    _do(kiosk, OpenVote(TODAY, (MATTER,), VOTE, running_tally=True))
    return voters


def _do(kiosk: Kiosk, command: CheckIn | OpenMeeting | OpenVote) -> None:
    kiosk.execute(VILLAGE, command, SECRETARY, CommandId(new_token()))


def _pairing_codes(server: RealServer) -> list[str]:
    devices = create_app(server.settings).parts.devices
    until = utc_now() + FIRST_PAIRING_LASTS
    return [pairing_code(devices, VILLAGE, DeviceKind.BALLOT, until) for _ in range(CLIENTS)]


def _cast(voters: Sequence[PersonId], screen: BallotScreen, number: int) -> None:
    screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=voters[number])
    screen.send("/ballot/cast", choice="for")


def _rate(
    times: int, screens: Sequence[BallotScreen], work: Callable[[BallotScreen, int], object]
) -> float:
    """Times a second that the screens together get the work done, each one after the other."""

    def lane(first: int) -> None:
        for number in range(first, times, len(screens)):
            work(screens[first], number)

    began = time.perf_counter()
    with ThreadPoolExecutor(len(screens)) as pool:
        list(pool.map(lane, range(len(screens))))
    return times / (time.perf_counter() - began)


def _bare_commits(path: Path, size_bytes: int) -> float:
    """Commits a second of one row of so many bytes, WAL and synchronous=FULL, by one writer."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE line (seq INTEGER PRIMARY KEY, text TEXT)")
        began = time.perf_counter()
        for seq in range(BALLOTS):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO line VALUES (?, ?)", (seq, "x" * size_bytes))
            connection.execute("COMMIT")
        return BALLOTS / (time.perf_counter() - began)


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
    village, head = kiosk.village(VILLAGE), read(lines[-1]).head
    people = sorted(village.meetings[TODAY].seats)
    for number in range(ENTRIES - len(lines)):
        person = people[number // 2 % len(people)]
        command = CheckIn(TODAY, person) if number % 2 == 0 else CheckOut(TODAY, person)
        lines.append(_next_line(kiosk, command, head, number))
        head = Head(head.seq + 1, hashlib.sha256(lines[-1].encode()).hexdigest())
    return lines


def _next_line(kiosk: Kiosk, command: CheckIn | CheckOut, head: Head, number: int) -> str:
    # A village in which the person is just where the command needs him, without folding 10,000 states here.
    at = kiosk.now()
    village = kiosk.village(VILLAGE)
    if isinstance(command, CheckOut):
        arrived = CheckedIn(TODAY, command.person)
        village = village.with_meeting(village.meetings[TODAY].after(arrived, at))
    events = decide(village, command, SECRETARY, at)
    (entry,) = chain(head, events, at=at, actor=SECRETARY, command=CommandId(f"bench-{number:05d}"))
    return entry.line


def _median(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)
