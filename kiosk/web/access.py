"""Who may use what (权限). Every route and socket event declares it; the application refuses to start otherwise.

- An officer signs in with a code, then a PIN; his browser holds a random token, the database its hash.
- A ballot or hall screen is paired by a one-time code and holds a token of its own.
- A phone holds the token of the slip (表决条) that its owner was handed, for one ballot in one vote.
- `public` is said in so many words, never by leaving something out.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, g, redirect, request, session
from werkzeug.wrappers import Response

from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import DeviceKind, Role
from kiosk.store.devices import Device
from kiosk.store.register import Person
from kiosk.store.slips import Slip
from kiosk.web.parts import parts

Handler = TypeVar("Handler", bound=Callable[..., object])

SLIP_KEY = "slip"
"""Under this name a phone's session holds the token of its slip."""


class UndeclaredAccess(Exception):
    """A route or socket event does not say who may use it; the application must not start."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may: everybody, officers with one of the roles, a paired screen of one of the kinds, a phone with a slip."""

    everybody: bool = False
    roles: frozenset[Role] = frozenset()
    screens: frozenset[DeviceKind] = frozenset()
    slips: bool = False

    def admits(self, visitor: "Visitor") -> bool:
        """Whether this visitor may."""
        if self.everybody:
            return True
        if visitor.officer is not None and self.roles & visitor.officer.roles:
            return True
        if self.slips and visitor.slip is not None:
            return True
        return any(kind in visitor.screens for kind in self.screens)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is at the other end: a signed-in officer, paired screens, a phone with a slip, all of them or none."""

    officer: Person | None
    screens: dict[DeviceKind, Device]
    slip: Slip | None = None


PUBLIC = Access(everybody=True)
ANY_OFFICER = Access(
    roles=frozenset({Role.CHAIR, Role.SECRETARY, Role.TELLER, Role.SUPERVISOR, Role.ADMIN})
)
CONSOLE = Access(roles=frozenset({Role.CHAIR, Role.SECRETARY}))
DOOR = Access(roles=frozenset({Role.CHAIR, Role.SECRETARY, Role.TELLER}))
ADMIN = Access(roles=frozenset({Role.ADMIN}))
SUPERVISION = Access(roles=frozenset({Role.SUPERVISOR}))
CONSOLE_OR_SUPERVISION = Access(roles=CONSOLE.roles | SUPERVISION.roles)
BALLOT = Access(screens=frozenset({DeviceKind.BALLOT}))
SLIP = Access(slips=True)
HALL = Access(roles=ANY_OFFICER.roles, screens=frozenset({DeviceKind.HALL}))


def allow(access: Access) -> Callable[[Handler], Handler]:
    """Declare who may use a route or a socket event."""

    def mark(handler: Handler) -> Handler:
        handler.access = access  # type: ignore[attr-defined] # a function carries its own declaration
        return handler

    return mark


def declared(handler: object) -> Access | None:
    """What a handler declares."""
    access = getattr(handler, "access", None)
    return access if isinstance(access, Access) else None


def visitor() -> Visitor:
    """Who sends the present request or holds the present socket."""
    if "visitor" not in g:
        g.visitor = recognise(session)
    known: Visitor = g.visitor
    return known


def recognise(keys: Mapping[str, Any]) -> Visitor:
    """Who holds these tokens now: a session as the cookie, or the socket that began with it, has them."""
    officer, screens = None, {}
    token = keys.get("officer")
    if token:
        person = parts().credentials.signed_in(token, parts().kiosk.now())
        officer = None if person is None else parts().register.officer(person)
    for kind in DeviceKind:
        token = keys.get(kind.value)
        device = parts().devices.by_token(token) if token else None
        if device is not None and device.kind is kind:
            screens[kind] = device
    token = keys.get(SLIP_KEY)
    return Visitor(officer, screens, parts().slips.by_token(token) if token else None)


class Rights:
    """Who may see what at this instant, for many at once: the screens among them are asked for in one question.

    Args:
        holders: the tokens that each of them holds.
    """

    def __init__(self, holders: Iterable[Mapping[str, Any]]) -> None:
        names = [kind.value for kind in DeviceKind]
        tokens = {token for keys in holders for name in names if (token := keys.get(name))}
        self._kinds = parts().devices.kinds(tokens) if tokens else {}

    def admit(self, keys: Mapping[str, Any], access: Access) -> bool:
        """Whether the access admits who holds these tokens."""
        for kind in access.screens:
            if self._kinds.get(keys.get(kind.value, "")) is kind:
                return True
        return access.admits(recognise(keys))


def screen(kind: DeviceKind) -> Device:
    """The paired screen of this kind; only behind an access that asks for it."""
    return visitor().screens[kind]


def slip_in_hand() -> Slip:
    """The slip of this phone; only behind an access that asks for it."""
    slip = visitor().slip
    assert slip is not None
    return slip


def guard(app: Flask) -> None:
    """Hold every request to its route's declaration."""

    @app.before_request
    def check() -> Response | None:
        if request.endpoint is None:
            return None  # no such page: the error page will say so
        access = declared(app.view_functions[request.endpoint])
        assert access is not None
        if access.admits(visitor()):
            return None
        return _turned_away(access)


def _turned_away(access: Access) -> Response:
    if access.roles and visitor().officer is not None:
        raise Refused(Reason.ROLE_MAY_NOT)
    if access.slips:
        return redirect("/slip")
    return redirect("/signin" if access.roles else "/pair")


def require_declarations(app: Flask, socket_events: Iterable[tuple[str, object]]) -> None:
    """Raise UndeclaredAccess unless every route and socket event says who may use it."""
    routes = [(rule.rule, app.view_functions[rule.endpoint]) for rule in app.url_map.iter_rules()]
    for name, handler in (*routes, *socket_events):
        if declared(handler) is None:
            raise UndeclaredAccess(f"{name} does not declare who may use it")
