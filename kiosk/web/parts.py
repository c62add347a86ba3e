"""What the pages work with, put together once by `kiosk.app` and reached through `parts()`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from flask import current_app

from kiosk.camera.clip_state import ClipState
from kiosk.camera.listener import Listener
from kiosk.config import Settings
from kiosk.core.events import PaperIssued
from kiosk.core.history import Known
from kiosk.core.meetings.clips import Clip
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import ClipId, MatterId, MeetingId, VillageId, day_of
from kiosk.core.village import Village
from kiosk.evidence.stick import StickState
from kiosk.printing.orders import Order
from kiosk.printing.printer import PrinterState
from kiosk.service import Kiosk
from kiosk.store.boxes import BoxKeys
from kiosk.store.credentials import Credentials
from kiosk.store.devices import Devices
from kiosk.store.moved_clock import MovedClock
from kiosk.store.register import Register
from kiosk.store.shown_heads import ShownHeads
from kiosk.store.slips import Slips
from kiosk.typeset.shelf import Kept


class Papers(Protocol):
    """Where an issued paper is found, and what the disk has of it."""

    @property
    def is_signing(self) -> bool:
        """Whether new papers are signed: the village's key could be opened."""
        ...

    def kept(self, issued: PaperIssued) -> Kept:
        """What the disk has of an issued paper."""
        ...

    def undrawn(self, text: str) -> str:
        """The characters of a text that no font of this machine draws."""
        ...

    def pages(self, issued: PaperIssued) -> int:
        """How many pages it has; 1 where its file is gone."""
        ...

    def path(self, paper: PaperIssued) -> Path:
        """The paper's file."""
        ...

    def ledger(self, village: VillageId) -> bytes:
        """The ledger of matters (重大事项台账) as a PDF, as the journal stands now."""
        ...


class Files(Protocol):
    """Where the file of an archived matter is found."""

    def zipped(self, matter: MatterId) -> Path:
        """The whole file (一事一档) as a zip."""
        ...


class Bundles(Protocol):
    """Where the bundle of evidence is sent from."""

    def sizes(self, matter: MatterId) -> tuple[int, int]:
        """Of a matter's bundle: the bytes of its films and clips, and of everything else, about."""
        ...

    def zipped(
        self, inside: str, matter: MatterId | None = None, *, with_films: bool = True
    ) -> Iterator[bytes]:
        """The bundle of the matter, or of the whole village, as a zip; everything in it under the folder `inside`."""
        ...


class Clips(Protocol):
    """The clips for the public: how far each has come, and where its file lies."""

    def state(self, meeting: MeetingId, clip: ClipId) -> ClipState:
        """How far it has come."""
        ...

    def path(self, meeting: MeetingId, clip: ClipId) -> Path:
        """Its file."""
        ...


class Stick(Protocol):
    """The 监委会's stick: how it stands, and what is said of it on record."""

    def state(self) -> StickState:
        """How it stood when it was looked at last."""
        ...

    def report(self, meeting: MeetingId) -> None:
        """Put on record whether it holds only what the journal holds, before that meeting opens."""
        ...


class Printing(Protocol):
    """The print desk: how the printer stands, and the papers that were asked for."""

    def state(self) -> PrinterState:
        """How the printer stood when it was looked at last."""
        ...

    def orders(self) -> tuple[Order, ...]:
        """The papers, the newest first."""
        ...

    def order(self, order: Order, pdf: bytes) -> None:
        """Have a paper printed; the same order again changes nothing. OSError where the disk is full."""
        ...

    def cancel(self, name: str) -> None:
        """Do not print it any more."""
        ...

    def again(self, name: str) -> None:
        """Print once more what failed, or of which nobody knows."""
        ...


class Film(Protocol):
    """Where a meeting's video is found, and how its recording stands."""

    def folder(self, meeting: MeetingId) -> Path:
        """The folder of the meeting's parts."""
        ...

    def playlist(self, meeting: MeetingId, base_url: str) -> str:
        """The parts as an HLS playlist."""
        ...

    def clip_begins_ms(self, meeting: Meeting, clip: Clip) -> int:
        """At what time of the film the clip begins to play."""
        ...

    def clip_playlist(self, meeting: Meeting, clip: Clip, base_url: str) -> str:
        """The clip of a vote as an HLS playlist of its pieces."""
        ...

    def clip_piece(self, meeting: Meeting, clip: Clip, piece: tuple[str, int, int]) -> bytes | None:
        """The bytes of one piece of the clip (part, offset, length); None where it has no such piece."""
        ...

    def minutes_left(self) -> int:
        """How many minutes of film the disk still holds."""
        ...

    def report_room(self, meeting: MeetingId, minutes: int) -> None:
        """Put on record how many minutes of film the disk holds before that meeting."""
        ...

    def lamps(self) -> Mapping[str, str]:
        """What the lights say: `picture`, `sound`, `disk` to their states."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """The collaborators of every page; `home` is the village this kiosk stands in.

    `moved_clock` is the clock of a rehearsal (演练); None where the record is a village's own.
    """

    settings: Settings
    kiosk: Kiosk
    home: VillageId
    register: Register
    credentials: Credentials
    devices: Devices
    slips: Slips
    box_keys: BoxKeys
    shown_heads: ShownHeads
    papers: Papers
    filing: Files
    bundles: Bundles
    film: Film
    listener: Listener
    clips: Clips
    stick: Stick
    printing: Printing
    new_token: Callable[[], str]
    new_digits: Callable[[int], str]
    moved_clock: MovedClock | None = None

    def known(self) -> Known:
        """The village as it stands, with its head."""
        return self.kiosk.known(self.home)

    def village(self) -> Village:
        """The village as it stands."""
        return self.kiosk.village(self.home)


def parts() -> Parts:
    """The parts of the running application."""
    found = current_app.extensions["kiosk"]
    assert isinstance(found, Parts)
    return found


def today() -> date:
    """The day in China on which the present request is answered."""
    return day_of(parts().kiosk.now())
