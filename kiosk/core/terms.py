"""The vocabulary of the kiosk: ids and closed sets, each with its Chinese term.

Source of the words: the statutes in force (村民委员会组织法, 2026-01-01; 支部工作条例) for the bodies and
posts, Robert's Rules for the English of procedure. One concept, one word, everywhere.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from typing import NewType

VillageId = NewType("VillageId", str)
PersonId = NewType("PersonId", str)
MatterId = NewType("MatterId", str)
MeetingId = NewType("MeetingId", str)
VoteId = NewType("VoteId", str)
DeviceId = NewType("DeviceId", str)
CommandId = NewType("CommandId", str)

CHINA = timezone(timedelta(hours=8), "CST")
"""China Standard Time (北京时间): the calendar in which every period of days is counted."""


def day_of(at: datetime) -> date:
    """The calendar day in China on which the instant falls."""
    return at.astimezone(CHINA).date()


class Role(Enum):
    """In what capacity somebody acts on the kiosk (岗位)."""

    CHAIR = "chair"  # 主持
    SECRETARY = "secretary"  # 记录
    TELLER = "teller"  # 监票
    SUPERVISOR = "supervisor"  # 监委会
    ADMIN = "admin"  # 管理
    VOTER = "voter"  # 表决人，在配对的表决屏前
    KIOSK = "kiosk"  # 本机自身：录像、出文书


class Body(Enum):
    """Who deliberates (议事主体)."""

    PARTY_COMMITTEE = "party_committee"  # 村党支部委员会
    TWO_COMMITTEES = "two_committees"  # 村“两委”联席会议
    PARTY_MEETING = "party_meeting"  # 党员大会
    REPRESENTATIVES = "representatives"  # 村民代表会议


class Stage(Enum):
    """The six stages of 四议两公开, in their order."""

    PROPOSAL = "proposal"  # 村党组织提议
    CONSULTATION = "consultation"  # 村“两委”商议
    REVIEW = "review"  # 党员大会审议
    DECISION = "decision"  # 村民会议或村民代表会议决议
    RESOLUTION_PUBLIC = "resolution_public"  # 决议公开
    RESULT_PUBLIC = "result_public"  # 实施结果公开


STAGES = tuple(Stage)
DELIBERATIONS = STAGES[:4]


class Capacity(Enum):
    """As what a person sits in a meeting (参会身份); it decides whether he has a vote there."""

    PARTY_COMMITTEE_MEMBER = "party_committee_member"  # 支部委员
    VILLAGE_COMMITTEE_MEMBER = "village_committee_member"  # 村委会成员
    REPRESENTATIVE = "representative"  # 村民代表
    PARTY_MEMBER = "party_member"  # 正式党员
    PROBATIONARY_MEMBER = "probationary_member"  # 预备党员
    SUPERVISOR = "supervisor"  # 村务监督委员会成员
    PARTY_DELEGATE = "party_delegate"  # 党员代表
    TOWNSHIP_OFFICER = "township_officer"  # 乡镇干部
    ADVISER = "adviser"  # 法律顾问等


class Sex(Enum):
    """Kept because the law asks for women's share of the seats (村民委员会组织法 §29)."""

    FEMALE = "female"  # 女
    MALE = "male"  # 男


class Choice(Enum):
    """One person's answer (表决意见), always shown in this order."""

    FOR = "for"  # 赞成
    AGAINST = "against"  # 反对
    ABSTAIN = "abstain"  # 弃权


class Channel(Enum):
    """By what way a ballot came (表决渠道)."""

    KIOSK_SCREEN = "kiosk_screen"  # 表决屏，一人一次


class Base(Enum):
    """Of whom a majority is counted (计算基数)."""

    PRESENT = "present"  # 到会
    ENTITLED = "entitled"  # 应到


class Origin(Enum):
    """动议事由: where the matter came from; the same on every paper of the matter."""

    VILLAGERS = "villagers"  # 党员群众建议
    OFFICERS = "officers"  # 村干部提议
    SUPERIORS = "superiors"  # 上级党委政府安排


class Paper(Enum):
    """A paper (文书) that the kiosk sets from the journal."""

    RESOLUTION = "resolution"  # 决议书


class DeviceKind(Enum):
    """What a paired screen (配对屏幕) is for."""

    BALLOT = "ballot"  # 表决屏
    HALL = "hall"  # 大屏


class Moment(Enum):
    """Which moment of a vote a mark on the video names."""

    OPENED = "opened"  # 表决开始
    CLOSED = "closed"  # 表决结束


@dataclass(frozen=True, slots=True)
class Seat:
    """One person called to a meeting (参会人员), with the names as they stood that day."""

    person: PersonId
    name: str
    sex: Sex
    group: int  # 村民小组, 0 for people from outside the village
    capacity: Capacity
    votes: bool  # 有表决权; False: 列席


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for something: a signed-in officer, a voter at a paired screen, or the kiosk itself."""

    role: Role
    person: PersonId | None = None
    device: DeviceId | None = None
