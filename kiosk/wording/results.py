"""What came out of a vote, in words (表决结果): of a question whether it carried, of candidates who is chosen.

Every screen asks here, so that none speaks of 通过 where somebody is 当选.
"""

from dataclasses import dataclass

from kiosk.core.law.tally import judge
from kiosk.core.values import Answer, Contest
from kiosk.core.votes.vote import Vote
from kiosk.wording.answers import answer_said
from kiosk.wording.choosing import candidate_lines, chosen_said
from kiosk.wording.sentences import majority, outcome, verdict


@dataclass(frozen=True, slots=True)
class Result:
    """What came out.

    Attributes:
        word: one word, or nearly: 通过; 当选2人.
        sentence: with its arithmetic; of candidates who is chosen, and how many places stay open.
        lines: the arithmetic of each candidate; empty of a question.
        verdict: for the big screen, without formulas.

    """

    word: str
    sentence: str
    lines: tuple[str, ...]
    verdict: str


def came_out(vote: Vote, *, entitled: int) -> Result:
    """What came out of the vote, of so many `entitled` (应到); of one that is open, what would."""
    judged = judge(vote.tally, vote.row, entitled=entitled)
    if vote.contest is None:
        word = outcome(vote.row, carried=judged.holds)
        return Result(word, majority(judged, vote.row), (), verdict(judged, vote.row))
    lines = tuple(candidate_lines(vote, vote.tally, entitled)) if vote.closed_at else ()
    said = chosen_said(vote.chosen, vote.contest)
    needed = f"{judged.threshold.least(judged.base)}票才当选"
    names = _named(vote.chosen, vote.contest)
    return Result(_word(vote.chosen), said, lines, f"{names}（{needed}）")


def _word(chosen: Answer) -> str:
    return f"当选{len(chosen)}人" if chosen else "没有人当选"


def _named(chosen: Answer, contest: Contest) -> str:
    """Who is chosen, and how many places stay open: 1号 王小明、3号 李秀英，缺1人."""
    missing = f"缺{contest.places - len(chosen)}人" if len(chosen) < contest.places else ""
    return "，".join(part for part in (answer_said(chosen, contest), missing) if part)


def said_in_one(vote: Vote) -> str:
    """What came out of a closed vote in one word (表决结果): 通过; 当选2人."""
    return (
        outcome(vote.row, carried=bool(vote.carried))
        if vote.contest is None
        else _word(vote.chosen)
    )
