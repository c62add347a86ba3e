"""Publication (公开) and objections to it (异议): how long each hangs, where in that time a day lies, who answers.

- At least fifteen days (村民委员会组织法第三十五条); seven, still common, is below the law.
- The first and the last day both count: 22 November to 6 December are fifteen days.
- It begins on the day of the decision or the next; the kiosk publishes at once, so it is the day itself.
- An objection is answered in its forum, and may go up to the next: 村委会, 监委会, 乡镇.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from kiosk.core import events as e
from kiosk.core.law.periods import PUBLIC_DAYS_AT_LEAST
from kiosk.core.terms import Forum, MatterId, MeetingId, ObjectionId, Stage, VoteId, day_of
from kiosk.core.values import Attachment
from kiosk.core.votes.vote import Vote


@dataclass(frozen=True, slots=True)
class Voice:
    """A publication read aloud (念给大家听): the recording that is heard now; `issue` counts those of it from 1."""

    attachment: Attachment
    duration_ms: int
    issue: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Publication:
    """One resolution or result in public: its number of the year, its days, and the vote it rests on.

    `stage` is RESOLUTION_PUBLIC or RESULT_PUBLIC; each counts its own numbers. `summary` is a result in words.
    """

    stage: Stage
    meeting: MeetingId
    vote: VoteId
    year: int
    number: int
    first_day: date
    last_day: date
    summary: str = ""
    voice: Voice | None = None

    @classmethod
    def opened(cls, event: e.PublicationOpened) -> "Publication":
        """The publication as it was opened (张榜)."""
        return cls(
            stage=event.stage,
            meeting=event.meeting,
            vote=event.vote,
            year=event.year,
            number=event.number,
            first_day=event.first_day,
            last_day=event.last_day,
            summary=event.summary,
        )

    def read_aloud(self, event: e.VoiceAttached, at: datetime) -> "Publication":
        """The publication after one was read aloud, which may be another."""
        if not self.is_called(event.stage, event.year, event.number):
            return self
        voice = Voice(event.attachment, event.duration_ms, event.issue, at)
        return replace(self, voice=voice)

    def is_called(self, stage: Stage, year: int, number: int) -> bool:
        """Whether that is its number (公示编号)."""
        return (self.stage, self.year, self.number) == (stage, year, number)

    def days(self) -> int:
        """How many days it hangs, first and last included."""
        return (self.last_day - self.first_day).days + 1

    def days_left(self, on: date) -> int:
        """Days still to come, `on` included; 0 when it is over."""
        return max(0, (self.last_day - max(on, self.first_day)).days + 1)

    def is_over(self, on: date) -> bool:
        """Whether the last day lies behind us (期满)."""
        return on > self.last_day

    def hangs(self, on: date) -> bool:
        """Whether it is in public on that day (公示中)."""
        return self.first_day <= on <= self.last_day


def last_day(first_day: date, days: int = PUBLIC_DAYS_AT_LEAST) -> date:
    """The last day of a period of so many days that begins on `first_day`, both counted."""
    return first_day + timedelta(days=days - 1)


class Published(Protocol):
    """Whatever has been published about: a matter."""

    @property
    def publications(self) -> tuple[Publication, ...]:
        """Its publications in the order they were opened."""
        ...


def next_number(published: Iterable[Published], stage: Stage, year: int) -> int:
    """The next number of the year among all publications of that stage (公示编号), counted from 1."""
    every = (p for matter in published for p in matter.publications)
    return 1 + sum(p.stage is stage and p.year == year for p in every)


def resolution_opened(
    matters: Mapping[MatterId, Published],
    matter: MatterId,
    vote: Vote,
    at: datetime,
    days: int,
    place: int,
) -> e.PublicationOpened:
    """The publication of what a vote decided on a matter (决议公开), from the day itself for so many days.

    `matters` are all of the village; `place` counts from 0 those that are opened in one stroke.
    Source: 村民委员会组织法第三十五条.
    """
    first = day_of(at)
    return e.PublicationOpened(
        matter=matter,
        stage=Stage.RESOLUTION_PUBLIC,
        meeting=vote.meeting,
        vote=vote.id,
        year=first.year,
        number=next_number(matters.values(), Stage.RESOLUTION_PUBLIC, first.year) + place,
        first_day=first,
        last_day=last_day(first, days),
        summary="",
    )


FORUMS = tuple(Forum)


@dataclass(frozen=True, slots=True)
class Hearing:
    """An objection before one forum (异议办理): since when, until which day an answer is due, and the answer.

    `ground` says why it went up to this forum; empty in the first.
    """

    forum: Forum
    since: datetime
    due: date
    ground: str = ""
    answered_at: datetime | None = None
    upheld: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection (异议) with every forum it has been before; `number` counts those on its matter."""

    id: ObjectionId
    matter: MatterId
    number: int
    author: str
    text: str
    filed_at: datetime
    hearings: tuple[Hearing, ...]

    @classmethod
    def filed(cls, event: e.ObjectionFiled, at: datetime) -> "Objection":
        """The objection as it came, before the 村委会 (提出)."""
        first = Hearing(FORUMS[0], at, event.due)
        return cls(
            event.objection, event.matter, event.number, event.author, event.text, at, (first,)
        )

    @property
    def hearing(self) -> Hearing:
        """Where it is now, or was last."""
        return self.hearings[-1]

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed (待答复)."""
        return self.hearing.answered_at is None

    @property
    def is_upheld(self) -> bool:
        """Whether the last answer is that it is right (异议成立)."""
        return self.hearing.upheld

    @property
    def next_forum(self) -> Forum | None:
        """The forum above; None before the township."""
        return next(iter(FORUMS[FORUMS.index(self.hearing.forum) + 1 :]), None)

    def is_overdue(self, on: date) -> bool:
        """Whether the last day for an answer lies behind us and there is none (逾期未答复)."""
        return self.is_open and on > self.hearing.due

    def after(self, event: e.ObjectionAnswered | e.ObjectionEscalated, at: datetime) -> "Objection":
        """The objection after one more event."""
        match event:
            case e.ObjectionAnswered():
                answered = replace(
                    self.hearing, answered_at=at, upheld=event.upheld, answer=event.answer
                )
                return replace(self, hearings=(*self.hearings[:-1], answered))
            case e.ObjectionEscalated():
                above = Hearing(event.forum, at, event.due, event.ground)
                return replace(self, hearings=(*self.hearings, above))
