"""After a kill or a power cut: bring the film of a meeting back to its last chained fragment."""

import hashlib
import os
from itertools import groupby
from pathlib import Path

from .chain import CHAIN, Link, read_chain
from .parts import Part, describe, only_writer, part_files, seal, sealed_parts

_WAIT_S = 15


def recover(folder: Path) -> list[Part]:
    """Cut, seal and return the parts that were never sealed.

    A part without a playable fragment is removed. Waits up to 15 s for a recorder that is still
    completing its part. Raises FolderBusy when it does not end, OSError when the disk refuses.
    What it returns is in `sealed_parts(folder)` ever after; a second call returns nothing.
    """
    with only_writer(folder, _WAIT_S):
        return mend(folder)


def mend(folder: Path) -> list[Part]:
    """Do what `recover` does, for a caller that is the only writer already."""
    sealed = {part.name for part in sealed_parts(folder)}
    links = _sound_links(folder, sealed)
    _cut(folder / CHAIN, links[-1].until if links else 0)
    chained = {name: list(group) for name, group in groupby(links, key=lambda link: link.part)}
    found = [path for path in part_files(folder) if path.name not in sealed]
    mended = [_mend_part(path, chained.get(path.name, [])) for path in found]
    return [part for part in mended if part is not None]


def _sound_links(folder: Path, sealed: set[str]) -> list[Link]:
    """Return the chain without last lines of film that is not there or cannot be played."""
    links = read_chain(folder)
    while links and links[-1].part not in sealed and not _holds(folder, links[-1]):
        links.pop()
    if links and links[-1].i == 0:
        links.pop()  # the head of a part without one fragment
    return links


def _holds(folder: Path, link: Link) -> bool:
    path = folder / link.part
    return path.exists() and path.stat().st_size >= link.end


def _mend_part(path: Path, links: list[Link]) -> Part | None:
    if not links:
        path.unlink()
        return None
    _cut(path, links[-1].end)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    part = describe(path.parent, links, sha256)
    seal(path.parent, part)
    return part


def _cut(path: Path, length: int) -> None:
    """Shorten a file durably; one that is not there needs no cutting."""
    if not path.exists() or path.stat().st_size == length:
        return
    with path.open("rb+") as file:
        file.truncate(length)
        os.fsync(file.fileno())
