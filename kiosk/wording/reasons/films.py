"""Refusals about what becomes of a film after its meeting."""

from kiosk.core.refusals import Reason

FILMS: dict[Reason, tuple[str, str]] = {
    Reason.MEETING_NOT_OVER: ("会议还没有散会。", "请散会以后再办。"),
    Reason.FILM_NOT_OPENED: (
        "查看散会后的录像，要先登记事由。",
        "请打开录像页，选好事由，再看。",
    ),
    Reason.FILM_YEARS_OUT_OF_RANGE: (
        "录像保存的年数要在{least}到{most}之间，重大和有争议的不能比一般的短。",
        "请重新填写。",
    ),
    Reason.FILM_STILL_KEPT: (
        "录像要保存{years}年，到{last}为止，现在不能删除。",
        "请到保存期满的第二天以后再办。",
    ),
    Reason.FILM_STILL_NEEDED: (
        "这次会议的事项还没有全部归档或者终止，录像还用得着。",
        "请先把事项办完、归档。",
    ),
    Reason.FILM_DELETED: ("这次会议的录像已经按规定删除了。", "日志里还留着每一段的校验值。"),
    Reason.NO_SUCH_DELETION: ("没有找到这次删除的提出。", "请回到录像页，重新打开。"),
    Reason.CLIP_EXISTS: (
        "这次表决的公开片段已经有了，或者正在等人审看。",
        "请先处理原来的片段。",
    ),
    Reason.CLIP_OF_SECRET_VOTE: (
        "无记名表决的录像不能公开。",
        "请公开票数和结果，不公开画面。",
    ),
    Reason.CLIP_WITHOUT_MARKS: (
        "录像上没有这次表决从开始到结束的标记，剪不出片段。",
        "需要的人，可以申请查阅原片。",
    ),
    Reason.NO_SUCH_CLIP: ("没有找到这个公开片段。", "请回到录像页重新选择。"),
    Reason.CLIP_SETTLED: ("这个片段已经有人处理过了。", "请看录像页上的结果。"),
    Reason.CLIP_NOT_PUBLIC: ("这个片段没有公开，不用撤下。", "请看录像页上的结果。"),
}
