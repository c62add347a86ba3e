"""A signed sheet out of a photograph (湿签回收), by a process of its own: `python -m kiosk.camera.sheet SOURCE`.

It takes the picture from the camera; files are read by `scan`. To its stdout it writes one line of JSON, what the
codes on the sheet say and whether its edges were found, and then the sheet as a JPEG: cut out, straight, upright. A
scan that has no edges stays as it is. Hand-held paper is bent and its light uneven: both are lived with.
"""

import json
import sys
from dataclasses import dataclass
from io import BytesIO
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kiosk.camera.sources import hush
from kiosk.camera.still import Nothing, seen

Pixels = NDArray[np.uint8]
Points = NDArray[np.float32]

MM_WIDE, MM_HIGH = 210, 297
PX_PER_MM = 8
"""Some 200 dots an inch: the smallest code on a paper has three dots a module."""
TAKEN_IN_PX = 3600
QUALITY = 80
_LEAST_PART = 0.2
"""A sheet fills at least this part of the picture."""
_WHOLE_PICTURE = 0.98
"""Larger than that it is the picture itself: a scan, which is straight as it is."""
_CORNERS = 4
_LOOKED_AT_PX = 1000
_READ_AT_PX = (2400, 3400, 1700)
"""How high the sheet is drawn to be read, one after the other: no size suits every code."""
PAPER_MARK = "#"
"""Behind it the code of a paper names the paper; other codes, of films, have none, and looking goes on."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it lies before a scanner; what its codes say; whether its edges were found."""

    picture: Pixels
    codes: tuple[str, ...]
    straightened: bool


def main() -> int:
    """Take one picture from the source that the command line names; the exit code is that of `still`."""
    hush()
    try:
        taken = seen(sys.argv[1])
    except Nothing as nothing:
        return nothing.code
    sheet = sheet_in(as_pixels(taken))
    told = {"codes": sheet.codes, "straightened": sheet.straightened}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + jpeg_of(sheet.picture))
    return 0


def sheet_in(picture: Pixels) -> Sheet:
    """The sheet in a picture (BGR): straight, and upright as its codes stand; codes as they are read."""
    corners = _corners(picture)
    flat = picture if corners is None else _flattened(picture, corners)
    for candidate in (flat, picture) if corners is not None else (flat,):
        codes = _codes(candidate)
        if codes:
            upright = np.rot90(flat, _quarter_turns(codes[0][1])) if candidate is flat else flat
            texts = tuple(dict.fromkeys(text for text, _ in codes))
            return Sheet(np.ascontiguousarray(upright), texts, corners is not None)
    return Sheet(flat, (), corners is not None)


def as_pixels(taken: Image.Image) -> Pixels:
    """The picture in the colours of OpenCV, no larger than is looked at."""
    smaller = taken.convert("RGB")
    smaller.thumbnail((TAKEN_IN_PX, TAKEN_IN_PX), Image.Resampling.LANCZOS)
    return cv2.cvtColor(np.asarray(smaller), cv2.COLOR_RGB2BGR).astype(np.uint8)


def jpeg_of(picture: Pixels) -> bytes:
    """The picture (BGR) as a JPEG."""
    out = BytesIO()
    rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
    Image.fromarray(rgb).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _corners(picture: Pixels) -> Points | None:
    """The four corners of the largest bright four-sided thing, clockwise from the upper left; None where none is."""
    scale = min(1.0, _LOOKED_AT_PX / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (7, 7), 0)
    _, bright = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:3]:
        hull = cv2.convexHull(outline)
        four = cv2.approxPolyDP(hull, 0.02 * cv2.arcLength(hull, closed=True), closed=True)
        part = cv2.contourArea(four) / (small.shape[0] * small.shape[1])
        if len(four) == _CORNERS and _LEAST_PART < part < _WHOLE_PICTURE:
            return _in_order(four.reshape(4, 2).astype(np.float32) / np.float32(scale))
    return None


def _in_order(four: Points) -> Points:
    """Upper left, upper right, lower right, lower left."""
    sums, differences = four.sum(axis=1), four[:, 1] - four[:, 0]
    order = [sums.argmin(), differences.argmin(), sums.argmax(), differences.argmax()]
    return four[order]


def _flattened(picture: Pixels, corners: Points) -> Pixels:
    """What lies between the corners, as a sheet of A4; lying where it lay."""
    across = np.linalg.norm(corners[1] - corners[0]) + np.linalg.norm(corners[2] - corners[3])
    down = np.linalg.norm(corners[3] - corners[0]) + np.linalg.norm(corners[2] - corners[1])
    wide, high = (MM_HIGH, MM_WIDE) if across > down else (MM_WIDE, MM_HIGH)
    w, h = wide * PX_PER_MM, high * PX_PER_MM
    target = np.array([[0, 0], [w - 1, 0], [w - 1, h - 1], [0, h - 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    return cv2.warpPerspective(picture, matrix, (w, h), flags=cv2.INTER_AREA).astype(np.uint8)


def _codes(picture: Pixels) -> list[tuple[str, Points]]:
    """What the codes say, and where each has its corners, from its own upper left; first what was read most easily."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    found: dict[str, Points] = {}
    readers = (cv2.QRCodeDetectorAruco(), cv2.QRCodeDetector())
    for high, reader in product(_READ_AT_PX, readers):
        scale = high / max(grey.shape)
        finer = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        sized = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=finer)
        good, texts, points, _ = reader.detectAndDecodeMulti(sized)
        for text, corners in zip(texts, points, strict=False) if good else ():
            if text:
                found.setdefault(text, corners.astype(np.float32) / scale)
        if any(PAPER_MARK in text for text in found):
            break
    return list(found.items())


def _quarter_turns(code: Points) -> int:
    """How many quarter turns, counter-clockwise, stand the code upright."""
    along = code[1] - code[0]
    return round(float(np.degrees(np.arctan2(along[1], along[0]))) / 90) % 4


if __name__ == "__main__":
    sys.exit(main())
