"""One still picture, by a process of its own: `python -m kiosk.camera.still SOURCE` writes a JPEG to its stdout.

With `-` as the source it takes a picture file from its stdin instead. Whichever it is, what comes out is drawn anew:
upright, no more than 1600 pixels a side, and without what a telephone writes into its pictures, the place above all.
"""

import sys
import time
from io import BytesIO

import cv2
from PIL import Image, ImageOps, UnidentifiedImageError

from kiosk.camera.sources import Wish, hush, kind_of, open_source

STDIN = "-"
LONGEST_PX = 1600
LARGEST_PX = 80_000_000
"""Pixels of a picture that is taken in at all: more than any telephone makes, few enough for the memory."""
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP")
NO_CAMERA, NO_PICTURE = 3, 4
"""What the process ends with where nothing came; 0 otherwise."""

_WISH = Wish(1920, 1080, 25)
_SETTLING_S = 1.0  # a camera that has just been opened finds its light first
_PAPER = (255, 255, 255)


class Nothing(Exception):
    """No picture came; the code says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def main() -> int:
    """Take one picture from the source that the command line names; the exit code."""
    hush()
    source = sys.argv[1]
    try:
        picture = sent(sys.stdin.buffer.read()) if source == STDIN else seen(source)
    except Nothing as nothing:
        return nothing.code
    sys.stdout.buffer.write(as_jpeg(picture))
    return 0


def seen(source: str) -> Image.Image:
    """What the camera sees. Nothing where it cannot be opened or gives no picture."""
    capture = open_source(source, _WISH)
    if capture is None:
        raise Nothing(NO_CAMERA)
    try:
        settled = time.monotonic() + (0 if kind_of(source) == "film" else _SETTLING_S)
        good, frame = capture.read()
        while good and time.monotonic() < settled:
            good, frame = capture.read()
    finally:
        capture.release()
    if not good:
        raise Nothing(NO_CAMERA)
    return Image.fromarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))


def sent(file: bytes, least_px: int = LONGEST_PX) -> Image.Image:
    """The picture in a file that somebody sent, at least so large where it was. Nothing where there is none.

    Nor one too large to draw.
    """
    try:
        picture = Image.open(BytesIO(file), formats=FORMATS)
        if picture.width * picture.height > LARGEST_PX:
            raise Nothing(NO_PICTURE)
        picture.draft("RGB", (least_px, least_px))
        return ImageOps.exif_transpose(picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        # A broken file shows itself in as many ways as there are formats.
        raise Nothing(NO_PICTURE) from error
    except Image.DecompressionBombError as error:
        raise Nothing(NO_PICTURE) from error


def as_jpeg(picture: Image.Image) -> bytes:
    """The picture alone, on white paper where it is transparent, no larger than wanted."""
    smaller = picture.convert("RGBA")
    smaller.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.LANCZOS)
    paper = Image.new("RGB", smaller.size, _PAPER)
    paper.paste(smaller, mask=smaller.getchannel("A"))
    out = BytesIO()
    paper.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
