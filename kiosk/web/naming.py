"""How people are called on officers' pages: as in the register today, else as in the last meeting that called them."""

from kiosk import wording
from kiosk.core.terms import PersonId
from kiosk.core.values import Actor
from kiosk.web.parts import parts

UNKNOWN = "已不在花名册的人"


class Names:
    """How people are called: as in the register today, else as in the last meeting that they were called to."""

    def __init__(self) -> None:
        meetings = parts().village().meetings.values()
        self._known = {seat.person: seat.name for m in meetings for seat in m.seats.values()}
        self._known |= {p.id: p.name for p in parts().register.people(parts().home)}

    def name(self, person: PersonId) -> str:
        """The name; a sentence where nobody knows it any more."""
        return self._known.get(person, UNKNOWN)

    def who(self, actor: Actor) -> str:
        """Who did it, with the role in which he did."""
        role = wording.ROLES[actor.role]
        return f"{self.name(actor.person)}（{role}）" if actor.person else role
