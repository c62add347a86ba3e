"""What has become of a film since its meeting: who looked at it and why, its deletion, clips made public."""

from dataclasses import dataclass

from kiosk.core.terms import ClipId, MeetingId, ViewingPurpose, VoteId


@dataclass(frozen=True, slots=True)
class FilmViewed:
    """An officer opened the film of a meeting that was over (查看录像)."""

    meeting: MeetingId
    purpose: ViewingPurpose
    words: str


@dataclass(frozen=True, slots=True)
class FilmDeletionProposed:
    """An officer proposes to delete the film (提出删除录像)."""

    meeting: MeetingId
    ground: str


@dataclass(frozen=True, slots=True)
class FilmDeleted:
    """A second officer confirmed: the film is gone, or goes at the next start; its digests stay (录像删除)."""

    meeting: MeetingId
    ground: str


@dataclass(frozen=True, slots=True)
class ClipRequested:
    """A version for the public of one vote's film was asked for (申请公开片段)."""

    clip: ClipId
    meeting: MeetingId
    vote: VoteId
    whole_picture: bool
    sound: bool


@dataclass(frozen=True, slots=True)
class ClipReleased:
    """An officer other than the one who asked looked at the clip and let it out (公开片段)."""

    clip: ClipId
    meeting: MeetingId
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ClipRejected:
    """The clip is not made public (不予公开)."""

    clip: ClipId
    meeting: MeetingId
    ground: str


@dataclass(frozen=True, slots=True)
class ClipWithdrawn:
    """A clip that was public is so no more (撤下公开片段)."""

    clip: ClipId
    meeting: MeetingId
    ground: str


CustodyEvent = (
    FilmViewed
    | FilmDeletionProposed
    | FilmDeleted
    | ClipRequested
    | ClipReleased
    | ClipRejected
    | ClipWithdrawn
)
