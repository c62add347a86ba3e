"""The minutes in words (会议记录): sections of running text, the same on the console, the big screen and the paper."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from kiosk.core.papers import Attendance, Kept, Minutes, Point, Standing
from kiosk.core.terms import day_of
from kiosk.wording.attendance import sits_as
from kiosk.wording.figures import clock, day, instant, numeral
from kiosk.wording.minuted import ENDS, Section, item_section, notes_said, speeches_said
from kiosk.wording.names import GAPS
from kiosk.wording.sentences import meeting_title, quorum

STANDINGS = {
    Standing.DRAFT: "草稿：会议还没有散会，没有通过",
    Standing.APPROVED: "会上宣读，会议通过",
    Standing.UNAPPROVED: "未经会议通过",
}


def sections(paper: Minutes) -> tuple[Section, ...]:
    """Everything that is read out (宣读稿), in its order."""
    told = [
        ("会议情况", tuple(_held(paper))),
        ("议程", tuple(_agenda(paper))),
        ("议事经过", tuple(_beside(paper))),
        ("录音录像", tuple(_filmed(paper))),
        ("宣读和通过", (approval(paper),)),
    ]
    kept = [one for one in told if one[1] or one[0] == "议事经过"]
    found: list[Section] = []
    for number, (heading, lines) in enumerate(kept, 1):
        found.append(Section(1, f"{numeral(number)}、{heading}", lines))
        if heading == "议事经过":
            found += [item_section(paper, item) for item in paper.items]
    return tuple(found)


# --- how it was held


def _held(paper: Minutes) -> Iterator[str]:
    meeting = paper.meeting
    opened, over = meeting.opened_at, meeting.adjourned_at
    assert opened is not None
    until = f"{_later(over, opened)}散会" if over else "还没有散会"
    yield f"时间：{instant(opened)}开会，{until}。地点：{meeting.place}。"
    yield _officers(paper)
    if paper.with_meeting is not None:
        yield f"与{meeting_title(paper.with_meeting)}合并召开，分别记录、分别表决。"
    yield f"开会时{quorum(paper.quorum)}（{meeting.row.quorum_basis}），会议有效。"
    if paper.represented:
        yield f"书面委托{paper.represented}人，受托人是同一户的成员。"
    if paper.left_out:
        yield f"不计入应到{paper.left_out}人，理由和依据记在会议日志里。"
    for pause in meeting.pauses:
        till = f"至{clock(pause.until)}" if pause.until else "起"
        yield f"{clock(pause.since)}{till}到会人数不够，会议暂停，没有议事、表决。"
    for ground in paper.emergencies:
        yield f"会上通报应急先行处置：{ground.rstrip(ENDS)}。"


def _later(at: datetime, opened: datetime) -> str:
    return clock(at) if day_of(at) == day_of(opened) else instant(at)


def _officers(paper: Minutes) -> str:
    who = paper.officers
    told = [
        ("主持", who.chairs),
        ("记录", who.recorders),
        ("监票", who.tellers),
    ]
    named = [f"{post}：{'、'.join(names) or '见签名'}" for post, names in told]
    watched = f"到会{'、'.join(who.supervisors)}" if who.supervisors else "没有人签到"
    return f"{'；'.join(named)}。村务监督委员会{watched}。"


def _agenda(paper: Minutes) -> Iterator[str]:
    for item in paper.items:
        yield f"{item.number}．{item.matter.title}"


def _beside(paper: Minutes) -> Iterator[str]:
    """What was said and noted of no matter."""
    yield from speeches_said(paper.speeches)
    yield from notes_said(paper.notes)


# --- the film, corrections, the approval


def _filmed(paper: Minutes) -> Iterator[str]:
    film = paper.film
    if film.started is None or film.started_at is None:
        yield "这次会议没有录像。"
        return
    sound = "有声音" if film.started.sound else "没有声音"
    yield f"{clock(film.started_at)}开始录像，{sound}。"
    for gap in film.interruptions:
        cause = GAPS.get(gap.cause, gap.cause)
        yield f"{clock(gap.since)}至{clock(gap.until)}录像中断：{cause}。"
    if not film.interruptions:
        upto = "到这里为止" if paper.standing is Standing.DRAFT else "到散会时"
        yield f"{upto}，录像没有中断。"


def approval(paper: Minutes) -> str:
    """Whether the meeting approved it (宣读和通过), when, and up to which entry it was read."""
    book, where = paper.meeting.minutes, paper.standing
    if where is Standing.APPROVED and book.read and book.approved:
        return (
            f"会议记录于{clock(book.read.at)}当场宣读，念到日志第{book.read.head.seq}条；"
            f"{clock(book.approved.at)}主持人宣布会议通过。"
        )
    if where is Standing.UNAPPROVED:
        return "散会前没有宣读、通过会议记录。本记录未经会议通过，由机器按会议日志整理。"
    return "念完以后，没有意见的，由主持人宣布通过。"


# --- who was there


def presence(entitled: Iterable[Attendance]) -> Iterator[tuple[str, str, str, str]]:
    """Of each his name, as what he came, when he first came, and when he left and returned."""
    for one in entitled:
        name = one.seat.name
        came = clock(one.arrived_at) if one.arrived_at else "未到"
        if one.proxy and not one.arrived_at:
            came = f"委托{one.proxy}"
        moved = "；".join(f"{clock(m.at)}{'返回' if m.came else '离场'}" for m in one.movements[1:])
        yield name, sits_as(one.seat), came, moved


POINTS = {
    Point.OPENED: "开会",
    Point.VOTE_CLOSED: "表决结束",
    Point.VOTE_VOID: "表决作废",
    Point.APPROVED: "会议记录通过",
    Point.CLOSED: "散会",
}


def kept_said(kept: Kept) -> str:
    """After what the head was kept (留存时点): 开会; 第1次表决结束; 散会."""
    return f"第{kept.vote}次{POINTS[kept.point]}" if kept.vote else POINTS[kept.point]


def heads_said(paper: Minutes) -> Iterator[tuple[str, str, str, str]]:
    """Each head that was kept: when, after what, which entry, the check code."""
    for kept in paper.heads:
        yield clock(kept.at), kept_said(kept), f"第{kept.head.seq}条", kept.head.check_code


def screens(told: Iterable[Section], *, line: int = 19, lines: int = 7) -> list[tuple[str, str]]:
    """The same text for the big screen (宣读稿分屏): heading and text, of so many lines of so many full characters."""
    shown: list[tuple[str, str]] = []
    for section in told:
        for text in section.lines:
            for piece in _pieces(text, line * lines):
                last = shown[-1] if shown else ("", "")
                both = f"{last[1]}\n{piece}"
                if last[0] == section.heading and _lines(both, line) <= lines:
                    shown[-1] = (section.heading, both)
                else:
                    shown.append((section.heading, piece))
    return shown


def _lines(text: str, line: int) -> int:
    """How many lines it takes at most."""
    return sum(-(-len(one) // line) for one in text.split("\n"))


def _pieces(text: str, room: int) -> Iterator[str]:
    """A long text cut after a stop where there is one, so that each piece fits."""
    while len(text) > room:
        cut = max(text.rfind(stop, 0, room) for stop in "。；，、") + 1
        cut = cut if cut > room // 2 else room
        yield text[:cut]
        text = text[cut:]
    yield text


def title(paper: Minutes) -> str:
    """第1次村民代表会议记录（2026年11月29日）."""
    opened = paper.meeting.opened_at
    on = f"（{day(day_of(opened))}）" if opened else ""
    return f"{meeting_title(paper.meeting)}记录{on}"
