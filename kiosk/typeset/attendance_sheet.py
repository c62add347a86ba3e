"""签到表: everybody called, as what, when he came, and a place to sign; 列席 on a table of their own."""

from collections.abc import Iterator, Sequence

from kiosk import wording
from kiosk.core.papers import Attendance, AttendanceSheet, Imprint
from kiosk.typeset.document import Block, Column, Document, Heading, Paragraph, Table
from kiosk.typeset.phrases import issuer
from kiosk.typeset.sheet import Sheet, sheet_document
from kiosk.wording.attendance import present_said, seated_for, unnamed_said
from kiosk.wording.minutes import presence
from kiosk.wording.pieces import body_name

NOBODY_SIGNS = "—"
"""Where somebody who never came would sign: the place is struck out, so that nobody signs there later (代签、补签)."""


def attendance_document(paper: AttendanceSheet, of: Imprint) -> Document:
    """The document of an attendance sheet; the same sheet and imprint give the same document."""
    village, meeting = paper.village, paper.meeting
    assert meeting.adjourned_at is not None
    return sheet_document(
        Sheet(
            title=f"{village.name}{body_name(meeting.body, meeting.group)}\n签到表",
            number=f"{wording.meeting_title(meeting)}签到表",
            link=f"{village.portal_url}/",
            event=("散会", meeting.adjourned_at),
            author=issuer(village, meeting.body),
            blocks=(
                *_held(paper),
                *_entitled(paper, of),
                *_township(paper, of),
                *_attending(paper, of),
            ),
            signing=(("主持人：", "记录人："), ("监票人：", "村务监督委员会：")),
        ),
        village,
        of,
    )


def _held(paper: AttendanceSheet) -> Iterator[Block]:
    meeting = paper.meeting
    assert meeting.opened_at is not None
    yield Paragraph(f"{wording.instant(meeting.opened_at)}开会，地点：{meeting.place}。")
    for number, matter in enumerate(paper.matters, 1):
        yield Paragraph(
            f"议题{number}：{matter.title}。动议事由：{wording.ORIGINS[matter.origin]}。"
        )
    yield from map(Paragraph, present_said(paper))


def _entitled(paper: AttendanceSheet, of: Imprint) -> Iterator[Block]:
    yield Heading(1, f"一、有表决权（应到{paper.quorum.base}人）")
    if paper.entitled:
        yield _table(paper.entitled, of)
    if paper.unnamed:
        yield Paragraph(unnamed_said(paper))


def _township(paper: AttendanceSheet, of: Imprint) -> Iterator[Block]:
    """乡镇参会人员签名（含职务）, as the inspectors' form asks for it; that nobody was asked to come is said too."""
    number = len(paper.township)
    yield Heading(1, f"二、乡镇（街道）参会人员（{f'{number}人，' if number else ''}没有表决权）")
    if not number:
        yield Paragraph("没有邀请乡镇（街道）人员参加。")
        return
    yield _table(paper.township, of, as_what="职务")


def _attending(paper: AttendanceSheet, of: Imprint) -> Iterator[Block]:
    if not paper.attending:
        return
    yield Heading(1, f"三、列席（{len(paper.attending)}人，没有表决权）")
    yield _table(paper.attending, of)


def _table(people: Sequence[Attendance], of: Imprint, *, as_what: str = "身份") -> Table:
    """Of the notice board's edition neither sex nor signature: they are nobody's business."""
    own = (Column("性别", 3, "center"),) if of.is_archive else ()
    sign = (Column("签名", 7, "center"),) if of.is_archive else ()
    columns = (
        Column("序号", 3, "center"),
        Column("姓名", 5),
        Column(as_what, 7),
        Column("代表户、组", 5),
        *own,
        Column("签到时间", 5, "center"),
        *sign,
    )
    rows = []
    for number, (one, told) in enumerate(zip(people, presence(people), strict=True), 1):
        name, capacity, came, _ = told
        sex = (wording.SEXES[one.seat.sex],) if of.is_archive else ()
        row = (str(number), name, capacity, seated_for(one), *sex, came)
        rows.append((*row, "" if one.arrived_at else NOBODY_SIGNS) if of.is_archive else row)
    return Table(columns, tuple(rows), to_sign=of.is_archive)
