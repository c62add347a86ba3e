"""实施进度与验收表: who answers for the works, what they cost, how they went on, who was there at the inspection."""

from collections.abc import Iterator

from kiosk import wording
from kiosk.core.papers import Imprint, WorksSheet
from kiosk.core.terms import day_of
from kiosk.typeset.document import Block, Column, Document, Face, Heading, Paragraph, Table
from kiosk.typeset.phrases import SHORT_DIGEST, committee
from kiosk.typeset.sheet import Sheet, at_link, form, matter_number, origin_ticked, sheet_document
from kiosk.wording.oversight import left_over
from kiosk.wording.pieces import publication_name


def works_document(paper: WorksSheet, of: Imprint) -> Document:
    """The document of the works; the same works and imprint give the same document."""
    village, matter, works = paper.village, paper.matter, paper.works
    acceptance = works.acceptance
    assert acceptance is not None
    assert acceptance.inspected_at is not None
    times = len(works.acceptances)
    return sheet_document(
        Sheet(
            title="实施进度与验收表",
            number=f"{matter_number(village, matter)}第{times}次验收",
            link=at_link(village, matter),
            event=("验收", acceptance.inspected_at),
            blocks=(
                Heading(1, "一、任务"),
                form(tuple(_task(paper))),
                *_contracts(paper),
                *_progress(paper),
                *_money(paper),
                *_inspections(paper),
                *_photos(paper),
            ),
            seal=(committee(village), wording.day(day_of(acceptance.inspected_at))),
            signing=(
                ("责任人：", "村委会验收人："),
                ("村务监督委员会：", "施工单位："),
            ),
        ),
        village,
        of,
    )


def _task(paper: WorksSheet) -> Iterator[tuple[str, str]]:
    village, works = paper.village, paper.works
    yield "事项", paper.matter.title
    yield "动议事由", origin_ticked(paper.matter)
    yield (
        "依据的决议",
        f"{publication_name(village.name, paper.resolution)}，公示{wording.period(paper.resolution)}",
    )
    yield "责任人", works.owner_name
    yield "落实责任时间", wording.instant(works.assigned_at)
    yield "完成期限", wording.day(works.deadline)
    yield "预算", wording.money(works.budget_fen)
    yield "开工", _started(paper)


def _started(paper: WorksSheet) -> str:
    works = paper.works
    if works.started_at is None:
        return "没有登记开工"
    early = "【提示】在决议公示期内开工" if works.started_inside_publication else ""
    return f"{wording.instant(works.started_at)}{early}"


def _contracts(paper: WorksSheet) -> tuple[Block, ...]:
    contracts = paper.works.contracts
    head = Heading(1, "二、合同")
    if not contracts:
        return (head, Paragraph("没有签订合同。"))
    columns = (
        Column("承包方", 9),
        Column("合同金额", 5, "right"),
        Column("合同日期", 6, "center"),
        Column("是否在公示期内", 6, "center"),
    )
    rows = tuple(
        (
            c.contractor,
            wording.money(c.amount_fen),
            wording.day(c.dated),
            "是【提示】" if c.inside_publication else "否",
        )
        for c in contracts
    )
    early = frozenset(n for n, contract in enumerate(contracts) if contract.inside_publication)
    return (head, Table(columns, rows, early))


def _progress(paper: WorksSheet) -> tuple[Block, ...]:
    head = Heading(1, "三、进度")
    if not paper.works.milestones:
        return (head, Paragraph("没有登记进度。"))
    columns = (Column("日期", 6, "center"), Column("进度", 12), Column("累计支出", 5, "right"))
    rows = tuple(
        (wording.day(day_of(m.at)), m.text, wording.money(m.spent_fen))
        for m in paper.works.milestones
    )
    return (head, Table(columns, rows))


def _money(paper: WorksSheet) -> tuple[Block, ...]:
    works = paper.works
    sums = [left_over("预算", works.budget_fen, "实际支出", works.spent_fen)]
    if works.contracts:
        sums.insert(0, left_over("预算", works.budget_fen, "合同", works.contracted_fen))
        sums.append(left_over("合同", works.contracted_fen, "实际支出", works.spent_fen))
    over = Paragraph("【提示】支出或者合同超过预算。", face=Face.BOLD)
    return (
        Heading(1, "四、资金"),
        *(Paragraph(f"{told}。") for told in sums),
        *((over,) if works.is_over_budget else ()),
    )


def _inspections(paper: WorksSheet) -> tuple[Block, ...]:
    told: list[Block] = [Heading(1, "五、验收")]
    for number, (asked, inspector) in enumerate(
        zip(paper.works.acceptances, paper.inspectors, strict=True), 1
    ):
        if asked.inspected_at is None:
            continue
        told.append(Heading(2, f"（第{number}次）{'合格' if asked.accepted else '不合格'}"))
        told.append(
            form(
                (
                    ("申请时间", wording.instant(asked.requested_at)),
                    ("自查情况", asked.findings),
                    ("实际支出", wording.money(asked.actual_fen)),
                    ("验收时间", wording.instant(asked.inspected_at)),
                    ("到场监督", f"村务监督委员会成员{inspector}"),
                    ("验收意见", asked.statement),
                    ("结论", "验收合格" if asked.accepted else "验收不合格，限期整改后再验收"),
                )
            )
        )
    return tuple(told)


def _photos(paper: WorksSheet) -> tuple[Block, ...]:
    head = Heading(1, "六、照片")
    if not paper.photos:
        return (head, Paragraph("没有拍施工前、施工后的照片。"))
    columns = (
        Column("照片", 6),
        Column("拍摄时间", 9, "center"),
        Column(f"校验值前{SHORT_DIGEST}位", 9, "center"),
    )
    rows = tuple(
        (
            wording.PICTURES[photo.picture],
            wording.instant(photo.at),
            photo.attachment.sha256[:SHORT_DIGEST],
        )
        for photo in paper.photos
    )
    return (head, Table(columns, rows))
