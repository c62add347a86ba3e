"""Whom a villager may call (乡镇电话、监督电话): numbers of offices, which are printed and hang in public."""

import re

from kiosk.core.refusals import Reason, require

_OFFICE = re.compile(
    r"0[0-9]{2,3}-?[0-9]{7,8}(?:-[0-9]{1,5})?"  # a telephone with its area, and perhaps an extension
    r"|[2-9][0-9]{6,7}"  # the same without its area
    r"|[48]00-?[0-9]{3}-?[0-9]{4}"
    r"|[1-9][0-9]{2,5}"  # 12345, 12388
)


def is_office_phone(phone: str) -> bool:
    """Whether it has the form of an office's number; a mobile telephone is somebody's own and does not."""
    return _OFFICE.fullmatch(phone) is not None


def require_office_phones(*phones: str) -> None:
    """Refused: PHONE_NOT_OF_OFFICE, with the first that is none (个人信息保护法第二十五条)."""
    for phone in phones:
        require(is_office_phone(phone), Reason.PHONE_NOT_OF_OFFICE, phone=phone)
