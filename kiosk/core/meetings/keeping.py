"""Looking at a film, deleting it, letting a clip of it out (查看、删除、公开录像): who may, and when it is lawful."""

from collections.abc import Iterable
from datetime import datetime

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.facts import fact
from kiosk.core.meetings.custody import Clip
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.meetings.retaining import last_day_kept, unfinished, years_kept
from kiosk.core.refusals import Reason, Refused, require, require_text
from kiosk.core.terms import ClipId, Moment, PersonId, ViewingPurpose, VoteId, day_of
from kiosk.core.values import Actor
from kiosk.core.village import Village


def decide(
    village: Village, command: c.CustodyCommand, actor: Actor, at: datetime
) -> tuple[e.Event, ...]:
    """What the command brings about (录像保管).

    Refused: NO_SUCH_MEETING, MEETING_NOT_OVER, NO_SUCH_RECORDING, FILM_DELETED, TEXT_MISSING, FILM_STILL_KEPT,
    FILM_STILL_NEEDED, NO_SUCH_DELETION, SAME_OFFICER, CLIP_EXISTS, CLIP_OF_SECRET_VOTE, CLIP_WITHOUT_MARKS,
    NO_SUCH_CLIP, CLIP_SETTLED, CLIP_NOT_PUBLIC, NO_SUCH_VOTE, VOTE_VOID, VOTE_OPEN.
    """
    meeting = village.meeting(command.meeting)
    require(meeting.adjourned_at, Reason.MEETING_NOT_OVER)
    require(meeting.recording.started, Reason.NO_SUCH_RECORDING)
    require(not village.custody(meeting.id).is_deleted, Reason.FILM_DELETED)
    match command:
        case c.ViewFilm():
            return _view(command)
        case c.ProposeFilmDeletion() | c.ConfirmFilmDeletion():
            return _delete(village, meeting, command, actor, at)
        case c.RequestClip():
            return _request(village, meeting, command)
        case c.ReleaseClip() | c.RejectClip() | c.WithdrawClip():
            return _settle(village, command, actor)


def require_opened(village: Village, meeting: Meeting, person: PersonId, at: datetime) -> None:
    """Hold an officer to his reason: a film of a meeting that is over is looked at under a viewing (查看登记).

    While the meeting goes on its film is before everybody anyway. Refused: FILM_DELETED, FILM_NOT_OPENED.
    """
    if meeting.adjourned_at is None:
        return
    custody = village.custody(meeting.id)
    require(not custody.is_deleted, Reason.FILM_DELETED)
    require(custody.opened_by(person, at), Reason.FILM_NOT_OPENED)


def _view(command: c.ViewFilm) -> tuple[e.Event, ...]:
    if command.purpose is ViewingPurpose.OTHER:
        require_text(command.words)
    return (fact(e.FilmViewed, command),)


def _delete(
    village: Village,
    meeting: Meeting,
    command: c.ProposeFilmDeletion | c.ConfirmFilmDeletion,
    actor: Actor,
    at: datetime,
) -> tuple[e.Event, ...]:
    # Asked of both: between the two somebody may have objected, and the film is kept longer.
    last = last_day_kept(village, meeting)
    assert last is not None
    years = years_kept(village, meeting)
    require(day_of(at) > last, Reason.FILM_STILL_KEPT, years=years, last=last.isoformat())
    require(not unfinished(village, meeting), Reason.FILM_STILL_NEEDED)
    if isinstance(command, c.ProposeFilmDeletion):
        require_text(command.ground)
        return (fact(e.FilmDeletionProposed, command),)
    proposed = village.custody(meeting.id).deletion
    if proposed is None or proposed.ground != command.ground:
        raise Refused(Reason.NO_SUCH_DELETION)
    second = actor.person is not None and actor.person != proposed.proposed_by
    require(second, Reason.SAME_OFFICER)
    return (fact(e.FilmDeleted, command),)


def _request(village: Village, meeting: Meeting, command: c.RequestClip) -> tuple[e.Event, ...]:
    vote = meeting.vote(command.vote)
    require(not vote.is_void, Reason.VOTE_VOID)
    require(vote.closed_at, Reason.VOTE_OPEN)
    require(not vote.is_secret, Reason.CLIP_OF_SECRET_VOTE)
    moments = {mark.moment for mark in meeting.recording.marks if mark.vote == vote.id}
    require(moments == set(Moment), Reason.CLIP_WITHOUT_MARKS)
    known = village.custody(meeting.id).clips
    require(command.clip not in known, Reason.CLIP_EXISTS)
    require(not _alive(known.values(), vote.id), Reason.CLIP_EXISTS)
    return (fact(e.ClipRequested, command),)


def _alive(clips: Iterable[Clip], vote: VoteId) -> bool:
    return any(clip.vote == vote and (clip.waits or clip.is_public) for clip in clips)


def _settle(
    village: Village, command: c.ReleaseClip | c.RejectClip | c.WithdrawClip, actor: Actor
) -> tuple[e.Event, ...]:
    clip = _clip(village, command)
    match command:
        case c.ReleaseClip():
            require(clip.waits, Reason.CLIP_SETTLED)
            second = actor.person is not None and actor.person != clip.asked_by
            require(second, Reason.SAME_OFFICER)
            return (fact(e.ClipReleased, command),)
        case c.RejectClip():
            require(clip.waits, Reason.CLIP_SETTLED)
            require_text(command.ground)
            return (fact(e.ClipRejected, command),)
        case c.WithdrawClip():
            require(clip.is_public, Reason.CLIP_NOT_PUBLIC)
            require_text(command.ground)
            return (fact(e.ClipWithdrawn, command),)


def _clip(village: Village, command: c.ReleaseClip | c.RejectClip | c.WithdrawClip) -> Clip:
    found = village.custody(command.meeting).clips.get(ClipId(command.clip))
    if found is None:
        raise Refused(Reason.NO_SUCH_CLIP)
    return found
