"""One picture to many sockets (群发): framed and compressed once, written to each by one thread.

`SocketIO.emit` puts a message on every socket's queue and wakes a thread for each, which under Python's lock takes
seconds for two thousand of them. A picture is whole and replaces the one before, so nobody needs a queue of them:

- whoever cannot take it now is left out, and gets the newest one when he can (`send` says so, `Live` comes again);
- a frame that was taken in part is completed before anything else goes to that socket;
- a picture is compressed once for all, which browsers allow where no message builds on the one before.

This uses private names of python-engineio and simple-websocket, which are pinned. Where they are gone, and for sockets
that are none (in tests), everything goes by `emit`.
"""

import contextlib
import logging
import re
import socket
import threading
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import simple_websocket
from engineio.async_drivers import threading as engineio_threading
from flask_socketio import SocketIO
from simple_websocket import ws as simple_websocket_ws
from socketio import packet
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

log = logging.getLogger(__name__)
PLAIN, COMPRESSED = 0x81, 0xC1
"""First byte of a text frame; compressed ones carry one bit more."""
SHORT, LONG = 126, 1 << 16
OFFERED = re.compile(r"permessage-deflate(; ?client_max_window_bits)?")
"""What browsers offer. To who offers anything else pictures go uncompressed, which is always allowed."""
Wrapper: Any = getattr(engineio_threading, "SimpleWebSocketWSGI", object)
Deflate: Any = getattr(simple_websocket_ws, "PerMessageDeflate", object)


class EachByItself(Deflate):  # type: ignore[misc] # wsproto's class, reached through simple-websocket
    """permessage-deflate where no message builds on the one before: nothing is kept between them."""

    def __init__(self) -> None:
        super().__init__(client_no_context_takeover=True, server_no_context_takeover=True)

    def frame_outbound(
        self, _proto: object, _opcode: object, rsv: object, data: bytes, _fin: object
    ) -> tuple[object, bytes]:
        """What goes to one socket alone goes as it is: 268 kB of compressor for each would cost more than it saves."""
        return rsv, data


class _NoThread(threading.Thread):
    """What simple-websocket is given in place of a reading thread: a quarter of a socket's memory is saved."""

    def start(self) -> None:
        """Not at all."""


class Line(Wrapper):  # type: ignore[misc] # python-engineio carries no types
    """A socket of engineio that can also be handed a frame that is ready."""

    def __init__(self, handler: Callable[..., Any], server: object, **options: Any) -> None:  # noqa: ANN401
        super().__init__(handler, server, thread_class=_NoThread, **options)
        self._sending = threading.Lock()
        self._rest = b""
        self._has: object = None
        self.deflates = False
        handler.__self__.line = self  # type: ignore[attr-defined] # a bound method of engineio's socket

    def __call__(self, environ: Mapping[str, Any], start_response: Callable[..., Any]) -> object:
        """Serve the socket until it ends."""
        offered = environ.get("HTTP_SEC_WEBSOCKET_EXTENSIONS", "")
        self.deflates = OFFERED.fullmatch(offered) is not None
        return super().__call__(environ, start_response)

    def wait(self) -> str | bytes | None:
        """The next message; None when the socket has ended. Read here, on the thread that waits for it anyway."""
        ws = self.ws
        while ws.connected and not ws.input_buffer:
            try:
                arrived = ws.sock.recv(ws.receive_bytes)
                ws.ws.receive_data(arrived or None)
                ws.connected = bool(arrived) and ws._handle_events()  # noqa: SLF001 -- pinned, and tested
            except (OSError, LocalProtocolError, RemoteProtocolError):
                ws.connected = False
        message: str | bytes | None = ws.input_buffer.pop(0) if ws.input_buffer else None
        return message

    def close(self) -> None:
        """End the socket, also where nobody is left at its other end."""
        with contextlib.suppress(OSError):
            super().close()
            self.ws.sock.shutdown(socket.SHUT_RDWR)

    def send(self, message: str | bytes) -> object:
        """Anything but a picture: after what is under way, and in its turn."""
        with self._sending:
            if self._rest:
                self.ws.sock.sendall(self._rest)
                self._rest = b""
            return super().send(message)

    def forget(self) -> None:
        """Whatever was shown, show it again when it comes."""
        with self._sending:
            self._has = None

    def show(self, picture: "Picture") -> bool:
        """Hand over the picture as far as the socket takes it at once; whether it is the newest there."""
        if not self._sending.acquire(blocking=False):
            return False  # a message is under way
        try:
            if not self._rest and self._has is not picture:
                self._rest, self._has = picture.frame(compressed=self.deflates), picture
            if self._rest:
                sent = self.ws.sock.send(self._rest, socket.MSG_DONTWAIT)
                self._rest = self._rest[sent:]
        except BlockingIOError:
            pass  # a slow one; it blocks nobody
        except OSError:
            self._rest, self._has = b"", picture  # gone; its own thread finds that out
        finally:
            self._sending.release()
        return not self._rest and self._has is picture


