"""Writing a folder whole (整个写好再换上): into a new one beside it, on the disk, then in the place of the old.

Cut off at any instant, either the old folder stands or the new one; what is left over goes the next time.
"""

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from kiosk.site.pages import File
from kiosk.store.durable import sync_folder

MARK = "site.json"
"""By this file a folder says whose site it holds; only such a folder, or an empty one, is written over."""
FORMAT = "kiosk-site-1"
FOR_ALL = 0o644
FOLDER_FOR_ALL = 0o755


class FolderTaken(Exception):
    """The folder is not ours to write over; the message tells people why and what to do."""


def put_folder(out: Path, village: str, files: Iterable[File]) -> tuple[int, int]:
    """Put the files in the place of whatever site of this village the folder held; how many, and how many bytes.

    Raises:
        FolderTaken: something else stands there.
        OSError: the disk does not take it, such as when it is full; the old site stands as it was.

    """
    _claim(out, village)
    fresh, old = (out.with_name(f".{out.name}.{word}") for word in ("new", "old"))
    _recover(out, old)
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        written = _write(fresh, files)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    _swap(fresh, out, old)
    return written


def mark(village: str, **told: str | int) -> File:
    """The file by which the folder says whose site it holds."""
    text = json.dumps({"format": FORMAT, "village": village} | told, ensure_ascii=False)
    return File(MARK, iter([f"{text}\n".encode()]))


def _claim(out: Path, village: str) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise FolderTaken(f"“{out}”不是文件夹，请换一个文件夹的名字。")
    if os.path.ismount(out):
        raise FolderTaken(f"“{out}”是整个盘。请写盘里的一个文件夹，例如 {out / '公开栏'}。")
    if not out.exists() or not any(out.iterdir()):
        return
    try:
        told = json.loads((out / MARK).read_text("utf-8"))
        ours = told["format"] == FORMAT and told["village"] == village
    except (OSError, ValueError, KeyError, TypeError):
        ours = False
    if not ours:
        raise FolderTaken(f"“{out}”里有别的东西，不能盖掉。请换一个新的或者空的文件夹。")


def _recover(out: Path, old: Path) -> None:
    """Where the power went between taking the old site away and putting the new one there: the old one again."""
    if old.exists() and not out.exists():
        old.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _write(fresh: Path, files: Iterable[File]) -> tuple[int, int]:
    paths, folders, size_bytes = [], {fresh}, 0
    _make(fresh)
    for file in files:
        path = fresh / file.name
        for folder in [*path.parents][::-1]:
            if folder not in folders and folder.is_relative_to(fresh):
                _make(folder)
                folders.add(folder)
        with path.open("xb") as opened:
            size_bytes += sum(opened.write(piece) for piece in file.content)
        path.chmod(FOR_ALL)
        paths.append(path)
    os.sync()  # all at once: one by one, a stick would take minutes
    for path in paths:
        _sync(path)
    for folder in folders:
        sync_folder(folder)
    return len(paths), size_bytes


def _make(folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(FOLDER_FOR_ALL)


def _sync(path: Path) -> None:
    """Nothing is left to write; but an error of the disk is told to whoever asks, and only to him."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _swap(fresh: Path, out: Path, old: Path) -> None:
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    sync_folder(out.parent)
    shutil.rmtree(old, ignore_errors=True)
