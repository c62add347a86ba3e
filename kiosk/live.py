"""Live screens (实时画面): after each commit the changed pages go out to whoever watches them, whole.

A snapshot is a full picture with its revision (the journal's sequence number), so that a lost one does no harm, an
older one is ignored, and a screen that was away is right again with the next. At most ten go out a second. A page is
drawn once for all who watch it, and a slow screen is left behind until it can take the newest.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, session
from flask_socketio import SocketIO, join_room, leave_room

from kiosk.core.history import Known
from kiosk.core.journal import Entry
from kiosk.core.refusals import Refused
from kiosk.core.terms import VillageId
from kiosk.fanout import Fanout, Picture
from kiosk.web.access import PUBLIC, Rights, allow, visitor
from kiosk.web.pages import LivePage
from kiosk.web.parts import Parts
from kiosk.web.sitting.straw import blackboard
from kiosk.web.sitting.turnout import seconds_to_step

log = logging.getLogger(__name__)
SHORTEST_PAUSE_S = 0.1
"""From the beginning of one round to that of the next."""
SHORTEST_REST_S = 0.02
"""After a round that took longer: others work too."""
STAYS_TRUE_S = 1.0
"""So long a drawn page also serves who comes to watch it, while nothing has changed: pages show the time."""
LONGEST_ROOM_NAME = 64
REFUSED: dict[str, object] = {"refused": True}


@dataclass(frozen=True, slots=True)
class Watcher:
    """A socket's page, and the tokens its browser held when it began to watch."""

    room: str
    keys: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shot:
    """A page as it was drawn for a room at an instant of the monotonic clock, and as it goes over the wire."""

    snapshot: dict[str, object]
    picture: Picture
    drawn_s: float


