"""The parts of a meeting's film: their names, their facts, and who may write to their folder."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from .boxes import length_ms
from .chain import Link, write_through
from .segments import Segment, segments

SEALED = "sealed.jsonl"
_POLL_S = 0.05


class FolderBusy(OSError):
    """Another recorder still writes to the folder."""


@dataclass(frozen=True, slots=True)
class Part:
    """A complete part: `bytes` long, with the hash of the whole file.

    `began_at` and `ended_at` are unix seconds, taken from the chain; `duration_ms` is the length
    of its picture. `fragments` and `chain` are the head of the film's chain at its end. `head` is how
    many bytes at its beginning a player needs first, `segments` what it then fetches one by one.
    """

    name: str
    bytes: int
    sha256: str
    began_at: float
    ended_at: float
    duration_ms: int
    fragments: int
    chain: str
    head: int = 0
    segments: tuple[Segment, ...] = ()


def describe(folder: Path, links: list[Link], sha256: str) -> Part:
    """Return the facts of the part that `links` (all of it, at least two) make up."""
    head, last = links[0], links[-1]
    path = folder / head.part
    return Part(
        name=head.part,
        bytes=last.end,
        sha256=sha256,
        began_at=head.t,
        ended_at=last.t,
        duration_ms=length_ms(path, links),
        fragments=last.count,
        chain=last.h,
        head=head.len,
        segments=segments(path, links),
    )


def seal(folder: Path, part: Part) -> None:
    """Remember for ever that `part` is complete. Raises OSError."""
    file = os.open(folder / SEALED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        write_through(file, json.dumps(_told(part)).encode() + b"\n")
    finally:
        os.close(file)


def _told(part: Part) -> dict[str, Any]:
    plays = [[one.offset, one.length, one.seconds] for one in part.segments]
    return {field.name: getattr(part, field.name) for field in fields(part)} | {"segments": plays}


def sealed_parts(folder: Path) -> list[Part]:
    """Return every part that was ever completed, also while no server was listening."""
    path = folder / SEALED
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    return [_read(json.loads(line)) for line in lines if line.endswith(b"}\n")]


def _read(told: dict[str, Any]) -> Part:
    plays = tuple(Segment(*one) for one in told.pop("segments", ()))
    return Part(**told, segments=plays)


def next_part(folder: Path) -> Path:
    """Return the path of the part after the last the folder holds: part-0001.mp4 and on."""
    numbers = [int(path.stem[5:]) for path in part_files(folder)]
    return folder / f"part-{max(numbers, default=0) + 1:04d}.mp4"


def part_files(folder: Path) -> list[Path]:
    """Return the parts in the folder, oldest first."""
    return sorted(path for path in folder.glob("part-*.mp4") if path.stem[5:].isdigit())


@contextmanager
def only_writer(folder: Path, wait_s: float) -> Iterator[None]:
    """Be the only one to change the folder; the kernel lets go when the process dies.

    A server that restarts quickly would else cut a part which the recorder of the server before
    is still completing. Raises FolderBusy after `wait_s` seconds.
    """
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _wait_for(lock, time.monotonic() + wait_s)
        yield
    finally:
        os.close(lock)


def _wait_for(lock: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                raise FolderBusy("另一个录像进程还在写这个文件夹") from error
            time.sleep(_POLL_S)
        else:
            return
