"""The course of a meeting as a drawing (会议进程图): headcount with its threshold, speeches, votes, gaps, notes. Pure.

From left to right runs the wall clock, from the opening to the end, so that gaps of the film are seen as such. What
can be watched leads to its second of the film.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk import wording
from kiosk.core import events as e
from kiosk.core.journal import Entry
from kiosk.core.meetings.headcount import headcounts
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.meetings.timecode import Timecode
from kiosk.web.filmed import seconds
from kiosk.wording.chapters import vote_named

WIDTH, HEIGHT = 1000, 100
LEAST = 4
"""Nothing is drawn narrower than this, in the units of the drawing."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Something from one instant to another: left edge, width, what it is, at which second of the film it begins."""

    x: float
    width: float
    words: str
    second: str
    look: str


@dataclass(frozen=True, slots=True)
class Course:
    """The drawing: `line` is the path of the headcount, `needed` the height of its threshold, both from the top."""

    line: str
    needed: float
    headcount: str
    speeches: tuple[Bar, ...]
    votes: tuple[Bar, ...]
    gaps: tuple[Bar, ...]
    notes: tuple[Bar, ...]
    begins: str
    ends: str


class _Scale:
    def __init__(self, begin: datetime, end: datetime, film: Timecode) -> None:
        self._begin, self._film = begin, film
        self._whole = max(end - begin, timedelta(seconds=1))

    def x(self, at: datetime) -> float:
        share = (at - self._begin) / self._whole
        return round(WIDTH * min(max(share, 0.0), 1.0), 1)

    def bar(self, since: datetime, until: datetime, words: str, look: str, seq: int = 0) -> Bar:
        x = min(self.x(since), WIDTH - LEAST)
        place = self._film.place(seq, since)
        return Bar(x, max(LEAST, self.x(until) - x), words, seconds(place.film_ms), look)


def drawn(meeting: Meeting, entries: Sequence[Entry], film: Timecode, now: datetime) -> Course:
    """The drawing of a meeting that was opened, up to its end or the present."""
    assert meeting.opened_at is not None
    begin, end = meeting.opened_at, meeting.adjourned_at or now
    scale = _Scale(begin, end, film)
    steps = headcounts(entries, meeting.entitled)
    needed = meeting.row.quorum.least(len(meeting.entitled))
    most = max(1, len(meeting.entitled))
    least = min((step.present for step in steps), default=0)
    largest = max((step.present for step in steps), default=0)
    changed = f"在{least}人和{largest}人之间" if least != largest else f"一直是{largest}人"
    return Course(
        line=_path([(scale.x(s.at), _y(s.present, most)) for s in steps]),
        needed=_y(needed, most),
        headcount=f"应到{len(meeting.entitled)}人，要到{needed}人，到会{changed}",
        speeches=tuple(_speeches(meeting, entries, scale, end)),
        votes=tuple(_votes(meeting, entries, scale, end)),
        gaps=tuple(_gaps(meeting, scale, end)),
        notes=tuple(
            scale.bar(n.moment, n.moment, f"批注{n.number}号：{n.text}", "pin")
            for n in meeting.notes
        ),
        begins=wording.clock_seconds(begin),
        ends=wording.clock_seconds(end),
    )


def _y(present: int, most: int) -> float:
    return round(HEIGHT * (1 - present / most), 1)


def _path(steps: Sequence[tuple[float, float]]) -> str:
    """A line that keeps its height until the next step, and the last to the end."""
    if not steps:
        return ""
    (x, y), *rest = steps
    return f"M{x} {y}" + "".join(f"H{x}V{y}" for x, y in rest) + f"H{WIDTH}"


def _speeches(
    meeting: Meeting, entries: Iterable[Entry], scale: _Scale, end: datetime
) -> Iterable[Bar]:
    given = {entry.at: entry.seq for entry in entries if isinstance(entry.event, e.FloorGiven)}
    speaker = meeting.debate.speaker
    held = [(s.person, s.began_at, s.ended_at) for s in meeting.debate.speeches]
    held += [(speaker.person, speaker.since, end)] if speaker else []
    for person, since, until in held:
        name = meeting.seats[person].name
        yield scale.bar(since, until, f"{name}发言", "speech", given.get(since, 0))


def _votes(
    meeting: Meeting, entries: Iterable[Entry], scale: _Scale, end: datetime
) -> Iterable[Bar]:
    ended = {
        entry.event.vote: entry.at
        for entry in entries
        if isinstance(entry.event, e.VoteClosed | e.VoteVoided)
    }
    opened = {e_.event.vote: e_.seq for e_ in entries if isinstance(e_.event, e.VoteOpened)}
    for vote in meeting.votes.values():
        until = vote.closed_at or ended.get(vote.id, end)
        words = vote_named(meeting, vote)
        yield scale.bar(vote.opened_at, until, words, "vote", opened.get(vote.id, 0))


def _gaps(meeting: Meeting, scale: _Scale, end: datetime) -> Iterable[Bar]:
    for pause in meeting.pauses:
        yield scale.bar(pause.since, pause.until or end, "人数不够，暂停", "pause")
    for gap in meeting.recording.interruptions:
        cause = wording.GAPS.get(gap.cause, gap.cause)
        yield scale.bar(gap.since, gap.until, f"录像中断：{cause}", "gap")
