"""The vocabulary of the kiosk: ids and closed sets, each with its Chinese term.

Source of the words: the statutes in force (村民委员会组织法, 2026-01-01; 农村集体经济组织法; 支部工作条例) for the
bodies and posts, Robert's Rules for the English of procedure. One concept, one word, everywhere.
"""

from datetime import date, datetime, timedelta, timezone
from enum import Enum
from typing import NewType

VillageId = NewType("VillageId", str)
PersonId = NewType("PersonId", str)
NeedId = NewType("NeedId", str)
MatterId = NewType("MatterId", str)
KindId = NewType("KindId", str)  # 事项类别, as the catalogue names it
MeetingId = NewType("MeetingId", str)
VoteId = NewType("VoteId", str)
ObjectionId = NewType("ObjectionId", str)
EmergencyId = NewType("EmergencyId", str)
CorrectionId = NewType("CorrectionId", str)
ClipId = NewType("ClipId", str)
DeviceId = NewType("DeviceId", str)
CommandId = NewType("CommandId", str)

CHINA = timezone(timedelta(hours=8), "CST")
"""China Standard Time (北京时间): the calendar in which every period of days is counted."""


def day_of(at: datetime) -> date:
    """The calendar day in China on which the instant falls."""
    return at.astimezone(CHINA).date()


class Purpose(Enum):
    """What a village's journal is kept for; it is said at the founding and never changes."""

    RECORD = "record"  # 正式使用
    DEMONSTRATION = "demonstration"  # 演示村
    REHEARSAL = "rehearsal"  # 演练


class Role(Enum):
    """In what capacity somebody acts on the kiosk (岗位)."""

    CHAIR = "chair"  # 主持
    SECRETARY = "secretary"  # 记录
    TELLER = "teller"  # 监票
    SUPERVISOR = "supervisor"  # 监委会
    ADMIN = "admin"  # 管理
    VOTER = "voter"  # 表决人，在配对的表决屏前
    VILLAGER = "villager"  # 村民，在公开栏上
    KIOSK = "kiosk"  # 本机自身：录像、出文书


class Body(Enum):
    """Who deliberates (议事主体)."""

    PARTY_COMMITTEE = "party_committee"  # 村党支部委员会
    TWO_COMMITTEES = "two_committees"  # 村“两委”联席会议
    PARTY_MEETING = "party_meeting"  # 党员大会
    REPRESENTATIVES = "representatives"  # 村民代表会议
    ASSEMBLY = "assembly"  # 村民会议，一人一票
    HOUSEHOLDS = "households"  # 村民会议，一户一票
    GROUP = "group"  # 村民小组会议，一人一票
    GROUP_HOUSEHOLDS = "group_households"  # 村民小组会议，一户一票
    MEMBERS = "members"  # 集体经济组织成员大会
    MEMBER_REPRESENTATIVES = "member_representatives"  # 集体经济组织成员代表大会


class RowId(Enum):
    """Which rule row (议事规则行) a question is decided on: most bodies have one, some matters a stricter one."""

    PARTY_COMMITTEE = "party_committee"  # 村党组织提议
    TWO_COMMITTEES = "two_committees"  # 村“两委”商议
    PARTY_MEETING = "party_meeting"  # 党员大会审议
    REPRESENTATIVES = "representatives"  # 村民代表会议决议
    ASSEMBLY = "assembly"  # 村民会议决议
    HOUSEHOLDS = "households"  # 户代表村民会议决议
    GROUP = "group"  # 村民小组会议决议
    GROUP_HOUSEHOLDS = "group_households"  # 村民小组户代表会议决议
    MEMBERS = "members"  # 成员大会决议
    MEMBER_REPRESENTATIVES = "member_representatives"  # 成员代表大会决议
    ALL_REPRESENTATIVES = "all_representatives"  # 村民代表会议，全体代表三分之二以上
    ALL_VILLAGERS = "all_villagers"  # 村民会议，全体三分之二以上
    APPRAISAL = "appraisal"  # 民主评议
    CONTEST = "contest"  # 村民代表会议推选
    GROUP_CONTEST = "group_contest"  # 村民小组会议推选


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
    VILLAGER = "villager"  # 十八周岁以上村民
    HOUSEHOLD_REPRESENTATIVE = "household_representative"  # 户代表
    COLLECTIVE_MEMBER = "collective_member"  # 集体经济组织成员
    MEMBER_REPRESENTATIVE = "member_representative"  # 集体经济组织成员代表
    SUPERVISOR = "supervisor"  # 村务监督委员会成员
    PARTY_DELEGATE = "party_delegate"  # 党员代表
    GRID_WORKER = "grid_worker"  # 网格员
    TOWNSHIP_OFFICER = "township_officer"  # 乡镇干部
    ADVISER = "adviser"  # 法律顾问等


