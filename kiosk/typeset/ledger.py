"""重大事项台账: one row a matter, as an inspector asks for it; printed at any time, with the head it is told from."""

from kiosk import wording
from kiosk.core.papers import Imprint
from kiosk.core.papers.ledger import Ledger, LedgerRow
from kiosk.core.terms import day_of
from kiosk.typeset.document import Column, Document, Paragraph, Table
from kiosk.typeset.phrases import committee
from kiosk.typeset.sheet import Sheet, sheet_document
from kiosk.wording.ledger import told

COLUMNS = (
    Column("编号", 3, "center"),
    Column("事项", 8),
    Column("四议", 13),
    Column("公示", 9),
    Column("资金", 7),
    Column("实施、归档", 8),
)
_IN_A_CELL = (
    ("事项", "类别", "动议事由", "立项"),
    ("提议", "商议", "审议", "决议"),
    ("决议公示", "结果公示"),
    ("预算", "合同", "实际支出"),
    ("责任人", "开工", "验收", "归档", "办到哪一步"),
)
_SELF_EVIDENT = frozenset({"事项", "类别", "办到哪一步"})
"""These say themselves what they are."""


def ledger_document(paper: Ledger, of: Imprint) -> Document:
    """The document of a ledger; the same ledger and imprint give the same document."""
    village = paper.village
    number = len(paper.rows)
    return sheet_document(
        Sheet(
            title=f"{village.township}{village.name}\n重大事项台账",
            number=f"截至{wording.day(day_of(of.at))}，共{number}件",
            link=f"{village.portal_url}/m/",
            event=("最近一条日志", of.at),
            author=committee(village),
            blocks=(
                Table(COLUMNS, tuple(map(_row, paper.rows)))
                if number
                else Paragraph("还没有立项的事项。"),
                Paragraph("到会写“到会人数/应到人数”；作废的表决不列。金额和日期都来自会议日志。"),
            ),
            signing=(("填表人：", "村务监督委员会："), ("检查人：", "日期：")),
        ),
        village,
        of,
    )


def _row(row: LedgerRow) -> tuple[str, ...]:
    said = told(row)
    return (str(row.matter.number), *("\n".join(_cell(said, heads)) for heads in _IN_A_CELL))


def _cell(said: dict[str, str], heads: tuple[str, ...]) -> list[str]:
    return [
        said[head] if head in _SELF_EVIDENT else f"{head}：{said[head]}"
        for head in heads
        if head in said
    ]
