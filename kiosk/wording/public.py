"""What the portal says of people and of what people wrote (公开的说法): no name, no telephone, no card number.

Law 11 of the kiosk: the archive copy names people, the public copy does not.
"""

import re

from kiosk.core.matters.need import Need
from kiosk.core.terms import Standing
from kiosk.wording.names import STANDINGS

A_VILLAGER = "一位村民"
NOT_PUBLIC = "（号码不公开）"

AUTHORS = {
    Standing.VILLAGER: A_VILLAGER,
    Standing.JOINT_VILLAGERS: "村民联名",
    Standing.JOINT_REPRESENTATIVES: "村民代表联名",
    Standing.SUPERVISORS: STANDINGS[Standing.SUPERVISORS],
    Standing.COMMITTEES: STANDINGS[Standing.COMMITTEES],
    Standing.GRID_WORKER: "一位网格员",
    Standing.TOWNSHIP: STANDINGS[Standing.TOWNSHIP],
}
"""Who brought a need forward, as the public may read it."""

_NUMBERS = re.compile(
    r"(?<![0-9])(?:"
    r"1[3-9][0-9](?:[ -]?[0-9]{4}){2}"  # a mobile telephone
    r"|0[0-9]{2,3}[ -][0-9]{7,8}"  # a telephone with its area
    r"|(?:[0-9][ -]?){15,18}[0-9Xx]"  # an identity card, a bank card
    r")(?![0-9])"
)
_NAME_AT_LEAST = 2


def author(need: Need) -> str:
    """Who brought the need forward (提出人), without a name; of a joint one how many."""
    return AUTHORS[need.standing] + (f"{need.supporters}人" if need.supporters else "")


def discreet(text: str, *names: str) -> str:
    """The text without the numbers of telephones and cards (隐去号码), and without these people's names."""
    for name in names:
        if len(name) >= _NAME_AT_LEAST:
            text = text.replace(name, "提出人")
    return _NUMBERS.sub(NOT_PUBLIC, text)
