"""Opening the database: SQLite with every commit on the disk before it returns.

WAL and `synchronous=FULL` (a power cut loses nothing that was acknowledged), foreign keys on, and
`BEGIN IMMEDIATE` so that whoever reads in order to write holds the write lock first.
"""

import threading
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from flask import Flask
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from kiosk.store.tables import db

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "trusted_schema=OFF",
)
READING = {"kiosk_reading": True}
"""Execution options of a connection that only reads: it takes a snapshot and no lock."""
LOOKING = {"kiosk_looking": True}
"""Of one that runs a single SELECT, which is a snapshot by itself: nothing is begun, and so nothing ended."""
Database = Engine
"""An opened database, for those who only hand it on."""
FLEETING = {"kiosk_fleeting": True}
"""Of one that writes what a power cut may take back: it does not wait for the disk. Never for the journal."""
WAITS_S = 10.0
"""As `busy_timeout`: after that SQLite itself says that the database is locked."""
MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(app: Flask, url: str) -> Engine:
    """Bind Flask-SQLAlchemy to the database and hold SQLite to its rules; does not migrate."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 20, "max_overflow": 40}
    db.init_app(app)
    with app.app_context():
        engine: Engine = db.engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _hold_to_rules)
        writers = _Writers()
        event.listen(engine, "begin", writers.begin)
        event.listen(engine, "checkin", writers.done)
    return engine


def _hold_to_rules(connection: Any, _record: ConnectionPoolEntry) -> None:  # noqa: ANN401 -- DBAPI
    connection.isolation_level = None  # or the driver sends a BEGIN of its own
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


class _Writers:
    """Those of this process who write, in line: SQLite would have them try again after ever longer pauses."""

    def __init__(self) -> None:
        self._turn = threading.Lock()

    def begin(self, connection: Connection) -> None:
        """Begin as the connection's options say; a writer waits for his turn before he asks for SQLite's lock."""
        options = connection.get_execution_options()
        if options.get("kiosk_looking", False):
            return
        if options.get("kiosk_reading", False):
            connection.exec_driver_sql("BEGIN")
            return
        # Each writer says himself how durable it must be; whoever had the connection before left it as he needed.
        durable = "NORMAL" if options.get("kiosk_fleeting", False) else "FULL"
        if connection.info.get("synchronous", "FULL") != durable:
            connection.exec_driver_sql(f"PRAGMA synchronous={durable}")
            connection.info["synchronous"] = durable
        if not connection.info.get("writes", False):
            connection.info["writes"] = self._turn.acquire(timeout=WAITS_S)
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def done(self, _connection: object, record: ConnectionPoolEntry) -> None:
        """The connection is given back: the next writer's turn."""
        if record.info.pop("writes", False):
            self._turn.release()


def migrate(engine: Engine) -> None:
    """Bring the schema up to the newest version.

    Foreign keys are off while it runs (recreating a parent table under them deletes children) and checked after.
    """
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            command.upgrade(migration_config(connection), "head")
            broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        finally:
            raw.execute("PRAGMA foreign_keys=ON")
    if broken:
        raise RuntimeError(f"foreign keys broken by a migration: {broken[:3]}")


def migration_config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file of their own."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
