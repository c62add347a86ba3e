"""Just enough of the MP4 format to know when a fragment begins and ends, and if on a keyframe."""

import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .chain import Link

_VIDEO_TRACK = 1  # film.py adds the picture before the sound
_NOT_SYNC = 0x10000  # sample flag: not a keyframe

# Flags that say which optional fields a box has (ISO/IEC 14496-12, 8.8.7 and 8.8.8).
_TFHD_DURATION, _TFHD_FLAGS = 0x08, 0x20
_TRUN_FIRST_FLAGS, _TRUN_DURATION, _TRUN_FLAGS = 0x04, 0x100, 0x400


@dataclass(frozen=True, slots=True)
class Span:
    """The picture in one fragment, seconds from the beginning of the part."""

    begin_s: float
    end_s: float
    on_keyframe: bool


def spans(path: Path, links: list[Link]) -> Iterator[tuple[Link, Span]]:
    """Yield the fragments of a part that hold pictures, in order; `links` begin with its head.

    Raises OSError when the part cannot be read.
    """
    with path.open("rb") as file:
        scale = _timescale(os.pread(file.fileno(), links[0].len, links[0].off))
        for link in links[1:]:
            span = _span(_first_box(file.fileno(), link.off), scale)
            if span is not None:
                yield link, span


def length_ms(path: Path, links: list[Link]) -> int:
    """Return how long the picture of a part is, milliseconds; 0 when there is none."""
    newest_first = (spans(path, [links[0], link]) for link in reversed(links[1:]))
    ends = (span.end_s for one in newest_first for _, span in one)
    return round(1000 * next(ends, 0.0))


def _first_box(file: int, offset: int) -> bytes:
    (size,) = struct.unpack(">I", os.pread(file, 4, offset))
    return os.pread(file, size, offset)


def _inside(box: bytes, head: int = 8) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and bytes (header included) of the boxes within `box`."""
    at = head
    while at + 8 <= len(box):
        size, kind = struct.unpack_from(">I4s", box, at)
        yield kind, box[at : at + size]
        at += max(size, 8)


def _all(box: bytes, *path: bytes) -> Iterator[bytes]:
    """Yield the boxes reached from `box` by the kinds in `path`."""
    if not path:
        yield box
        return
    for kind, inner in _inside(box):
        if kind == path[0]:
            yield from _all(inner, *path[1:])


def _timescale(head: bytes) -> int:
    """Return the ticks per second of the first track in the head of a part."""
    top = bytes(8) + head  # as if the file were one box
    mdhd = next(_all(top, b"moov", b"trak", b"mdia", b"mdhd"))
    scale: int = struct.unpack_from(">I", mdhd, 28 if mdhd[8] == 1 else 20)[0]
    return scale


def _span(moof: bytes, scale: int) -> Span | None:
    for track in _all(moof, b"traf"):
        parts = dict(_inside(track))
        if b"trun" in parts and _number(parts[b"tfhd"], 12) == _VIDEO_TRACK:
            begin = struct.unpack_from(">Q", parts[b"tfdt"], 12)[0]
            default, flags = _defaults(parts[b"tfhd"])
            ticks, first = _run(parts[b"trun"], default, flags)
            return Span(begin / scale, (begin + ticks) / scale, not first & _NOT_SYNC)
    return None


def _number(box: bytes, at: int) -> int:
    value: int = struct.unpack_from(">I", box, at)[0]
    return value


def _fields(box: bytes, at: int, columns: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the optional fields of a box from `at` on: (flag that announces one, its width)."""
    announced = _number(box, 8) & 0xFFFFFF
    found: dict[int, int] = {}
    for flag, width in columns:
        if announced & flag:
            found[flag] = _number(box, at)
            at += width
    return found


def _defaults(tfhd: bytes) -> tuple[int, int]:
    """Return the default duration (ticks) and flags of a sample."""
    found = _fields(
        tfhd, 16, ((0x01, 8), (0x02, 4), (_TFHD_DURATION, 4), (0x10, 4), (_TFHD_FLAGS, 4))
    )
    return found.get(_TFHD_DURATION, 0), found.get(_TFHD_FLAGS, 0)


def _run(trun: bytes, default: int, flags: int) -> tuple[int, int]:
    """Return the duration of all samples (ticks) and the flags of the first."""
    head = _fields(trun, 16, ((0x01, 4), (_TRUN_FIRST_FLAGS, 4)))
    table = 16 + 4 * len(head)
    columns = ((_TRUN_DURATION, 4), (0x200, 4), (_TRUN_FLAGS, 4), (0x800, 4))
    row = len(_fields(trun, table, columns)) * 4
    samples = [_fields(trun, table + row * k, columns) for k in range(_number(trun, 12))]
    first = head.get(_TRUN_FIRST_FLAGS, samples[0].get(_TRUN_FLAGS, flags))
    return sum(sample.get(_TRUN_DURATION, default) for sample in samples), first
