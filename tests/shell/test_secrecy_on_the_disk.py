"""Law 10, tried by force: who has every file, every log, every byte on the wire, and not the key, learns nothing.

Known ballots are cast in a known order, everything that can be gathered is gathered (`forensics`), and every attack we
could think of (`attacks`) names an answer for each voter. None may do better than chance. And so that this means
something: each attack must succeed where a leak is planted for it, and with the key all is lost (`docs/secrecy.md`).
"""

import logging
import shutil
import sqlite3
from collections import Counter
from contextlib import closing, contextmanager
from itertools import permutations
from random import Random  # noqa: TID251 -- seeded: the same orders and answers each time

import pytest
from attacks import CHOICES, FOUND, expected, found, found_by, z_of
from forensics import Observer, Trace, tables_of
from simulator import VILLAGE, MeetingSimulator, convened

from kiosk.core.ballot_terms import Choice, Method
from kiosk.core.votes.box import unpacked
from kiosk.demo.one_commit import in_one_commit
from kiosk.store.boxes import BoxKeys
from kiosk.store.journal import SqlJournal

RESULT, VOTES = (24, 20, 16), 6
SMALL_RESULT, FEW_VOTES = (12, 10, 8), 2


# --- the statistic


@pytest.mark.parametrize("guesses", ["ffaab", "fffff", "abfab", "bbbaf"])
def test_mean_and_variance_are_those_of_all_ways_to_hand_out_the_answers(guesses):
    truth = "ffaab"
    hits = [sum(map(str.__eq__, guesses, way)) for way in permutations(truth)]
    mean = sum(hits) / len(hits)
    variance = sum((h - mean) ** 2 for h in hits) / len(hits)
    assert expected(guesses, truth) == (pytest.approx(mean), pytest.approx(variance, abs=1e-9))


def test_luck_is_no_finding_and_knowledge_is_one():
    chance = Random(4)
    answers = answers_of(RESULT)

    def votes():
        for _ in range(VOTES):
            chance.shuffle(answers)
            yield Trace([str(n) for n in range(len(answers))], list(answers))

    held = list(votes())
    assert (
        abs(z_of(lambda past, vote: chance.sample(vote.choices, len(vote.choices)), held)) < FOUND
    )
    assert z_of(lambda past, vote: ["for"] * len(vote.choices), held) == 0
    assert z_of(lambda past, vote: vote.choices, held) > 4 * FOUND
    one_in_five = [chance.random() < 0.2 for _ in range(sum(RESULT))]
    knows_some = lambda past, vote: [  # noqa: E731
        c if k else chance.choice(CHOICES) for c, k in zip(vote.choices, one_in_five, strict=True)
    ]
    assert z_of(knows_some, held) > FOUND / 2


# --- votes, watched


@contextmanager
def logging_everything(path):
    """More than the server ever logs: every level, into a file that is the observer's too."""
    handler = logging.FileHandler(path)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
        handler.close()


def answers_of(result):
    return [choice for choice, n in zip(CHOICES, result, strict=True) for _ in range(n)]


def no_leak(person, choice):
    """The kiosk as it is."""


def watched(engine, folder, result, votes, *, leak=no_leak, keys=None):
    """So many secret votes of everybody in an order of chance, watched from outside."""
    store = SqlJournal(engine, keys)
    with in_one_commit(store, VILLAGE) as whole:
        called = convened(sum(result), store=whole).check_in(sum(result)).open()
    sim = MeetingSimulator(store, called.clock)
    sim.meeting_id, sim._told = called.meeting_id, called._told
    chance, observer, traces = Random(20261123), Observer(folder), []
    with logging_everything(folder / "server.log"):
        for _ in range(votes):
            traces.append(watched_vote(sim, observer, chance, result, leak))
            traces[-1].rest = observer.everything()
            traces[-1].tables = tables_of(folder / "kiosk.sqlite3")
            sim.void("再表决一次")
    return traces


def watched_vote(sim, observer, chance, result, leak):
    sim.open_vote(method=Method.SECRET)
    people, choices = sorted(sim.vote().electorate), answers_of(result)
    chance.shuffle(people)
    chance.shuffle(choices)
    trace = Trace(people, choices, names={p: sim.meeting().seats[p].name for p in people})
    observer.look()
    for person, choice in zip(people, choices, strict=True):
        sim.ballot(person, Choice(choice))
        leak(person, choice)
        trace.steps.append(observer.look())
    sim.witness().close()
    assert {n.choice.value: n.count for n in sim.vote().tally.counts} == Counter(choices)
    return trace


