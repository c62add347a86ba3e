"""What a player fetches one by one: some fragments of a part that begin on a keyframe and last some two seconds."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .boxes import Span, spans
from .chain import Link

# Keyframes come every 50 frames: a little less than two seconds when the camera is a little fast.
_SEGMENT_S = 1.9


@dataclass(frozen=True, slots=True)
class Segment:
    """Bytes of a part that play by themselves after its head: they begin on a keyframe."""

    offset: int
    length: int
    seconds: float


def segments(path: Path, links: list[Link]) -> tuple[Segment, ...]:
    """Gather the fragments of a part; `links` begin with its head. Raises OSError when it cannot be read."""
    groups = _groups(spans(path, links))
    found = []
    for group, after in zip(groups, [*groups[1:], None], strict=True):
        first, last = group[0], group[-1]
        end_s = after[0][1].begin_s if after else last[1].end_s
        length = last[0].end - first[0].off
        found.append(Segment(first[0].off, length, round(end_s - first[1].begin_s, 3)))
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
