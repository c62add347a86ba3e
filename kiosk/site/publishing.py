"""`kiosk publish` (公开栏放到网站、U盘): the whole public portal into a folder, and again where it has changed."""

import errno
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from kiosk.core.codec import instant_text
from kiosk.core.journal import Head
from kiosk.core.shown import ShownHead, lost
from kiosk.site.folder import FolderTaken, mark, put_folder
from kiosk.site.pages import File, files
from kiosk.web.parts import Parts
from kiosk.web.public.reading import Reading
from kiosk.web.public.shown import Codes


class NotPublished(Exception):
    """No site was written, the old one stands; the message tells people why and what to do."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site that was written: where, of which head, how much, how much anew; and the heads that the journal lost."""

    folder: Path
    head: Head
    files: int
    size_bytes: int
    fresh: int
    lost: tuple[ShownHead, ...]


def publish(flask: Flask, parts: Parts, out: Path) -> Site:
    """Write the village's portal as it stands now into `out`, whole and durably. NotPublished."""
    with flask.app_context():  # not around the pages: each has one of its own
        read = Reading.of(parts, parts.kiosk.known(parts.home), parts.kiosk.now())
    out = out.absolute()
    try:
        parts.shown_heads.remember(ShownHead(read.head, read.at))
        written = put_folder(out, read.village.id, _whole(flask, read))
    except FolderTaken as taken:
        raise NotPublished(str(taken)) from taken
    except OSError as error:
        raise NotPublished(_trouble(error, out)) from error
    counted = written.files, written.size_bytes, written.fresh
    return Site(out, read.head, *counted, _lost(parts, read))


def _whole(flask: Flask, read: Reading) -> Iterator[File]:
    yield from files(flask, read)
    head = read.head
    yield mark(
        read.village.id,
        name=read.village.name,
        as_of=instant_text(read.at),
        seq=head.seq,
        digest=head.digest,
        check_code=head.check_code,
    )


def _lost(parts: Parts, read: Reading) -> tuple[ShownHead, ...]:
    codes = Codes()
    codes.take_in(parts.kiosk.lines(parts.home)[: read.head.seq])
    return lost(parts.shown_heads.all(), codes.digest_of)


def _trouble(error: OSError, out: Path) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            free_mb = shutil.disk_usage(_standing(out)).free >> 20
            return f"盘满了，写不下（还剩{free_mb}MB）。请腾出地方，或者换一个盘；原来的没有动。"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"“{out}”写不进去：没有权限，或者盘是只读的。请换一个文件夹。"
        case _:
            return f"没有写成：{error.strerror or error}。原来的没有动。"


def _standing(folder: Path) -> Path:
    """The nearest folder above that there is."""
    return next(above for above in (folder, *folder.parents) if above.exists())
