"""The Chinese names of the core's closed sets; complete by test."""

from kiosk.core.matter import Progress
from kiosk.core.terms import Body, Capacity, Choice, DeviceKind, Origin, Role, Sex, Stage

CHOICES = {Choice.FOR: "赞成", Choice.AGAINST: "反对", Choice.ABSTAIN: "弃权"}
UNUSED = "未表决"
BODIES = {
    Body.PARTY_COMMITTEE: "村党支部委员会",
    Body.TWO_COMMITTEES: "村“两委”联席会议",
    Body.PARTY_MEETING: "党员大会",
    Body.REPRESENTATIVES: "村民代表会议",
}
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
    Stage.DECISION: "村民代表会议决议",
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
    Capacity.SUPERVISOR: "村务监督委员会成员",
    Capacity.PARTY_DELEGATE: "党员代表",
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
    Role.KIOSK: "本机",
}
ORIGINS = {
    Origin.VILLAGERS: "党员群众建议",
    Origin.OFFICERS: "村干部提议",
    Origin.SUPERIORS: "上级党委政府安排",
}
SEXES = {Sex.FEMALE: "女", Sex.MALE: "男"}
SCREENS = {DeviceKind.BALLOT: "表决屏", DeviceKind.HALL: "大屏"}
SOURCES = {
    "camera": "摄像头",
    "film": "影片文件",
    "stream": "网络摄像机",
    "card": "没有摄像头，只有测试画面",
}

GAPS = {"kiosk": "主机停机", "recorder": "录像程序重启", "camera": "摄像头断开"}
"""Why the video has a gap, by the cause in the journal."""
