"""What the kiosk itself reports: its film of the meeting, and the papers it has set."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.core.terms import Edition, MeetingId, Moment, Paper, VoteId


@dataclass(frozen=True, slots=True)
class StartRecording:
    """The recorder runs (开始录像). `source` is camera, film, stream or card (no camera)."""

    meeting: MeetingId
    source: str
    sound: bool


@dataclass(frozen=True, slots=True)
class SealSegment:
    """A part of the video is complete (录像分段封存): its name, size and SHA-256.

    `fragments` and `chain` are the head of the film's chain (片段链) at its end: how many fragments of about half a
    second the meeting's film has up to there, and the hexadecimal hash that binds the last to all before.
    """

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
class ReportFilmRoom:
    """How many minutes of film the disk still holds before a meeting (录像余量), as the kiosk has measured."""

    meeting: MeetingId
    minutes: int


@dataclass(frozen=True, slots=True)
class NoteInterruption:
    """The video has a gap (录像中断), from when to when and why."""

    meeting: MeetingId
    since: datetime
    until: datetime
    cause: str


@dataclass(frozen=True, slots=True)
class MarkVideo:
    """A moment of a vote stands at this place of the video (录像标记).

    `fragments` and `chain` are the head of the film's chain at that moment: so much of it was on the disk.
    """

    meeting: MeetingId
    vote: VoteId
    moment: Moment
    part: str
    offset_ms: int
    fragments: int
    chain: str


@dataclass(frozen=True, slots=True)
class StopRecording:
    """The recorder has ended (录像结束)."""

    meeting: MeetingId


@dataclass(frozen=True, slots=True)
class IssuePaper:
    """A paper has been set from the journal up to `from_seq` (文书制成).

    `subject` is the id of what it is about: a matter, a meeting, a vote, an objection. `source_seq` is the entry that
    made its first issue fall due.
    """

    subject: str
    paper: Paper
    edition: Edition
    source_seq: int
    from_seq: int
    size_bytes: int
    sha256: str


KioskCommand = (
    ReportFilmRoom
    | StartRecording
    | SealSegment
    | NoteInterruption
    | MarkVideo
    | StopRecording
    | IssuePaper
)
