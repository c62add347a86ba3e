"""The tables. The journal is the record; everything else here is people's private data and keys to the kiosk.

Migrations stand in `migrations/versions`; a test holds the two to each other.
"""

from datetime import date, datetime

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from kiosk.core.codec import instant, instant_text

STRICT = {"sqlite_strict": True}


class Instant(TypeDecorator[datetime]):
    """An instant as UTC text with milliseconds, the same spelling as in the journal."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To the database."""
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From the database."""
        return None if value is None else instant(value)


class Day(TypeDecorator[date]):
    """A calendar day as ISO text (SQLite's strict tables know no dates)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To the database."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:  # noqa: ARG002
        """From the database."""
        return None if value is None else date.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0 (SQLite's strict tables know no booleans)."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """To the database."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:  # noqa: ARG002
        """From the database."""
        return None if value is None else value == 1


class Base(DeclarativeBase):
    """Maps the field types used here, and names every constraint, so that migrations can."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            str: Text,
            bytes: LargeBinary,
            datetime: Instant,
            date: Day,
            bool: Flag,
        },
    )


db = SQLAlchemy(model_class=Base)


class JournalRow(Base):
    """One entry: its canonical line, and beside it what finds it again (never the other way round)."""

    __tablename__ = "journal"
    __table_args__ = (Index(None, "village", "command"), STRICT)
    village: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[str]
    digest: Mapped[str]
    command: Mapped[str]
    content: Mapped[str]


class PersonRow(Base):
    """One person of the register (花名册); a household has one representative at most."""

    __tablename__ = "people"
    __table_args__ = (
        Index(None, "village"),
        Index(
            "uq_people_village_household_represented",
            "village",
            "household",
            unique=True,
            sqlite_where=text("represents_household"),
        ),
        STRICT,
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    village: Mapped[str]
    name: Mapped[str]
    sex: Mapped[str]
    born_on: Mapped[date]
    group: Mapped[int]
    household: Mapped[str]
    phone: Mapped[str | None]
    represents_household: Mapped[bool] = mapped_column(server_default="0")
    grid: Mapped[str] = mapped_column(server_default="")


class PostRow(Base):
    """A post or membership of a person (身份) with its term; the next term is a row of its own."""

    __tablename__ = "posts"
    __table_args__ = (STRICT,)
    person: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    capacity: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    since: Mapped[date] = mapped_column(primary_key=True)
    until: Mapped[date | None]


class OfficerRow(Base):
    """A role that a person holds on the kiosk (岗位)."""

    __tablename__ = "officers"
    __table_args__ = (STRICT,)
    person: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class CredentialRow(Base):
    """An officer's one-time code and PIN as argon2id hashes, and the lock-out that survives a reboot."""

    __tablename__ = "credentials"
    __table_args__ = (STRICT,)
    person: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    code_hash: Mapped[str | None]
    pin_hash: Mapped[str | None]
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]


class SessionRow(Base):
    """A signed-in officer's browser. Only the token's SHA-256 is kept."""

    __tablename__ = "sessions"
    __table_args__ = (STRICT,)
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]


class DeviceRow(Base):
    """A ballot or hall screen: first a pairing code, then a token; and whose turn it is at a ballot screen."""

    __tablename__ = "devices"
    __table_args__ = (STRICT,)
    id: Mapped[str] = mapped_column(primary_key=True)
    village: Mapped[str]
    kind: Mapped[str]
    code_hash: Mapped[str | None]
    code_expires_at: Mapped[datetime | None]
    code_failures: Mapped[int]
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    paired_at: Mapped[datetime | None]
    turn_vote: Mapped[str | None]
    turn_person: Mapped[str | None]
    turn_command: Mapped[str | None]


class BoxRow(Base):
    """The sealed box of a secret vote (票箱): one content, rewritten whole with each ballot, unreadable here."""

    __tablename__ = "boxes"
    __table_args__ = (STRICT,)
    village: Mapped[str] = mapped_column(primary_key=True)
    vote: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]


class SlipRow(Base):
    """A slip (表决条) by which one person casts one ballot on his own phone; only its token's SHA-256 is kept."""

    __tablename__ = "slips"
    __table_args__ = (STRICT,)
    village: Mapped[str] = mapped_column(primary_key=True)
    vote: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    command: Mapped[str]
