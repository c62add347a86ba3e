"""Hours of film in minutes: the recorder's own reel on a clock that runs as fast as the encoder, not in real time.

Small pictures, the usual parts. What grows with the length of a meeting shows itself here.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from .pictures import Picture, Shot
from .reel import Reel
from .timeline import RATE, Samples, Timeline

WIDTH, HEIGHT, FPS = 320, 180, 25
_BEEP_S, _EVERY_S = 0.1, 60.0
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class Clock:
    """The time of the film; moves where it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time now."""
        return self.now


class Ear:
    """A sound card that counts a second a little longer or shorter than the clock: `drift` 1e-4 is 100 ppm fast."""

    def __init__(self, clock: Clock, drift: float) -> None:
        self._clock, self._drift = clock, drift
        self._timeline = Timeline(clock.now)
        self._began, self._made = clock.now, 0

    @property
    def head(self) -> float:
        """The time of the next sample."""
        return self._timeline.head

    def listen(self) -> None:
        """What the card has heard up to now: a beep of a tenth of a second at each minute."""
        now = self._clock.now
        due = int((now - self._began) * RATE * (1 + self._drift)) - self._made
        at = self._began + (self._made + np.arange(due)) / (RATE * (1 + self._drift))
        beeping = (at - self._began) % _EVERY_S < _BEEP_S
        tone = np.where(beeping, 20000 * np.sin(2 * np.pi * 1000 * at), 0)
        self._made += due
        self._timeline.add(tone.astype(np.int16), now)

    def take(self, until: float) -> Samples:
        """As `Sound.take`."""
        return self._timeline.take(until, hearing=True)


def hours(
    folder: Path, length_h: float, part_s: float, *, drift: float = 1e-4
) -> Iterator[dict[str, float]]:
    """Film so many hours; at the end of each part what the process holds then.

    A white picture and a beep come together once a minute: how far apart they are in the film is how far sound and
    picture are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    clock = Clock()
    ear = Ear(clock, drift)
    reel = Reel(folder, (WIDTH, HEIGHT), FPS, ear, lambda *_a, **_k: None, now=clock)
    began, scenes = clock.now, _scenes()
    for n in range(1, round(length_h * 3600 * FPS) + 1):
        clock.now = began + n / FPS
        ear.listen()
        flash = (clock.now - began) % _EVERY_S < _BEEP_S
        picture = np.full_like(scenes[0], 255) if flash else scenes[n % len(scenes)]
        reel.add(Shot(picture, clock.now))
        if reel.position_s(clock.now) >= part_s:
            reel.rotate()
            yield _holds(clock.now - began)
    reel.end()
    yield _holds(clock.now - began)


def _scenes() -> list[Picture]:
    """A few pictures of something that moves."""
    pictures = []
    for n in range(20):
        picture = np.full((HEIGHT, WIDTH, 3), 40, np.uint8)
        cv2.circle(picture, (40 + 12 * n, 90), 30, (60, 120, 90), cv2.FILLED)
        pictures.append(picture)
    return pictures


def _holds(film_s: float) -> dict[str, float]:
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES
    files = len(list(Path("/proc/self/fd").iterdir()))
    return {"film_s": film_s, "resident_bytes": resident, "open_files": files}
