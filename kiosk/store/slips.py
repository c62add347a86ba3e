"""Slips (表决条): a token on paper or on a screen, by which one person casts one ballot on his own phone.

A slip is good for one person and one vote. A new slip for the same ends the one before. The ballot's command id is kept
with it, so that a repeated confirmation is the same ballot; who changes his ballot gets another.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Engine, bindparam, select, update
from sqlalchemy.orm import Session

from kiosk.core.terms import CommandId, PersonId, VillageId, VoteId
from kiosk.store.database import LOOKING, READING
from kiosk.store.tables import SlipRow

# Built once, and without the mapper: every request of a phone begins with it.
_BY_TOKEN = select(SlipRow.vote, SlipRow.person, SlipRow.command).where(
    SlipRow.token_hash == bindparam("hashed")
)


@dataclass(frozen=True, slots=True)
class Slip:
    """Whose ballot in which vote, and under which command id it is cast."""

    vote: VoteId
    person: PersonId
    command: CommandId


class Slips:
    """The slips of all votes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._looking = engine.execution_options(**LOOKING)

    def issue(self, village: VillageId, slip: Slip, token: str) -> None:
        """Hand out a slip under this token; an earlier one of the same person and vote is no good any more."""
        with Session(self._engine) as session, session.begin():
            session.merge(
                SlipRow(
                    village=village,
                    vote=slip.vote,
                    person=slip.person,
                    token_hash=_hashed(token),
                    command=slip.command,
                )
            )

    def by_token(self, token: str) -> Slip | None:
        """The slip of this token."""
        with self._looking.connect() as connection:
            row = connection.execute(_BY_TOKEN, {"hashed": _hashed(token)}).first()
        if row is None:
            return None
        return Slip(VoteId(row.vote), PersonId(row.person), CommandId(row.command))

    def renew(self, token: str, command: CommandId) -> None:
        """The slip's next ballot is another one (改票): cast under this command id."""
        with Session(self._engine) as session, session.begin():
            session.execute(
                update(SlipRow).where(SlipRow.token_hash == _hashed(token)).values(command=command)
            )

    def holders(self, village: VillageId, vote: VoteId) -> frozenset[PersonId]:
        """Who was handed a slip for this vote."""
        with Session(self._engine.execution_options(**READING)) as session:
            rows = session.scalars(
                select(SlipRow.person).where(SlipRow.village == village, SlipRow.vote == vote)
            )
            return frozenset(PersonId(person) for person in rows)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
