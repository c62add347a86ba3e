"""How a vote was counted, in sentences: the method, the sums, why counts differ. Nobody's answer."""

from kiosk.core.law.tally import number
from kiosk.core.papers import Settled
from kiosk.core.votes.paper_ballots import PaperBallots
from kiosk.core.votes.vote import Vote
from kiosk.wording.answers import choice_said
from kiosk.wording.names import METHODS, ROLES
from kiosk.wording.public import discreet

_BOX = "每票投入密封票箱，谁投了什么没有记录；结束表决时，村务监督委员会成员到场监督开箱。"
UNANIMOUS = "这次无记名表决，投票的人意见全部一样，所以每个人投了什么，大家都能知道。"
"""A warning for screens: a count that is lawful, and hides nobody."""


def method(vote: Vote) -> str:
    """How the vote was taken (表决方式); of a secret one that its box was opened before the 监委会."""
    by_household = "，一户一票" if vote.row.by_household else ""
    together = len(vote.matters) - 1
    block = f"，与其他{together}项无争议事项合并表决" if together else ""
    told = f"表决方式：{METHODS[vote.method]}{by_household}{block}。"
    return f"{told}{_BOX}" if vote.is_secret else told


def channels_sum(vote: Vote) -> str:
    """That the channels add up, an answer at a time: 赞成2＋1＝3；反对0＋1＝1；弃权0＋0＝0."""
    sums = []
    for option in vote.options:
        addends = (str(number(part.counts, option)) for part in vote.subtotals)
        sums.append(
            f"{choice_said(option, vote.contest)}{'＋'.join(addends)}＝{vote.tally.of(option)}"
        )
    return f"各渠道相加：{'；'.join(sums)}。"


def paper_numbers(papers: PaperBallots) -> dict[str, int]:
    """What became of the papers (纸票): 印制, 发出, 作废, 剩余, 收回, 有效, 无效."""
    return {
        "印制": papers.printed,
        "发出": papers.issued,
        "作废": papers.spoiled,
        "剩余": papers.left,
        "收回": papers.returned or 0,
        "有效": papers.valid,
        "无效": papers.invalid,
    }


def papers_sum(papers: PaperBallots) -> str:
    """That no paper is missing, or how many did not come back (未交回)."""
    told = paper_numbers(papers)
    issued, returned = told["发出"], told["收回"]
    return (
        f"纸票：印制{told['印制']}＝发出{issued}＋作废{told['作废']}＋剩余{told['剩余']}；"
        f"发出{issued}－收回{returned}＝未交回{issued - returned}；"
        f"收回{returned}＝有效{told['有效']}＋无效{told['无效']}。无效票按未表决计。"
    )


def checks_said(vote: Vote, settled: Settled | None) -> str:
    """Whether counting once more (复点) came to the same; if not, why, and the posts of the two who say so."""
    if not vote.differs:
        return "复点：各次点票一致。"
    if settled is None:
        return "复点：各次点票不一致，还没有说明原因。"
    ground = discreet(settled.ground).rstrip("。；; ")
    return (
        f"复点：各次点票不一致，按哪一次计算结果都相同，以计票为准。原因：{ground}。"
        f"说明人岗位：{ROLES[settled.explained_by]}；确认人岗位：{ROLES[settled.agreed_by]}。"
    )


def is_unanimous(vote: Vote) -> bool:
    """Whether a secret vote hides nobody, for all gave the same answer (全票一致)."""
    answers = [c for c in vote.tally.counts if c.count]
    alike = bool(answers) and all(c.count == vote.tally.cast for c in answers)
    return vote.is_secret and alike and not vote.tally.invalid
