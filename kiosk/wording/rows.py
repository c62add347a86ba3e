"""A rule row and the periods as people read them (议事规则行、期限): part by part, what changed, worked examples."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.core.ballot_terms import Choice
from kiosk.core.law.periods import Periods
from kiosk.core.law.rules import RuleRow
from kiosk.core.terms import Base
from kiosk.wording.names import CAPACITIES, STAGES_LONG
from kiosk.wording.rulebook import example, examples
from kiosk.wording.sentences import decisive, not_so, outcome, threshold_name


@dataclass(frozen=True, slots=True)
class Said:
    """One part in words: what it is about, what it says, and the article it rests on (empty where none)."""

    label: str
    words: str
    basis: str = ""

    def __str__(self) -> str:
        return f"{self.label}：{self.words}"


def row_in_words(row: RuleRow) -> tuple[Said, ...]:
    """Every part of the row that a village may look up (议事规则), each with its basis."""
    return (
        Said("到会", f"应到{_unit(row)}数的{threshold_name(row.quorum)}", row.quorum_basis),
        Said(_asks(row), f"{_base(row)}的{threshold_name(row.majority)}", row.majority_basis),
        Said("提前通知", _notice(row), row.notice_basis),
        Said("表决权", "、".join(CAPACITIES[c] for c in row.voters), row.voters_basis),
        Said("委托", _proxies(row), row.proxies_basis),
        Said("回避", "离开基数，不算在人数里" if row.recused_leave else "留在基数里，照样算人数"),
        Said("妇女", _women(row), row.women_basis),
        *_on_defeat(row),
    )


def _on_defeat(row: RuleRow) -> tuple[Said, ...]:
    """Where a matter goes back to; an appraisal has nothing to go back."""
    if row.decisive is not Choice.FOR:
        return ()
    return (Said(not_so(row), f"退回到{STAGES_LONG[row.returns_to]}"),)


def _unit(row: RuleRow) -> str:
    return "户" if row.by_household else "人"


def _base(row: RuleRow) -> str:
    base = "应到" if row.majority_base is Base.ENTITLED else "到会"
    return f"{base}{_unit(row)}数"


def _asks(row: RuleRow) -> str:
    """What the majority decides: 赞成才通过, 得票才当选, or 不满意就不称职."""
    word = outcome(row, carried=True)
    only_if = "才" if row.decisive is Choice.FOR else "就是"
    return f"{decisive(row)}多少{only_if}{word}"


def _notice(row: RuleRow) -> str:
    return f"{row.notice_days}天" + ("，特殊情况可以临时通知" if row.urgent_notice else "")


def _proxies(row: RuleRow) -> str:
    """How many absent people one person may vote for by their letters (书面委托)."""
    if not row.proxies:
        return "不可以，要本人到会"
    return f"可以书面委托同户的成员，一个人最多代{row.proxies}人"


def _women(row: RuleRow) -> str:
    return f"有表决权的{threshold_name(row.women)}" if row.women else "不要求比例"


def row_changes(old: RuleRow, new: RuleRow) -> tuple[str, ...]:
    """What differs between two states of a row (变更内容): 到会：应到人数的三分之二以上 → 应到人数的四分之三以上."""
    pairs = zip(row_in_words(old), row_in_words(new), strict=True)
    return tuple(f"{was} → {is_.words}" for was, is_ in pairs if str(was) != str(is_))


def row_examples(row: RuleRow, entitled: int) -> tuple[str, ...]:
    """The row worked out for a body of that size (算例): who must come, how many must agree, recusal, women.

    `entitled` is 应到, above 0.
    """
    quorum, majority = examples(row, entitled)
    asked = f"{decisive(row)}：{majority}"
    return (f"到会：{quorum}", asked, *_on_recusal(row, entitled), *_on_women(row, entitled))


def _on_recusal(row: RuleRow, entitled: int) -> Iterator[str]:
    """One member stands aside where as few are present as may be."""
    present = row.quorum.least(entitled)
    whole = row.base_count(entitled=entitled, present=present)
    base = row.base_count(entitled=entitled, present=present, recused=1)
    unit = _unit(row)
    of = "应到" if row.majority_base is Base.ENTITLED else "到会"
    if not row.recused_leave:
        yield f"有1{unit}回避：他还在人数里，照样按{of}{whole}{unit}算。"
    elif base:
        yield f"有1{unit}回避：{whole}－1＝{example(row.majority, base, '', unit)}"


def _on_women(row: RuleRow, entitled: int) -> Iterator[str]:
    if row.women is not None:
        yield f"妇女：{example(row.women, entitled)}"


def periods_in_words(periods: Periods) -> str:
    """The periods in one line (期限), e.g. 公示天数15天、异议答复3天之内."""
    return "、".join(f"{said.label}{said.words}" for said in periods_said(periods))


def periods_said(periods: Periods) -> tuple[Said, ...]:
    """Each period in words, in days (期限), with its article where a law fixes it."""
    pause = f"{periods.pause_days}天" if periods.pause_days else "没有，随时可以再提"
    return (
        Said("公示天数", f"{periods.public_days}天", "村民委员会组织法第三十五条"),
        Said("异议答复", f"{periods.objection_days}天之内"),
        Said("需求答复", f"{periods.need_days}天之内"),
        Said("再议间隔", pause),
        Said("一般会议的录像保存", f"{periods.film_years}年"),
        Said("重大、有争议的录像保存", f"{periods.major_film_years}年", "个人信息保护法第十九条"),
        Said("不计入应到", "允许" if periods.exclusions else "不允许"),
    )


def period_changes(old: Periods, new: Periods) -> tuple[str, ...]:
    """What differs between two states of the periods (变更内容): 公示天数：15天 → 20天."""
    pairs = zip(periods_said(old), periods_said(new), strict=True)
    return tuple(f"{was} → {is_.words}" for was, is_ in pairs if str(was) != str(is_))
