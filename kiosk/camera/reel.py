"""The film of a meeting as a row of parts, each sealed when it is complete."""

import logging
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from .chain import Chain, Head
from .film import Film
from .parts import Part, describe, next_part, seal
from .pictures import Shot
from .sink import FragmentSink
from .timeline import Samples
from .wire import Say

_MEASURED_S = 10
_log = logging.getLogger(__name__)


class Ear(Protocol):
    """Where the sound comes from."""

    @property
    def head(self) -> float:
        """The time of the next sample, monotonic seconds."""
        ...

    def take(self, until: float) -> Samples:
        """The sound up to then."""
        ...


class Reel:
    """Adds shots to the current part; there always is one."""

    def __init__(
        self,
        folder: Path,
        size: tuple[int, int],
        fps: int,
        sound: Ear,
        say: Say,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin the part after the last; the folder must have been recovered. Raises OSError."""
        self._now = now
        self._folder, self._size, self._fps = folder, size, fps
        self._sound, self._say = sound, say
        self._chain = Chain(folder)
        sound.take(self._now())  # what was heard before the film begins is not in it
        self.sealed = 0
        self.frames = 0  # of all parts
        self._bytes, self._filmed_s = 0, 0.0  # of the parts before the current one
        self._open()

    @property
    def part(self) -> str:
        """The name of the current part."""
        return self._path.name

    @property
    def head(self) -> Head:
        """How far the film is on the disk."""
        return self._chain.head

    def position_s(self, at: float) -> float:
        """Return where in the current part the moment `at` (monotonic seconds) is."""
        return max(0.0, at - self._began)

    @property
    def bytes_per_hour(self) -> int:
        """How fast the film fills the disk, as measured; 0 in the first seconds."""
        seconds = self._filmed_s + self.position_s(self._now())
        written = self._bytes + self._sink.size
        return round(written / seconds * 3600) if seconds > _MEASURED_S else 0

    def add(self, shot: Shot) -> None:
        """Add a picture and the sound up to it. Raises OSError when the disk refuses."""
        self._film.show(shot.picture, shot.at)
        self._film.hear(self._sound.take(shot.at))
        self.frames += 1
        self._check_disk()

    def rotate(self) -> None:
        """Seal the current part and begin the next. Raises OSError when the disk refuses."""
        self._close()
        self._check_disk()
        self._open()

    def end(self) -> None:
        """Seal the last part and close the chain. Raises OSError when the disk refused some of it."""
        if self._is_open:
            self._close()
        self._chain.close()
        self._check_disk()

    def _close(self) -> None:
        """Complete the current part, torn off where the disk refused, and seal it."""
        self._is_open = False
        self._filmed_s += self.position_s(self._now())
        try:
            self._film.close()
        finally:
            self._sink.close()
        self._bytes += self._sink.size
        if len(self._sink.links) > 1:
            self._seal()
        elif not self._sink.links:
            self._path.unlink()  # not one picture came; the number is free again

    def _check_disk(self) -> None:
        if self._sink.failure is not None:
            raise self._sink.failure

    def _seal(self) -> None:
        part = describe(self._folder, self._sink.links, self._sink.sha256)
        try:
            seal(self._folder, part)
        except OSError:  # recovery will find the part unsealed, and seal it
            _log.exception("no room to remember that %s is sealed", part.name)
        self.sealed += 1
        report_sealed(self._say, part, frames=self._film.frames)

    def _open(self) -> None:
        self._path = next_part(self._folder)
        # Sound comes a little later than pictures: the part begins where the sound of the part
        # before ended, so that no word is lost between them.
        self._began = min(self._now(), self._sound.head)
        self._sink = FragmentSink(self._path, self._chain)
        self._film = Film(self._sink, self._size, self._fps, self._began)
        self._is_open = True


def report_sealed(say: Say, part: Part, **more: object) -> None:
    """Report that a part is complete, with its facts."""
    facts = asdict(part)
    say("sealed", part=facts.pop("name"), **facts, **more)
