"""Sentences with numbers in them: the arithmetic of quorum and majority, and counts."""

from datetime import date

from kiosk.core.ballot_terms import Choice
from kiosk.core.law.rules import Comparison, RuleRow, Threshold
from kiosk.core.law.tally import Counts, Tally
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import Base, Body, Purpose, RowId, Stage
from kiosk.core.values import Contest
from kiosk.core.votes.vote import Vote
from kiosk.wording.answers import choice_said
from kiosk.wording.figures import day, numeral
from kiosk.wording.names import BODIES, CHOICES, PURPOSES, RULE_ROWS, STAGES_LONG, UNUSED


def share(threshold: Threshold) -> str:
    """A threshold's share in words (比例): 三分之二, 全部; half is 半数, and 一半 where it must be exceeded."""
    if (threshold.numerator, threshold.denominator) == (1, 2):
        return "半数" if threshold.inclusive else "一半"
    if threshold.numerator == threshold.denominator:
        return "全部"
    return f"{numeral(threshold.denominator)}分之{numeral(threshold.numerator)}"


def threshold_name(threshold: Threshold) -> str:
    """A threshold as statutes name it (比例要求): 三分之二以上, 半数以上, 过半数, 超过三分之二."""
    if threshold.numerator == threshold.denominator:
        return "全部"
    if threshold.inclusive:
        return f"{share(threshold)}以上"
    return "过半数" if threshold.denominator == 2 else f"超过{share(threshold)}"  # noqa: PLR2004


def reached(comparison: Comparison) -> str:
    """The verb: a share that counts itself in is 达到, one that does not is 超过."""
    if comparison.threshold.inclusive:
        return "达到" if comparison.holds else "不到"
    return "超过" if comparison.holds else "没有超过"


def inequality(comparison: Comparison) -> str:
    """The bare arithmetic with its numbers: `33×3=99 ≥ 45×2=90`."""
    signs = {
        (True, True): "≥",
        (True, False): "＞",
        (False, True): "＜",
        (False, False): "≤",
    }
    sign = signs[comparison.holds, comparison.threshold.inclusive]
    left = _product(comparison.count, comparison.threshold.denominator)
    right = _product(comparison.base, comparison.threshold.numerator)
    return f"{left} {sign} {right}"


def _product(number: int, factor: int) -> str:
    return str(number) if factor == 1 else f"{number}×{factor}={number * factor}"


def quorum(comparison: Comparison) -> str:
    """Whether enough are there: `应到45 实到33：33×3=99 ≥ 45×2=90 → 达到三分之二`."""
    words = share(comparison.threshold).replace("一半", "半数")
    return (
        f"应到{comparison.base} 实到{comparison.count}：{inequality(comparison)}"
        f" → {reached(comparison)}{words}"
    )


def represented(vote: Vote) -> str:
    """How many of those present were represented by a letter (书面委托): 到会35人，其中书面委托3人; empty if nobody."""
    if not vote.represented:
        return ""
    return f"到会{len(vote.electorate)}人，其中书面委托{len(vote.represented)}人"


def quorum_todo(comparison: Comparison, *, opened: bool) -> str:
    """What the number of those present means for the next step, before or after the opening."""
    missing = comparison.threshold.least(comparison.base) - comparison.count
    if missing <= 0:
        return "人数有效" if opened else "人数已够，可以开会"
    return f"还差 {missing} 人，{'不能表决' if opened else '不能开会'}"


def base_of(row: RuleRow) -> str:
    """Of whom the row counts its majority."""
    base = "应到" if row.majority_base is Base.ENTITLED else "到会"
    return f"{base}（不计回避）" if row.recused_leave else base


def unit_of(row: RuleRow) -> str:
    """What it counts: 户 where a household has one ballot, else 人."""
    return "户" if row.by_household else "人"


def _share_of(row: RuleRow) -> str:
    return share(row.majority).replace("半数", "一半")


OUTCOMES = {
    Choice.FOR: ("通过", "未通过"),
    # An appraisal's question is whether too many are dissatisfied.
    Choice.DISSATISFIED: ("不称职", "称职"),
}
"""What it means that the decisive answer reaches its majority, and that it does not."""
CHOSEN = ("当选", "没有人当选")
"""The same of candidates (推选): whether anybody reaches it."""


def outcome(row: RuleRow, *, carried: bool) -> str:
    """The result in one word (表决结果): 通过 or 未通过; of an appraisal 不称职 or 称职; of candidates 当选."""
    words = CHOSEN if row.contest else OUTCOMES[row.decisive]
    return words[0 if carried else 1]


