"""The Chinese names of the core's closed sets; complete by test."""

from kiosk.core.ballot_terms import CANDIDATE_NUMBERS, Channel, Choice, Method, Source
from kiosk.core.law.cataloguing import Fault
from kiosk.core.law.floors import Flaw, Part
from kiosk.core.matters.matter import Progress
from kiosk.core.terms import (
    Base,
    Body,
    Capacity,
    ClipAudience,
    DeviceKind,
    Edition,
    Forum,
    Means,
    Moment,
    Origin,
    Paper,
    Picture,
    Purpose,
    Retention,
    Role,
    RowId,
    Sex,
    Stage,
    Standing,
    ViewingPurpose,
)

PURPOSES = {
    Purpose.RECORD: "正式使用",
    Purpose.DEMONSTRATION: "演示村",
    Purpose.REHEARSAL: "演练",
}
CHOICES = {
    Choice.FOR: "赞成",
    Choice.AGAINST: "反对",
    Choice.ABSTAIN: "弃权",
    Choice.SATISFIED: "满意",
    Choice.FAIRLY_SATISFIED: "基本满意",
    Choice.DISSATISFIED: "不满意",
} | {number: f"{number.value}号" for number in CANDIDATE_NUMBERS}
UNUSED = "未表决"
BODIES = {
    Body.PARTY_COMMITTEE: "村党支部委员会",
    Body.TWO_COMMITTEES: "村“两委”联席会议",
    Body.PARTY_MEETING: "党员大会",
    Body.REPRESENTATIVES: "村民代表会议",
    Body.ASSEMBLY: "村民会议",
    Body.HOUSEHOLDS: "户代表村民会议",
    Body.GROUP: "村民小组会议",
    Body.GROUP_HOUSEHOLDS: "村民小组户代表会议",
    Body.MEMBERS: "集体经济组织成员大会",
    Body.MEMBER_REPRESENTATIVES: "集体经济组织成员代表大会",
}
RULE_ROWS = {
    RowId.PARTY_COMMITTEE: "村党组织提议",
    RowId.TWO_COMMITTEES: "村“两委”商议",
    RowId.PARTY_MEETING: "党员大会审议",
    RowId.REPRESENTATIVES: "村民代表会议决议",
    RowId.ASSEMBLY: "村民会议决议",
    RowId.HOUSEHOLDS: "户代表村民会议决议",
    RowId.GROUP: "村民小组会议决议",
    RowId.GROUP_HOUSEHOLDS: "村民小组户代表会议决议",
    RowId.MEMBERS: "成员大会决议",
    RowId.MEMBER_REPRESENTATIVES: "成员代表大会决议",
    RowId.ALL_REPRESENTATIVES: "村民代表会议决议（全体三分之二）",
    RowId.ALL_VILLAGERS: "村民会议决议（全体三分之二）",
    RowId.APPRAISAL: "民主评议",
    RowId.CONTEST: "村民代表会议推选",
    RowId.GROUP_CONTEST: "村民小组会议推选",
}
BASES = {Base.PRESENT: "到会人数", Base.ENTITLED: "应到人数"}
STAGES_SHORT = {
    Stage.PROPOSAL: "提议",
    Stage.CONSULTATION: "商议",
    Stage.REVIEW: "审议",
    Stage.DECISION: "决议",
    Stage.RESOLUTION_PUBLIC: "决议公开",
    Stage.RESULT_PUBLIC: "结果公开",
}
STAGES_LONG = {
    Stage.PROPOSAL: "村党组织提议",
    Stage.CONSULTATION: "村“两委”商议",
    Stage.REVIEW: "党员大会审议",
    Stage.DECISION: "村民（代表）会议决议",
    Stage.RESOLUTION_PUBLIC: "决议公开",
    Stage.RESULT_PUBLIC: "实施结果公开",
}
PROGRESS = {Progress.DONE: "已完成", Progress.NOW: "正在进行", Progress.TO_COME: "还没到"}
CAPACITIES = {
    Capacity.PARTY_COMMITTEE_MEMBER: "支部委员",
    Capacity.VILLAGE_COMMITTEE_MEMBER: "村委会成员",
    Capacity.REPRESENTATIVE: "村民代表",
    Capacity.PARTY_MEMBER: "党员",
    Capacity.PROBATIONARY_MEMBER: "预备党员",
    Capacity.VILLAGER: "村民",
    Capacity.HOUSEHOLD_REPRESENTATIVE: "户代表",
    Capacity.COLLECTIVE_MEMBER: "集体经济组织成员",
    Capacity.MEMBER_REPRESENTATIVE: "成员代表",
    Capacity.SUPERVISOR: "村务监督委员会成员",
    Capacity.PARTY_DELEGATE: "党员代表",
    Capacity.GRID_WORKER: "网格员",
    Capacity.TOWNSHIP_OFFICER: "镇干部",
    Capacity.ADVISER: "顾问",
}
ROLES = {
    Role.CHAIR: "主持",
    Role.SECRETARY: "记录",
    Role.TELLER: "监票",
    Role.SUPERVISOR: "监委会",
    Role.ADMIN: "管理",
    Role.VOTER: "表决人",
    Role.VILLAGER: "村民",
    Role.KIOSK: "本机",
}
ORIGINS = {
    Origin.VILLAGERS: "党员群众建议",
    Origin.OFFICERS: "村干部提议",
    Origin.SUPERIORS: "上级党委政府安排",
}
STANDINGS = {
    Standing.VILLAGER: "村民",
    Standing.JOINT_VILLAGERS: "村民联名（十分之一以上）",
    Standing.JOINT_REPRESENTATIVES: "村民代表联名（五分之一以上）",
    Standing.SUPERVISORS: "村务监督委员会",
    Standing.COMMITTEES: "村“两委”",
    Standing.GRID_WORKER: "网格员",
    Standing.TOWNSHIP: "乡镇",
}
MEANS = {
    Means.PHONE: "电话",
    Means.IN_PERSON: "当面",
    Means.MESSAGE: "短信、微信",
    Means.BROADCAST: "广播",
    Means.POSTED: "张贴",
}
FORUMS = {
    Forum.COMMITTEE: "村委会",
    Forum.SUPERVISORS: "村务监督委员会",
    Forum.TOWNSHIP: "乡镇",
}
RETENTIONS = {
    Retention.PERMANENT: "永久",
    Retention.THIRTY_YEARS: "30年",
    Retention.TEN_YEARS: "10年",
}
VIEWINGS = {
    ViewingPurpose.MINUTES: "核对会议记录",
    ViewingPurpose.OBJECTION: "答复异议、处理争议",
    ViewingPurpose.SUPERVISION: "村务监督",
    ViewingPurpose.INSPECTION: "上级检查、审计，依法调取",
    ViewingPurpose.REQUEST: "录到的人来查阅",
    ViewingPurpose.OTHER: "其他",
}
PICTURES = {
    Picture.FIRST_DAY: "公示首日张贴",
    Picture.LAST_DAY: "公示末日仍在",
    Picture.BEFORE: "施工前",
    Picture.AFTER: "施工后",
    Picture.REVIEW: "审查意见书",
}
PROXY_LETTER = "委托书"
PAPERS = {
    Paper.PROPOSAL_SHEET: "议题提议表",
    Paper.NOTICE: "会议通知",
    Paper.READINESS: "会前准备情况",
    Paper.TALLY_SHEET: "计票单",
    Paper.ATTENDANCE: "签到表",
    Paper.MINUTES: "会议记录",
    Paper.RESOLUTION: "决议书",
    Paper.POSTING: "决议公示",
    Paper.POSTER: "公示海报",
    Paper.OBJECTION_SHEET: "异议登记与答复单",
    Paper.WORKS_SHEET: "实施进度与验收表",
    Paper.RESULT: "实施结果公示",
    Paper.OPINION_SHEET: "村务监督意见书",
    Paper.FILE_COVER: "案卷封面",
    Paper.FILE_NOTES: "备考表",
    Paper.FILE_INDEX: "卷内目录",
}
EDITIONS = {Edition.ARCHIVE: "存档版", Edition.PUBLIC: "公示版"}
METHODS = {
    Method.OPEN: "记名，当场公开",
    Method.IN_TURN: "记名，逐个表决",
    Method.SECRET: "无记名",
}
CHANNELS = {
    Channel.KIOSK_SCREEN: "表决屏",
    Channel.PHONE: "手机",
    Channel.HANDS_NAMED: "举手记名",
    Channel.HANDS_COUNTED: "举手点数",
    Channel.PAPER: "纸票",
}
COUNT_SOURCES = {Source.TELLERS: "监票人点票", Source.PAPERS: "纸质记录复点"}
CLIP_AUDIENCES = {
    ClipAudience.HALL_NETWORK: "干部，和连着会场网络的人",
    ClipAudience.OFFICERS: "只有干部",
    ClipAudience.PUBLIC: "谁都可以看遮好面部、放行了的；原样的只给干部和连着会场网络的人",
}
MOMENTS = {Moment.OPENED: "表决开始", Moment.CLOSED: "表决结束"}
SEXES = {Sex.FEMALE: "女", Sex.MALE: "男"}
SCREENS = {DeviceKind.BALLOT: "表决屏", DeviceKind.HALL: "大屏"}

