"""会议记录: the minutes of a meeting, after the 纪要 of GB/T 9704—2012 10.3: 出席, 缺席, 列席, and no seal."""

from collections.abc import Iterator, Sequence

from kiosk import wording
from kiosk.core.papers import Attendance, Imprint, Minutes
from kiosk.core.terms import Purpose
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
from kiosk.typeset.phrases import (
    check_block,
    corrected,
    footer,
    issuer,
    of_township,
    page_code,
    replacing,
)
from kiosk.wording.minutes import STANDINGS, heads_said, presence, sections
from kiosk.wording.pieces import body_name

_PLACES = (
    ("主持人：", "记录人："),
    ("监票人：", "监票人："),
    ("村务监督委员会：", "村务监督委员会："),
)


def minutes_document(paper: Minutes, of: Imprint) -> Document:
    """The document of the minutes; the same minutes and imprint give the same document."""
    village, meeting = paper.village, paper.meeting
    assert meeting.adjourned_at is not None
    name, link = f"{wording.meeting_title(meeting)}记录", f"{village.portal_url}/"
    return Document(
        title=f"{village.name}{body_name(meeting.body, meeting.group)}\n第{meeting.ordinal}次会议记录",
        author=issuer(village, meeting.body),
        subject=name,
        footer=footer(name, of, village),
        code=page_code(of, link),
        rehearsal=village.purpose is Purpose.REHEARSAL,
        blocks=(
            Line(f"（{STANDINGS[paper.standing]}）", align="center"),
            Blank(0.6),
            *replacing(of),
            *_told(paper),
            *corrected(of),
            *_people(paper),
            *_heads(paper),
            *(_signing(paper) if of.is_archive else ()),
            check_block(of, link, ("散会", meeting.adjourned_at)),
        ),
    )


def _told(paper: Minutes) -> Iterator[Block]:
    for section in sections(paper):
        yield Heading(1 if section.level == 1 else 2, section.heading)
        yield from map(Paragraph, section.lines)


# --- 出席、缺席、列席


def _people(paper: Minutes) -> Iterator[Block]:
    came = [one for one in paper.entitled if one.arrived_at or one.proxy]
    away = [one for one in paper.entitled if not one.arrived_at and not one.proxy]
    unnamed_came, unnamed_away = paper.unnamed
    number = len(came) + unnamed_came
    yield Heading(1, f"出席：有表决权，到过会场{number}人{_unnamed(unnamed_came, number)}")
    yield from _table(came)
    if away or unnamed_away:
        number = len(away) + unnamed_away
        yield Heading(1, f"缺席：{number}人{_unnamed(unnamed_away, number)}")
    if away:
        yield Paragraph(f"{'、'.join(one.seat.name for one in away)}。")
    yield from _township(paper)
    if paper.attending:
        here = [one for one in paper.attending if one.arrived_at]
        yield Heading(1, f"列席：到会{len(here)}人，没有表决权")
        yield from _table(here)
        absent = [one.seat.name for one in paper.attending if not one.arrived_at]
        if absent:
            yield Paragraph(f"应当列席、没有到会：{'、'.join(absent)}。")


def _township(paper: Minutes) -> Iterator[Block]:
    if not paper.township:
        return
    here = [one for one in paper.township if one.arrived_at]
    yield Heading(1, f"乡镇（街道）参会人员：到会{len(here)}人，没有表决权")
    yield from _table(here, "职务", wide=11)
    absent = [f"{one.seat.name}（{one.seat.post}）" for one in paper.township if not one.arrived_at]
    if absent:
        yield Paragraph(f"请了、没有到会：{'、'.join(absent)}。")


def _unnamed(number: int, of: int) -> str:
    if number == of:
        return "（不列名）" if number else ""
    return f"（其中{number}人不列名）" if number else ""


def _table(people: Sequence[Attendance], as_what: str = "身份", wide: int = 9) -> Iterator[Block]:
    if not people:
        return
    columns = (
        Column("序号", 3, "center"),
        Column("姓名", 5),
        Column(as_what, wide),
        Column("到会", 4, "center"),
        Column("离场、返回", 17 - wide),
    )
    told = enumerate(presence(people), 1)
    yield Table(columns, tuple((str(number), *row) for number, row in told))


# --- what was kept, and who signs


def _heads(paper: Minutes) -> Iterator[Block]:
    columns = (
        Column("时间", 3, "center"),
        Column("时点", 7),
        Column("日志", 5, "center"),
        Column("校验码", 9, "center"),
    )
    yield Heading(1, "附：各时点的校验码")
    yield Paragraph(
        "开会、散会时的校验码在大屏上显示过，可以和手机拍下的、监委会U盘上的对照；"
        "下次开会前，用散会时的这一个核对。"
    )
    yield Table(columns, tuple(heads_said(paper)), together=True)


def _signing(paper: Minutes) -> Iterator[Block]:
    yield Blank(0.5)
    yield Paragraph("以上记录看过、无误，签名。")
    yield Signatures((*_PLACES, *of_township(paper.meeting)))
