"""会议通知: who is called, when and where, to decide what by what majority, and on how many days' notice."""

from collections.abc import Iterator, Sequence

from kiosk import wording
from kiosk.core.law.roll import representatives_share, women_share
from kiosk.core.law.rules import Comparison, RuleRow
from kiosk.core.papers import CalledMatter, Calling, Imprint, Notice
from kiosk.core.terms import Base, Body, Purpose, RowId, day_of
from kiosk.typeset.document import (
    Block,
    Column,
    Document,
    Face,
    Heading,
    Line,
    Paragraph,
    SealPlace,
    Table,
)
from kiosk.typeset.phrases import (
    check_block,
    corrected,
    footer,
    issuer,
    page_code,
    replacing,
    whole,
)
from kiosk.wording.choosing import asked, rule, standing
from kiosk.wording.pieces import body_name

_NAMES_IN_A_ROW = 24


def notice_document(paper: Notice, of: Imprint) -> Document:
    """The document of a notice; the same notice and imprint give the same document."""
    village, meeting = paper.village, paper.meeting
    title, link = f"{wording.meeting_title(meeting)}通知", f"{village.portal_url}/"
    return Document(
        title=_title(paper),
        author=issuer(village, meeting.body),
        subject=title,
        footer=footer(title, of, village),
        code=page_code(of, link),
        rehearsal=village.purpose is Purpose.REHEARSAL,
        blocks=(
            *replacing(of),
            *_call(paper),
            *_agenda(paper),
            *_people(paper),
            *_notice(paper),
            *_owed(paper),
            *corrected(of),
            *_signing(paper),
            check_block(of, link, ("会议时间", meeting.starts_at)),
        ),
    )


def _title(paper: Notice) -> str:
    meeting = paper.meeting
    called = "临时召开" if meeting.urgent_ground else "召开"
    where = "\n" if meeting.group else ""
    body = body_name(meeting.body, meeting.group)
    return f"关于{called}{paper.village.name}{where}{body}的通知"


def _unit(row: RuleRow) -> str:
    return "户" if row.by_household else "人"


def _call(paper: Notice) -> tuple[Block, ...]:
    meeting = paper.meeting
    # One who is called in two capacities is addressed once.
    whom = dict.fromkeys(wording.CAPACITIES[called.capacity] for called in paper.entitled)
    together: tuple[Block, ...] = ()
    if (first := paper.with_meeting) is not None:
        held = f"本次会议与{wording.meeting_title(first)}合并召开，由一人主持；"
        together = (Paragraph(f"{held}两个会议分别记录、分别表决。"),)
    return (
        Line(f"各位{'、'.join(whom)}："),
        Paragraph(
            f"定于{wording.day(day_of(meeting.starts_at))}{wording.clock(meeting.starts_at)}，"
            f"在{meeting.place}召开{wording.meeting_title(meeting)}，请按时到会签到。"
            f"不能到会的，请提前告知村民委员会，电话{paper.village.office_phone}。"
        ),
        *together,
    )


def _agenda(paper: Notice) -> tuple[Block, ...]:
    columns = (
        Column("序号", 2, "center"),
        Column("议题", 9),
        Column("时间", 3, "center"),
        Column("怎样算通过", 11) if not _chooses(paper) else Column("怎样算通过、当选", 11),
    )
    rows = tuple(_item(n, called) for n, called in enumerate(paper.agenda, 1))
    minutes = [called.item.minutes for called in paper.agenda]
    total = "＋".join(map(str, minutes)) + f"＝{sum(minutes)}" if len(minutes) > 1 else ""
    consent = any(called.item.consent for called in paper.agenda)
    notes = [f"议程共{total}分钟。"] if total else []
    if consent:
        notes.append("标明“可合并”的事项没有争议的可以合并表决；到会的任何一人要求，就单独表决。")
    told = (Paragraph("".join(notes)),) if notes else ()
    return (Heading(1, "一、议题"), Table(columns, rows), *told, *_candidates(paper))


def _candidates(paper: Notice) -> tuple[Block, ...]:
    """Who stands where some are to be chosen (推选), and how a ballot is filled in."""
    return tuple(
        Paragraph(f"第{n}项{standing(contest)}。{asked(contest)}多选的是废票。")
        for n, called in enumerate(paper.agenda, 1)
        if called.row.contest and (contest := called.matter.contest)
    )


def _chooses(paper: Notice) -> bool:
    return any(called.row.contest for called in paper.agenda)


def _item(number: int, called: CalledMatter) -> tuple[str, ...]:
    consent = "（可合并）" if called.item.consent else ""
    title = f"{called.matter.title}{consent}\n动议事由：{wording.ORIGINS[called.matter.origin]}"
    return str(number), title, f"{called.item.minutes}分钟", _majority(called.row)


def _majority(row: RuleRow) -> str:
    if row.contest:
        return f"{rule(row)}（{row.majority_basis}）"
    unit, base = _unit(row), "应到" if row.majority_base is Base.ENTITLED else "到会"
    asked = f"{base}{unit}数的{wording.threshold_name(row.majority)}"
    if row.majority.numerator * 2 == row.majority.denominator and not row.majority.inclusive:
        asked = f"{base}{unit}数过半"
    if row.id is RowId.APPRAISAL:
        return f"{wording.CHOICES[row.decisive]}达到{asked}为不称职（{row.majority_basis}）"
    return f"{asked}{wording.CHOICES[row.decisive]}（{row.majority_basis}）"


