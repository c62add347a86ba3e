"""On what way a matter came to its decision (办理经过): reviews, changes, ways back and void votes, each by its day.

Names nobody; in the public edition what people wrote has been made discreet before.
"""

from collections.abc import Iterator
from datetime import datetime

from kiosk import wording
from kiosk.core.matters.dossier import Return, Revision
from kiosk.core.papers import EarlierStage, Resolution
from kiosk.core.terms import day_of
from kiosk.core.village import Village
from kiosk.typeset.document import Block, Column, Heading, Paragraph, Table
from kiosk.typeset.phrases import kind_in_catalogue, whole


def history(paper: Resolution) -> tuple[Block, ...]:
    """On what the matter rests, the votes before this one in a table, and what else happened (依据和此前程序)."""
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
    matter = paper.matter
    mandate = (Paragraph(f"授权：{whole(matter.mandate)}"),) if matter.mandate else ()
    alone = Paragraph("按事项清单，本事项由本次会议直接表决，没有此前程序。")
    return (
        Heading(1, "四、依据和此前程序"),
        Paragraph(kind_in_catalogue(paper.village, matter.kind)),
        *mandate,
        Table(columns, rows, together=True) if rows else alone,
        *_way(paper),
    )


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


def _way(paper: Resolution) -> tuple[Block, ...]:
    """One paragraph for each thing that happened besides the votes of the table, in the order of their days."""
    told = sorted(_told(paper), key=lambda one: one[0])
    return tuple(Paragraph(f"{wording.day(day_of(at))}，{words}") for at, words in told)


def _told(paper: Resolution) -> Iterator[tuple[datetime, str]]:
    matter = paper.matter
    for review in matter.reviews:
        view = "认为合法" if review.favourable else "认为不合法"
        later = "，后来退回，须重新审查" if review.set_aside else ""
        yield review.at, f"合法性审查：{review.reviewer}{view}{later}。{whole(review.opinion)}"
    for revision in matter.revisions:
        yield revision.at, _changed(paper.village, revision)
    for back in matter.returns:
        yield back.at, _went_back(back)
    for void in paper.voided:
        held = wording.meeting_title(void.meeting)
        yield (
            void.vote.opened_at,
            f"{held}的一次表决已宣布作废，不计入结果：{whole(void.vote.void_ground)}",
        )


def _changed(village: Village, revision: Revision) -> str:
    if revision.meeting is not None:
        meeting = village.meetings[revision.meeting]
        return f"{wording.meeting_title(meeting)}会上提议修改方案，表决的是修改后的方案。"
    return f"修改方案：{whole(revision.why)}"


def _went_back(back: Return) -> str:
    if back.row is not None:
        return f"提交村民会议决定（{wording.RULE_ROWS[back.row]}）：{whole(back.ground)}"
    return f"退回到“{wording.STAGES_SHORT[back.to]}”：{whole(back.ground)}"
