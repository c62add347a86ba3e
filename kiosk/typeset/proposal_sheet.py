"""议题提议表: what is proposed to the village, by whom, on what law, and through which bodies it goes."""

from collections.abc import Iterator

from kiosk import wording
from kiosk.core.papers import Imprint, ProposalSheet
from kiosk.core.terms import Body, day_of
from kiosk.typeset.document import Block, Document, Heading, Paragraph
from kiosk.typeset.phrases import issuer, kind_in_catalogue, whole
from kiosk.typeset.sheet import Sheet, at_link, form, matter_number, origin_ticked, sheet_document
from kiosk.wording.public import author


def proposal_document(paper: ProposalSheet, of: Imprint) -> Document:
    """The document of a proposal; the same proposal and imprint give the same document."""
    village, matter = paper.village, paper.matter
    raised = wording.day(day_of(matter.raised_at))
    return sheet_document(
        Sheet(
            title="议题提议表",
            number=matter_number(village, matter),
            link=at_link(village, matter),
            event=("立项", matter.raised_at),
            blocks=(form(tuple(_rows(paper))), *_proposal(paper), *_opinion(paper)),
            seal=(issuer(village, Body.PARTY_COMMITTEE), raised),
            signing=(("提出人（经办人）：", "村党组织书记："),),
        ),
        village,
        of,
    )


def _rows(paper: ProposalSheet) -> Iterator[tuple[str, str]]:
    matter = paper.matter
    yield "议题", matter.title
    yield "动议事由", origin_ticked(matter)
    yield "提出人", _moved_by(paper)
    yield "提出、立项时间", _times(paper)
    yield (
        "事项类别",
        f"{matter.kind.name}（{wording.group(matter.group) if matter.group else '全村'}）",
    )
    yield "法律依据", matter.kind.basis
    yield "涉及金额", wording.money(matter.amount_fen) if matter.amount_fen else "不涉及资金"
    yield "利害关系", _concerned(paper)
    yield "授权", matter.mandate
    yield "还须报批", matter.kind.approval
    yield "保管期限", wording.RETENTIONS[matter.kind.retention]


def _moved_by(paper: ProposalSheet) -> str:
    """Who brought it forward: with the name where the edition has it, else as whom."""
    if not paper.needs:
        return wording.ORIGINS[paper.matter.origin]
    told = (
        f"{author(n)}{f'（{n.author}）' if n.author else ''}，需求〔{n.year}〕{n.number}号"
        for n in paper.needs
    )
    return "；".join(told)


def _times(paper: ProposalSheet) -> str:
    filed = [wording.day(day_of(need.filed_at)) for need in paper.needs]
    raised = wording.instant(paper.matter.raised_at)
    return f"{'、'.join(filed)}提出；{raised}立项" if filed else f"{raised}立项"


def _concerned(paper: ProposalSheet) -> str:
    matter = paper.matter
    whom = f"涉及{wording.group(matter.group)}" if matter.group else "涉及全村"
    return f"{whom}。有利害关系的人，表决前当场申明、回避，记入会议记录。"


def _proposal(paper: ProposalSheet) -> tuple[Block, ...]:
    matter = paper.matter
    clauses = tuple(Paragraph(f"{n}．{text}") for n, text in enumerate(matter.proposal, 1))
    wished = tuple(Paragraph(f"需求原文：{whole(need.text)}") for need in paper.needs)
    stand = matter.contest
    standing = (
        (
            Paragraph(
                f"名额{stand.places}名；候选人：{'、'.join(c.name for c in stand.candidates)}。"
            ),
        )
        if stand
        else ()
    )
    means = Paragraph(f"赞成表示：{matter.for_means}；反对表示：{matter.against_means}。")
    return (
        Heading(1, "一、建议方案"),
        *clauses,
        *standing,
        *(() if stand else (means,)),
        *wished,
        Paragraph(
            "附件：无。" if not matter.reviews else f"附件：合法性审查意见{len(matter.reviews)}份。"
        ),
    )


def _opinion(paper: ProposalSheet) -> tuple[Block, ...]:
    village, matter = paper.village, paper.matter
    stages = [wording.stage_long(stage, matter.row) for stage in matter.stages]
    review = "，其间作合法性审查" if matter.kind.review else ""
    return (
        Heading(1, "二、村党组织意见"),
        Paragraph(
            f"同意立项。按事项清单依次办理：{'→'.join(stages)}{review}。各环节没有依法办完，不进入下一环节。"
        ),
        Paragraph(kind_in_catalogue(village, matter.kind)),
    )
