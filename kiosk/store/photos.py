"""The photographs (照片) of the kiosk: files beside the journal, each named by the SHA-256 of what is in it.

A picture that was only looked at lies in `shown`; it is put on file by a second name for the same bytes, and the
newest few of the others are kept so long that a page may still ask for them.
"""

import hashlib
from pathlib import Path

from kiosk.core.values import Attachment
from kiosk.store.durable import put

SHOWN_AT_MOST = 20


class Photos:
    """Keeps JPEG files.

    Args:
        folder: where; made when the first one comes.
    """

    def __init__(self, folder: Path) -> None:
        self._filed = folder
        self._shown = folder / "shown"

    def show(self, jpeg: bytes) -> str:
        """Take in a picture that somebody is to look at first; its SHA-256."""
        self._shown.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest = hashlib.sha256(jpeg).hexdigest()
        put(self._shown / f"{digest}.jpg", jpeg)
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
        """The picture's file, on file or only shown; None where there is none."""
        both = (self._filed / f"{digest}.jpg", self._shown / f"{digest}.jpg")
        return next((path for path in both if path.exists()), None)

    def forget(self, digest: str) -> None:
        """Take a picture off file that did not come on record after all; it stays among the shown."""
        (self._filed / f"{digest}.jpg").unlink(missing_ok=True)

    def _clear_out(self) -> None:
        shown = sorted(self._shown.glob("*.jpg"), key=lambda path: path.stat().st_mtime)
        for path in shown[:-SHOWN_AT_MOST]:
            path.unlink(missing_ok=True)
