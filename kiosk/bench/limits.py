"""What the machine itself can do, measured in the same run: bare durable commits, and a bare broadcast to N sockets."""

import base64
import hashlib
import socket
import sqlite3
import time
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from kiosk.bench.watching import Watchers
from kiosk.bench.wire import KEY, WAIT_S, Address, frame
from kiosk.store.database import PRAGMAS

LINE_BYTES = 600
"""About the length of a ballot's line in the journal, with what stands beside it."""
ROUNDS = 20
"""Broadcasts, ten a second."""
PAUSE_S = 0.1
MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
"""What RFC 6455 has the server add to the client's key."""


def bare_commits(path: Path, commits: int, size_bytes: int) -> float:
    """Commits a second of one row of so many bytes by one writer, under the pragmas of the kiosk."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("CREATE TABLE IF NOT EXISTS line (seq INTEGER PRIMARY KEY, text TEXT)")
        began = time.perf_counter()
        for _ in range(commits):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO line (text) VALUES (?)", ("x" * size_bytes,))
            connection.execute("COMMIT")
        return commits / (time.perf_counter() - began)


def bare_broadcast(clients: int, size_bytes: int) -> list[float]:
    """Seconds from the start of each broadcast until the last of the clients had it; by a server for nothing else."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_broadcast, args=(theirs, clients, size_bytes), daemon=True)
    process.start()
    theirs.close()
    address: Address = ours.recv()
    watchers = Watchers(address, [""] * clients)
    ours.send("go")
    began_s: list[float] = ours.recv()
    seen = watchers.end(list(range(1, ROUNDS + 1)))
    process.join()
    return [last - began for last, began in zip(seen.last_s, began_s, strict=True)]


def _broadcast(pipe: Connection, clients: int, size_bytes: int) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=clients) as listener:
        pipe.send(listener.getsockname())
        sockets = [_accepted(listener, size_bytes) for _ in range(clients)]
        pipe.recv()
        began_s = []
        for revision in range(1, ROUNDS + 1):
            picture = _picture(revision, size_bytes)
            began_s.append(time.monotonic())
            for line in sockets:
                line.sendall(picture)
            time.sleep(max(0.0, began_s[-1] + PAUSE_S - time.monotonic()))
        time.sleep(1.0)  # the last of them is still being read
        pipe.send(began_s)
        for line in sockets:
            line.recv(1)  # until the watchers hang up
            line.close()


def _accepted(listener: socket.socket, size_bytes: int) -> socket.socket:
    line, _ = listener.accept()
    line.settimeout(WAIT_S)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    asked = b""
    while not asked.endswith(b"\r\n\r\n"):
        arrived = line.recv(4096)
        if not arrived:
            raise ConnectionResetError("a client hung up before it had asked")
        asked += arrived
    accept = base64.b64encode(hashlib.sha1((KEY + MAGIC).encode()).digest()).decode()  # noqa: S324 -- RFC 6455
    head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    line.sendall(f"{head}Sec-WebSocket-Accept: {accept}\r\n\r\n".encode())
    line.sendall(_picture(0, size_bytes))
    return line


def _picture(revision: int, size_bytes: int) -> bytes:
    text = f'42["page",{{"rev":[{revision},0],"html":"'.encode()
    return frame(text + b"x" * max(0, size_bytes - len(text) - 3) + b'"}]')
