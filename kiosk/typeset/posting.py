"""决议公示: one sheet for the notice board: what was decided by what count, until which day, whom to object to."""

from kiosk import wording
from kiosk.core.papers import Imprint, Resolution
from kiosk.core.terms import day_of
from kiosk.typeset.document import Block, Document, Face, Heading, Paragraph, PhotoPlaces
from kiosk.typeset.phrases import came, clip_block, committee, period
from kiosk.typeset.sheet import Sheet, form, origin_ticked, sheet_document
from kiosk.wording.choosing import chosen_said
from kiosk.wording.sentences import ballots
from kiosk.wording.telephones import phones_said

PLACES = ("公示首日张贴照片", "公示末日照片（仍在）")


def posting_document(paper: Resolution, of: Imprint) -> Document:
    """The document of a posting; the same resolution and imprint give the same document."""
    village, publication = paper.village, paper.publication
    assert paper.vote.closed_at is not None
    number = wording.resolution_number(village.name, publication.year, publication.number)
    return sheet_document(
        Sheet(
            title=f"{committee(village)}\n关于《{paper.matter.title}》的决议公示",
            number=number,
            link=f"{village.portal_url}/r/{publication.year}-{publication.number}",
            event=("表决结束", paper.vote.closed_at),
            blocks=(
                Heading(1, "一、公示内容"),
                *_decided(paper),
                form(_counted(paper)),
                Heading(1, "二、公示起止和异议"),
                Paragraph(f"本公示{period(publication)}。", face=Face.BOLD),
                Paragraph(_object_to(paper)),
            ),
            seal=(committee(village), wording.day(publication.first_day)),
            proof=_seen(of),
            film=clip_block(village, paper.meeting, paper.vote),
            signing=(("张贴人、日期：", "撤除人、日期："), ("村务监督委员会：", "日期：")),
        ),
        village,
        of,
    )


def outcome_said(paper: Resolution) -> str:
    """What came out in one sentence (结果): 通过：赞成31，超过到会45人的一半."""
    vote = paper.vote
    if vote.contest:
        return chosen_said(vote.chosen, vote.contest)
    outcome = wording.outcome(vote.row, carried=paper.carried)
    return f"{outcome}：{wording.verdict(paper.majority, vote.row)}"


def counts_said(paper: Resolution) -> str:
    """The counts with their sum, or the ballots where candidates stood."""
    return ballots(paper.tally) if paper.vote.contest else wording.counts(paper.tally)


def _decided(paper: Resolution) -> tuple[Block, ...]:
    result = Paragraph(f"表决结果：{outcome_said(paper)}。", face=Face.BOLD)
    clauses = tuple(Paragraph(f"{n}．{text}") for n, text in enumerate(paper.matter.proposal, 1))
    return (result, *clauses)


def _counted(paper: Resolution) -> tuple[tuple[str, ...], ...]:
    meeting, vote, matter = paper.meeting, paper.vote, paper.matter
    majority = (
        ""
        if vote.contest
        else f"{wording.majority(paper.majority, vote.row)}（{vote.row.majority_basis}）"
    )
    return (
        ("动议事由", origin_ticked(matter)),
        (
            "会议",
            f"{wording.meeting_title(meeting)}，{wording.day(day_of(vote.opened_at))}，{meeting.place}",
        ),
        (
            "到会",
            f"{wording.quorum(paper.quorum)}（{meeting.row.quorum_basis}）；{came(paper.quorum)}",
        ),
        ("票数", counts_said(paper)),
        ("算式", majority),
        ("涉及金额", wording.money(matter.amount_fen) if matter.amount_fen else ""),
    )


def _object_to(paper: Resolution) -> str:
    village = paper.village
    return (
        f"公示期间可以向村民委员会、村务监督委员会提出异议，电话{village.office_phone}，也可以扫码在公开栏上提。"
        f"村民委员会在{village.periods.objection_days}日内答复；不同意答复的，可以向村务监督委员会、"
        f"{village.township}提出。{phones_said(village)}"
    )


def _seen(of: Imprint) -> tuple[Block, ...]:
    """In the archive the proof that it hung: both photographs, and what the 监委会 writes by pen."""
    if not of.is_archive:
        return ()
    return (Heading(1, "三、张贴、撤除和监督意见"), PhotoPlaces(PLACES))
