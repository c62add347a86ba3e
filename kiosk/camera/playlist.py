"""A meeting's film for a browser: HLS over the parts as they lie on the disk; an hour opens at once and needs no copy.

The whole film is listed by byte ranges of its parts. A clip is listed by addresses of its own, one a segment: whoever
may see the clip could else ask for any other range of the part.
"""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .chain import CHAIN, Link, read_chain
from .parts import part_files, sealed_parts
from .segments import Segment, segments

_FILMS_KEPT, _CLIPS_KEPT = 8, 64  # what was listed once is not read again


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
    return tuple(stretch for _, stretch in _parts(folder) if stretch)


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
    for name, stretch in _parts(folder):
        left_out_ms, some = _between(stretch, since_ms - begins_ms, until_ms - begins_ms)
        if stretch and some:
            first_ms = first_ms if found else begins_ms + left_out_ms
            found.append(Stretch(name, stretch.head, some))
        known = lengths.get(name)
        begins_ms += _length_ms(stretch) if known is None else known
    return Cut(first_ms, tuple(found))


def _parts(folder: Path) -> Iterator[tuple[str, Stretch | None]]:
    """Every part there is or was, oldest first, with what of it plays.

    A sealed part says so itself, so that hours of film open at once; of the others the fragments are read.
    """
    sealed = {part.name: part for part in sealed_parts(folder)}
    there = {path.name: path for path in part_files(folder)}
    told = {name for name, part in sealed.items() if part.segments}
    links = _links(folder, told)
    for name in sorted({*sealed, *there, *links}):
        if name not in there:
            yield name, None
        elif name in told:
            yield name, Stretch(name, sealed[name].head, sealed[name].segments)
        else:
            yield name, _whole(there[name], links.get(name, []))


def _links(folder: Path, told: Collection[str]) -> dict[str, list[Link]]:
    """The chain's lines of the parts that do not tell for themselves."""
    found: dict[str, list[Link]] = {}
    for link in read_chain(folder, without=told):
        found.setdefault(link.part, []).append(link)
    return found


def _whole(path: Path, links: list[Link]) -> Stretch | None:
    plays = segments(path, links) if links else ()
    return Stretch(path.name, links[0].len, plays) if plays else None


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
