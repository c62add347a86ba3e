"""决议书: one resolution as a document, in the manner of GB/T 9704—2012, without letterhead and without a seal.

The public paper: counts, never how a person voted; no phones but the village office's.
"""

from kiosk import wording
from kiosk.core.papers import EarlierStage, Resolution
from kiosk.core.terms import Choice, Purpose, day_of
from kiosk.typeset.document import (
    Bar,
    Bars,
    Blank,
    Block,
    CheckBlock,
    Column,
    Document,
    Heading,
    Line,
    Paragraph,
    Pattern,
    SealPlace,
    Signatures,
    Table,
)

PATTERNS: dict[Choice, Pattern] = {
    Choice.FOR: "solid",
    Choice.AGAINST: "hatch",
    Choice.ABSTAIN: "dots",
    Choice.SATISFIED: "solid",
    Choice.FAIRLY_SATISFIED: "dots",
    Choice.DISSATISFIED: "hatch",
}


def resolution_document(paper: Resolution) -> Document:
    """The document of a resolution; the same resolution gives the same document."""
    village, publication = paper.village, paper.publication
    number = wording.resolution_number(village.name, publication.year, publication.number)
    code = wording.check_code(paper.head)
    link = f"{village.portal_url}/r/{publication.year}-{publication.number}"
    return Document(
        title=_title(paper),
        author=f"{village.name}村民委员会",
        subject=number,
        footer=f"{number}　{code}{wording.purpose_mark(village.purpose)}",
        rehearsal=village.purpose is Purpose.REHEARSAL,
        blocks=(
            Line(number, align="center"),
            Blank(0.6),
            *_opening(paper),
            *_votes(paper),
            *_decision(paper),
            *_history(paper),
            *_publication(paper),
            *_signing(paper),
            CheckBlock(f"{link}#{paper.head.digest}", _check_lines(paper, link)),
        ),
    )


def _title(paper: Resolution) -> str:
    kind = "决议" if paper.carried else "表决结果"
    body = wording.BODIES[paper.meeting.body]
    return f"{paper.village.name}{body}\n关于{paper.matter.title}的{kind}"


def _opening(paper: Resolution) -> tuple[Block, ...]:
    meeting, village = paper.meeting, paper.village
    opened = meeting.opened_at
    assert opened is not None
    day = wording.day(day_of(opened))
    return (
        Heading(1, "一、会议情况"),
        Paragraph(
            f"{day}，{village.township}{village.name}在{meeting.place}召开第{meeting.ordinal}次"
            f"{wording.BODIES[meeting.body]}，{wording.clock(opened)}开会。"
            f"动议事由：{wording.ORIGINS[paper.matter.origin]}。"
        ),
        Paragraph(f"{wording.quorum(paper.quorum)}（{meeting.row.quorum_basis}），会议有效。"),
    )


def _votes(paper: Resolution) -> tuple[Block, ...]:
    tally, row = paper.tally, paper.vote.row
    threshold = paper.majority.threshold.least(paper.majority.base)
    bars = (
        *(Bar(wording.CHOICES[c.choice], c.count, PATTERNS[c.choice]) for c in tally.counts),
        Bar(wording.UNUSED, tally.unused, "empty"),
    )
    return (
        Heading(1, "二、表决情况"),
        Paragraph(f"表决方式：记名表决。{wording.counts(tally)}。"),
        Bars(bars, base=max(tally.present, threshold), threshold=threshold,
             threshold_label=wording.threshold_words(row, threshold)),
        Paragraph(
            f"{wording.majority(paper.majority, row)}（{row.majority_basis}）。"
        ),
    )  # fmt: skip


def _decision(paper: Resolution) -> tuple[Block, ...]:
    if not paper.carried:
        return (
            Heading(1, "三、会议结果"),
            Paragraph(f"《{paper.matter.title}》未获通过。"),
        )
    clauses = tuple(Paragraph(f"{n}．{text}") for n, text in enumerate(paper.matter.proposal, 1))
    return (Heading(1, "三、决议事项"), *clauses)


def _history(paper: Resolution) -> tuple[Block, ...]:
    columns = (
        Column("程序", 8),
        Column("日期", 7),
        Column("应到", 3, "center"),
        Column("实到", 3, "center"),
        Column("赞成", 3, "center"),
        Column("反对", 3, "center"),
        Column("弃权", 3, "center"),
        Column("未表决", 4, "center"),
    )
    rows = tuple(_stage_row(stage) for stage in paper.earlier)
    return (Heading(1, "四、此前程序"), Table(columns, rows), Blank(0.4))


def _stage_row(stage: EarlierStage) -> tuple[str, ...]:
    tally = stage.tally
    counts = (*(c.count for c in tally.counts), tally.unused)
    return (
        wording.STAGES_LONG[stage.stage],
        wording.day(day_of(stage.at)),
        str(stage.entitled),
        str(tally.present),
        *(str(count) for count in counts),
    )


def _publication(paper: Resolution) -> tuple[Block, ...]:
    publication = paper.publication
    return (
        Heading(1, "五、公开"),
        Paragraph(
            f"本决议自{wording.day(publication.first_day)}起至{wording.day(publication.last_day)}"
            f"止公布，首尾计共{publication.days()}日（村民委员会组织法第三十五条：不得少于十五日）。"
            f"公布期间可向村民委员会、村务监督委员会提出异议，电话{paper.village.office_phone}。"
        ),
    )


def _signing(paper: Resolution) -> tuple[Block, ...]:
    adjourned = paper.meeting.adjourned_at
    assert adjourned is not None
    issuer = f"{paper.village.name}村民委员会"
    return (
        SealPlace("（此处加盖村民委员会印章）", (issuer, wording.day(day_of(adjourned)))),
        Blank(0.5),
        Signatures((("主持人：", "记录人："), ("监票人：", "村务监督委员会："))),
    )


def _check_lines(paper: Resolution, link: str) -> tuple[str, ...]:
    return (
        f"{wording.check_code(paper.head)}（日志第{paper.head.seq}条）",
        f"手机查看：{link}",
        f"完整校验值 {paper.head.digest[:32]}",
        f"　　　　　 {paper.head.digest[32:]}",
        "本页数字由会议日志算出；同一本日志总得出同一份文书，任何人可以核验。",
    )
