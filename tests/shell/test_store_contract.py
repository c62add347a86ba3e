"""What every journal store must do; the one in memory and the one on disk pass the same."""

import re
import threading
from datetime import UTC, datetime

import pytest
from memory_store import MemoryJournal
from sqlalchemy import event, insert, select, text
from sqlalchemy.exc import IntegrityError

from kiosk.core.events import CheckedIn
from kiosk.core.journal import EMPTY, Head, chain
from kiosk.core.terms import CommandId, MeetingId, PersonId, Role, VillageId, VoteId
from kiosk.core.tree import Tree
from kiosk.core.values import Actor
from kiosk.keeping import Recorded
from kiosk.store.database import READING
from kiosk.store.journal import SqlJournal
from kiosk.store.tables import JournalRow

HERE, THERE = VillageId("here"), VillageId("there")
ONE, OTHER = VoteId("one"), VoteId("other")
PATIENCE_S = 20


@pytest.fixture(params=["memory", "database"])
def store(request):
    if request.param == "memory":
        return MemoryJournal()
    return SqlJournal(request.getfixturevalue("engine"))


def arrivals(head, command, *people):
    facts = [CheckedIn(MeetingId("m"), PersonId(person)) for person in people]
    at = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    return chain(head, facts, at=at, actor=Actor(Role.TELLER), command=CommandId(command))


def write(store, entries, village=HERE, content="content"):
    with store.writing(village) as writing:
        writing.append(entries, content)
    return entries[-1].head


def lines(entries):
    return [entry.line for entry in entries]


def test_a_village_that_nobody_wrote_of_has_no_lines(store):
    assert store.lines(HERE) == []
    with store.writing(HERE) as writing:
        assert writing.tail(0) == []
        assert writing.recorded([CommandId("c1")]) == {}


def test_on_leaving_what_was_added_is_there_in_order(store):
    first = arrivals(EMPTY, "c1", "a", "b", "c")
    second = arrivals(first[-1].head, "c2", "d")
    write(store, first)
    write(store, second)
    assert store.lines(HERE) == lines([*first, *second])


def test_a_line_comes_back_character_by_character(store):
    entries = arrivals(EMPTY, "c1", '龚䶮山\\"\u2028\n\x00𠮷 陈㛃 ')
    write(store, entries)
    assert store.lines(HERE) == lines(entries)


def test_lines_may_be_asked_for_from_a_number_on(store):
    entries = arrivals(EMPTY, "c1", *"abcde")
    write(store, entries)
    for after in range(7):
        assert store.lines(HERE, after) == lines(entries)[after:]
        with store.writing(HERE) as writing:
            assert writing.tail(after) == lines(entries)[after:]


def write_and_fail(store, entries):
    with store.writing(HERE) as writing:
        writing.append(entries, "content")
        raise ZeroDivisionError


def test_any_exception_takes_back_everything(store):
    entries = arrivals(EMPTY, "c1", "a", "b")
    with pytest.raises(ZeroDivisionError):
        write_and_fail(store, entries)
    assert store.lines(HERE) == []
    with store.writing(HERE) as writing:
        assert writing.recorded([CommandId("c1")]) == {}
    write(store, entries)
    assert store.lines(HERE) == lines(entries)


def test_nobody_reads_what_is_not_yet_committed(store):
    entries = arrivals(EMPTY, "c1", "a")
    with store.writing(HERE) as writing:
        writing.append(entries, "content")
        assert store.lines(HERE) == []
    assert store.lines(HERE) == lines(entries)


def test_the_writer_sees_what_it_has_added_itself(store):
    first = arrivals(EMPTY, "c1", "a")
    second = arrivals(first[-1].head, "c2", "b")
    with store.writing(HERE) as writing:
        writing.append(first, "one")
        assert writing.tail(0) == lines(first)
        assert writing.recorded([CommandId("c1")]) == {"c1": Recorded(first[-1].head, "one")}
        writing.append(second, "two")
        assert writing.tail(1) == lines(second)


def test_a_sequence_number_is_taken_once(store):
    entries = arrivals(EMPTY, "c1", "a", "b")
    write(store, entries)
    for again in (arrivals(EMPTY, "c2", "c"), arrivals(Head(1, "ab" * 32, Tree()), "c2", "c", "d")):
        with pytest.raises((IntegrityError, ValueError)):
            write(store, again)
    assert store.lines(HERE) == lines(entries)


