"""The chain: one durable line in `chain.jsonl` for each fragment of film, each bound to all before.

h = SHA-256(h of the line before || the fragment's bytes); before the first line h is 32 zero bytes.
"""

import hashlib
import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

CHAIN = "chain.jsonl"
_GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Link:
    """One line: the fragment's part, number, place (bytes) in it, wall clock and hash.

    Not in the line: `until` is the length of the chain file up to the line's end, `count` how many lines it then has.
    """

    part: str
    i: int
    off: int
    len: int
    t: float
    h: str
    until: int = 0
    count: int = 0

    @property
    def end(self) -> int:
        """The length of the part up to this fragment's end, bytes."""
        return self.off + self.len


def read_chain(folder: Path, *, without: Collection[str] = ()) -> list[Link]:
    """Return the whole lines of the folder's chain; a torn line and what follows it is left out.

    The lines of the parts `without` are passed over unread: hours of film have tens of thousands.
    """
    path = folder / CHAIN
    links: list[Link] = []
    until = 0
    passed = tuple(f'"{part}"'.encode() for part in without)
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    for count, line in enumerate(lines, start=1):
        until += len(line)
        if not line.endswith(b"\n"):
            break
        if any(name in line for name in passed):
            continue
        try:
            links.append(Link(**json.loads(line), until=until, count=count))
        except (ValueError, TypeError):
            break
    return links


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain of a meeting's film ends: how many fragments, and the hash of the last, hexadecimal.

    It never ends with the bare head of a part, which a crash would take back.
    """

    fragments: int = 0
    chain: str = _GENESIS.hex()


def head_of(links: list[Link]) -> Head:
    """The head of a chain with these lines."""
    return next((Head(link.count, link.h) for link in reversed(links) if link.i > 0), Head())


class Chain:
    """Appends to a folder's chain; used by one thread at a time, but for `head`, which any may read."""

    def __init__(self, folder: Path) -> None:
        """Go on after the last line; the folder must have been recovered. Raises OSError."""
        links = read_chain(folder)
        self._h = bytes.fromhex(links[-1].h) if links else _GENESIS
        self._count = len(links)
        self.head = head_of(links)
        self._file = os.open(folder / CHAIN, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self._length = os.fstat(self._file).st_size

    def append(self, *, part: str, i: int, off: int, t: float, fragment: bytes) -> Link:
        """Bind `fragment` to the chain, wait for the disk and return the new link.

        OSError (disk full): the chain is then as it was, without a torn line.
        """
        h = hashlib.sha256(self._h + fragment).digest()
        fact = {"part": part, "i": i, "off": off, "len": len(fragment), "t": t, "h": h.hex()}
        line = json.dumps(fact).encode() + b"\n"
        try:
            write_through(self._file, line)
        except OSError:
            os.ftruncate(self._file, self._length)
            raise
        self._h, self._count, self._length = h, self._count + 1, self._length + len(line)
        link = Link(part, i, off, len(fragment), t, h.hex(), until=self._length, count=self._count)
        if i > 0:
            self.head = Head(link.count, link.h)
        return link

    def close(self) -> None:
        """Close the file; every line is on the disk already."""
        os.close(self._file)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names of the files in `folder`. Raises OSError."""
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def write_through(file: int, data: bytes) -> None:
    """Write all of `data` to a file descriptor and wait until the disk has it. Raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
    os.fdatasync(file)
