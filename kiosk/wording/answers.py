"""What a ballot may say, as people know it; candidates (候选人) by number and name."""

from collections.abc import Iterable

from kiosk.core.ballot_terms import Choice
from kiosk.core.values import Contest
from kiosk.wording.names import CHOICES


def choice_said(choice: Choice, contest: Contest | None) -> str:
    """An answer: 赞成; of a candidate his number and name, 1号 王小明."""
    candidate = contest.numbered.get(choice) if contest else None
    return f"{CHOICES[choice]} {candidate.name}" if candidate else CHOICES[choice]


def answer_said(answer: Iterable[Choice], contest: Contest | None) -> str:
    """What a ballot says: 赞成; or everybody it names, 1号 王小明、3号 李秀英."""
    return "、".join(choice_said(choice, contest) for choice in answer)
