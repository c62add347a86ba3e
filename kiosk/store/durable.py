"""Files that survive a power cut (落盘): all of it or nothing, and on the disk when the call returns."""

import os
from pathlib import Path

UNFINISHED = ".part"


def put(path: Path, content: bytes, *, mode: int = 0o666) -> None:
    """Put the bytes in the place of whatever the file held. OSError leaves the old ones.

    The bytes are on the disk before they bear the name, and the name before this returns: a name without its bytes
    would be taken for the whole. `mode`: who may read a new file, less what the umask forbids.
    """
    partial = path.with_suffix(UNFINISHED)
    partial.unlink(missing_ok=True)  # left where the power went, with whatever rights it had
    file = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(file, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    partial.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """The names in the folder are on the disk when this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
