"""`kiosk bench votes`: durable ballots a second through the real server.

Against an empty POST on the same server, and against bare durable commits of as many bytes into a database of the same
kind on the same disk, in the same run.
"""

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
from kiosk.bench.figures import SECRETARY, Figures
from kiosk.core.commands import CheckIn, OpenMeeting, OpenVote
from kiosk.core.terms import CommandId, DeviceKind, PersonId, VoteId
from kiosk.demo.story import MATTER, TODAY, VILLAGE
from kiosk.rehearsal.server import RealServer, rehearsal_settings
from kiosk.rehearsal.visitors import BallotScreen
from kiosk.service import Kiosk
from kiosk.setting_up import FIRST_PAIRING_LASTS, pairing_code

CLIENTS = 8
BALLOTS = 400
EMPTY_POSTS = 800
VOTE = VoteId("bench-vote")


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
