"""A tap on the line: everything between browsers and server goes through it, and it writes all of it down."""

import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

CHUNK_BYTES = 65_536


@dataclass
class Tap:
    """Passes on what comes, both ways; `heard`: when, on which connection, up or down, what."""

    port_behind: int
    heard: list[tuple[float, int, str, bytes]] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self):
        self._taken = 0
        self._lock = threading.Lock()
        self._open = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def _accept(self):
        with suppress(OSError):  # closed, or nobody is there behind
            while True:
                browser, _ = self._listening.accept()
                self._open.append(browser)
                server = socket.create_connection(("127.0.0.1", self.port_behind))
                self._open.append(server)
                self.connections += 1
                for way in ((browser, server, "up"), (server, browser, "down")):
                    threading.Thread(
                        target=self._pass_on, args=(self.connections, *way), daemon=True
                    ).start()

    def _pass_on(self, connection, here, there, direction):
        with suppress(OSError):  # one of them has gone
            while chunk := here.recv(CHUNK_BYTES):
                with self._lock:
                    self.heard.append((time.monotonic(), connection, direction, chunk))
                there.sendall(chunk)
        with suppress(OSError):
            there.shutdown(socket.SHUT_WR)

    def since(self):
        """What was heard since the last time."""
        with self._lock:
            heard, self._taken = self.heard[self._taken :], len(self.heard)
        return heard

    def close(self):
        self._listening.close()
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
