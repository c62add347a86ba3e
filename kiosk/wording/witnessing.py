"""What witnesses the journal, in words (校验码对照): the code to compare, the stick, what to do where they differ."""

from kiosk.core.meetings.meeting import Meeting
from kiosk.core.papers import Kept
from kiosk.core.terms import day_of
from kiosk.core.values import NamedHead
from kiosk.wording.figures import day_short
from kiosk.wording.minutes import kept_said
from kiosk.wording.refusals import Sentence
from kiosk.wording.sentences import meeting_title

HEADER = (
    "# {village}会议日志的校验码，由村务监督委员会保管。每行：日志第几条、时间、校验码、完整校验值、到哪里。\n"
    "# 只往后加，不要改。校验码和大屏上拍下的、会议记录上印的一样，就说明记录没有被换过。\n"
)
GROUNDS = (
    "换过主机或磁盘，记录是从备份恢复的，缺的部分按签了字的会议记录补记更正。",
    "拿来的是别的会议的记录，或者别的村的U盘。",
    "原因还没有查清，先开会，会后报乡镇。",
)
"""Why a supervisor lets the meeting open all the same, to be tapped."""
UNWITNESSED = Sentence(
    "监委会的U盘没有插好。",
    "请插上U盘，校验码会自动补写。会可以照常开。",
)


def milestone(meeting: Meeting, kept: Kept) -> str:
    """After what a head was written (到哪里): 第3次村民代表会议，开会."""
    return f"{meeting_title(meeting)}，{kept_said(kept)}"


def stick_differs(head: NamedHead) -> Sentence:
    """What the console says in large where the stick holds a head that is not in the journal."""
    return Sentence(
        f"监委会U盘上的校验码，机器里没有（U盘上第{head.seq}条，{head.check_code}）。",
        "机器里的记录可能被换成了旧的。请保管好U盘和签了字的会议记录，请监委会查清；开会前要由监委会成员签名。",
    )


def closed_last(meeting: Meeting) -> str:
    """Which meeting closed last (上次散会): 11月22日第3次村民代表会议."""
    over = meeting.adjourned_at
    assert over is not None
    return f"{day_short(day_of(over))}{meeting_title(meeting)}"
