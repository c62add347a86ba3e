"""Why counts of one vote differ (差异说明), as it prints: the reason, and the posts of the two."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.core import events as e
from kiosk.core.journal import Entry
from kiosk.core.terms import Role, VoteId

SPELLED = (e.DifferenceExplained.__name__, e.DifferenceSettled.__name__)
"""Only lines that spell one of these need be read for it."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A difference that two officers have settled: the ground, the post of who gave it, of who agreed."""

    ground: str
    explained_by: Role
    agreed_by: Role


def settled(entries: Iterable[Entry], vote: VoteId) -> Settled | None:
    """What settled the difference of that vote, the last time; None where nothing did."""
    explained: tuple[str, Role] | None = None
    found: Settled | None = None
    for entry in entries:
        match entry.event:
            case e.DifferenceExplained() if entry.event.vote == vote:
                explained = entry.event.ground, entry.actor.role
            case e.DifferenceSettled() if entry.event.vote == vote and explained:
                found = Settled(*explained, entry.actor.role)
            case _:
                pass
    return found
