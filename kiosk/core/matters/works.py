"""Life of the works (实施) that carry a resolution out: somebody answers for them, they begin, they are accepted.

- Accepted is what a member of the 监委会 who was there accepts (验收); refused acceptance lets the works go on.
- Money is whole 分. A contract or a start inside the publication of the resolution is flagged, never hidden.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from kiosk.core import events as e
from kiosk.core.terms import PersonId
from kiosk.core.values import Actor

WorksFact = (
    e.ContractRecorded
    | e.WorksStarted
    | e.ProgressReported
    | e.AcceptanceRequested
    | e.WorksInspected
)


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract (合同) with the day written on it; the amount in 分."""

    at: datetime
    contractor: str
    amount_fen: int
    dated: date
    inside_publication: bool


@dataclass(frozen=True, slots=True)
class Milestone:
    """What was done by then (实施进度), and the money spent in all so far, in 分."""

    at: datetime
    text: str
    spent_fen: int


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One request for acceptance (申请验收) and what the inspection said of it (验收)."""

    requested_at: datetime
    findings: str
    actual_fen: int
    inspected_at: datetime | None = None
    inspected_by: PersonId | None = None
    accepted: bool = False
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Works:
    """The works of one resolution as the journal has them so far.

    Attributes:
        owner: who answers for them (责任人), by id and by the name of that day.
        owner_name: see `owner`.
        deadline: the last day.
        budget_fen: what they may cost, in 分.
        assigned_at: when that was settled.
        contracts: in the order they came on record.
        started_at: when they began (开工); None until then.
        started_inside_publication: whether that was while the resolution still hung.
        milestones: in their order.
        acceptances: every request for acceptance with its inspection, in their order.

    """

    owner: PersonId
    owner_name: str
    deadline: date
    budget_fen: int
    assigned_at: datetime
    contracts: tuple[Contract, ...] = ()
    started_at: datetime | None = None
    started_inside_publication: bool = False
    milestones: tuple[Milestone, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()

    @classmethod
    def assigned(cls, event: e.WorksAssigned, at: datetime) -> "Works":
        """The works as they were given to somebody (落实责任)."""
        return cls(event.owner, event.owner_name, event.deadline, event.budget_fen, at)

    @property
    def acceptance(self) -> Acceptance | None:
        """The newest request for acceptance."""
        return self.acceptances[-1] if self.acceptances else None

    @property
    def awaits_inspection(self) -> bool:
        """Whether acceptance is asked for and nobody has inspected yet (待验收)."""
        newest = self.acceptance
        return newest is not None and newest.inspected_at is None

    @property
    def accepted_at(self) -> datetime | None:
        """When they were accepted (验收合格); None until then."""
        newest = self.acceptance
        return newest.inspected_at if newest is not None and newest.accepted else None

    @property
    def contracted_fen(self) -> int:
        """All contracts together, in 分 (合同金额)."""
        return sum(contract.amount_fen for contract in self.contracts)

    @property
    def spent_fen(self) -> int:
        """The money spent by the newest word of it, in 分 (已支出)."""
        told = [(m.at, m.spent_fen) for m in self.milestones]
        told += [(a.requested_at, a.actual_fen) for a in self.acceptances]
        return max(told, key=lambda word: word[0])[1] if told else 0

    @property
    def is_over_budget(self) -> bool:
        """Whether more was spent or promised than the budget (超预算)."""
        return max(self.spent_fen, self.contracted_fen) > self.budget_fen

    def is_overdue(self, on: date) -> bool:
        """Whether the deadline lies behind us and they are not accepted (逾期未完工)."""
        return self.accepted_at is None and on > self.deadline

    def after(self, event: WorksFact, at: datetime, actor: Actor) -> "Works":
        """The works after one more event."""
        match event:
            case e.ContractRecorded():
                contract = Contract(
                    at,
                    event.contractor,
                    event.amount_fen,
                    event.dated,
                    event.inside_publication,
                )
                return replace(self, contracts=(*self.contracts, contract))
            case e.WorksStarted():
                return replace(
                    self, started_at=at, started_inside_publication=event.inside_publication
                )
            case e.ProgressReported():
                milestone = Milestone(at, event.text, event.spent_fen)
                return replace(self, milestones=(*self.milestones, milestone))
            case e.AcceptanceRequested():
                asked = Acceptance(at, event.findings, event.actual_fen)
                return replace(self, acceptances=(*self.acceptances, asked))
            case e.WorksInspected():
                return self._inspected(event, at, actor)

    def _inspected(self, event: e.WorksInspected, at: datetime, actor: Actor) -> "Works":
        *before, asked = self.acceptances
        seen = replace(
            asked,
            inspected_at=at,
            inspected_by=actor.person,
            accepted=event.accepted,
            statement=event.statement,
        )
        return replace(self, acceptances=(*before, seen))