def not_so(row: RuleRow) -> str:
    """What is said of a matter that came to nothing: 没有通过; of candidates 没有人当选."""
    return "没有人当选" if row.contest else "没有通过"


def decisive(row: RuleRow) -> str:
    """What is counted for the majority (关键票): 赞成; of a candidate whatever he gets, 得票."""
    return "得票" if row.contest else CHOICES[row.decisive]


def majority(comparison: Comparison, row: RuleRow) -> str:
    """Whether it carried, on the row's base: `到会30：赞成16×2=32 ＞ 30 → 超过到会人数一半，通过`."""
    base = base_of(row)
    return (
        f"{base}{comparison.base}：{CHOICES[row.decisive]}{inequality(comparison)}"
        f" → {reached(comparison)}{base}{unit_of(row)}数{_share_of(row)}，"
        f"{outcome(row, carried=comparison.holds)}"
    )


def decided(on: date, body: Body, *, carried: bool, decisive: Choice = Choice.FOR) -> str:
    """The plain sentence that stands first on the portal; an appraisal says what it found."""
    if decisive is Choice.DISSATISFIED:
        return f"{day(on)}，{BODIES[body]}评议的结果是{OUTCOMES[decisive][0 if carried else 1]}。"
    return f"{day(on)}，{BODIES[body]}表决{'通过了' if carried else '没有通过'}这件事。"


def verdict(comparison: Comparison, row: RuleRow) -> str:
    """The same for the big screen, without formulas: 赞成16人，超过到会30人的一半（要16人）."""
    unit = unit_of(row)
    needed = f"{comparison.threshold.least(comparison.base)}{unit}"
    meaning = f"要{needed}" if row.decisive is Choice.FOR else f"{needed}起为不称职"
    return (
        f"{CHOICES[row.decisive]}{comparison.count}{unit}，{reached(comparison)}"
        f"{base_of(row)}{comparison.base}{unit}的{_share_of(row)}（{meaning}）"
    )


def threshold_words(row: RuleRow, needed: int) -> str:
    """What stands at the line in a chart of the counts: 通过需 16 票, 当选需 16 票."""
    return f"{outcome(row, carried=True)}需 {needed} 票"


def counts(tally: Tally, contest: Contest | None = None) -> str:
    """All counts and their sum: they always add up to those present (到会); among candidates the ballots do."""
    if contest:
        return f"{counts_plain(tally.counts, contest)}；{ballots(tally)}"
    told = "＋".join(f"{CHOICES[c.choice]}{c.count}" for c in tally.counts)
    return _to_those_present(told, tally)


def ballots(tally: Tally) -> str:
    """How many ballots there are, and that nobody is missing: 有效票10＋未表决2＝到会12（未表决中废票1张）."""
    return _to_those_present(f"有效票{tally.cast}", tally)


def _to_those_present(told: str, tally: Tally) -> str:
    text = f"{told}＋{UNUSED}{tally.unused}＝到会{tally.present}"
    within = [f"回避{tally.recused}人"] if tally.recused else []
    within += [f"废票{tally.invalid}张"] if tally.invalid else []
    return f"{text}（{UNUSED}中{'、'.join(within)}）" if within else text


def counts_plain(given: Counts, contest: Contest | None = None) -> str:
    """The counts of one channel or teller: 赞成12、反对3、弃权0; 1号 王小明21、弃权0."""
    return "、".join(f"{choice_said(c.choice, contest)}{c.count}" for c in given)


def stage_long(stage: Stage, row: RowId) -> str:
    """A stage by its long name (环节); the decision by the body that decides this matter."""
    return RULE_ROWS[row] if stage is Stage.DECISION else STAGES_LONG[stage]


def purpose_mark(purpose: Purpose) -> str:
    """What stands after the number on a paper that is not of the record (演示村, 演练); nothing on one that is."""
    return "" if purpose is Purpose.RECORD else f"　{PURPOSES[purpose]}"


def group(number: int) -> str:
    """A villagers' group by its number; people from outside have none."""
    return f"第{number}村民小组" if number else "村外"


def meeting_title(meeting: Meeting) -> str:
    """第1次村民代表会议; of a group's meeting which group's (会议名称)."""
    whose = group(meeting.group) if meeting.group else ""
    return f"{whose}第{meeting.ordinal}次{BODIES[meeting.body]}"
