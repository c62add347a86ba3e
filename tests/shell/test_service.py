"""The one door for writing: racing, repeating, failing, restarting, and being killed."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from memory_store import MemoryJournal
from racing import (
    CountingJournal,
    at_once,
    at_once_while,
    failing_commits,
    the_next_commit_held,
    whole,
)
from simulator import (
    MATTER,
    VILLAGE,
    MeetingSimulator,
    actor_of,
    convened,
    founding,
    raising,
    refused,
    voting,
)
from sqlalchemy import text

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Choice
from kiosk.core.events import BallotCast
from kiosk.core.history import as_of
from kiosk.core.journal import read
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import Body, CommandId, MatterId, PersonId, VillageId
from kiosk.service import Kiosk
from kiosk.store.journal import SqlJournal

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=["memory", "database"])
def store(request):
    return MemoryJournal() if request.param == "memory" else SqlJournal(database(request))


def database(request):
    return request.getfixturevalue("engine")


# --- racing


def test_of_eighty_racing_ballots_of_forty_people_forty_count(store):
    sim = convened(entitled=40, store=store).check_in(40).open().open_vote()
    before = len(sim.lines())

    def casting(person, number):
        command_id = CommandId(f"{person}-{number}")
        choice = Choice.FOR if number else Choice.AGAINST
        return lambda: sim.do(sim.casting(person, choice), command_id=command_id)

    outcomes = at_once([casting(p, number) for number in (0, 1) for p in sim.voters()])
    reasons = Counter(o.reason for o in outcomes if isinstance(o, Refused))
    assert reasons == {Reason.ALREADY_VOTED: 40}
    heads = {o.head for o in outcomes if not isinstance(o, Refused)}
    assert {head.seq for head in heads} == set(range(before + 1, before + 41))
    cast = [e.person for e in sim.events() if isinstance(e, BallotCast) and e.vote == sim.vote_id]
    assert sorted(cast) == sorted(sim.voters())
    assert sim.vote().tally.cast == 40
    whole(sim)


def test_the_same_command_from_twenty_threads_at_once_is_one_fact_with_one_receipt(store):
    sim = voting_in(store)
    before = len(sim.lines())
    same = sim.casting("v01")
    outcomes = at_once([lambda: sim.do(same, command_id=CommandId("same"))] * 20)
    assert len(sim.lines()) == before + 1
    assert {receipt.head for receipt in outcomes} == {sim.head()}
    assert sorted(receipt.repeated for receipt in outcomes) == [False] + [True] * 19


def voting_in(store):
    return convened(entitled=3, store=store).check_in(3).open().open_vote()


def test_two_services_on_one_database_take_turns(engine):
    """Two processes would be two kiosks, each with its own idea of the head."""
    sim = voting_in(SqlJournal(engine))
    other = Kiosk(SqlJournal(engine), sim.clock)

    def raise_at(kiosk, name):
        command = raising(MatterId(name))
        return lambda: kiosk.execute(VILLAGE, command, actor_of(command), CommandId(name))

    kiosks = (sim.kiosk, other)
    outcomes = at_once([raise_at(kiosks[n % 2], f"matter-{n}") for n in range(20)])
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    numbers = [matter.number for matter in sim.village().matters.values()]
    assert numbers == list(range(1, 22))
    assert other.known(VILLAGE) == sim.kiosk.known(VILLAGE)
    whole(sim)


# --- repeating


def test_a_repeated_command_gives_the_same_receipt_though_the_journal_went_on(store):
    sim = voting_in(store)
    first = sim.do(sim.casting("v01"), command_id=CommandId("mine"))
    sim.ballot("v02").ballot("v03")
    again = sim.do(sim.casting("v01"), command_id=CommandId("mine"))
    assert (again.head, first.repeated, again.repeated) == (first.head, False, True)
    assert sim.vote().tally.cast == 3


def test_the_receipt_of_a_command_with_several_facts_names_the_last(store):
    sim = voting_in(store).cast(3).close()
    receipt = sim.do(c.Adjourn(sim.meeting_id), command_id=CommandId("end"))
    assert [type(e).__name__ for e in sim.events()[-2:]] == [
        "MeetingAdjourned",
        "PublicationOpened",
    ]
    assert receipt.head == sim.head()
    assert sim.do(c.Adjourn(sim.meeting_id), command_id=CommandId("end")).head == receipt.head


@pytest.mark.parametrize("change", [{"choice": Choice.AGAINST}, {"person": PersonId("v02")}])
def test_the_id_of_a_command_is_not_used_for_another_content(store, change):
    sim = voting_in(store)
    sim.do(sim.casting("v01"), command_id=CommandId("mine"))
    before = sim.lines()
    other = sim.casting(change.get("person", "v01"), change.get("choice", Choice.FOR))
    refusal = refused(lambda: sim.do(other, command_id=CommandId("mine")))
    assert refusal.reason is Reason.COMMAND_REUSED
    assert sim.lines() == before


def test_a_refused_command_may_be_sent_again_when_it_is_lawful(store):
    sim = convened(entitled=3, store=store).check_in(3)
    opening = c.OpenMeeting(sim.meeting_id)
    sim.leave("v02", "v03")
    assert refused(lambda: sim.do(opening, command_id=CommandId("open"))).reason is Reason.NO_QUORUM
    sim.arrive("v02")
    assert not sim.do(opening, command_id=CommandId("open")).repeated


def test_the_villages_of_one_kiosk_do_not_mix(store):
    sim = MeetingSimulator(store).found()
    other = VillageId("other")
    founded = founding()
    sim.kiosk.execute(other, founded, actor_of(founded), CommandId("c0001"))
    assert not sim.kiosk.village(other).matters
    assert len(sim.village().matters) == 1
    assert {read(line).seq for line in sim.kiosk.lines(other)} == set(
        range(1, sim.kiosk.known(other).head.seq + 1)
    )


def test_a_village_that_was_not_founded_is_not_there(store):
    with pytest.raises(LookupError):
        MeetingSimulator(store).village()


# --- failing


class FullDisk(MemoryJournal):
    """A store whose disk can be full at the moment of the commit."""

    full = False

    def commit(self):
        if self.full:
            raise OSError("no space left on device")


def test_when_the_commit_fails_nothing_is_acknowledged_and_the_next_command_works():
    store = FullDisk()
    sim = voting_in(store)
    heard = []
    sim.kiosk.subscribe(lambda village, entries, known: heard.append(entries))
    lines, known = sim.lines(), sim.kiosk.known(VILLAGE)
    store.full = True
    with pytest.raises(OSError, match="no space left"):
        sim.ballot("v01")
    assert (sim.lines(), sim.kiosk.known(VILLAGE), heard) == (lines, known, [])
    store.full = False
    sim.ballot("v01").ballot("v02")
    assert sim.vote().tally.cast == 2
    assert len(heard) == 2
    whole(sim)


def test_when_the_database_does_not_commit_the_transaction_is_gone(engine):
    sim = voting_in(SqlJournal(engine))
    lines = sim.lines()
    with failing_commits(engine), pytest.raises(OSError, match="pulled out"):
        sim.ballot("v01")
    assert sim.lines() == lines
    assert sim.ballot("v01").vote().tally.cast == 1
    whole(sim)


def test_when_a_shared_commit_fails_everybody_who_waited_for_it_hears_so():
    store = FullDisk()
    sim = voting_in(store)
    store.full = True
    people = [PersonId(f"v{n:02d}") for n in (1, 2, 3)]
    outcomes = at_once([lambda p=person: sim.ballot(p) for person in people])
    assert [type(outcome) for outcome in outcomes] == [OSError] * 3
    store.full = False
    assert sim.cast(3).vote().tally.cast == 3


def test_a_broken_journal_is_not_written_on(engine):
    sim = voting_in(SqlJournal(engine))
    forged = next(read(line).seq for line in sim.lines() if "v01" in line)
    with engine.begin() as connection:
        connection.execute(
            text("update journal set line = replace(line, 'v01', 'v02') where seq = :seq"),
            {"seq": forged},
        )
    again = MeetingSimulator(SqlJournal(engine), sim.clock)
    with pytest.raises(RuntimeError, match=f"broken at entry {forged + 1}"):
        again.found()
    assert len(sim.lines()) == sim.head().seq


def test_a_command_that_breaks_does_not_take_those_with_it_that_wait_beside_it():
    """A character that has no bytes cannot be written; the ballot in the same commit can."""
    sim = voting_in(MemoryJournal())
    aside = c.RaiseMatter(**(fields_of(raising()) | {"matter": MatterId("x"), "title": "\ud800"}))
    with the_next_commit_held(sim) as waiting:
        outcomes = at_once_while(waiting, [lambda: sim.do(aside), lambda: sim.ballot("v02")])
    assert isinstance(outcomes[0], UnicodeEncodeError)
    assert outcomes[1] is sim
    assert sim.vote().ballots.keys() == {"v01", "v02"}
    whole(sim)


def fields_of(command):
    return {name: getattr(command, name) for name in command.__dataclass_fields__}


def test_those_who_wait_share_one_commit():
    store = CountingJournal()
    sim = convened(entitled=20, store=store).check_in(20).open().open_vote()
    begun = store.commits
    with the_next_commit_held(sim) as waiting:
        people = [PersonId(f"v{n:02d}") for n in range(2, 20)]
        at_once_while(waiting, [lambda p=person: sim.ballot(p) for person in people])
    assert sim.vote().tally.cast == 19
    assert store.commits - begun == 2
    whole(sim)


# --- listening


def test_listeners_hear_of_what_is_durable_in_order_with_what_is_known_then(store):
    sim = MeetingSimulator(store)
    heard = []

    def listen(village, entries, known):
        assert village == VILLAGE
        assert known.head == entries[-1].head
        assert store.lines(VILLAGE)[-len(entries) :] == [entry.line for entry in entries]
        heard.extend(entries)

    sim.kiosk.subscribe(listen)
    sim.found().convene(entitled=3, body=Body.PARTY_COMMITTEE).check_in(3).open().open_vote()
    at_once([lambda p=person: sim.ballot(p) for person in ("v01", "v02", "v03")])
    sim.close().adjourn()
    assert [entry.line for entry in heard] == sim.lines()


def test_a_listener_that_fails_undoes_nothing_and_stops_nobody(store, caplog):
    sim = voting_in(store)
    heard = []

    def fail(village, entries, known):
        raise ZeroDivisionError

    sim.kiosk.subscribe(fail)
    sim.kiosk.subscribe(lambda village, entries, known: heard.extend(entries))
    sim.ballot("v01")
    assert sim.vote().tally.cast == 1
    assert len(heard) == 1
    assert "listener failed" in caplog.text


def test_nobody_hears_of_a_refusal_or_of_a_repetition(store):
    sim = voting_in(store)
    sim.do(sim.casting("v01"), command_id=CommandId("mine"))
    heard = []
    sim.kiosk.subscribe(lambda village, entries, known: heard.extend(entries))
    sim.do(sim.casting("v01"), command_id=CommandId("mine"))
    sim.reason(sim.casting("v01"))
    sim.arrive("v01")
    assert heard == []


# --- catching up


def test_another_service_on_the_same_journal_catches_up(store):
    sim = voting_in(store)
    other = MeetingSimulator(store, sim.clock)
    other.meeting_id, other.vote_id = sim.meeting_id, sim.vote_id
    assert other.village() == sim.village()
    sim.ballot("v01")
    assert other.vote().tally.cast == 1
    receipt = other.do(other.casting("v02"), command_id=CommandId("of another"))
    assert sim.head() == receipt.head
    assert sim.vote() == other.vote()


def test_a_restart_knows_what_was_known_and_every_command_that_was_taken(open_engine, engine):
    sim = voting_in(SqlJournal(engine))
    receipt = sim.do(sim.casting("v01"), command_id=CommandId("mine"))
    known = sim.kiosk.known(VILLAGE)
    engine.dispose()
    again = Kiosk(SqlJournal(open_engine()), sim.clock)
    assert again.known(VILLAGE) == known
    ballot = sim.casting("v01")
    repeated = again.execute(VILLAGE, ballot, actor_of(ballot), CommandId("mine"))
    assert (repeated.head, repeated.repeated) == (receipt.head, True)


def test_the_village_can_be_had_as_it_stood_at_any_entry():
    sim = voting(present=30).cast(3)
    known, lines = sim.kiosk.known(VILLAGE), sim.lines()
    for seq in range(len(lines) - 4, len(lines) + 1):
        then = as_of(known, lines, seq)
        assert then.head.seq == seq
        assert then.head == read(lines[seq - 1]).head
    assert as_of(known, lines, len(lines)) is known
    before = as_of(known, lines, len(lines) - 2)
    assert before.village.meeting(sim.meeting_id).vote(sim.vote_id).tally.cast == 1


def test_instants_are_kept_to_the_millisecond(store):
    sim = MeetingSimulator(store)
    sim.clock.at = sim.clock.at.replace(microsecond=123_999)
    sim.found()
    assert read(sim.lines()[0]).at.microsecond == 123_000
    assert sim.kiosk.now().microsecond == 123_000


# --- being killed

COMMIT_WITHOUT_END = """
import sys, threading
sys.path.insert(0, "tests")
from flask import Flask
from simulator import VILLAGE, SteppingClock, actor_of, adopting, founding, raising
from kiosk.core.terms import CommandId, MatterId
from kiosk.service import Kiosk
from kiosk.store.database import migrate, open_database
from kiosk.store.journal import SqlJournal

