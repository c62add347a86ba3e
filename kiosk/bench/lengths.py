"""What a vote costs on a short journal and on one of a million entries, through the one door, without a web server.

The long one is written straight into the store: changes of the periods, chained and valid, which leave no trace in the
state but the last. Folding them once is what a start of the kiosk costs; a vote must not cost more after it.
"""

import os
import statistics
import time
from collections.abc import Sequence

from kiosk.app import new_token, open_store
from kiosk.bench.assembly import VOTE, Assembly
from kiosk.bench.figures import SECRETARY, Figures
from kiosk.bench.limits import LINE_BYTES, bare_commits
from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.commands import CastBallot
from kiosk.core.events import PeriodsChanged
from kiosk.core.journal import chain
from kiosk.core.law.periods import Periods
from kiosk.core.terms import CommandId, PersonId, Role
from kiosk.core.values import Actor
from kiosk.demo.story import TODAY, VILLAGE
from kiosk.service import Kiosk
from kiosk.store.journal import SqlJournal

AT_ONCE = 10_000
"""Entries in one commit while the long journal is written."""


def cost_by_length(assembly: Assembly, long: int) -> Figures:
    """Milliseconds a vote, waiting for the disk included and not, before and after the journal has grown."""
    kiosk = assembly.application.parts.kiosk
    half = len(assembly.voters) // 2
    short = kiosk.known(VILLAGE).head.seq
    bare = assembly.server.settings.data_dir / "bare.sqlite3"
    commits_then = bare_commits(bare, half, LINE_BYTES)
    few = _cost(kiosk, assembly.voters[:half])
    grow(assembly, long)
    began = time.perf_counter()
    grown = kiosk.known(VILLAGE).head.seq
    fold_s = time.perf_counter() - began
    os.sync()  # the disk is still busy with the long journal; that is not the vote's to wait for
    commits_now = bare_commits(bare, half, LINE_BYTES)
    many = _cost(kiosk, assembly.voters[half:])
    return {
        "short_entries": short,
        "long_entries": grown,
        "short_vote_ms": few[0],
        "short_vote_cpu_ms": few[1],
        "long_vote_ms": many[0],
        "long_vote_cpu_ms": many[1],
        "short_bare_commit_ms": 1000 / commits_then,
        "long_bare_commit_ms": 1000 / commits_now,
        "of_short": many[0] / few[0],
        "of_short_cpu": many[1] / few[1],
        "fold_s": fold_s,
    }


def grow(assembly: Assembly, to: int) -> None:
    """Write valid entries straight into the store until the journal is so long."""
    _flask, engine = open_store(assembly.server.settings)
    store, kiosk = SqlJournal(engine), assembly.application.parts.kiosk
    head, at = kiosk.known(VILLAGE).head, kiosk.now()
    change = PeriodsChanged(Periods(), "bench", "bench")
    while head.seq < to:
        number = min(AT_ONCE, to - head.seq)
        with store.writing(VILLAGE) as writing:
            command = CommandId(new_token())
            entries = chain(head, [change] * number, at=at, actor=SECRETARY, command=command)
            writing.append(entries, "")
        head = entries[-1].head
    engine.dispose()


def _cost(kiosk: Kiosk, voters: Sequence[PersonId]) -> tuple[float, float]:
    """Median milliseconds of a vote by the clock, and mean milliseconds of processor."""
    seconds, cpu_s = [], time.thread_time()
    for person in voters:
        command = CastBallot(TODAY, VOTE, person, (Choice.FOR,), Channel.KIOSK_SCREEN)
        began = time.perf_counter()
        kiosk.execute(VILLAGE, command, Actor(Role.VOTER, person), CommandId(new_token()))
        seconds.append(time.perf_counter() - began)
    cpu_s = time.thread_time() - cpu_s
    return statistics.median(seconds) * 1000, cpu_s / len(voters) * 1000
