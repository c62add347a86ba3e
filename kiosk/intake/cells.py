"""What stands in one cell: names, days, groups, telephones; each read, or said in a sentence what to write instead."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from kiosk.core.law.roll import age_on
from kiosk.core.terms import Sex
from kiosk.intake.columns import Column

OLDEST_YEARS = 120
GROUPS = range(1, 100)
_NAME_AT_MOST = 30
_WORD_AT_MOST = 20
_QUOTED_AT_MOST = 16

_DATES = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_GROUP = re.compile(r"第?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:村民小组|小组|组)?")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LAND_LINE = re.compile(r"(?:0\d{2,3}-?)?[2-9]\d{6,7}")
_IDENTITY = re.compile(r"\d{15}|\d{6}[ -]\d{8}[ -]?\d{3}|\d\.\d+[eE]\+?1[4-9]")
_BETWEEN_CHARACTERS = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_YES, _NO = {"是", "√", "✓"}, {"", "否", "×"}
_UNDRAWN = (
    "“姓名”里有本机印不出来的字：{}。屏上和纸上都会缺这个字，所以先不能登记。"
    "请照户口簿核对；没有错的，先写读音相同的常用字，并请装机的人装上有这个字的字体（KIOSK_RARE_FONT）。"
)
_DIGITS = "一二三四五六七八九"
_SEXES = {"男": Sex.MALE, "女": Sex.FEMALE}


class Wrong(Exception):
    """A cell cannot be taken; the message is the Chinese sentence that says what to write."""


def plain(text: str) -> str:
    """Without full-width digits and signs and without spaces around; not for names, whose characters stay."""
    return unicodedata.normalize("NFKC", text).strip()


def looks_like_identity_number(text: str) -> bool:
    """Whether a number stands there as long as 身份证号 or a bank account: it must never be stored."""
    return _IDENTITY.search(plain(text)) is not None


def name(text: str, undrawn: Callable[[str], str] = lambda _text: "") -> str:
    """A name; spaces that set two characters apart (张　三) are left out. Wrong, also where no font draws it."""
    said = _BETWEEN_CHARACTERS.sub("", text.strip())
    if not said:
        raise Wrong("没有写“姓名”，请补上。")
    if len(said) > _NAME_AT_MOST:
        raise Wrong("“姓名”太长，请只写名字。")
    if lacking := undrawn(said):
        raise Wrong(_UNDRAWN.format("、".join(f"{char}（U+{ord(char):04X}）" for char in lacking)))
    if not all(character.isalpha() or character in "·•.' -" for character in said):
        raise Wrong(f"“姓名”写的是{_quoted(said)}，里面有不是文字的符号，请只写名字。")
    return said


def sex(text: str) -> Sex:
    """男 or 女. Wrong."""
    if text.strip() not in _SEXES:
        raise Wrong(_missing_or(Column.SEX, text, "请写“男”或“女”。"))
    return _SEXES[text.strip()]


def birth(text: str, today: date) -> date:
    """A day of birth, of somebody alive. Wrong."""
    born_on = day(text, Column.BORN_ON)
    if born_on is None:
        raise Wrong("没有写“出生日期”，请写成1965-03-02这样。")
    if born_on > today:
        raise Wrong(f"“出生日期”写的是{_quoted(text)}，还没到这一天，请核对年份。")
    if age_on(born_on, today) > OLDEST_YEARS:
        raise Wrong(f"“出生日期”写的是{_quoted(text)}，已经超过{OLDEST_YEARS}岁，请核对年份。")
    return born_on


def day(text: str, column: Column) -> date | None:
    """A calendar day in any of the usual spellings; None where nothing stands. Wrong."""
    said = plain(text).replace(" ", "")
    if not said:
        return None
    numbers = next((found.groups() for form in _DATES if (found := form.fullmatch(said))), None)
    if numbers is None:
        raise Wrong(_missing_or(column, text, "看不懂是哪一天，请写成1965-03-02这样。"))
    try:
        return date(*(int(number) for number in numbers))
    except ValueError as error:
        raise Wrong(_missing_or(column, text, "日历上没有这一天，请核对年月日。")) from error


def group(text: str) -> int:
    """村民小组 by its number: 3, 3组, 第三村民小组. Wrong."""
    found = _GROUP.fullmatch(plain(text).replace(" ", ""))
    number = _number(found[1]) if found else 0
    if number not in GROUPS:
        raise Wrong(_missing_or(Column.GROUP, text, f"请写1到{GROUPS[-1]}的组号，例如3。"))
    return number


def household(text: str) -> str:
    """户号 as the village counts them. Wrong."""
    said = plain(text)
    if not said:
        raise Wrong("没有写“户号”，同一户的人请写同一个户号。")
    return _short(said, Column.HOUSEHOLD)


def phone(text: str) -> str | None:
    """A mobile number, or a land line with or without its area code; None where nothing stands. Wrong."""
    said = re.sub(r"[\s()]", "", plain(text)).removeprefix("+86")
    mobile = said.replace("-", "")
    if not said:
        return None
    if _MOBILE.fullmatch(mobile):
        return mobile
    if not _LAND_LINE.fullmatch(said):
        todo = "不像电话号码，请写11位手机号，或带区号的座机号，没有就空着。"
        raise Wrong(_missing_or(Column.PHONE, text, todo))
    return said


def grid(text: str) -> str:
    """网格 by its name, or nothing. Wrong."""
    return _short(plain(text), Column.GRID)


def yes(text: str, column: Column) -> bool:
    """是 or 否; an empty cell is no. Wrong."""
    said = text.strip()
    if said not in _YES | _NO:
        raise Wrong(_missing_or(column, text, "请写“是”或“否”。"))
    return said in _YES


def _short(said: str, column: Column) -> str:
    if len(said) > _WORD_AT_MOST:
        raise Wrong(f"“{column.value}”太长，请写{_WORD_AT_MOST}个字以内。")
    return said


def _number(said: str) -> int:
    if said.isdecimal():
        return int(said)
    if "十" not in said:
        return _DIGITS.find(said) + 1  # 一一 is no number: it is found nowhere and makes 0
    tens, ones = said.split("十", 1)
    if any(part and part not in _DIGITS for part in (tens, ones)):
        return 0
    return (_DIGITS.find(tens) + 1 if tens else 1) * 10 + (_DIGITS.find(ones) + 1 if ones else 0)


def _quoted(text: str) -> str:
    said = " ".join(text.split())
    return f"“{said if len(said) <= _QUOTED_AT_MOST else said[:_QUOTED_AT_MOST] + '……'}”"


def _missing_or(column: Column, text: str, todo: str) -> str:
    if not text.strip():
        return f"没有写“{column.value}”，{todo}"
    return f"“{column.value}”写的是{_quoted(text)}，{todo}"
