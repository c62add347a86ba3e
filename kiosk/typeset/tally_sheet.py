"""计票单: how one vote was counted, to be signed by pen by those who watched, as soon as the vote is closed."""

from kiosk import wording
from kiosk.core.papers import Imprint, TallySheet
from kiosk.core.terms import Purpose, day_of
from kiosk.typeset.counted import (
    by_channel,
    by_letter,
    counts_added,
    fates,
    on_paper,
    tally_marks,
    to_be_counted_again,
)
from kiosk.typeset.document import (
    Blank,
    Block,
    Document,
    Face,
    Heading,
    Line,
    Paragraph,
    Signatures,
)
from kiosk.typeset.figures import vote_figures
from kiosk.typeset.named_ballots import annex, annex_note
from kiosk.typeset.phrases import (
    came,
    check_block,
    clip_block,
    corrected,
    footer,
    issuer,
    page_code,
    replacing,
)
from kiosk.wording.choosing import chosen_said, places_said, standing
from kiosk.wording.counting import method
from kiosk.wording.pieces import body_name


def tally_sheet_document(paper: TallySheet, of: Imprint) -> Document:
    """The document of a tally sheet; the same sheet and imprint give the same document."""
    village, meeting = paper.village, paper.meeting
    assert paper.vote.closed_at is not None
    name = f"{wording.meeting_title(meeting)}第{paper.ordinal}次表决计票单"
    link = f"{village.portal_url}/m/{paper.matters[0].number}"
    return Document(
        title=f"{village.name}{body_name(meeting.body, meeting.group)}\n计票单",
        author=issuer(village, meeting.body),
        subject=name,
        footer=footer(name, of, village),
        code=page_code(of, link),
        rehearsal=village.purpose is Purpose.REHEARSAL,
        data={"vote": vote_figures(paper)},
        blocks=(
            Line(f"{wording.meeting_title(meeting)}　第{paper.ordinal}次表决", align="center"),
            Blank(0.6),
            *replacing(of),
            *_held(paper),
            *_counted(paper),
            *_papers(paper),
            *_outcome(paper),
            *corrected(of),
            *annex_note(paper),
            *_signing(paper),
            check_block(of, link, ("表决结束", paper.vote.closed_at)),
            *clip_block(village, meeting, paper.vote),
            *annex(paper),
        ),
    )


def _held(paper: TallySheet) -> tuple[Block, ...]:
    vote, meeting = paper.vote, paper.meeting
    assert vote.closed_at is not None
    titles = "".join(f"《{matter.title}》" for matter in paper.matters)
    origins = "、".join(dict.fromkeys(wording.ORIGINS[m.origin] for m in paper.matters))
    return (
        Heading(1, "一、表决事项"),
        Paragraph(
            f"{titles}，{wording.day(day_of(vote.opened_at))}在{meeting.place}表决，"
            f"{wording.clock(vote.opened_at)}开始，{wording.clock(vote.closed_at)}结束。"
        ),
        Paragraph(f"动议事由：{origins}。"),
        Paragraph(
            f"{wording.quorum(paper.quorum)}（{meeting.row.quorum_basis}）；"
            f"到会{came(paper.quorum)}。"
        ),
        *by_letter(vote),
        *((Paragraph(f"{standing(vote.contest)}。"),) if vote.contest else ()),
        Paragraph(method(vote)),
    )


def _counted(paper: TallySheet) -> tuple[Block, ...]:
    vote = paper.vote
    return (
        Heading(1, "二、票数"),
        *((tally_marks(vote),) if vote.contest else by_channel(vote)),
        Paragraph(f"{counts_added(vote)}。{_changed(paper)}"),
    )


def _changed(paper: TallySheet) -> str:
    changes = paper.vote.changes
    return f"结束以前改票{changes}次，按最后一次计。" if changes else ""


def _papers(paper: TallySheet) -> tuple[Block, ...]:
    papers = paper.vote.papers
    if not papers.printed:
        return ()
    return (
        Heading(1, f"三、纸票（批号{papers.batch}，编号1至{papers.printed}）"),
        *on_paper(papers),
    )


def _outcome(paper: TallySheet) -> tuple[Block, ...]:
    vote = paper.vote
    number, again = ("四", "五") if vote.papers.printed else ("三", "四")
    return (
        Heading(1, f"{number}、结果"),
        *(_chosen(paper) if vote.contest else _judged(paper)),
        Heading(1, f"{again}、复点"),
        Paragraph("再点的用笔填写；和上面不一致的，说明原因再公布。"),
        to_be_counted_again(vote),
    )


def _judged(paper: TallySheet) -> tuple[Block, ...]:
    row = paper.vote.row
    return (Paragraph(f"{wording.majority(paper.majority, row)}（{row.majority_basis}）。"),)


def _chosen(paper: TallySheet) -> tuple[Block, ...]:
    vote = paper.vote
    assert vote.contest is not None
    return (
        *fates(vote, paper.quorum.base),
        Paragraph(f"{chosen_said(vote.chosen, vote.contest)}。", face=Face.BOLD),
        Paragraph(f"{places_said(vote.chosen, vote.contest)}。"),
    )


def _signing(paper: TallySheet) -> tuple[Block, ...]:
    assert paper.vote.closed_at is not None
    kept = "，纸票连同本单封存" if paper.vote.papers.printed else ""
    return (
        Paragraph(f"在场清点无误{kept}。{wording.day(day_of(paper.vote.closed_at))}"),
        Signatures((("主持人：", "村务监督委员会："), ("监票人：", "监票人："))),
    )
