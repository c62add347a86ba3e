"""决议书: one resolution as a document, in the manner of GB/T 9704—2012, without letterhead and without a seal.

Both editions tell counts, never how a person voted; that of the archive has places to sign.
"""

from kiosk import wording
from kiosk.core.ballot_terms import CANDIDATE_NUMBERS, Choice
from kiosk.core.law.rules import RuleRow
from kiosk.core.law.tally import Count
from kiosk.core.papers import Imprint, Resolution
from kiosk.core.terms import Base, Purpose, RowId, Stage, day_of
from kiosk.core.values import Contest
from kiosk.core.votes.vote import Vote
from kiosk.typeset.counted import (
    by_channel,
    by_letter,
    counted_again,
    counts_added,
    fates,
    on_paper,
)
from kiosk.typeset.document import (
    Bar,
    Bars,
    Blank,
    Block,
    Document,
    Face,
    Heading,
    Line,
    Paragraph,
    Pattern,
    SealPlace,
    Signatures,
)
from kiosk.typeset.figures import vote_figures
from kiosk.typeset.phrases import (
    came,
    check_block,
    clip_block,
    committee,
    corrected,
    footer,
    of_township,
    page_code,
    period,
    replacing,
    whole,
)
from kiosk.typeset.way import history
from kiosk.wording.choosing import chosen_said, places_said, standing
from kiosk.wording.counting import method
from kiosk.wording.pieces import body_name
from kiosk.wording.telephones import phones_said

_OF_CANDIDATES: dict[Choice, Pattern] = dict.fromkeys(CANDIDATE_NUMBERS, "solid")
PATTERNS: dict[Choice, Pattern] = {
    **_OF_CANDIDATES,
    Choice.FOR: "solid",
    Choice.AGAINST: "hatch",
    Choice.ABSTAIN: "dots",
    Choice.SATISFIED: "solid",
    Choice.FAIRLY_SATISFIED: "dots",
    Choice.DISSATISFIED: "hatch",
}
_DISMISSED = "村民委员会成员连续两次被评议不称职的，其职务终止（村民委员会组织法第三十八条）。"

_PLACES = (("主持人：", "记录人："), ("监票人：", "村务监督委员会："))


def resolution_document(paper: Resolution, of: Imprint) -> Document:
    """The document of a resolution; the same resolution and imprint give the same document."""
    village, publication = paper.village, paper.publication
    assert paper.vote.closed_at is not None
    number = wording.resolution_number(village.name, publication.year, publication.number)
    link = f"{village.portal_url}/r/{publication.year}-{publication.number}"
    return Document(
        title=_title(paper),
        author=committee(village),
        subject=number,
        footer=footer(number, of, village),
        code=page_code(of, link),
        rehearsal=village.purpose is Purpose.REHEARSAL,
        data={"vote": vote_figures(paper)},
        blocks=(
            Line(number, align="center"),
            Blank(0.6),
            *replacing(of),
            *_opening(paper),
            *_votes(paper),
            *_decision(paper),
            *history(paper),
            *_publication(paper),
            *corrected(of),
            *_signing(paper, of),
            check_block(of, link, ("表决结束", paper.vote.closed_at)),
            *clip_block(paper.village, paper.meeting, paper.vote),
        ),
    )


def _kind(paper: Resolution) -> str:
    """What the paper tells: 决议, 表决结果, 评议结果 or 推选结果."""
    if paper.vote.contest:
        return "推选结果"
    if _is_appraisal(paper):
        return "评议结果"
    return "决议" if paper.carried else "表决结果"


def _is_appraisal(paper: Resolution) -> bool:
    return paper.vote.row.id is RowId.APPRAISAL


def _title(paper: Resolution) -> str:
    kind, title = _kind(paper), paper.matter.title
    # 关于推选村务监督委员会成员的结果: not 推选 twice
    kind = kind.removeprefix("推选") if "推选" in title else kind
    body = body_name(paper.meeting.body, paper.meeting.group)
    return f"{paper.village.name}{body}\n关于{title}的{kind}"


def _opening(paper: Resolution) -> tuple[Block, ...]:
    meeting, village, matter = paper.meeting, paper.village, paper.matter
    opened = meeting.opened_at
    assert opened is not None
    day = wording.day(day_of(opened))
    return (
        Heading(1, "一、会议情况"),
        Paragraph(
            f"{day}，{village.township}{village.name}在{meeting.place}召开"
            f"{wording.meeting_title(meeting)}，{wording.clock(opened)}开会。"
            f"动议事由：{wording.ORIGINS[matter.origin]}。"
        ),
        Paragraph(
            f"{wording.quorum(paper.quorum)}（{meeting.row.quorum_basis}），会议有效；"
            f"到会{came(paper.quorum)}。"
        ),
        *by_letter(paper.vote),
    )


