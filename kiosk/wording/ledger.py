"""The ledger of matters in words (重大事项台账): what each row says, for paper, screen and spreadsheet."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from io import StringIO

from kiosk.core.matters.publicity import Publication
from kiosk.core.matters.works import Works
from kiosk.core.papers.ledger import Ledger, LedgerRow, Step
from kiosk.core.terms import DELIBERATIONS, Stage, day_of
from kiosk.wording.figures import money
from kiosk.wording.names import CHOICES, ORIGINS, STAGES_SHORT
from kiosk.wording.oversight import PHASES
from kiosk.wording.results import said_in_one

HEADS = (
    "编号", "事项", "类别", "动议事由", "立项",
    "提议", "商议", "审议", "决议",
    "决议公示", "预算", "合同", "实际支出", "责任人", "开工", "验收", "结果公示", "归档", "办到哪一步",
)  # fmt: skip
"""Every column of the spreadsheet."""
_UTF8_MARK = "\ufeff"
"""So that Excel and WPS know the letters."""
_FORMULA = frozenset("=+-@\t\r")


def cells(row: LedgerRow) -> tuple[str, ...]:
    """What stands in those columns; nothing that did not happen."""
    matter, works = row.matter, row.matter.works
    steps = {stage: "；".join(_steps(row, stage)) for stage in DELIBERATIONS}
    return (
        str(matter.number),
        matter.title,
        matter.kind.name,
        ORIGINS[matter.origin],
        day_said(day_of(matter.raised_at)),
        *(steps[stage] for stage in DELIBERATIONS),
        _hung(row, Stage.RESOLUTION_PUBLIC),
        *_money(matter.amount_fen, works),
        works.owner_name if works else "",
        day_said(day_of(works.started_at)) if works and works.started_at else "",
        _accepted(works),
        _hung(row, Stage.RESULT_PUBLIC),
        day_said(day_of(matter.archived_at)) if matter.archived_at else "",
        PHASES[row.phase],
    )


def told(row: LedgerRow) -> dict[str, str]:
    """The same by the names of the columns, without what is empty."""
    pairs = zip(HEADS, cells(row), strict=True)
    return {head: cell for head, cell in pairs if cell}


def in_columns(row: LedgerRow) -> tuple[list[str], ...]:
    """The same for a sheet of paper, in short lines: the matter, its steps, what hung, the money, the works."""
    said, matter = told(row), row.matter
    about = [f"{matter.number}号 {matter.title}", said["类别"], said["动议事由"]]
    about += [f"立项{said['立项']}", f"现在：{said['办到哪一步']}"]
    money_said = [f"{short}{said[head]}" for head, short in _MONEY if head in said]
    works = [f"{head}{said[head]}" for head in ("责任人", "开工", "验收", "归档") if head in said]
    return about, [*_step_lines(row)], [*_period_lines(row)], money_said, works


_MONEY = (("预算", "预算"), ("合同", "合同"), ("实际支出", "支出"))


def _step_lines(row: LedgerRow) -> Iterator[str]:
    for step in row.steps:
        held = step.deliberation
        yield f"{STAGES_SHORT[held.stage]}{day_said(day_of(held.at))}"
        yield came_out_said(step)


def _period_lines(row: LedgerRow) -> Iterator[str]:
    for of in row.matter.publications:
        yield STAGES_SHORT[of.stage]
        yield f"{day_said(of.first_day)}起"
        yield f"{day_said(of.last_day)}止"
        yield f"共{of.days()}日"


def as_csv(paper: Ledger) -> str:
    """The whole ledger for a spreadsheet; what people wrote is never a formula there."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    writer.writerows(map(_harmless, map(cells, paper.rows)))
    return f"{_UTF8_MARK}{out.getvalue()}"


def _harmless(row: Sequence[str]) -> list[str]:
    return [f"'{cell}" if cell[:1] in _FORMULA else cell for cell in row]


def day_said(on: date) -> str:
    """A day as a ledger has it: 2026.12.9."""
    return f"{on.year}.{on.month}.{on.day}"


def _steps(row: LedgerRow, stage: Stage) -> Iterator[str]:
    return (step_said(step) for step in row.steps if step.deliberation.stage is stage)


def step_said(step: Step) -> str:
    """One deliberation: its day, how many came, what came out: 2026.12.9 到会30/45 赞成30 通过."""
    return f"{day_said(day_of(step.deliberation.at))} {came_out_said(step)}"


def came_out_said(step: Step) -> str:
    """Who came, what came out: 到会30/45 赞成30 通过."""
    counted = "" if step.vote.contest else f"{_decisive(step)} "
    later = "，后退回" if step.deliberation.set_aside else ""
    came = f"到会{step.tally.present}/{step.entitled}"
    return f"{came} {counted}{said_in_one(step.vote)}{later}"


def _decisive(step: Step) -> str:
    choice = step.vote.row.decisive
    count = next(c.count for c in step.tally.counts if c.choice is choice)
    return f"{CHOICES[choice]}{count}"


def _hung(row: LedgerRow, stage: Stage) -> str:
    return "；".join(_period(p) for p in row.matter.publications if p.stage is stage)


def _period(of: Publication) -> str:
    return f"{day_said(of.first_day)}—{day_said(of.last_day)}（{of.days()}日）"


def _money(amount_fen: int, works: Works | None) -> tuple[str, str, str]:
    """The chain of money (金额链): budget, contracts, spent; before the works what the matter is about."""
    if works is None:
        return (money(amount_fen) if amount_fen else "", "", "")
    contracts = money(works.contracted_fen) if works.contracts else ""
    return (money(works.budget_fen), contracts, money(works.spent_fen))


def _accepted(works: Works | None) -> str:
    if works is None:
        return ""
    refused = sum(a.inspected_at is not None and not a.accepted for a in works.acceptances)
    before = f"{refused}次不合格；" if refused else ""
    passed = f"{day_said(day_of(works.accepted_at))} 合格" if works.accepted_at else ""
    return f"{before}{passed}".rstrip("；")
