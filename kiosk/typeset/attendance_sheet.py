"""签到表: everybody called, as what, when he came, and a place to sign; 列席 on a table of their own."""

from collections.abc import Iterator, Sequence

from kiosk import wording
from kiosk.core.papers import Attendance, AttendanceSheet
from kiosk.core.terms import Purpose, day_of
from kiosk.typeset.document import (
    Blank,
    Block,
    Column,
    Document,
    Heading,
    Line,
    Paragraph,
    Signatures,
    Table,
)
from kiosk.typeset.phrases import check_block, footer, issuer
from kiosk.wording.attendance import household_said, present_said, unnamed_said
from kiosk.wording.minutes import presence
from kiosk.wording.pieces import body_name


def attendance_document(paper: AttendanceSheet, *, public: bool = False) -> Document:
    """The document of an attendance sheet; the same sheet gives the same document. `public`: nobody signs it."""
    village, meeting = paper.village, paper.meeting
    name = f"{wording.meeting_title(meeting)}签到表"
    signed = () if public else tuple(_signing(paper))
    return Document(
        title=f"{village.name}{body_name(meeting.body, meeting.group)}\n签到表",
        author=issuer(village, meeting.body),
        subject=name,
        footer=footer(name, paper.head, village),
        rehearsal=village.purpose is Purpose.REHEARSAL,
        blocks=(
            Line(wording.meeting_title(meeting), align="center"),
            Blank(0.6),
            *_held(paper),
            *_entitled(paper, public=public),
            *_attending(paper, public=public),
            *signed,
            check_block(paper.head, f"{village.portal_url}/"),
        ),
    )


def _held(paper: AttendanceSheet) -> Iterator[Block]:
    meeting = paper.meeting
    when = meeting.opened_at or meeting.starts_at
    opened = "开会" if meeting.opened_at else "（通知的时间），人数不够，流会"
    yield Paragraph(f"{wording.instant(when)}{opened}，地点：{meeting.place}。")
    for line in present_said(paper):
        yield Paragraph(line)


def _entitled(paper: AttendanceSheet, *, public: bool) -> Iterator[Block]:
    yield Heading(1, f"一、有表决权（应到{paper.quorum.base}人）")
    if paper.entitled:
        yield _table(paper.entitled, public=public)
    if paper.unnamed:
        yield Paragraph(unnamed_said(paper))


def _attending(paper: AttendanceSheet, *, public: bool) -> Iterator[Block]:
    if not paper.attending:
        return
    yield Heading(1, f"二、列席（{len(paper.attending)}人，没有表决权）")
    yield _table(paper.attending, public=public)


def _table(people: Sequence[Attendance], *, public: bool) -> Table:
    """Of the notice board's edition neither sex nor signature: they are nobody's business."""
    own = () if public else (Column("性别", 3, "center"),)
    sign = () if public else (Column("签名", 7),)
    columns = (
        Column("序号", 3, "center"),
        Column("姓名", 5),
        Column("身份", 6),
        Column("代表户、组", 5),
        *own,
        Column("签到时间", 5, "center"),
        *sign,
    )
    rows = []
    for number, (one, told) in enumerate(zip(people, presence(people), strict=True), 1):
        name, capacity, came, _ = told
        sex = () if public else (wording.SEXES[one.seat.sex],)
        row = (str(number), name, capacity, household_said(one), *sex, came)
        rows.append(row if public else (*row, ""))
    return Table(columns, tuple(rows), to_sign=not public)


def _signing(paper: AttendanceSheet) -> Iterator[Block]:
    over = paper.meeting.adjourned_at or paper.meeting.starts_at
    yield Paragraph(f"签到情况属实。{wording.day(day_of(over))}")
    yield Signatures((("主持人：", "记录人："), ("监票人：", "村务监督委员会：")))
