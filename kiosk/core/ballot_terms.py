"""The vocabulary of a vote: what may be answered, how it is taken, by what way a ballot comes, who counts again."""

from enum import Enum


class Choice(Enum):
    """What may be answered (表决意见), always shown in this order; a candidate is known by his number on the ballot."""

    FOR = "for"  # 赞成
    AGAINST = "against"  # 反对
    ABSTAIN = "abstain"  # 弃权
    SATISFIED = "satisfied"  # 满意
    FAIRLY_SATISFIED = "fairly_satisfied"  # 基本满意
    DISSATISFIED = "dissatisfied"  # 不满意
    NO_1 = "1"  # 1号候选人
    NO_2 = "2"  # 2号候选人
    NO_3 = "3"  # 3号候选人
    NO_4 = "4"  # 4号候选人
    NO_5 = "5"  # 5号候选人
    NO_6 = "6"  # 6号候选人
    NO_7 = "7"  # 7号候选人
    NO_8 = "8"  # 8号候选人
    NO_9 = "9"  # 9号候选人
    NO_10 = "10"  # 10号候选人
    NO_11 = "11"  # 11号候选人
    NO_12 = "12"  # 12号候选人


CANDIDATE_NUMBERS = tuple(choice for choice in Choice if choice.value.isdigit())
"""The numbers by which candidates (候选人) stand on a ballot; no contest has more candidates."""


class Method(Enum):
    """How a vote is taken (表决方式), fixed before it opens."""

    OPEN = "open"  # 记名，当场公开
    IN_TURN = "in_turn"  # 记名，逐个表决
    SECRET = "secret"  # noqa: S105 -- 无记名


class Channel(Enum):
    """By what way a ballot came (表决渠道), in this order. Placards read by the camera will be one more."""

    KIOSK_SCREEN = "kiosk_screen"  # 表决屏
    PHONE = "phone"  # 手机，凭表决条
    HANDS_NAMED = "hands_named"  # 举手，逐人记名
    HANDS_COUNTED = "hands_counted"  # 举手，两人点数
    PAPER = "paper"  # 纸票，当场唱票


class Source(Enum):
    """Who counted a vote once more, apart from the ballots themselves (复点来源)."""

    TELLERS = "tellers"  # 监票人点票
    PAPERS = "papers"  # 纸质记录复点
