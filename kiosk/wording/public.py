"""What the portal says of people and of what people wrote (公开的说法): no name, no telephone, no card number.

Law 11 of the kiosk: the archive copy names people, the public copy does not.
"""

from kiosk.core.law.rules import Comparison
from kiosk.core.matters.need import Need
from kiosk.core.papers.discretion import discreet
from kiosk.core.terms import Standing
from kiosk.core.votes.vote import Vote
from kiosk.wording.choosing import chosen_said
from kiosk.wording.names import CHOICES, STANDINGS
from kiosk.wording.sentences import (
    base_of,
    outcome,
    reached,
    share,
    unit_of,
)

__all__ = ["AUTHORS", "A_VILLAGER", "author", "discreet", "verdict"]

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


def verdict(judged: Comparison, vote: Vote) -> str:
    """The one plain sentence of a closed vote: `通过：赞成31，超过到会45人的一半`; of candidates who is chosen."""
    if vote.contest is not None:
        return chosen_said(vote.chosen, vote.contest)
    row = vote.row
    of_whom = f"{base_of(row)}{judged.base}{unit_of(row)}的{share(judged.threshold)}"
    what = f"{CHOICES[row.decisive]}{judged.count}"
    return f"{outcome(row, carried=judged.holds)}：{what}，{reached(judged)}{of_whom}"
