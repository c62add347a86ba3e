"""Every Chinese sentence outside the templates, keyed by the closed sets of the core; complete by test.

A refusal is said in two parts: what is so, and what to do now. Plain words, to the person, no technical term.
"""

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.core.journal import Head
from kiosk.core.matter import Progress
from kiosk.core.refusals import Reason, Refused
from kiosk.core.rules import Comparison, Threshold
from kiosk.core.tally import Tally
from kiosk.core.terms import CHINA, Body, Capacity, Choice, Origin, Role, Sex, Stage

CHOICES = {Choice.FOR: "赞成", Choice.AGAINST: "反对", Choice.ABSTAIN: "弃权"}
UNUSED = "未表决"
BODIES = {
    Body.PARTY_COMMITTEE: "村党支部委员会",
    Body.TWO_COMMITTEES: "村“两委”联席会议",
    Body.PARTY_MEETING: "党员大会",
    Body.REPRESENTATIVES: "村民代表会议",
}
STAGES_SHORT = {
    Stage.PROPOSAL: "提议",
    Stage.CONSULTATION: "商议",
    Stage.REVIEW: "审议",
    Stage.DECISION: "决议",
    Stage.RESOLUTION_PUBLIC: "决议公开",
    Stage.RESULT_PUBLIC: "结果公开",
}
STAGES_LONG = {
    Stage.PROPOSAL: "村党组织提议",
    Stage.CONSULTATION: "村“两委”商议",
    Stage.REVIEW: "党员大会审议",
    Stage.DECISION: "村民代表会议决议",
    Stage.RESOLUTION_PUBLIC: "决议公开",
    Stage.RESULT_PUBLIC: "实施结果公开",
}
PROGRESS = {Progress.DONE: "已完成", Progress.NOW: "正在进行", Progress.TO_COME: "还没到"}
CAPACITIES = {
    Capacity.PARTY_COMMITTEE_MEMBER: "支部委员",
    Capacity.VILLAGE_COMMITTEE_MEMBER: "村委会成员",
    Capacity.REPRESENTATIVE: "村民代表",
    Capacity.PARTY_MEMBER: "党员",
    Capacity.PROBATIONARY_MEMBER: "预备党员",
    Capacity.SUPERVISOR: "村务监督委员会成员",
    Capacity.PARTY_DELEGATE: "党员代表",
    Capacity.TOWNSHIP_OFFICER: "镇干部",
    Capacity.ADVISER: "顾问",
}
ROLES = {
    Role.CHAIR: "主持",
    Role.SECRETARY: "记录",
    Role.TELLER: "监票",
    Role.SUPERVISOR: "监委会",
    Role.ADMIN: "管理",
    Role.VOTER: "表决人",
    Role.KIOSK: "本机",
}
ORIGINS = {
    Origin.VILLAGERS: "党员群众建议",
    Origin.OFFICERS: "村干部提议",
    Origin.SUPERIORS: "上级党委政府安排",
}
SEXES = {Sex.FEMALE: "女", Sex.MALE: "男"}
WAN = 10_000
SOURCES = {
    "camera": "摄像头",
    "film": "影片文件",
    "stream": "网络摄像机",
    "card": "没有摄像头，只有测试画面",
}

GAPS = {"kiosk": "主机停机", "recorder": "录像程序重启", "camera": "摄像头断开"}
"""Why the video has a gap, by the cause in the journal."""

