"""Refusals about publication, objections, works, papers and film."""

from kiosk.core.refusals import Reason

PUBLICITY: dict[Reason, tuple[str, str]] = {
    Reason.NOT_PUBLISHED: ("这个事项还没有公示。", "请等会议作出决议、公示以后再办。"),
    Reason.PUBLICATION_NOT_OVER: (
        "公示还没有期满，要公示到{day}。",
        "请等期满再办，公示不能提前结束。",
    ),
    Reason.PHOTO_WRONG_DAY: ("现在不是拍这张照片的时候，应在{day}拍。", "请到那天在公开栏前拍照。"),
    Reason.VOICE_LENGTH: (
        "录音长{seconds}秒，要在1秒以上、{minutes}分钟以内。",
        "请只念标题、结果和公示的起止日期，重新录一段。",
    ),
    Reason.OBJECTION_EXISTS: ("这个异议已经登记过了。", "请查看办理情况。"),
    Reason.NO_SUCH_OBJECTION: ("没有找到这个异议。", "请回到事项页重新选择。"),
    Reason.OBJECTIONS_CLOSED: (
        "公示已经期满，异议期在{day}结束。",
        "请直接向村务监督委员会或者镇里反映。",
    ),
    Reason.OBJECTION_ANSWERED: ("这个异议已经答复过了。", "不同意答复的，可以提交上一级。"),
    Reason.OBJECTION_OPEN: ("还有异议没有办完。", "请先答复异议。"),
    Reason.OBJECTION_AT_TOP: ("这个异议已经到了镇里。", "请等镇里答复。"),
    Reason.NOTHING_TO_CARRY_OUT: ("这个事项现在没有要实施的内容。", "请打开事项，看看办到哪一步。"),
    Reason.WORKS_ASSIGNED: ("实施责任已经定过了。", "请打开事项查看。"),
    Reason.WORKS_NOT_ASSIGNED: ("还没有定实施责任人。", "请先定责任人、期限和预算。"),
    Reason.WORKS_STARTED: ("已经登记开工了。", "请接着登记进度。"),
    Reason.WORKS_NOT_STARTED: ("还没有登记开工。", "请先登记开工。"),
    Reason.ACCEPTANCE_NOT_REQUESTED: ("还没有申请验收。", "请先由村委会登记完工、申请验收。"),
    Reason.ACCEPTANCE_REQUESTED: ("已经申请验收了。", "请监委会的同志到场验收。"),
    Reason.WORKS_ACCEPTED: ("已经验收合格了。", "请接着公布实施结果。"),
    Reason.WORKS_NOT_ACCEPTED: (
        "还没有验收合格，不能公布实施结果。",
        "请先申请验收，由监委会的同志到场验收。",
    ),
    Reason.RESULT_TOO_SOON: ("实施结果要在验收的第二天以后公布。", "请在{day}或以后公布。"),
    Reason.RESULT_PUBLISHED: ("实施结果已经公布了。", "请打开事项查看。"),
    Reason.PAPER_NOT_DUE: ("这份文书现在还不能出。", "请打开事项，看看办到哪一步。"),
    Reason.NO_SUCH_PAPER: ("没有找到这份文书的这一页。", "请看一看纸上的题目和页码，重新选。"),
    Reason.PAPER_ISSUED: ("这份文书已经出过，内容不同。", "已出的文书不能换；请报告管理员。"),
    Reason.FILM_ROOM_SHORT: (
        "磁盘只够录{room}分钟，会议计划{planned}分钟。",
        "请先清理磁盘；等不了的，请主持人点“磁盘录不完，照样开会”。",
    ),
    Reason.NO_SUCH_RECORDING: ("这次会议没有录像。", "请检查摄像头。"),
}
