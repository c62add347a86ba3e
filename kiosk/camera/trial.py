"""What the recorder is measured and tried with, in processes of their own: `python -m kiosk.camera.trial WHAT ...`.

    camera WIDTH HEIGHT FPS [FILM]           a network camera whose pictures are counted; a line for each one sent
    film OUT WIDTH HEIGHT FPS SECONDS [FILM]  a film of counted pictures for recorder and ffmpeg alike
    tone SECONDS                             a microphone: raw s16le, 48 kHz, mono, in real time
    read PART...                             the numbers in films, as JSON: for each its pictures' times and numbers
    hours FOLDER HOURS PART_S                so many hours of film as fast as it can be written; a line for each part

Without FILM the pictures are the test card's.
"""

import json
import math
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import av
import cv2
import numpy as np

from kiosk.config import ROOT

from .counted import grey, number, number_of
from .hours import hours
from .lettering import Lettering
from .pictures import Picture
from .sources import hush
from .testcard import NO_CAMERA, TestCard
from .trial_camera import serve

FONT = ROOT / "node_modules/@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf"
_KEPT = 50
"""Pictures of the film that are kept in memory and shown in turn."""
_QUALITY = 90


def main(arguments: list[str]) -> None:
    """Do what is asked; what it finds is printed as JSON lines."""
    hush()
    match arguments:
        case ["camera", width, height, fps, *film]:
            pictures = scenes(*film, width=int(width), height=int(height))
            serve((jpeg(picture) for picture in counted(pictures)), float(fps), say)
        case ["film", out, width, height, fps, seconds, *film]:
            pictures = scenes(*film, width=int(width), height=int(height))
            write_film(Path(out), counted(pictures), int(fps), float(seconds))
        case ["tone", seconds]:
            play_tone(float(seconds))
        case ["read", *parts]:
            say([read_part(Path(part)) for part in parts])
        case ["hours", folder, length, part_s]:
            for state in hours(Path(folder), float(length), float(part_s)):
                say(state)
        case _:
            sys.exit(__doc__)


def say(value: object) -> None:
    """Print a line of JSON at once."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def scenes(film: str = "", *, width: int, height: int) -> list[Picture]:
    """The first pictures of a film at that size, or of the test card."""
    if film:
        return list(_of_film(film, width, height))
    card = TestCard(Lettering(FONT), width, height)
    return [card.draw(NO_CAMERA, n / 25) for n in range(_KEPT)]


def _of_film(film: str, width: int, height: int) -> Iterator[Picture]:
    capture = cv2.VideoCapture(film, cv2.CAP_FFMPEG)
    for _ in range(_KEPT):
        there, picture = capture.read()
        if not there:
            break
        yield np.asarray(cv2.resize(picture, (width, height)), np.uint8)
    capture.release()


def counted(pictures: list[Picture]) -> Iterator[Picture]:
    """The pictures in turn, for ever, each with its number; to and fro, so that nothing jumps."""
    turn = pictures + pictures[-2:0:-1]
    for n in count():
        picture = turn[n % len(turn)].copy()
        number(picture, n)
        yield picture


def jpeg(picture: Picture) -> bytes:
    """The picture as a camera sends it."""
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()


def write_film(out: Path, pictures: Iterator[Picture], fps: int, seconds: float) -> None:
    """Write a film of MJPEG, as cameras give it, and beside it a sound of the same length."""
    first = next(pictures)
    size = (first.shape[1], first.shape[0])
    writer = cv2.VideoWriter(str(out), cv2.VideoWriter.fourcc(*"MJPG"), fps, size)
    writer.write(first)
    for _ in range(round(seconds * fps) - 1):
        writer.write(next(pictures))
    writer.release()


def play_tone(seconds: float) -> None:
    """A tone of 440 Hz on stdout, 20 ms at a time, in real time."""
    piece = 960
    began = time.monotonic()
    for n in range(round(seconds * 48000 / piece)):
        at = np.arange(n * piece, (n + 1) * piece)
        tone = 9000 * np.sin(2 * math.pi * 440 * at / 48000)
        sys.stdout.buffer.write(tone.astype("<i2").tobytes())
        sys.stdout.buffer.flush()
        time.sleep(max(0.0, began + (n + 1) * piece / 48000 - time.monotonic()))


def read_part(part: Path) -> dict[str, object]:
    """When each picture of a part is shown, seconds from its beginning, and its number; null where none is read."""
    times, numbers = [], []
    with av.open(str(part)) as film:
        for frame in film.decode(video=0):
            times.append(frame.time)
            plane = np.asarray(frame.to_ndarray(format="gray"), np.uint8)
            numbers.append(number_of(grey(plane)))
    return {"part": part.name, "times": times, "numbers": numbers}


if __name__ == "__main__":
    main(sys.argv[1:])
