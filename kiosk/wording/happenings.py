"""What has happened, in one plain sentence for each kind of entry in the journal (日志条目); complete by test.

A sentence names its gaps after the fields of the event. How somebody voted is never said: that he voted is.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from string import Formatter

from kiosk.core import events as e
from kiosk.core.law.catalogue import Catalogue
from kiosk.core.law.periods import Periods
from kiosk.core.law.rules import RuleRow
from kiosk.core.law.tally import Tally
from kiosk.core.terms import (
    Forum,
    MatterId,
    Means,
    MeetingId,
    Moment,
    NeedId,
    Origin,
    Paper,
    PersonId,
    Picture,
    Purpose,
    RowId,
    Stage,
)
from kiosk.core.values import AgendaItem
from kiosk.core.village import Village
from kiosk.wording import names
from kiosk.wording.rows import periods_in_words
from kiosk.wording.sentences import counts, day, instant, meeting_title, money, outcome

Name = Callable[[PersonId], str]
"""How a person is called: names stand in the register, not in the rules."""

HAPPENINGS: Mapping[type[e.Event], str] = {
    e.VillageFounded: "建村：{township}{name}，{purpose}",
    e.CatalogueAdopted: "启用事项清单：{catalogue}，依据：{basis}{approver}",
    e.RowChanged: "定下议事规则：{row}，依据：{basis}{approver}",
    e.PeriodsChanged: "定下期限：{periods}，依据：{basis}{approver}",
    e.CorrectionProposed: "提出更正：第{seq}条记错了，{ground}；实际是：{statement}",
    e.CorrectionConfirmed: "复核更正：{correction}",
    e.NeedFiled: "{author}提出需求〔{year}〕{number}号：{text}",
    e.NeedAnswered: "答复需求{need}：{answer}",
    e.MatterRaised: "立项：{title}，{amount_fen}，决议方式是{row}，动议事由是{origin}",
    e.ReviewRecorded: "{matter}：{reviewer}的合法性审查意见是{favourable}，{opinion}",
    e.ProposalRevised: "{matter}：修改方案，{why}",
    e.MatterReturned: "{matter}：退回到{to}，{ground}",
    e.MatterEnded: "{matter}：终止，{ground}",
    e.MatterSentToAssembly: "{matter}：改由{row}，{ground}",
    e.OpinionFiled: "{matter}：监委会对{stage}的意见是{favourable}，{text}",
    e.MatterArchived: "{matter}：归档",
    e.EmergencyDeclared: "登记应急先行处置：{ground}；{measures}",
    e.EmergencyCountersigned: "应急处置双签：{emergency}",
    e.EmergencyWitnessed: "应急处置见证：{emergency}；{statement}",
    e.EmergencyReported: "{meeting}：听取应急处置通报：{emergency}",
    e.MeetingConvened: "召集{meeting}：{starts_at}，{place}，议题：{agenda}",
    e.NoticeServed: "{meeting}：用{means}通知了{people}",
    e.MeetingCalledOff: "{meeting}：取消，{ground}",
    e.MeetingInquorate: "{meeting}：流会，应到{entitled}人，实到{present}人",
    e.CheckedIn: "{person}签到（{meeting}）",
    e.CheckedOut: "{person}离场（{meeting}）",
    e.MeetingOpened: "{meeting}：宣布开会，应到{roll}人，实到{present}人",
    e.MeetingPaused: "{meeting}：到会人数不够，暂停，在场{present}人",
    e.MeetingResumed: "{meeting}：到会人数够了，继续开会，在场{present}人",
    e.ItemTaken: "{meeting}：开始议{matter}",
    e.AgendaReordered: "{meeting}：调整议程，依次是{matters}",
    e.FloorRequested: "{person}申请发言（{meeting}）",
    e.FloorGiven: "{person}发言，给{seconds}（{meeting}）",
    e.SpeechEnded: "{person}发言结束（{meeting}）",
    e.ProposalAmended: "{meeting}：{mover}提出修改{matter}的方案",
    e.ItemTakenOutOfConsent: "{meeting}：{person}要求单独表决{matter}",
    e.RecusalDeclared: "{meeting}：{person}在{matter}上回避，{ground}",
    e.VoteOpened: "{meeting}：{matters}开始表决，可以表决{electorate}人",
    e.BallotCast: "{person}投了一张票（{meeting}，{vote}）",
    e.VoteClosed: "{meeting}：{vote}表决结束，{tally}，{carried}",
    e.VoteVoided: "{meeting}：{vote}的表决作废，{ground}",
    e.MeetingAdjourned: "{meeting}：散会",
    e.PublicationOpened: "{matter}：{stage}，从{first_day}到{last_day}",
    e.PhotoAttached: "{matter}：存照片“{picture}”",
    e.ObjectionFiled: "{author}对{matter}提出第{number}号异议：{text}",
    e.ObjectionAnswered: "答复异议（{objection}）：{upheld}，{answer}",
    e.ObjectionEscalated: "异议（{objection}）提交{forum}：{ground}",
    e.WorksAssigned: "{matter}：由{owner_name}负责实施，{deadline}前完成，预算{budget_fen}",
    e.ContractRecorded: "{matter}：与{contractor}的合同，{amount_fen}，日期{dated}{inside_publication}",
    e.WorksStarted: "{matter}：开工{inside_publication}",
    e.ProgressReported: "{matter}：实施进度，{text}，已支出{spent_fen}",
    e.AcceptanceRequested: "{matter}：申请验收，{findings}，实际支出{actual_fen}",
    e.WorksInspected: "{matter}：验收{accepted}，{statement}",
    e.RecordingStarted: "{meeting}：开始录像（{source}，{sound}）",
    e.SegmentSealed: "{meeting}：一段录像封存，从{began_at}起，长{duration_ms}",
    e.RecordingInterrupted: "{meeting}：录像中断，从{since}到{until}，{cause}",
    e.VideoMarked: "{meeting}：在录像上标记{vote}的{moment}",
    e.RecordingStopped: "{meeting}：录像结束",
    e.PaperIssued: "制成{paper}（{subject}）",
}
"""One sentence for each kind of entry."""

_TERMS: Mapping[type[Enum], Mapping[Enum, str]] = {
    kind: {member: words[member] for member in kind}  # type: ignore[index] # each by its own set
    for kind, words in (
        (Purpose, names.PURPOSES),
        (RowId, names.RULE_ROWS),
        (Origin, names.ORIGINS),
        (Stage, names.STAGES_LONG),
        (Means, names.MEANS),
        (Forum, names.FORUMS),
        (Moment, names.MOMENTS),
        (Paper, names.PAPERS),
        (Picture, names.PICTURES),
    )
}
_YES_AND_NO = {
    "favourable": ("同意", "不同意"),
    "upheld": ("异议成立", "异议不成立"),
    "accepted": ("合格", "不合格"),
    "inside_publication": ("（在公示期内）", ""),
    "sound": ("有声音", "没有声音"),
}
_KEYS = {"source": names.SOURCES, "cause": names.GAPS}
_PEOPLE = frozenset({"person", "mover"})
_NAMED_AT_MOST = 3


def happening(event: e.Event, village: Village, name: Name) -> str:
    """The entry in one plain sentence (一句话说明), without the full stop.

    `village` is the village as it stands, so that ids can be told by their titles; `name` calls a person.
    """
    sentence = HAPPENINGS[type(event)]
    gaps = {gap for _, gap, _, _ in Formatter().parse(sentence) if gap}
    told = _Told(event, village, name)
    return sentence.format(**{gap: told.words(gap) for gap in gaps})


class _Told:
    """The fields of one event, each as people say it."""

    def __init__(self, event: e.Event, village: Village, name: Name) -> None:
        self._event = event
        self._village = village
        self._name = name

    def words(self, field: str) -> str:
        value = getattr(self._event, field)
        match value:
            case bool():
                return self._answer(field, value)
            case int():
                return _number(field, value)
            case str():
                return self._text(field, value)
            case tuple():
                return self._several(field, value)
            case Enum():
                return _TERMS[type(value)][value]
            case datetime():
                return instant(value)
            case date():
                return day(value)
            case _:
                return _whole(value)

    def _answer(self, field: str, value: bool) -> str:
        if isinstance(self._event, e.VoteClosed) and field == "carried":
            vote = self._village.meetings[self._event.meeting].votes[self._event.vote]
            return outcome(vote.row, carried=value)
        return _YES_AND_NO[field][0 if value else 1]

    def _text(self, field: str, value: str) -> str:
        if field in _PEOPLE:
            return self._name(PersonId(value))
        if field in _KEYS:
            return _KEYS[field].get(value, value)
        if field == "approver":
            return f"，批准：{value}" if value else ""
        about = self._about(field, value)
        return value.rstrip("。；，,;. \n") if about is None else about

    def _about(self, field: str, value: str) -> str | None:
        """What an id stands for; None where the text is no id."""
        village = self._village
        match field:
            case "matter":
                return self._matter(MatterId(value))
            case "meeting":
                return meeting_title(village.meetings[MeetingId(value)])
            case "subject":
                is_meeting = value in village.meetings
                return self._about("meeting" if is_meeting else "matter", value)
            case "need":
                need = village.needs[NeedId(value)]
                return f"〔{need.year}〕{need.number}号“{need.text}”"
            case "vote" | "objection" | "emergency" | "correction":
                return self._about_rarer(field)
            case _:
                return None

    def _about_rarer(self, field: str) -> str:
        village, event = self._village, self._event
        match event:
            case e.ObjectionAnswered() | e.ObjectionEscalated():
                objection = village.objections[event.objection]
                return f"{self._matter(objection.matter)}第{objection.number}号"
            case e.CorrectionConfirmed():
                known = village.corrections[event.correction]
                return f"第{known.seq}条，实际是：{known.statement.rstrip('。')}"
            case e.EmergencyCountersigned() | e.EmergencyWitnessed() | e.EmergencyReported():
                return village.emergencies[event.emergency].ground.rstrip("。")
            case e.BallotCast() | e.VoteClosed() | e.VoteVoided() | e.VideoMarked():
                vote = village.meetings[event.meeting].votes[event.vote]
                return "、".join(map(self._matter, vote.matters))
            case _:
                raise KeyError(field)

    def _matter(self, matter: MatterId) -> str:
        return f"“{self._village.matters[matter].title}”"

    def _several(self, field: str, value: tuple[object, ...]) -> str:
        if field in {"matters", "agenda"}:
            ids = [one.matter if isinstance(one, AgendaItem) else one for one in value]
            return "、".join(self._matter(MatterId(str(one))) for one in ids)
        if field == "people":
            told = "、".join(self._name(PersonId(str(one))) for one in value[:_NAMED_AT_MOST])
            return told if len(value) <= _NAMED_AT_MOST else f"{told}等{len(value)}人"
        return str(len(value))


def _number(field: str, value: int) -> str:
    if field.endswith("_fen"):
        return money(value)
    if field == "duration_ms":
        return _lasting(value // 1000)
    return _lasting(value) if field == "seconds" else str(value)


def _lasting(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}分{rest}秒" if rest else f"{minutes}分钟"


def _whole(value: object) -> str:
    match value:
        case Catalogue():
            return f"{value.name}（{value.version}）"
        case RuleRow():
            return names.RULE_ROWS[value.id]
        case Periods():
            return periods_in_words(value)
        case Tally():
            return counts(value)
        case _:
            raise TypeError(type(value).__name__)
