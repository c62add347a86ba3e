"""The write-ahead log cut off (日志文件残缺): what a disk may leave of its last bytes when the power fails.

A meeting is held to its votes; the database and its log are copied as they stand after the last acknowledgement. The
log of each copy is then cut at every frame and at drawn bytes, or a sector of it is blank, and the real store opens it.

- What it holds is a beginning of the acknowledged history, whole commands only; with the whole log it is all of it.
- Its pages open, and sending everything again with the same ids completes it: nothing is there twice.
"""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from flask import Flask

from kiosk.app import create_app, open_store, utc_now
from kiosk.bench.faults.audit import Findings, audit
from kiosk.bench.faults.chance import drawn
from kiosk.bench.faults.sitting import DATABASE
from kiosk.bench.figures import SECRETARY
from kiosk.config import Settings
from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.commands import CastBallot, CheckIn, Command, OpenMeeting, OpenVote
from kiosk.core.terms import CommandId, Role
from kiosk.core.values import Actor
from kiosk.demo.story import MATTER, TODAY, VILLAGE
from kiosk.rehearsal.meeting import VOTE
from kiosk.rehearsal.server import rehearsal_settings
from kiosk.service import Kiosk
from kiosk.setting_up import found_demo
from kiosk.store.database import open_database
from kiosk.store.journal import SqlJournal

LOG_HEADER = 32
FRAME_HEADER = 24
SECTOR = 512
PAGES = ("/", "/signin", "/pair")

Act = tuple[Command, Actor, CommandId]


@dataclass(frozen=True, slots=True)
class Written:
    """A database and its log as they stood after the last acknowledgement, and how they came about."""

    settings: Settings
    acts: tuple[Act, ...]
    database: bytes
    log: bytes
    lines_before: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def frame_bytes(self) -> int:
        """How long one frame of the log is; the page size stands in the database's header."""
        return FRAME_HEADER + int.from_bytes(self.database[16:18], "big")

    @property
    def frames(self) -> int:
        """How many frames the log has."""
        return (len(self.log) - LOG_HEADER) // self.frame_bytes


@dataclass
class Cuts:
    """What came of the cuts."""

    frames: int = 0
    cuts: int = 0
    states: int = 0
    pages: int = 0
    findings: Findings = field(default_factory=Findings)


def write(folder: Path, seats: int) -> Written:
    """Hold a meeting of so many seats up to its last ballot, in this process, and copy what is on the disk."""
    settings = rehearsal_settings(folder, "card", film_height=360)
    _flask, engine = open_store(settings)
    found_demo(engine, settings, seats=seats)
    engine.dispose()
    kiosk = create_app(settings).parts.kiosk
    path = settings.data_dir / DATABASE
    _empty_the_log(path)
    before = kiosk.lines(VILLAGE)
    acts = tuple(_acts(kiosk))
    for command, actor, name in acts:
        kiosk.execute(VILLAGE, command, actor, name)
    return Written(
        settings=settings,
        acts=acts,
        database=path.read_bytes(),
        log=_log_of(path).read_bytes(),
        lines_before=tuple(before),
        lines=tuple(kiosk.lines(VILLAGE)),
    )


def _acts(kiosk: Kiosk) -> Iterator[Act]:
    seats = kiosk.village(VILLAGE).meetings[TODAY].seats.values()
    voters = [seat.person for seat in seats if seat.votes]
    commands: list[Command] = [CheckIn(TODAY, person) for person in voters]
    commands += [OpenMeeting(TODAY), OpenVote(TODAY, (MATTER,), VOTE, running_tally=True)]
    for number, command in enumerate(commands):
        yield command, SECRETARY, CommandId(f"officer-{number:04d}")
    for number, person in enumerate(voters):
        ballot = CastBallot(TODAY, VOTE, person, (Choice.FOR,), Channel.KIOSK_SCREEN)
        yield ballot, Actor(Role.VOTER, person), CommandId(f"ballot-{number:04d}")


def _empty_the_log(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def damaged(written: Written, random_cuts: int, seed: int) -> Iterator[bytes]:
    """The log cut at every frame, then cut or with a blank sector at so many drawn bytes; the whole one last."""
    log, frame = written.log, written.frame_bytes
    yield b""
    for number in range(written.frames):
        yield log[: LOG_HEADER + number * frame]
    for number in range(random_cuts):
        at = int(drawn(seed, "wal", number) * len(log))
        sector = at // SECTOR * SECTOR
        blank = log[:sector] + bytes(SECTOR) + log[sector + SECTOR :]
        yield log[:at] if number % 2 else blank[: len(log)]
    yield log


def cut_everywhere(
    folder: Path, written: Written, random_cuts: int, seed: int, shown_at_most: int | None = None
) -> Cuts:
    """Open the copy with each damaged log; each state that comes of it is also shown and completed once.

    `shown_at_most`: so many states alone, since that takes longest.
    """
    done = Cuts(frames=written.frames)
    states: set[int] = set()
    for log in damaged(written, random_cuts, seed):
        lines = _opened(_copy(written, log, folder / "cut"))
        shutil.rmtree(folder / "cut")
        done.cuts += 1
        _hold(done.findings, written, lines, is_whole=log == written.log)
        if len(lines) in states:
            continue
        states.add(len(lines))
        if shown_at_most is None or len(states) <= shown_at_most:
            done.pages += _complete(done.findings, written, log, folder / f"{len(lines)}")
    done.states = len(states)
    return done


def _copy(written: Written, log: bytes, folder: Path) -> Path:
    folder.mkdir()
    path = folder / DATABASE
    path.write_bytes(written.database)
    _log_of(path).write_bytes(log)
    return path


def _opened(path: Path) -> list[str]:
    """The journal as the real store reads it, replayed so that a broken chain would be noticed."""
    engine = open_database(Flask("cut"), f"sqlite:///{path}")
    try:
        kiosk = Kiosk(SqlJournal(engine), utc_now)
        kiosk.village(VILLAGE)
        return kiosk.lines(VILLAGE)
    finally:
        engine.dispose()


def _hold(findings: Findings, written: Written, lines: list[str], *, is_whole: bool) -> None:
    kept = len(lines)
    if tuple(lines) != written.lines[:kept] or kept < len(written.lines_before):
        findings.unverifiable.append(f"{kept}条不是日志的开头")
    if is_whole and kept != len(written.lines):
        findings.lost.append(f"日志文件完整，却只有{kept}条，应有{len(written.lines)}条")
    following = written.lines[kept : kept + 1]
    if following and _command(following[0]) == _command(lines[-1]):
        findings.unverifiable.append(f"第{kept}条之后：一个命令只记了一半")


def _command(line: str) -> str:
    command: str = json.loads(line)["command"]
    return command


def _complete(findings: Findings, written: Written, log: bytes, folder: Path) -> int:
    """Open its pages and send everything again; how many pages were opened."""
    settings = replace(written.settings, data_dir=folder)
    _copy(written, log, folder)
    application = create_app(settings)
    for page in PAGES:
        if application.flask.test_client().get(page, buffered=True).status_code != 200:  # noqa: PLR2004
            findings.unverifiable.append(f"{page} 打不开")
    kiosk = application.parts.kiosk
    for command, actor, name in written.acts:
        kiosk.execute(VILLAGE, command, actor, name)
    after = kiosk.lines(VILLAGE)
    findings.add(audit(after, []))
    if len(after) != len(written.lines):
        findings.double.append(f"重发以后有{len(after)}条，应有{len(written.lines)}条")
    return len(PAGES)