def test_from_every_file_after_every_ballot_nobody_learns_who_gave_which_answer(engine, tmp_path):
    assert found(watched(engine, tmp_path, RESULT, VOTES)) == {}


# --- the attacks are worth something: leaks that are planted are found


def table(columns, row):
    """A kiosk that keeps the ballots in a table of its own beside the box."""

    def planted(folder):
        chance = Random(7)
        count = iter(range(10_000))

        def leak(person, choice):
            values = row(person, choice, next(count), f"{chance.getrandbits(128):032x}")
            with closing(sqlite3.connect(folder / "kiosk.sqlite3", timeout=20)) as connection:
                connection.execute("pragma secure_delete = on")
                connection.execute(f"create table if not exists ballots {columns}")
                marks = ",".join("?" * len(values))
                connection.execute(f"insert into ballots values ({marks})", values)
                connection.commit()

        return {"leak": leak}

    return planted


def log_line(told):
    """A kiosk that writes a line a ballot."""
    return lambda folder: {
        "leak": lambda person, choice: logging.getLogger("kiosk").info(told(person, choice))
    }


class Unsealed(BoxKeys):
    """Boxes that nobody seals."""

    def seal(self, vote, content):
        return bytes(24) + content + bytes(16)

    def opened(self, vote, sealed):
        return sealed[24:-16]


LEAKS = {
    "a row with its time": (
        table(
            "(id text primary key, at real, choice text) without rowid",
            lambda person, choice, number, chance: (chance, 1e9 + number, choice),
        ),
        "order in table ballots by at",
    ),
    "rows in their order": (
        table("(choice text)", lambda person, choice, number, chance: (choice,)),
        "order in table ballots by rowid",
    ),
    "rows in no order": (  # which is how it is often done; the log of the database tells
        table(
            "(id text primary key, choice text) without rowid",
            lambda person, choice, number, chance: (chance, choice),
        ),
        "words new with the ballot",
    ),
    "rows with the person": (
        table(
            "(id text primary key, person text, choice text) without rowid",
            lambda person, choice, number, chance: (chance, person, choice),
        ),
        "words near the person",
    ),
    "a line in the log": (
        log_line(lambda p, choice: f"ballot {choice}"),
        "order in what was added to server.log",
    ),
    "a code in the log": (
        log_line(lambda p, choice: f"ballot taken, card{CHOICES.index(choice)}"),
        "words that are added",
    ),
    "a length in the log": (
        log_line(lambda p, choice: "#" * (7 + CHOICES.index(choice))),
        "sizes",
    ),
    "a box that is not sealed": (
        lambda folder: {"keys": Unsealed(folder / "box-keys")},
        "bytes that change",
    ),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_planted_leak_is_found(engine, tmp_path, leak):
    planted, attack = LEAKS[leak]
    traces = watched(engine, tmp_path, SMALL_RESULT, FEW_VOTES, **planted(tmp_path))
    assert found_by(attack, traces)


# --- the honest limit


def test_whoever_reads_the_key_during_the_vote_learns_everything(engine, tmp_path):
    """Root at the machine, ballot by ballot: no program keeps him out. Paper does (`docs/secrecy.md`)."""
    (tmp_path / "kiosk").mkdir()
    copies = []

    def take_all(person, choice):
        copies.append(tmp_path / f"copy-{len(copies)}")
        copies[-1].mkdir()
        for path in (*tmp_path.glob("kiosk.sqlite3*"), tmp_path / "box-keys"):
            copy = shutil.copytree if path.is_dir() else shutil.copyfile
            copy(path, copies[-1] / path.name)

    (trace,) = watched(engine, tmp_path, (3, 2, 2), 1, leak=take_all)
    assert read_with_the_key(copies, trace.people) == trace.choices
    for copy in copies:
        shutil.rmtree(copy / "box-keys")
    with pytest.raises(LookupError):
        read_with_the_key(copies, trace.people)


def read_with_the_key(copies, people):
    """What each ballot changed in the box."""
    told, before = [], Counter()
    for copy in copies:
        with closing(sqlite3.connect(copy / "kiosk.sqlite3")) as connection:
            ((vote, sealed),) = connection.execute("select vote, content from boxes")
        content = BoxKeys(copy / "box-keys").opened(vote, sealed)
        counts = Counter()
        for (_channel, choice), number in unpacked(
            content, people, list(Choice)[:3]
        ).counts.items():
            counts[choice.value] += number
        told += (counts - before).elements()
        before = counts
    return told
