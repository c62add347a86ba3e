"""A meeting's film for a browser: HLS over the parts as they lie on the disk; an hour opens at once and needs no copy.

The whole film is listed by byte ranges of its parts. A clip is listed by addresses of its own, one a segment: whoever
may see the clip could else ask for any other range of the part.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from .boxes import Span, spans
from .chain import CHAIN, Link, read_chain

# Keyframes come every 50 frames: a little less than two seconds when the camera is a little fast.
_SEGMENT_S = 1.9
_FILMS_KEPT, _CLIPS_KEPT = 8, 64  # what was listed once is not read again


@dataclass(frozen=True, slots=True)
class Segment:
    """Bytes of a part that play by themselves after its head: they begin on a keyframe."""

    offset: int
    length: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some consecutive segments of one part; `head` is how many bytes at its beginning a player needs first."""

    part: str
    head: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """What was cut out of a film: it begins at this time of the film, milliseconds, at a keyframe."""

    since_ms: int
    stretches: tuple[Stretch, ...]


Address = Callable[[Stretch, int, int], tuple[str, str]]
"""Where bytes of a part are fetched, by offset and length: an address, and the range of it or nothing."""


def playlist(folder: Path, base_url: str) -> str:
    """Return the .m3u8 of all that is recorded; the parts are fetched from `base_url`/part-….mp4.

    A meeting still going on is listed as far as it has come. Raises OSError when a part cannot
    be read; one that is gone is left out.
    """
    base = base_url.rstrip("/")
    return _listed(stretches(folder), lambda s, off, n: (f"{base}/{s.part}", f"{n}@{off}"))


def clip_playlist(clip: Cut, base_url: str) -> str:
    """Return the .m3u8 of a clip; a segment is fetched from `base_url`/<part>/<offset>-<length>.mp4."""
    base = base_url.rstrip("/")
    return _listed(clip.stretches, lambda s, off, n: (f"{base}/{s.part}/{off}-{n}.mp4", ""))


def stretches(folder: Path) -> tuple[Stretch, ...]:
    """Return every part that is there, whole. Raises OSError when one cannot be read."""
    return _stretches(folder, _mark(folder))


def cut(folder: Path, since_ms: int, until_ms: int, lengths_ms: Mapping[str, int]) -> Cut:
    """Return what of the film lies between two of its times, milliseconds, cut at keyframes around them.

    `lengths_ms` are those of the sealed parts: such a part is only opened where it is needed, and
    one that is gone takes its time all the same. Raises OSError when a part cannot be read.
    """
    return _cut(folder, _mark(folder), since_ms, until_ms, tuple(lengths_ms.items()))


def pieces(clip: Cut) -> set[tuple[str, int, int]]:
    """Return all that the playlist of a clip names: part, offset and length, the heads included."""
    named = set()
    for stretch in clip.stretches:
        named.add((stretch.part, 0, stretch.head))
        named |= {(stretch.part, one.offset, one.length) for one in stretch.segments}
    return named


def _listed(film: Iterable[Stretch], address: Address) -> str:
    body: list[str] = []
    longest = 1.0
    for stretch in film:
        body += ["#EXT-X-DISCONTINUITY"] if body else []
        body += _lines(stretch, address)
        longest = max(longest, *(segment.seconds for segment in stretch.segments))
    head = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{math.ceil(longest)}"]
    head += ["#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-INDEPENDENT-SEGMENTS"]
    return "\n".join([*head, *body, "#EXT-X-ENDLIST", ""])


def _lines(stretch: Stretch, address: Address) -> Iterator[str]:
    url, within = address(stretch, 0, stretch.head)
    yield f'#EXT-X-MAP:URI="{url}"' + (f',BYTERANGE="{within}"' if within else "")
    for segment in stretch.segments:
        url, within = address(stretch, segment.offset, segment.length)
        yield f"#EXTINF:{segment.seconds:.3f},"
        if within:
            yield f"#EXT-X-BYTERANGE:{within}"
        yield url


def _mark(folder: Path) -> tuple[int, ...]:
    """What changes when the film grows or a part of it is gone."""
    if not folder.exists():
        return ()
    chain = folder / CHAIN
    grown = chain.stat().st_size if chain.exists() else 0
    return grown, folder.stat().st_mtime_ns


@lru_cache(_FILMS_KEPT)
def _stretches(folder: Path, _mark: tuple[int, ...]) -> tuple[Stretch, ...]:
    found = (_whole(folder, links) for links in _parts(folder))
    return tuple(stretch for stretch in found if stretch)


@lru_cache(_CLIPS_KEPT)
def _cut(
    folder: Path,
    _mark: tuple[int, ...],
    since_ms: int,
    until_ms: int,
    lengths_ms: tuple[tuple[str, int], ...],
) -> Cut:
    found: list[Stretch] = []
    first_ms, begins_ms, lengths = since_ms, 0, dict(lengths_ms)
    for links in _parts(folder):
        known = lengths.get(links[0].part)
        ends_ms = math.inf if known is None else begins_ms + known
        inside = begins_ms < until_ms and since_ms < ends_ms
        stretch = _whole(folder, links) if inside else None
        left_out_ms, some = _between(stretch, since_ms - begins_ms, until_ms - begins_ms)
        if stretch and some:
            first_ms = first_ms if found else begins_ms + left_out_ms
            found.append(Stretch(stretch.part, stretch.head, some))
        begins_ms += _length_ms(stretch) if known is None else known
    return Cut(first_ms, tuple(found))


def _parts(folder: Path) -> Iterator[list[Link]]:
    return (list(group) for _, group in groupby(read_chain(folder), key=lambda link: link.part))


def _whole(folder: Path, links: list[Link]) -> Stretch | None:
    path = folder / links[0].part
    segments = _segments(path, links) if path.exists() else ()
    return Stretch(links[0].part, links[0].len, segments) if segments else None


def _between(
    stretch: Stretch | None, since_ms: int, until_ms: int
) -> tuple[int, tuple[Segment, ...]]:
    """How much of the part is left out before the first segment that is wanted, milliseconds, and those that are."""
    found: list[Segment] = []
    left_out_s = at_s = 0.0
    for segment in stretch.segments if stretch else ():
        ends_s = at_s + segment.seconds
        if at_s * 1000 < until_ms and ends_s * 1000 > since_ms:
            left_out_s = left_out_s if found else at_s
            found.append(segment)
        at_s = ends_s
    return round(left_out_s * 1000), tuple(found)


def _length_ms(stretch: Stretch | None) -> int:
    return round(1000 * sum(segment.seconds for segment in stretch.segments)) if stretch else 0


def _segments(path: Path, links: list[Link]) -> tuple[Segment, ...]:
    groups = _groups(spans(path, links))
    found = []
    for group, after in zip(groups, [*groups[1:], None], strict=True):
        first, last = group[0], group[-1]
        end_s = after[0][1].begin_s if after else last[1].end_s
        length = last[0].end - first[0].off
        found.append(Segment(first[0].off, length, end_s - first[1].begin_s))
    return tuple(found)


def _groups(fragments: Iterable[tuple[Link, Span]]) -> list[list[tuple[Link, Span]]]:
    """Gather fragments to groups that begin on a keyframe and last long enough."""
    groups: list[list[tuple[Link, Span]]] = []
    for link, span in fragments:
        if not groups or (span.on_keyframe and _lasts(groups[-1], span) >= _SEGMENT_S):
            groups.append([])
        groups[-1].append((link, span))
    return groups


def _lasts(group: list[tuple[Link, Span]], after: Span) -> float:
    return after.begin_s - group[0][1].begin_s
