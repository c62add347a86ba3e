"""会前准备情况: what was ready as a meeting opened, line by line, each held against what is asked for."""

from collections.abc import Iterator

from kiosk import wording
from kiosk.core.matters.matter import Matter
from kiosk.core.papers import Imprint, Readiness
from kiosk.core.terms import Means, day_of
from kiosk.typeset.document import Block, Column, Document, Heading, Paragraph, Table
from kiosk.typeset.phrases import came, issuer, whole
from kiosk.typeset.sheet import Sheet, sheet_document
from kiosk.wording.filming import film_lasts

READY, LACKING, NOTED = "合格", "不足", "已记录"


def readiness_document(paper: Readiness, of: Imprint) -> Document:
    """The document of a readiness report; the same report and imprint give the same document."""
    village, meeting = paper.village, paper.meeting
    assert meeting.opened_at is not None
    name = wording.meeting_title(meeting)
    return sheet_document(
        Sheet(
            title=f"{name}\n会前准备情况",
            number=f"{village.name}{name}",
            link=f"{village.portal_url}/",
            event=("开会", meeting.opened_at),
            author=issuer(village, meeting.body),
            blocks=(
                Heading(1, "一、核对"),
                Table(
                    (Column("项目", 5), Column("情况", 17), Column("结论", 4, "center")),
                    tuple(_checked(paper)),
                ),
                *_matters(paper),
                *_owed(paper),
            ),
            signing=(("主持人：", "记录人："), ("村务监督委员会：", "日期：")),
        ),
        village,
        of,
    )


def _checked(paper: Readiness) -> Iterator[tuple[str, str, str]]:
    meeting, row = paper.meeting, paper.meeting.row
    sent, held = day_of(meeting.convened_at), day_of(meeting.starts_at)
    enough = paper.notice_days >= paper.notice_days_asked
    days = (
        f"{wording.day(sent)}通知，{wording.day(held)}开会，提前{paper.notice_days}日，"
        f"应提前{paper.notice_days_asked}日（{row.notice_basis}）"
    )
    urgent = f"；临时通知，原因：{meeting.urgent_ground}" if meeting.urgent_ground else ""
    yield (
        "通知期限",
        days + urgent,
        READY if enough else (NOTED if urgent else LACKING),
    )
    yield "逐人通知", _told(paper), NOTED
    yield (
        "时间地点",
        f"定于{wording.instant(meeting.starts_at)}，{meeting.place}；{_opened(paper)}开会",
        NOTED,
    )
    quorum = f"{wording.quorum(paper.quorum)}（{row.quorum_basis}）；{came(paper.quorum)}"
    letters = f"；其中书面委托{paper.represented}人" if paper.represented else ""
    yield "到会人数", f"{quorum}{letters}", READY if paper.quorum.holds else LACKING
    if meeting.exclusions:
        bases = "、".join(dict.fromkeys(x.basis for x in meeting.exclusions))
        yield "不计入应到", f"{len(meeting.exclusions)}人，依据：{bases}", NOTED
    yield "录像", *_film(paper)


def _opened(paper: Readiness) -> str:
    assert paper.meeting.opened_at is not None
    return wording.clock(paper.meeting.opened_at)


def _told(paper: Readiness) -> str:
    """How many were told by each means, and that the sums are right."""
    means = [f"{wording.MEANS[m]}{paper.told[m]}人" for m in Means if paper.told.get(m)]
    called = len(paper.meeting.seats)
    told = "、".join(means) or "没有逐人登记"
    return f"应通知{called}人：{told}；没有逐人登记的{paper.untold}人，以张贴的会议通知为准"


def _film(paper: Readiness) -> tuple[str, str]:
    known, planned = paper.meeting.recording, film_lasts(paper.planned_minutes)
    if known.room_minutes is None:
        return f"议程共{planned}，磁盘够录", READY
    room = film_lasts(known.room_minutes)
    if known.room_minutes >= paper.planned_minutes:
        return f"议程共{planned}，磁盘还能录{room}", READY
    agreed = "主持人同意录像不全" if known.short_accepted else "没有处理"
    return f"议程共{planned}，磁盘只够录{room}，{agreed}", LACKING


def _matters(paper: Readiness) -> tuple[Block, ...]:
    columns = (
        Column("序号", 2, "center"),
        Column("议题", 9),
        Column("动议事由", 5, "center"),
        Column("此前程序和审查", 10),
    )
    rows = tuple(
        (str(n), matter.title, wording.ORIGINS[matter.origin], _way(matter))
        for n, matter in enumerate(paper.matters, 1)
    )
    return (Heading(1, "二、议题"), Table(columns, rows))


def _way(matter: Matter) -> str:
    passed = "、".join(wording.STAGES_SHORT[stage] for stage in matter.passed)
    told = [f"已通过：{passed}" if passed else "没有此前程序"]
    if matter.kind.review:
        review = matter.review
        told.append(
            "合法性审查：还没有"
            if review is None
            else f"合法性审查：{'合法' if review.favourable else '不合法'}"
        )
    return "；".join(told)


def _owed(paper: Readiness) -> tuple[Block, ...]:
    if not paper.owed:
        return ()
    told = (
        Paragraph(f"{wording.day(day_of(owed.declared_at))}，{whole(owed.ground)}")
        for owed in paper.owed
    )
    return (Heading(1, "三、须向本次会议通报的应急处置"), *told)
