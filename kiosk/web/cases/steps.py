"""What comes next for a matter (下一步): one step, one sentence, one button; read off its file and the calendar.

Pure: nothing here asks for anything or writes anything. The list of matters says the sentence, the page of a matter
has the button.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from kiosk import wording
from kiosk.core.matters.matter import Matter, Phase
from kiosk.core.meetings.convening import GROUP_BODIES
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.sheets import unsigned
from kiosk.core.terms import STAGES, Body, Forum, day_of
from kiosk.core.village import Village


class Step(Enum):
    """What comes next for a matter (下一步)."""

    SERVE = "serve"  # 会议已召集，还有人没通知到
    HOLD = "hold"  # 会议已召集，等开会
    REVIEW = "review"  # 等合法性审查
    CALL = "call"  # 该召集会议了
    SETTLE = "settle"  # 没有通过，要定怎么办
    ADJOURN = "adjourn"  # 已决议，等散会
    ANSWER = "answer"  # 有异议要答复
    HEAR = "hear"  # 有异议等监委会答复
    ASSIGN = "assign"  # 定实施责任人
    WAIT = "wait"  # 等公示期满
    START = "start"  # 登记开工
    REPORT = "report"  # 报进度
    FINISH = "finish"  # 申请验收
    INSPECT = "inspect"  # 等监委会验收
    PUBLISH = "publish"  # 公布实施结果
    OPINE = "opine"  # 请监委会写意见
    SIGN = "sign"  # 存签字页
    ARCHIVE = "archive"  # 归档
    NONE = "none"  # 已归档，没有下一步


OF_SUPERVISORS = frozenset({Step.HEAR, Step.INSPECT, Step.OPINE})
"""What only the 监委会 may do; others read the sentence and see no button."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step, what it is in one sentence, and the button: its words and where it leads; both empty for waiting."""

    step: Step
    sentence: str
    button: str = ""
    link: str = ""


def next_step(village: Village, matter: Matter, today: date) -> NextStep:
    """What comes next for the matter on that day (下一步)."""
    match matter.phase(today):
        case Phase.DELIBERATING:
            return _deliberating(village, matter, today)
        case Phase.DEFEATED:
            return _settle(village, matter)
        case Phase.DECIDED:
            what = "推选已经有了结果" if matter.contest else "已经表决通过"
            told = f"{what}，等会议散会；散会当天开始公示。"
            return NextStep(Step.ADJOURN, told, "去散会", "/console/")
        case Phase.PUBLISHED | Phase.RESULT:
            return _public(village, matter, today)
        case Phase.WORKS | Phase.ACCEPTED:
            return _answer(village, matter) or _works(matter, today)
        case Phase.DONE | Phase.ENDED:
            return _answer(village, matter) or _close(village, matter)
        case Phase.ARCHIVED:
            return NextStep(Step.NONE, "已经归档，全部办结。")


def body_name(body: Body, group: int) -> str:
    """The body with its group (会议名称): 村民代表会议; 第3村民小组会议, 第3村民小组户代表会议."""
    name = wording.BODIES[body]
    return wording.group(group) + name.removeprefix("村民小组") if group else name


def called_on(village: Village, matter: Matter) -> Meeting | None:
    """The meeting that is called for the matter's due stage and not over; its vote on the matter may be open."""
    return next(
        (
            meeting
            for meeting in village.meetings.values()
            if matter.id in meeting.matters and not meeting.is_over and _is_for(meeting, matter)
        ),
        None,
    )


def _is_for(meeting: Meeting, matter: Matter) -> bool:
    return meeting.row.stage is matter.due


def awaits_review(matter: Matter) -> bool:
    """Whether the legal review is what the matter waits for (待合法性审查)."""
    favourable = matter.review is not None and matter.review.favourable
    return matter.kind.review and matter.due is matter.gate and not favourable


def _deliberating(village: Village, matter: Matter, today: date) -> NextStep:
    meeting = called_on(village, matter)
    if meeting is not None:
        return _called(meeting, today)
    link = f"/matters/{matter.id}"
    if awaits_review(matter):
        told = "要先有同意的合法性审查意见，才能往下开会。"
        if matter.review is not None:
            told = "审查意见是不同意。请修改方案后再审查，或者退回。"
        return NextStep(Step.REVIEW, told, "登记审查意见", f"{link}/review")
    assert matter.due is not None
    body = village.rows[matter.row_at(matter.due)].body
    named = body_name(body, matter.group if body in GROUP_BODIES else 0)
    told = f"轮到{wording.STAGES_SHORT[matter.due]}：请召集{named}。"
    return NextStep(Step.CALL, told, f"召集{named}", f"{link}/call")


