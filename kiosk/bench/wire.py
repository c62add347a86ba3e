"""What goes over the wire, written and read by hand, so that the driver costs next to nothing: HTTP/1.1, WebSocket."""

import re
import socket
import zlib
from dataclasses import dataclass
from urllib.parse import urlencode

Address = tuple[str, int]
ANSWER_BYTES = 65536
WAIT_S = 60.0
REVISION = re.compile(rb'"rev":\[(\d+),')
REVISION_WITHIN = 256
"""The revision stands in the first so many bytes of a snapshot."""
LONG, VERY_LONG = 126, 127
COMPRESSED = 0x40
KEY = "a2lvc2stYmVuY2gta2V5IQ=="


@dataclass(frozen=True, slots=True)
class Ask:
    """One POST as the page's script sends it: the whole request, and how a good answer begins."""

    request: bytes
    good: bytes = b"HTTP/1.1 200"


def post(address: Address, path: str, cookie: str, csrf: str, fields: dict[str, str]) -> Ask:
    """A form, sent by the page's script."""
    body = urlencode(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\nCookie: {cookie}\r\n"
        f"X-Kiosk-Form: 1\r\nX-CSRFToken: {csrf}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return Ask(head.encode() + body)


class Line:
    """One kept-alive connection of a browser."""

    def __init__(self, address: Address) -> None:
        self._socket = socket.create_connection(address, WAIT_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, ask: Ask) -> bytes:
        """Send, and wait for the whole answer. OSError if the connection breaks."""
        self._socket.sendall(ask.request)
        answer = b""
        while not _is_whole(answer):
            more = self._socket.recv(ANSWER_BYTES)
            if not more:
                raise ConnectionResetError
            answer += more
        return answer

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def _is_whole(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return bool(end) and len(body) >= (int(length.group(1)) if length else 0)


def upgrade(address: Address, cookie: str) -> bytes:
    """The request that opens a browser's socket; like every browser it offers to take compressed messages."""
    return (
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
        f"Host: {address[0]}:{address[1]}\r\nCookie: {cookie}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {KEY}\r\n"
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n"
    ).encode()


def said(text: str) -> bytes:
    """A client's text frame. The mask is zeros: it must be there, and this one costs nothing."""
    payload = text.encode()
    assert len(payload) < LONG
    return bytes([0x81, 0x80 | len(payload)]) + bytes(4) + payload


def frame(payload: bytes) -> bytes:
    """A server's text frame."""
    size = len(payload)
    if size < LONG:
        return b"\x81" + bytes([size]) + payload
    if size < 1 << 16:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


def frame_end(data: bytes | bytearray) -> tuple[int, int]:
    """Where the first frame's payload begins and ends; (0, 0) while its head is not whole."""
    if len(data) < 2:  # noqa: PLR2004 -- two bytes are the shortest head
        return 0, 0
    size, begins = data[1] & 0x7F, 2
    if size >= LONG:
        begins = 4 if size == LONG else 10
        if len(data) < begins:
            return 0, 0
        size = int.from_bytes(data[2:begins], "big")
    return begins, begins + size


def beginning(head: int, payload: bytes) -> bytes:
    """The first bytes of a message, unpacked if the frame's first byte says that it is compressed."""
    if not head & COMPRESSED:
        return payload[:REVISION_WITHIN]
    return zlib.decompressobj(-15).decompress(payload, REVISION_WITHIN)
