"""Choosing among candidates (推选), in words: who stands under which number, who is chosen, and why not."""

from kiosk.core.law.rules import Comparison
from kiosk.core.law.tally import Tally, judge
from kiosk.core.terms import CANDIDATE_NUMBERS, Choice
from kiosk.core.values import Answer, Contest
from kiosk.core.votes.vote import Vote
from kiosk.wording.answers import answer_said, choice_said
from kiosk.wording.sentences import inequality, reached, share


def asked(contest: Contest) -> str:
    """What the voters are asked: 从3名候选人中选，最多选2人，也可以弃权."""
    return f"从{len(contest.candidates)}名候选人中选，最多选{contest.places}人，也可以弃权。"


def candidates_said(contest: Contest) -> str:
    """Everybody who stands, by number: 1号 王小明、2号 李秀英."""
    return answer_said(contest.numbered, contest)


def candidate_lines(vote: Vote, tally: Tally, entitled: int) -> list[str]:
    """Of each candidate the votes, their arithmetic, and whether he is chosen: 1号 王小明：21×2=42 ＞ 30 → 当选."""
    lines = []
    for choice in vote.options:
        if choice in CANDIDATE_NUMBERS:
            judged = judge(tally, vote.row, entitled=entitled, choice=choice)
            fate = _fate(vote, choice, judged)
            lines.append(f"{choice_said(choice, vote.contest)}：{inequality(judged)} → {fate}")
    return lines


def _fate(vote: Vote, choice: Choice, judged: Comparison) -> str:
    enough = f"{reached(judged)}{share(vote.row.majority)}"
    if choice in vote.chosen:
        return f"{enough}，当选"
    if not judged.holds:
        return f"{enough}，没有当选"
    return f"{enough}，但得票靠后或者相等，没有当选"


def chosen_said(chosen: Answer, contest: Contest) -> str:
    """Who is chosen, and how many places stay open: 当选2人：1号 王小明、3号 李秀英；还缺1人."""
    if not chosen:
        return f"没有人当选，{contest.places}个名额都空缺"
    open_places = contest.places - len(chosen)
    missing = f"；还缺{open_places}人" if open_places else ""
    return f"当选{len(chosen)}人：{answer_said(chosen, contest)}{missing}"
