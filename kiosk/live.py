"""Live screens (实时画面): after each commit the changed pages go out to whoever watches them, whole.

A snapshot is a full picture with its revision (the journal's sequence number), so that a lost one does no harm, an
older one is ignored, and a screen that was away is right again with the next. At most ten go out a second. A page is
drawn once for all who watch it, and a slow screen is left behind until it can take the newest. Whoever comes to watch
is answered whether he may; then he is sent the picture of the room, the one that the others have.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, session
from flask_socketio import SocketIO, join_room, leave_room

from kiosk.core.history import Known
from kiosk.core.journal import Entry
from kiosk.core.refusals import Refused
from kiosk.core.terms import VillageId
from kiosk.fanout import Fanout
from kiosk.shots import Shots, Snapshot
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
LONGEST_ROOM_NAME = 64
REFUSED: dict[str, object] = {"refused": True}
WATCHING: dict[str, object] = {"watching": True}
"""The answer to who may watch. No picture is in it: one made for a socket alone cost 200 kB of memory a screen."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """A socket's page, and the tokens its browser held when it began to watch."""

    room: str
    keys: Mapping[str, Any]


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
        self._changes_shown = 0
        self._awake = threading.Event()
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
        self._shots = Shots(self.snapshot, lambda data: self._fanout.picture("page", data))
        self._behind: set[str] = set()
        self._arrived: deque[str] = deque()
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
        self._awake.set()
        self._thread.join(timeout=5)

    def heard(self, _village: VillageId, _entries: Sequence[Entry], _known: Known) -> None:
        """A listener of the service."""
        self.changed()

    def changed(self) -> None:
        """Something that the pages show is different now."""
        self._changes += 1
        self._awake.set()

    # A socket by itself gets nothing: what may be seen is asked anew with each watch, and before each push.
    @allow(PUBLIC)
    def connect(self, _auth: object = None) -> None:
        """A screen has a socket."""

    @allow(PUBLIC)
    def disconnect(self, _reason: object = None) -> None:
        """A screen's socket is gone."""
        self._watching.pop(_socket_id(), None)
        self._fanout.forget(_socket_id())

    @allow(PUBLIC)
    def watch(self, room: object = None, *more: object) -> dict[str, object]:
        """A screen wants to follow the page `name:argument`: whether it may. The page comes by itself."""
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
        self._fanout.forget(socket)
        self._arrived.append(socket)
        self._awake.set()
        return WATCHING

    def snapshot(self, room: str) -> Snapshot:
        """The page as it stands, with its revision."""
        changes = self._changes  # read first: what comes in meanwhile counts as newer
        known = self._parts.known()
        name, _, argument = room.partition(":")
        with self._app.app_context():
            g.pushed = True
            html = self._pages[name].draw(self._parts, known, argument)
        revision = [known.head.seq, changes]
        data: dict[str, object] = {
            "boot": self._boot,
            "rev": revision,
            "page": room,
            "html": html,
        }
        return Snapshot(html, revision, data)

    def _push(self) -> None:
        while True:
            longest_s = self._seconds_to_redraw()
            self._awake.wait(SHORTEST_PAUSE_S if self._behind else longest_s)
            if self._stopping.is_set():
                return
            began_s = time.monotonic()
            self._awake.clear()
            changes = self._changes
            changed = changes != self._changes_shown or longest_s is not None
            arrived = {self._arrived.popleft() for _ in range(len(self._arrived))}
            if self._round(arrived, changed=changed):
                self._changes_shown = changes
            else:  # asked again after a pause
                self._arrived.extend(arrived)
                self._awake.set()
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

    def _round(self, arrived: set[str], *, changed: bool) -> bool:
        """Draw what has changed, and send everybody what he has not got. False where nobody's rights are known."""
        watchers = self._admitted()
        if watchers is None:
            return False
        rooms: dict[str, list[str]] = {watcher.room: [] for watcher in watchers.values()}
        for socket in arrived & watchers.keys():
            rooms[watchers[socket].room].append(socket)
        for room, newcomers in rooms.items():
            try:
                self._show(room, changed=changed, entered=bool(newcomers))
            except Refused:  # there is no meeting to show
                for socket in newcomers:
                    self._send_away(socket, room)
            except Exception:
                log.exception("page not pushed room=%s", room)
                self._arrived.extend(newcomers)  # still without a picture when the next round comes
        self._behind &= rooms.keys()
        self._shots.keep_only(rooms.keys())
        return True

    def _show(self, room: str, *, changed: bool, entered: bool) -> None:
        """The room's picture to all there who have not got it."""
        last = self._shots.last(room)
        if changed or last is None:
            shot = self._shots.drawn(room)
        elif entered:
            revision = [self._parts.known().head.seq, self._changes]
            shot = self._shots.for_who_comes(room, revision)
        else:
            shot = last
        is_new = last is None or shot.picture is not last.picture
        if not (is_new or entered or room in self._behind):
            return
        if self._fanout.send("page", shot.data, shot.picture, room):
            self._behind.discard(room)
        else:
            self._behind.add(room)

    def _admitted(self) -> dict[str, Watcher] | None:
        """Who watches, once those have been sent away who may no longer see their page; None where that is not known.

        Who cannot be known is shown nothing.
        """
        watching = list(self._watching.items())
        admitted: dict[str, Watcher] = {}
        with self._app.app_context():
            try:
                rights = Rights([watcher.keys for _, watcher in watching])
            except Exception:
                log.exception("watchers not known")
                return None
            for socket, watcher in watching:
                if self._is_admitted(watcher, rights):
                    admitted[socket] = watcher
                else:
                    self._send_away(socket, watcher.room)
        return admitted

    def _is_admitted(self, watcher: Watcher, rights: Rights) -> bool:
        page = self._pages[watcher.room.partition(":")[0]]
        try:
            return rights.admit(watcher.keys, page.access)
        except Exception:
            log.exception("watcher not known room=%s", watcher.room)
            return False

    def _send_away(self, socket: str, room: str) -> None:
        self._watching.pop(socket, None)
        with self._app.app_context():
            leave_room(room, sid=socket, namespace="/")
        self.socketio.emit("page", REFUSED, to=socket)


def _socket_id() -> str:
    return str(request.sid)  # type: ignore[attr-defined] # Flask-SocketIO adds it
