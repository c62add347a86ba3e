"""What an open vote still waits for (还差什么), in the order in which to see to it. Pure.

The console's dominant button says it; the rules refuse a close before it (`core.votes.closing`), and this says why in
time.
"""

from enum import Enum

from kiosk.core.votes.vote import TELLERS, Vote


class Pending(Enum):
    """What comes next in an open vote."""

    NOTE = "note"  # 举手记名单等见证
    SECOND_TELLER = "second_teller"  # 还差一位监票人点数
    TELLERS_DIFFER = "tellers_differ"  # 两位数的不一样
    READING = "reading"  # 收回的纸票没有唱完
    VOTERS = "voters"  # 还有人没有投
    BOX = "box"  # 纸票还没有开箱清点
    UNRETURNED = "unreturned"  # 领了纸票没有投回来
    WITNESS = "witness"  # 等监委会成员监督开箱
    NOTHING = "nothing"  # 可以结束


def pending(vote: Vote) -> Pending:
    """What the vote waits for first."""
    return _half_counted(vote) or _outstanding(vote) or _unwitnessed(vote)


def silent(vote: Vote) -> int:
    """How many have neither voted nor taken a paper (还没投也没领票)."""
    return vote.unanswered - vote.papers.away


def _half_counted(vote: Vote) -> Pending | None:
    if vote.note is not None:
        return Pending.NOTE
    if vote.hands and len(vote.hands) < TELLERS:
        return Pending.SECOND_TELLER
    if vote.hands and vote.hands_agreed is None:
        return Pending.TELLERS_DIFFER
    return Pending.READING if vote.papers.unread else None


def _outstanding(vote: Vote) -> Pending | None:
    if silent(vote):
        return Pending.VOTERS
    if vote.papers.issued and vote.papers.returned is None:
        return Pending.BOX
    return Pending.UNRETURNED if vote.papers.away else None


def _unwitnessed(vote: Vote) -> Pending:
    unwitnessed = vote.is_secret and vote.witness is None
    return Pending.WITNESS if unwitnessed else Pending.NOTHING
