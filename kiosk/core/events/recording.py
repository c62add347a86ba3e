"""What the kiosk itself has reported: the film of the meeting, the papers it has set."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.core.terms import Edition, MeetingId, Moment, Paper, VoteId


@dataclass(frozen=True, slots=True)
class RecordingStarted:
    """The recorder runs (录像开始)."""

    meeting: MeetingId
    source: str
    sound: bool


@dataclass(frozen=True, slots=True)
class SegmentSealed:
    """A part of the video is sealed by its SHA-256 and the head of the film's chain at its end (录像分段封存)."""

    meeting: MeetingId
    part: str
    size_bytes: int
    sha256: str
    began_at: datetime
    ended_at: datetime
    duration_ms: int
    fragments: int
    chain: str


@dataclass(frozen=True, slots=True)
class FilmRoomReported:
    """So many minutes of film the disk would hold, said before the meeting (录像余量)."""

    meeting: MeetingId
    minutes: int


@dataclass(frozen=True, slots=True)
class RecordingInterrupted:
    """The video has a gap (录像中断)."""

    meeting: MeetingId
    since: datetime
    until: datetime
    cause: str


@dataclass(frozen=True, slots=True)
class VideoMarked:
    """A moment of a vote stands at this place of the video, whose chain then ended so (录像标记)."""

    meeting: MeetingId
    vote: VoteId
    moment: Moment
    part: str
    offset_ms: int
    fragments: int
    chain: str


@dataclass(frozen=True, slots=True)
class RecordingStopped:
    """The recorder has ended (录像结束)."""

    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class PaperIssued:
    """A paper was set from the journal up to `from_seq`; its bytes have this SHA-256 (文书制成).

    `source_seq` is the entry that made its first issue (第1稿) fall due: `from_seq` itself; a later issue is set from
    the entry that confirmed a correction, and has the same `source_seq`.
    """

    subject: str
    paper: Paper
    edition: Edition
    source_seq: int
    from_seq: int
    size_bytes: int
    sha256: str


KioskEvent = (
    FilmRoomReported
    | RecordingStarted
    | SegmentSealed
    | RecordingInterrupted
    | VideoMarked
    | RecordingStopped
    | PaperIssued
)
