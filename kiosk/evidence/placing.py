"""Putting files into the folder of a bundle, durably; what the disk refuses is said in plain words."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ExportRefused(Exception):
    """The bundle cannot be made; the message tells people why and what to do."""


@contextmanager
def plainly_told(out: Path) -> Iterator[None]:
    """Whatever the disk refuses is said in plain words."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            why = "磁盘满了，没有写完。请换一个大一点的 U 盘，或者加上 --no-films，不带录像"
        else:
            why = (
                f"写不进去（{error.strerror or error}），没有写完。请检查 U 盘是否插好、是否写保护"
            )
        raise ExportRefused(f"{why}；“{out}”里写了一半的，请删掉。") from error


def claim_folder(out: Path) -> None:
    """Make the folder where it is not there. ExportRefused: something lies in it."""
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise ExportRefused(f"“{out}”里已经有东西了，请换一个空的文件夹。")
    out.mkdir(parents=True, exist_ok=True)


def place(source: Path | None, target: Path) -> bool:
    """Link or copy a file into the bundle; whether there was one."""
    if source is None or not source.is_file():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:
        # Another disk, such as a USB stick, or a file system without links.
        shutil.copyfile(source, target)
    _sync(target)
    return True


def write(path: Path, content: bytes) -> None:
    """Durably. Raises OSError."""
    path.write_bytes(content)
    _sync(path)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
