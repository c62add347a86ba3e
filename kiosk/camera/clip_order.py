"""What a clip is cut from, as one line of JSON to the process that makes it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.core.events import SegmentSealed, VideoMarked
from kiosk.core.meetings.custody import Clip
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import Moment

LEAD_MS = 3_000
"""So much is shown before the vote opens and after it closes: the words of the chair stand there."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one part: from and to in milliseconds of its picture."""

    part: str
    from_ms: int
    to_ms: int


@dataclass(frozen=True, slots=True)
class ClipOrder:
    """Everything the process needs: where the parts lie, the stretches in their order, how, and where to write."""

    folder: str
    stretches: tuple[Stretch, ...]
    whole_picture: bool
    sound: bool
    out: str

    def as_line(self) -> str:
        """The order as one line."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_line(cls, line: str) -> "ClipOrder":
        """Read an order. ValueError, KeyError, TypeError where it is none."""
        told = json.loads(line)
        stretches = tuple(Stretch(**one) for one in told.pop("stretches"))
        return cls(stretches=stretches, **told)


def order_of(meeting: Meeting, clip: Clip, folder: Path, out: Path) -> ClipOrder:
    """The order for one vote's clip: just before its opening to just after its closing. LookupError without marks."""
    marks = {m.moment: m for m in meeting.recording.marks if m.vote == clip.vote}
    stretches = _stretches(meeting.recording.segments, marks[Moment.OPENED], marks[Moment.CLOSED])
    return ClipOrder(str(folder), stretches, clip.whole_picture, clip.sound, str(out))


def _stretches(
    segments: Sequence[SegmentSealed], opened: VideoMarked, closed: VideoMarked
) -> tuple[Stretch, ...]:
    names = [segment.part for segment in segments]
    first, last = names.index(opened.part), names.index(closed.part)
    found = []
    for segment in segments[first : last + 1]:
        begins = opened.offset_ms - LEAD_MS if segment.part == opened.part else 0
        ends = closed.offset_ms + LEAD_MS if segment.part == closed.part else segment.duration_ms
        found.append(Stretch(segment.part, max(0, begins), min(ends, segment.duration_ms)))
    return tuple(found)
