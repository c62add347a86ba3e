"""Life of one need (需求): brought forward, then taken up as a matter or answered, once.

- Who filed it can read why it did not become a matter; an answer is due within the village's days (需求答复).
- A joint need counts its supporters against the villagers or the representatives (河南省实施办法第五十四条).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from kiosk.core.events import NeedFiled
from kiosk.core.terms import MatterId, NeedId, Standing


@dataclass(frozen=True, slots=True)
class Need:
    """One need (需求) as the journal has it so far.

    Attributes:
        id: its id.
        year: the year in which it was filed; `number` counts the needs of that year from 1.
        number: see `year`.
        standing: as whom its author brought it forward.
        author: the name as the public may read it.
        text: what is wished for.
        supporters: how many stand behind it; `of`: of how many they are. Both 0 where it is not a joint one.
        of: see `supporters`.
        filed_at: when.
        due: the last day on which it is answered in time.
        answer: why it did not become a matter; empty until then.
        matter: the matter that took it up; None until then.
        settled_at: when it was answered or taken up; None until then.

    """

    id: NeedId
    year: int
    number: int
    standing: Standing
    author: str
    text: str
    supporters: int
    of: int
    filed_at: datetime
    due: date
    answer: str = ""
    matter: MatterId | None = None
    settled_at: datetime | None = None

    @classmethod
    def filed(cls, event: NeedFiled, at: datetime) -> "Need":
        """The need as it was brought forward (提出)."""
        return cls(
            id=event.need,
            year=event.year,
            number=event.number,
            standing=event.standing,
            author=event.author,
            text=event.text,
            supporters=event.supporters,
            of=event.of,
            filed_at=at,
            due=event.due,
        )

    @property
    def is_settled(self) -> bool:
        """Whether it was answered or taken up (已办理)."""
        return self.settled_at is not None

    def is_overdue(self, on: date) -> bool:
        """Whether the last day for an answer lies behind us and nothing was done (逾期未答复)."""
        return not self.is_settled and on > self.due

    def answered(self, answer: str, at: datetime) -> "Need":
        """The need after it was answered without becoming a matter (答复)."""
        return replace(self, answer=answer, settled_at=at)

    def taken_up(self, matter: MatterId, at: datetime) -> "Need":
        """The need after a matter took it up (立项)."""
        return replace(self, matter=matter, settled_at=at)