def test_a_command_is_found_again_with_its_last_entry_and_its_content(store):
    entries = arrivals(EMPTY, "c1", "a", "b")
    head = write(store, entries, content="what was asked")
    write(store, arrivals(head, "c2", "c"), content="something else")
    with store.writing(HERE) as writing:
        assert writing.recorded([CommandId("c1")]) == {"c1": Recorded(head, "what was asked")}
        assert writing.recorded([CommandId("c3")]) == {}


def test_two_villages_know_nothing_of_each_other(store):
    here, there = arrivals(EMPTY, "c1", "a"), arrivals(EMPTY, "c1", "b", "c")
    write(store, here, HERE, "of here")
    write(store, there, THERE, "of there")
    assert store.lines(HERE) == lines(here)
    assert store.lines(THERE) == lines(there)
    with store.writing(HERE) as writing:
        assert writing.recorded([CommandId("c1")]) == {"c1": Recorded(here[-1].head, "of here")}
        assert writing.tail(0) == lines(here)


def test_one_writer_at_a_time_and_no_entry_lost(store):
    """Each of eight writers adds five entries, each with the number after the tail it finds."""
    start = threading.Barrier(8)

    def write_five(name):
        start.wait(PATIENCE_S)
        for number in range(5):
            with store.writing(HERE) as writing:
                seq = len(writing.tail(0))
                writing.append(
                    arrivals(Head(seq, "0" * 64, Tree()), f"{name}-{number}", "a"), "content"
                )

    writers = [threading.Thread(target=write_five, args=(n,)) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(PATIENCE_S)
    assert len(store.lines(HERE)) == 40


def test_a_reader_does_not_wait_for_the_writer(store):
    entries = arrivals(EMPTY, "c1", "a")
    head = write(store, entries)
    seen = []
    with store.writing(HERE) as writing:
        writing.append(arrivals(head, "c2", "b"), "content")
        reader = threading.Thread(target=lambda: seen.append(store.lines(HERE)))
        reader.start()
        reader.join(PATIENCE_S)
        assert seen == [lines(entries)]


# --- the sealed boxes


def seal(store, vote, content, village=HERE):
    with store.writing(village) as writing:
        writing.seal(vote, content)


def assert_no_box(store, vote, village=HERE):
    with pytest.raises(LookupError):
        store.box(village, vote)
    with store.writing(village) as writing, pytest.raises(LookupError):
        writing.box(vote)


def test_a_vote_that_nobody_sealed_anything_for_has_no_box(store):
    assert_no_box(store, ONE)


def test_what_was_sealed_last_is_in_the_box_for_its_writer_at_once_and_for_all_on_leaving(store):
    with store.writing(HERE) as writing:
        writing.seal(ONE, b"first")
        assert writing.box(ONE) == b"first"
        writing.seal(ONE, b"second")
        assert writing.box(ONE) == b"second"
    assert store.box(HERE, ONE) == b"second"
    seal(store, ONE, b"third")
    assert store.box(HERE, ONE) == b"third"


def test_a_box_holds_any_bytes(store):
    for content in (b"", bytes(range(256)) * 20):
        seal(store, ONE, content)
        assert store.box(HERE, ONE) == content


def test_nobody_reads_a_box_as_it_is_not_yet_committed(store):
    seal(store, ONE, b"committed")
    with store.writing(HERE) as writing:
        writing.seal(ONE, b"not yet")
        writing.seal(OTHER, b"not yet")
        assert store.box(HERE, ONE) == b"committed"
        with pytest.raises(LookupError):
            store.box(HERE, OTHER)


def change_everything_and_fail(store, entries):
    with store.writing(HERE) as writing:
        writing.append(entries, "content")
        writing.seal(ONE, b"lost")
        writing.seal(OTHER, b"lost too")
        raise ZeroDivisionError


def test_boxes_and_entries_are_committed_together_and_taken_back_together(store):
    entries = arrivals(EMPTY, "c1", "a")
    seal(store, ONE, b"before")
    with pytest.raises(ZeroDivisionError):
        change_everything_and_fail(store, entries)
    assert store.lines(HERE) == []
    assert store.box(HERE, ONE) == b"before"
    assert_no_box(store, OTHER)
    with store.writing(HERE) as writing:
        writing.append(entries, "content")
        writing.seal(OTHER, b"after")
    assert (store.lines(HERE), store.box(HERE, OTHER)) == (lines(entries), b"after")


def discard_and_fail(store):
    with store.writing(HERE) as writing:
        writing.discard_box(ONE)
        with pytest.raises(LookupError):
            writing.box(ONE)
        raise ZeroDivisionError


def test_a_discarded_box_is_gone_on_leaving_and_not_before(store):
    seal(store, ONE, b"content")
    with pytest.raises(ZeroDivisionError):
        discard_and_fail(store)
    assert store.box(HERE, ONE) == b"content"
    with store.writing(HERE) as writing:
        writing.discard_box(ONE)
        writing.discard_box(OTHER)
        assert store.box(HERE, ONE) == b"content"
    assert_no_box(store, ONE)


def test_a_forgotten_box_is_not_read_again_though_it_is_still_kept(store):
    seal(store, ONE, b"content")
    seal(store, OTHER, b"of another vote")
    store.forget_box(ONE)
    store.forget_box(ONE)
    assert_no_box(store, ONE)
    with pytest.raises(LookupError):
        seal(store, ONE, b"more")
    assert store.box(HERE, OTHER) == b"of another vote"


def test_after_a_box_was_forgotten_and_discarded_there_may_be_a_new_one(store):
    seal(store, ONE, b"content")
    store.forget_box(ONE)
    with store.writing(HERE) as writing:
        writing.discard_box(ONE)
    seal(store, ONE, b"anew")
    assert store.box(HERE, ONE) == b"anew"


def test_the_boxes_of_two_villages_know_nothing_of_each_other(store):
    seal(store, ONE, b"of here", HERE)
    seal(store, OTHER, b"of there", THERE)
    assert_no_box(store, OTHER, HERE)
    assert_no_box(store, ONE, THERE)
    assert (store.box(HERE, ONE), store.box(THERE, OTHER)) == (b"of here", b"of there")


# --- the database alone


def test_a_writer_does_not_wait_for_a_reader(engine):
    store = SqlJournal(engine)
    entries = arrivals(EMPTY, "c1", "a")
    head = write(store, entries)
    with engine.connect().execution_options(**READING) as reader:
        assert reader.execute(select(JournalRow.seq)).scalars().all() == [1]
        write(store, arrivals(head, "c2", "b"))
        assert reader.execute(select(JournalRow.seq)).scalars().all() == [1]
    assert len(store.lines(HERE)) == 2


def test_the_database_keeps_the_digest_and_the_content_beside_the_line(engine):
    entries = arrivals(EMPTY, "c1", "a")
    write(SqlJournal(engine), entries, content="what was asked")
    with engine.connect().execution_options(**READING) as connection:
        row = connection.execute(select(JournalRow)).one()
    assert (row.line, row.digest) == (entries[0].line, entries[0].head.digest)
    assert (row.village, row.seq, row.command, row.content) == (HERE, 1, "c1", "what was asked")


def test_the_primary_key_is_the_last_guard_of_the_order(engine):
    row = {"village": HERE, "seq": 1, "line": "x", "digest": "x", "command": "c", "content": "x"}
    with engine.begin() as connection:
        connection.execute(insert(JournalRow), row)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(JournalRow), row | {"line": "y", "command": "d"})
    with engine.begin() as connection:
        assert connection.execute(text("select line from journal")).scalars().all() == ["x"]


def test_a_known_command_is_found_without_walking_the_journal(engine):
    """Else each vote costs as much as the journal is long: 0.3 s on a million entries."""
    asked = []
    event.listen(
        engine,
        "before_cursor_execute",
        lambda c, cursor, sql, values, *_: asked.append((sql, values)),
    )
    with SqlJournal(engine).writing(HERE) as writing:
        writing.recorded([CommandId("c1"), CommandId("c2")])
        writing.tail(1)
    questions = [(sql, values) for sql, values in asked if sql.startswith("SELECT")]
    assert len(questions) == 2
    with engine.connect() as connection:
        for sql, values in questions:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
            assert re.search(r"\(village=\? AND (command=|seq>)\?\)", str(plan)), plan
