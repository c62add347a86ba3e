"""The picture of each room (房间画面): drawn once for all who watch it, and the same as long as it looks the same.

A page that was drawn again and looks as it did is no new picture. So nobody is sent it, and who comes to watch is sent
the one that the others have, with its old revision: neither tells that, or when, something happened that is not shown.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from kiosk.fanout import Picture

STAYS_TRUE_S = 1.0
"""So long a drawn page also serves who comes to watch it, while nothing has changed: pages show the time."""

Revision = list[int]
"""The journal's sequence number, and a count of other changes."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A page as it was drawn: `data` is what a screen is sent of it."""

    html: str
    revision: Revision
    data: dict[str, object]


@dataclass(frozen=True, slots=True)
class Shot:
    """The picture of a room.

    Attributes:
        data: what a screen is sent, as it was when the page last looked different.
        picture: the same as it goes over the wire.
        revision: up to which the page looks like this; newer than that in `data`, perhaps.
        drawn_s: when that was seen, by the monotonic clock.
    """

    html: str
    data: dict[str, object]
    picture: Picture
    revision: Revision
    drawn_s: float


class Shots:
    """The pictures of the rooms that are watched.

    Args:
        draw: a room's page as it stands.
        frame: a snapshot's data as a message to many.
    """

    def __init__(
        self,
        draw: Callable[[str], Snapshot],
        frame: Callable[[dict[str, object]], Picture],
    ) -> None:
        self._draw = draw
        self._frame = frame
        self._shots: dict[str, Shot] = {}

    def last(self, room: str) -> Shot | None:
        """The picture that everybody in the room has, or is about to."""
        return self._shots.get(room)

    def drawn(self, room: str) -> Shot:
        """The picture of the room as it stands; the last one, if it looks as it did."""
        drawn_s = time.monotonic()
        snapshot, last = self._draw(room), self._shots.get(room)
        if last is not None and last.html == snapshot.html:
            shot = replace(last, revision=snapshot.revision, drawn_s=drawn_s)
        else:
            picture = self._frame(snapshot.data)
            shot = Shot(snapshot.html, snapshot.data, picture, snapshot.revision, drawn_s)
        self._shots[room] = shot
        return shot

    def for_who_comes(self, room: str, revision: Revision) -> Shot:
        """The picture of the room, drawn again unless it was a moment ago and nothing has changed since."""
        last = self._shots.get(room)
        if last is None or last.revision != revision:
            return self.drawn(room)
        is_fresh = time.monotonic() - last.drawn_s < STAYS_TRUE_S
        return last if is_fresh else self.drawn(room)

    def keep_only(self, rooms: Collection[str]) -> None:
        """Forget the pictures of the rooms that nobody watches any more."""
        self._shots = {room: shot for room, shot in self._shots.items() if room in rooms}
