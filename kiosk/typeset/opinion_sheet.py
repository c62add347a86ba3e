"""村务监督意见书: what the 监委会 says of one stage, beside the facts of the record that it looked at."""

from collections.abc import Iterator

from kiosk import wording
from kiosk.core.papers import Imprint, OpinionSheet, Overseen
from kiosk.core.terms import day_of
from kiosk.typeset.document import Block, Document, Heading, Paragraph
from kiosk.typeset.phrases import came, clip_block, whole
from kiosk.typeset.sheet import Sheet, at_link, form, matter_number, origin_ticked, sheet_document
from kiosk.wording.counting import method
from kiosk.wording.pieces import publication_name
from kiosk.wording.results import said_in_one


def opinion_document(paper: OpinionSheet, of: Imprint) -> Document:
    """The document of an opinion; the same opinion and imprint give the same document."""
    village, matter, opinion = paper.village, paper.matter, paper.opinion
    supervisors = f"{village.name}村务监督委员会"
    return sheet_document(
        Sheet(
            title="村务监督意见书",
            number=f"{matter_number(village, matter)}监督意见第{paper.number}号",
            link=at_link(village, matter),
            event=("监督意见", opinion.at),
            author=supervisors,
            blocks=(
                Heading(1, "一、监督事项"),
                form(tuple(_about(paper))),
                *_facts(paper),
                *_said(paper),
            ),
            seal=(supervisors, wording.day(day_of(opinion.at))),
            film=clip_block(village, paper.held.meeting, paper.held.vote) if paper.held else (),
            signing=(("主任：", "成员："), ("成员：", "成员：")),
        ),
        village,
        of,
    )


def _about(paper: OpinionSheet) -> Iterator[tuple[str, str]]:
    matter, opinion = paper.matter, paper.opinion
    yield "事项", matter.title
    yield "动议事由", origin_ticked(matter)
    yield "监督环节", wording.stage_long(opinion.stage, matter.row)
    yield "监督机构", f"村务监督委员会{f'（{paper.by}）' if paper.by else ''}"
    yield "监督时间", wording.instant(opinion.at)


def _facts(paper: OpinionSheet) -> tuple[Block, ...]:
    rows = tuple(_of_meeting(paper.held)) if paper.held else tuple(_of_publication(paper))
    if not rows:
        return ()
    return (Heading(1, "二、会议日志记载的情况"), form(rows))


def _of_meeting(held: Overseen) -> Iterator[tuple[str, str]]:
    meeting, vote = held.meeting, held.vote
    yield (
        "会议",
        f"{wording.meeting_title(meeting)}，{wording.day(day_of(vote.opened_at))}，{meeting.place}",
    )
    yield (
        "到会人数",
        f"{wording.quorum(held.quorum)}（{meeting.row.quorum_basis}）；{came(held.quorum)}",
    )
    yield "表决方式", method(vote).removeprefix("表决方式：")
    yield "票数", wording.counts(held.tally, vote.contest)
    yield "表决结果", said_in_one(vote) if vote.contest else _majority(held)


def _majority(held: Overseen) -> str:
    row = held.vote.row
    return f"{wording.majority(held.majority, row)}（{row.majority_basis}）"


def _of_publication(paper: OpinionSheet) -> Iterator[tuple[str, str]]:
    if (hung := paper.publication) is None:
        return
    yield "公示", publication_name(paper.village.name, hung)
    yield "公示起止", f"{wording.period(hung)}，首尾计共{hung.days()}日（不得少于十五日）"
    shown = "、".join(
        f"{wording.PICTURES[p.picture]}（{wording.day(day_of(p.at))}）" for p in paper.photos
    )
    yield "公示照片", shown or "没有拍"
    upheld = sum(objection.is_upheld for objection in paper.objections)
    number = len(paper.objections)
    yield "异议", f"{number}件，成立{upheld}件" if number else "没有收到异议"


def _said(paper: OpinionSheet) -> tuple[Block, ...]:
    opinion = paper.opinion
    head = "三、监督意见" if paper.held or paper.publication else "二、监督意见"
    later = "（本环节后来退回，须另写意见）" if opinion.set_aside else ""
    return (
        Heading(1, head),
        Paragraph(f"{'同意' if opinion.favourable else '不同意'}{later}。{whole(opinion.text)}"),
    )