def _votes(paper: Resolution) -> tuple[Block, ...]:
    tally, vote, row = paper.tally, paper.vote, paper.vote.row
    threshold = paper.majority.threshold.least(paper.majority.base)
    bars = (
        *(_bar(c, vote) for c in tally.counts),
        Bar(wording.UNUSED, tally.unused, "empty"),
    )
    return (
        Heading(1, "二、表决情况"),
        *((Paragraph(f"{standing(vote.contest)}。"),) if vote.contest else ()),
        Paragraph(method(vote)),
        Paragraph(f"{counts_added(vote)}。{_recused(paper)}"),
        Bars(bars, base=max(tally.present, threshold, paper.majority.base), threshold=threshold,
             threshold_label=wording.threshold_words(row, threshold)),
        *(by_channel(vote) if len(vote.subtotals) > 1 else ()),
        *on_paper(vote.papers),
        *counted_again(vote, paper.settled),
        *_base(paper),
        *_judged(paper),
    )  # fmt: skip


def _bar(count: Count, vote: Vote) -> Bar:
    return Bar(wording.choice_said(count.choice, vote.contest), count.count, PATTERNS[count.choice])


def _judged(paper: Resolution) -> tuple[Block, ...]:
    row = paper.vote.row
    if paper.vote.contest:
        return fates(paper.vote, paper.quorum.base)
    return (Paragraph(f"{wording.majority(paper.majority, row)}（{row.majority_basis}）。"),)


def _recused(paper: Resolution) -> str:
    if not paper.tally.recused:
        return ""
    if paper.vote.row.recused_leave:
        return "回避的人按本村规则不计入表决基数。"
    return "回避的人没有表决票，仍计入到会人数。"


def _base(paper: Resolution) -> tuple[Block, ...]:
    """Where the majority is counted of all, those who stayed away count as much as those who came."""
    if paper.vote.row.majority_base is not Base.ENTITLED:
        return ()
    unit = _unit(paper.vote.row)
    entitled, present = paper.quorum.base, paper.tally.present
    return (
        Paragraph(
            f"本事项以全体应到{entitled}{unit}为基数，不以到会人数为基数：应到{entitled}－到会{present}"
            f"＝未到会{entitled - present}{unit}，未到会的也计入基数。"
        ),
    )


def _unit(row: RuleRow) -> str:
    return "户" if row.by_household else "人"


def _decision(paper: Resolution) -> tuple[Block, ...]:
    if paper.vote.contest:
        return _chosen(paper, paper.vote.contest)
    outcome = wording.outcome(paper.vote.row, carried=paper.carried)
    if _is_appraisal(paper):
        warning = (Paragraph(_DISMISSED),) if paper.carried else ()
        found = Paragraph(f"《{paper.matter.title}》，评议结果：{outcome}。")
        return (Heading(1, "三、评议结果"), found, *warning)
    if not paper.carried:
        return (
            Heading(1, "三、会议结果"),
            Paragraph(f"《{paper.matter.title}》未获通过。"),
        )
    clauses = _clauses(paper)
    approval = paper.matter.kind.approval
    asked = (Paragraph(f"依法还须办理：{whole(approval)}办妥以前不得实施。"),) if approval else ()
    return (Heading(1, "三、决议事项"), *clauses, *asked)


def _clauses(paper: Resolution) -> tuple[Paragraph, ...]:
    proposal = paper.matter.proposal
    return tuple(Paragraph(f"{n}．{text}") for n, text in enumerate(proposal, 1))


def _chosen(paper: Resolution, contest: Contest) -> tuple[Block, ...]:
    """Who is chosen (推选结果), how many places stay open, and by what proposal they were chosen."""
    chosen = paper.vote.chosen
    return (
        Heading(1, "三、推选结果"),
        Paragraph(f"《{paper.matter.title}》，{chosen_said(chosen, contest)}。", face=Face.BOLD),
        Paragraph(f"{places_said(chosen, contest)}。"),
        Paragraph("推选按下列方案进行："),
        *_clauses(paper),
    )


def _publication(paper: Resolution) -> tuple[Block, ...]:
    what, village = _kind(paper).removeprefix("表决"), paper.village
    then = ""
    if paper.carried and paper.matter.kind.works and Stage.RESULT_PUBLIC in paper.matter.stages:
        then = "公布期满以后落实责任人和完成时限，签订合同、开工，登记在实施进度与验收表上。"
    return (
        Heading(1, "五、公开"),
        Paragraph(
            f"本{what}{period(paper.publication)}。{then}"
            f"公布期间可向村民委员会、村务监督委员会提出异议，电话{village.office_phone}。{phones_said(village)}"
        ),
    )


def _signing(paper: Resolution, of: Imprint) -> tuple[Block, ...]:
    adjourned = paper.meeting.adjourned_at
    assert adjourned is not None
    lines = (committee(paper.village), wording.day(day_of(adjourned)))
    seal = SealPlace("（此处加盖村民委员会印章）", lines)
    if not of.is_archive:
        return (seal,)
    signed = Signatures((*_PLACES, *of_township(paper.meeting)))
    return (seal, Blank(0.5), signed)
