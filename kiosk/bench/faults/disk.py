"""A full disk (磁盘满): votes are refused in plain words, nothing is half written, and room made is enough to go on.

The real server keeps its data on a small disk in memory, which is filled up in the middle of a vote. To mount one
takes root; where it cannot be had the trial says so. `tests/shell/test_faults.py` tries the same on every machine by
`PRAGMA max_page_count`.
"""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

from kiosk.app import create_app
from kiosk.bench.faults.audit import Deed, Findings, audit, audit_count, journal_of
from kiosk.bench.faults.sitting import DATABASE
from kiosk.core.terms import DeviceKind
from kiosk.demo.story import MATTER, TODAY
from kiosk.rehearsal.meeting import SECRETARY, VOTE, choice_of
from kiosk.rehearsal.server import RealServer, rehearsal_settings
from kiosk.rehearsal.visitors import BallotScreen, Officer, Said
from kiosk.setting_up import Codes

SIZE_MB = 24
PEOPLE = 30
BEFORE = 10
"""Ballots before the disk is full."""
NOT_RECORDED = "没有记上"
BLOCK = 4096


class NoSmallDisk(Exception):
    """A small disk cannot be mounted here; the message says why."""


@dataclass
class Full:
    """What came of the full disk."""

    acknowledged: int = 0
    refused: int = 0
    told: set[str] = field(default_factory=set)
    findings: Findings = field(default_factory=Findings)


@contextmanager
def small_disk(folder: Path, size_mb: int = SIZE_MB) -> Iterator[Path]:
    """A disk of that size in memory, mounted at the folder. NoSmallDisk where it cannot be."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(folder)]
    try:
        made = subprocess.run(mount, capture_output=True, text=True, check=False)
    except OSError as error:
        raise NoSmallDisk(str(error)) from error
    if made.returncode:
        raise NoSmallDisk(made.stderr.strip())
    try:
        yield folder
    finally:
        # What still has a file open there keeps it: the disk goes when that is closed.
        unmount = ["umount", "--lazy", str(folder)]
        subprocess.run(unmount, check=True)


def fill(ballast: Path) -> None:
    """Write until there is no room for one more block."""
    with ballast.open("ab", buffering=0) as file:
        while True:
            try:
                file.write(os.urandom(BLOCK))
            except OSError:
                return


def vote_on_a_full_disk(folder: Path) -> Full:
    """Hold a vote in whose middle the disk is full, and go on when there is room. NoSmallDisk, Said."""
    with small_disk(folder / "data"):
        server = RealServer(
            rehearsal_settings(folder, "card", film_height=360), folder / "server.log"
        )
        codes = server.found(seats=PEOPLE)
        server.start()
        try:
            return _vote(server, codes, folder / "data" / "ballast")
        finally:
            server.stop()


def _vote(server: RealServer, codes: Codes, ballast: Path) -> Full:
    officer, screen, voters = _begun(server, codes)
    done, told = Full(), list[Deed]()
    path = server.settings.data_dir / DATABASE
    for place in range(BEFORE):
        told.append(_ballot(screen, voters, place))
    fill(ballast)
    tried = _until_refused(screen, voters, told, done)
    done.findings.add(audit(journal_of(path), told))
    _other_pages_open(officer, done)
    before = journal_of(path)
    for place in range(tried, len(voters)):
        _refused(screen, voters, place, done)
    if journal_of(path) != before:
        done.findings.unverifiable.append("没有记上的，日志里有")
    ballast.unlink()
    for place in range(tried, len(voters)):
        told.append(_ballot(screen, voters, place))
    officer.send("/console/close", meeting=TODAY, vote=VOTE)
    done.acknowledged = len(told)
    done.findings.add(audit(journal_of(path), told))
    done.findings.add(audit_count(journal_of(path), told, VOTE))
    return done


def _begun(server: RealServer, codes: Codes) -> tuple[Officer, BallotScreen, Sequence[str]]:
    """A vote that is open, an officer and a ballot screen."""
    officer, screen = Officer(server.url), BallotScreen(server.url)
    officer.sign_in(SECRETARY, next(c for person, _, _, c in codes.officers if person == SECRETARY))
    screen.pair(dict(codes.screens)[DeviceKind.BALLOT])
    seats = create_app(server.settings).parts.village().meetings[TODAY].seats.values()
    voters = [seat.person for seat in seats if seat.votes]
    for person in voters:
        officer.send("/checkin/in", meeting=TODAY, person=person)
    officer.send("/console/open", meeting=TODAY)
    officer.send("/console/vote", meeting=TODAY, matter=MATTER, running_tally="yes")
    return officer, screen, voters


def _ballot(screen: BallotScreen, voters: Sequence[str], place: int) -> Deed:
    """Cast the ballot of that place; the deed, once it is acknowledged."""
    person, choice = voters[place], choice_of(place).value
    screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=person)
    screen.send("/ballot/cast", choice=choice)
    return Deed(person=person, choice=choice)


def _until_refused(
    screen: BallotScreen, voters: Sequence[str], told: list[Deed], done: Full
) -> int:
    """Cast on; the log may have room left in it. Gives the place of the first that is refused."""
    for place in range(BEFORE, len(voters)):
        if _refused(screen, voters, place, done):
            return place
        told.append(Deed(person=voters[place], choice=choice_of(place).value))
    raise RuntimeError("the disk is full, and the database still had room for every ballot")


def _refused(screen: BallotScreen, voters: Sequence[str], place: int, done: Full) -> bool:
    try:
        _ballot(screen, voters, place)
    except Said as said:
        done.refused += 1
        done.told.add(said.what)
        if NOT_RECORDED not in said.what:
            done.findings.unverifiable.append(f"磁盘满时说的是：{said}")
        return True
    return False


def _other_pages_open(officer: Officer, done: Full) -> None:
    for path in ("/", "/console/", "/hall/"):
        answer = officer.session.get(officer.url + path, timeout=30)
        if answer.status_code != requests.codes.ok:
            done.findings.unverifiable.append(f"磁盘满时 {path} 打不开：{answer.status_code}")
