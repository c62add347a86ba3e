"""Where the muxer writes: cuts its bytes into fragments and makes each durable before the next."""

import hashlib
import os
import queue
import struct
import threading
import time
from pathlib import Path

from .chain import Chain, Link, sync_folder, write_through

_HEADER = 8
_LAST_BOX = (b"moov", b"mdat")  # the box that completes the head of a part, or a fragment
_WAITING = 64  # fragments, 32 s of film: a disk that is slow for so long is broken


class FragmentSink:
    """A file to PyAV; a thread of its own waits for the disk, so that frames do not.

    After a disk error (`failure`) everything more is thrown away and the file ends with the last
    whole fragment, so that it stays playable.
    """

    def __init__(self, path: Path, chain: Chain) -> None:
        """Create the part; OSError when it exists already or the folder refuses."""
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        sync_folder(path.parent)
        self._part = path.name
        self._chain = chain
        self._bytes = bytearray()
        self._whole = 0  # how much of _bytes is whole boxes
        self._fragments: queue.Queue[tuple[bytes, float] | None] = queue.Queue(_WAITING)
        self._sha256 = hashlib.sha256()
        self.links: list[Link] = []
        self.failure: OSError | None = None
        self._thread = threading.Thread(target=self._store_all, name=f"disk {self._part}")
        self._thread.start()

    @property
    def sha256(self) -> str:
        """The hash of the file as it is on the disk, hexadecimal."""
        return self._sha256.hexdigest()

    @property
    def size(self) -> int:
        """Bytes of the file that are on the disk."""
        return self.links[-1].end if self.links else 0

    def write(self, data: bytes) -> int:
        """Take bytes of the muxer; hand on every fragment they complete."""
        self._bytes += data
        while (box := self._next_box()) is not None:
            kind, size = box
            self._whole += size
            if kind in _LAST_BOX:
                self._hand_on(self._whole)
        return len(data)

    def close(self) -> None:
        """Hand on the rest, wait until all is on the disk and close the file."""
        if self._bytes:
            self._hand_on(len(self._bytes))
        self._fragments.put(None)
        self._thread.join()
        os.close(self._file)

    def _next_box(self) -> tuple[bytes, int] | None:
        """Return kind and size of the box after the whole ones, None while it is incomplete."""
        if len(self._bytes) < self._whole + _HEADER:
            return None
        size, kind = struct.unpack_from(">I4s", self._bytes, self._whole)
        return (kind, size) if len(self._bytes) >= self._whole + size else None

    def _hand_on(self, length: int) -> None:
        # The wall clock: `t` of a chain line dates the fragment for people.
        self._fragments.put((bytes(self._bytes[:length]), round(time.time(), 3)))
        del self._bytes[:length]
        self._whole = 0

    def _store_all(self) -> None:
        while (cut := self._fragments.get()) is not None:
            if self.failure is None:
                self._store(*cut)

    def _store(self, fragment: bytes, t: float) -> None:
        off = self.links[-1].end if self.links else 0
        i = len(self.links)
        try:
            write_through(self._file, fragment)
            link = self._chain.append(part=self._part, i=i, off=off, t=t, fragment=fragment)
        except OSError as error:
            os.ftruncate(self._file, off)
            self.failure = error
            return
        self._sha256.update(fragment)
        self.links.append(link)
