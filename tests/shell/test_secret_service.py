"""Secret ballots through the one door, on a real database: durable, counted once, seen by nobody, and forgotten."""

import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from racing import (
    PATIENCE_S,
    CountingJournal,
    at_once,
    at_once_while,
    failing_commits,
    the_next_commit_held,
    whole,
)
from simulator import (
    VILLAGE,
    MeetingSimulator,
    convened,
    raising,
    refused,
    secretly,
)
from sqlalchemy import select

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.core.events import BallotCast, BoxOpened, VoteVoided
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.terms import CommandId, MatterId, PersonId
from kiosk.core.votes.box import Box, packed, unpacked
from kiosk.service import Kiosk
from kiosk.store.boxes import KEY_BYTES, BoxKeys
from kiosk.store.database import READING
from kiosk.store.journal import SqlJournal
from kiosk.store.tables import BoxRow

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)


@pytest.fixture
def folder(tmp_path):
    """Where the keys lie: beside the database."""
    return tmp_path / "box-keys"


@pytest.fixture
def keys(folder):
    return BoxKeys(folder)


@pytest.fixture
def sim(engine):
    """Thirty are there, and a secret vote is open."""
    return secretly(present=30, entitled=40, store=SqlJournal(engine))


def answer_of(person):
    """What this person answers, for the tests alone to know."""
    return ANSWERS[int(person[1:]) % 3]


def answers_of(people):
    return Counter(answer_of(person) for person in people)


def in_the_box(sim):
    """What is in the box, looked at with the key."""
    vote = sim.vote()
    return unpacked(sim.box(), vote.electorate, vote.row.options)


def cast_by(sim, *people):
    for person in people:
        sim.ballot(person, answer_of(person))
    return sim


def everybody(sim):
    return sorted(sim.vote().electorate)


def sealed_in(engine):
    with engine.connect().execution_options(**READING) as connection:
        return connection.execute(select(BoxRow.content)).scalars().all()


def counts(sim):
    return {n.choice: n.count for n in sim.vote().tally.counts}


# --- one ballot


def test_a_secret_ballot_makes_no_entry_in_the_journal_and_tells_its_listeners_nothing(sim):
    heard = []
    sim.kiosk.subscribe(lambda village, entries, known: heard.append((entries, known)))
    before, head = sim.lines(), sim.head()
    receipt = sim.do(sim.casting("v01", Choice.AGAINST))
    assert sim.lines() == before
    assert (receipt.head, receipt.repeated) == (head, False)
    ((entries, known),) = heard
    assert entries == []
    assert not known.village.meeting(sim.meeting_id).vote(sim.vote_id).box.voted


def test_what_is_known_of_an_open_secret_vote_is_who_has_voted_and_no_count(sim, engine):
    cast_by(sim, "v01", "v02", "v03")
    another_process = Kiosk(SqlJournal(engine), sim.clock)
    for kiosk in (sim.kiosk, another_process):
        vote = kiosk.village(VILLAGE).meeting(sim.meeting_id).vote(sim.vote_id)
        assert vote.box.voted == {"v01", "v02", "v03"}
        assert vote.box.counts == {}
        assert vote.subtotals == ()
        assert vote.turnout == 3
    assert in_the_box(sim).counts == {
        (Channel.KIOSK_SCREEN, answer_of(person)): 1 for person in ("v01", "v02", "v03")
    }


def test_a_secret_ballot_is_final_by_whatever_channel_and_whatever_id(sim):
    sim.do(sim.casting("v01", Choice.FOR), command_id=CommandId("mine"))
    box = sim.box()
    for choice in ANSWERS:
        for channel in (Channel.KIOSK_SCREEN, Channel.PHONE):
            again = sim.casting("v01", choice, channel)
            assert sim.reason(again) is Reason.ALREADY_VOTED
            refusal = refused(lambda ballot=again: sim.do(ballot, command_id=CommandId("mine")))
            assert refusal.reason is Reason.ALREADY_VOTED
    assert sim.box() == box


