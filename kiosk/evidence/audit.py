"""Audits a village's whole record (通查全村的日志) offline: python3 audit.py FOLDER [--code CODE].

It shares no code with the kiosk and needs Python's standard library alone. It walks the hash chain of the journal,
holds every entry against the rules as stated here, counts every vote again, compares films, photographs and papers
with their digests, and walks the chain of each film's fragments up to the heads that the journal has of it. Whoever
owns the disk can write all of that anew: only the check code (校验码) on a paper signed by pen shows it, so type it
after --code. Exit status: 0 all holds, 1 a fault was found, 2 no such folder.

What the law fixes stands in tables. Then comes one function for every kind of entry, under who may bring it about,
its fields, and in which state of its meeting or matter; one rule, one line. The numbers a village sets for itself
are read from its own record, and held to the tables.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from math import gcd
from pathlib import Path
from typing import Any, NamedTuple

Json = dict[str, Any]
Share = tuple[int, int, bool]  # numerator, denominator, whether the number itself is enough (以上)
CHINA = timezone(timedelta(hours=8))
GENESIS = bytes(32)  # before the first fragment of a film

# A rule is a line, so that the file reads like a statute.
# fmt: off

NAMES = {"papers": "文书", "recordings": "录像", "photos": "照片", "clips": "公开片段", "voices": "录音"}
UNITS = {"录像": "段", "文书": "份", "照片": "张", "公开片段": "个", "录音": "段"}
FILES = ("papers/[!.]*.pdf", "recordings/[!.]*/[!.]*.mp4", "recordings/[!.]*/[!.]*.jsonl", "photos/[!.]*.jpg",
         "clips/[!.]*.mp4", "voices/[!.]*.m4a")

# --- what the law fixes, written a second time on purpose

DAYS_PUBLIC = 15  # 村民委员会组织法第三十五条：不少于十五日，首尾两日都计
PERIODS = {"objection_days": (3, 15), "need_days": (1, 60), "pause_days": (0, 366), "film_years": (10, 30),
           "major_film_years": (10, 30)}
OFFICE_PHONE = re.compile("0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,5})?|[2-9][0-9]{6,7}|[48]00-?[0-9]{3}-?[0-9]{4}"
                          "|[1-9][0-9]{2,5}")  # 座机、热线，不是个人手机
VOICE_MS = (1_000, 600_000)  # 念给大家听的录音，一秒到十分钟
DELIBERATIONS = ["proposal", "consultation", "review", "decision"]  # 四议
RESOLUTION, RESULT = "resolution_public", "result_public"  # 两公开
STAGES = [*DELIBERATIONS, RESOLUTION, RESULT]
FORUMS = ["committee", "supervisors", "township"]  # 异议逐级办理
CHOICES = {"for": "赞成", "against": "反对", "abstain": "弃权",
           "satisfied": "满意", "fairly_satisfied": "基本满意", "dissatisfied": "不满意"}
MOTION, APPRAISAL = [*CHOICES][:3], [*CHOICES][3:]
NUMBERS = [str(number) for number in range(1, 13)]  # 候选人的编号，最多12名
HALF, OVER_HALF, TWO_THIRDS, THIRD = (1, 2, True), (1, 2, False), (2, 3, True), (1, 3, True)
JOINT = {"joint_villagers": (1, 10, True), "joint_representatives": (1, 5, True)}  # 联名提出需求
CHANNELS = {"kiosk_screen": "表决屏", "phone": "手机", "hands_named": "举手记名",
            "hands_counted": "举手点数", "paper": "纸票"}
BY_HIMSELF, METHODS, COUNTERS = {"kiosk_screen", "phone"}, {"open", "in_turn", "secret"}, {"tellers", "papers"}
FEWEST, TELLERS, SPARE = 5, 2, 20  # 无记名每个渠道最少的票数；点举手的人数；纸票最多多印的张数
SPEECH, NOTICE, PAGES, FINEST = range(30, 1801), range(61), range(1, 201), 100  # 发言秒数、通知天数、页码、最大分母

class Row(NamedTuple):
    """The least that law asks where a body decides (法律底线); None where it leaves the village free."""

    body: str
    stage: str
    voters: tuple[set[str], ...]  # one of these sets has the vote, everybody else attends (列席)
    quorum: Share | None = None  # 到会 against 应到
    majority: Share | None = None
    of_all: bool = False  # the majority is counted of 应到, not of 到会
    notice: int | None = None  # days
    urgent: bool = True  # whether notice may be shorter for a reason (临时通知)
    women: Share | None = None
    proxies: int = 0  # for how many absent people one person may vote (书面委托)

SIT = ("representatives", "decision", ({"village_committee_member", "representative"},), TWO_THIRDS)
VILLAGERS, HEADS, MEMBERS = ({"villager"},), ({"household_representative"},), ({"party_member"},)
PARTY, BOTH = {"party_committee_member"}, {"party_committee_member", "village_committee_member"}
OWNERS, DELEGATES = ({"collective_member"},), ({"member_representative"},)
ROWS = {
    "party_committee": Row("party_committee", "proposal", (PARTY, *MEMBERS)),
    "two_committees": Row("two_committees", "consultation", (BOTH,)),
    # 支部工作条例第十一条：有半数以上党员到会，赞成人数超过应到会党员的半数
    "party_meeting": Row("party_meeting", "review", MEMBERS, HALF, OVER_HALF, of_all=True),
    # 村民委员会组织法第二十九条、第三十条；第二十五条、第二十六条；第三十二条
    "representatives": Row(*SIT, OVER_HALF, women=THIRD),
    "assembly": Row("assembly", "decision", VILLAGERS, OVER_HALF, OVER_HALF, notice=10),
    "households": Row("households", "decision", HEADS, TWO_THIRDS, OVER_HALF, notice=10),
    "group": Row("group", "decision", VILLAGERS, TWO_THIRDS, OVER_HALF),
    "group_households": Row("group_households", "decision", HEADS, TWO_THIRDS, OVER_HALF),
    # 农村集体经济组织法第二十七条、第二十八条
    "members": Row("members", "decision", OWNERS, TWO_THIRDS, TWO_THIRDS, True, 10, urgent=False, proxies=3),
    "member_representatives": Row("member_representatives", "decision", DELEGATES, None, TWO_THIRDS, of_all=True),
    # 农村土地承包法第十九条、第二十八条、第五十二条；土地管理法第六十三条；森林法第十八条
    "all_representatives": Row(*SIT, TWO_THIRDS, of_all=True, women=THIRD),
    "all_villagers": Row("assembly", "decision", VILLAGERS, OVER_HALF, TWO_THIRDS, True, 10, urgent=False),
    # 村民委员会组织法第三十八条；第二十九条、第三十二条、第三十七条（推选）
    "appraisal": Row(*SIT, women=THIRD),
    "contest": Row(*SIT, OVER_HALF, women=THIRD),
    "group_contest": Row("group", "decision", VILLAGERS, TWO_THIRDS, OVER_HALF),
}
CONTESTS = {"contest", "group_contest"}
ONLY_FOR_ITS_KINDS = CONTESTS | {"appraisal"}
BODIES = {"party_committee": "村党支部委员会", "two_committees": "村“两委”联席会议", "party_meeting": "党员大会",
          "representatives": "村民代表会议", "assembly": "村民会议", "households": "村民会议（户代表）",
          "group": "村民小组会议", "group_households": "村民小组会议（户代表）",
          "members": "成员大会", "member_representatives": "成员代表大会"}
ORDINARY = {"proposal": "party_committee", "consultation": "two_committees", "review": "party_meeting"}
ABOVE = {"representatives": ["assembly", "households"], "all_representatives": ["all_villagers"]}  # 提交村民会议
OF_GROUP, BY_HOUSEHOLD = {"group", "group_households"}, {"households", "group_households"}
TOLD = {"representatives", "assembly", "households"}  # 应急处置事后向它们通报

ASSEMBLIES, BY_MANDATE = {"assembly", "households", "all_villagers"}, {"representatives", "all_representatives"}
WHOLE = {"members", "all_villagers"}
LAND = {*WHOLE, "all_representatives"}
OF_ALL = {*LAND, "member_representatives"}
MANDATED = "village_planning work_subsidies collective_income public_works assistance"
VILLAGE_LAW, COLLECTIVE_LAW = "村民委员会组织法", "农村集体经济组织法"
LIMITS: list[tuple[str, str, str, str, set[str]]] = [
    # kinds by their ids, or any whose basis cites this law, article and item (项): no other rows may decide them
    ("guarantee", VILLAGE_LAW, "第十三条", "", set()),
    ("", VILLAGE_LAW, "第十八条|第十九条", "", set()),
    ("charter village_rules", VILLAGE_LAW, "第三十一条", "", ASSEMBLIES),
    ("appraisal", VILLAGE_LAW, "第三十八条", "", {"appraisal"}),
    ("supervisors", VILLAGE_LAW, "第三十七条", "", {"contest"}),
    ("group_representatives", VILLAGE_LAW, "第二十九条", "", {"group_contest"}),
    ("group_leader", "", "", "", {"group_contest"}),
    (MANDATED, VILLAGE_LAW, "第二十八条", "一 二 三 四 五 六", ASSEMBLIES | BY_MANDATE),
    ("membership compensation", COLLECTIVE_LAW, "第二十六条", "一 三 十 十二", WHOLE),
    ("land_plan", COLLECTIVE_LAW, "第二十六条", "八", LAND),
    ("assets distribution", COLLECTIVE_LAW, "第二十六条", "", OF_ALL),
    ("land_adjustment land_outsiders", "农村土地承包法", "第十九条|第二十八条|第五十二条", "", LAND),
    ("construction_land", "土地管理法", "第六十三条", "", OF_ALL),
    ("forest_transfer", "森林法", "第十八条", "", OF_ALL),
]

# who may bring an entry about (岗位); the states of a meeting; the phases of a matter
CONSOLE, DOOR, ADMIN, MACHINE = {"chair", "secretary"}, {"chair", "secretary", "teller"}, {"admin"}, {"kiosk"}
SUPERVISOR, ANYBODY = {"supervisor"}, {"chair", "secretary", "supervisor", "villager"}
COUNTING = DOOR | SUPERVISOR
CALLED, SITTING, PAUSED, ADJOURNED = "已召集", "正在开会", "已暂停", "已散会"
OPEN, CLOSED, VOID = "open", "closed", "void"  # a vote
DELIBERATING, DEFEATED, DECIDED, PUBLISHED, WORKS = "商议中", "未通过", "待散会公示", "决议公示中", "实施中"
ACCEPTED, RESULT_UP, DONE, ENDED, ARCHIVED = "已验收", "结果公示中", "已办结", "已终止", "已归档"
GOING = (DELIBERATING, DEFEATED, DECIDED, PUBLISHED, WORKS, ACCEPTED, RESULT_UP, DONE)
NOT_ARCHIVED, ANY, OPENED = (*GOING, ENDED), (*GOING, ENDED, ARCHIVED), (SITTING, PAUSED, ADJOURNED)

class Wrong(Exception):
    """Something does not hold; the message says what, in Chinese."""

def need(holds: object, otherwise: str) -> None:
    """Raise Wrong unless it holds."""
    if not holds:
        raise Wrong(otherwise)

def day_of(instant: str) -> date:
    """The day in China (UTC+8) of an instant such as 2026-11-22T01:02:03.004Z. Raises ValueError."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}\.[0-9]{3}Z", instant):
        raise ValueError(instant)
    return datetime.fromisoformat(f"{instant[:-1]}+00:00").astimezone(CHINA).date()

def date_of(text: str) -> date:
    """The day that such a text as 2026-11-22 names. Raises Wrong, ValueError."""
    day = date.fromisoformat(text)
    need(day.isoformat() == text, "日期写法不对")
    return day

def canonical(value: object) -> bytes:
    """The one way of writing JSON: keys sorted, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

def reaches(count: int, base: int, share: Share) -> bool:
    """Whether so many reach the share of the base; nobody reaches any share of nobody."""
    part, whole, inclusive = share
    return base > 0 and (count * whole >= base * part if inclusive else count * whole > base * part)

def share_of(written: Json) -> Share:
    """A share as a rule row writes it, in lowest terms. Raises Wrong."""
    part, whole, inclusive = written["numerator"], written["denominator"], written["inclusive"]
    whole_numbers = type(part) is int and type(whole) is int and type(inclusive) is bool
    sensible = whole_numbers and 0 < part <= whole <= FINEST and gcd(part, whole) == 1
    need(sensible and (inclusive or part < whole), "规则行的比例写错了")
    return part, whole, inclusive

def is_laxer(share: Share, law: Share | None) -> bool:
    """Whether some count reaches the share and not the law's."""
    if law is None:
        return False
    mine, least = share[0] * law[1], law[0] * share[1]
    return mine < least or (mine == least and share[2] and not law[2])

def newest(records: Iterable[Json]) -> Json | None:
    """The last of them; None of none."""
    return next(reversed(list(records)), None)

