"""Timecode (时间码): where in a meeting's film an entry of its journal stands.

The film is its parts one after another, as the playlist plays them: its time has no gaps, the wall clock has. Where
both are known there is an anchor: a part's beginning and end, and every mark of a vote. Between two anchors time is
counted on from the one before or back from the one after.

The parts bear the machine's clock, and somebody may set it while the meeting sits. Then the parts no longer follow one
another by their clocks, and entries are placed by their order in the journal instead, between the seals of the parts.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate, pairwise

from kiosk.core.events import (
    RecordingStarted,
    RecordingStopped,
    SegmentSealed,
    VideoMarked,
    VoteClosed,
    VoteOpened,
)
from kiosk.core.journal import Entry
from kiosk.core.terms import Moment, VoteId

_AT_ONCE = timedelta(seconds=2)
"""Parts that follow one another so closely leave nothing out: a fragment is written up to a second after its time."""
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Anchor:
    """An instant whose place in the film is known; `seq` is the journal's entry it goes with."""

    seq: int
    at: datetime
    film_ms: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the film, milliseconds from its beginning; not `shown`: before it, after it, or in a gap of it."""

    film_ms: int
    shown: bool


@dataclass(frozen=True)
class Timecode:
    """The anchors of one film in its order; `running` while the recorder is still at work."""

    anchors: tuple[Anchor, ...] = ()
    running: bool = False

    def place(self, seq: int, at: datetime) -> Place:
        """Where the entry of that number and instant stands."""
        follow = bisect_right(self._clocks, at) if self._is_steady else self._by_order(seq)
        if follow == 0:
            return Place(0, shown=False)
        before, rest = self.anchors[follow - 1], self.anchors[follow:]
        return _between(before, rest[0], at) if rest else self._after(before, at)

    def instant(self, film_ms: int) -> datetime | None:
        """When the film shows this place of it; None where there is no film."""
        passed = [anchor for anchor in self.anchors if anchor.film_ms <= film_ms]
        if not passed:
            return self.anchors[0].at if self.anchors else None
        return passed[-1].at + (film_ms - passed[-1].film_ms) * _MS

    @cached_property
    def _is_steady(self) -> bool:
        """Whether no anchor is earlier by its clock than one before it."""
        clocks = [anchor.at for anchor in self.anchors]
        return all(b >= a - _AT_ONCE for a, b in pairwise(clocks))

    @cached_property
    def _clocks(self) -> list[datetime]:
        return list(accumulate((anchor.at for anchor in self.anchors), max))

    def _by_order(self, seq: int) -> int:
        return bisect_right([anchor.seq for anchor in self.anchors], seq)

    def _after(self, last: Anchor, at: datetime) -> Place:
        """What was not sealed yet goes on at the clock's pace; after its end a film shows nothing more."""
        since = max(timedelta(0), at - last.at)
        if self.running:
            return Place(last.film_ms + since // _MS, shown=True)
        return Place(last.film_ms, shown=since <= _AT_ONCE)


def _between(before: Anchor, after: Anchor, at: datetime) -> Place:
    if before.film_ms == after.film_ms:
        return Place(after.film_ms, shown=after.at - before.at <= _AT_ONCE)
    onward = before.film_ms + (at - before.at) // _MS
    if onward > after.film_ms:
        # The clock was set forward between the two: after that the later one tells the truth.
        onward = after.film_ms - (after.at - at) // _MS
    return Place(min(max(onward, before.film_ms), after.film_ms), shown=True)


def timecode(entries: Sequence[Entry]) -> Timecode:
    """The timecode of a meeting's film, from the entries of the meeting in their order."""
    started = next((e for e in entries if isinstance(e.event, RecordingStarted)), None)
    if started is None:
        return Timecode()
    running = [e for e in entries if isinstance(e.event, RecordingStarted | RecordingStopped)]
    goes_on = isinstance(running[-1].event, RecordingStarted)
    return Timecode(tuple(_anchors(entries, started)), running=goes_on)


def _anchors(entries: Sequence[Entry], started: Entry) -> Iterator[Anchor]:
    marks, begins_ms, since = _marks(entries), 0, started
    for seal in entries:
        match seal.event:
            case SegmentSealed() as part:
                yield Anchor(since.seq, part.began_at, begins_ms)
                yield from _marked(marks.pop(part.part, ()), begins_ms, part.duration_ms)
                begins_ms += part.duration_ms
                yield Anchor(seal.seq, part.ended_at, begins_ms)
                since = seal
            case _:
                pass
    if since is started:
        yield Anchor(started.seq, started.at, 0)
    for unsealed in marks.values():
        yield from _marked(unsealed, begins_ms, None)


def _marked(marks: Iterable[Anchor], begins_ms: int, lasts_ms: int | None) -> Iterator[Anchor]:
    """The marks of one part, by their place in the film; one a little beyond its end is at it, others are no marks."""
    for mark in sorted(marks, key=lambda mark: mark.film_ms):
        within_ms = mark.film_ms if lasts_ms is None else min(mark.film_ms, lasts_ms)
        if (mark.film_ms - within_ms) * _MS <= _AT_ONCE:
            yield Anchor(mark.seq, mark.at, begins_ms + within_ms)


def _marks(entries: Iterable[Entry]) -> dict[str, list[Anchor]]:
    """For each part its marks: the moment's own entry, and how far into the part it is."""
    moments: dict[tuple[VoteId, Moment], Entry] = {}
    found: dict[str, list[Anchor]] = {}
    for entry in entries:
        match entry.event:
            case VoteOpened(vote=vote):
                moments[vote, Moment.OPENED] = entry
            case VoteClosed(vote=vote):
                moments[vote, Moment.CLOSED] = entry
            case VideoMarked(vote=vote, moment=moment) as mark if (vote, moment) in moments:
                of_it = moments[vote, moment]
                anchor = Anchor(of_it.seq, of_it.at, mark.offset_ms)
                found.setdefault(mark.part, []).append(anchor)
            case _:
                pass
    return found
