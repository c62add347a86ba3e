"""Many at the one door at once, commits that fail, and a journal that must be whole after all of it."""

import threading
from contextlib import contextmanager

from memory_store import MemoryJournal
from simulator import VILLAGE
from sqlalchemy import event

from kiosk.core.history import replay
from kiosk.core.journal import check, read

PATIENCE_S = 60


NOTHING = object()


def at_once(actions, expected=Exception):
    """Run all actions in threads that start together; what each gave, or what of the expected it raised."""
    start = threading.Barrier(len(actions))
    outcomes = [NOTHING] * len(actions)

    def run(place, action):
        start.wait(PATIENCE_S)
        try:
            outcomes[place] = action()
        except expected as error:
            outcomes[place] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert NOTHING not in outcomes, "a thread broke, or hangs"
    return outcomes


def whole(sim):
    """The journal holds, and says what the service thinks it says."""
    known = sim.kiosk.known(VILLAGE)
    assert check(sim.lines(), known.head) is None
    assert replay(map(read, sim.lines())) == known.village


@contextmanager
def failing_commits(engine):
    def fail(_connection):
        raise OSError("pulled out")

    event.listen(engine, "commit", fail)
    try:
        yield
    finally:
        event.remove(engine, "commit", fail)


@contextmanager
def the_next_commit_held(sim):
    """A first ballot whose writer is kept busy; `waiting(n)` lets it go when n others wait for it."""
    go_on = threading.Event()
    sim.kiosk.subscribe(lambda village, entries, known: go_on.wait(PATIENCE_S))
    first = threading.Thread(target=lambda: sim.ballot("v01"))
    first.start()

    def waiting(number):
        desk = sim.kiosk._desk(VILLAGE)
        pause = threading.Event()
        for _ in range(PATIENCE_S * 100):
            if len(desk.waiting) >= number and desk.lock.locked():
                break
            pause.wait(0.01)
        go_on.set()

    yield waiting
    go_on.set()
    first.join(PATIENCE_S)


def at_once_while(waiting, actions):
    release = threading.Thread(target=waiting, args=(len(actions),))
    release.start()
    outcomes = at_once(actions)
    release.join(PATIENCE_S)
    return outcomes


class CountingJournal(MemoryJournal):
    """A store that counts its commits."""

    commits = 0

    def commit(self):
        self.commits += 1
