"""A network camera for trials: MJPEG over HTTP on this machine, at an even pace, telling of each picture it sent."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .priority import go_first

_NICE = -10
_KEPT = 100  # pictures, four seconds
_HEAD = b"--next\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"


class Turn:
    """The newest pictures; whoever looks gets each in turn, also when he is a little late."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._kept: deque[tuple[int, bytes]] = deque(maxlen=_KEPT)

    @property
    def newest(self) -> int:
        """The number of the last picture."""
        with self._news:
            return self._kept[-1][0] if self._kept else -1

    def show(self, n: int, jpeg: bytes) -> None:
        """There is a new picture."""
        with self._news:
            self._kept.append((n, jpeg))
            self._news.notify_all()

    def after(self, n: int) -> tuple[int, bytes]:
        """The picture after the n-th; waits for it."""
        with self._news:
            self._news.wait_for(lambda: bool(self._kept) and self._kept[-1][0] > n)
            return next(kept for kept in self._kept if kept[0] > n)


def serve(jpegs: Iterator[bytes], fps: float, say: Callable[[object], None]) -> None:
    """Serve for ever. The first line says the port; then [number, seconds of the monotonic clock] for each picture."""
    turn = Turn()
    go_first(_NICE)  # a real camera does not wait for the processor
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(turn)) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say({"port": server.server_port})
        began = time.monotonic()
        for n, jpeg in enumerate(jpegs):
            time.sleep(max(0.0, began + n / fps - time.monotonic()))
            say([n, time.monotonic()])
            turn.show(n, jpeg)


def _handler(turn: Turn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=next")
            self.end_headers()
            n = turn.newest
            try:
                while True:
                    n, jpeg = turn.after(n)
                    self.wfile.write(_HEAD % len(jpeg) + jpeg + b"\r\n")
            except OSError:
                pass  # whoever looked has gone

        def log_message(self, *_words: object) -> None:
            pass

    return Handler