def _people(paper: Notice) -> tuple[Block, ...]:
    row, meeting = paper.meeting.row, paper.meeting
    unit, entitled = _unit(row), len(meeting.entitled)
    sums = [f"{_whom(c)}{len(c.seats)}" for c in paper.entitled]
    added = f"{'＋'.join(sums)}＝" if len(sums) > 1 else ""
    return (
        Heading(1, "二、参加人员"),
        Heading(2, f"（一）有表决权：{added}应到{entitled}{unit}"),
        _names(paper.entitled),
        Paragraph(
            f"表决权依据：{row.voters_basis}。到会{row.quorum.least(entitled)}{unit}才能开会，"
            f"依据：{row.quorum_basis}。{wording.example(row.quorum, entitled, unit=unit)}"
        ),
        *_shares(paper),
        *_attending(paper),
        *_excluded(paper),
    )


def _whom(called: Calling) -> str:
    of = f"（{wording.group(called.group)}）" if called.group else ""
    return f"{wording.CAPACITIES[called.capacity]}{of}"


def _names(callings: Sequence[Calling]) -> Table:
    columns = (Column("身份", 5), Column("人数", 2, "center"), Column("姓名", 17))
    rows = tuple(row for called in callings for row in _rows(called))
    return Table(columns, rows)


def _rows(called: Calling) -> Iterator[tuple[str, ...]]:
    """Many names are told in several rows, so that a page may end between them; in public some have none."""
    named = [seat for seat in called.seats if seat.name]
    names = [f"{seat.name}（{seat.post}）" if seat.post else seat.name for seat in named]
    if not names:
        yield _whom(called), str(len(called.seats)), "名单见存档版"
    for start in range(0, len(names), _NAMES_IN_A_ROW):
        first = (f"{_whom(called)}（续）", "") if start else (_whom(called), str(len(called.seats)))
        yield (*first, "、".join(names[start : start + _NAMES_IN_A_ROW]))


def _shares(paper: Notice) -> tuple[Block, ...]:
    """The shares of the seats that the law asks for (妇女比例、村民代表比例), with their arithmetic."""
    row, seats = paper.meeting.row, paper.meeting.seats.values()
    told: list[str] = []
    if (women := women_share(row, seats)) is not None:
        told.append(f"妇女{_share(women)}（{row.women_basis}）")
    if paper.meeting.body is Body.REPRESENTATIVES:
        share = representatives_share(seats)
        told.append(f"村民代表{_share(share)}（村民委员会组织法第二十九条）")
    return (Paragraph(f"组成人员比例：{'；'.join(told)}。"),) if told else ()


def _share(share: Comparison) -> str:
    verb = "达到" if share.holds else "不到"
    return f"{share.count}人，{wording.inequality(share)}，{verb}{wording.share(share.threshold)}"


def _attending(paper: Notice) -> tuple[Block, ...]:
    if not paper.attending:
        return ()
    number = sum(len(called.seats) for called in paper.attending)
    lead = Heading(2, f"（二）列席：{number}人，可以发言，没有表决权")
    return (lead, _names(paper.attending))


def _excluded(paper: Notice) -> tuple[Block, ...]:
    """Who is not counted, and by what rule; why is not said in public, for it may be a matter of health."""
    left_out = paper.meeting.exclusions
    if not left_out:
        return ()
    by_rule = dict.fromkeys(x.basis for x in left_out)
    told = "；".join(
        f"{'、'.join(x.name for x in left_out if x.name and x.basis == basis)}（依据：{basis}）"
        for basis in by_rule
    )
    number = len(left_out)
    return (
        Paragraph(
            f"不计入应到{number}人：{told}。理由记在会议日志里，本人和家属可以到村民委员会查阅、提出异议。"
        ),
    )


def _notice(paper: Notice) -> tuple[Block, ...]:
    meeting, row = paper.meeting, paper.strictest
    sent, held = day_of(meeting.convened_at), day_of(meeting.starts_at)
    days = (
        f"{wording.day(sent)}发出通知，{wording.day(held)}开会，提前{paper.notice_days}日；"
        f"应当提前{row.notice_days}日，依据：{row.notice_basis}。"
    )
    if meeting.urgent_ground:
        days += f"本次为临时通知，原因：{whole(meeting.urgent_ground)}"
    return (Heading(1, "三、通知期限"), Paragraph(days))


def _owed(paper: Notice) -> tuple[Block, ...]:
    if not paper.owed:
        return ()
    told = tuple(
        Paragraph(
            f"{n}．{wording.day(day_of(owed.declared_at))}，{whole(owed.ground)}"
            f"先行处置：{whole(owed.measures)}"
        )
        for n, owed in enumerate(paper.owed, 1)
    )
    label = f"【应急通报】下列应急先行处置{len(told)}件，将在本次会议上通报，没有通报不能散会："
    return (
        Heading(1, "四、应急通报"),
        Paragraph(label, face=Face.BOLD),
        *told,
    )


def _signing(paper: Notice) -> tuple[Block, ...]:
    meeting = paper.meeting
    lines = (issuer(paper.village, meeting.body), wording.day(day_of(meeting.convened_at)))
    return (SealPlace("（此处加盖印章）", lines),)
