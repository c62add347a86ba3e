"""The votes of a meeting and their clips for the public (公开片段), as a page shows them."""

from dataclasses import dataclass

from kiosk.core.meetings.custody import Clip
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import ClipId, Moment, VoteId
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote
from kiosk.web.parts import parts


@dataclass(frozen=True, slots=True)
class Shown:
    """One vote: what it was on, its newest clip in words, and whether another may be asked for."""

    vote: VoteId
    titles: str
    clip: ClipId | None
    words: str
    may_ask: bool


def clips_shown(village: Village, meeting: Meeting) -> list[Shown]:
    """Every vote of the meeting that was closed and counts."""
    votes = (vote for vote in meeting.votes.values() if vote.closed_at and not vote.is_void)
    return [_shown(village, meeting, vote) for vote in votes]


def _shown(village: Village, meeting: Meeting, vote: Vote) -> Shown:
    clips = [c for c in village.custody(meeting.id).clips.values() if c.vote == vote.id]
    newest = clips[-1] if clips else None
    marked = {m.moment for m in meeting.recording.marks if m.vote == vote.id} == set(Moment)
    free = newest is None or newest.ended_at is not None
    return Shown(
        vote=vote.id,
        titles="；".join(village.titles(vote)),
        clip=newest.id if newest else None,
        words=_words(vote, meeting, newest, marked=marked),
        may_ask=free and marked and not vote.is_secret,
    )


def _words(vote: Vote, meeting: Meeting, clip: Clip | None, *, marked: bool) -> str:
    if vote.is_secret:
        return "无记名表决，不公开画面"
    if clip is None:
        return "没有公开片段" if marked else "录像上没有标记，剪不出片段"
    return clip_words(meeting, clip)


def clip_words(meeting: Meeting, clip: Clip) -> str:
    """Where the clip stands: being made, waiting for its check, public, or not to be."""
    if clip.is_public:
        return "已经公开"
    if clip.ended_at is not None:
        return f"{'撤下' if clip.released else '不公开'}：{clip.ended_ground}"
    return STATES[parts().clips.state(meeting.id, clip.id).name]


STATES = {
    "waiting": "排着队，等前一个片段做完",
    "making": "正在打马赛克",
    "ready": "做好了，等另一位同志审看",
    "failed": "没有做成",
}
"""What the states of making are called on a page."""
