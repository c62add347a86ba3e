"""What somebody can gather of a secret vote who has everything but the key: each file after each ballot, each byte.

He stands in the hall, so he knows in what order the people voted. He has copies of all files as they were after every
ballot (a disk that was seized, a stick that was plugged in), but never of the folder `box-keys`. He knows the result.
He has watched votes before, and learned their ballots from the voters themselves.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

PAGE_BYTES = 4096
WAL_HEADER, FRAME_HEADER = 32, 24
NOT_HIS = "box-keys"


@dataclass
class Step:
    """What one ballot changed.

    new: by source, the bytes that were added; changed: by page, the bytes before and after; numbers: sizes and times.
    """

    new: dict[str, bytes] = field(default_factory=dict)
    changed: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)


@dataclass
class Trace:
    """One vote: who voted in this order, a step for each, what is there afterwards; and what was to be kept secret."""

    people: list[str]
    choices: list[str]
    steps: list[Step] = field(default_factory=list)
    rest: dict[str, bytes] = field(default_factory=dict)
    tables: dict[str, list[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    sequences: dict[str, list[str]] = field(default_factory=dict)


class Observer:
    """Looks again and again at everything in these folders, and tells what is different."""

    def __init__(self, *folders):
        self._folders = folders
        self._files = {}
        self._written = {}
        self._pages = {}
        self.look()

    def paths(self):
        """By name, without the folders above."""
        found = ((f, path) for f in self._folders for path in sorted(f.rglob("*")))
        return {
            str(path.relative_to(folder)): path
            for folder, path in found
            if path.is_file() and NOT_HIS not in path.parts
        }

    def look(self):
        """What has changed since the last look."""
        step = Step()
        for name, path in self.paths().items():
            try:
                stat, content = path.stat(), path.read_bytes()
            except FileNotFoundError:  # gone in this moment
                continue
            before = self._files.get(name, b"")
            if content == before:
                continue
            step.numbers[f"size of {name}"] = len(content)
            step.times[f"writing of {name}"] = stat.st_mtime - self._written.get(name, 0)
            self._compare(step, name, before, content)
            self._files[name], self._written[name] = content, stat.st_mtime
        return step

    def _compare(self, step, name, before, now):
        if name.endswith("-wal"):
            self._frames(step, before, now)
        elif before and now.startswith(before):
            step.new[name] = now[len(before) :]
        else:
            for at in range(0, len(now), PAGE_BYTES):
                was, is_ = before[at : at + PAGE_BYTES], now[at : at + PAGE_BYTES]
                if was != is_:
                    step.changed[f"{name} at {at}"] = (was, is_)
            self._main_pages(name, now)

    def _main_pages(self, name, content):
        if name.endswith(".sqlite3"):
            for number in range(len(content) // PAGE_BYTES):
                image = content[number * PAGE_BYTES : (number + 1) * PAGE_BYTES]
                self._pages.setdefault(number + 1, image)

    def _frames(self, step, before, now):
        """Every frame of the write-ahead log that is new: which page, as it was and as it is."""
        count = 0
        length = FRAME_HEADER + PAGE_BYTES
        for at in range(WAL_HEADER, len(now), length):
            frame = now[at : at + length]
            if frame == before[at : at + length]:
                continue
            number = int.from_bytes(frame[:4], "big")
            image = frame[FRAME_HEADER:]
            step.changed[f"page {number} frame {count}"] = (self._pages.get(number, b""), image)
            self._pages[number] = image
            count += 1
        step.numbers["frames"] = count

    def everything(self):
        """Every file as it is now."""
        self.look()
        return dict(self._files)


def tables_of(database: Path):
    """Each table in the order of its rows, and in the order of each of its columns: a line a row."""
    told = {}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        names = connection.execute("select name from sqlite_master where type = 'table'")
        for (table,) in names.fetchall():
            columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
            for column in ("rowid", *columns):
                try:
                    rows = connection.execute(f'select * from "{table}" order by "{column}"')
                except sqlite3.OperationalError:  # a table without a rowid
                    continue
                told[f"{table} by {column}"] = [" ".join(map(str, row)) for row in rows]
    return told