class Live:
    """Pushes pages to the sockets that watch them.

    Args:
        app: the application whose sessions say who is at a socket.
        parts: what the pages are drawn from.
        pages: the live pages by name.
        boot: a token of this start of the program; revisions compare only within one.
    """

    def __init__(self, app: Flask, parts: Parts, pages: Mapping[str, LivePage], boot: str) -> None:
        self._app = app
        self._parts = parts
        self._pages = pages
        self._boot = boot
        self._watching: dict[str, Watcher] = {}
        self._changes = 0
        self._dirty = threading.Event()
        self._stopping = threading.Event()
        # Websocket only: no sticky sessions, no half-open polling; the stubs do not know the argument.
        options: dict[str, Any] = {"transports": ["websocket"]}
        self.socketio = SocketIO(app, async_mode="threading", **options)
        self.handlers: dict[str, Callable[..., Any]] = {
            "connect": self.connect,
            "disconnect": self.disconnect,
            "watch": self.watch,
        }
        self._fanout = Fanout(self.socketio)
        self._shots: dict[str, Shot] = {}
        self._sent: dict[str, tuple[object, int]] = {}
        self._joined = 0
        self._behind: set[str] = set()
        for event, handler in self.handlers.items():
            self.socketio.on_event(event, handler)
        self._thread = threading.Thread(target=self._push, name="live", daemon=True)

    def start(self) -> None:
        """Follow the journal from now on."""
        self._parts.kiosk.subscribe(self.heard)
        with self._app.app_context():
            blackboard().tell = self.changed
        self._thread.start()

    def stop(self) -> None:
        """Send nothing more."""
        self._stopping.set()
        self._dirty.set()
        self._thread.join(timeout=5)

    def heard(self, _village: VillageId, _entries: Sequence[Entry], _known: Known) -> None:
        """A listener of the service."""
        self.changed()

    def changed(self) -> None:
        """Something that the pages show is different now."""
        self._changes += 1
        self._dirty.set()

    # A socket by itself gets nothing: what may be seen is asked anew with each watch, and before each push.
    @allow(PUBLIC)
    def connect(self, _auth: object = None) -> None:
        """A screen has a socket."""

    @allow(PUBLIC)
    def disconnect(self, _reason: object = None) -> None:
        """A screen's socket is gone."""
        self._watching.pop(_socket_id(), None)

    @allow(PUBLIC)
    def watch(self, room: object = None, *more: object) -> dict[str, object]:
        """A screen wants to follow the page `name:argument`; the answer is that page as it stands."""
        if more or not isinstance(room, str) or len(room) > LONGEST_ROOM_NAME:
            return REFUSED
        page = self._pages.get(room.partition(":")[0])
        if page is None or not page.access.admits(visitor()):
            return REFUSED
        socket = _socket_id()
        if socket in self._watching:
            leave_room(self._watching[socket].room)
        self._watching[socket] = Watcher(room, dict(session))
        join_room(room)
        self._joined += 1
        try:
            return self._shot(room).snapshot
        except Refused:  # there is no meeting to show
            self._watching.pop(socket)
            leave_room(room)
            return REFUSED

    def snapshot(self, room: str) -> dict[str, object]:
        """The page as it stands, with its revision."""
        changes = self._changes  # read first: what comes in meanwhile counts as newer
        known = self._parts.known()
        name, _, argument = room.partition(":")
        with self._app.app_context():
            g.pushed = True
            html = self._pages[name].draw(self._parts, known, argument)
        return {
            "boot": self._boot,
            "rev": [known.head.seq, changes],
            "page": room,
            "html": html,
        }

    def _shot(self, room: str) -> Shot:
        """The page as it stands, as it was drawn a moment ago if nothing has changed since."""
        shot = self._shots.get(room)
        now_s = time.monotonic()
        if shot and now_s - shot.drawn_s < STAYS_TRUE_S:
            revision = [self._parts.known().head.seq, self._changes]
            if shot.snapshot["rev"] == revision:
                return shot
        return self._draw(room)

    def _draw(self, room: str) -> Shot:
        drawn_s = time.monotonic()
        snapshot = self.snapshot(room)
        shot = Shot(snapshot, self._fanout.picture("page", snapshot), drawn_s)
        self._shots[room] = shot
        return shot

    def _push(self) -> None:
        while True:
            longest_s = self._seconds_to_redraw()
            self._dirty.wait(SHORTEST_PAUSE_S if self._behind else longest_s)
            if self._stopping.is_set():
                return
            began_s = time.monotonic()
            changed = self._dirty.is_set() or longest_s is not None
            self._dirty.clear()
            self._round(self._rooms(), changed=changed)
            rest_s = began_s + SHORTEST_PAUSE_S - time.monotonic()
            self._stopping.wait(max(SHORTEST_REST_S, rest_s))

    def _seconds_to_redraw(self) -> float | None:
        """When the screens change though nothing happens: of a secret vote the turnout moves on by the clock."""
        try:
            with self._app.app_context():
                return seconds_to_step(self._parts.village(), self._parts.kiosk.now())
        except Exception:
            log.exception("turnout not known")
            return SHORTEST_PAUSE_S

    def _round(self, rooms: set[str], *, changed: bool) -> None:
        """Draw what has changed and send it; else only to the screens that were left behind."""
        for room in rooms if changed else rooms & self._behind:
            self._behind.discard(room)
            joined = self._joined  # whoever comes later may hold a page that nobody else was sent
            try:
                shot = self._draw(room) if changed else self._shots[room]
                # What looks as it did is not sent: it would tell at what instant a secret ballot fell.
                sent = (shot.snapshot["html"], joined)
                if changed and self._sent.get(room) == sent:
                    continue
                self._sent[room] = sent
                if not self._fanout.send("page", shot.snapshot, shot.picture, room):
                    self._behind.add(room)
            except Exception:
                log.exception("page not pushed room=%s", room)
        self._behind &= rooms
        self._sent = {room: sent for room, sent in self._sent.items() if room in rooms}
        self._shots = {room: shot for room, shot in self._shots.items() if room in rooms}

    def _rooms(self) -> set[str]:
        """The rooms that are watched, once those have been sent away who may no longer see theirs."""
        watching = list(self._watching.items())
        rooms: set[str] = set()
        try:
            with self._app.app_context():
                rights = Rights([watcher.keys for _, watcher in watching])
        except Exception:
            # Who cannot be known is shown nothing; asked again after a pause.
            log.exception("watchers not known")
            self._dirty.set()
            return rooms
        for socket, watcher in watching:
            try:
                admitted = self._is_admitted(watcher, rights)
            except Exception:
                log.exception("watcher not known room=%s", watcher.room)
                admitted = False
            if admitted:
                rooms.add(watcher.room)
            else:
                self._send_away(socket, watcher.room)
        return rooms

    def _is_admitted(self, watcher: Watcher, rights: Rights) -> bool:
        page = self._pages[watcher.room.partition(":")[0]]
        with self._app.app_context():
            return rights.admit(watcher.keys, page.access)

    def _send_away(self, socket: str, room: str) -> None:
        self._watching.pop(socket, None)
        with self._app.app_context():
            leave_room(room, sid=socket, namespace="/")
        self.socketio.emit("page", REFUSED, to=socket)


def _socket_id() -> str:
    return str(request.sid)  # type: ignore[attr-defined] # Flask-SocketIO adds it
