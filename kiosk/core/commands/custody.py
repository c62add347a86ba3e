"""What may be done with a film after its meeting: looked at, deleted when its period is over, a clip made public."""

from dataclasses import dataclass

from kiosk.core.terms import ClipId, MeetingId, ViewingPurpose, VoteId


@dataclass(frozen=True, slots=True)
class ViewFilm:
    """An officer opens the film of a meeting that is over (查看录像); `words` says more, and all of `OTHER`."""

    meeting: MeetingId
    purpose: ViewingPurpose
    words: str


@dataclass(frozen=True, slots=True)
class ProposeFilmDeletion:
    """The film's period is over and nobody needs it any more (提出删除录像)."""

    meeting: MeetingId
    ground: str


@dataclass(frozen=True, slots=True)
class ConfirmFilmDeletion:
    """A member of the 监委会 signs for the same ground; from here on the film is to be removed (复核删除)."""

    meeting: MeetingId
    ground: str


@dataclass(frozen=True, slots=True)
class RequestClip:
    """A version for the public of one vote's film is asked for (申请公开片段).

    `whole_picture`: not the faces alone, everything is made coarse. `sound`: voices stay in it.
    """

    clip: ClipId
    meeting: MeetingId
    vote: VoteId
    whole_picture: bool
    sound: bool


@dataclass(frozen=True, slots=True)
class ReleaseClip:
    """Another officer has looked at the clip, and lets it out (审看后公开): this file, no other."""

    clip: ClipId
    meeting: MeetingId
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RejectClip:
    """The clip is not to be made public (不予公开): somebody can be recognised in it, say."""

    clip: ClipId
    meeting: MeetingId
    ground: str


@dataclass(frozen=True, slots=True)
class WithdrawClip:
    """A clip that was public is taken back (撤下公开片段); somebody seen in it may ask for that.

    Source: 个人信息保护法第四十七条.
    """

    clip: ClipId
    meeting: MeetingId
    ground: str


CustodyCommand = (
    ViewFilm
    | ProposeFilmDeletion
    | ConfirmFilmDeletion
    | RequestClip
    | ReleaseClip
    | RejectClip
    | WithdrawClip
)
