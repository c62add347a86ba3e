"""Choosing among candidates (推选), in words: who stands under which number, who is chosen, and why not."""

from datetime import date

from kiosk.core.ballot_terms import CANDIDATE_NUMBERS, Choice
from kiosk.core.law.rules import Comparison, RuleRow
from kiosk.core.law.tally import Tally, judge
from kiosk.core.terms import Body
from kiosk.core.values import Answer, Contest
from kiosk.core.votes.vote import Vote
from kiosk.wording.answers import answer_said, choice_said
from kiosk.wording.figures import day
from kiosk.wording.names import BODIES
from kiosk.wording.sentences import (
    base_of,
    inequality,
    reached,
    share,
    threshold_name,
    unit_of,
)

_STROKES = ("", "一", "丅", "下", "止", "正")


def asked(contest: Contest) -> str:
    """What the voters are asked: 从3名候选人中选，最多选2人，也可以弃权."""
    return f"从{len(contest.candidates)}名候选人中选，最多选{contest.places}人，也可以弃权。"


def candidates_said(contest: Contest) -> str:
    """Everybody who stands, by number: 1号 王小明、2号 李秀英."""
    return answer_said(contest.numbered, contest)


def standing(contest: Contest) -> str:
    """Who stands, by number, for how many places: 名额2名，候选人3名：1号 王小明、2号 陈强、3号 李秀英."""
    stand = f"候选人{len(contest.candidates)}名：{candidates_said(contest)}"
    return f"名额{contest.places}名，{stand}"


def rule(row: RuleRow) -> str:
    """What chooses a candidate: 得票超过到会人数一半，并且排在名额以内的当选；最后一个名额得票相等的，都不当选."""
    verb = "达到" if row.majority.inclusive else "超过"
    enough = f"{verb}{base_of(row)}{unit_of(row)}数{share(row.majority)}"
    return f"得票{enough}，并且排在名额以内的当选；最后一个名额得票相等的，都不当选"


def needed(row: RuleRow, judged: Comparison) -> str:
    """How many votes that is, here: 到会12人，过半数要7票."""
    votes = judged.threshold.least(judged.base)
    return f"{base_of(row)}{judged.base}{unit_of(row)}，{threshold_name(row.majority)}要{votes}票"


def candidate_fates(vote: Vote, tally: Tally, entitled: int) -> list[tuple[str, str, str]]:
    """Of each candidate his number and name, the arithmetic of his votes, and what it means for him."""
    fates = []
    for choice in vote.options:
        if choice in CANDIDATE_NUMBERS:
            judged = judge(tally, vote.row, entitled=entitled, choice=choice)
            who = choice_said(choice, vote.contest)
            fates.append((who, inequality(judged), _fate(vote, choice, judged)))
    return fates


def candidate_lines(vote: Vote, tally: Tally, entitled: int) -> list[str]:
    """The same, a line each: 1号 王小明：21×2=42 ＞ 30 → 超过一半，当选."""
    return [f"{who}：{sums} → {fate}" for who, sums, fate in candidate_fates(vote, tally, entitled)]


def _fate(vote: Vote, choice: Choice, judged: Comparison) -> str:
    enough = f"{reached(judged)}{share(vote.row.majority)}"
    if choice in vote.chosen:
        return f"{enough}，当选"
    if not judged.holds:
        return f"{enough}，没有当选"
    counts = [vote.tally.of(number) for number in vote.options if number in CANDIDATE_NUMBERS]
    before = sum(count > judged.count for count in counts)
    assert vote.contest is not None
    why = "排在名额以外" if before >= vote.contest.places else "最后一个名额得票相等"
    return f"{enough}，但{why}，没有当选"


def chosen_said(chosen: Answer, contest: Contest) -> str:
    """Who is chosen, and how many places stay open: 当选2人：1号 王小明、3号 李秀英；还缺1人."""
    if not chosen:
        return f"没有人当选，{contest.places}个名额都空缺"
    open_places = contest.places - len(chosen)
    missing = f"；还缺{open_places}人" if open_places else ""
    return f"当选{len(chosen)}人：{answer_said(chosen, contest)}{missing}"


def decided(on: date, body: Body, vote: Vote) -> str:
    """The plain sentence that stands first on the portal: 2026年11月29日，村民代表会议推选结果：当选2人：…."""
    assert vote.contest is not None
    return f"{day(on)}，{BODIES[body]}推选结果：{chosen_said(vote.chosen, vote.contest)}。"


def places_said(chosen: Answer, contest: Contest) -> str:
    """How many of the places are filled, and what may follow: 名额3个－当选2人＝空缺1个，可以另行推选."""
    left = contest.places - len(chosen)
    then = "，空缺的名额可以另行推选" if left else ""
    return f"名额{contest.places}个－当选{len(chosen)}人＝空缺{left}个{then}"


def strokes(count: int) -> str:
    """A count as tally marks (正字), five strokes each: 13 is 正正下."""
    whole, rest = divmod(count, 5)
    return "正" * whole + _STROKES[rest]
