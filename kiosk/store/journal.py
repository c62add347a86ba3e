"""The journal in the database. Only `kiosk.service` writes through it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, bindparam, insert, select

from kiosk.core.journal import Entry, Head
from kiosk.core.terms import CommandId, VillageId
from kiosk.service import Recorded, Writing
from kiosk.store.database import READING
from kiosk.store.tables import JournalRow

# Built once: every page and every ballot runs them, and building costs more than asking.
_LINES = (
    select(JournalRow.line)
    .where(JournalRow.village == bindparam("village"), JournalRow.seq > bindparam("after"))
    .order_by(JournalRow.seq)
)
_RECORDED = (
    select(JournalRow.seq, JournalRow.digest, JournalRow.content)
    .where(JournalRow.village == bindparam("village"), JournalRow.command == bindparam("command"))
    .order_by(JournalRow.seq.desc())
    .limit(1)
)
_APPEND = insert(JournalRow.__table__)  # type: ignore[arg-type] # the stubs know it only as a FromClause


class SqlJournal:
    """`JournalStore` over SQLAlchemy; the primary key (village, seq) is the last guard of the order."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(**READING)

    @contextmanager
    def writing(self, village: VillageId) -> Iterator[Writing]:
        """One transaction; SQLite takes its write lock at the start."""
        with self._engine.begin() as connection:
            yield _SqlWriting(connection, village)

    def lines(self, village: VillageId, after: int = 0) -> list[str]:
        """The committed lines above `after`."""
        with self._reading.connect() as connection:
            return _lines(connection, village, after)


class _SqlWriting:
    def __init__(self, connection: Connection, village: VillageId) -> None:
        self._connection = connection
        self._village = village

    def tail(self, after: int) -> list[str]:
        return _lines(self._connection, self._village, after)

    def recorded(self, command: CommandId) -> Recorded | None:
        asked = {"village": self._village, "command": command}
        row = self._connection.execute(_RECORDED, asked).first()
        return None if row is None else Recorded(Head(row.seq, row.digest), row.content)

    def append(self, entries: Sequence[Entry], content: str) -> None:
        self._connection.execute(
            _APPEND,
            [
                {
                    "village": self._village,
                    "seq": entry.seq,
                    "line": entry.line,
                    "digest": entry.head.digest,
                    "command": entry.command,
                    "content": content,
                }
                for entry in entries
            ],
        )


def _lines(connection: Connection, village: VillageId, after: int) -> list[str]:
    rows = connection.execute(_LINES, {"village": village, "after": after})
    return list(rows.scalars())


def villages(engine: Engine) -> list[VillageId]:
    """Every village that has a journal, in the order of their ids."""
    with engine.connect().execution_options(**READING) as connection:
        rows = connection.execute(
            select(JournalRow.village).distinct().order_by(JournalRow.village)
        )
        return [VillageId(village) for village in rows.scalars()]
