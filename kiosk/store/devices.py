"""Paired screens (配对屏幕): ballot screens and the hall's big screen, each with a one-time code first.

A ballot screen also holds whose turn it is: the person and the command id of his ballot are kept here, so that
a ballot's person never comes out of a form, and a repeated confirmation is the same command.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Engine, Row, bindparam, select, update
from sqlalchemy.orm import Session

from kiosk.core.terms import CommandId, DeviceId, DeviceKind, PersonId, VillageId, VoteId
from kiosk.store.database import FLEETING, LOOKING, READING
from kiosk.store.tables import DeviceRow

PAIRING_DIGITS = 8
LAST_FAILURE = 10
"""After so many wrong codes every waiting code is void: eight digits are not to be guessed."""

# Built once, and without the mapper: every request of a screen begins with it.
_BY_TOKEN = select(DeviceRow.__table__).where(DeviceRow.token_hash == bindparam("hashed"))
_KINDS = {kind.value: kind for kind in DeviceKind}
_PAIRED = select(DeviceRow.token_hash, DeviceRow.kind).where(DeviceRow.token_hash.is_not(None))


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is at a ballot screen, in which vote, and the id his ballot will have."""

    vote: VoteId
    person: PersonId
    command: CommandId


@dataclass(frozen=True, slots=True)
class Device:
    """One paired screen."""

    id: DeviceId
    village: VillageId
    kind: DeviceKind
    paired_at: datetime | None
    turn: Turn | None


class Devices:
    """The screens of all villages."""

    def __init__(self, engine: Engine, hasher: PasswordHasher | None = None) -> None:
        self._engine = engine
        self._looking = engine.execution_options(**LOOKING)
        self._hasher = hasher or PasswordHasher()

    def await_pairing(
        self, device: DeviceId, village: VillageId, kind: DeviceKind, code: str, until: datetime
    ) -> None:
        """Let a screen of this kind be paired by the code, once, until then."""
        code_hash = self._hasher.hash(code)  # slow on purpose: not while others wait to write
        with Session(self._engine) as session, session.begin():
            session.add(
                DeviceRow(
                    id=device,
                    village=village,
                    kind=kind.value,
                    code_hash=code_hash,
                    code_expires_at=until,
                    code_failures=0,
                )
            )

    def pair(self, code: str, token: str, at: datetime) -> Device | None:
        """Give the screen that knows the code this token; None if no waiting code is that one."""
        with Session(self._engine.execution_options(**READING)) as session:
            waiting = session.scalars(
                select(DeviceRow).where(
                    DeviceRow.code_hash.is_not(None),
                    DeviceRow.code_expires_at > at,
                    DeviceRow.code_failures < LAST_FAILURE,
                )
            ).all()
        # Verifying is slow on purpose, so it is done before the lock that ballots wait for is taken.
        fitting = next((row for row in waiting if self._fits(row, code)), None)
        with Session(self._engine) as session, session.begin():
            if fitting is None:
                ids = [row.id for row in waiting]
                session.execute(
                    update(DeviceRow)
                    .where(DeviceRow.id.in_(ids))
                    .values(code_failures=DeviceRow.code_failures + 1)
                )
                return None
            row = session.get(DeviceRow, fitting.id)
            if row is None or row.code_hash != fitting.code_hash:
                return None  # another browser was quicker with the same code
            row.code_hash, row.token_hash, row.paired_at = None, _hashed(token), at
            return _device(row)

    def _fits(self, row: DeviceRow, code: str) -> bool:
        try:
            return self._hasher.verify(row.code_hash or "", code)
        except VerifyMismatchError:
            return False

    def by_token(self, token: str) -> Device | None:
        """The screen that holds this token."""
        with self._looking.connect() as connection:
            row = connection.execute(_BY_TOKEN, {"hashed": _hashed(token)}).first()
        return None if row is None else _device(row)

    def kinds(self, tokens: Iterable[str]) -> dict[str, DeviceKind]:
        """The kind of the paired screen that holds each of these tokens; nothing of the tokens that none holds."""
        with self._looking.connect() as connection:
            paired = dict(connection.execute(_PAIRED).all())
        held = ((token, paired.get(_hashed(token))) for token in tokens)
        return {token: _KINDS[kind] for token, kind in held if kind is not None}

    def all(self, village: VillageId) -> list[Device]:
        """Every screen of the village that is paired or waits for it."""
        with Session(self._engine.execution_options(**READING)) as session:
            rows = session.scalars(select(DeviceRow).where(DeviceRow.village == village)).all()
            return [_device(row) for row in rows]

    def remove(self, device: DeviceId) -> None:
        """Unpair a screen; its token is worth nothing from here."""
        with Session(self._engine) as session, session.begin():
            row = session.get(DeviceRow, device)
            if row is not None:
                session.delete(row)

    def give_turn(self, device: DeviceId, turn: Turn) -> None:
        """It is this person's turn at the screen."""
        self._set_turn(device, turn)

    def end_turn(self, device: DeviceId) -> None:
        """It is nobody's turn at the screen."""
        self._set_turn(device, None)

    def _set_turn(self, device: DeviceId, turn: Turn | None) -> None:
        # Lost in a power cut, it is tapped again. A ballot that is on the disk has taken its turn there with it.
        with Session(self._engine.execution_options(**FLEETING)) as session, session.begin():
            row = session.get_one(DeviceRow, device)
            row.turn_vote = turn.vote if turn else None
            row.turn_person = turn.person if turn else None
            row.turn_command = turn.command if turn else None


def _device(row: DeviceRow | Row[Any]) -> Device:
    turn = None
    if row.turn_vote and row.turn_person and row.turn_command:
        turn = Turn(VoteId(row.turn_vote), PersonId(row.turn_person), CommandId(row.turn_command))
    return Device(
        DeviceId(row.id), VillageId(row.village), DeviceKind(row.kind), row.paired_at, turn
    )


@lru_cache(maxsize=4096)  # asked of each screen that watches, ten times a second
def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