class Matter:
    """One matter (事项): its MatterRaised, its kind as of that day, and what was done with it since."""

    def __init__(self, event: Json, kind: Json) -> None:
        self.id, self.title, self.group, self.kind = event["matter"], event["title"], event["group"], kind
        self.row, self.proposal, self.contest = str(event["row"]), event["proposal"], event["contest"]
        self.votes: list[Json] = []  # every vote on it that was closed, in their order
        self.reviews: list[Json] = []
        self.opinions: list[Json] = []
        self.published: list[Json] = []
        self.works: Json = {}
        self.ended: date | None = None
        self.archived = False

    def settle(self, day: date) -> Matter:
        """Read off what counts on that day: no void vote, nothing that the matter was returned over."""
        # An appraisal (民主评议) has an outcome either way; nothing of it is to be sent back.
        passes = [v["carried"] or (self.row == "appraisal" and v["stage"] == "decision") for v in self.votes]
        stand = [(v, goes) for v, goes in zip(self.votes, passes) if not v["void"] and not v["aside"]]  # noqa: B905
        self.stand = [vote for vote, _ in stand]
        self.passed = [vote["stage"] for vote, goes in stand if goes]
        self.decision = newest(vote for vote in self.stand if vote["stage"] == "decision")
        self.review = newest(review for review in self.reviews if not review["aside"])
        hung = {p["stage"]: p for p in self.published if self.decision and p["vote"] == self.decision["vote"]}
        self.resolution, self.result = hung.get(RESOLUTION), hung.get(RESULT)
        self.gate = "review" if "review" in self.kind["stages"] else "decision"  # 合法性审查在它之前
        to_come = [stage for stage in self.kind["stages"] if stage not in self.passed]
        self.phase = next(phase for phase, is_so in (
            (ARCHIVED, self.archived), (ENDED, self.ended), (DEFEATED, stand and not stand[-1][1]),
            (DELIBERATING, to_come), (DECIDED, not self.resolution), (PUBLISHED, self.hangs(day)),
            (DONE, not self.kind["works"]), (WORKS, not self.works.get("accepted")), (ACCEPTED, not self.result),
            (RESULT_UP, self.result and day <= self.result["last"]), (DONE, True),
        ) if is_so)
        self.due = to_come[0] if self.phase == DELIBERATING else ""
        return self

    def hangs(self, day: date) -> bool:
        """Whether the resolution has not hung to its end on that day (公示期内), the days before it included."""
        return bool(self.resolution and day <= self.resolution["last"])

    def row_at(self, stage: str) -> str:
        """The rule row of a deliberation in that stage."""
        return ORDINARY.get(stage, self.row)

    def reached(self) -> list[str]:
        """The stages that owe an opinion; of a matter that ended, those it was returned over too."""
        votes = [v for v in self.votes if not v["void"]] if self.ended else self.stand
        return [r["stage"] for r in (*votes, *(self.published if self.ended else [self.resolution, self.result])) if r]

    def has_opinion(self, stage: str) -> bool:
        """Whether the 监委会 gave its opinion on that stage."""
        return any(o["stage"] == stage and (self.ended or not o["aside"]) for o in self.opinions)

    def go_back(self, to: str) -> None:
        """What lies at or after that stage counts no more, nor do works of the resolution."""
        for record in (*self.votes, *self.opinions):
            record["aside"] |= STAGES.index(record["stage"]) >= STAGES.index(to)
        self.works = {}

class Meeting:
    """One meeting (会议): its MeetingConvened, the rows of that day, and what happened in it since."""

    def __init__(self, event: Json, row: Json, rows: dict[str, Json]) -> None:
        self.event, self.row, self.rows = event, row, rows
        self.id, self.body, self.stage, self.state = event["meeting"], str(event["body"]), str(row["stage"]), CALLED
        self.seats = {seat["person"]: seat for seat in event["seats"]}
        self.roll = sorted(person for person, seat in self.seats.items() if seat["votes"])
        self.order: list[str] = [item["matter"] for item in event["agenda"]]
        self.consent = {item["matter"] for item in event["agenda"] if item["consent"]}
        self.here, self.amended, self.parts = set[str](), set[str](), set[str]()
        self.proxies: dict[str, str] = {}  # by whom somebody absent is represented, while that one is there
        self.recusals: set[tuple[str, str]] = set()
        self.votes: dict[str, Json] = {}
        self.speaker, self.filmed = "", False
        self.opened, self.adjourned, self.notes = "", "", 0
        self.room: int | None = None  # minutes of film that the disk held before the meeting
        self.short_accepted = False
        self.witness, self.accepted = dict[str, bool](), False  # what was held against the journal before it opened
        self.minuted: list[Any] = []  # of each note of the minutes its matter; False where another took its place
        self.business, self.approved, self.read = Json(), Json(), (Json(), "")  # heads, and who read the minutes out
        self.promised, self.over = Json(), date.max  # the periods announced at the opening; the day it was adjourned
        self.marked: dict[str, set[str]] = {}  # by vote, its moments on the film
        self.proposed, self.deleted, self.clips = ("", ""), False, dict[str, Json]()

    def inside(self) -> set[str]:
        """Who takes part: those in the room, and those whose proxy is in the room (书面委托)."""
        return self.here | {person for person, by in self.proxies.items() if by in self.here}

    def present(self) -> list[str]:
        """到会: those entitled who take part."""
        return sorted(self.inside().intersection(self.roll))

    def quorate(self, row: Json) -> bool:
        """Whether those present are a quorum by that row."""
        return reaches(len(self.present()), len(self.roll), share_of(row["quorum"]))

    def need_quorum(self, row: Json) -> None:
        """Raise Wrong, with the numbers, unless there is one."""
        need(self.quorate(row), f"应到 {len(self.roll)} 人，到会 {len(self.present())} 人，不足法定人数")

    def planned(self) -> int:
        """How many minutes the agenda gives the meeting."""
        return sum(item["minutes"] for item in self.event["agenda"])

    def film_is_short(self) -> bool:
        """Whether the disk was said to hold less film than that (录像余量不足)."""
        return self.room is not None and self.room < self.planned()

    def open_vote(self) -> Json | None:
        """The vote that is open, if one is."""
        return newest(vote for vote in self.votes.values() if vote["state"] == OPEN)

    def need_undecided(self, matter: str) -> None:
        """Raise Wrong unless the matter is on the agenda and not voted on yet, void votes aside."""
        need(matter in self.order, "不是这次会议的议题")
        held = [vote for vote in self.votes.values() if matter in vote["matters"] and vote["state"] != VOID]
        need(not held, "这个议题已经表决或正在表决")

class Record:
    """What the entries tell, each held against the rules before it is believed."""

    def __init__(self) -> None:
        self.day, self.at, self.seq, self.last, self.owing = date.min, "", 0, Json(), False
        self.events: list[Json] = []
        self.digests: list[str] = []  # of the entries before the present one, from 0
        self.closing: Json | None = None  # the head with which the last meeting closed
        self.owed: list[Json] = []  # what the same command must bring about next
        self.commands: set[str] = set()
        self.papers: set[tuple[str, str, str, int, int]] = set()
        self.sheets: set[tuple[str, str, int]] = set()
        self.clips: set[str] = set()
        self.gone: set[str] = set()  # files that were lawfully removed
        self.rows, self.periods, self.kinds = dict[str, Json](), Json(), dict[str, Json]()
        self.needs, self.emergencies, self.corrections = dict[str, Json](), dict[str, Json](), dict[str, Json]()
        self.matters, self.meetings, self.objections = dict[str, Matter](), dict[str, Meeting](), dict[str, Json]()
        self.results: list[str] = []
        self.votes = 0

    def tell(self, entries: list[Json]) -> None:
        """Believe the whole journal. Raises Wrong, naming the entry."""
        for entry in entries:
            self.take(entry)
        for due in self.owed[:1]:
            raise Wrong(f"日志第 {len(entries)} 条：{MISSED[due['kind']]}")

    def take(self, entry: Json) -> None:
        """Believe the next entry. Raises Wrong, naming it."""
        try:
            event, known = entry["event"], STEPS[entry["event"]["kind"]]
            self.hold_entry(entry, known)
            self.reach()
            known.hold(self, event, *self.about(event, known.when))
            self.events.append(event)
            self.last = entry
        except Wrong as wrong:
            raise Wrong(f"日志第 {entry['seq']} 条：{wrong}") from wrong
        except (LookupError, TypeError, ValueError, OverflowError, AttributeError) as error:
            raise Wrong(f"日志第 {entry['seq']} 条：内容不完整或无法理解") from error

    def hold_entry(self, entry: Json, known: Step) -> None:
        """What is asked of every entry: who brought it about, its day, its fields, its command."""
        event, actor, day = entry["event"], entry["actor"], day_of(entry["at"])
        need(bool(self.events) == (event["kind"] != "VillageFounded"), "日志应以建村开头，且只建一次")
        due = self.owed.pop(0) if self.owed else Json()
        same = all(entry[key] == self.last[key] for key in ("command", "at", "actor")) if due else True
        need(same and due.items() <= event.items(), MISSED[due["kind"]] if due else "")
        need(due or entry["command"] not in self.commands, "同一操作记了两次")
        need(actor.keys() == {"role", "person", "device"}, "字段不对")
        need(actor["role"] in known.roles, f"岗位 {actor['role']} 无权这样办")
        need(day >= self.day, f"日期倒流：上一条是 {self.day}，这一条是 {day}")
        self.commands.add(entry["command"])
        self.digests.append(entry["prev"])
        self.day, self.at, self.seq, self.owing = day, entry["at"], entry["seq"], bool(due)
        self.actor = actor["person"]
        names = [name.rstrip("!$") for name in known.fields]
        later = LATER.get(event["kind"], set()) if entry["v"] == 1 else set[str]()
        need(event.keys() in ({"kind", *names}, {"kind", *names} - later), "字段不对")
        names = [name for name in names if name in event]  # later ones stand last
        for name, marked in zip(names, known.fields):  # noqa: B905 -- older Pythons
            need(not marked.endswith("!") or event[name].strip(), f"{name} 应当写明，却空着")
            fen = event[name] if marked.endswith("$") else 0
            need(type(fen) is int and fen >= 0, "金额应是不小于零的整数分")

    def about(self, event: Json, when: tuple[str, ...]) -> tuple[Any, ...]:
        """The meeting and the vote, or the matter, that the entry is about, in a state in which that may happen."""
        if "meeting" in event and MEETING_STATES.intersection(when):
            meeting = self.meeting(event["meeting"], *when)
            if not {OPEN, CLOSED}.intersection(when):
                return (meeting,)
            vote = meeting.votes.get(event["vote"], {"state": ""})
            need(vote["state"] in when, "这次表决没有开始、已经结束或已经作废")
            return (meeting, vote)
        if not when:
            return ()
        matter = self.matter(event["matter"])
        need(matter.phase in when, f"事项{matter.phase}，不能这样办")
        votes = [meeting.open_vote() or {"matters": []} for meeting in self.meetings.values()]
        need(event["kind"] not in UNMOVED or not any(matter.id in v["matters"] for v in votes), "事项正在表决")
        return (matter,)

    def matter(self, name: str) -> Matter:
        """The matter of that id, as it stands today."""
        need(name in self.matters, "没有这个事项")
        return self.matters[name].settle(self.day)

    def meeting(self, name: str, *states: str) -> Meeting:
        """The meeting of that id, which must be in one of these states."""
        need(name in self.meetings, "没有召集过这个会议")
        need(self.meetings[name].state in states, f"会议{self.meetings[name].state}，不能这样办")
        return self.meetings[name]

    def reach(self) -> None:
        """Keep the head that the last entry made, where that ended a meeting or was its business (议事内容)."""
        last, head = self.last.get("event", Json()), {"seq": self.seq - 1, "digest": self.digests[-1]}
        self.closing = head if last.get("kind") == "MeetingAdjourned" else self.closing
        if last.get("kind") in BUSINESS:
            self.meetings[last["meeting"]].business = head

    def person(self) -> str:
        """Who brought the present entry about, by name. Raises Wrong."""
        need(self.actor, "没有写明是谁签的")
        return str(self.actor)

    def need_own(self, person: str, otherwise: str) -> None:
        """Raise Wrong unless whom the entry names is who brought it about: nobody acts in the name of another."""
        need(self.person() == person, otherwise)

    def need_due(self, matter: Matter, meeting: Meeting) -> None:
        """四议两公开: a stage comes when the one before is lawfully done, before the body whose it is."""
        need(matter.due == meeting.stage, f"阶段次序不对：事项{matter.phase}")
        need(ROWS[matter.row_at(meeting.stage)].body == meeting.body, "这个会议无权决定这个事项")
        gated = matter.kind["review"] and matter.due == matter.gate
        need(not gated or (matter.review and matter.review["favourable"]), "没有通过合法性审查")

MEETING_STATES = {CALLED, SITTING, PAUSED, ADJOURNED}
UNMOVED = {"ReviewRecorded", "ProposalRevised", "MatterReturned", "MatterEnded", "MatterSentToAssembly"}
MISSED = {"RowChanged": "建村时应写明每一行议事规则", "PeriodsChanged": "建村时应写明各项期限",
          "MeetingPaused": "到会人数不足，会议应当即暂停", "MeetingResumed": "到会人数已够，会议应当即恢复",
          "PublicationOpened": "散会时所作的决议应当即公开，且只公开这些",
          "VoteClosed": "票箱只在结束表决时打开，打开就结束"}

LATER = {"MeetingOpened": {"closed_before"}}  # fields that entries of version 1 do not have
BUSINESS = {"MeetingOpened", "ItemTaken", "AgendaReordered", "ProposalAmended", "ItemTakenOutOfConsent",
            "EmergencyReported", "RecusalDeclared", "VoteClosed", "VoteVoided", "CountChecked", "DifferenceExplained",
            "DifferenceSettled", "MinutesNoted"}  # 会议记录念到这些为止

class Step(NamedTuple):
    """How one kind of entry is held. A field with ! must say something, one with $ is money (分)."""

    roles: set[str]
    fields: list[str]
    when: tuple[str, ...]  # the states of its meeting and vote, or the phases of its matter, in which it may happen
    hold: Callable[..., None]

STEPS: dict[str, Step] = {}

