"""What the recorder is tried with: processes of `kiosk.camera.trial`. The bench itself loads no codec."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.config import ROOT

TRIAL = (sys.executable, "-m", "kiosk.camera.trial")
REAL_FILM = Path("/usr/share/doc/opencv-doc/examples/data/vtest.avi")
"""People who walk by, from Debian's opencv-doc: a noisy picture with much movement."""
TONE = "tone"


def film_of_people() -> str:
    """The real film where it is installed; else nothing, and the pictures are the test card's."""
    return str(REAL_FILM) if REAL_FILM.exists() else ""


def microphone(seconds: float) -> list[str]:
    """A microphone that gives a tone in real time for so long."""
    return [*TRIAL, TONE, f"{seconds:g}"]


def make_film(out: Path, size: tuple[int, int], fps: int, seconds: float) -> None:
    """A film of counted pictures as a camera gives them (MJPEG)."""
    width, height = map(str, size)
    _run("film", str(out), width, height, str(fps), f"{seconds:g}", *_given(film_of_people()))


@dataclass(frozen=True, slots=True)
class Part:
    """The pictures of a part: seconds from its beginning, and the number each carries."""

    part: str
    times: list[float]
    numbers: list[int | None]


def read_parts(parts: Sequence[Path]) -> list[Part]:
    """Decode the parts and read the pictures' numbers."""
    (line,) = _run("read", *map(str, parts)).splitlines()
    return [Part(**one) for one in json.loads(line)]


def hours_of_film(folder: Path, hours: float, part_s: float) -> list[dict[str, float]]:
    """Write so many hours of film as fast as it goes; what the process held at the end of each part."""
    lines = _run("hours", str(folder), f"{hours:g}", f"{part_s:g}").splitlines()
    return [json.loads(line) for line in lines]


@dataclass
class Camera:
    """A network camera whose pictures are counted; `sent` is when each went out, by the monotonic clock."""

    port: int
    sent: list[float] = field(default_factory=list)

    @property
    def url(self) -> str:
        """What the recorder films."""
        return f"http://127.0.0.1:{self.port}/film.mjpg"

    def newest(self, at: float) -> int:
        """The number of the last picture that had been sent then."""
        return next(n for n in reversed(range(len(self.sent))) if self.sent[n] <= at)


@contextmanager
def camera(size: tuple[int, int], fps: int) -> Iterator[Camera]:
    """Run such a camera."""
    width, height = map(str, size)
    command = [*TRIAL, "camera", width, height, str(fps), *_given(film_of_people())]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, stdout=pipe, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        running = Camera(json.loads(process.stdout.readline())["port"])
        reader = threading.Thread(target=_note, args=(process, running), daemon=True)
        reader.start()
        try:
            yield running
        finally:
            process.kill()
            reader.join()


def _note(process: subprocess.Popen[str], running: Camera) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        running.sent.append(json.loads(line)[1])


def _given(film: str) -> list[str]:
    return [film] if film else []


def _run(*arguments: str) -> str:
    done = subprocess.run(
        [*TRIAL, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout
