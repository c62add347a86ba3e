"""The catalogue of matters (事项清单，小微权力清单): what kind of matter goes through what, and who decides it.

The catalogue is data: the kiosk ships one, a county may ship its own. A village takes it into use by a command, so
that the journal holds every kind that its matters ever rested on. How it is read and held to the law: `cataloguing`.
"""

from dataclasses import dataclass

from kiosk.core.terms import DELIBERATIONS, KindId, Retention, RowId, Stage

FILE_PAPERS = (
    "议题提议表",
    "会议通知",
    "签到表",
    "会议记录",
    "表决票与计票单",
    "决议书",
    "决议公示",
    "异议登记与答复单",
    "实施进度与验收表",
    "实施结果公示",
    "村务监督意见书",
    "卷内目录与备考表",
)
"""The twelve papers that the file of a matter may owe (一事一档), in the order in which they come about."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rule row on which a kind of matter may not be decided, and the article that forbids it (禁止事由)."""

    row: RowId
    basis: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of matter (事项类别).

    Attributes:
        id: its name in the record, for ever.
        name: its name for people.
        basis: the article that makes it a matter for deliberation.
        forbidden: the article that forbids it outright (担保); empty where it is allowed.
        stages: the deliberations it passes, in their order; the last is always the decision.
        rows: the rule rows it may be decided on, the usual one first.
        bars: rows on which it may not be decided, each with its article.
        mandate: whether representatives decide it only by the assembly's authority (村民会议授权).
        review: whether a legal review is due before the Party meeting (合法性审查).
        approval: whose approval or filing is asked for besides; empty where nobody's.
        group: whether it concerns one villagers' group.
        works: whether there is something to carry out, to accept, and to publish the result of.
        papers: what papers its file owes, of `FILE_PAPERS`.
        retention: how long its file is kept.

    """

    id: KindId
    name: str
    basis: str
    forbidden: str
    stages: tuple[Stage, ...]
    rows: tuple[RowId, ...]
    bars: tuple[Bar, ...]
    mandate: bool
    review: bool
    approval: str
    group: bool
    works: bool
    papers: tuple[str, ...]
    retention: Retention

    def stage_to_return_to(self, named: Stage) -> Stage:
        """Where a matter of this kind goes back to when its rule names that stage (退回).

        A kind that does not pass the named stage goes back to the last one it passes before; else to its first.
        """
        order = DELIBERATIONS.index
        passed = [stage for stage in self.stages if order(stage) <= order(named)]
        return passed[-1] if passed else self.stages[0]

    def bar(self, row: RowId) -> Bar | None:
        """The bar that forbids deciding this kind on that row, if there is one (禁止事由)."""
        return next((bar for bar in self.bars if bar.row is row), None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A whole catalogue (事项清单): its name, its version as its makers count, its kinds in the order shown."""

    name: str
    version: str
    kinds: tuple[Kind, ...]

    def kind(self, kind: KindId) -> Kind | None:
        """The kind of that id, if the catalogue has one (事项类别)."""
        return next((k for k in self.kinds if k.id == kind), None)