def _called(meeting: Meeting, today: date) -> NextStep:
    body, at = body_name(meeting.body, meeting.group), wording.instant(meeting.starts_at)
    silent = len(meeting.seats.keys() - meeting.served.keys())
    if silent and day_of(meeting.starts_at) > today:
        told = f"已召集{body}，{at}开会；还有{silent}人没有登记通知。"
        return NextStep(Step.SERVE, told, "登记通知情况", f"/meetings/{meeting.id}/notice")
    return NextStep(Step.HOLD, f"已召集{body}，{at}在{meeting.place}开会。", "去开会", "/console/")


def _settle(village: Village, matter: Matter) -> NextStep:
    last = matter.standing
    assert last is not None
    held = village.meeting(last.meeting)
    body = body_name(held.body, held.group)
    came = wording.not_so(village.rows[matter.row])
    told = f"{body}{came}。请定怎么办：退回修改、提交村民会议，或者终止。"
    return NextStep(Step.SETTLE, told, "退回修改", f"/matters/{matter.id}/return")


def _public(village: Village, matter: Matter, today: date) -> NextStep:
    answer = _answer(village, matter)
    if answer is not None:
        return answer
    hanging = matter.result or matter.resolution
    assert hanging is not None
    left, last = hanging.days_left(today), wording.day_short(hanging.last_day)
    what = "实施结果" if matter.result else "决议"
    told = f"{what}正在公示，到{last}为止，还有{left}天。"
    if matter.kind.works and matter.works is None:
        return NextStep(
            Step.ASSIGN,
            f"{told}期间可以先定实施责任人。",
            "定实施责任人",
            f"/matters/{matter.id}/works/assign",
        )
    return NextStep(Step.WAIT, told)


def _answer(village: Village, matter: Matter) -> NextStep | None:
    open_ones = [o for o in village.objections_to(matter.id) if o.is_open]
    if not open_ones:
        return None
    first = min(open_ones, key=lambda o: o.hearing.due)
    forum, due = wording.FORUMS[first.hearing.forum], wording.day_short(first.hearing.due)
    told = f"有{len(open_ones)}件异议没有答复，最早的一件请{forum}在{due}前答复。"
    link = f"/matters/{matter.id}/objections/{first.id}/answer"
    step = Step.HEAR if first.hearing.forum is Forum.SUPERVISORS else Step.ANSWER
    return NextStep(step, told, "答复异议", link)


def _works(matter: Matter, today: date) -> NextStep:
    link = f"/matters/{matter.id}/works"
    works = matter.works
    if works is None:
        told = "公示已满。请定实施责任人、期限和预算。"
        return NextStep(Step.ASSIGN, told, "定实施责任人", f"{link}/assign")
    if works.accepted_at is not None:
        return _publish(matter, day_of(works.accepted_at), today)
    if works.started_at is None:
        told = f"由{works.owner_name}负责，可以开工。"
        return NextStep(Step.START, told, "登记开工", f"{link}/start")
    if works.awaits_inspection:
        told = "已申请验收，等监委会的同志到场验收。"
        return NextStep(Step.INSPECT, told, "到场验收", f"{link}/inspect")
    due = f"要在{wording.day_short(works.deadline)}前完工"
    if not works.milestones:
        told = f"已开工，{due}。请登记进度和花的钱。"
        return NextStep(Step.REPORT, told, "报进度", f"{link}/progress")
    told = f"正在实施，{due}。做完了就申请验收。"
    return NextStep(Step.FINISH, told, "申请验收", f"{link}/finish")


def _publish(matter: Matter, accepted: date, today: date) -> NextStep:
    first = accepted + timedelta(days=1)
    if today < first:
        told = f"已经验收合格。实施结果从{wording.day_short(first)}起可以公布。"
        return NextStep(Step.WAIT, told)
    told = "已经验收合格，请公布实施结果。"
    return NextStep(Step.PUBLISH, told, "公布实施结果", f"/matters/{matter.id}/result")


def _close(village: Village, matter: Matter) -> NextStep:
    missing = [s for s in STAGES if s in matter.reached and matter.opinion(s) is None]
    how = "已经终止" if matter.ended_at else "已经办完"
    if missing:
        stages = "、".join(wording.STAGES_SHORT[stage] for stage in missing)
        told = f"{how}，还缺监委会的意见：{stages}。请监委会的同志登录后写。"
        return NextStep(
            Step.OPINE, told, "写监督意见", f"/supervision/{matter.id}/{missing[0].value}"
        )
    link = f"/matters/{matter.id}"
    if owed := unsigned(village, matter.id):
        papers = "、".join(wording.PAPERS[paper.paper] for paper in owed)
        told = f"{how}，{papers}的签字页还没有收回存档。"
        return NextStep(Step.SIGN, told, "存签字页", f"{link}/sheet")
    told = f"{how}，监督意见和签字页齐了，可以归档。"
    return NextStep(Step.ARCHIVE, told, "归档", f"{link}/archive")
