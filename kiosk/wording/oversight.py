"""What is said after the decision: phases, flags, the arithmetic of money, days in public; names complete by test."""

from datetime import date

from kiosk.core.matters.matter import Matter, Phase
from kiosk.core.matters.oversight import Completion, Sign
from kiosk.core.matters.publicity import Publication
from kiosk.wording.figures import day, money

PHASES = {
    Phase.DELIBERATING: "商议中",
    Phase.DEFEATED: "未通过，待处理",
    Phase.DECIDED: "已决议，待散会公示",
    Phase.PUBLISHED: "决议公示中",
    Phase.WORKS: "实施中",
    Phase.ACCEPTED: "已验收，待公布结果",
    Phase.RESULT: "结果公示中",
    Phase.DONE: "已办结，待归档",
    Phase.ENDED: "已终止",
    Phase.ARCHIVED: "已归档",
}
OF_CANDIDATES = PHASES | {
    Phase.DEFEATED: "没有人当选，待处理",
    Phase.DECIDED: "已推选，待散会公示",
    Phase.PUBLISHED: "推选结果公示中",
}
"""The same where candidates stand (推选)."""
SIGNS = {
    Sign.CONTRACT_INSIDE_PUBLICATION: "合同日期在公示期内",
    Sign.STARTED_INSIDE_PUBLICATION: "公示期内开工",
    Sign.WORKS_OVERDUE: "逾期未完工",
    Sign.OVER_BUDGET: "超预算",
    Sign.NEED_OVERDUE: "需求逾期未答复",
    Sign.OBJECTION_OVERDUE: "异议逾期未答复",
    Sign.FIRST_DAY_PHOTO_MISSING: "缺公示首日照片",
    Sign.LAST_DAY_PHOTO_MISSING: "缺公示末日照片",
    Sign.EMERGENCY_OWED: "应急处置还没有向会议通报",
}


def phase(matter: Matter, on: date) -> str:
    """How far the matter has come on that day (办到哪一步)."""
    return (OF_CANDIDATES if matter.contest else PHASES)[matter.phase(on)]


def left_over(planned: str, planned_fen: int, used: str, used_fen: int) -> str:
    """Money in 分 taken from money, with its arithmetic: `预算68万元－实际支出66万元＝结余2万元`."""
    rest = planned_fen - used_fen
    outcome = "结余" if rest >= 0 else "超支"
    return f"{planned}{money(planned_fen)}－{used}{money(used_fen)}＝{outcome}{money(abs(rest))}"


def hanging(publication: Publication, on: date) -> str:
    """How long it hangs and how much of it is left, both ends counted: `共15天（首尾都算），今天第3天，还有13天`."""
    whole = f"共{publication.days()}天（首尾都算）"
    if publication.is_over(on):
        return f"{whole}，已经期满"
    gone = (on - publication.first_day).days + 1
    return f"{whole}，今天第{gone}天，还有{publication.days_left(on)}天"


def completed(completion: Completion) -> str:
    """The completion rate with both its numbers (办结率): `办结2件÷已决议5件＝40%`; rounded down."""
    if not completion.carried:
        return "还没有作出决议的事项"
    share = completion.done * 100 // completion.carried
    exact = completion.done * 100 % completion.carried == 0
    return f"办结{completion.done}件÷已决议{completion.carried}件＝{'' if exact else '约'}{share}%"


def period(publication: Publication) -> str:
    """The first and the last day: 2026年11月22日至2026年12月6日."""
    return f"{day(publication.first_day)}至{day(publication.last_day)}"
