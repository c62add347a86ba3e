"""The journal in the database. Only `kiosk.service` writes through it."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, bindparam, insert, select

from kiosk.core.journal import Entry, Head
from kiosk.core.terms import CommandId, VillageId
from kiosk.service import Recorded, Writing
from kiosk.store.database import LOOKING, READING
from kiosk.store.tables import JournalRow

# Built once: every page and every ballot runs them, and building costs more than asking.
_LINES = (
    select(JournalRow.line)
    .where(JournalRow.village == bindparam("village"), JournalRow.seq > bindparam("after"))
    .order_by(JournalRow.seq)
)
# Without an ORDER BY: with one SQLite walks the whole journal in that order, rather than use the index of the commands.
_RECORDED = select(JournalRow.command, JournalRow.seq, JournalRow.digest, JournalRow.content).where(
    JournalRow.village == bindparam("village"),
    JournalRow.command.in_(bindparam("commands", expanding=True)),
)
_APPEND = insert(JournalRow.__table__)  # type: ignore[arg-type] # the stubs know it only as a FromClause


class SqlJournal:
    """`JournalStore` over SQLAlchemy; the primary key (village, seq) is the last guard of the order."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._looking = engine.execution_options(**LOOKING)

    @contextmanager
    def writing(self, village: VillageId) -> Iterator[Writing]:
        """One transaction; SQLite takes its write lock at the start. A taken sequence number raises on leaving."""
        with self._engine.begin() as connection:
            writing = _SqlWriting(connection, village)
            yield writing
            writing.insert()

    def lines(self, village: VillageId, after: int = 0) -> list[str]:
        """The committed lines above `after`."""
        with self._looking.connect() as connection:
            return _lines(connection, village, after)


class _SqlWriting:
    def __init__(self, connection: Connection, village: VillageId) -> None:
        self._connection = connection
        self._village = village
        self._rows: list[dict[str, object]] = []

    def tail(self, after: int) -> list[str]:
        self.insert()
        return _lines(self._connection, self._village, after)

    def recorded(self, commands: Collection[CommandId]) -> dict[CommandId, Recorded]:
        self.insert()
        asked = {"village": self._village, "commands": list(commands)}
        rows = self._connection.execute(_RECORDED, asked).all()
        return {
            CommandId(row.command): Recorded(Head(row.seq, row.digest), row.content)
            for row in sorted(rows, key=lambda row: row.seq)  # the last entry of each remains
        }

    def append(self, entries: Sequence[Entry], content: str) -> None:
        self._rows += [
            {
                "village": self._village,
                "seq": entry.seq,
                "line": entry.line,
                "digest": entry.head.digest,
                "command": entry.command,
                "content": content,
            }
            for entry in entries
        ]

    def insert(self) -> None:
        """Put what was appended into the table, in one go."""
        if self._rows:
            self._connection.execute(_APPEND, self._rows)
            self._rows = []


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
