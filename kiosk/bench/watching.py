"""N screens that watch the big screen's page, as one cheap process: every socket is read where it lies, none is drawn.

What arrives is only looked at as far as its revision. The first screen reads every snapshot whole, to see that each is
well formed and that none is older than the one before.
"""

import json
import selectors
import socket
import time
import zlib
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from kiosk.bench.wire import (
    COMPRESSED,
    REVISION,
    WAIT_S,
    Address,
    beginning,
    frame_end,
    said,
    upgrade,
)

AT_ONCE = 50
"""Screens that connect at the same time, as after a power cut: more would only wait in the listener's queue."""
LARGEST_READ = 1 << 20
NEVER = 1 << 62
"""The revision of a ballot that was not taken."""


@dataclass(slots=True)
class Screen:
    """One socket: what is not read yet, which revisions came when (seconds of the monotonic clock)."""

    socket: socket.socket
    unread: bytearray = field(default_factory=bytearray)
    is_open: bool = False
    watches: bool = False
    revisions: "array[int]" = field(default_factory=lambda: array("q"))
    times: "array[float]" = field(default_factory=lambda: array("d"))
    broken: int = 0
    picture_bytes: int = 0

    def take(self, at: float, *, whole: bool) -> None:
        """Take in every whole frame that has arrived."""
        while True:
            begins, ends = frame_end(self.unread)
            if not ends or len(self.unread) < ends:
                return
            head = self.unread[0]
            if head & 0x0F == 1:
                self._message(head, bytes(self.unread[begins:ends]), at, whole=whole)
            elif head & 0x0F not in {8, 9, 10}:
                self.broken += 1
            del self.unread[:ends]

    def _message(self, head: int, payload: bytes, at: float, *, whole: bool) -> None:
        text = beginning(head, payload)
        if text.startswith(b"2"):
            self.socket.sendall(said("3"))
        elif text.startswith(b"0"):
            self.socket.sendall(said("40"))
        elif text.startswith(b"40"):
            self.socket.sendall(said('421["watch","hall"]'))
        elif text.startswith(b'431[{"watching"'):
            pass  # the picture comes by itself
        elif found := REVISION.search(text):
            self.watches = True
            self.revisions.append(int(found.group(1)))
            self.times.append(at)
            self.picture_bytes = len(payload)
            if whole:
                self.broken += not _is_whole(head, payload)
        else:
            self.broken += 1

    def saw(self, revision: int) -> float:
        """When this screen first showed the revision or a newer one; infinity if it never did."""
        place = bisect_left(self.revisions, revision)
        return self.times[place] if place < len(self.times) else float("inf")


def _is_whole(head: int, payload: bytes) -> bool:
    text = (
        zlib.decompressobj(-15).decompress(payload + b"\0\0\xff\xff")
        if head & COMPRESSED
        else payload
    )
    try:
        return "html" in json.loads(text[text.index(b"[") :])[-1]
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Seen:
    """What the screens saw.

    Attributes:
        last_s: when the last screen showed each revision that was asked for (monotonic clock; infinity: never).
        broken: messages that were not whole, and screens that were shown an older picture after a newer one.
        picture_bytes: size of the newest picture as it came over the wire.
    """

    last_s: list[float]
    broken: int
    picture_bytes: int


class Watchers:
    """The process of the screens, seen from the measurement."""

    def __init__(self, address: Address, cookies: list[str]) -> None:
        context = get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=_watch, args=(theirs, address, cookies), daemon=True
        )
        self._process.start()
        theirs.close()  # so that its death is heard
        assert self._ours.recv() == "watching"

    def end(self, revisions: list[int]) -> Seen:
        """Stop watching; what was seen, and when the last screen saw each of these revisions."""
        self._ours.send(revisions)
        seen: Seen = self._ours.recv()
        self._process.join()
        return seen


def _watch(pipe: Connection, address: Address, cookies: list[str]) -> None:
    """The process: connect everybody, then read until the measurement asks."""
    selector = selectors.DefaultSelector()
    screens: list[Screen] = []
    for first in range(0, len(cookies), AT_ONCE):
        group = [_connected(address, cookie) for cookie in cookies[first : first + AT_ONCE]]
        for screen in group:
            selector.register(screen.socket, selectors.EVENT_READ, screen)
        screens += group
        _read_until_all_watch(selector, screens, group)
    pipe.send("watching")
    while not pipe.poll():
        _read(selector, screens, 0.05)
    revisions: list[int] = pipe.recv()
    _read_until_all_saw(
        selector, screens, max((rev for rev in revisions if rev < NEVER), default=0)
    )
    last_s = [max((screen.saw(rev) for screen in screens), default=0.0) for rev in revisions]
    disordered = sum(list(s.revisions) != sorted(s.revisions) for s in screens)
    broken = disordered + sum(screen.broken for screen in screens)
    pipe.send(Seen(last_s, broken, max((s.picture_bytes for s in screens), default=0)))


def _connected(address: Address, cookie: str) -> Screen:
    line = socket.create_connection(address, WAIT_S)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line.sendall(upgrade(address, cookie))
    return Screen(line)


def _read_until_all_watch(
    selector: selectors.BaseSelector, screens: list[Screen], group: list[Screen]
) -> None:
    until = time.monotonic() + WAIT_S
    while not all(screen.watches for screen in group):
        if time.monotonic() > until:
            raise TimeoutError("not every screen is watching")
        _read(selector, screens, 0.05)


def _read_until_all_saw(
    selector: selectors.BaseSelector, screens: list[Screen], revision: int
) -> None:
    """The last picture is still on its way when the last vote is acknowledged; but nobody waits for ever."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until and any(s.saw(revision) == float("inf") for s in screens):
        _read(selector, screens, 0.05)


def _read(selector: selectors.BaseSelector, screens: list[Screen], wait_s: float) -> None:
    for key, _ in selector.select(wait_s):
        screen: Screen = key.data
        data = screen.socket.recv(LARGEST_READ)
        if not data:
            raise ConnectionResetError("the server closed a screen's socket")
        at = time.monotonic()
        screen.unread += data
        if not screen.is_open:
            head, end, _ = bytes(screen.unread).partition(b"\r\n\r\n")
            if not end:
                continue
            if b" 101 " not in head:
                raise ConnectionRefusedError(head[:80].decode())
            del screen.unread[: len(head) + 4]
            screen.is_open = True
        screen.take(at, whole=screen is screens[0])
