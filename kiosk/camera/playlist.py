"""A byte-range HLS playlist over the parts: an hour of film opens at once and needs no copy."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from .boxes import Span, spans
from .chain import Link, read_chain

# Keyframes come every 50 frames: a little less than two seconds when the camera is a little fast.
_SEGMENT_S = 1.9


@dataclass(frozen=True, slots=True)
class _Segment:
    offset: int
    length: int
    seconds: float


def playlist(folder: Path, base_url: str) -> str:
    """Return the .m3u8 of all that is recorded; the parts are fetched from `base_url`/part-….mp4.

    A meeting still going on is listed as far as it has come. Raises OSError when a part cannot
    be read; one that is gone is left out.
    """
    parts = [list(group) for _, group in groupby(read_chain(folder), key=lambda link: link.part)]
    body: list[str] = []
    longest = 1.0
    for links in parts:
        segments = list(_segments(folder, links))
        if segments:
            body += ["#EXT-X-DISCONTINUITY"] if body else []
            body += _part(f"{base_url.rstrip('/')}/{links[0].part}", links[0], segments)
            longest = max(longest, *(segment.seconds for segment in segments))
    head = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{math.ceil(longest)}"]
    head += ["#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-INDEPENDENT-SEGMENTS"]
    return "\n".join([*head, *body, "#EXT-X-ENDLIST", ""])


def _part(url: str, head: Link, segments: Iterable[_Segment]) -> Iterator[str]:
    yield f'#EXT-X-MAP:URI="{url}",BYTERANGE="{head.len}@{head.off}"'
    for segment in segments:
        yield f"#EXTINF:{segment.seconds:.3f},"
        yield f"#EXT-X-BYTERANGE:{segment.length}@{segment.offset}"
        yield url


def _segments(folder: Path, links: list[Link]) -> Iterator[_Segment]:
    path = folder / links[0].part
    if not path.exists():
        return
    groups = _groups(spans(path, links))
    for group, after in zip(groups, [*groups[1:], None], strict=True):
        first, last = group[0], group[-1]
        end_s = after[0][1].begin_s if after else last[1].end_s
        length = last[0].end - first[0].off
        yield _Segment(first[0].off, length, end_s - first[1].begin_s)


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
