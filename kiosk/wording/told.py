"""The fields of an entry, each as people say it (日志条目的各项)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum

from kiosk.core import events as e
from kiosk.core.ballot_terms import Channel, Method, Source
from kiosk.core.law.catalogue import Catalogue
from kiosk.core.law.periods import Periods
from kiosk.core.law.rules import RuleRow
from kiosk.core.law.tally import Count, Tally
from kiosk.core.terms import (
    ClipAudience,
    Edition,
    Forum,
    MatterId,
    Means,
    MeetingId,
    Moment,
    NeedId,
    ObjectionId,
    Origin,
    Paper,
    PersonId,
    Picture,
    Purpose,
    RowId,
    Stage,
    ViewingPurpose,
    VoteId,
    day_of,
)
from kiosk.core.values import AgendaItem, NamedHead
from kiosk.core.village import Village
from kiosk.wording import names
from kiosk.wording.figures import clock_seconds, day, instant, money
from kiosk.wording.rows import periods_in_words
from kiosk.wording.sentences import counts, counts_plain, meeting_title, outcome

Name = Callable[[PersonId], str]
"""How a person is called: names stand in the register, not in the rules."""

_TERMS: Mapping[type[Enum], Mapping[Enum, str]] = {
    kind: {member: words[member] for member in kind}  # type: ignore[index] # each by its own set
    for kind, words in (
        (Purpose, names.PURPOSES),
        (RowId, names.RULE_ROWS),
        (Origin, names.ORIGINS),
        (Stage, names.STAGES_LONG),
        (Means, names.MEANS),
        (Method, names.METHODS),
        (Channel, names.CHANNELS),
        (Source, names.COUNT_SOURCES),
        (Forum, names.FORUMS),
        (Moment, names.MOMENTS),
        (ClipAudience, names.CLIP_AUDIENCES),
        (Paper, names.PAPERS),
        (Edition, names.EDITIONS),
        (Picture, names.PICTURES),
        (ViewingPurpose, names.VIEWINGS),
    )
}
_YES_AND_NO = {
    "favourable": ("同意", "不同意"),
    "upheld": ("异议成立", "异议不成立"),
    "accepted": ("合格", "不合格"),
    "inside_publication": ("（在公示期内）", ""),
    "sound": ("有声音", "没有声音"),
    "agrees": ("一样", "不一样"),
    "by_hand": ("码读不出来，由人认定", "照纸上的码归档"),
    "whole_picture": ("整个画面打马赛克", "人脸打马赛克"),
}
_KEYS = {"source": names.SOURCES, "cause": names.GAPS}
_PEOPLE = frozenset(
    {
        "recorder",
        "chair",
        "person",
        "principal",
        "proxy",
        "mover",
        "clerk",
        "witness",
        "teller",
        "supervisor",
        "officer",
    }
)
_NAMED_AT_MOST = 3


class Told:
    """The fields of one event, each as people say it."""

    def __init__(self, event: e.Event, village: Village, name: Name) -> None:
        self._event = event
        self._village = village
        self._name = name

    def words(self, field: str) -> str:
        """The field in words."""
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
                return _instant(field, value)
            case date():
                return day(value)
            case _:
                return _whole(field, value)

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
        if field == "words":
            return f"，{value.rstrip('。')}" if value else ""
        if field == "sha256":
            return f"{value[:16]}…"
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
                return self._subject(value)
            case "need":
                need = village.needs[NeedId(value)]
                return f"〔{need.year}〕{need.number}号“{need.text}”"
            case "vote" | "objection" | "emergency" | "correction":
                return self._about_rarer(field)
            case _:
                return None

    def _subject(self, value: str) -> str:
        """What a paper is about: a meeting, a vote by what was voted on, or a matter."""
        meetings = self._village.meetings
        if value in meetings:
            return meeting_title(meetings[MeetingId(value)])
        if (objection := self._village.objections.get(ObjectionId(value))) is not None:
            return f"{self._matter(objection.matter)}第{objection.number}号异议"
        held = (m.votes[VoteId(value)] for m in meetings.values() if value in m.votes)
        vote = next(held, None)
        matters = vote.matters if vote else (MatterId(value),)
        return "、".join(map(self._matter, matters))

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
            case _ if isinstance(event, e.VoteEvent | e.VideoMarked | e.ClipRequested) and hasattr(
                event, "vote"
            ):
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
        if field == "counts":
            return counts_plain(tuple(one for one in value if isinstance(one, Count)))
        return str(len(value))


def _number(field: str, value: int) -> str:
    if field.endswith("_fen"):
        return money(value)
    if field == "strikes":
        return f"（代替要点{value}）" if value else ""
    if field == "duration_ms":
        return _lasting(value // 1000)
    return _lasting(value) if field == "seconds" else str(value)


def _instant(field: str, value: datetime) -> str:
    """A note is pinned to a second; everything else is told to the minute."""
    return f"{day(day_of(value))} {clock_seconds(value)}" if field == "moment" else instant(value)


def _lasting(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}分{rest}秒" if rest else f"{minutes}分钟"


def _whole(field: str, value: object) -> str:
    match value:
        case Catalogue():
            return f"{value.name}（{value.version}）"
        case RuleRow():
            return names.RULE_ROWS[value.id]
        case Periods():
            return periods_in_words(value)
        case Tally():
            return counts(value)
        case NamedHead():
            return f"，上次散会的校验码是{value.check_code}（日志第{value.seq}条）"
        case None:
            return "会议其他情况" if field == "matter" else ""
        case _:
            raise TypeError(type(value).__name__)
