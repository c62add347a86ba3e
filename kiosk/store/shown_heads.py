"""The memory of the portal (公开栏的记性): every head it ever showed, in a file of its own outside the database.

One line a head, only ever appended, on the disk before the page that shows it leaves the kiosk. Whoever puts an older
database back does not put this file back with it. The kiosk and `kiosk publish` may remember at the same time.
"""

import fcntl
import json
import os
import threading
from pathlib import Path
from typing import BinaryIO

from kiosk.core.refusals import Malformed
from kiosk.core.shown import ShownHead, shown_head
from kiosk.store.durable import sync_folder


class ShownHeads:
    """Remembers heads in this file; made when the first one is shown."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._kept: list[ShownHead] = []
        self._size_bytes = 0

    def all(self) -> tuple[ShownHead, ...]:
        """Every head that was ever shown, in the order of their showing."""
        with self._lock:
            if self._path.exists():
                with self._path.open("rb") as file:
                    fcntl.flock(file, fcntl.LOCK_SH)
                    self._catch_up(file)
            return tuple(self._kept)

    def remember(self, shown: ShownHead) -> None:
        """Keep that this head is shown; it is on the disk when this returns. OSError where the disk does not take it.

        A head that is shown again at once is remembered by its first time.
        """
        with self._lock:
            if self._kept and self._kept[-1].head == shown.head:
                return
            is_new = not self._path.exists()
            with open(self._path, "ab+", opener=_private) as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                self._catch_up(file)
                if not self._kept or self._kept[-1].head != shown.head:
                    self._append(file, shown)
            if is_new:
                sync_folder(self._path.parent)

    def _catch_up(self, file: BinaryIO) -> None:
        """Read on from where it was read to; a line that the power cut short was never shown."""
        file.seek(self._size_bytes)
        told = file.read()
        whole = told[: told.rfind(b"\n") + 1]
        self._kept += [_read_line(line) for line in whole.decode().splitlines()]
        self._size_bytes += len(whole)

    def _append(self, file: BinaryIO, shown: ShownHead) -> None:
        line = f"{shown.line}\n".encode()
        file.truncate(self._size_bytes)  # half a line would spoil the next
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
        self._kept.append(shown)
        self._size_bytes += len(line)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _read_line(line: str) -> ShownHead:
    try:
        return shown_head(json.loads(line))
    except ValueError as error:
        raise Malformed("not a shown head") from error
