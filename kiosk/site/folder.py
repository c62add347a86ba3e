"""Writing a folder whole (整个写好再换上): into a new one beside it, on the disk, then in the place of the old.

Cut off at any instant, either the old folder stands or the new one; what is left over goes the next time. What did
not change is not written again: the new folder takes it over by a second name (a hard link). A stick that knows no
such names (FAT, exFAT) gets what is new beside it, on the disk, and then file by file: first what was not there, then
what replaces something, the mark last, so that no page ever leads to one that is missing.
"""

import json
import os
import re
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from kiosk.site.pages import File
from kiosk.store.durable import sync_folder

MARK = "site.json"
"""By this file a folder says whose site it holds; only such a folder, or an empty one, is written over."""
FORMAT = "kiosk-site-1"
FOR_ALL = 0o644
FOLDER_FOR_ALL = 0o755
_IN_MEMORY_BYTES = 8 << 20
_PIECE_BYTES = 1 << 20


class FolderTaken(Exception):
    """The folder is not ours to write over; the message tells people why and what to do."""


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the folder now: how many files and bytes, and how many of the files are new or changed."""

    files: int
    size_bytes: int
    fresh: int


def put_folder(out: Path, village: str, files: Iterable[File]) -> Written:
    """Put the files in the place of whatever site of this village the folder held.

    Raises:
        FolderTaken: something else stands there.
        OSError: the disk does not take it, such as when it is full; the old site stands as it was.

    """
    _claim(out, village)
    fresh, old = (out.with_name(f".{out.name}.{word}") for word in ("new", "old"))
    _recover(out, old)
    shutil.rmtree(fresh, ignore_errors=True)
    links = _knows_links(out)
    try:
        names, written = _write(fresh, out, files, links=links)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    if links:
        _swap(fresh, out, old)
    else:
        _bring_over(fresh, out, names)
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


def _knows_links(out: Path) -> bool:
    """Whether a file of the old site may get a second name; so it is, too, where there is nothing to keep."""
    tried = out.with_name(f".{out.name}.link")
    tried.unlink(missing_ok=True)
    if not (out / MARK).exists():
        return True
    try:
        os.link(out / MARK, tried)
    except OSError:
        return False
    tried.unlink()
    return True


def _write(
    fresh: Path, out: Path, files: Iterable[File], *, links: bool
) -> tuple[Collection[str], Written]:
    """Put what is new into `fresh`, on the disk, and where there are links all the rest too; every name of the site."""
    names: list[str] = []
    made, folders, size_bytes = [], {fresh}, 0
    _make(fresh)
    for file in files:
        path, kept = fresh / file.name, out / file.name
        names.append(file.name)
        with SpooledTemporaryFile(_IN_MEMORY_BYTES) as content:
            size_bytes += sum(content.write(piece) for piece in file.content)
            same = _is_same(content, kept, file.dated)
            if links or not same:
                _make_parents(path, fresh, folders)
            if same and links:
                os.link(kept, path)
            elif not same:
                _copy(content, path)
                made.append(path)
    os.sync()  # all at once: one by one, a stick would take minutes
    for path in made:
        _sync(path)
    for folder in folders:
        sync_folder(folder)
    return names, Written(len(names), size_bytes, len(made))


def _is_same(content: IO[bytes], kept: Path, dated: re.Pattern[bytes] | None) -> bool:
    """Whether the file that stands there says all of it, but for the minute at which it was written."""
    if kept.is_symlink() or not kept.is_file():
        return False
    content.seek(0)
    with kept.open("rb") as there:
        if dated:
            return dated.sub(b"", content.read()) == dated.sub(b"", there.read())
        while piece := content.read(_PIECE_BYTES):
            if there.read(len(piece)) != piece:
                return False
        return not there.read(1)


def _copy(content: IO[bytes], path: Path) -> None:
    content.seek(0)
    with path.open("xb") as opened:
        shutil.copyfileobj(content, opened, _PIECE_BYTES)
    path.chmod(FOR_ALL)


def _make_parents(path: Path, fresh: Path, folders: set[Path]) -> None:
    for folder in [*path.parents][::-1]:
        if folder not in folders and folder.is_relative_to(fresh):
            _make(folder)
            folders.add(folder)


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


def _bring_over(fresh: Path, out: Path, names: Collection[str]) -> None:
    """What is new into the old folder, nothing before what it leads to; then away with what is no more."""
    made = [name for name in names if (fresh / name).exists()]
    made.sort(key=lambda name: (name == MARK, (out / name).exists()))
    for name in made:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).replace(out / name)
    stays = {out / name for name in names}
    for path in sorted(out.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in stays:
            path.unlink()
    os.sync()
    shutil.rmtree(fresh, ignore_errors=True)
