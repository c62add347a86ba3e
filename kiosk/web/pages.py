"""The live pages: a name, who may watch it, and how its changing part is drawn from the village as it stands."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.core.history import Known
from kiosk.web.access import Access
from kiosk.web.parts import Parts

Draw = Callable[[Parts, Known, str], str]
"""(parts, what is known, the page's argument) → HTML of the part of the page that changes."""


@dataclass(frozen=True, slots=True)
class LivePage:
    """One page that follows the meeting. `argument` is what comes after the colon in `name:argument`."""

    name: str
    access: Access
    draw: Draw
