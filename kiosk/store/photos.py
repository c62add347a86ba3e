"""The photographs (照片) and voices (录音) of the kiosk: files beside the journal, each named by its SHA-256.

What was only looked at or listened to lies in `shown`; it is put on file by a second name for the same bytes, and the
newest few of the others are kept so long that a page may still ask for them.
"""

import hashlib
import struct
from pathlib import Path

from kiosk.core.values import Attachment
from kiosk.store.durable import put

SHOWN_AT_MOST = 60
"""Twice what one scan or one pile of photographs holds, and some."""
PICTURE, VOICE = ".jpg", ".m4a"
_MOVIE_HEADER = b"mvhd"


class Photos:
    """Keeps JPEG files, and sound in MP4 beside them.

    Args:
        folder: where; made when the first one comes.
    """

    def __init__(self, folder: Path) -> None:
        self._filed = folder
        self._shown = folder / "shown"

    def show(self, content: bytes, suffix: str = PICTURE) -> str:
        """Take in what somebody is to look at or listen to first; its SHA-256."""
        self._shown.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest = hashlib.sha256(content).hexdigest()
        put(self._shown / f"{digest}{suffix}", content)
        self._clear_out()
        return digest

    def file(self, digest: str, name: str) -> Attachment | None:
        """Keep for good what was shown under that SHA-256; None where it is no longer there."""
        path = self.path(digest)
        if path is None:
            return None
        kept = self._filed / path.name
        if path != kept:
            put(kept, path.read_bytes())
        return Attachment(name, kept.stat().st_size, digest)

    def path(self, digest: str) -> Path | None:
        """The file of that SHA-256, on file or only shown; None where there is none."""
        both = (
            folder / f"{digest}{suffix}"
            for folder in (self._filed, self._shown)
            for suffix in (PICTURE, VOICE)
        )
        return next((path for path in both if path.exists()), None)

    def forget(self, digest: str) -> None:
        """Take off file what did not come on record after all; it stays among the shown."""
        for suffix in (PICTURE, VOICE):
            (self._filed / f"{digest}{suffix}").unlink(missing_ok=True)

    def duration_ms(self, digest: str) -> int:
        """How long the voice of that SHA-256 is; 0 where there is none.

        Its movie header (ISO/IEC 14496-12, 8.2.2) says it, in the first version, as the kiosk writes it.
        """
        path = self.path(digest)
        content = path.read_bytes() if path and path.suffix == VOICE else b""
        at = content.find(_MOVIE_HEADER)
        if at < 0:
            return 0
        scale, duration = struct.unpack_from(">II", content, at + len(_MOVIE_HEADER) + 12)
        return int(duration) * 1000 // int(scale)

    def _clear_out(self) -> None:
        shown = sorted(self._shown.glob("*.*"), key=lambda path: path.stat().st_mtime)
        for path in shown[:-SHOWN_AT_MOST]:
            path.unlink(missing_ok=True)
