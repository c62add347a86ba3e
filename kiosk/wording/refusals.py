"""Every refusal as it is said: what is so, and what to do now; plain words, to the person, no technical term."""

from dataclasses import dataclass

from kiosk.core.refusals import Reason, Refused

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
        "表决由这次会议的组成人员进行；您可以发言和监督。",
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
