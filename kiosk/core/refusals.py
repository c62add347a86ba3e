"""Why not: the closed set of reasons for which the rules refuse, each with its legal basis.

Every reason has a Chinese sentence in `kiosk.wording` that tells the person what to do next.
"""

from dataclasses import dataclass, field

from kiosk.core.reasons import Reason

__all__ = ["BASIS", "Malformed", "Reason", "Refused", "require", "require_money", "require_text"]

PROCEDURE = "中国共产党农村基层组织工作条例第十九条（四议两公开）"
TRUTHFULNESS = "村民委员会组织法第三十五条（保证所公布事项的真实性）"
PUBLICITY = "村民委员会组织法第三十五条"
SUPERVISION = "村民委员会组织法第三十七条、第三十九条"

FILM_KEPT = "村级档案管理办法；个人信息保护法第十九条"

BASIS: dict[Reason, str] = {
    Reason.STAGE_OUT_OF_ORDER: PROCEDURE,
    Reason.BACK_DATED: TRUTHFULNESS,
    Reason.PUBLIC_TOO_SHORT: PUBLICITY,
    Reason.PUBLICATION_NOT_OVER: PUBLICITY,
    Reason.OBJECTIONS_CLOSED: PUBLICITY,
    Reason.RESULT_TOO_SOON: PUBLICITY,
    Reason.FILM_NOT_OPENED: "个人信息保护法第五十一条",
    Reason.FILM_YEARS_OUT_OF_RANGE: FILM_KEPT,
    Reason.FILM_STILL_KEPT: FILM_KEPT,
    Reason.CLIP_OF_SECRET_VOTE: "个人信息保护法第二十五条",
    Reason.PHONE_NOT_OF_OFFICE: "个人信息保护法第二十五条",
    Reason.OPINION_MISSING: SUPERVISION,
    Reason.WORKS_NOT_ACCEPTED: SUPERVISION,
    Reason.SIGNED_SHEET_MISSING: "村民委员会组织法第三十九条（村务档案）",
}
"""The article behind a reason where it is always the same; a rule row names its own (`basis`)."""


@dataclass
class Refused(Exception):
    """The rules say no: `facts` are the numbers the sentence needs, `basis` the article that forbids."""

    reason: Reason
    facts: dict[str, str | int] = field(default_factory=dict)
    basis: str = ""

    def __str__(self) -> str:
        return f"{self.reason.value} {self.facts}" if self.facts else self.reason.value


class Malformed(ValueError):
    """The input is not a command at all; its message names the field."""


def require(condition: object, reason: Reason, /, *, basis: str = "", **facts: str | int) -> None:
    """Refuse for this reason unless the condition holds."""
    if not condition:
        raise Refused(reason, facts, basis or BASIS.get(reason, ""))


def require_text(*texts: str) -> None:
    """Refused: TEXT_MISSING where one of the texts says nothing."""
    require(all(text.strip() for text in texts), Reason.TEXT_MISSING)


def require_money(*amounts_fen: int) -> None:
    """Refused: MONEY_NEGATIVE where one of the amounts, in 分, is below zero."""
    require(all(amount >= 0 for amount in amounts_fen), Reason.MONEY_NEGATIVE)
