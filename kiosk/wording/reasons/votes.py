"""Refusals about votes: opening, ballots by every channel, hands, papers, secrecy, counting once more."""

from kiosk.core.refusals import Reason

VOTES: dict[Reason, tuple[str, str]] = {
    Reason.NO_SUCH_VOTE: ("没有找到这次表决。", "请回到首页重新选择。"),
    Reason.ALREADY_DECIDED: ("这个事项在本次会议上已经表决过了。", "请看表决结果。"),
    Reason.VOTE_OPEN: ("表决还没有结束。", "请先结束表决。"),
    Reason.VOTE_EXISTS: ("这次表决已经开始过了。", "请接着往下进行。"),
    Reason.VOTE_NOT_OPEN: ("现在没有进行表决。", "请等主持人宣布开始。"),
    Reason.VOTE_VOID: ("这次表决已经作废。", "请重新开始表决。"),
    Reason.NOT_BY_CONSENT: ("这个事项不在合并表决里。", "请单独表决。"),
    Reason.RECUSAL_IN_BLOCK: ("有人对其中一项回避，不能合并表决。", "请把那一项拿出来单独表决。"),
    Reason.NO_VOTING_RIGHT: (
        "您是列席人员，没有表决权。",
        "表决由这次会议的组成人员进行；您可以发言和监督。",
    ),
    Reason.HOUSEHOLD_VOTES_ONCE: ("一户一票，您家由户代表{name}投票。", "您可以发言，不用再投。"),
    Reason.NOT_IN_ELECTORATE: ("表决开始时您还没有到场。", "请等下一项表决。"),
    Reason.RECUSED: ("这件事您已经回避。", "您不参加这一项表决，人数仍计入到会。"),
    Reason.ALREADY_VOTED: ("您已经表决过了。", "一人一票，您的票已经记下，不用再投。"),
    Reason.NOT_AN_OPTION: ("这次表决没有这个选项。", "请在屏幕上给出的选项里选。"),
    Reason.UNVOTED_NOT_CONFIRMED: (
        "还有{waiting}人没有表决。",
        "请再叫一叫；确定不再等，才结束表决，他们按未表决计。",
    ),
    Reason.TOO_MANY_CHOSEN: (
        "您选了{chosen}人，最多只能选{most}人。",
        "请去掉几个，再点“选好了”。",
    ),
    Reason.NOT_BY_HANDS: (
        "推选不能举手：举手看不出谁举了几次。",
        "请用表决屏、手机或者纸票。",
    ),
    Reason.NOT_BY_HIMSELF: ("这种票不是本人在屏上投的。", "请由工作人员按举手或纸票来记。"),
    Reason.COUNT_NEGATIVE: ("数目不能是负数。", "请重新数一遍再填。"),
    # 无记名
    Reason.NOT_SECRET: ("这不是无记名表决，不用监督开箱。", "请直接结束表决。"),
    Reason.NOT_SECRETLY: (
        "无记名表决不能举手：举手谁都看得见。",
        "请在表决屏、手机上投，或者发纸票。",
    ),
    Reason.NOT_SHOWN_SECRETLY: ("无记名表决中途不能显示票数。", "票数在结束以后一次公布。"),
    Reason.NOT_CHANGED_SECRETLY: (
        "无记名的票投下就不能改。",
        "票在密封的票箱里，谁的票也找不出来，所以改不了。",
    ),
    Reason.TOO_FEW_FOR_SECRECY: (
        "只有{ballots}票，少于{least}票，一公布就知道是谁投的。",
        "请请更多人用同一种办法投；凑不够的，宣布作废，改用记名或者全部用纸票。",
    ),
    Reason.WITNESS_MISSING: (
        "无记名表决要有监委会成员在场才能开箱。",
        "请监委会成员登录，点“我在场监督开箱”。",
    ),
    Reason.BOX_LOST: (
        "票箱的钥匙不见了，里面的票读不出来。",
        "请主持人宣布这次表决作废，再表决一次。",
    ),
    # 举手
    Reason.NO_HANDS: ("还没有记下谁举了手。", "请先由记录的人逐人点名记下。"),
    Reason.NOTE_OPEN: ("举手记名单还没有第二个人确认。", "请见证的人核对后点“确认无误”。"),
    Reason.NOTE_OUTDATED: (
        "记名单里的{name}已经用别的办法投了票，或者离场了。",
        "请重新记一遍，不要再记他。",
    ),
    Reason.HANDS_BEING_COUNTED: (
        "已经开始点数举手，不能再单独投票。",
        "还没投的人请举手，由两位监票人一起数进去。",
    ),
    Reason.MORE_HANDS_THAN_PEOPLE: (
        "数出来{raised}人，可是能投的只有{people}人。",
        "请再数一遍；一个人只数一次，已经投过的不数。",
    ),
    Reason.TELLERS_ENOUGH: ("两位监票人的数都有了。", "请由原来的两位重新数。"),
    Reason.TELLER_MISSING: ("只有一位监票人报了数。", "请另一位监票人也独立数一遍、填进来。"),
    Reason.TELLERS_DIFFER: (
        "两位监票人数的不一样，不能结束表决。",
        "请两位各自重新数一遍，一样了才算数。",
    ),
    # 纸票
    Reason.PAPER_IN_HAND: ("您已经领了纸票。", "请把纸票填好投进票箱；填坏了可以换一张。"),
    Reason.NO_PAPER_IN_HAND: ("他没有领过纸票。", "请先登记领票。"),
    Reason.ANOTHER_BATCH: ("这次表决已经印过另一批纸票。", "请用原来那一批的编号接着印。"),
    Reason.PAPERS_TOO_FEW: ("没有纸票了。", "请先印纸票；发出去了才能清点。"),
    Reason.PAPERS_TOO_MANY: ("纸票最多印{most}张。", "每人一张，另加20张备换；请少印一些。"),
    Reason.BOX_IS_OPEN: ("票箱已经打开清点，不能再发票、换票。", "请把已经收回的票唱完。"),
    Reason.BOX_IS_SHUT: ("票箱还没有打开清点。", "请当众开箱，数清收回多少张，再唱票。"),
    Reason.MORE_PAPERS_THAN_ISSUED: (
        "收回{returned}张，比发出的{issued}张还多。",
        "请再数一遍；真的多出来的，宣布这次表决作废。",
    ),
    Reason.READING_BEGUN: ("已经开始唱票，收回的张数不能再改。", "数错了的，宣布作废，重新表决。"),
    Reason.READ_OUT_OF_TURN: ("这一张已经有人记过了。", "请看大屏上唱到第几张，接着往下唱。"),
    Reason.ALL_PAPERS_READ: ("收回的票都唱完了。", "请结束表决。"),
    Reason.PAPERS_UNREAD: ("还有{unread}张票没有唱。", "请把票唱完再结束表决。"),
    # 复点
    Reason.COUNTS_AGREE: ("几次数的都一样，不用说明。", "请接着往下进行。"),
    Reason.COUNTS_DIFFER: (
        "有一项表决，几次数的票不一样，还没有说明原因。",
        "请重新点票，或者由两个人写明原因，再散会公布。",
    ),
    Reason.OUTCOME_DIFFERS: (
        "按另一个数，结果就不一样了，不能只写个说明。",
        "请重新点票；还对不上，宣布作废，重新表决。",
    ),
    Reason.NOT_EXPLAINED: ("还没有人写明票数为什么不一样。", "请先写明原因，再由第二个人确认。"),
}
