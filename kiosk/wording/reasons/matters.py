"""Refusals about matters, their stages, and emergencies."""

from kiosk.core.refusals import Reason

MATTERS: dict[Reason, tuple[str, str]] = {
    Reason.MATTER_EXISTS: ("这个事项已经立过了。", "请打开原来的事项继续。"),
    Reason.NO_SUCH_MATTER: ("没有找到这个事项。", "请回到首页重新选择。"),
    Reason.NO_SUCH_KIND: (
        "事项清单里没有这一类。",
        "请从清单里重新选择；没有启用清单的，请管理员先启用。",
    ),
    Reason.KIND_FORBIDDEN: ("“{kind}”法律不允许办。", "这件事不能提交任何会议表决。"),
    Reason.KIND_BARRED: ("“{kind}”不能由这个会议决定。", "请改选法律规定的会议。"),
    Reason.MANDATE_MISSING: (
        "“{kind}”由村民代表会议决定，要有村民会议的授权。",
        "请写明哪一次村民会议授权，或者改由村民会议决定。",
    ),
    Reason.GROUP_MISSING: ("“{kind}”要写明是哪个村民小组的事。", "请选择村民小组。"),
    Reason.APPRAISED_MISSING: ("民主评议要写明评议谁。", "请选择被评议的人。"),
    Reason.CANDIDATES_MISSING: ("推选要有候选人，别的事项没有候选人。", "请先写明候选人和名额。"),
    Reason.CANDIDATES_TOO_MANY: ("候选人最多{most}名。", "请减少候选人，或者分成两次推选。"),
    Reason.PLACES_WRONG: ("名额至少1名，最多{most}名（候选人数）。", "请改名额。"),
    Reason.PAUSE_NOT_OVER: (
        "这件事刚终止不久，本村规定隔{days}天才能再提。",
        "请到{day}以后再立项。",
    ),
    Reason.MATTER_ENDED: ("这个事项已经终止。", "要再办，请重新立项。"),
    Reason.MATTER_ARCHIVED: ("这个事项已经归档，不能再改。", "有错请提更正；有新情况请重新立项。"),
    Reason.STAGE_OUT_OF_ORDER: ("还没轮到这个环节。", "请先把前一个环节开完、通过。"),
    Reason.NOT_DELIBERATING: ("这个事项现在不在商议阶段。", "请打开事项，看看办到哪一步。"),
    Reason.NOTHING_CHANGED: ("内容和原来一样，没有改动。", "请先改动，再按一次。"),
    Reason.REVIEW_MISSING: (
        "这类事项要先有合法性审查意见。",
        "请法律顾问或镇里出具同意的书面意见，登记后再往下走。",
    ),
    Reason.REVIEW_NOT_DUE: (
        "现在不是合法性审查的时候。",
        "请在“两委”商议通过之后、下一次会议之前登记。",
    ),
    Reason.NOT_RETURNABLE: ("不能退回到这个环节。", "请选更早的环节。"),
    Reason.NOT_DEFEATED: ("这个事项没有被否决，不能这样办。", "请打开事项，看看办到哪一步。"),
    Reason.NO_ASSEMBLY_ABOVE: ("这类事项不能再提交村民会议。", "请退回修改，或者终止。"),
    Reason.STAGE_NOT_REACHED: ("这个环节还没有办到。", "请等这个环节办了再写意见。"),
    Reason.OPINION_EXISTS: ("这个环节的监督意见已经写过了。", "意见不能改；有不同看法请提更正。"),
    Reason.OPINION_MISSING: (
        "还缺监督意见：{stages}。",
        "请村务监督委员会的同志登录，逐个环节写上意见，再归档。",
    ),
    Reason.SIGNED_SHEET_MISSING: (
        "决议书的签字页还没有收回存档。",
        "请把签了字的那一页拍照或者扫描，在事项里点“存签字页”，再归档。",
    ),
    Reason.MATTER_NOT_DONE: ("这个事项还没有办完，不能归档。", "请打开事项，把剩下的步骤办完。"),
    Reason.EMERGENCY_EXISTS: ("这次应急处置已经登记过了。", "请打开原来的登记继续。"),
    Reason.NO_SUCH_EMERGENCY: ("没有找到这次应急处置。", "请回到应急页重新选择。"),
    Reason.EMERGENCY_SIGNED: ("这一步已经签过了。", "不用再签。"),
    Reason.EMERGENCY_NOT_SIGNED: (
        "这次应急处置还没有签齐。",
        "请第二位负责同志双签、监委会同志见证，再向会议通报。",
    ),
    Reason.EMERGENCY_OWED: ("还有{owed}件应急处置没有向会议通报。", "请先通报，再散会。"),
}
