"""Refusals about calling and holding a meeting."""

from kiosk.core.refusals import Reason

MEETINGS: dict[Reason, tuple[str, str]] = {
    Reason.MEETING_EXISTS: ("这次会议已经召集过了。", "请打开原来的会议继续。"),
    Reason.NO_SUCH_NOTE: ("没有找到要改的那一条记录。", "请在本项下面点要改的那一条。"),
    Reason.NOTE_STRUCK: ("第{number}条已经改过了。", "请改后来的那一条。"),
    Reason.MINUTES_APPROVED: (
        "会议记录已经念过、通过了，不能再添。",
        "记错了的，散会后在“更正记错的”里更正。",
    ),
    Reason.MINUTES_MOVED_ON: ("念过以后，会上又有了新的内容。", "请把会议记录再念一遍。"),
    Reason.MINUTES_NOT_READ: ("会议记录还没有念。", "请记录员先念给大家听，再宣布通过。"),
    Reason.NOT_THE_CLOSING_CODE: ("这不是上次散会的校验码。", "请回到会议，重新对照。"),
    Reason.RECORD_DIFFERS: (
        "校验码对不上：机器里的记录，和大家手里的不是同一本。",
        "请先查清；要照样开会的，由监委会成员签名写明。",
    ),
    Reason.NO_SUCH_MEETING: ("没有找到这次会议。", "请回到首页重新选择。"),
    Reason.WRONG_BODY: ("“{matter}”现在不归这个会议议。", "请召集{body}。"),
    Reason.WRONG_GROUP: ("这个事项是另一个村民小组的。", "请召集本组的会议。"),
    Reason.NOTICE_TOO_SHORT: (
        "通知太晚：提前{days}天，规定至少提前{needed}天。",
        "请把开会日期往后改。",
    ),
    Reason.URGENT_NOT_ALLOWED: ("这个会议不能临时通知。", "请按规定的天数提前通知。"),
    Reason.AGENDA_EMPTY: ("议程里还没有事项。", "请先选好要议的事项。"),
    Reason.LISTED_TWICE: ("议程里有事项出现了两次。", "请每个事项只保留一次。"),
    Reason.SEATED_TWICE: ("名册里有人出现了两次。", "请每人只保留一个身份。"),
    Reason.HOUSEHOLD_SEATED_TWICE: (
        "名册里有一户出现了两位户代表。",
        "一户一票，请每户只留一位户代表。",
    ),
    Reason.NOBODY_ENTITLED: ("名册里没有一个有表决权的人。", "请先核对参会人员。"),
    Reason.SEAT_MAY_NOT_VOTE: ("{name}的表决权与参会身份不符。", "请先核对他的身份。"),
    Reason.EXCLUSION_NOT_ALLOWED: (
        "本村没有规定可以不计入应到。",
        "请把他们计入应到；确要不计入，先由村民会议定规矩。",
    ),
    Reason.EXCLUSION_WITHOUT_BASIS: (
        "{name}不计入应到，要写明理由和依据。",
        "请写明，或者把他计入应到。",
    ),
    Reason.NOT_ONE_SITTING: (
        "这两个会不能合并召开。",
        "合并召开的两个会要同时、同地、议同样的事项，前一个是支委会。",
    ),
    Reason.NOT_ONE_LEADER: (
        "合并召开要有一位同时参加两个会的主要负责人。",
        "请选书记、主任一肩挑的同志，或者分开召开。",
    ),
    Reason.DAY_PAST: (
        "通知的是{day}开会，那天已经过去了。",
        "请宣布流会或者取消会议，再另行召集。",
    ),
    Reason.TOO_EARLY: ("还没到开会的时候。", "请到通知写明的时间再办。"),
    Reason.NOT_CALLED: ("名册里没有这个人。", "请先核对姓名；旁听的人不用签到。"),
    Reason.NOT_CHECKED_IN: ("还没有签到，或者已经离场。", "请先到签到处签到。"),
    Reason.ALREADY_IN_SESSION: ("会议已经开了。", "请接着往下进行。"),
    Reason.NOT_IN_SESSION: ("会议还没有宣布开会。", "请先宣布开会。"),
    Reason.MEETING_PAUSED: (
        "有人离场，人数不够，会议暂停：应到{entitled}人，要到{needed}人，实到{present}人。",
        "还差{missing}人，请等人回来签到，会议自动恢复。",
    ),
    Reason.MEETING_OVER: ("会议已经散会。", "散会后不能再改动。"),
    Reason.MEETING_NOT_HELD: ("这次会议没有开成。", "请另行召集。"),
    Reason.NOTE_OUTSIDE_MEETING: (
        "批注的时刻不在这次会议里。",
        "请填从{opened}开会到{ended}之间的时刻。",
    ),
    Reason.ANOTHER_MEETING_IN_SESSION: ("另一场会议还没有散会。", "请先让那场会议散会。"),
    Reason.NO_QUORUM: (
        "人数不够：应到{entitled}人，要到{needed}人，实到{present}人。",
        "还差{missing}人，请等人到齐。",
    ),
    Reason.QUORUM_IS_THERE: ("人数已经够了，不能宣布流会。", "请宣布开会。"),
    Reason.PROXY_NOT_ALLOWED: (
        "这个会议不能委托别人投票。",
        "请他本人到会；哪个会可以委托，看“议事规则”。",
    ),
    Reason.PROXY_OTHER_HOUSEHOLD: (
        "只能委托同一户的另一个成员。",
        "请核对花名册上的户，或者请他本人到会。",
    ),
    Reason.PROXY_LIMIT: (
        "他已经受了{most}个人的委托，不能再多。",
        "请委托同一户的另一个成员，或者请本人到会。",
    ),
    Reason.PROXY_EXISTS: (
        "他的委托已经记过了。",
        "一人只能委托一次；他本人到会签到，就由他自己投。",
    ),
    Reason.PROXY_IS_AWAY: (
        "受托的人自己也委托了别人。",
        "请委托同一户里自己到会的人。",
    ),
    Reason.PRINCIPAL_IS_HERE: ("他本人已经到会，不用委托。", "请他自己表决。"),
    Reason.NOT_ON_AGENDA: ("这次会议的议程里没有这个事项。", "请选议程里的事项。"),
    Reason.AGENDA_DIFFERS: ("调整后的议程和原来的事项对不上。", "只能换次序，不能增减事项。"),
    Reason.FLOOR_TAKEN: ("有人正在发言。", "请等发言结束，或者先结束他的发言。"),
    Reason.NOBODY_SPEAKS: ("现在没有人发言。", "请接着往下进行。"),
    Reason.SPEECH_TOO_LONG: ("发言时间要在{least}秒到{most}秒之间。", "请重新选择时间。"),
    Reason.ALREADY_AMENDED: (
        "这个事项在本次会议上已经修改过一次。",
        "请就修改后的方案表决；还要改的，退回商议。",
    ),
}
