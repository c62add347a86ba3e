"""The web server's handle on the recorder process. Loads neither cv2 nor av."""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from .settings import RecordingSettings

_ROOT = Path(__file__).resolve().parents[2]
_log = logging.getLogger(__name__)

Report = Callable[[dict[str, object]], None]


class Recorder:
    """Starts, tells and ends the recorder process; `report` is called with each of its reports.

    `report` is called on a thread of the handle. When the process ends without having said
    `stopped` (killed, crashed), the last report is {"event": "died", "code": its exit code}.
    The process gives itself priority, and ends by itself when this process dies.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._lock = threading.Lock()  # orders come from many request threads

    @property
    def is_running(self) -> bool:
        """Whether the process is alive."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """The process, while it is alive."""
        return self._process.pid if self._process is not None and self.is_running else None

    def start(self, settings: RecordingSettings) -> None:
        """Start recording; RuntimeError when it is running already, OSError when it cannot start.

        Whether the camera works is told later, by the reports.
        """
        if self.is_running:
            raise RuntimeError("the recorder is running already")
        self._join()
        # A session of its own: Ctrl-C at the server's terminal must not reach the recorder,
        # which ends in good order when its stdin closes.
        process = subprocess.Popen(
            [sys.executable, "-m", "kiosk.camera"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            start_new_session=True,
        )
        assert process.stdin is not None
        process.stdin.write(_line(settings.as_order()))
        process.stdin.flush()
        # A recorder that hangs must never hold up whoever gives it an order: that may be the writer of votes.
        os.set_blocking(process.stdin.fileno(), False)
        self._process = process
        self._reader = threading.Thread(target=self._read, args=(process,), daemon=True)
        self._reader.start()

    def mark(self, id: str, words: str) -> None:  # noqa: A002  # the name in the protocol
        """Note a moment in the film and show `words` in it for five seconds.

        Answered by a `marked` report. Does nothing without a running recorder: the meeting goes
        on without a film.
        """
        self._order({"do": "mark", "id": id, "words": words})

    def caption(self, words: str, entry: int = 0) -> None:
        """Change the words at the bottom of the film and the newest entry of the journal that stands beside them.

        Does nothing without a running recorder.
        """
        self._order({"do": "caption", "words": words, "entry": entry})

    def cover(self) -> None:
        """Show a card instead of the room, without sound, from the next picture on.

        A recorder that cannot be told so is killed: it must not film a secret vote.
        """
        if not self._order({"do": "cover"}) and self.is_running:
            self.kill()

    def uncover(self) -> None:
        """Show the room again."""
        self._order({"do": "uncover"})

    def kill(self) -> None:
        """End the process at once; `died` is reported, and `recovery.recover` completes its part."""
        if self._process is not None:
            self._process.kill()

    def stop(self, timeout_s: float) -> None:
        """End the recording and wait until the last part is sealed and the process has ended.

        One that takes longer than `timeout_s` seconds is killed: `died` is reported, and
        `recovery.recover` completes its part.
        """
        process = self._process
        if process is None:
            return
        self._order({"do": "stop"})
        try:
            process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            _log.exception("the recorder does not end and is killed")
            process.kill()
        self._join()

    def _order(self, order: Mapping[str, object]) -> bool:
        """Give an order without waiting; whether it is in the pipe, which takes lines below 4 kB whole or not."""
        process = self._process
        if process is None or process.stdin is None:
            return False
        line = _line(order)
        try:
            with self._lock:
                return os.write(process.stdin.fileno(), line) == len(line)
        except (OSError, ValueError) as error:  # the process is dead, its pipe closed or full
            _log.warning("the recorder did not hear %s: %s", order["do"], error)
            return False

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        stopped = False
        for line in process.stdout:
            if report := _parse(line):
                stopped = stopped or report["event"] == "stopped"
                self._tell(report)
        code = process.wait()
        if not stopped:
            self._tell({"event": "died", "code": code})

    def _tell(self, report: dict[str, object]) -> None:
        try:
            self._report(report)
        except Exception:  # the next report must still be read, or the recorder goes unheard
            _log.exception("the report %s was not taken", report.get("event"))

    def _join(self) -> None:
        """Let go of a process that has ended: its thread and its pipes."""
        if self._reader is not None and self._reader is not threading.current_thread():
            self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout) if self._process else ():
            if pipe is not None:
                _close(pipe)
        self._process = self._reader = None


def _line(order: Mapping[str, object]) -> bytes:
    return json.dumps(order, ensure_ascii=False).encode() + b"\n"


def _parse(line: bytes) -> dict[str, object]:
    """Read a report; empty for a line that is none, such as a library may print."""
    try:
        report: object = json.loads(line)
    except ValueError:
        report = None
    if isinstance(report, dict) and "event" in report:
        return report
    _log.warning("not a report: %r", line[:200])
    return {}


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # unsent orders for a process that is dead
        _log.debug("an order was left in the pipe")