class Sex(Enum):
    """Kept because the law asks for women's share of the seats (村民委员会组织法 §29)."""

    FEMALE = "female"  # 女
    MALE = "male"  # 男


class Base(Enum):
    """Of whom a majority is counted (计算基数)."""

    PRESENT = "present"  # 到会
    ENTITLED = "entitled"  # 应到


class Origin(Enum):
    """动议事由: where the matter came from; the same on every paper of the matter."""

    VILLAGERS = "villagers"  # 党员群众建议
    OFFICERS = "officers"  # 村干部提议
    SUPERIORS = "superiors"  # 上级党委政府安排


class Standing(Enum):
    """As whom somebody files a need (需求提出人): who may, by 河南省实施办法 §54 and local rules."""

    VILLAGER = "villager"  # 村民
    JOINT_VILLAGERS = "joint_villagers"  # 十分之一以上村民联名
    JOINT_REPRESENTATIVES = "joint_representatives"  # 五分之一以上村民代表联名
    SUPERVISORS = "supervisors"  # 村务监督委员会
    COMMITTEES = "committees"  # 村“两委”
    GRID_WORKER = "grid_worker"  # 网格员
    TOWNSHIP = "township"  # 乡镇


class Means(Enum):
    """How a notice reached somebody (通知方式)."""

    PHONE = "phone"  # 电话
    IN_PERSON = "in_person"  # 当面
    MESSAGE = "message"  # 短信、微信
    BROADCAST = "broadcast"  # 广播
    POSTED = "posted"  # 张贴


class Forum(Enum):
    """Where an objection is dealt with (异议办理); it goes up in this order."""

    COMMITTEE = "committee"  # 村委会
    SUPERVISORS = "supervisors"  # 村务监督委员会
    TOWNSHIP = "township"  # 乡镇


class Retention(Enum):
    """How long the file of a matter is kept (保管期限, 村级档案管理办法)."""

    PERMANENT = "permanent"  # 永久
    THIRTY_YEARS = "thirty_years"  # 30年
    TEN_YEARS = "ten_years"  # 10年


class ViewingPurpose(Enum):
    """Why an officer looks at a film after its meeting (查看录像的事由)."""

    MINUTES = "minutes"  # 核对会议记录
    OBJECTION = "objection"  # 答复异议、处理争议
    SUPERVISION = "supervision"  # 村务监督
    INSPECTION = "inspection"  # 上级检查、审计，依法调取
    REQUEST = "request"  # 录到的人来查阅
    OTHER = "other"  # 其他，要写明


class Picture(Enum):
    """What a photograph proves (照片用途)."""

    FIRST_DAY = "first_day"  # 公示首日张贴
    LAST_DAY = "last_day"  # 公示末日仍在
    BEFORE = "before"  # 施工前
    AFTER = "after"  # 施工后
    REVIEW = "review"  # 审查意见书


class Paper(Enum):
    """A paper (文书) that the kiosk sets from the journal."""

    PROPOSAL_SHEET = "proposal_sheet"  # 议题提议表
    NOTICE = "notice"  # 会议通知
    READINESS = "readiness"  # 会前准备情况
    TALLY_SHEET = "tally_sheet"  # 计票单
    ATTENDANCE = "attendance"  # 签到表
    MINUTES = "minutes"  # 会议记录
    RESOLUTION = "resolution"  # 决议书
    POSTING = "posting"  # 决议公示
    POSTER = "poster"  # 公示海报
    OBJECTION_SHEET = "objection_sheet"  # 异议登记与答复单
    WORKS_SHEET = "works_sheet"  # 实施进度与验收表
    RESULT = "result"  # 实施结果公示
    OPINION_SHEET = "opinion_sheet"  # 村务监督意见书
    FILE_COVER = "file_cover"  # 案卷封面
    FILE_NOTES = "file_notes"  # 备考表
    FILE_INDEX = "file_index"  # 卷内目录


class Edition(Enum):
    """For whom a paper is set (版本): two documents of one record, not one with blackened lines."""

    ARCHIVE = "archive"  # 存档版：全部内容，有签字处
    PUBLIC = "public"  # 公示版：不写个人信息，没有签字处


class DeviceKind(Enum):
    """What a paired screen (配对屏幕) is for."""

    BALLOT = "ballot"  # 表决屏
    HALL = "hall"  # 大屏


class Moment(Enum):
    """Which moment of a vote a mark on the video names."""

    OPENED = "opened"  # 表决开始
    CLOSED = "closed"  # 表决结束


class ClipAudience(Enum):
    """Who may see the clip of a vote (表决录像片段给谁看) besides the 监委会, which always may."""

    HALL_NETWORK = "hall_network"  # 干部，和会场网络里的人
    OFFICERS = "officers"  # 只有干部
    PUBLIC = "public"  # 干部和会场网络里的人；遮好面部、放行了的，谁都可以