class Picture:
    """One message for a whole room, framed once."""

    def __init__(self, text: str) -> None:
        self._text = text.encode()
        self._frames: dict[bool, bytes] = {}

    def frame(self, *, compressed: bool) -> bytes:
        """The WebSocket frame of it."""
        if compressed not in self._frames:
            body = _deflated(self._text) if compressed else self._text
            self._frames[compressed] = _head(len(body), COMPRESSED if compressed else PLAIN) + body
        return self._frames[compressed]


def _deflated(text: bytes) -> bytes:
    deflate = zlib.compressobj(zlib.Z_BEST_SPEED, zlib.DEFLATED, -zlib.MAX_WBITS)
    return (deflate.compress(text) + deflate.flush(zlib.Z_SYNC_FLUSH))[:-4]


def _head(size: int, first: int) -> bytes:
    if size < SHORT:
        return bytes([first, size])
    if size < LONG:
        return bytes([first, 126]) + size.to_bytes(2, "big")
    return bytes([first, 127]) + size.to_bytes(8, "big")


class Fanout:
    """Sends pictures to rooms.

    Attributes:
        is_direct: whether frames go straight to the sockets; False where the private names are gone.
    """

    def __init__(self, socketio: SocketIO) -> None:
        self._socketio = socketio
        self._server: Any = socketio.server  # type: ignore[attr-defined] # the stubs leave it out
        self._emitted: dict[str, Picture] = {}  # who has which, of those whose sockets are no lines
        self.is_direct = _install(self._server.eio)
        if not self.is_direct:
            log.warning("pictures go by emit: python-engineio or simple-websocket has changed")

    def picture(self, event: str, data: object) -> Picture:
        """The event as a message, ready for every socket."""
        message = self._server.packet_class(packet.EVENT, data=[event, data])
        return Picture("4" + message.encode())

    def send(self, event: str, data: object, picture: Picture, room: str) -> bool:
        """Show everybody in the room the picture of this event; False while somebody has not got it.

        Send the same picture again then, or when somebody has come: who has it is left alone.
        """
        everybody_has_it = True
        for sid, engineio_sid in list(self._server.manager.get_participants("/", room)):
            line = self._line(engineio_sid)
            if line is not None:
                everybody_has_it &= line.show(picture)
            elif self._emitted.get(sid) is not picture:
                self._emitted[sid] = picture
                self._socketio.emit(event, data, to=sid)
        return everybody_has_it

    def forget(self, sid: str) -> None:
        """Send this socket the next picture even if it has it: it has come anew, or has gone."""
        self._emitted.pop(sid, None)
        line = self._line(self._server.manager.eio_sid_from_sid(sid, "/"))
        if line is not None:
            line.forget()

    def _line(self, engineio_sid: str | None) -> Line | None:
        if not self.is_direct:
            return None
        found: Line | None = getattr(self._server.eio.sockets.get(engineio_sid), "line", None)
        return found


def _install(engine: Any) -> bool:  # noqa: ANN401 -- engineio carries no types
    """Have engineio build our lines, and simple-websocket compress each message by itself; whether that can be."""
    drivers = getattr(engine, "_async", None)
    if not isinstance(drivers, dict) or drivers.get("websocket") is not Wrapper:
        return False
    if not all(hasattr(simple_websocket.Server, name) for name in ("send", "handshake")):
        return False
    engine._async = drivers | {"websocket": Line}  # noqa: SLF001 -- pinned, and tested
    simple_websocket_ws.PerMessageDeflate = EachByItself
    return True
