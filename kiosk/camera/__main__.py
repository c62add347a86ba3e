"""The recorder process: `python -m kiosk.camera`, JSON lines on stdin and stdout, log on stderr.

A process of its own, because one busy thread in the web server would put the encoder behind;
and because the film must outlive a crash of the server by as long as it takes to seal it.
"""

import logging
import os
import signal
import sys
import threading
from types import FrameType

from .priority import go_first
from .recording import record
from .settings import RecordingSettings
from .sources import hush
from .wire import Orders, Reports

_NICE = -5


def main() -> None:
    """Record what the first line of stdin orders."""
    logging.basicConfig(stream=sys.stderr, format="recorder: %(levelname)s %(message)s")
    hush()
    go_first(_NICE)
    asked_to_end = _watch_signals()
    orders, say = Orders(sys.stdin.fileno()), Reports(sys.stdout.fileno())
    order = orders.first()
    if order is None:
        return
    try:
        settings = RecordingSettings.from_order(order)
    except ValueError as error:
        say("failed", cause=str(error))
        say("stopped", parts=0)
        return
    record(settings, orders, say, asked_to_end.is_set)


def _watch_signals() -> threading.Event:
    """Return an event that SIGTERM and SIGINT set: both mean seal and end."""
    asked = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return asked


def _end() -> None:
    """End the process; at once when a camera's driver still holds a thread.

    The interpreter would be aborted if it were taken down under that thread.
    """
    if threading.active_count() > 1:
        os._exit(0)


if __name__ == "__main__":
    main()
    _end()
