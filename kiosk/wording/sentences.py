"""Sentences with numbers in them: the arithmetic of quorum and majority, counts, days, money, codes."""

from datetime import date, datetime

from kiosk.core.journal import Head
from kiosk.core.rules import Comparison, Threshold
from kiosk.core.tally import Tally
from kiosk.core.terms import CHINA, Body
from kiosk.wording.names import BODIES

WAN = 10_000
_SHARES = {
    (2, 3, True): "三分之二",
    (1, 2, True): "半数",
    (1, 2, False): "一半",
}


def share(threshold: Threshold) -> str:
    """A threshold's share in words."""
    return _SHARES[threshold.numerator, threshold.denominator, threshold.inclusive]


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
    reached = "达到" if comparison.holds else "不到"
    return (
        f"应到{comparison.base} 实到{comparison.count}：{inequality(comparison)}"
        f" → {reached}{share(comparison.threshold)}"
    )


def quorum_todo(comparison: Comparison, *, opened: bool) -> str:
    """What the number of those present means for the next step, before or after the opening."""
    missing = comparison.threshold.least(comparison.base) - comparison.count
    if missing <= 0:
        return "人数有效" if opened else "人数已够，可以开会"
    return f"还差 {missing} 人，{'不能表决' if opened else '不能开会'}"


def majority(comparison: Comparison, *, of_entitled: bool) -> str:
    """Whether it carried, on its base: `到会30：赞成16×2=32 ＞ 30 → 超过到会人数一半，通过`."""
    base = "应到" if of_entitled else "到会"
    reached = "超过" if comparison.holds else "没有超过"
    end = "通过" if comparison.holds else "未通过"
    return (
        f"{base}{comparison.base}：赞成{inequality(comparison)}"
        f" → {reached}{base}人数{share(comparison.threshold)}，{end}"
    )


def decided(on: date, body: Body, *, carried: bool) -> str:
    """The plain sentence that stands first on the portal."""
    return f"{day(on)}，{BODIES[body]}表决{'通过了' if carried else '没有通过'}这件事。"


def verdict(comparison: Comparison, *, of_entitled: bool) -> str:
    """The same for the big screen, without formulas: 赞成16人，超过到会30人的一半（要16人）."""
    base = "应到" if of_entitled else "到会"
    reached = "超过" if comparison.holds else "没有超过"
    needed = comparison.threshold.least(comparison.base)
    return (
        f"赞成{comparison.count}人，{reached}{base}{comparison.base}人的"
        f"{share(comparison.threshold)}（要{needed}人）"
    )


def counts(tally: Tally) -> str:
    """The four counts and their sum: they always add up to those present."""
    text = (
        f"赞成{tally.votes_for}＋反对{tally.votes_against}＋弃权{tally.abstentions}"
        f"＋未表决{tally.unused}＝到会{tally.present}"
    )
    return f"{text}（未表决中回避{tally.recused}人）" if tally.recused else text


def day(on: date) -> str:
    """2026年11月22日."""
    return f"{on.year}年{on.month}月{on.day}日"


def day_short(on: date) -> str:
    """11月22日."""
    return f"{on.month}月{on.day}日"


def clock(at: datetime) -> str:
    """The time of day in China, to the minute: 09:05."""
    return at.astimezone(CHINA).strftime("%H:%M")


def clock_seconds(at: datetime) -> str:
    """The time of day in China, to the second."""
    return at.astimezone(CHINA).strftime("%H:%M:%S")


def instant(at: datetime) -> str:
    """2026年11月22日 09:05."""
    return f"{day(at.astimezone(CHINA).date())} {clock(at)}"


def money(amount_fen: int) -> str:
    """Money in 元, exact to the 分; 万元 where that is shorter and exact."""
    yuan, fen = divmod(amount_fen, 100)
    if fen:
        return f"{yuan:,}.{fen:02d}元"
    if yuan % 100 == 0 and yuan >= WAN:
        return f"{yuan / WAN:,.2f}".rstrip("0").rstrip(".") + "万元"
    return f"{yuan:,}元"


def group(number: int) -> str:
    """A villagers' group by its number; people from outside have none."""
    return f"第{number}村民小组" if number else "村外"


def check_code(head: Head) -> str:
    """The head of the journal for people's eyes: 校验码 3817-0462-1180-9923."""
    return f"校验码 {head.check_code}"


def resolution_number(village: str, year: int, number: int) -> str:
    """决议编号 in the manner of GB/T 9704: full year in 六角括号, no leading zeros."""
    return f"{village}民决〔{year}〕{number}号"
