"""What the journal knows of a meeting's video (录像): its sealed parts, its gaps, its marks.

The recorder is another process; if it dies the meeting goes on, and the gap is a fact that the record names.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.core.events import (
    FilmRoomReported,
    RecordingInterrupted,
    RecordingStarted,
    RecordingStopped,
    SegmentSealed,
    ShortFilmAccepted,
    VideoMarked,
)

Filming = (
    RecordingStarted
    | FilmRoomReported
    | ShortFilmAccepted
    | SegmentSealed
    | RecordingInterrupted
    | VideoMarked
    | RecordingStopped
)
"""What is told of the video."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The video of one meeting as far as the journal knows it.

    `room_minutes` is how much film the disk held before the meeting, None where nothing was said of it;
    `short_accepted` whether the chair accepted that it is not enough.
    """

    room_minutes: int | None = None
    short_accepted: bool = False
    started: RecordingStarted | None = None
    started_at: datetime | None = None
    stopped: bool = False
    segments: tuple[SegmentSealed, ...] = ()
    interruptions: tuple[RecordingInterrupted, ...] = ()
    marks: tuple[VideoMarked, ...] = ()

    @property
    def is_running(self) -> bool:
        """Started and not stopped, as far as the journal knows."""
        return self.started is not None and not self.stopped

    def grown(self, event: Filming, at: datetime) -> "Recording":
        """After one more fact about the video; the recorder may start more than once."""
        match event:
            case RecordingStarted():
                return replace(self, started=event, started_at=self.started_at or at, stopped=False)
            case FilmRoomReported():
                return replace(self, room_minutes=event.minutes)
            case ShortFilmAccepted():
                return replace(self, short_accepted=True)
            case SegmentSealed():
                return replace(self, segments=(*self.segments, event))
            case RecordingInterrupted():
                return replace(self, interruptions=(*self.interruptions, event))
            case VideoMarked():
                return replace(self, marks=(*self.marks, event))
            case RecordingStopped():
                return replace(self, stopped=True)