def test_every_content_of_the_box_has_one_length_in_the_database(sim, engine):
    lengths = {len(*sealed_in(engine))}
    for person in everybody(sim):
        sim.ballot(person, answer_of(person))
        lengths.add(len(*sealed_in(engine)))
    electorate, channels = len(sim.vote().electorate), len(Channel)
    assert lengths == {(electorate + 7) // 8 + 4 * channels * (1 + len(ANSWERS)) + 40}


def test_the_box_of_two_thousand_is_as_small_as_its_format_says(engine):
    people = [PersonId(f"p{number:04d}") for number in range(2_000)]
    empty = packed(Box(), people, ANSWERS)
    full = packed(Box(frozenset(people), {(Channel.PHONE, Choice.FOR): 2_000}), people, ANSWERS)
    assert len(empty) == len(full) == 250 + 4 * len(Channel) * 4
    with SqlJournal(engine).writing(VILLAGE) as writing:
        writing.seal("vote", full)
    assert len(*sealed_in(engine)) == len(full) + 40


# --- many at once


def test_of_racing_ballots_from_two_screens_one_of_each_person_counts(engine):
    sim = convened(entitled=40, store=SqlJournal(engine)).check_in(40).open()
    sim.open_vote(method=Method.SECRET)
    people = everybody(sim)
    channels = (Channel.KIOSK_SCREEN, Channel.PHONE)
    before = sim.lines()
    casting = [sim.casting(p, answer_of(p), channel) for channel in channels for p in people]
    outcomes = at_once([lambda ballot=ballot: sim.do(ballot) for ballot in casting])
    assert Counter(o.reason for o in outcomes if isinstance(o, Exception)) == {
        Reason.ALREADY_VOTED: 40
    }
    assert sim.lines() == before
    box = in_the_box(sim)
    assert box.voted == set(people)
    cast = Counter()
    for (_channel, choice), number in box.counts.items():
        cast[choice] += number
    assert cast == answers_of(people)


def test_secret_ballots_that_wait_share_one_commit_and_one_that_is_refused_takes_none_with_it():
    store = CountingJournal()
    sim = convened(entitled=20, store=store).check_in(20).open().open_vote(method=Method.SECRET)
    begun = store.commits
    with the_next_commit_held(sim) as waiting:
        ballots = [sim.casting(f"v{n:02d}") for n in range(2, 20)]
        ballots += [sim.casting("v02", Choice.AGAINST), sim.casting("v99")]
        outcomes = at_once_while(waiting, [lambda b=ballot: sim.do(b) for ballot in ballots])
    reasons = Counter(o.reason for o in outcomes if isinstance(o, Refused))
    assert reasons == {Reason.ALREADY_VOTED: 1, Reason.NOT_CALLED: 1}
    assert sim.vote().turnout == 19
    assert store.commits - begun == 2


def test_ballots_that_race_with_the_close_are_counted_or_refused(engine):
    sim = convened(entitled=40, store=SqlJournal(engine)).check_in(40).open()
    sim.open_vote(method=Method.SECRET).witness()
    people = everybody(sim)
    cast_by(sim, *people[:10])

    def cast(person):
        return lambda: sim.do(sim.casting(person, answer_of(person)))

    outcomes = at_once([*map(cast, people[10:]), lambda: sim.do(sim.closing())])
    assert not isinstance(outcomes.pop(), Exception)
    late = [o for o in outcomes if isinstance(o, Exception)]
    assert {o.reason for o in late} <= {Reason.VOTE_NOT_OPEN}
    counted = {
        p for p, o in zip(people[10:], outcomes, strict=True) if not isinstance(o, Exception)
    }
    voted = counted | set(people[:10])
    assert sim.vote().box.voted == voted
    assert Counter(counts(sim)) == answers_of(voted)
    whole(sim)


# --- failing


def test_when_the_commit_fails_no_ballot_is_in_the_box(sim, engine):
    cast_by(sim, "v01")
    before = sim.box()
    with failing_commits(engine), pytest.raises(OSError, match="pulled out"):
        sim.ballot("v02")
    assert sim.box() == before
    cast_by(sim, "v02")
    assert in_the_box(sim).voted == {"v01", "v02"}


def test_when_the_close_is_not_committed_the_vote_is_open_and_its_key_is_there(sim, engine, keys):
    cast_by(sim, *everybody(sim)).witness()
    with failing_commits(engine), pytest.raises(OSError, match="pulled out"):
        sim.close()
    assert keys.kept() == [sim.vote_id]
    assert sim.vote().is_open
    assert Counter(counts(sim.close())) == answers_of(everybody(sim))
    assert keys.kept() == []
    whole(sim)


def test_a_secret_vote_does_not_open_where_its_key_cannot_be_written(engine, folder):
    sim = convened(entitled=9, store=SqlJournal(engine)).check_in(9).open()
    before = sim.lines()
    folder.write_text("in the way")
    with pytest.raises(OSError, match="box-keys"):
        sim.open_vote(method=Method.SECRET)
    assert sim.lines() == before
    assert sim.meeting().open_vote is None
    folder.unlink()
    sim.open_vote(method=Method.SECRET)
    assert cast_by(sim, "v01").vote().turnout == 1


def test_a_vote_whose_opening_was_not_committed_opens_with_a_key_of_its_own(engine, folder, keys):
    sim = convened(entitled=9, store=SqlJournal(engine)).check_in(9).open()
    with failing_commits(engine), pytest.raises(OSError, match="pulled out"):
        sim.open_vote(method=Method.SECRET)
    (left,) = folder.iterdir()
    before = left.read_bytes()
    sim.open_vote(method=Method.SECRET)
    assert left.read_bytes() != before
    assert cast_by(sim, "v01").vote().turnout == 1
    assert keys.kept() == [sim.vote_id]


@pytest.mark.parametrize("lost", ["key", "box", "content"])
def test_without_its_key_or_box_a_vote_can_only_be_declared_void(sim, engine, folder, lost):
    cast_by(sim, *everybody(sim)[:7]).witness()
    lose(sim, engine, folder, lost)
    vote, lines = sim.vote(), sim.lines()
    assert (vote.is_open, vote.turnout) == (True, 0)
    for command in sim.everything_of_a_vote():
        if not isinstance(command, c.VoidVote):
            assert refused(lambda asked=command: sim.do(asked)).reason is Reason.BOX_LOST, command
    assert sim.lines() == lines
    sim.do(raising(MatterId("well")))  # everything else goes on
    sim.void("票箱打不开")
    assert sim.vote().is_void
    assert list(folder.iterdir()) == []
    cast_by(sim.open_vote(method=Method.SECRET), *everybody(sim)).witness().close()
    assert Counter(counts(sim)) == answers_of(everybody(sim))
    whole(sim)


def lose(sim, engine, folder, what):
    if what == "key":
        (folder / f"{sim.vote_id}.key").unlink()
        return
    with engine.begin() as connection:
        if what == "box":
            connection.execute(BoxRow.__table__.delete())
        else:
            connection.execute(BoxRow.__table__.update().values(content=b"something else"))


def test_a_key_that_cannot_be_read_for_a_moment_loses_nothing_and_stops_nobody(sim, folder):
    """Too many open files, say: the ballot is not taken, and taken when it is tried again."""
    cast_by(sim, "v01")
    key = folder / f"{sim.vote_id}.key"
    aside = key.rename(folder / "aside")
    key.mkdir()
    with pytest.raises(OSError, match="box"):
        sim.ballot("v02")
    sim.do(raising(MatterId("well")))
    key.rmdir()
    aside.rename(key)
    assert cast_by(sim, "v02").vote().turnout == 2


# --- the end


def test_the_close_opens_the_box_for_everybody_and_the_key_is_destroyed(sim, engine, folder):
    people = everybody(sim)[:20]
    cast_by(sim, *people)
    copy = sealed_in(engine)[0]
    key = folder / f"{sim.vote_id}.key"
    same_blocks = folder.parent / "the same file by another name"
    same_blocks.hardlink_to(key)
    sim.witness().close()
    opened = [event for event in sim.events() if isinstance(event, BoxOpened)]
    assert [event.voters for event in opened] == [tuple(people)]
    assert Counter(counts(sim)) == answers_of(people)
    assert sim.vote().tally.unused == 10
    assert same_blocks.read_bytes() == bytes(KEY_BYTES)
    assert list(folder.iterdir()) == []
    assert sealed_in(engine) == []
    with pytest.raises(LookupError):
        BoxKeys(folder).opened(sim.vote_id, copy)
    assert not [e for e in sim.events() if isinstance(e, BallotCast) and e.vote == sim.vote_id]
    whole(sim)


def test_the_key_is_destroyed_before_anybody_hears_of_the_close(sim, folder):
    cast_by(sim, *everybody(sim)).witness()
    left = []
    sim.kiosk.subscribe(lambda village, entries, known: left.append(list(folder.iterdir())))
    sim.close()
    assert left == [[]]


def test_a_vote_that_is_declared_void_while_it_is_open_is_never_opened(sim, engine, folder):
    cast_by(sim, *everybody(sim))
    sim.void("有人替别人投了票")
    assert sealed_in(engine) == []
    assert list(folder.iterdir()) == []
    assert [type(event) for event in sim.events()[-1:]] == [VoteVoided]
    assert sim.vote().subtotals == ()
    whole(sim)


def test_secret_votes_one_after_the_other_have_each_their_own_key_and_box(sim, engine, folder):
    cast_by(sim, *everybody(sim))
    first_key = (folder / f"{sim.vote_id}.key").read_bytes()
    first, sealed = sim.vote_id, sealed_in(engine)[0]
    sim.witness().close().void("议题没有讲清楚")
    sim.open_vote(method=Method.SECRET)
    assert sim.vote_id != first
    assert [path.name for path in folder.iterdir()] == [f"{sim.vote_id}.key"]
    assert (folder / f"{sim.vote_id}.key").read_bytes() != first_key
    with pytest.raises(Malformed):
        BoxKeys(folder).opened(sim.vote_id, sealed)
    assert in_the_box(sim).voted == set()
    for person in everybody(sim)[:6]:
        sim.ballot(person, Choice.ABSTAIN)
    assert counts(sim.witness().close()) == {
        Choice.FOR: 0,
        Choice.AGAINST: 0,
        Choice.ABSTAIN: 6,
    }
    assert list(folder.iterdir()) == []
    whole(sim)


# --- starting again


def test_a_restart_in_a_secret_vote_knows_who_has_voted_and_takes_the_others(
    sim, engine, open_engine
):
    cast_by(sim, *everybody(sim)[:12])
    engine.dispose()
    store = SqlJournal(open_engine())
    store.destroy_keys_left_over()
    again = started_again(sim, store)
    assert again.vote().box.voted == set(everybody(sim)[:12])
    assert again.reason(again.casting(everybody(sim)[0])) is Reason.ALREADY_VOTED
    cast_by(again, *everybody(sim)[12:]).witness().close()
    assert Counter(counts(again)) == answers_of(everybody(again))


def started_again(sim, store):
    again = MeetingSimulator(store, sim.clock)
    again.meeting_id, again.vote_id = sim.meeting_id, sim.vote_id
    again._told = sim._told
    return again


@pytest.mark.parametrize("ending", ["close", "void"])
def test_a_key_that_outlived_its_vote_is_destroyed_by_the_next_start(sim, engine, folder, ending):
    """The power went between the commit and the end of the key."""
    cast_by(sim, *everybody(sim)).witness()
    key = folder / f"{sim.vote_id}.key"
    kept = key.read_bytes()
    getattr(sim, ending)()
    key.write_bytes(kept)
    SqlJournal(engine).destroy_keys_left_over()
    assert list(folder.iterdir()) == []


def test_a_key_that_could_not_be_destroyed_does_not_undo_the_close(sim, folder, caplog, keys):
    cast_by(sim, *everybody(sim)).witness()
    key = folder / f"{sim.vote_id}.key"
    sim.store._keys = Stubborn(folder)
    sim.close()
    assert not sim.vote().is_open
    assert "key of the box not destroyed" in caplog.text
    assert key.exists()
    sim.store._keys = keys
    sim.store.destroy_keys_left_over()
    assert not key.exists()


def test_a_fault_after_the_commit_leaves_nobody_waiting(sim, folder):
    """Two closings wait for one commit; what comes after it fails. Both are answered, and the vote is closed."""
    cast_by(sim, *everybody(sim)).witness()
    sim.store._keys = Broken(folder)
    desk, outcomes = sim.kiosk._desk(VILLAGE), []

    def close(number):
        try:
            outcomes.append(sim.do(sim.closing(), command_id=CommandId(f"close-{number}")))
        except (Refused, RuntimeError) as error:
            outcomes.append(error)

    with desk.lock:
        closing = [threading.Thread(target=close, args=(number,)) for number in (1, 2)]
        for thread in closing:
            thread.start()
        until = time.monotonic() + PATIENCE_S
        while len(desk.waiting) < len(closing) and time.monotonic() < until:
            time.sleep(0.01)
    for thread in closing:
        thread.join(PATIENCE_S)
    assert not any(thread.is_alive() for thread in closing)
    assert len(outcomes) == 2
    assert not sim.vote().is_open


class Broken(BoxKeys):
    """Keys that a fault of ours cannot destroy."""

    def destroy(self, vote):
        raise RuntimeError("a fault")


class Stubborn(BoxKeys):
    """Keys on a disk that is read-only by now."""

    def destroy(self, vote):
        raise OSError("read-only file system")


def test_a_reader_in_the_middle_of_the_close_sees_the_vote_open_or_closed_never_half(sim):
    cast_by(sim, *everybody(sim)).witness()
    seen = []

    def look():
        until = time.monotonic() + PATIENCE_S
        while not seen or seen[-1].is_open:
            assert time.monotonic() < until, "the vote is never closed"
            seen.append(sim.vote())

    at_once([look, look, lambda: sim.do(sim.closing())])
    assert {(vote.is_open, vote.turnout) for vote in seen} <= {(True, 30), (False, 30)}
    assert all(vote.subtotals == () for vote in seen if vote.is_open)


# --- being killed

CAST_WITHOUT_END = """
import sys, threading
sys.path[:0] = ["tests", "tests/shell"]
from flask import Flask
from simulator import VILLAGE, convened
from test_secret_service import answer_of, everybody, started_again
from kiosk.core.ballot_terms import Method
from kiosk.demo.one_commit import in_one_commit
from kiosk.store.database import migrate, open_database
from kiosk.store.journal import SqlJournal

engine = open_database(Flask("test"), sys.argv[1])
migrate(engine)
store = SqlJournal(engine)
with in_one_commit(store, VILLAGE) as whole:
    called = convened(60, store=whole).check_in(60).open()
sim = started_again(called, store).open_vote(method=Method.SECRET)
out = threading.Lock()
print(sim.meeting_id, sim.vote_id, flush=True)

def cast(people):
    for person in people:
        sim.do(sim.casting(person, answer_of(person)))
        with out:
            print(person, flush=True)

people = everybody(sim)
for worker in range(3):
    threading.Thread(target=cast, args=(people[worker::3],)).start()
"""


@pytest.mark.parametrize("acknowledged", [1, 29])
def test_a_secret_ballot_that_was_acknowledged_is_counted_after_kill_9(
    database_url, open_engine, acknowledged
):
    arguments = [sys.executable, "-c", CAST_WITHOUT_END, database_url]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        meeting, vote = running.stdout.readline().split()
        heard = [running.stdout.readline() for _ in range(acknowledged)]
        running.kill()
        heard += running.stdout.readlines()
    told = {line.strip() for line in heard if line.endswith("\n")}
    assert len(told) >= acknowledged
    store = SqlJournal(open_engine())
    store.destroy_keys_left_over()
    sim = MeetingSimulator(store)
    sim.meeting_id, sim.vote_id = meeting, vote
    voted = set(sim.vote().box.voted)
    assert told <= voted
    assert len(voted) <= len(told) + 3  # each of three was at most one ballot ahead of what it told
    assert sum(in_the_box(sim).counts.values()) == len(voted)
    for person in sorted(told):
        assert refused(lambda p=person: again(sim, p)).reason is Reason.ALREADY_VOTED
    for person in sorted(set(everybody(sim)) - voted):
        again(sim, person)
    sim.do(sim.witnessing(), command_id=CommandId("after the cut: witness"))
    sim.do(sim.closing(), command_id=CommandId("after the cut: close"))
    assert Counter(counts(sim)) == answers_of(everybody(sim))
    whole(sim)


def again(sim, person):
    ballot = sim.casting(person, answer_of(person))
    sim.do(ballot, command_id=CommandId(f"after the cut: {person}"))
