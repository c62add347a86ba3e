"""A number, a day, a time, an amount or a code (数目、日期、金额、编号) as people read it."""

from datetime import date, datetime

from kiosk.core.journal import Head
from kiosk.core.terms import CHINA

WAN = 10_000
_DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """A whole number from 0 to 100 in Chinese (汉字数字), as statutes write shares: 三, 十, 二十五, 一百."""
    if number == 100:  # noqa: PLR2004 -- the one number here with three digits
        return "一百"
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


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


def length_said(duration_ms: int) -> str:
    """How long something is heard: 1分20秒; 45秒."""
    minutes, seconds = divmod(round(duration_ms / 1000), 60)
    return f"{minutes}分{seconds}秒" if minutes else f"{seconds}秒"


def money(amount_fen: int) -> str:
    """Money in 元, exact to the 分; 万元 where that is shorter and exact."""
    yuan, fen = divmod(amount_fen, 100)
    if fen:
        return f"{yuan:,}.{fen:02d}元"
    if yuan % 100 == 0 and yuan >= WAN:
        return f"{yuan / WAN:,.2f}".rstrip("0").rstrip(".") + "万元"
    return f"{yuan:,}元"


def check_code(head: Head) -> str:
    """The head of the journal for people's eyes: 校验码 3817-0462-1180-9923."""
    return f"校验码 {head.check_code}"


def resolution_number(village: str, year: int, number: int) -> str:
    """决议编号 in the manner of GB/T 9704: full year in 六角括号, no leading zeros."""
    return f"{village}民决〔{year}〕{number}号"
