"""实施结果公示: what became of a resolution, who did it for how much, who accepted it, how long it hangs.

Both editions name those who answer for the works and who accepted them, and nobody else.
"""

from kiosk import wording
from kiosk.core.matters.works import Contract, Works
from kiosk.core.papers import Imprint, Result
from kiosk.core.terms import Forum, Purpose, day_of
from kiosk.typeset.document import (
    Blank,
    Block,
    Column,
    Document,
    Face,
    Heading,
    Line,
    Paragraph,
    SealPlace,
    Signatures,
    Table,
)
from kiosk.typeset.phrases import (
    check_block,
    committee,
    corrected,
    footer,
    page_code,
    period,
    replacing,
    whole,
)
from kiosk.wording.oversight import left_over
from kiosk.wording.pieces import result_number
from kiosk.wording.telephones import phones_said


def result_document(paper: Result, of: Imprint) -> Document:
    """The document of a result; the same result and imprint give the same document."""
    village, publication = paper.village, paper.publication
    assert paper.acceptance.inspected_at is not None
    number = result_number(village.name, publication.year, publication.number)
    link = f"{village.portal_url}/result/{publication.year}-{publication.number}"
    return Document(
        title=f"{committee(village)}\n关于{paper.matter.title}实施结果的公示",
        author=committee(village),
        subject=number,
        footer=footer(number, of, village),
        code=page_code(of, link),
        rehearsal=village.purpose is Purpose.REHEARSAL,
        blocks=(
            Line(number, align="center"),
            Blank(0.6),
            *replacing(of),
            *_carried_out(paper),
            *_works(paper),
            *_money(paper),
            *_acceptance(paper),
            *_publication(paper),
            *corrected(of),
            *_signing(paper, of),
            check_block(of, link, ("验收", paper.acceptance.inspected_at)),
        ),
    )


def _carried_out(paper: Result) -> tuple[Block, ...]:
    village, of = paper.village, paper.resolution
    number = wording.resolution_number(village.name, of.year, of.number)
    return (
        Heading(1, "一、所实施的决议"),
        Paragraph(
            f"{number}决议，{wording.meeting_title(paper.meeting)}通过，"
            f"{wording.period(of)}公布。动议事由：{wording.ORIGINS[paper.matter.origin]}。"
        ),
        Paragraph(f"实施结果：{whole(paper.publication.summary)}"),
    )


def _works(paper: Result) -> tuple[Block, ...]:
    works = paper.works
    started = f"{wording.day(day_of(works.started_at))}开工。" if works.started_at else ""
    return (
        Heading(1, "二、实施情况"),
        Paragraph(
            f"责任人：{works.owner_name}。{started}期限：{wording.day(works.deadline)}，{_in_time(works)}"
        ),
        *_flag_start(paper),
        *_contracts(paper),
        *_milestones(works),
    )


def _in_time(works: Works) -> str:
    assert works.accepted_at is not None
    late = (day_of(works.accepted_at) - works.deadline).days
    return f"验收晚了{late}日。" if late > 0 else "按期验收。"


def _flag_start(paper: Result) -> tuple[Block, ...]:
    works = paper.works
    if not works.started_at or not works.started_inside_publication:
        return ()
    return (
        Paragraph(
            f"【提示】开工日期{wording.day(day_of(works.started_at))}在决议公示期内"
            f"（{wording.period(paper.resolution)}），公示期满以前不应开工。",
            face=Face.BOLD,
        ),
    )


def _contracts(paper: Result) -> tuple[Block, ...]:
    contracts = paper.works.contracts
    if not contracts:
        return (Paragraph("没有签订合同。"),)
    columns = (
        Column("承包方", 10),
        Column("合同金额", 5, "right"),
        Column("合同日期", 6, "center"),
    )
    rows = tuple(
        (c.contractor, wording.money(c.amount_fen), wording.day(c.dated)) for c in contracts
    )
    early = frozenset(n for n, contract in enumerate(contracts) if contract.inside_publication)
    return (
        Table(columns, rows, early),
        *(_flag(paper, contract) for contract in contracts if contract.inside_publication),
    )


def _flag(paper: Result, contract: Contract) -> Paragraph:
    """What an inspector would see at once: a contract dated while the resolution still hung."""
    return Paragraph(
        f"【提示】与{contract.contractor}的合同日期{wording.day(contract.dated)}在决议公示期内"
        f"（{wording.period(paper.resolution)}），公示期满以前不应签订合同。",
        face=Face.BOLD,
    )


def _milestones(works: Works) -> tuple[Block, ...]:
    if not works.milestones:
        return ()
    columns = (Column("日期", 6, "center"), Column("进度", 12), Column("已支出", 4, "right"))
    rows = tuple(
        (wording.day(day_of(m.at)), m.text, wording.money(m.spent_fen)) for m in works.milestones
    )
    return (Table(columns, rows),)


def _money(paper: Result) -> tuple[Block, ...]:
    works = paper.works
    spent, budget = works.spent_fen, works.budget_fen
    sums = [left_over("预算", budget, "实际支出", spent)]
    if works.contracts:
        contracted = works.contracted_fen
        sums.insert(0, left_over("预算", budget, "合同", contracted))
        sums.append(left_over("合同", contracted, "实际支出", spent))
    over: tuple[Block, ...] = ()
    if works.is_over_budget:
        over = (Paragraph("【提示】支出或者合同超过预算。", face=Face.BOLD),)
    return (Heading(1, "三、资金"), *(Paragraph(f"{told}。") for told in sums), *over)


def _acceptance(paper: Result) -> tuple[Block, ...]:
    accepted, works = paper.acceptance, paper.works
    assert accepted.inspected_at is not None
    refused = [a for a in works.acceptances if a.inspected_at and not a.accepted]
    before = tuple(
        Paragraph(f"{wording.day(day_of(a.inspected_at))}验收不合格：{whole(a.statement)}")
        for a in refused
        if a.inspected_at
    )
    return (
        Heading(1, "四、验收"),
        *before,
        Paragraph(f"{wording.day(day_of(accepted.requested_at))}申请验收：{whole(accepted.findings)}"),
        Paragraph(
            f"{wording.day(day_of(accepted.inspected_at))}验收合格，村务监督委员会成员"
            f"{paper.inspector}到场：{whole(accepted.statement)}"
        ),
    )  # fmt: skip


def _publication(paper: Result) -> tuple[Block, ...]:
    assert paper.acceptance.inspected_at is not None
    accepted = wording.day(day_of(paper.acceptance.inspected_at))
    return (
        Heading(1, "五、公开"),
        Paragraph(
            f"本结果{period(paper.publication)}。{accepted}验收，公示不早于验收的次日。"
            f"{_objections(paper)}公布期间可向村民委员会、村务监督委员会提出异议，"
            f"电话{paper.village.office_phone}。{phones_said(paper.village)}"
        ),
    )


def _objections(paper: Result) -> str:
    number = len(paper.objections)
    if not number:
        return "此前没有收到异议。"
    upheld = sum(o.is_upheld for o in paper.objections)
    above = sum(o.hearing.forum is not Forum.COMMITTEE for o in paper.objections)
    more = f"，其中提交上一级{above}件" if above else ""
    return f"此前收到异议{number}件，成立{upheld}件{more}。"


def _signing(paper: Result, of: Imprint) -> tuple[Block, ...]:
    lines = (committee(paper.village), wording.day(paper.publication.first_day))
    seal = SealPlace("（此处加盖村民委员会印章）", lines)
    if not of.is_archive:
        return (seal,)
    return (seal, Blank(0.5), Signatures((("责任人：", "村务监督委员会："),)))