def step(kind: str, roles: set[str], fields: str, *when: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Say that the function below holds entries of that kind."""
    def known(hold: Callable[..., None]) -> Callable[..., None]:
        STEPS[kind] = Step(roles, fields.split(), when, hold)
        return hold
    return known

# --- the village: its rules, its catalogue, corrections of its record
@step("VillageFounded", ADMIN, "village! name! township office_phone portal_url purpose")
def _founded(record: Record, _event: Json) -> None:
    record.owed = [*({"kind": "RowChanged"} for _ in ROWS), {"kind": "PeriodsChanged"}]

@step("RowChanged", ADMIN, "row basis! approver")
def _row_changed(record: Record, event: Json) -> None:
    row = event["row"]
    law, low = ROWS[row["id"]], f"规则行 {row['id']} 低于法律规定："
    need(not record.owing or row["id"] not in record.rows, MISSED["RowChanged"])
    need(record.owing or event["approver"].strip(), "没有写明谁批准")
    need((row["body"], row["stage"]) == (law.body, law.stage), "规则行换了会议或环节")
    need(row["by_household"] is (law.body in BY_HOUSEHOLD), "规则行换了按人还是按户")
    answers = (APPRAISAL, APPRAISAL[-1]) if row["id"] == "appraisal" else (MOTION, MOTION[0])
    need((row["options"], row["decisive"]) == answers, "规则行换了选项")
    need(row["contest"] is (row["id"] in CONTESTS), "规则行换了是不是推选")
    need(row["returns_to"] in DELIBERATIONS[: DELIBERATIONS.index(law.stage) + 1], "规则行退回的环节不对")
    parts = ("quorum", "majority", "notice", "voters", *(["women"] if row["women"] else []))
    need(all(row[f"{part}_basis"].strip() for part in parts), "规则行没有写明依据")
    based = row["majority_base"] in {"present", "entitled"} and type(row["recused_leave"]) is bool
    need(based, "规则行的计算基数写错了")
    need(type(row["notice_days"]) is int and row["notice_days"] in NOTICE, "规则行的通知天数写错了")
    need(set(row["voters"]) in law.voters and len(row["voters"]) == len(set(row["voters"])), f"{low}表决权人")
    need(not is_laxer(share_of(row["quorum"]), law.quorum), f"{low}到会人数")
    need(not is_laxer(share_of(row["majority"]), law.majority), f"{low}通过票数")
    need(not law.of_all or row["majority_base"] == "entitled", f"{low}计算基数")
    need(type(row["proxies"]) is int and 0 <= row["proxies"] <= law.proxies, f"{low}委托")
    need(bool(row["proxies"]) is bool(row["proxies_basis"]), "规则行的委托与依据对不上")
    need(row["notice_days"] >= (law.notice or 0), f"{low}通知天数")
    need(law.notice is None or law.urgent or not row["urgent_notice"], f"{low}临时通知")
    need(not is_laxer(share_of(row["women"]) if row["women"] else (0, 1, True), law.women), f"{low}妇女比例")
    record.rows[row["id"]] = row

@step("PeriodsChanged", ADMIN, "periods basis! approver")
def _periods_changed(record: Record, event: Json) -> None:
    periods = event["periods"]
    need(record.owing or event["approver"].strip(), "没有写明谁批准")
    need(periods["public_days"] >= DAYS_PUBLIC, f"公示期 {periods['public_days']} 天，不足 {DAYS_PUBLIC} 天")
    need(all(low <= periods[name] <= high for name, (low, high) in PERIODS.items()), "期限超出允许的范围")
    need(periods["film_years"] <= periods["major_film_years"], "重大、有争议的录像保存得比一般的短")
    record.periods = periods

@step("CatalogueAdopted", ADMIN, "catalogue digest basis! approver!")
def _catalogue_adopted(record: Record, event: Json) -> None:
    catalogue, kinds = event["catalogue"], event["catalogue"]["kinds"]
    need(catalogue["name"].strip() and catalogue["version"].strip(), "事项清单没有名称或版本")
    need(event["digest"] == hashlib.sha256(canonical(catalogue)).hexdigest(), "事项清单的校验值与内容不符")
    need(all(len({kind[key] for kind in kinds}) == len(kinds) for key in ("id", "name")), "事项清单里有重复的类别")
    for kind in kinds:
        need(kind["id"].strip() and kind["name"].strip() and kind["basis"].strip(), "事项清单里有空着的内容")
        if not kind["forbidden"].strip():
            _hold_kind(kind, set(kind["rows"]), f"事项清单“{kind['name']}”")
    record.kinds = {kind["id"]: kind for kind in kinds}

def _hold_kind(kind: Json, rows: set[str], name: str) -> None:
    barred, stages = {bar["row"] for bar in kind["bars"] if bar["basis"].strip()}, kind["stages"]
    bound = [limit for limit in LIMITS if _falls_under(kind, *limit[:-1])]
    need(rows and all(rows <= limit[-1] for limit in bound), f"{name}由无权的会议决定")
    deciding = [row for row in kind["rows"] if ROWS[row].stage == "decision"]
    need(sorted(deciding) == sorted(rows), f"{name}决议规则不对")
    need(not rows & barred and len(barred) == len(kind["bars"]), f"{name}禁止的规则不对")
    ordered = stages == [stage for stage in DELIBERATIONS if stage in stages]
    need(ordered and "decision" in stages, f"{name}环节不对")
    of_group = {row for row in rows if ROWS[row].body in OF_GROUP}
    need("proposal" in stages or rows <= of_group | ONLY_FOR_ITS_KINDS, f"{name}没有经村党组织提议")
    mandated = any(limit[0] == MANDATED for limit in bound) and rows & BY_MANDATE
    need(not mandated or kind["mandate"], f"{name}没有要求村民会议授权")
    special = rows & ONLY_FOR_ITS_KINDS
    need(all(any(limit[-1] == {row} for limit in bound) for row in special), f"{name}不是民主评议，也不是推选")
    need(kind["group"] or not of_group, f"{name}不是村民小组的事")
    need("review" in stages or not kind["review"], f"{name}合法性审查没有位置")
    need(set(kind["papers"]) >= {"会议记录", "决议公示", "村务监督意见书"}, f"{name}缺少应有的文书")

def _falls_under(kind: Json, ids: str, law: str, articles: str, items: str) -> bool:
    for citation in kind["basis"].split("；"):
        if law and law in citation and re.search(articles, citation):
            cited = re.findall("第([一二三四五六七八九十]+)项", citation)
            whole = not cited and not re.search("第[二三四五]款", citation)
            if not items or whole or set(cited) & set(items.split()):
                return True
    return kind["id"] in ids.split()

@step("ClipAudienceChanged", ADMIN, "audience basis! approver!")
def _clip_audience_changed(_record: Record, event: Json) -> None:
    need(event["audience"] in {"hall_network", "officers", "public"}, "录像给谁看写错了")

@step("PhonesChanged", ADMIN, "township_phone supervision_phone basis! approver!")
def _phones_changed(_record: Record, event: Json) -> None:
    phones = event["township_phone"], event["supervision_phone"]
    need(all(OFFICE_PHONE.fullmatch(phone) for phone in phones), "公示的电话不是办公电话")

@step("SigningKeyAdopted", MACHINE, "certificate! sha256!")
def _signing_key_adopted(_record: Record, event: Json) -> None:
    try:
        certificate = base64.b64decode(event["certificate"], validate=True)
    except ValueError as error:
        raise Wrong("签名证书读不懂") from error
    need(hashlib.sha256(certificate).hexdigest() == event["sha256"], "签名证书的指纹与证书不符")

@step("CorrectionProposed", CONSOLE, "correction seq ground! statement!")
def _correction_proposed(record: Record, event: Json) -> None:
    need(event["correction"] not in record.corrections, "更正重复")
    need(1 <= event["seq"] <= len(record.events), "所更正的那一条不存在")
    record.corrections[event["correction"]] = {"by": record.actor, "stands": False}

@step("CorrectionConfirmed", CONSOLE | SUPERVISOR, "correction")
def _correction_confirmed(record: Record, event: Json) -> None:
    correction = record.corrections.get(event["correction"], {"stands": True})
    need(not correction["stands"], "没有这个更正，或已经复核")
    need(correction["by"] not in {None, record.person()}, "更正应由两名干部经手，这里是同一个人")
    correction["stands"] = True

# --- needs and emergencies
@step("NeedFiled", ANYBODY, "need year number standing author! text! supporters of due")
def _need_filed(record: Record, event: Json) -> None:
    year, share = record.day.year, JOINT.get(event["standing"])
    number = 1 + sum(need["year"] == year for need in record.needs.values())
    need(event["need"] not in record.needs, "需求重复")
    need((event["year"], event["number"]) == (year, number), "需求编号不连续")
    need(not share or reaches(event["supporters"], event["of"], share), "联名人数不够")
    _need_due_day(record, event, "need_days")
    record.needs[event["need"]] = {"year": year, "settled": False}

def _need_due_day(record: Record, event: Json, period: str) -> date:
    due = record.day + timedelta(record.periods[period])
    need(event["due"] == due.isoformat(), f"答复期限应为 {due}")
    return due

@step("NeedAnswered", CONSOLE, "need answer!")
def _need_settled(record: Record, event: Json) -> None:
    need(not record.needs.get(event["need"], {"settled": True})["settled"], "没有这个需求，或已经答复")
    record.needs[event["need"]]["settled"] = True

@step("EmergencyDeclared", CONSOLE, "emergency ground! measures!")
def _emergency_declared(record: Record, event: Json) -> None:
    need(event["emergency"] not in record.emergencies, "应急处置重复")
    record.emergencies[event["emergency"]] = {"by": {record.actor}, "signed": [], "told": False}

@step("EmergencyCountersigned", CONSOLE, "emergency")
@step("EmergencyWitnessed", SUPERVISOR, "emergency statement!")
def _emergency_signed(record: Record, event: Json) -> None:
    emergency = record.emergencies[event["emergency"]]
    need(event["kind"] not in emergency["signed"], "这件应急处置已经签过")
    need(record.person() not in emergency["by"], "应急处置应由不同的人签字，这里是同一个人")
    emergency["signed"].append(event["kind"])
    emergency["by"].add(record.person())

@step("EmergencyReported", CONSOLE, "meeting emergency", SITTING, PAUSED)
def _emergency_reported(record: Record, event: Json, meeting: Meeting) -> None:
    emergency = record.emergencies[event["emergency"]]
    need(meeting.body in TOLD, "应急处置应向村民代表会议或村民会议通报")
    signed = sorted(emergency["signed"]) == ["EmergencyCountersigned", "EmergencyWitnessed"]
    need(signed and None not in emergency["by"], "应急处置没有双签和见证")
    need(not emergency["told"], "这件应急处置已经通报")
    emergency["told"] = True

# --- matters: raised, reviewed, returned, ended, archived
@step("MatterRaised", CONSOLE, "matter number kind_id row title! origin group amount_fen$ proposal for_means! "
      "against_means! mandate needs appraised contest")
def _raised(record: Record, event: Json) -> None:
    need(event["matter"] not in record.matters and event["number"] == len(record.matters) + 1, "事项序号不连续")
    need(event["kind_id"] in record.kinds, "事项清单里没有这一类")
    kind, row = record.kinds[event["kind_id"]], event["row"]
    need(not kind["forbidden"], f"法律禁止这类事项：{kind['forbidden']}")
    need(row in kind["rows"] and all(bar["row"] != row for bar in kind["bars"]), "这类事项不能按这一规则决定")
    asks = kind["mandate"] and ROWS[row].body == "representatives"
    need(not asks or event["mandate"].strip(), "没有村民会议的授权")
    need(not kind["group"] or event["group"] > 0, "没有写明村民小组")
    need(row != "appraisal" or event["appraised"], "没有写明评议谁")
    _hold_contest(event["contest"], row)
    need(event["proposal"] and all(line.strip() for line in event["proposal"]), "没有方案")
    for name in event["needs"]:
        _need_settled(record, {"need": name})
    mine = (event["kind_id"], event["title"].strip())
    ended = [m.ended for m in record.matters.values() if m.ended and (m.kind["id"], m.title.strip()) == mine]
    rest = timedelta(record.periods["pause_days"])
    need(all(record.day >= day + rest for day in ended), "没有到再议的日子")
    record.matters[event["matter"]] = Matter(event, kind)

def _hold_contest(contest: Json | None, row: str) -> None:
    """推选: candidates stand where a row chooses among them, and nowhere else."""
    need((contest is not None) is (row in CONTESTS), "推选没有候选人，或别的事项有候选人")
    if contest is not None:
        candidates, places = contest["candidates"], contest["places"]
        people = {candidate["person"] for candidate in candidates}
        need(contest.keys() == {"candidates", "places"}, "字段不对")
        need(all(c.keys() == {"person", "name"} and c["name"].strip() for c in candidates), "候选人没有写明姓名")
        need(0 < len(people) == len(candidates) <= len(NUMBERS), "候选人列了两次，没有，或太多")
        need(type(places) is int and 1 <= places <= len(people), "名额不对")

@step("ReviewRecorded", CONSOLE, "matter reviewer! favourable opinion! attachment", DELIBERATING)
def _reviewed(_record: Record, event: Json, matter: Matter) -> None:
    need(matter.due == matter.gate, "没有到合法性审查的环节")
    matter.reviews.append({"favourable": event["favourable"], "aside": False})

@step("ProposalRevised", CONSOLE, "matter proposal why!", DELIBERATING)
def _revised(_record: Record, event: Json, matter: Matter) -> None:
    need(event["proposal"] and event["proposal"] != matter.proposal, "方案没有改动")
    need(all(line.strip() for line in event["proposal"]), "方案里有空着的内容")
    matter.proposal = event["proposal"]

@step("MatterReturned", CONSOLE, "matter to ground!", *GOING)
def _returned(record: Record, event: Json, matter: Matter) -> None:
    latest = _returns_to(record, matter)
    need(latest, "没有退回的理由：没有被否决，没有成立的异议，审查没有不同意")
    early = STAGES.index(event["to"]) <= STAGES.index(latest)
    need(event["to"] in matter.kind["stages"] and early, "退回的环节不对")
    matter.go_back(event["to"])
    for review in matter.reviews:
        review["aside"] = True

def _returns_to(record: Record, matter: Matter) -> str:
    """The latest stage to which the matter may go back now; empty where nothing sends it back."""
    upheld = [o for o in record.objections.values() if o["matter"] == matter.id and o["upheld"]]
    objected = matter.decision and any(o["at"] >= matter.decision["at"] for o in upheld)
    stages = matter.kind["stages"]
    if matter.phase == DEFEATED or objected:
        named = STAGES.index(matter.stand[-1]["returns_to"])
        return str(([stage for stage in stages if STAGES.index(stage) <= named] or stages[:1])[-1])
    refused = matter.due == matter.gate and matter.review and not matter.review["favourable"]
    return (matter.passed or [matter.gate])[-1] if refused else ""

@step("MatterEnded", CONSOLE, "matter ground!", DELIBERATING, DEFEATED)
def _ended(record: Record, _event: Json, matter: Matter) -> None:
    matter.ended = record.day

@step("MatterSentToAssembly", CONSOLE, "matter row ground!", DEFEATED)
def _sent_up(_record: Record, event: Json, matter: Matter) -> None:
    above, barred = ABOVE.get(matter.row, []), {bar["row"] for bar in matter.kind["bars"]}
    named, free = [r for r in above if r in matter.kind["rows"]], [r for r in above if r not in barred]
    need(matter.decision and [event["row"]] == (named or free)[:1], "不能提交到这样的村民会议")
    matter.go_back("decision")
    matter.row = event["row"]

@step("OpinionFiled", SUPERVISOR, "matter stage favourable text!", *NOT_ARCHIVED)
def _opined(_record: Record, event: Json, matter: Matter) -> None:
    need(event["stage"] in matter.reached(), "还没有办到这个环节")
    need(not matter.has_opinion(event["stage"]), "这个环节已有监督意见")
    matter.opinions.append({"stage": event["stage"], "aside": False})

@step("MatterArchived", CONSOLE, "matter", DEFEATED, DONE, ENDED)
def _archived(record: Record, _event: Json, matter: Matter) -> None:
    public = {publication["vote"] for publication in matter.published}
    decided = [vote for vote in matter.votes if vote["stage"] == "decision" and not vote["void"]]
    open_ = [o for o in record.objections.values() if o["matter"] == matter.id and not o["answered"]]
    need(all(record.day > publication["last"] for publication in matter.published), "公示没有期满就归档")
    need(all(vote["vote"] in public for vote in decided), "决议没有公开就归档")
    need(not open_, "异议没有答复就归档")
    need(all(matter.has_opinion(stage) for stage in matter.reached()), "缺少监督意见就归档")
    resolutions = [paper[-1] for paper in record.papers if paper[:2] == (matter.id, "resolution")]
    signed = not resolutions or (matter.id, "resolution", max(resolutions)) in record.sheets
    need(signed, "决议书的签字页没有收回就归档")
    matter.archived = True

# --- meetings: called, attended, opened, paused, ended
@step("MeetingConvened", CONSOLE, "meeting body group ordinal place! starts_at agenda seats exclusions urgent_ground "
      "follows leader")
def _convened(record: Record, event: Json) -> None:
    body, group, row = event["body"], event["group"], record.rows[event["body"]]
    matters = [record.matter(item["matter"]) for item in event["agenda"]]
    rows = {matter.id: record.rows[matter.row_at(row["stage"])] for matter in matters}
    same = [m for m in record.meetings.values() if (m.body, m.event["group"]) == (body, group)]
    need(event["meeting"] not in record.meetings and event["ordinal"] == len(same) + 1, "会议次数不连续")
    need(matters and len(rows) == len(matters), "没有议题，或同一议题列了两次")
    need(all(group == (m.group if body in OF_GROUP else 0) for m in matters), "村民小组不对")
    _hold_seats(event, event["seats"], row)
    _hold_exclusions(record, event["exclusions"], {seat["person"] for seat in event["seats"]})
    meeting = Meeting(event, row, rows)
    if event["follows"] is None:
        need(event["leader"] is None, "不是合并召开，却写了主持人")
        for matter in matters:
            record.need_due(matter, meeting)
    else:
        _hold_joint_sitting(record.meeting(event["follows"], CALLED, SITTING, PAUSED), meeting, matters)
    _hold_notice(record, event, [row, *rows.values()])
    record.meetings[meeting.id] = meeting

def _hold_seats(event: Json, seats: list[Json], row: Json) -> None:
    need(len({seat["person"] for seat in seats}) == len(seats), "同一人列了两次")
    for seat in seats:
        observes = row["by_household"] and seat["votes"] is False  # the others of a household
        need(observes or seat["votes"] is (seat["capacity"] in row["voters"]), "表决权与身份不符")
        told = seat["capacity"] != "township_officer" or seat.get("post", "-").strip()  # older entries have no posts
        need(told, "乡镇参会人员没有写职务")
    voting = [seat for seat in seats if seat["votes"]]
    need(voting, "没有人有表决权")
    ours = all(seat["group"] == event["group"] for seat in voting)
    need(ours or event["body"] not in OF_GROUP, "有表决权的人不是本村民小组的")
    households = {seat["household"] for seat in voting} - {""}
    need(not row["by_household"] or len(households) == len(voting), "一户有了两张票")

def _hold_exclusions(record: Record, excluded: list[Json], seated: set[str]) -> None:
    need(record.periods["exclusions"] or not excluded, "本村没有不计入应到的规定")
    need(all(e["ground"].strip() and e["basis"].strip() for e in excluded), "不计入应到没有写明理由和依据")
    people = seated | {e["person"] for e in excluded}
    need(len(people) == len(seated) + len(excluded), "不计入应到的人列了两次，或也列了座")

def _hold_joint_sitting(first: Meeting, meeting: Meeting, matters: list[Matter]) -> None:
    """两会合并召开: both committees in one sitting, on the same matters, led by one person who sits in both."""
    need((first.body, meeting.body) == ("party_committee", "two_committees"), "这两个会议不能合并召开")
    together = all(first.event[key] == meeting.event[key] for key in ("starts_at", "place"))
    need(together, "合并召开的时间、地点应相同")
    for matter in matters:
        shared = matter.id in first.order and matter.due == "proposal"
        need(shared and matter.kind["stages"][:2] == DELIBERATIONS[:2], "这个议题不能合并召开")
    need(meeting.event["leader"] in {*first.roll}.intersection(meeting.roll), "合并召开应由一肩挑的人主持")

def _hold_notice(record: Record, event: Json, rows: list[Json]) -> None:
    days, least = (day_of(event["starts_at"]) - record.day).days, max(row["notice_days"] for row in rows)
    urgent = event["urgent_ground"].strip()
    need(event["starts_at"] >= record.at, "开会时间早于通知")
    need(not urgent or all(row["urgent_notice"] for row in rows), "这个会议不能临时通知")
    need(urgent or days >= least, f"只提前 {days} 天通知，应为 {least} 天")

@step("NoticeServed", CONSOLE, "meeting people means", CALLED)
def _served(_record: Record, event: Json, meeting: Meeting) -> None:
    need(meeting.seats.keys() >= {*event["people"]}, "通知的人不在名单上")

@step("MeetingCalledOff", CONSOLE, "meeting ground!", CALLED)
def _called_off(_record: Record, _event: Json, meeting: Meeting) -> None:
    meeting.state = "已取消"

@step("MeetingInquorate", CONSOLE, "meeting entitled present", CALLED)
def _inquorate(record: Record, event: Json, meeting: Meeting) -> None:
    need(record.at >= meeting.event["starts_at"], "没有到开会时间就流会")
    need(not meeting.quorate(meeting.row), "到会人数够了，不是流会")
    counted = (len(meeting.roll), len(meeting.present()))
    need((event["entitled"], event["present"]) == counted, "应到、到会人数与签到不符")
    meeting.state = "流会"

@step("CheckedIn", DOOR, "meeting person", CALLED, SITTING, PAUSED)
def _checked_in(record: Record, event: Json, meeting: Meeting) -> None:
    need(record.day >= day_of(meeting.event["starts_at"]), "签到早于开会那天")
    begun = meeting.state in {SITTING, PAUSED}
    need(begun or record.day == day_of(meeting.event["starts_at"]), "通知的那天过去了还在签到")
    need(event["person"] in meeting.seats.keys() - meeting.here, "签到的人不在名单上，或已经签到")
    meeting.here.add(event["person"])
    _owe_turn(record, meeting, "MeetingResumed", meeting.state == PAUSED and meeting.quorate(meeting.row))

@step("CheckedOut", DOOR, "meeting person", CALLED, SITTING, PAUSED)
def _checked_out(record: Record, event: Json, meeting: Meeting) -> None:
    need(event["person"] in meeting.here, "离场的人没有签到")
    meeting.here.remove(event["person"])
    meeting.speaker = "" if meeting.speaker == event["person"] else meeting.speaker
    _owe_turn(record, meeting, "MeetingPaused", meeting.state == SITTING and not meeting.quorate(meeting.row))

@step("ProxyGiven", DOOR, "meeting principal proxy household! attachment", CALLED, SITTING, PAUSED)
def _represented(record: Record, event: Json, meeting: Meeting) -> None:
    principal, proxy, most = event["principal"], event["proxy"], meeting.row["proxies"]
    need(most, "这个会议不能委托")
    need(principal in meeting.roll and proxy in meeting.roll, "委托的两个人应当都有表决权")
    need(principal != proxy, "自己委托了自己")
    need(principal not in meeting.here, "委托人自己到了会")
    need(principal not in meeting.proxies, "同一人委托了两次")
    need(proxy not in meeting.proxies, "受托人自己也委托了别人")
    need([*meeting.proxies.values()].count(proxy) < most, f"一个人受的委托多于 {most} 份")
    letter = event["attachment"]
    need(letter.keys() == {"name", "sha256", "size_bytes"} and letter["sha256"], "没有附上委托书")
    meeting.proxies[principal] = proxy
    _owe_turn(record, meeting, "MeetingResumed", meeting.state == PAUSED and meeting.quorate(meeting.row))

def _owe_turn(record: Record, meeting: Meeting, kind: str, is_due: object) -> None:
    turn = {"kind": kind, "meeting": meeting.id, "present": len(meeting.present())}
    record.owed = [turn] if is_due else []

@step("MeetingPaused", DOOR, "meeting present", SITTING)
@step("MeetingResumed", DOOR, "meeting present", PAUSED)
def _turned(record: Record, event: Json, meeting: Meeting) -> None:
    need(record.owing, "法定人数没有变化，会议不应暂停或恢复")
    meeting.state = PAUSED if event["kind"] == "MeetingPaused" else SITTING

@step("MeetingOpened", CONSOLE, "meeting roll present closed_before", CALLED)
def _opened(record: Record, event: Json, meeting: Meeting) -> None:
    need(all(m.state not in {SITTING, PAUSED} for m in record.meetings.values()), "另一个会议还没有散会")
    need(record.day == day_of(meeting.event["starts_at"]), "不是在通知的那天开会")
    if meeting.event["follows"] is not None:
        record.meeting(meeting.event["follows"], ADJOURNED)
    need(event["roll"] == meeting.roll, "应到名单与有表决权的人不符")
    meeting.need_quorum(meeting.row)
    need(event["present"] == len(meeting.present()), "到会人数与签到不符")
    need(event.get("closed_before", record.closing) == record.closing, "写的上次散会校验码不是上次散会的那一条")
    need(all(meeting.witness.values()) or meeting.accepted, "校验码对不上，监委会没有签名就开会")
    need(not meeting.film_is_short() or meeting.short_accepted, "磁盘录不完这次会议，主持人没有同意就开会")
    meeting.state, meeting.promised, meeting.opened = SITTING, record.periods, record.at

@step("MeetingAdjourned", CONSOLE, "meeting", SITTING, PAUSED)
def _adjourned(record: Record, _event: Json, meeting: Meeting) -> None:
    need(not meeting.open_vote(), "表决没有结束就散会")
    need(not any(_differs(vote) and not vote["settled"] for vote in meeting.votes.values() if vote["state"] != VOID),
         "几种点票不一致，没有说明就散会")
    told = all(emergency["told"] for emergency in record.emergencies.values())
    need(told or meeting.body not in TOLD, "应急处置没有通报就散会")
    meeting.state, meeting.over, meeting.adjourned = ADJOURNED, record.day, record.at
    decided = [v for v in meeting.votes.values() if v["stage"] == "decision" and v["state"] != VOID]
    owed = {"kind": "PublicationOpened", "stage": RESOLUTION, "meeting": meeting.id}
    record.owed = [{**owed, "vote": vote["vote"], "matter": name} for vote in decided for name in vote["matters"]]

@step("NotePinned", SUPERVISOR, "meeting number moment text!", SITTING, PAUSED, ADJOURNED)
def _pinned(record: Record, event: Json, meeting: Meeting) -> None:
    day_of(event["moment"])
    need(meeting.opened <= event["moment"] <= (meeting.adjourned or record.at), "监督批注的时刻不在会议里")
    meeting.notes += 1
    need(event["number"] == meeting.notes, "监督批注的编号不连续")

# --- the minutes, and what witnesses the journal
@step("MinutesNoted", {"secretary"}, "meeting recorder number matter text! strikes", SITTING, PAUSED)
def _noted(record: Record, event: Json, meeting: Meeting) -> None:
    notes, struck = meeting.minuted, event["strikes"]
    record.need_own(event["recorder"], "会议记录不是本人添的")
    need(event["matter"] in {None, *meeting.order}, "议程里没有这个事项")
    need(meeting.approved != meeting.business, "会议记录通过以后又添了内容")
    need(event["number"] == len(notes) + 1 and 0 <= struck <= len(notes), "会议记录的编号不对")
    need(not struck or notes[struck - 1] == event["matter"], "改的不是这一项还有效的那一条")
    notes[struck - 1 : struck] = [False] if struck else []
    notes.append(event["matter"])

@step("MinutesRead", {"secretary"}, "meeting recorder seq digest", SITTING)
@step("MinutesApproved", {"chair"}, "meeting chair seq digest", SITTING)
def _minuted(record: Record, event: Json, meeting: Meeting) -> None:
    reads, head = event["kind"] == "MinutesRead", {"seq": event["seq"], "digest": event["digest"]}
    record.need_own(event["recorder" if reads else "chair"], "会议记录不是本人签的")
    need(not meeting.open_vote() and head == meeting.business, "念的、通过的不是到最后一项内容为止的会议记录")
    need(reads or meeting.read[0] == head, "会议记录没有念过就通过")
    need(reads or meeting.read[1] != record.person(), "念的和宣布通过的是同一个人")
    meeting.read = (head, record.person()) if reads else meeting.read
    meeting.approved = meeting.approved if reads else head

@step("SignedPaperCompared", CONSOLE | SUPERVISOR, "meeting seq digest agrees", CALLED)
@step("StickCompared", MACHINE, "meeting seq digest agrees", CALLED)
def _compared(record: Record, event: Json, meeting: Meeting) -> None:
    head, paper = {"seq": event["seq"], "digest": event["digest"]}, event["kind"] == "SignedPaperCompared"
    known = 0 < head["seq"] < record.seq and record.digests[head["seq"]] == head["digest"]
    need(not paper or head == record.closing, "对照的不是上次散会的校验码")
    need(type(event["agrees"]) is bool and (paper or event["agrees"] is known), "U盘上的校验码核对得不对")
    meeting.witness[event["kind"]] = event["agrees"]
    meeting.accepted = meeting.accepted and event["agrees"]

@step("RecordDifferenceAccepted", SUPERVISOR, "meeting supervisor ground!", CALLED)
def _difference_accepted(record: Record, event: Json, meeting: Meeting) -> None:
    record.need_own(event["supervisor"], "不是监委会成员本人签的")
    need(not all(meeting.witness.values()) and not meeting.accepted, "没有对不上的校验码")
    meeting.accepted = True

# --- the floor
@step("ItemTaken", CONSOLE, "meeting matter", SITTING)
@step("AgendaReordered", CONSOLE, "meeting matters", SITTING)
@step("FloorRequested", DOOR, "meeting person", SITTING)
@step("FloorGiven", CONSOLE, "meeting person seconds", SITTING)
@step("SpeechEnded", CONSOLE, "meeting person", SITTING, PAUSED)
def _floor(_record: Record, event: Json, meeting: Meeting) -> None:
    kind, person = event["kind"], event.get("person")
    need(person in {None, *meeting.here}, "发言的人不在场")
    need(event.get("seconds", SPEECH[0]) in SPEECH, "发言时间不对")
    need(kind != "FloorGiven" or not meeting.speaker, "有人正在发言")
    need(kind != "SpeechEnded" or (person and person == meeting.speaker), "没有这个人的发言")
    need(sorted(event.get("matters", meeting.order)) == sorted(meeting.order), "调整后的议程与原来的议题不同")
    need(kind != "ItemTaken" or not meeting.open_vote(), "正在表决，不能换议题")
    if kind == "ItemTaken":
        meeting.need_undecided(event["matter"])
    meeting.speaker = str(person) if kind == "FloorGiven" else "" if kind == "SpeechEnded" else meeting.speaker

@step("ProposalAmended", CONSOLE, "meeting matter mover proposal", SITTING)
def _amended(record: Record, event: Json, meeting: Meeting) -> None:
    matter = record.matter(event["matter"])
    meeting.need_undecided(matter.id)
    record.need_due(matter, meeting)
    need(event["mover"] in meeting.present(), "提出修改的人没有表决权，或不在场")
    need(matter.id not in meeting.amended, "同一方案在会上改了两次")
    meeting.amended.add(matter.id)
    _revised(record, event, matter)

@step("ItemTakenOutOfConsent", CONSOLE, "meeting matter person", SITTING)
def _taken_out(_record: Record, event: Json, meeting: Meeting) -> None:
    meeting.need_undecided(event["matter"])
    need(event["person"] in meeting.present(), "提出的人没有表决权，或不在场")
    need(event["matter"] in meeting.consent, "这个议题本来就单独表决")
    meeting.consent.remove(event["matter"])

# --- votes
@step("RecusalDeclared", CONSOLE, "meeting matter person ground!", CALLED, SITTING)
def _recused(_record: Record, event: Json, meeting: Meeting) -> None:
    aside = (event["matter"], event["person"])
    meeting.need_undecided(event["matter"])
    need(event["person"] in meeting.roll and aside not in meeting.recusals, "回避的人没有表决权，或已经回避")
    meeting.recusals.add(aside)

@step("VoteOpened", CONSOLE, "meeting matters stage vote electorate recused method running_tally revisable contest",
      SITTING)
def _vote_opened(record: Record, event: Json, meeting: Meeting) -> None:
    listed, vote, present, method = event["matters"], event["vote"], meeting.present(), event["method"]
    need(listed and len(set(listed)) == len(listed), "没有议题，或同一议题列了两次")
    need(not meeting.open_vote(), "上一次表决没有结束")
    need(all(vote not in other.votes for other in record.meetings.values()), "表决重复")
    need(event["stage"] == meeting.stage, "阶段次序不对")
    for name in listed:
        meeting.need_undecided(name)
        record.need_due(record.matter(name), meeting)
    row = meeting.rows[listed[0]]
    meeting.need_quorum(row)
    need(event["electorate"] == present, "表决人名单与到会且有表决权的人不符")
    recused = sorted(person for name, person in meeting.recusals if name in listed and person in present)
    need(event["recused"] == recused, "回避名单与声明不符")
    contest = record.matters[listed[0]].contest if row["contest"] else None
    need(event["contest"] == contest, "候选人或名额与立项时的不同")
    one_rule = len({meeting.rows[name]["id"] for name in listed}) == 1 and not contest
    need(not listed[1:] or (meeting.consent >= {*listed} and one_rule and not recused), "这些议题不能合并表决")
    live, revisable = event["running_tally"], event["revisable"]
    need(method in METHODS and type(live) is bool and type(revisable) is bool, "表决方式写错了")
    need(live or method != "open", "当场公开的表决没有显示票数")
    need(method != "secret" or not (live or revisable), "无记名表决不能显示票数，也不能改票")
    need(method != "secret" or len(present) - len(recused) >= FEWEST, f"能表决的不足 {FEWEST} 人，不能无记名")
    meeting.votes[vote] = {
        **event, "row": row, "state": OPEN, "ballots": {}, "channels": {}, "note": None, "hands": {}, "box": [],
        "batch": "", "printed": 0, "holders": set(), "spoiled": 0, "returned": None, "readings": [], "witness": "",
        "checks": {}, "explained": "", "settled": False, "options": row["options"], "names": CHOICES,
    }
    if contest:
        names = {n: f"{n}号 {c['name']}" for n, c in zip(NUMBERS, contest["candidates"])}  # noqa: B905
        meeting.votes[vote].update(options=[*names, "abstain"], names=CHOICES | names)

NAMED, BOX_IS_OPEN = "无记名表决却记下了谁投什么", "开箱以后还在印票、发票、换票"

def _need_open_hands(vote: Json) -> None:
    need(vote["method"] != "secret", NAMED)
    need(not vote["contest"], "推选不能举手")

def _need_able(vote: Json, meeting: Meeting, person: str, *, again: bool = False) -> None:
    """Raise Wrong unless the person may vote now; `again`: his ballot may be there already."""
    need(person not in vote["recused"], "回避的人投了票")
    need(person in vote["electorate"] and person in meeting.inside(), "投票的人不是表决人，或已离场")
    need(person not in vote["holders"], "领了纸票的人又用别的方式投票，或领了两张")
    need(not vote["hands"], "点举手以后还有人投票")
    need(again or person not in vote["ballots"], "一个人投了两张票")

def _need_numbers(vote: Json, counts: list[Json]) -> int:
    """How many they are together. Raise Wrong unless there is a number for each answer, in order."""
    need([count["choice"] for count in counts] == vote["options"], "不认识的表决意见")
    need(all(count.keys() == {"choice", "count"} for count in counts), "字段不对")
    need(all(type(count["count"]) is int and count["count"] >= 0 for count in counts), "票数应是不小于零的整数")
    return sum(count["count"] for count in counts)

def _need_answer(vote: Json, answer: list[str]) -> None:
    """Raise Wrong unless a ballot may say this: one answer, or as many candidates as there are places (推选)."""
    known = [option for option in vote["options"] if option in answer]
    need(answer and answer == known, "不认识的表决意见")
    most = vote["contest"]["places"] if vote["contest"] and "abstain" not in answer else 1
    need(len(answer) <= most, f"一张票上最多只能有 {most} 项")

@step("BallotCast", {"voter"}, "meeting vote person answer channel", SITTING, OPEN)
def _ballot(record: Record, event: Json, meeting: Meeting, vote: Json) -> None:
    person = event["person"]
    need(vote["method"] != "secret", NAMED)
    record.need_own(person, "不是本人投的票")
    _need_able(vote, meeting, person)
    _take(vote, person, event["answer"], event["channel"], BY_HIMSELF)

@step("BallotChanged", {"voter"}, "meeting vote person was answer channel", SITTING, OPEN)
def _ballot_changed(record: Record, event: Json, meeting: Meeting, vote: Json) -> None:
    person = event["person"]
    need(vote["method"] != "secret", NAMED)
    record.need_own(person, "不是本人改的票")
    _need_able(vote, meeting, person, again=True)
    need(vote["revisable"], "这次表决不能改票")
    need(vote["channels"].get(person) in BY_HIMSELF, "没有自己投过票，不能改票")
    need(vote["ballots"][person] == event["was"] != event["answer"], "改票以前的意见与记录不符")
    _take(vote, person, event["answer"], event["channel"], BY_HIMSELF)

def _take(vote: Json, person: str, answer: list[str], channel: str, channels: set[str]) -> None:
    _need_answer(vote, answer)
    need(channel in channels, "表决渠道不对")
    vote["ballots"][person], vote["channels"][person] = answer, channel

# --- raised hands: noted and confirmed by two people, or counted by two
@step("HandsNoted", DOOR, "meeting vote clerk hands", SITTING, OPEN)
def _hands_noted(record: Record, event: Json, meeting: Meeting, vote: Json) -> None:
    people = [hand["person"] for hand in event["hands"]]
    _need_open_hands(vote)
    record.need_own(event["clerk"], "不是本人记的举手")
    need(people and len(set(people)) == len(people), "举手的没有人，或同一人列了两次")
    _need_hands(vote, meeting, event["hands"])
    vote["note"] = event

def _need_hands(vote: Json, meeting: Meeting, hands: list[Json]) -> None:
    for hand in hands:
        _need_able(vote, meeting, hand["person"])
        _need_answer(vote, [hand["choice"]])
        need(hand.keys() == {"person", "choice"}, "字段不对")

@step("HandsConfirmed", COUNTING, "meeting vote witness", SITTING, OPEN)
def _hands_confirmed(record: Record, event: Json, meeting: Meeting, vote: Json) -> None:
    _need_open_hands(vote)
    record.need_own(event["witness"], "不是本人见证的举手")
    need(vote["note"], "没有要见证的举手名单")
    need(vote["note"]["clerk"] != event["witness"], "记举手和见证的应是两个人，这里是同一个人")
    _need_hands(vote, meeting, vote["note"]["hands"])
    for hand in vote["note"]["hands"]:
        _take(vote, hand["person"], [hand["choice"]], "hands_named", {*CHANNELS})
    vote["note"] = None

@step("HandsCounted", COUNTING, "meeting vote teller counts", SITTING, OPEN)
def _hands_counted(record: Record, event: Json, meeting: Meeting, vote: Json) -> None:
    teller = event["teller"]
    _need_open_hands(vote)
    record.need_own(teller, "不是本人点的举手")
    waiting = {*vote["electorate"]} - {*vote["recused"]} - vote["ballots"].keys() - vote["holders"]
    need(_need_numbers(vote, event["counts"]) <= len(waiting & meeting.inside()), "点到的举手比没有表决的人还多")
    need(teller in vote["hands"] or len(vote["hands"]) < TELLERS, "点举手的多于两个人")
    vote["hands"][teller] = event["counts"]

# --- paper ballots: 印制 = 发出 + 作废 + 剩余, 收回 ≤ 发出, 有效 + 无效 = 收回
@step("BallotPapersPrinted", DOOR, "meeting vote batch! first last", SITTING, OPEN)
def _papers_printed(_record: Record, event: Json, _meeting: Meeting, vote: Json) -> None:
    first, last = event["first"], event["last"]
    need(vote["returned"] is None, BOX_IS_OPEN)
    need(vote["batch"] in {"", event["batch"]}, "同一次表决印了两批纸票")
    need((type(first), type(last)) == (int, int) and vote["printed"] + 1 == first <= last, "纸票编号不连续")
    need(last <= len(vote["electorate"]) + SPARE, "纸票印得太多")
    vote["batch"], vote["printed"] = event["batch"], last

def _need_paper(vote: Json) -> None:
    need(vote["returned"] is None, BOX_IS_OPEN)
    need(vote["printed"] > len(vote["holders"]) + vote["spoiled"], "发出的纸票比印的还多")

@step("BallotPaperIssued", DOOR, "meeting vote person", SITTING, OPEN)
def _paper_issued(_record: Record, event: Json, meeting: Meeting, vote: Json) -> None:
    _need_paper(vote)
    _need_able(vote, meeting, event["person"])
    vote["holders"].add(event["person"])

@step("BallotPaperExchanged", DOOR, "meeting vote person", SITTING, OPEN)
def _paper_exchanged(_record: Record, event: Json, _meeting: Meeting, vote: Json) -> None:
    _need_paper(vote)
    need(event["person"] in vote["holders"], "没有领过纸票的人换了票")
    vote["spoiled"] += 1

@step("BallotPapersReturned", DOOR, "meeting vote returned", SITTING, OPEN)
def _papers_returned(_record: Record, event: Json, _meeting: Meeting, vote: Json) -> None:
    returned = event["returned"]
    need(vote["holders"] and not vote["readings"], "没有发过纸票，或已经开始唱票")
    need(type(returned) is int and 0 <= returned <= len(vote["holders"]), "收回的纸票比发出的还多")
    need(vote["method"] != "secret" or returned == 0 or returned >= FEWEST, f"无记名纸票不足 {FEWEST} 张")
    vote["returned"] = returned

@step("BallotPaperRead", DOOR, "meeting vote number answer", SITTING, OPEN)
def _paper_read(_record: Record, event: Json, _meeting: Meeting, vote: Json) -> None:
    place = len(vote["readings"]) + 1
    need(event["number"] == place <= (vote["returned"] or 0), "唱票的次序不对，或比收回的还多")
    if event["answer"] is not None:  # 废票
        _need_answer(vote, event["answer"])
    vote["readings"].append(event["answer"])

@step("ReadingTakenBack", DOOR, "meeting vote number", SITTING, OPEN)
def _taken_back(_record: Record, event: Json, _meeting: Meeting, vote: Json) -> None:
    need(vote["readings"] and event["number"] == len(vote["readings"]), "撤回的不是刚唱的那一张")
    vote["readings"].pop()

# --- the close: a secret box is opened by it, before a witness; everything is counted again
@step("ClosingWitnessed", SUPERVISOR, "meeting vote supervisor", SITTING, OPEN)
def _witnessed(record: Record, event: Json, _meeting: Meeting, vote: Json) -> None:
    record.need_own(event["supervisor"], "不是本人监督开箱")
    need(vote["method"] == "secret", "不是无记名表决，没有票箱")
    vote["witness"] = event["supervisor"]

@step("BoxOpened", CONSOLE, "meeting vote voters subtotals", SITTING, OPEN)
def _box_opened(record: Record, event: Json, meeting: Meeting, vote: Json) -> None:
    voters, boxed = event["voters"], event["subtotals"]
    need(vote["method"] == "secret", "不是无记名表决，没有票箱")
    need(voters and voters == sorted(set(voters)), "票箱里的投票人名单不对")
    able = {*vote["electorate"]} - {*vote["recused"]} - vote["holders"]
    need(able.issuperset(voters), "票箱里有不是表决人、回避或领了纸票的人")
    used = [subtotal["channel"] for subtotal in boxed]
    need(used == [channel for channel in CHANNELS if channel in used] and BY_HIMSELF.issuperset(used), "表决渠道不对")
    for subtotal in boxed:
        _hold_boxed(vote, subtotal)
    need(sum(s["cast"] for s in boxed) == len(voters), "票箱里的票数与投票人数不符")
    vote["box"] = boxed
    record.owed = [{"kind": "VoteClosed", "meeting": meeting.id, "vote": vote["vote"]}]

def _hold_boxed(vote: Json, subtotal: Json) -> None:
    """Raise Wrong unless there can be so many ballots that say this together."""
    said, cast, contest = _need_numbers(vote, subtotal["counts"]), subtotal["cast"], vote["contest"]
    need(subtotal.keys() == {"channel", "counts", "cast"} and type(cast) is int, "字段不对")
    possible = cast == said
    if contest:  # those who abstain name nobody, each of the others at least one, and nobody twice
        counts = {count["choice"]: count["count"] for count in subtotal["counts"]}
        naming = cast - counts.pop("abstain")
        possible = max(counts.values()) <= naming <= sum(counts.values()) <= naming * contest["places"]
    need(possible, "票箱里的票数与张数对不上")

def _subtotals(vote: Json) -> list[Json]:
    """Count again what came by each channel. Raise Wrong where something is only half counted."""
    need(not vote["note"], "举手名单还没有人见证")
    agreed = [*vote["hands"].values()]
    need(not agreed or (len(agreed) == TELLERS and agreed[0] == agreed[1]), "两个人点的举手不一致，或只有一个人点")
    need(vote["returned"] is not None or not vote["holders"], "发出的纸票没有开箱")
    need(len(vote["readings"]) == (vote["returned"] or 0), "纸票没有唱完")
    given: dict[str, list[list[str] | None]] = {"paper": vote["readings"]}
    for person, answer in vote["ballots"].items():
        given.setdefault(vote["channels"][person], []).append(answer)
    parts = [_subtotal(vote, channel, answers) for channel, answers in given.items() if answers]
    if agreed:
        cast = sum(count["count"] for count in agreed[0])
        parts.append({"channel": "hands_counted", "counts": agreed[0], "cast": cast})
    return sorted([*parts, *vote["box"]], key=lambda part: [*CHANNELS].index(part["channel"]))

def _subtotal(vote: Json, channel: str, answers: list[list[str] | None]) -> Json:
    valid = [answer for answer in answers if answer is not None]
    numbers = Counter(choice for answer in valid for choice in answer)
    return {"channel": channel, "counts": _numbers(vote, numbers), "cast": len(valid)}

def _numbers(vote: Json, given: Counter[str]) -> list[Json]:
    return [{"choice": option, "count": given[option]} for option in vote["options"]]

def _need_secret(vote: Json, subtotals: list[Json]) -> None:
    need(vote["witness"], "无记名表决没有监委会成员监督开箱")
    hidden = {"paper": vote["readings"].count(None)}  # 废票同样藏得住别人
    need(all(part["cast"] + hidden.get(part["channel"], 0) >= FEWEST for part in subtotals),
         f"无记名表决有渠道不足 {FEWEST} 张票")

def _outcome(vote: Json, counts: list[Json], base: int) -> tuple[bool, list[str]]:
    """Whether they carry (通过); whom they choose (当选): a majority, among the most, not level on the last place."""
    level, majority = {count["choice"]: count["count"] for count in counts}, share_of(vote["row"]["majority"])
    enough = [choice for choice in level if reaches(level[choice], base, majority)]
    if not vote["contest"]:
        return vote["row"]["decisive"] in enough, []
    able, places = [choice for choice in enough if choice in NUMBERS], vote["contest"]["places"]
    chosen = [choice for choice in able if sum(level[other] >= level[choice] for other in able) <= places]
    return bool(chosen), chosen

def _said(vote: Json, counts: list[Json]) -> str:
    return " ".join(f"{vote['names'][c['choice']]} {c['count']}" for c in counts)

@step("VoteClosed", CONSOLE, "meeting vote tally subtotals base carried chosen", SITTING, OPEN)
def _vote_closed(record: Record, event: Json, meeting: Meeting, vote: Json) -> None:
    row, present, entitled, parts = vote["row"], len(vote["electorate"]), len(meeting.roll), _subtotals(vote)
    if vote["method"] == "secret":
        _need_secret(vote, parts)
    sums: Counter[str] = sum((Counter({c["choice"]: c["count"] for c in s["counts"]}) for s in parts), Counter())
    counts, cast = _numbers(vote, sums), sum(s["cast"] for s in parts)
    unused, recused, invalid = present - cast, len(vote["recused"]), vote["readings"].count(None)
    ballots = f"，有效票 {cast}" if vote["contest"] else ""
    within = f"回避 {recused}" + (f"，废票 {invalid}" if invalid else "")
    said = f"{_said(vote, counts)}{ballots} 未表决 {unused}（其中{within}）"
    tally = {"counts": counts, "cast": cast, "unused": unused, "recused": recused, "invalid": invalid}
    need(event["tally"] == tally, f"计票与选票不符，重算为{said}")
    by = "＋".join(f"{CHANNELS[s['channel']]}（{_said(vote, s['counts'])}）" for s in parts)
    need(event["subtotals"] == parts, f"分渠道票数与选票不符，重算为{by}")
    whom, people = ("应到", entitled) if row["majority_base"] == "entitled" else ("到会", present)
    whom, base = (f"{whom}减回避", people - recused) if row["recused_leave"] else (whom, people)
    need(event["base"] == base, f"计算基数应为{whom} {base} 人")
    carried, chosen = _outcome(vote, counts, base)
    outcome = ("通过" if carried else "未通过") if row["decisive"] == "for" else ("不称职" if carried else "未达不称职")
    if vote["contest"]:
        outcome = "当选：" + ("、".join(vote["names"][choice] for choice in chosen) or "无人")
    need(event["carried"] is carried and event["chosen"] == chosen, f"结果应为{outcome}：{said}，{whom} {base}")
    titles = "》《".join(record.matters[name].title for name in vote["matters"])
    how = ("，无记名" if vote["method"] == "secret" else "") + (f"，其中{by}" if parts[1:] else "")
    record.results.append(f"第 {record.seq} 条 {BODIES[meeting.body]}《{titles}》：应到 {entitled} 到会 {present} "
                          f"{said}{how}，{_arithmetic(vote, sums, base, whom)}，{outcome}")
    vote.update(state=CLOSED, counts=counts, base=base, outcome=(carried, chosen))
    record.votes += 1
    told = {"stage": meeting.stage, "at": record.at, "carried": carried, "returns_to": row["returns_to"]}
    for name in vote["matters"]:
        record.matters[name].votes.append({**told, "vote": vote["vote"], "void": False, "aside": False})

def _arithmetic(vote: Json, sums: Counter[str], base: int, whom: str) -> str:
    """What the decisive answer, or each candidate, comes to against the base."""
    share = part, whole, inclusive = share_of(vote["row"]["majority"])
    held = {c: f"{vote['names'][c]} " for c in vote["options"] if c in NUMBERS} or {vote["row"]["decisive"]: ""}
    signs = {True: "≥" if inclusive else ">", False: "<" if inclusive else "≤"}
    return "；".join(f"{name}{sums[c]}×{whole} {signs[reaches(sums[c], base, share)]} {whom} {base}×{part}"
                    for c, name in held.items())

# --- counting a closed vote once more: a difference is settled by two people, and only where the outcome stays
@step("CountChecked", COUNTING, "meeting vote source teller counts", SITTING, PAUSED, CLOSED)
def _count_checked(record: Record, event: Json, _meeting: Meeting, vote: Json) -> None:
    record.need_own(event["teller"], "不是本人复点")
    need(event["source"] in COUNTERS, "复点的来源不对")
    able, counted = len(vote["electorate"]) - len(vote["recused"]), _need_numbers(vote, event["counts"])
    most = max(count["count"] for count in event["counts"]) if vote["contest"] else counted  # 一张票上有几个人
    need(most <= able, "复点的票比表决人还多")
    vote["checks"][event["source"]] = event["counts"]
    vote.update(explained="", settled=False)

def _differs(vote: Json) -> bool:
    return any(counts != vote["counts"] for counts in vote["checks"].values())

@step("DifferenceExplained", COUNTING, "meeting vote officer ground!", SITTING, PAUSED, CLOSED)
def _explained(record: Record, event: Json, _meeting: Meeting, vote: Json) -> None:
    record.need_own(event["officer"], "不是本人说明差异")
    need(_differs(vote), "几种点票一致，没有差异")
    same = all(_outcome(vote, counts, vote["base"]) == vote["outcome"] for counts in vote["checks"].values())
    need(same, "按复点结果就不同，只能作废重新表决")
    vote.update(explained=event["officer"], settled=False)

@step("DifferenceSettled", COUNTING, "meeting vote officer", SITTING, PAUSED, CLOSED)
def _settled(record: Record, event: Json, _meeting: Meeting, vote: Json) -> None:
    record.need_own(event["officer"], "不是本人确认差异")
    need(vote["explained"] and not vote["settled"], "差异没有说明，或已经确认")
    need(vote["explained"] != event["officer"], "说明差异和确认的应是两个人，这里是同一个人")
    vote["settled"] = True

@step("VoteVoided", {"chair"}, "meeting vote ground!", SITTING, PAUSED, OPEN, CLOSED)
def _vote_voided(record: Record, event: Json, meeting: Meeting, vote: Json) -> None:
    vote["state"] = VOID
    for name in vote["matters"]:
        for told in record.matters[name].votes:
            told["void"] |= told["vote"] == vote["vote"]
    record.results.append(f"第 {record.seq} 条 {BODIES[meeting.body]}一次表决作废：{event['ground']}")

# --- in public
@step("PublicationOpened", CONSOLE, "matter stage meeting vote year number first_day last_day summary", *ANY)
def _published(record: Record, event: Json, matter: Matter) -> None:
    stage, day, least = event["stage"], record.day, record.periods["public_days"]
    need(record.owing or stage == RESULT, MISSED["PublicationOpened"])
    every = [publication for other in record.matters.values() for publication in other.published]
    number = 1 + sum((p["stage"], p["first"].year) == (stage, day.year) for p in every)
    need((event["year"], event["number"]) == (day.year, number), "公示编号不连续")
    need(event["first_day"] == day.isoformat(), f"公布首日应为当天 {day}")
    last = date_of(event["last_day"])
    days = (last - day).days + 1
    need(days >= DAYS_PUBLIC, f"公布 {days} 天，不足 {DAYS_PUBLIC} 天")
    need(days == least or (stage == RESULT and days > least), f"公布 {days} 天，本村规定 {least} 天")
    if stage == RESULT:
        accepted, resolution = matter.works.get("accepted"), matter.resolution
        need(accepted and record.day > accepted, f"实施结果应从验收的次日起公布，验收：{accepted or '没有'}")
        need(matter.phase == ACCEPTED, f"事项{matter.phase}，不能公布实施结果")
        need(resolution and resolution["vote"] == event["vote"], "公布的不是这次决议的结果")
        need(event["summary"].strip(), "没有写明实施结果")
    matter.published.append({"stage": stage, "vote": event["vote"], "first": day, "last": last,
                             "number": [stage, event["year"], event["number"]], "voices": 0})

@step("PhotoAttached", CONSOLE | SUPERVISOR, "matter picture attachment", *NOT_ARCHIVED)
def _photographed(record: Record, event: Json, matter: Matter) -> None:
    hung = newest(matter.published) or {"first": date.max, "last": date.max}
    of_its_day = {"first_day": record.day == hung["first"], "last_day": record.day >= hung["last"],
                  "before": matter.works, "after": matter.works, "review": matter.due}
    need(of_its_day[event["picture"]], "照片不是那一天、那个环节的")

@step("VoiceAttached", CONSOLE, "matter stage year number issue attachment duration_ms", *NOT_ARCHIVED)
def _read_aloud(_record: Record, event: Json, matter: Matter) -> None:
    read = [p for p in matter.published if p["number"] == [event["stage"], event["year"], event["number"]]]
    need(read, "没有公布过这一号，不能念给大家听")
    read[0]["voices"] += 1
    need(event["issue"] == read[0]["voices"], "录音的次数不连续")
    need(VOICE_MS[0] <= event["duration_ms"] <= VOICE_MS[1], "录音的长短不合规定")

@step("ObjectionFiled", ANYBODY, "objection matter number author! text! due", *NOT_ARCHIVED)
def _objected(record: Record, event: Json, matter: Matter) -> None:
    hung, mine = newest(matter.published), [o for o in record.objections.values() if o["matter"] == matter.id]
    need(event["objection"] not in record.objections and event["number"] == len(mine) + 1, "异议编号不连续")
    need(hung and hung["first"] <= record.day <= hung["last"], "不在公示期内，不能提出异议")
    record.objections[event["objection"]] = {
        "matter": matter.id, "at": record.at, "forum": FORUMS[0], "answered": False, "upheld": False,
        "due": _need_due_day(record, event, "objection_days"),
    }

def _objection(record: Record, event: Json) -> Json:
    objection = record.objections[event["objection"]]
    need(not record.matters[objection["matter"]].archived, "事项已归档，不能这样办")
    return objection

@step("ObjectionAnswered", CONSOLE | SUPERVISOR, "objection upheld answer!")
def _objection_answered(record: Record, event: Json) -> None:
    objection = _objection(record, event)
    need(not objection["answered"], "这个异议已经答复")
    objection.update(answered=True, upheld=event["upheld"])

@step("ObjectionEscalated", ANYBODY, "objection forum ground! due")
def _escalated(record: Record, event: Json) -> None:
    objection = _objection(record, event)
    above = FORUMS[FORUMS.index(objection["forum"]) + 1 :]
    need([event["forum"]] == above[:1], "异议没有逐级提出")
    need(objection["answered"] or record.day > objection["due"], "还没有到答复期限")
    due = _need_due_day(record, event, "objection_days")
    objection.update(forum=event["forum"], answered=False, upheld=False, due=due)

# --- the works
@step("WorksAssigned", CONSOLE, "matter owner owner_name! deadline budget_fen$", PUBLISHED, WORKS)
def _assigned(record: Record, event: Json, matter: Matter) -> None:
    need(matter.kind["works"] and not matter.works, "没有要实施的，或已经落实责任")
    need(date_of(event["deadline"]) >= record.day, "完成期限早于当天")
    matter.works = {"started": False, "asked": False, "accepted": None}

@step("ContractRecorded", CONSOLE, "matter contractor! amount_fen$ dated inside_publication", PUBLISHED, WORKS)
@step("WorksStarted", CONSOLE, "matter inside_publication", PUBLISHED, WORKS)
@step("ProgressReported", CONSOLE, "matter text! spent_fen$", PUBLISHED, WORKS)
@step("AcceptanceRequested", CONSOLE, "matter findings! actual_fen$", PUBLISHED, WORKS)
@step("WorksInspected", SUPERVISOR, "matter accepted statement!", PUBLISHED, WORKS)
def _worked(record: Record, event: Json, matter: Matter) -> None:
    works, kind, day = matter.works, event["kind"], date_of(event.get("dated", record.day.isoformat()))
    need(works and not works["accepted"], "还没有落实责任，或已经验收")
    need(day <= record.day, "合同日期还没有到")
    inside = event.get("inside_publication", matter.hangs(day))
    need(inside is matter.hangs(day), "是否在公示期内签约、开工，标错了")
    need(kind != "WorksStarted" or not works["started"], "开工记了两次")
    need(kind not in {"ProgressReported", "AcceptanceRequested"} or works["started"], "还没有开工")
    need((kind == "WorksInspected") <= works["asked"], "没有申请验收就验收")
    need(kind != "AcceptanceRequested" or not works["asked"], "申请验收记了两次")
    works["started"] |= kind == "WorksStarted"
    works["asked"] = kind == "AcceptanceRequested" or (works["asked"] and kind != "WorksInspected")
    works["accepted"] = record.day if event.get("accepted") else None

# --- films: made, looked at, made public, deleted

VIEWINGS = {"minutes", "objection", "supervision", "inspection", "request", "other"}

@step("FilmRoomReported", MACHINE, "meeting minutes", CALLED)
def _film_room(_record: Record, event: Json, meeting: Meeting) -> None:
    need(type(event["minutes"]) is int and event["minutes"] >= 0, "录像余量不是一个数")
    need(event["minutes"] != meeting.room, "同样的录像余量记了两次")
    meeting.room = event["minutes"]

@step("ShortFilmAccepted", {"chair"}, "meeting minutes planned", CALLED)
def _short_film(_record: Record, event: Json, meeting: Meeting) -> None:
    need(meeting.film_is_short() and not meeting.short_accepted, "没有要主持人同意的事")
    need(event["minutes"] == meeting.room and event["planned"] == meeting.planned(), "录像余量与所报的不符")
    meeting.short_accepted = True

@step("RecordingStarted", MACHINE, "meeting source sound", *OPENED)
@step("SegmentSealed", MACHINE, "meeting part size_bytes sha256 began_at ended_at duration_ms fragments chain", *OPENED)
@step("RecordingInterrupted", MACHINE, "meeting since until cause", *OPENED)
@step("VideoMarked", MACHINE, "meeting vote moment part offset_ms fragments chain", *OPENED)
@step("RecordingStopped", MACHINE, "meeting", *OPENED)
def _filmed(_record: Record, event: Json, meeting: Meeting) -> None:
    part = {event["part"]} if event["kind"] == "SegmentSealed" else set()
    need(meeting.filmed or event["kind"] == "RecordingStarted", "录像没有开始")
    need(event.get("vote") in {None, *meeting.votes}, "录像标记的表决不存在")
    need(not part & meeting.parts, "同一段录像封存两次")
    if event["kind"] == "VideoMarked":
        meeting.marked.setdefault(event["vote"], set()).add(event["moment"])
    meeting.filmed, meeting.parts = True, meeting.parts | part

def _need_film(record: Record, meeting: Meeting) -> None:
    need(meeting.filmed and not meeting.deleted, "这次会议没有录像，或已经删除")
    record.person()

@step("FilmViewed", COUNTING | ADMIN, "meeting purpose words", ADJOURNED)
def _viewed(record: Record, event: Json, meeting: Meeting) -> None:
    _need_film(record, meeting)
    told = event["purpose"] != "other" or event["words"].strip()
    need(event["purpose"] in VIEWINGS and told, "查看录像没有写明事由")

@step("FilmDeletionProposed", CONSOLE, "meeting ground!", ADJOURNED)
@step("FilmDeleted", SUPERVISOR, "meeting ground!", ADJOURNED)
def _deleted(record: Record, event: Json, meeting: Meeting) -> None:
    _need_film(record, meeting)
    matters, day = [record.matters[name] for name in meeting.order], meeting.over
    disputed = any(o["matter"] in meeting.order for o in record.objections.values())
    longer = disputed or any(matter.kind["retention"] == "permanent" for matter in matters)
    years = meeting.promised["major_film_years" if longer else "film_years"]
    last = (day.year + years, day.month, day.day)  # 民法典第二百零二条：没有对应日的，月末日为最后一日
    need((record.day.year, record.day.month, record.day.day) > last, f"录像应保存 {years} 年，没有期满就删除")
    need(all(matter.archived or matter.ended for matter in matters), "会议的事项没有办完就删除录像")
    if event["kind"] == "FilmDeletionProposed":
        meeting.proposed = event["ground"], record.person()
        return
    need(meeting.proposed[0] == event["ground"], "没有提出过这次删除")
    need(meeting.proposed[1] != record.person(), "删除录像应由两名干部经手，这里是同一个人")
    meeting.deleted = True
    record.gone |= {f"recordings/{meeting.id}/{part}" for part in meeting.parts}
    record.gone |= {f"clips/{clip}.mp4" for clip in meeting.clips}
    record.results.append(f"第 {record.seq} 条 {BODIES[meeting.body]}录像已删除：{event['ground']}")

@step("ClipRequested", CONSOLE, "clip! meeting vote whole_picture sound", ADJOURNED, CLOSED)
def _clip_requested(record: Record, event: Json, meeting: Meeting, vote: Json) -> None:
    _need_film(record, meeting)
    others = [clip for clip in meeting.clips.values() if not clip["over"]]
    need(vote["method"] != "secret", "无记名表决的录像不能公开")
    need(meeting.marked.get(event["vote"]) == {"opened", "closed"}, "录像上没有这次表决的标记")
    again = event["clip"] in record.clips or any(clip["vote"] == event["vote"] for clip in others)
    need(not again and {type(event["whole_picture"]), type(event["sound"])} == {bool}, "公开片段重复，或写得不对")
    record.clips.add(event["clip"])
    meeting.clips[event["clip"]] = {"vote": event["vote"], "by": record.person(), "public": False, "over": False}

@step("ClipReleased", CONSOLE | SUPERVISOR, "clip meeting size_bytes sha256!", ADJOURNED)
@step("ClipRejected", CONSOLE | SUPERVISOR, "clip meeting ground!", ADJOURNED)
@step("ClipWithdrawn", CONSOLE | SUPERVISOR, "clip meeting ground!", ADJOURNED)
def _clip_settled(record: Record, event: Json, meeting: Meeting) -> None:
    _need_film(record, meeting)
    clip, kind = meeting.clips[event["clip"]], event["kind"]
    need(not clip["over"] and clip["public"] is (kind == "ClipWithdrawn"), "这个片段不在等人审看，或没有公开")
    need(kind != "ClipReleased" or clip["by"] != record.person(), "申请和审看公开片段的是同一个人")
    clip["public"], clip["over"] = kind == "ClipReleased", kind != "ClipReleased"
    record.gone |= {f"clips/{event['clip']}.mp4"} if clip["over"] else set()

# --- papers

FILE_ONLY, ALSO_PUBLIC = {"archive"}, {"archive", "public"}
SOURCES = {"notice": ("MeetingConvened", "meeting", None, ALSO_PUBLIC),
           "tally_sheet": ("VoteClosed", "vote", None, FILE_ONLY),
           "attendance": ("MeetingAdjourned", "meeting", None, ALSO_PUBLIC),
           "minutes": ("MeetingAdjourned", "meeting", None, ALSO_PUBLIC),
           "resolution": ("PublicationOpened", "matter", RESOLUTION, ALSO_PUBLIC),
           "result": ("PublicationOpened", "matter", RESULT, ALSO_PUBLIC),
           "file_index": ("MatterArchived", "matter", None, FILE_ONLY),
           "file_cover": ("MatterArchived", "matter", None, FILE_ONLY),
           "file_notes": ("MatterArchived", "matter", None, FILE_ONLY),
           "proposal_sheet": ("MatterRaised", "matter", None, ALSO_PUBLIC),
           "readiness": ("MeetingOpened", "meeting", None, FILE_ONLY),
           "posting": ("PublicationOpened", "matter", RESOLUTION, ALSO_PUBLIC),
           "poster": ("PublicationOpened", "matter", None, {"public"}),
           "objection_sheet": ("ObjectionAnswered", "objection", None, ALSO_PUBLIC),
           "works_sheet": ("WorksInspected", "matter", None, ALSO_PUBLIC),
           "opinion_sheet": ("OpinionFiled", "matter", None, ALSO_PUBLIC)}

@step("PaperIssued", MACHINE, "subject paper edition source_seq from_seq size_bytes sha256")
def _issued(record: Record, event: Json) -> None:
    subject, paper, edition = event["subject"], event["paper"], event["edition"]
    seq, last = event["source_seq"], event["from_seq"]
    source = record.events[seq - 1] if 0 < seq <= len(record.events) else Json()
    kind, field, stage, editions = SOURCES[paper]
    fits = (source.get("kind"), source.get(field), source.get("stage") if stage else None)
    need(fits == (kind, subject, stage), f"文书所据的第 {seq} 条不是它应当依据的那一条")
    need(edition in editions, f"文书没有这个版本 {edition}")
    need(last == seq or _is_corrected(record, seq, last), f"文书所据的第 {last} 条没有更正它")
    named = (subject, paper, edition, seq, last)
    need(named not in record.papers, "同一文书制成两次")
    record.papers.add(named)

def _is_corrected(record: Record, source: int, last: int) -> bool:
    """Whether the entry `last` confirmed the correction of one up to `source`: only that makes a new issue (第2稿)."""
    entry = record.events[last - 1] if source < last <= len(record.events) else Json()
    proposed = [e for e in record.events[:last] if e.get("kind") == "CorrectionProposed"]
    wrong = [e["seq"] for e in proposed if e["correction"] == entry.get("correction")]
    return entry.get("kind") == "CorrectionConfirmed" and bool(wrong) and wrong[-1] <= source

@step("SignedSheetFiled", CONSOLE, "subject paper from_seq page attachment by_hand")
def _sheet_filed(record: Record, event: Json) -> None:
    key, picture = (event["subject"], event["paper"], event["from_seq"]), event["attachment"]
    issued = {(paper[0], paper[1], paper[-1]) for paper in record.papers}
    need(key in issued and event["page"] in PAGES, "签字页所属的文书没有制成")
    need(isinstance(event["by_hand"], bool) and picture["sha256"], "签字页没有附上照片，或者没有写明怎样认定")
    need(event["subject"] not in record.matters or not record.matters[event["subject"]].archived, "归档以后又存签字页")
    record.sheets.add(key)

# --- the chain of the journal, the manifest, the files

def check_code(digest: str) -> str:
    """校验码: the digest's first 16 hexadecimal digits as a number, its last 16 decimals in fours."""
    digits = f"{int(digest[:16], 16) % 10**16:016d}"
    return "-".join(digits[i : i + 4] for i in range(0, 16, 4))

def parse(data: bytes) -> Json:
    """The object that the bytes spell canonically, without fractions. Raises Wrong."""
    try:
        value = json.loads(data.decode(), parse_float=int, parse_constant=int)
        need(isinstance(value, dict) and canonical(value) == data, "不是规范写法，被改动")
    except (ValueError, RecursionError) as error:
        raise Wrong("读不懂，被改动") from error
    return dict(value)

def parse_entry(line: bytes, number: int) -> Json:
    """The entry of a line that should be the number-th. Raises Wrong."""
    entry = parse(line)
    need(entry.get("v") in {1, 2}, "不认识的版本")
    known = {"actor", "at", "command", "event", "prev", "seq", "v"}
    need(entry.keys() == (known if entry["v"] == 1 else known | {"tree"}), "字段不对")
    need(entry["seq"] == number, f"这里写的是第 {entry['seq']} 条，有缺失、调换或改动")
    need(isinstance(entry["event"], dict) and isinstance(entry["actor"], dict), "字段不对")
    kind = str(entry["event"].get("kind"))
    need(kind in STEPS, f"不认识的条目 {kind}")
    return entry

def walk(data: bytes, claimed: str) -> tuple[list[Json], list[str]]:
    """The entries and their digests; the manifest claims the last. Raises Wrong at the first fault."""
    *lines, rest = data.split(b"\n")
    lines += [rest] if rest else []
    stopped = f"日志第 {max(1, len(lines))} 条：不完整" if rest or not lines else ""
    entries: list[Json] = []
    for number, line in enumerate(lines, 1):
        try:
            entries.append(parse_entry(line, number))
        except Wrong as wrong:
            stopped = f"日志第 {number} 条：{wrong}"
            break
    digests = ["0" * 64, *(hashlib.sha256(line).hexdigest() for line in lines[: len(entries)])]
    claims = [*(entry["prev"] for entry in entries), "" if stopped else claimed]
    fit = [digest == claim for digest, claim in zip(digests, claims)]  # noqa: B905 -- older Pythons
    for number in range(len(entries)):
        # Altered is the entry before, or this one's `prev`: then this one fits the next no more either.
        altered = number if number and fit[number + 1] else number + 1
        need(fit[number], f"日志第 {altered} 条：与哈希链不符，被改动")
    need(not stopped, stopped)
    hold_tree(entries, digests)
    return entries, digests

# --- the tree over the journal (指纹树): each entry names the root over all before it (RFC 9162, 2.1.1)

SUBJECTS = {"matter", "meeting", "vote", "need", "objection", "clip", "correction", "emergency", "subject"}

def subjects_of(event: Json) -> list[str]:
    """What an entry is about: the ids it names, and of a correction the entry."""
    named = [event[name] for name in SUBJECTS & event.keys()]
    named += [*event.get("matters", []), *event.get("needs", []), *(item["matter"] for item in event.get("agenda", []))]
    named += [f"#{event['seq']}"] if "correction" in event and "seq" in event else []
    return sorted({name for name in named if isinstance(name, str)})

def root_of(peaks: list[tuple[int, bytes]]) -> bytes:
    """The root from the perfect subtrees, each smaller than the one before it."""
    root = peaks[-1][1] if peaks else hashlib.sha256(b"").digest()
    for _, left in peaks[-2::-1]:
        root = hashlib.sha256(b"\1" + left + root).digest()
    return root

def hold_tree(entries: list[Json], digests: list[str]) -> str:
    """Each entry must name the root over the digests and subjects of all before it; that of all. Raises Wrong."""
    peaks: list[tuple[int, bytes]] = []
    for number, entry in enumerate(entries, 1):
        root = root_of(peaks)
        need(entry["v"] == 1 or entry["tree"] == root.hex(), f"日志第 {number} 条：与指纹树不符，被改动")
        try:
            leaf = b"\0" + bytes.fromhex(digests[number]) + canonical(subjects_of(entry["event"]))
        except (LookupError, TypeError, ValueError) as error:
            raise Wrong(f"日志第 {number} 条：内容不完整或无法理解") from error
        peaks.append((1, hashlib.sha256(leaf).digest()))
        while len(peaks) > 1 and peaks[-1][0] == peaks[-2][0]:
            (size, right), (_, left) = peaks.pop(), peaks.pop()
            peaks.append((2 * size, hashlib.sha256(b"\1" + left + right).digest()))
    return root_of(peaks).hex()

def hold_manifest(data: bytes, entries: list[Json], digests: list[str]) -> None:
    """The journal must end where the manifest says. Raises Wrong."""
    seq, digest, code = claim(data)
    last, founded = len(entries), entries[0]["event"]
    if code == check_code(digest or "0") != check_code(digests[last]):
        need(seq <= last, f"日志第 {last + 1} 条：缺失，清单记到第 {seq} 条")
        need(digest not in digests, f"日志第 {seq + 1} 条：在清单的链头之后")
        need(seq != last, f"日志第 {last} 条：与清单的链头不符，被改动")
    head = {"seq": last, "digest": digests[last]}
    told = {"village": founded.get("village"), "name": founded.get("name"), "head": head}
    told |= {"format": "kiosk-bundle-1", "check_code": check_code(digests[last])}
    if entries[0]["v"] > 1:
        told |= {"format": "kiosk-bundle-2", "scope": "village", "matter": None, "title": "", "left_out": []}
        told |= {"purpose": founded.get("purpose"), "extract": [[1, last]], "root": hold_tree(entries, digests)}
        told |= {"files": listed_in(data)}
    need(data == canonical(told) + b"\n", "清单 manifest.json：与日志不符")

def listed_in(data: bytes) -> Json:
    """The files that the manifest lists, from format 2 on; none where it cannot be read."""
    try:
        return dict(parse(data[:-1]).get("files") or {})
    except (Wrong, TypeError, ValueError):
        return {}

def hold_listed(folder: Path, data: bytes, events: list[Json]) -> None:
    """Each file must be as the manifest lists it, and named by the entries that it says. Raises Wrong."""
    named: dict[str, list[int]] = {}
    for seq, event in enumerate(events, 1):
        for where, _ in files_of(event):
            named.setdefault(where, []).append(seq)
    for name, listed in listed_in(data).items():
        need(re.fullmatch(r"(\w[\w.-]*/)*\w[\w.-]*", name), "清单 manifest.json：名称不合规")
        need((folder / name).is_file(), f"{name}：清单里有，缺少这个文件")
        content = (folder / name).read_bytes()
        told: Json = {"size_bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        told |= {"entries": named[name]} if name in named else {}
        need(told == listed, f"{name}：内容与清单不符，被改动")

def claim(data: bytes) -> tuple[int, str, str]:
    """Sequence number, digest and check code of the head in the manifest; zeros where unreadable."""
    try:
        manifest = parse(data.rstrip(b"\n"))
        seq, digest = int(manifest["head"]["seq"]), str(manifest["head"]["digest"])
        known = digest if re.fullmatch("[0-9a-f]{64}", digest) else ""
        return seq, known, str(manifest["check_code"])
    except (Wrong, LookupError, TypeError, ValueError):
        return 0, "", ""

@dataclass
class Verdict:
    """What was found: `faults` in the order of the journal, votes counted again, things checked."""

    faults: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    entries: int = 0
    votes: int = 0
    files: Counter[str] = field(default_factory=Counter)

    def report(self) -> list[str]:
        """The lines to be shown."""
        counted = [name for name in UNITS if self.files[name] or name not in (NAMES["clips"], NAMES["voices"])]
        files = "，".join(f"{name} {self.files[name]} {UNITS[name]}" for name in counted)
        outcome = ["不通过", *self.faults] if self.faults else ["通过"]
        return [*self.results, f"已核验：日志 {self.entries} 条，表决 {self.votes} 次，{files}", *outcome]

    def hold(self, check: Callable[..., str | None], *about: object) -> str | None:
        """Run a check; what it raises is a fault."""
        try:
            return check(*about)
        except Wrong as wrong:
            self.faults.append(str(wrong))
            return None

def hold_code(code: str, digests: list[str]) -> str:
    """Which entry's check code was typed; spaces, dashes and wide digits do not matter. Raises Wrong."""
    typed = re.sub("[^0-9]", "", unicodedata.normalize("NFKC", code))
    need(len(typed) == len("3817046211809923"), "校验码：应为 16 位数字")
    codes = [check_code(digest).replace("-", "") for digest in digests[1:]]
    need(typed in codes, "校验码：与日志的任何一条都不符，日志不是签字时的那一本")
    return f"校验码与日志第 {codes.index(typed) + 1} 条相符，请与文书上印的条号对照"

def hold_file(folder: Path, where: str, named: Json) -> None:
    """The file must have the size and digest of the journal. Raises Wrong, naming it."""
    kind, _, name = where.partition("/")
    label = f"{NAMES[kind]} {name}"
    need(all(re.fullmatch(r"\w[\w.-]*", part) for part in where.split("/")), f"{label}：名称不合规")
    try:
        path = folder / where
        need(path.is_file(), f"{label}：缺少这个文件")
        size, found = named.get("size_bytes", 0), path.stat().st_size
        need(type(size) is int, f"{label}：内容与日志不符，大小不同")
        signed = kind == "papers" and found > size  # behind a paper stands the village's signature
        need(found == size or signed, f"{label}：内容与日志不符，大小不同")
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while block := file.read(min(1 << 20, size)):
                digest.update(block)
                size -= len(block)
    except OSError as error:
        raise Wrong(f"{label}：读不出来") from error
    need(digest.hexdigest() == named.get("sha256"), f"{label}：内容与日志不符，被改动")


def hold_gone(folder: Path, where: str, _named: Json) -> None:
    """The file must not be there: the journal says that it was removed, when and by whom. Raises Wrong, naming it."""
    kind, _, name = where.partition("/")
    need(not (folder / where).exists(), f"{NAMES[kind]} {name}：日志说已经删除，文件还在")


def files_of(event: Json) -> Iterator[tuple[str, Json]]:
    """Where in the bundle the files lie that the entry names, each with what must hold its size and digest."""
    if event["kind"] == "SegmentSealed":
        yield f"recordings/{event.get('meeting')}/{event.get('part')}", event
    if event["kind"] == "ClipReleased":
        yield f"clips/{event.get('clip')}.mp4", event
    if event["kind"] == "PaperIssued":
        named = "-".join(str(event.get(f)) for f in ("subject", "paper", "edition", "source_seq", "from_seq"))
        yield f"papers/{named}.pdf", event
    attached = event.get("attachment")
    if isinstance(attached, dict):
        place = "voices/{}.m4a" if event["kind"] == "VoiceAttached" else "photos/{}.jpg"
        yield place.format(attached.get("sha256")), attached


def chain_lines(folder: Path, where: str, count: int) -> list[Json]:
    """The lines of a film's chain (片段链), one a fragment, as many as the journal has sealed. Raises Wrong."""
    try:
        lines = (folder / where).read_bytes().splitlines()
        chain = [dict(json.loads(line)) for line in lines]
        need(len(chain) == count, f"片段链 {where}：有 {len(chain)} 个片段，日志记了 {count} 个")
        need(
            all(len(bytes.fromhex(str(line["h"]))) == len(GENESIS) for line in chain),
            f"片段链 {where}：读不懂",
        )
    except OSError as error:
        raise Wrong(f"片段链 {where}：缺少或读不出来") from error
    except (ValueError, TypeError, LookupError) as error:
        raise Wrong(f"片段链 {where}：读不懂") from error
    return chain


def hold_part(path: Path, label: str, h: bytes, chain: list[Json]) -> None:
    """Each fragment of a part, bound to all before it by its line. Raises Wrong, naming the fragment."""
    end = 0
    with path.open("rb") as file:
        for number, line in enumerate(chain):
            what = f"{label} 的第 {number} 个片段" if number else f"{label} 的文件头"
            place = (line.get("part"), line.get("i"), line.get("off"))
            need(place == (path.name, number, end), f"{what}：片段链与日志不符")
            fragment = file.read(int(line["len"]))
            end += len(fragment)
            h = hashlib.sha256(h + fragment).digest()
            need(h.hex() == line["h"], f"{what}：与片段链不符，被改动、调换或截去")
        need(not file.read(1), f"{label}：片段链之外多出内容")


def hold_film(folder: Path, where: str, sealed: list[Json], marks: list[Json]) -> str:
    """A film in its fragments: each part up to the head in its seal, and each mark at the head of its moment.

    A part that is not there is reported by its name alone. Raises Wrong at the first fault.
    """
    if not any((folder / where / str(event["part"])).is_file() for event in sealed):
        return ""
    chain = chain_lines(folder, f"{where}/chain.jsonl", sealed[-1]["fragments"])
    heads, begin = [GENESIS.hex(), *(str(line["h"]) for line in chain)], 0
    for event in sealed:
        end, path = event["fragments"], folder / where / event["part"]
        label = f"录像 {event['meeting']}/{event['part']}"
        need(begin < end <= len(chain), f"{label}：日志里的片段数不对")
        if path.is_file():
            hold_part(path, label, bytes.fromhex(heads[begin]), chain[begin:end])
        need(heads[end] == event["chain"], f"{label}：片段链的末尾与日志不符")
        begin = end
    for mark in marks:
        known = mark["fragments"] >= len(heads) or heads[mark["fragments"]] == mark["chain"]
        need(
            known,
            f"录像 {mark['meeting']}/{mark['part']}：与日志里标记时的片段链不符（片段链第 {mark['fragments']} 个）",
        )
    return ""


def hold_films(folder: Path, events: list[Json]) -> Iterator[tuple[object, ...]]:
    """What `hold_film` is to be asked, for each film that has a sealed part."""
    films = {str(event["meeting"]) for event in events if event["kind"] == "SegmentSealed"}
    for meeting in sorted(films):
        of = [event for event in events if event.get("meeting") == meeting]
        kinds = [
            [event for event in of if event["kind"] == kind]
            for kind in ("SegmentSealed", "VideoMarked")
        ]
        yield (folder, f"recordings/{meeting}", *kinds)


def verify(folder: Path, code: str | None = None) -> Verdict:
    """Check everything in the folder, and a check code typed from paper if one is given."""
    verdict, record = Verdict(), Record()
    try:
        journal, manifest = read(folder, "journal.jsonl"), read(folder, "manifest.json")
        entries, digests = walk(journal, claim(manifest)[1])
    except Wrong as wrong:
        return Verdict([str(wrong)])
    verdict.entries = len(entries)
    verdict.hold(hold_manifest, manifest, entries, digests)
    if code is not None:
        verdict.results += filter(None, [verdict.hold(hold_code, code, digests)])
    verdict.hold(record.tell, entries)
    verdict.results += record.results
    files = {where: named for entry in entries for where, named in files_of(entry["event"])}
    for where, named in files.items():
        verdict.hold(hold_gone if where in record.gone else hold_file, folder, where, named)
    chains = set[str]()
    for film in hold_films(folder, record.events):
        verdict.hold(hold_film, *film)
        chains.add(f"{film[1]}/chain.jsonl")
    found = {path for pattern in FILES for path in folder.glob(pattern)}
    for path in sorted(found - {folder / where for where in {*files, *chains}}):
        verdict.faults.append(f"{path.relative_to(folder)}：日志里没有这个文件")
    verdict.files = Counter(NAMES[where.partition("/")[0]] for where in files.keys() - record.gone)
    verdict.votes = record.votes
    if not verdict.faults:
        verdict.hold(hold_listed, folder, manifest, [entry["event"] for entry in entries])
    return verdict

def read(folder: Path, name: str) -> bytes:
    """The file's bytes. Raises Wrong."""
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        what = "清单" if name.startswith("manifest") else "日志"
        raise Wrong(f"{what} {name}：缺少或读不出来") from error

def main(argv: list[str]) -> int:
    """The command line: report in Chinese, exit status as the module says."""
    parser = argparse.ArgumentParser(description="通查全村证据包")
    parser.add_argument("folder", type=Path, help="证据包所在的文件夹")
    parser.add_argument("--code", help="文书上印的校验码，如 3817-0462-1180-9923")
    try:
        asked = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    if not asked.folder.is_dir():
        sys.stderr.write(f"没有这个文件夹：{asked.folder}\n")
        return 2
    verdict = verify(asked.folder, asked.code)
    # What the console cannot show, or would obey, becomes a question mark.
    encoding = sys.stdout.encoding or "utf-8"
    for line in verdict.report():
        shown = "".join(char if char.isprintable() else "?" for char in line)
        sys.stdout.write(shown.encode(encoding, "replace").decode(encoding) + "\n")
    return 1 if verdict.faults else 0

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
