"""Where the journeys' servers are born: one process has the program in memory and forks for each of them.

Starting Python and importing the kiosk takes two seconds of processor; some forty journeys need a server, most of them
on two cores that others use too. What runs in the fork is what `python -m kiosk run` runs, in a session of its own, so
that `kill -9` takes master and worker as before. The rehearsals' journeys start theirs as people do.

    python nursery.py       a line of JSON in, {"environment": …, "log": …}; a line out, the process id
"""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from importlib import import_module

from kiosk.config import ROOT
from kiosk.rehearsal.server import RealServer

READY = "ready"


class Nursery:
    """The process that forks."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout.readline().strip() == READY

    def bear(self, environment, log) -> int:
        """The process id of a new server."""
        asked = {"environment": environment, "log": str(log)}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        """End it; the servers it bore go on."""
        self._process.communicate(timeout=20)


class Born:
    """A process that somebody else has forked, as far as `RealServer` knows processes."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self):
        """None while it runs."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self, timeout):
        until = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("kiosk run", timeout)
            time.sleep(0.01)

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)


class BornServer(RealServer):
    """The real server, forked instead of started anew."""

    __slots__ = ("nursery",)

    def launch(self) -> None:
        """Start, and wait for nothing."""
        self.process = Born(self.nursery.bear(self._environment(), self.log))


def _become(main, environment, log) -> None:
    """Be the server, in a session of its own, its words in the log."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    heard = os.open(os.devnull, os.O_RDONLY)
    said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for ours, theirs in ((heard, 0), (said, 1), (said, 2)):
        os.dup2(ours, theirs)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["kiosk", "run"]
    main()


def _bear_as_asked() -> None:
    from kiosk.cli import main

    import_module("kiosk.cli.village")  # `run`, and all that it serves, once

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them: none stays as a zombie
    gc.freeze()
    print(READY, flush=True)
    while line := sys.stdin.readline():
        asked = json.loads(line)
        if child := os.fork():
            print(child, flush=True)
        else:
            _become(main, **asked)


if __name__ == "__main__":
    _bear_as_asked()