REASONS: dict[Reason, tuple[str, str]] = {
    Reason.ROLE_MAY_NOT: ("您的岗位不能做这一步。", "请有这个岗位的同志来操作。"),
    Reason.COMMAND_REUSED: ("这一步已经按另一个内容记上了。", "请回到上一页，重新开始这一步。"),
    Reason.VILLAGE_EXISTS: ("本村的会议日志已经建立。", "不用再建。"),
    Reason.NO_SUCH_MATTER: ("没有找到这个事项。", "请回到首页重新选择。"),
    Reason.NO_SUCH_MEETING: ("没有找到这次会议。", "请回到首页重新选择。"),
    Reason.NO_SUCH_VOTE: ("没有找到这次表决。", "请回到首页重新选择。"),
    Reason.MATTER_EXISTS: ("这个事项已经立过了。", "请打开原来的事项继续。"),
    Reason.MEETING_EXISTS: ("这次会议已经召集过了。", "请打开原来的会议继续。"),
    Reason.STAGE_OUT_OF_ORDER: ("还没轮到这个环节。", "请先把前一个环节开完、通过。"),
    Reason.NOTICE_TOO_SHORT: (
        "通知太晚：提前{days}天，规定至少提前{needed}天。",
        "请把开会日期往后改。",
    ),
    Reason.AGENDA_EMPTY: ("议程里还没有事项。", "请先选好要议的事项。"),
    Reason.SEATED_TWICE: ("名册里有人出现了两次。", "请每人只保留一个身份。"),
    Reason.NOBODY_ENTITLED: ("名册里没有一个有表决权的人。", "请先核对参会人员。"),
    Reason.SEAT_MAY_NOT_VOTE: ("{name}的表决权与参会身份不符。", "请先核对他的身份。"),
    Reason.TOO_EARLY: ("还没到开会那天。", "请在开会当天签到。"),
    Reason.NOT_CALLED: ("名册里没有这个人。", "请先核对姓名；旁听的人不用签到。"),
    Reason.NOT_CHECKED_IN: ("还没有签到，或者已经离场。", "请先到签到处签到。"),
    Reason.ALREADY_IN_SESSION: ("会议已经开了。", "请接着往下进行。"),
    Reason.NOT_IN_SESSION: ("会议还没有宣布开会。", "请先宣布开会。"),
    Reason.MEETING_OVER: ("会议已经散会。", "散会后不能再改动。"),
    Reason.ANOTHER_MEETING_IN_SESSION: ("另一场会议还没有散会。", "请先让那场会议散会。"),
    Reason.NO_QUORUM: (
        "人数不够：应到{entitled}人，要到{needed}人，实到{present}人。",
        "还差{missing}人，请等人到齐。",
    ),
    Reason.NOT_ON_AGENDA: ("这次会议的议程里没有这个事项。", "请选议程里的事项。"),
    Reason.ALREADY_DECIDED: ("这个事项在本次会议上已经表决过了。", "请看表决结果。"),
    Reason.VOTE_OPEN: ("表决还没有结束。", "请先结束表决。"),
    Reason.VOTE_EXISTS: ("这次表决已经开始过了。", "请接着往下进行。"),
    Reason.VOTE_NOT_OPEN: ("现在没有进行表决。", "请等主持人宣布开始。"),
    Reason.NO_VOTING_RIGHT: (
        "您是列席人员，没有表决权。",
        "村民代表会议由村委会成员和村民代表表决；您可以发言和监督。",
    ),
    Reason.NOT_IN_ELECTORATE: ("表决开始时您还没有到场。", "请等下一项表决。"),
    Reason.RECUSED: ("这件事您已经回避。", "您不参加这一项表决，人数仍计入到会。"),
    Reason.ALREADY_VOTED: ("您已经表决过了。", "一人一票，您的票已经记下，不用再投。"),
    Reason.UNVOTED_NOT_CONFIRMED: (
        "还有{waiting}人没有表决。",
        "请再叫一叫；确定不再等，才结束表决，他们按未表决计。",
    ),
    Reason.PAPER_NOT_DUE: ("这个事项还没有决议可以出文书。", "请先表决、散会。"),
    Reason.PAPER_ISSUED: ("这份文书已经出过，内容不同。", "已出的文书不能换；请报告管理员。"),
    Reason.NO_SUCH_RECORDING: ("这次会议没有录像。", "请检查摄像头。"),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is so, what to do now, and the article it rests on (empty where none)."""

    what: str
    todo: str
    basis: str = ""


def refusal(refused: Refused) -> Sentence:
    """A refusal as it is said to the person."""
    what, todo = REASONS[refused.reason]
    return Sentence(what.format(**refused.facts), todo.format(**refused.facts), refused.basis)


_SHARES = {
    (2, 3, True): "三分之二",
    (1, 2, True): "半数",
    (1, 2, False): "一半",
}


def share(threshold: Threshold) -> str:
    """A threshold's share in words."""
    return _SHARES[threshold.numerator, threshold.denominator, threshold.inclusive]


def inequality(comparison: Comparison) -> str:
    """The bare arithmetic with its numbers: `33×3=99 ≥ 45×2=90`."""
    signs = {
        (True, True): "≥",
        (True, False): "＞",
        (False, True): "＜",
        (False, False): "≤",
    }
    sign = signs[comparison.holds, comparison.threshold.inclusive]
    left = _product(comparison.count, comparison.threshold.denominator)
    right = _product(comparison.base, comparison.threshold.numerator)
    return f"{left} {sign} {right}"


def _product(number: int, factor: int) -> str:
    return str(number) if factor == 1 else f"{number}×{factor}={number * factor}"


def quorum(comparison: Comparison) -> str:
    """Whether enough are there: `应到45 实到33：33×3=99 ≥ 45×2=90 → 达到三分之二`."""
    reached = "达到" if comparison.holds else "不到"
    return (
        f"应到{comparison.base} 实到{comparison.count}：{inequality(comparison)}"
        f" → {reached}{share(comparison.threshold)}"
    )


def quorum_todo(comparison: Comparison, *, opened: bool) -> str:
    """What the number of those present means for the next step, before or after the opening."""
    missing = comparison.threshold.least(comparison.base) - comparison.count
    if missing <= 0:
        return "人数有效" if opened else "人数已够，可以开会"
    return f"还差 {missing} 人，{'不能表决' if opened else '不能开会'}"


def majority(comparison: Comparison, *, of_entitled: bool) -> str:
    """Whether it carried, on its base: `到会30：赞成16×2=32 ＞ 30 → 超过到会人数一半，通过`."""
    base = "应到" if of_entitled else "到会"
    reached = "超过" if comparison.holds else "没有超过"
    end = "通过" if comparison.holds else "未通过"
    return (
        f"{base}{comparison.base}：赞成{inequality(comparison)}"
        f" → {reached}{base}人数{share(comparison.threshold)}，{end}"
    )


def decided(on: date, body: Body, *, carried: bool) -> str:
    """The plain sentence that stands first on the portal."""
    return f"{day(on)}，{BODIES[body]}表决{'通过了' if carried else '没有通过'}这件事。"


def verdict(comparison: Comparison, *, of_entitled: bool) -> str:
    """The same for the big screen, without formulas: 赞成16人，超过到会30人的一半（要16人）."""
    base = "应到" if of_entitled else "到会"
    reached = "超过" if comparison.holds else "没有超过"
    needed = comparison.threshold.least(comparison.base)
    return (
        f"赞成{comparison.count}人，{reached}{base}{comparison.base}人的"
        f"{share(comparison.threshold)}（要{needed}人）"
    )


def counts(tally: Tally) -> str:
    """The four counts and their sum: they always add up to those present."""
    text = (
        f"赞成{tally.votes_for}＋反对{tally.votes_against}＋弃权{tally.abstentions}"
        f"＋未表决{tally.unused}＝到会{tally.present}"
    )
    return f"{text}（未表决中回避{tally.recused}人）" if tally.recused else text


def day(on: date) -> str:
    """2026年11月22日."""
    return f"{on.year}年{on.month}月{on.day}日"


def day_short(on: date) -> str:
    """11月22日."""
    return f"{on.month}月{on.day}日"


def clock(at: datetime) -> str:
    """The time of day in China, to the minute: 09:05."""
    return at.astimezone(CHINA).strftime("%H:%M")


def clock_seconds(at: datetime) -> str:
    """The time of day in China, to the second."""
    return at.astimezone(CHINA).strftime("%H:%M:%S")


def instant(at: datetime) -> str:
    """2026年11月22日 09:05."""
    return f"{day(at.astimezone(CHINA).date())} {clock(at)}"


def money(amount_fen: int) -> str:
    """Money in 元, exact to the 分; 万元 where that is shorter and exact."""
    yuan, fen = divmod(amount_fen, 100)
    if fen:
        return f"{yuan:,}.{fen:02d}元"
    if yuan % 100 == 0 and yuan >= WAN:
        return f"{yuan / WAN:,.2f}".rstrip("0").rstrip(".") + "万元"
    return f"{yuan:,}元"


def group(number: int) -> str:
    """A villagers' group by its number; people from outside have none."""
    return f"第{number}村民小组" if number else "村外"


def check_code(head: Head) -> str:
    """The head of the journal for people's eyes: 校验码 3817-0462-1180-9923."""
    return f"校验码 {head.check_code}"


def resolution_number(village: str, year: int, number: int) -> str:
    """决议编号 in the manner of GB/T 9704: full year in 六角括号, no leading zeros."""
    return f"{village}民决〔{year}〕{number}号"
