"""What the portal says of people and of what people wrote (公开的说法): no name, no telephone, no card number.

Law 11 of the kiosk: the archive copy names people, the public copy does not.
"""

from kiosk.core.matters.need import Need
from kiosk.core.papers.discretion import discreet
from kiosk.core.terms import Standing
from kiosk.wording.names import STANDINGS

__all__ = ["AUTHORS", "A_VILLAGER", "author", "discreet"]

A_VILLAGER = "一位村民"

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


def author(need: Need) -> str:
    """Who brought the need forward (提出人), without a name; of a joint one how many."""
    return AUTHORS[need.standing] + (f"{need.supporters}人" if need.supporters else "")
