"""Refusals about anybody's right to act, the village's rules, its record, and needs."""

from kiosk.core.refusals import Reason

VILLAGE: dict[Reason, tuple[str, str]] = {
    Reason.ROLE_MAY_NOT: ("您的岗位不能做这一步。", "请有这个岗位的同志来操作。"),
    Reason.COMMAND_REUSED: ("这一步已经按另一个内容记上了。", "请回到上一页，重新开始这一步。"),
    Reason.SAME_OFFICER: ("这一步要由另一位同志来办。", "请换一位同志登录后再办。"),
    Reason.TEXT_MISSING: ("有一处还没有写。", "请把每一处都写上，再按一次。"),
    Reason.MONEY_NEGATIVE: ("金额不能是负数。", "请核对金额，重新填写。"),
    Reason.BACK_DATED: (
        "这个日期已经过去了，不能倒签。",
        "请选今天或以后的日期；过去的事不能补成当时办的。",
    ),
    Reason.DATE_TO_COME: ("这个日期还没有到。", "请照合同上写的日期填写。"),
    Reason.VILLAGE_EXISTS: ("本村的会议日志已经建立。", "不用再建。"),
    Reason.UNDERCUTS_LAW: (
        "这样改低于法律的规定：{what}。",
        "本村的规则可以比法律严，不能比法律松，请重新填写。",
    ),
    Reason.ROW_MALFORMED: ("这条规则写得不通：{what}。", "请核对数字，重新填写。"),
    Reason.CATALOGUE_UNDERCUTS_LAW: (
        "这份清单里的“{kind}”不合规定：{what}。",
        "请换一份合法的清单，原来的清单继续有效。",
    ),
    Reason.PUBLIC_TOO_SHORT: (
        "公示{days}天太短，法律规定至少{needed}天。",
        "请改成{needed}天或更长，首尾两天都算。",
    ),
    Reason.ANSWER_DAYS_OUT_OF_RANGE: ("天数要在{least}到{most}之间。", "请重新填写。"),
    Reason.PHONE_NOT_OF_OFFICE: (
        "“{phone}”不像办公电话。公示上只写单位的电话，不写个人手机。",
        "请写座机或者热线，比如0660-8600123、12345。",
    ),
    Reason.NO_SUCH_ENTRY: ("日志里没有这一条。", "请核对日志条号。"),
    Reason.CORRECTION_EXISTS: ("这个更正已经提出过了。", "请另一位同志复核。"),
    Reason.NO_SUCH_CORRECTION: ("没有找到这个更正。", "请回到更正页重新选择。"),
    Reason.CORRECTION_CONFIRMED: ("这个更正已经复核过了。", "不用再办；还有错就另提一个更正。"),
    Reason.NEED_EXISTS: ("这个需求已经登记过了。", "请到需求页查看办理情况。"),
    Reason.NO_SUCH_NEED: ("没有找到这个需求。", "请回到需求页重新选择。"),
    Reason.NEED_ANSWERED: ("这个需求已经答复或者立项了。", "请查看原来的答复。"),
    Reason.TOO_FEW_SUPPORTERS: (
        "联名人数不够：共{of}人，要有{needed}人联名，现在{supporters}人。",
        "请补足联名，或者以个人名义提出。",
    ),
}
