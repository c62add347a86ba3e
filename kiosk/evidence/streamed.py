"""The bundle of evidence as one zip that is sent while it is read: nothing of it is held in memory.

It is what `kiosk export` writes, links to the films and papers in a folder of its own for as long as it is being sent.
"""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.core.journal import read
from kiosk.core.terms import MatterId, VillageId
from kiosk.evidence.bundle import FilmFolder, PaperPath, PhotoPath, export, sizes
from kiosk.evidence.extract import extract
from kiosk.service import Kiosk

CHUNK = 1 << 20
_PREFIX = ".bundle-"
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The one time that every name in the zip bears: the oldest that the format knows."""


class Bundles:
    """Sends bundles of one village.

    Args:
        kiosk: the service whose journal is sent.
        village: whose journal.
        papers, films, photos: where these are kept.
        folder: on the disk of the films, so that they can be linked and need no copy.
        new_token: names the folders of those that are being sent.
    """

    def __init__(
        self,
        kiosk: Kiosk,
        village: VillageId,
        papers: PaperPath,
        films: FilmFolder,
        photos: PhotoPath,
        folder: Path,
        new_token: Callable[[], str],
    ) -> None:
        self._kiosk, self._village = kiosk, village
        self._papers, self._films, self._photos = papers, films, photos
        self._folder, self._new_token = folder, new_token

    def sizes(self, matter: MatterId) -> tuple[int, int]:
        """Of a matter's bundle: the bytes of its films and clips, and of everything else, about."""
        entries = [read(line) for line in self._kiosk.lines(self._village)]
        return sizes(extract(entries, matter).entries, self._papers, self._photos)

    def zipped(
        self, inside: str, matter: MatterId | None = None, *, with_films: bool = True
    ) -> Iterator[bytes]:
        """Yield the zip, everything in it under the folder `inside`; closing the iterator early clears up too.

        Of that matter, or of the whole village; with the films or with their chains of fragments alone.

        Raises ExportRefused before its first bytes, OSError where the disk fails.
        """
        shelf = self._folder / f"{_PREFIX}{self._new_token()}"
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            export(
                self._kiosk,
                self._village,
                self._papers,
                self._films,
                shelf,
                self._photos,
                matter=matter,
                with_films=with_films,
            )
            yield from _zip(shelf, inside)
        finally:
            shutil.rmtree(shelf, ignore_errors=True)

    def clear(self) -> None:
        """Remove what a power cut left behind: its links would keep a film that was deleted."""
        for shelf in self._folder.glob(f"{_PREFIX}*"):
            shutil.rmtree(shelf, ignore_errors=True)


class _Outbox:
    """A file that cannot be sought in: what the zip has written since it was asked last."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _zip(folder: Path, inside: str) -> Iterator[bytes]:
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload] # it asks for no more than this
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            info = zipfile.ZipInfo(f"{inside}/{path.relative_to(folder)}", _BEGINNING)
            info.create_system, info.external_attr = 3, 0o644 << 16  # as Unix writes it
            with archive.open(info, "w", force_zip64=True) as member, path.open("rb") as file:
                while block := file.read(CHUNK):
                    member.write(block)
                    yield outbox.taken()
            yield outbox.taken()
    yield outbox.taken()