PARTS = {
    Part.QUORUM: "到会人数的要求比法律低",
    Part.MAJORITY: "通过票数的要求比法律低",
    Part.BASE: "法律按应到人数算，不能改按到会人数算",
    Part.NOTICE: "通知时间比法律短",
    Part.VOTERS: "表决权人由法律规定，不能改",
    Part.WOMEN: "妇女比例比法律低",
}
FLAWS = {
    Flaw.SHAPE: "开会的主体、环节、选项和一户一票不由村里改",
    Flaw.SHARE: "比例要大于零、不大于一，并且约到最简",
    Flaw.DAYS: "通知天数要在0到60之间",
    Flaw.ELECTORATE: "表决权人没有写，或者写了两遍",
    Flaw.RETURN: "退回的环节不在这次会议之前",
}
FAULTS = {
    Fault.LISTED_TWICE: "类别重复",
    Fault.NOT_FORBIDDEN: "法律禁止的事项没有写明禁止",
    Fault.STAGES: "环节缺漏或者颠倒",
    Fault.ROWS: "决议规则缺漏或者写错",
    Fault.BODY: "交给了依法无权决定的会议",
    Fault.MANDATE: "村民代表会议决定要先有村民会议授权",
    Fault.GROUP: "村民小组的规则只能用于村民小组的事项",
    Fault.REVIEW: "要合法性审查，却没有党员大会审议",
    Fault.PAPERS: "应有的文书缺漏或者写错",
}
WRONG: dict[str, str] = {
    **{part.value: words for part, words in PARTS.items()},
    **{flaw.value: words for flaw, words in FLAWS.items()},
    **{fault.value: words for fault, words in FAULTS.items()},
}
"""The fact `what` of a refused rule or catalogue, in words."""

SOURCES = {
    "camera": "摄像头",
    "film": "影片文件",
    "stream": "网络摄像机",
    "card": "没有摄像头，只有测试画面",
}

GAPS = {
    "kiosk": "主机停机",
    "recorder": "录像程序重启",
    "disk": "磁盘空间不足，录像给表决让路",
    "camera": "摄像头断开",
    "microphone": "麦克风断开，没有声音",
}
"""Why the video has a gap, by the cause in the journal."""