engine = open_database(Flask("test"), sys.argv[1])
migrate(engine)
kiosk = Kiosk(SqlJournal(engine), SteppingClock())
out = threading.Lock()

def do(command, name):
    receipt = kiosk.execute(VILLAGE, command, actor_of(command), CommandId(name))
    with out:
        print(receipt.head.seq, receipt.head.digest, flush=True)

def raise_matters(worker):
    for number in range(100_000):
        do(raising(MatterId(f"{worker}-{number}")), f"{worker}-{number}")

do(founding(), "founding")
do(adopting(), "adopting")
for worker in range(3):
    threading.Thread(target=raise_matters, args=(worker,)).start()
"""


@pytest.mark.parametrize("acknowledged", [2, 17, 61])
def test_whatever_was_acknowledged_is_there_after_kill_9(database_url, open_engine, acknowledged):
    arguments = [sys.executable, "-c", COMMIT_WITHOUT_END, database_url]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        heard = [running.stdout.readline() for _ in range(acknowledged)]
        running.kill()
        heard += running.stdout.readlines()
    receipts = dict(line.split() for line in heard if line.endswith("\n"))
    assert len(receipts) >= acknowledged
    sim = MeetingSimulator(SqlJournal(open_engine()))
    whole(sim)
    digests = {str(read(line).seq): read(line).head.digest for line in sim.lines()}
    assert receipts.items() <= digests.items()
    sim.do(raising(MATTER))
    whole(sim)


def test_law_1_a_clock_that_is_set_back_back_dates_nothing(store):
    sim = MeetingSimulator(store).found()
    last = read(sim.lines()[-1]).at
    sim.clock.at = sim.clock.at.replace(year=1970)
    sim.do(raising(MatterId("well")))
    assert read(sim.lines()[-1]).at == last
    sim.clock.at = last
    sim.do(raising(MatterId("bridge")))
    assert read(sim.lines()[-1]).at > last
