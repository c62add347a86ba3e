"""One recording from its first line to its last, however it ends."""

import errno
import logging
from collections.abc import Callable
from contextlib import ExitStack

import av

from .parts import FolderBusy, only_writer
from .recovery import mend
from .reel import report_sealed
from .settings import DISK_FULL, RecordingSettings
from .shoot import CannotGoOn, Shoot
from .wire import Orders, Say

_LOCK_S = 10
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_log = logging.getLogger(__name__)


def record(
    settings: RecordingSettings, orders: Orders, say: Say, is_over: Callable[[], bool]
) -> None:
    """Record until ordered to stop, until `is_over`, or until it cannot go on.

    Nothing is raised: a failure is reported, and `stopped` is the last report.
    """
    count = _Count(say)
    try:
        settings.folder.mkdir(parents=True, exist_ok=True)
        with only_writer(settings.folder, _LOCK_S):
            _shoot(settings, orders, count, is_over)
    except CannotGoOn as error:
        say("failed", cause=str(error))
    except (OSError, av.FFmpegError) as error:
        _log.exception("the recording cannot go on")
        say("failed", cause=_cause(error))
    say("stopped", parts=count.sealed)


class _Count:
    """Passes reports on and counts the sealed parts."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self.sealed = 0

    def __call__(self, event: str, **facts: object) -> None:
        self.sealed += event == "sealed"
        self._say(event, **facts)


def _shoot(
    settings: RecordingSettings, orders: Orders, say: Say, is_over: Callable[[], bool]
) -> None:
    mended = mend(settings.folder)
    with ExitStack() as closing:
        shoot = Shoot(settings, say, closing)
        for part in mended:  # after `started`, which is always the first report
            report_sealed(say, part)
        while not is_over() and shoot.go_on(orders):
            pass


def _cause(error: Exception) -> str:
    """Return what people are told about an error."""
    number = getattr(error, "errno", None)
    if isinstance(error, FolderBusy):
        return str(error)
    if number in _FULL:
        return DISK_FULL
    if number in _REFUSED:
        return "录像文件夹不可写"
    return f"录像无法继续：{error}"
