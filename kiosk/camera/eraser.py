"""Removes what the journal says is gone: films after their period, clips that were rejected or taken back.

A follower of the journal. Whatever a power cut left is removed at the next start, so that
the journal is never ahead of the disk for long. The chain of digests stays; it holds no picture.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kiosk.camera.chain import CHAIN, sync_folder
from kiosk.camera.parts import SEALED
from kiosk.core.events import ClipRejected, ClipWithdrawn, FilmDeleted
from kiosk.core.journal import Entry
from kiosk.core.terms import ClipId, MeetingId, VillageId
from kiosk.core.village import Village
from kiosk.follower import Follower
from kiosk.service import Kiosk

CLIPS = "clips"
_KEPT = {CHAIN, SEALED}
STOPS_WITHIN_S = 10.0
Gone = tuple[MeetingId, ClipId | None]
"""A clip of a meeting's film, or with None all of the film."""


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
        self._village = village
        self._folder = folder
        self._follower = Follower(
            "eraser",
            kiosk,
            gone,
            self._erase,
            owed=lambda: owed_by(kiosk.village(village)),
        )

    def start(self) -> None:
        """Listen, and remove first what should have been removed before."""
        self._follower.start(self._village)

    def stop(self) -> None:
        """Remove what is still to be removed, and end."""
        self._follower.stop(STOPS_WITHIN_S)

    def _erase(self, what: Gone) -> None:
        """OSError where it cannot be removed: until it is, the page says that files are left."""
        meeting, clip = what
        if clip is None:
            erase_film(self._folder(meeting))
        else:
            erase_clip(self._folder(meeting), clip)


def gone(entries: Sequence[Entry]) -> Iterator[Gone]:
    """What these entries say is gone."""
    for entry in entries:
        match entry.event:
            case FilmDeleted(meeting=meeting):
                yield meeting, None
            case ClipRejected() | ClipWithdrawn() as event:
                yield event.meeting, event.clip
            case _:
                pass


def owed_by(village: Village) -> Iterator[Gone]:
    """What the journal says is gone: whole films, and single clips of films that stay."""
    for meeting, custody in village.films.items():
        if custody.is_deleted:
            yield meeting, None
            continue
        for clip in custody.clips.values():
            if clip.ended_at is not None:
                yield meeting, clip.id
