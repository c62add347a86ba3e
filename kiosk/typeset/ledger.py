"""重大事项台账: one row a matter, as an inspector asks for it; printed at any time, with the head it is told from."""

from kiosk import wording
from kiosk.core.papers import Imprint
from kiosk.core.papers.ledger import Ledger, LedgerRow
from kiosk.core.terms import day_of
from kiosk.typeset.document import Column, Document, Paragraph, Table
from kiosk.typeset.phrases import committee
from kiosk.typeset.sheet import Sheet, sheet_document
from kiosk.wording.ledger import in_columns

COLUMNS = (
    Column("事项", 10),
    Column("四议", 15),
    Column("公示", 9),
    Column("资金", 8),
    Column("实施、归档", 10),
)


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
                Table(COLUMNS, tuple(map(_row, paper.rows)), small=True)
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
    return tuple("\n".join(lines) for lines in in_columns(row))
