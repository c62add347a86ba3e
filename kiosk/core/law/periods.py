"""The village's periods (期限): how long things hang, and until when an answer is owed; the law's floors."""

from dataclasses import dataclass

from kiosk.core.refusals import Reason, require

PUBLIC_DAYS_AT_LEAST = 15
"""公布的期限不得少于十五日（村民委员会组织法第三十五条）."""
PUBLIC_DAYS_AT_MOST = 366
ANSWER_DAYS = range(3, 16)
"""An objection is answered within three to fifteen days (重庆 3, 山东 5, 上海 15)."""

NEED_DAYS = range(1, 61)
"""A need is taken up or answered within two months at most: it may not wait for ever."""
PAUSE_DAYS = range(367)
"""A matter that was given up rests for a year at most; no law asks for a rest at all."""


FILM_YEARS = range(10, 31)
"""A film is kept at least as long as the shortest class of village records (10年, 村级档案管理办法), at most 30 years:
personal data are kept no longer than needed (个人信息保护法第十九条)."""


@dataclass(frozen=True, slots=True)
class Periods:
    """Days, first and last included where something hangs.

    Attributes:
        public_days: how long resolutions and results hang (公示天数).
        objection_days: within how many days an objection is answered (异议答复).
        need_days: within how many days a need is taken up or answered (需求答复).
        pause_days: how long a matter that was given up rests before it is raised again (再议间隔).
        exclusions: whether people may be left out of 应到 at all (不计入应到, 重庆市实施办法第七条).
        film_years: how many years the film of a meeting is kept (录像保存).
        major_film_years: the same where a matter of it is of weight or disputed (重大、有争议的录像保存).

    """

    public_days: int = PUBLIC_DAYS_AT_LEAST
    objection_days: int = 3
    need_days: int = 15
    pause_days: int = 0
    exclusions: bool = False
    film_years: int = 10
    major_film_years: int = 30


def require_lawful_periods(periods: Periods) -> None:
    """Hold the periods (期限) to their floors, in days: 村民委员会组织法第三十五条; local rules for answers.

    Refused: PUBLIC_TOO_SHORT, ANSWER_DAYS_OUT_OF_RANGE, FILM_YEARS_OUT_OF_RANGE.
    """
    require(
        periods.public_days >= PUBLIC_DAYS_AT_LEAST,
        Reason.PUBLIC_TOO_SHORT,
        days=periods.public_days,
        needed=PUBLIC_DAYS_AT_LEAST,
    )
    require_not_endless(periods.public_days)
    for days, lawful in (
        (periods.objection_days, ANSWER_DAYS),
        (periods.need_days, NEED_DAYS),
        (periods.pause_days, PAUSE_DAYS),
    ):
        require(days in lawful, Reason.ANSWER_DAYS_OUT_OF_RANGE, least=lawful[0], most=lawful[-1])
    _require_lawful_film_years(periods)


def _require_lawful_film_years(periods: Periods) -> None:
    longer = periods.major_film_years
    lawful = periods.film_years in FILM_YEARS and longer in FILM_YEARS
    require(
        lawful and longer >= periods.film_years,
        Reason.FILM_YEARS_OUT_OF_RANGE,
        least=FILM_YEARS[0],
        most=FILM_YEARS[-1],
    )


def require_not_endless(days: int) -> None:
    """Refused: ANSWER_DAYS_OUT_OF_RANGE for something that would hang for more than a year: a typing error."""
    require(
        days <= PUBLIC_DAYS_AT_MOST,
        Reason.ANSWER_DAYS_OUT_OF_RANGE,
        least=PUBLIC_DAYS_AT_LEAST,
        most=PUBLIC_DAYS_AT_MOST,
    )
