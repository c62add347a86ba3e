"""Removes what the journal says is gone: films after their period, clips that were rejected or taken back.

A listener of the service: it acts after the commit. Whatever a power cut left is removed at the next start, so that
the journal is never ahead of the disk for long. The chain of digests stays; it holds no picture.
"""

import logging
import queue
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kiosk.camera.chain import CHAIN, sync_folder
from kiosk.camera.parts import SEALED
from kiosk.core.events import ClipRejected, ClipWithdrawn, FilmDeleted
from kiosk.core.history import Known
from kiosk.core.journal import Entry
from kiosk.core.terms import ClipId, MeetingId, VillageId
from kiosk.core.village import Village
from kiosk.service import Kiosk

log = logging.getLogger(__name__)
CLIPS = "clips"
_KEPT = {CHAIN, SEALED}
STOPS_WITHIN_S = 10.0


def erase_film(folder: Path) -> None:
    """Remove every picture and sound of a film, durably; what is not there any more does not matter. Raises OSError."""
    if not folder.exists():
        return
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in _KEPT:
            path.unlink(missing_ok=True)
    sync_folder(folder)


def erase_clip(folder: Path, clip: ClipId) -> None:
    """Remove a clip and what was noted of its making, durably. Raises OSError."""
    clips = folder / CLIPS
    if clips.exists():
        for path in clips.glob(f"{clip}.*"):
            path.unlink(missing_ok=True)
        sync_folder(clips)


class Eraser:
    """Keeps the disk to what the journal says of one village's films.

    Args:
        kiosk: the service that is heard.
        village: whose films.
        folder: where a meeting's film lies.
    """

    def __init__(
        self, kiosk: Kiosk, village: VillageId, folder: Callable[[MeetingId], Path]
    ) -> None:
        self._kiosk = kiosk
        self._village = village
        self._folder = folder
        self._owed: queue.Queue[tuple[MeetingId, ClipId | None] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._work, name="eraser", daemon=True)

    def start(self) -> None:
        """Listen, and remove first what should have been removed before."""
        self._kiosk.subscribe(self.heard)
        for owed in owed_by(self._kiosk.village(self._village)):
            self._owed.put(owed)
        self._thread.start()

    def stop(self) -> None:
        """Remove what is still to be removed, and end."""
        self._owed.put(None)
        if self._thread.is_alive():
            self._thread.join(STOPS_WITHIN_S)

    def heard(self, village: VillageId, entries: Sequence[Entry], _known: Known) -> None:
        """A listener of the service."""
        for entry in entries if village == self._village else ():
            match entry.event:
                case FilmDeleted(meeting=meeting):
                    self._owed.put((meeting, None))
                case ClipRejected() | ClipWithdrawn() as event:
                    self._owed.put((event.meeting, event.clip))
                case _:
                    pass

    def _work(self) -> None:
        while (owed := self._owed.get()) is not None:
            meeting, clip = owed
            try:
                if clip is None:
                    erase_film(self._folder(meeting))
                else:
                    erase_clip(self._folder(meeting), clip)
            except OSError:
                # The next start tries again; until then the page says that files are left.
                log.exception("not removed meeting=%s clip=%s", meeting, clip)


def owed_by(village: Village) -> Iterator[tuple[MeetingId, ClipId | None]]:
    """What the journal says is gone: whole films, and single clips of films that stay."""
    for meeting, custody in village.films.items():
        if custody.is_deleted:
            yield meeting, None
            continue
        for clip in custody.clips.values():
            if clip.ended_at is not None:
                yield meeting, clip.id
