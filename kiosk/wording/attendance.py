"""Who came, in words (到会情况): numbers with their arithmetic, and for whom somebody sits there."""

from collections.abc import Iterator

from kiosk.core.papers import Attendance, AttendanceSheet
from kiosk.core.values import Seat
from kiosk.wording.names import CAPACITIES
from kiosk.wording.sentences import group, quorum

_PER_MILLE = 1000


def rate(present: int, entitled: int) -> str:
    """The share of those entitled who came (到会比例): 33÷45=73.3%; cut, never rounded up to a threshold."""
    tenths = present * _PER_MILLE // entitled if entitled else 0
    return f"{present}÷{entitled}={tenths // 10}.{tenths % 10}%"


def present_said(paper: AttendanceSheet) -> Iterator[str]:
    """应到, 实到, 比例, as of the opening; and how many came later, where some did."""
    base, count = paper.quorum.base, paper.quorum.count
    unit = "户" if paper.meeting.row.by_household else "人"
    yield f"应到{base}{unit}，开会时实到{count}{unit}，到会比例{rate(count, base)}。"
    basis = paper.meeting.row.quorum_basis
    yield f"{quorum(paper.quorum)}（{basis}）。"
    if paper.represented:
        yield f"书面委托{paper.represented}人，委托书另附。"
    if paper.came > count:
        yield f"先后到过会场{paper.came}{unit}，迟到、离场、返回的时间见会议记录。"


def sits_as(seat: Seat) -> str:
    """As what somebody sits there (身份、职务): his post where he comes for somebody outside the village."""
    return seat.post or CAPACITIES[seat.capacity]


def seated_for(one: Attendance) -> str:
    """For which household or group he sits there (所代表户、组); nothing for people from outside."""
    if one.seat.household:
        return f"第{one.seat.group}组，户号{one.seat.household}"
    return f"第{one.seat.group}组" if one.seat.group else "村外"


def unnamed_said(paper: AttendanceSheet) -> str:
    """Who is counted and not named (公示版不列名), by villagers' group."""
    told = "、".join(f"{group(number)}{count}人" for number, count in paper.unnamed)
    return f"以下按组列人数，不列名：{told}。"
