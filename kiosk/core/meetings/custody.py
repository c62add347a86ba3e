"""What becomes of a meeting's film (录像保管): who looked at it, whether it was deleted, which clips are public."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kiosk.core import events as e
from kiosk.core.law.periods import Periods
from kiosk.core.terms import ClipId, PersonId, ViewingPurpose, VoteId
from kiosk.core.values import Actor

VIEWING_LASTS = timedelta(hours=2)
"""A reason given once opens the film for so long: to watch a meeting, not to come back to it tomorrow."""


@dataclass(frozen=True, slots=True)
class Viewing:
    """One line of the viewing log (查看登记): who, when, why."""

    by: PersonId | None
    at: datetime
    purpose: ViewingPurpose
    words: str


@dataclass(frozen=True, slots=True)
class Deletion:
    """The deletion of a film (删除录像): proposed by one officer, done when a second has confirmed it."""

    ground: str
    proposed_by: PersonId | None
    proposed_at: datetime
    confirmed_by: PersonId | None = None
    confirmed_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        """Whether two officers have signed for it."""
        return self.confirmed_at is not None


@dataclass(frozen=True, slots=True)
class Clip:
    """One vote's film for the public (公开片段): waiting for its check, released, rejected or withdrawn."""

    id: ClipId
    vote: VoteId
    whole_picture: bool
    sound: bool
    asked_by: PersonId | None
    asked_at: datetime
    released: e.ClipReleased | None = None
    released_by: PersonId | None = None
    released_at: datetime | None = None
    ended_ground: str = ""
    ended_by: PersonId | None = None
    ended_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether nobody has said yet what becomes of it."""
        return self.released is None and self.ended_at is None

    @property
    def is_public(self) -> bool:
        """Whether the portal shows it."""
        return self.released is not None and self.ended_at is None


@dataclass(frozen=True, slots=True)
class Custody:
    """The film of one meeting since its opening. `periods` are those that were announced when the meeting began."""

    periods: Periods = field(default_factory=Periods)
    viewings: tuple[Viewing, ...] = ()
    deletion: Deletion | None = None
    clips: Mapping[ClipId, Clip] = field(default_factory=dict)

    @property
    def is_deleted(self) -> bool:
        """Whether the film is gone."""
        return self.deletion is not None and self.deletion.is_done

    def opened_by(self, person: PersonId, at: datetime) -> Viewing | None:
        """The viewing under which this officer may look at the film now; None where he must give a reason first."""
        mine = (v for v in reversed(self.viewings) if v.by == person)
        newest = next(mine, None)
        return newest if newest and at - newest.at < VIEWING_LASTS else None

    def public_clip(self, vote: VoteId) -> Clip | None:
        """The clip of that vote which the portal shows, if one is."""
        if self.is_deleted:
            return None
        return next((c for c in self.clips.values() if c.vote == vote and c.is_public), None)

    def after(self, event: e.CustodyEvent, at: datetime, actor: Actor) -> "Custody":
        """After one more thing was done with the film."""
        match event:
            case e.FilmViewed():
                viewing = Viewing(actor.person, at, event.purpose, event.words)
                return replace(self, viewings=(*self.viewings, viewing))
            case e.FilmDeletionProposed():
                proposed = Deletion(event.ground, actor.person, at)
                return replace(self, deletion=proposed)
            case e.FilmDeleted():
                assert self.deletion is not None
                done = replace(self.deletion, confirmed_by=actor.person, confirmed_at=at)
                return replace(self, deletion=done)
            case _:
                clip = self._clip_after(event, at, actor)
                return replace(self, clips={**self.clips, clip.id: clip})

    def _clip_after(
        self,
        event: e.ClipRequested | e.ClipReleased | e.ClipRejected | e.ClipWithdrawn,
        at: datetime,
        actor: Actor,
    ) -> Clip:
        by = actor.person
        match event:
            case e.ClipRequested():
                return Clip(event.clip, event.vote, event.whole_picture, event.sound, by, at)
            case e.ClipReleased():
                known = self.clips[event.clip]
                return replace(known, released=event, released_by=by, released_at=at)
            case e.ClipRejected() | e.ClipWithdrawn():
                known = self.clips[event.clip]
                return replace(known, ended_ground=event.ground, ended_by=by, ended_at=at)
