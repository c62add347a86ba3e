"""The journal in the database, and the sealed boxes beside it. Only `kiosk.service` writes through it."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.core.journal import Entry, Head
from kiosk.core.terms import CommandId, VillageId, VoteId
from kiosk.keeping import Recorded, Writing
from kiosk.store.boxes import BoxKeys
from kiosk.store.database import LOOKING, READING
from kiosk.store.tables import BoxRow, JournalRow

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
    """`JournalStore` over SQLAlchemy; the primary key (village, seq) is the last guard of the order.

    The keys of the boxes lie beside the database, unless said otherwise.
    """

    def __init__(self, engine: Engine, keys: BoxKeys | None = None) -> None:
        self._engine = engine
        self._keys = keys or BoxKeys(Path(str(engine.url.database)).parent / "box-keys")
        self._looking = engine.execution_options(**LOOKING)

    @contextmanager
    def writing(self, village: VillageId) -> Iterator[Writing]:
        """One transaction; SQLite takes its write lock at the start. A taken sequence number raises on leaving."""
        with self._engine.begin() as connection:
            writing = _SqlWriting(connection, self._keys, village)
            yield writing
            writing.insert()

    def lines(self, village: VillageId, after: int = 0) -> list[str]:
        """The committed lines above `after`."""
        with self._looking.connect() as connection:
            return _lines(connection, village, after)

    def box(self, village: VillageId, vote: VoteId) -> bytes:
        """The content of the vote's box as committed."""
        with self._looking.connect() as connection:
            return _box(connection, self._keys, village, vote)

    def forget_box(self, vote: VoteId) -> None:
        """Destroy the key: nothing that was ever sealed with it can be read any more."""
        self._keys.destroy(vote)

    def destroy_keys_left_over(self) -> None:
        """The power may have gone between the end of a vote and that of its key: destroy every key without a box."""
        if not self._keys.kept():
            return
        with self._engine.begin() as connection:  # the write lock: no vote opens meanwhile
            boxes = set(connection.execute(select(BoxRow.vote)).scalars())
            for vote in self._keys.kept():
                if vote not in boxes:
                    self._keys.destroy(vote)


class _SqlWriting:
    def __init__(self, connection: Connection, keys: BoxKeys, village: VillageId) -> None:
        self._connection = connection
        self._keys = keys
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

    def box(self, vote: VoteId) -> bytes:
        return _box(self._connection, self._keys, self._village, vote)

    def seal(self, vote: VoteId, content: bytes) -> None:
        if not self._has_box(vote):
            self._keys.make(vote)  # on the disk before anything that it seals
        sealed = {"content": self._keys.seal(vote, content)}
        self._connection.execute(
            upsert(BoxRow)
            .values(village=self._village, vote=vote, **sealed)
            .on_conflict_do_update(["village", "vote"], set_=sealed)
        )

    def discard_box(self, vote: VoteId) -> None:
        self._connection.execute(
            delete(BoxRow).where(BoxRow.village == self._village, BoxRow.vote == vote)
        )

    def _has_box(self, vote: VoteId) -> bool:
        asked = select(BoxRow.vote).where(BoxRow.village == self._village, BoxRow.vote == vote)
        return self._connection.execute(asked).first() is not None


def _box(connection: Connection, keys: BoxKeys, village: VillageId, vote: VoteId) -> bytes:
    sealed = connection.execute(
        select(BoxRow.content).where(BoxRow.village == village, BoxRow.vote == vote)
    ).scalar()
    if sealed is None:
        raise LookupError(f"no box of {vote}")
    return keys.opened(vote, sealed)


def _lines(connection: Connection, village: VillageId, after: int) -> list[str]:
    rows = connection.execute(_LINES, {"village": village, "after": after})
    return list(rows.scalars())


def lines_of(engine: Engine, village: VillageId) -> list[str]:
    """The committed lines of a village's journal, in order."""
    with engine.connect().execution_options(**READING) as connection:
        return _lines(connection, village, 0)


def villages(engine: Engine) -> list[VillageId]:
    """Every village that has a journal, in the order of their ids."""
    with engine.connect().execution_options(**READING) as connection:
        rows = connection.execute(
            select(JournalRow.village).distinct().order_by(JournalRow.village)
        )
        return [VillageId(village) for village in rows.scalars()]
