"""One vote (一次表决) as the journal has it: opened, ballots by every channel, closed, or declared void and kept.

State only; what may happen is decided in `opening`, `casting`, `hands`, `paper`, `closing` and `checking`.

- The electorate is fixed when the vote opens: whoever is present and entitled at that moment. A late arrival
  waits for the next vote; whoever leaves stays in the base as 未表决.
- One person, one ballot, by whatever channel; where households vote, one household, one ballot.
- A recused member has no ballot and stays in the base.
- The vote is judged by the rule row that stood when the meeting was called.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from kiosk.core import events as e
from kiosk.core.ballot_terms import Channel, Choice, Method, Source
from kiosk.core.law.rules import RuleRow
from kiosk.core.law.tally import Counts, Subtotal, Tally, counted, tally_of, total
from kiosk.core.terms import MatterId, MeetingId, PersonId, Stage, VoteId
from kiosk.core.values import Answer, Contest, RaisedHand
from kiosk.core.votes.box import Box
from kiosk.core.votes.paper_ballots import PaperBallots

TELLERS = 2
"""So many tellers must come to the same count of hands."""


class VoteState(Enum):
    """Where a vote stands (表决状态)."""

    OPEN = "open"  # 正在表决
    CLOSED = "closed"  # 已结束
    VOID = "void"  # 已作废


@dataclass(frozen=True, slots=True)
class Note:
    """A clerk's note of raised hands (举手记名) that waits for its witness."""

    clerk: PersonId
    hands: tuple[RaisedHand, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """Another count of the closed vote (复点): who gave it, and the numbers."""

    teller: PersonId
    counts: Counts


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why counts of the vote differ (差异说明), by whom, and who agreed; it settles the difference only then."""

    officer: PersonId
    ground: str
    agreed_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote (表决) so far.

    Attributes:
        matters: several where they go by consent.
        electorate: everybody present and entitled when it opened, the recused ones included.
        represented: those of it who were represented by a letter (委托) when it opened.
        contest: whom it chooses among (推选); None where it answers a question.
        ballots: the named ballots, each person's as it stands now; `channels` by what way each came.
        changes: how many ballots were changed before the close.
        note: the clerk's note of hands that nobody has confirmed yet.
        hands: each teller's count of the hands of all who had not voted otherwise.
        papers: the paper ballots.
        box: of a secret vote; shut, without counts, until it was opened.
        chosen: the numbers of the candidates who are chosen (当选), once it is closed.
        witness: the member of the 监委会 who is there for the opening of the box.
        checks: the counts of the closed vote from other sources.
        void_ground: empty unless the vote is void.

    """

    id: VoteId
    meeting: MeetingId
    matters: tuple[MatterId, ...]
    stage: Stage
    row: RuleRow
    electorate: frozenset[PersonId]
    recused: frozenset[PersonId]
    method: Method
    running_tally: bool
    revisable: bool
    opened_at: datetime
    contest: Contest | None = None
    represented: frozenset[PersonId] = frozenset()
    ballots: Mapping[PersonId, Answer] = field(default_factory=dict)
    channels: Mapping[PersonId, Channel] = field(default_factory=dict)
    changes: int = 0
    note: Note | None = None
    hands: Mapping[PersonId, Counts] = field(default_factory=dict)
    papers: PaperBallots = field(default_factory=PaperBallots)
    box: Box = field(default_factory=Box)
    witness: PersonId | None = None
    checks: Mapping[Source, Check] = field(default_factory=dict)
    explanation: Explanation | None = None
    closed_at: datetime | None = None
    carried: bool | None = None
    chosen: Answer = ()
    void_ground: str = ""

    @classmethod
    def opened(
        cls, event: e.VoteOpened, row: RuleRow, at: datetime, by_letter: frozenset[PersonId]
    ) -> "Vote":
        """The vote as it opens (表决开始), to be judged by that row; `by_letter`: who is represented then."""
        return cls(
            id=event.vote,
            meeting=event.meeting,
            matters=event.matters,
            stage=event.stage,
            row=row,
            electorate=frozenset(event.electorate),
            recused=frozenset(event.recused),
            method=event.method,
            running_tally=event.running_tally,
            revisable=event.revisable,
            opened_at=at,
            contest=event.contest,
            represented=by_letter.intersection(event.electorate),
        )

    @property
    def state(self) -> VoteState:
        """Where the vote stands."""
        if self.void_ground:
            return VoteState.VOID
        return VoteState.OPEN if self.closed_at is None else VoteState.CLOSED

    @property
    def options(self) -> tuple[Choice, ...]:
        """What a ballot may say (选项): the row's answers, or the candidates' numbers and 弃权."""
        return self.contest.options if self.contest else self.row.options

    @property
    def is_open(self) -> bool:
        """Whether ballots may still be cast."""
        return self.state is VoteState.OPEN

    @property
    def is_void(self) -> bool:
        """Whether it was declared void (作废): it is kept and does not count."""
        return self.state is VoteState.VOID

    @property
    def is_secret(self) -> bool:
        """Whether nobody may know who gave which answer (无记名)."""
        return self.method is Method.SECRET

    @property
    def hands_agreed(self) -> Counts | None:
        """The count of hands to which two tellers came (一致); None while they differ or one is missing."""
        given = set(self.hands.values())
        return given.pop() if len(self.hands) >= TELLERS and len(given) == 1 else None

    @property
    def _raised(self) -> int:
        """How many hands were counted and agreed on."""
        return total(self.hands_agreed) if self.hands_agreed else 0

    @property
    def able(self) -> frozenset[PersonId]:
        """Who may vote in it (可表决): the electorate without those who stand aside."""
        return self.electorate - self.recused

    @property
    def waiting(self) -> frozenset[PersonId]:
        """Those of whom no ballot is known, by name: whose hand may still be counted, if none was agreed on."""
        known = self.ballots.keys() | self.box.voted | self.papers.holders
        return self.able - known

    @property
    def unanswered(self) -> int:
        """How many could still vote, or let it be (未表决), those who stand aside not counted."""
        return len(self.waiting) - self._raised + self.papers.away

    @property
    def turnout(self) -> int:
        """How many have voted (已表决), by every channel; it tells nothing of the answers."""
        return len(self.able) - self.unanswered

    @property
    def subtotals(self) -> tuple[Subtotal, ...]:
        """The counts by channel as they stand, in the order of the channels, without those that nobody used."""
        used = {s.channel: s for s in self.box.subtotals(self.options)}
        for channel in set(self.channels.values()):
            answers = [a for p, a in self.ballots.items() if self.channels[p] is channel]
            given = Counter(choice for answer in answers for choice in answer)
            used[channel] = Subtotal(channel, counted(self.options, given), len(answers))
        if self.hands_agreed:
            hands = self.hands_agreed
            used[Channel.HANDS_COUNTED] = Subtotal(Channel.HANDS_COUNTED, hands, total(hands))
        if self.papers.readings:
            read = self.papers.counts(self.options)
            used[Channel.PAPER] = Subtotal(Channel.PAPER, read, self.papers.valid)
        return tuple(used[channel] for channel in Channel if channel in used)

    @property
    def tally(self) -> Tally:
        """The counts as they stand; of a secret vote those of the box only when it was opened."""
        return tally_of(
            self.options,
            self.subtotals,
            electorate=len(self.electorate),
            recused=len(self.recused),
            invalid=self.papers.invalid,
        )

    @property
    def differs(self) -> bool:
        """Whether another count came to other numbers (有差异)."""
        return any(check.counts != self.tally.counts for check in self.checks.values())

    @property
    def settled(self) -> bool:
        """Whether the counts agree, or two officers have explained why not (可以公布)."""
        agreed = self.explanation is not None and self.explanation.agreed_by is not None
        return agreed or not self.differs

    def with_box(self, box: Box) -> "Vote":
        """The vote with its box as it is now."""
        return replace(self, box=box)
