"""How a voter casts: the one place to change when there is another way to vote."""

from collections.abc import Sequence

from kiosk.bench.assembly import VOTE, Assembly, Paired
from kiosk.bench.hands import Tap
from kiosk.bench.wire import Ask, post
from kiosk.core.terms import DeviceKind, PersonId
from kiosk.demo.story import TODAY


def at_screens(assembly: Assembly, voters: Sequence[PersonId], screens: int) -> list[Tap]:
    """At so many ballot screens, one after the other: his name, then his choice. Two POSTs, two commits."""
    paired = assembly.pair(DeviceKind.BALLOT, [None] * screens)
    return [
        Tap(_cast(assembly, screen), before=(_name(assembly, screen, person),))
        for person, screen in zip(voters, _round(paired, len(voters)), strict=True)
    ]


def each_alone(assembly: Assembly, voters: Sequence[PersonId]) -> list[Tap]:
    """Each at a screen and a session of his own where it is his turn already: one POST, one commit."""
    paired = assembly.pair(DeviceKind.BALLOT, voters)
    return [Tap(_cast(assembly, screen)) for screen in paired]


def on_phones(assembly: Assembly, voters: Sequence[PersonId]) -> list[Tap]:
    """Each on his own phone, which has scanned his slip: one POST, one commit."""
    phones = assembly.hand_out(voters)
    return [Tap(_post(assembly, phone, "/slip/cast", choice="for")) for phone in phones]


def empty(assembly: Assembly, screens: int, number: int) -> list[Tap]:
    """As many POSTs that do nothing, from as many sessions."""
    paired = assembly.pair(DeviceKind.BALLOT, [None] * screens)
    return [Tap(_post(assembly, screen, "/comfort")) for screen in _round(paired, number)]


def _round(paired: list[Paired], number: int) -> list[Paired]:
    return [paired[i % len(paired)] for i in range(number)]


def _name(assembly: Assembly, screen: Paired, person: PersonId) -> Ask:
    return _post(assembly, screen, "/ballot/turn", meeting=TODAY, vote=VOTE, person=person)


def _cast(assembly: Assembly, screen: Paired) -> Ask:
    return _post(assembly, screen, "/ballot/cast", choice="for")


def _post(assembly: Assembly, screen: Paired, path: str, **fields: str) -> Ask:
    return post(assembly.address, path, screen.cookie, screen.csrf, fields)
