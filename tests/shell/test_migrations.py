"""The schema: one line of migrations, the same as the tables say, on a database held to its rules."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from simulator import VILLAGE, convened
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from kiosk.core.ballot_terms import Method
from kiosk.core.journal import check
from kiosk.service import Kiosk
from kiosk.store.database import READING, migrate, migration_config
from kiosk.store.journal import SqlJournal
from kiosk.store.tables import Base


def ask(engine, question):
    with engine.connect() as connection:
        return connection.execute(text(question)).all()


def test_there_is_one_line_of_migrations():
    scripts = ScriptDirectory.from_config(migration_config())
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
    numbers = [script.revision for script in scripts.walk_revisions()]
    assert sorted(numbers, reverse=True) == numbers


def test_after_migrating_the_schema_is_what_the_tables_say(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_table_is_strict(engine):
    strict = {name for _, name, _, _, _, strict in ask(engine, "PRAGMA table_list") if strict}
    assert strict == set(Base.metadata.tables)


def test_the_version_is_written_down(engine):
    head = ScriptDirectory.from_config(migration_config()).get_current_head()
    assert ask(engine, "select version_num from alembic_version") == [(head,)]


def test_migrating_twice_is_harmless_and_keeps_a_finished_meeting(engine):
    sim = convened(entitled=3, store=SqlJournal(engine))
    sim.check_in(3).open().open_vote().cast(3).close().adjourn()
    lines = sim.lines()
    migrate(engine)
    migrate(engine)
    assert sim.lines() == lines
    again = Kiosk(SqlJournal(engine), sim.clock).known(VILLAGE)
    assert check(lines, again.head) is None
    assert again.village.matters["road"].publication


def test_a_database_from_before_the_boxes_keeps_its_meeting_and_holds_a_secret_vote(engine):
    sim = convened(entitled=9, store=SqlJournal(engine)).check_in(9).open()
    sim.open_vote().cast(5, 4).close().void()
    lines = sim.lines()
    with engine.begin() as connection:
        for table in ("boxes", "slips"):
            connection.execute(text(f"drop table {table}"))
        connection.execute(text("update alembic_version set version_num = '0002'"))
    migrate(engine)
    assert sim.lines() == lines
    sim.open_vote(method=Method.SECRET).cast(5, 4).witness().close().adjourn()
    assert sim.numbers() == (5, 4, 0, 0)
    assert check(sim.lines(), sim.head()) is None


def test_a_migration_is_durable_before_anything_else(open_engine):
    migrate(open_engine())
    assert "journal" in inspect(open_engine()).get_table_names()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL
        ("foreign_keys", 1),
        ("busy_timeout", 10_000),
        ("trusted_schema", 0),
    ],
)
def test_every_connection_is_held_to_the_rules(engine, pragma, value):
    reading = engine.execution_options(**READING)
    with reading.connect() as first, reading.connect() as second:
        for connection in (first, second):
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_foreign_keys_are_on_again_after_migrating_on_the_same_connection(engine):
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("insert into officers values ('nobody', 'chair')"))


def test_a_broken_reference_is_found_by_the_next_migration(engine):
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("insert into officers values ('nobody', 'chair')")
        raw.execute("PRAGMA foreign_keys=ON")
    with pytest.raises(RuntimeError, match="officers"):
        migrate(engine)
