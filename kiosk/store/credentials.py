"""What an officer signs in with (登录): a one-time code first, then a PIN of his own; and his open sessions.

- Both are six digits, kept as argon2id hashes. The PIN is not a password: it is good only at a kiosk.
- Failures are counted in the database before the secret is looked at, so that neither a reboot nor a pulled
  plug gives a free try. Five wrong: 15 s of waiting, doubling to 15 min; fifteen wrong: shut until another
  officer issues a new code.
- The clock may jump (a dead battery, a time server). Set back, a wait begins anew and is no longer than it was; a
  session that would begin in the future by more than it lasts is over, or it would last until the clock is there.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from kiosk.core.terms import PersonId
from kiosk.store.database import READING
from kiosk.store.tables import CredentialRow, SessionRow

FREE_FAILURES = 4
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
LAST_FAILURE = 15
SESSION_LASTS = timedelta(hours=12)
PIN_DIGITS = 6


class Secret(Enum):
    """Which secret an officer is to give."""

    NONE = "none"  # 尚未发放
    CODE = "code"  # 一次性登录码
    PIN = "pin"  # 个人密码


class Answer(Enum):
    """What became of a try."""

    RIGHT = "right"
    WRONG = "wrong"
    WAIT = "wait"
    SHUT = "shut"


@dataclass(frozen=True, slots=True)
class Try:
    """The answer to one try; `wait_s` seconds until the next is looked at."""

    answer: Answer
    wait_s: int = 0


def is_weak(pin: str) -> bool:
    """Whether a PIN is one of those everybody tries: repeated, counted up or down, or a repeated pair."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    return steps in ({0}, {1}, {9}) or pin == pin[:2] * 3 or pin == pin[:3] * 2


def wait_after(failures: int) -> timedelta:
    """How long the next try must wait after so many failures in a row."""
    if failures <= FREE_FAILURES:
        return timedelta()
    doublings = failures - FREE_FAILURES - 1
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << doublings))


class Credentials:
    """Codes, PINs and sessions of the officers."""

    def __init__(self, engine: Engine, hasher: PasswordHasher | None = None) -> None:
        self._engine = engine
        self._hasher = hasher or PasswordHasher()

    def issue_code(self, person: PersonId, code: str) -> None:
        """Give a new one-time code; the old PIN, its failures and open sessions end."""
        code_hash = self._hasher.hash(code)  # slow on purpose: not while others wait to write
        with Session(self._engine) as session, session.begin():
            session.merge(
                CredentialRow(
                    person=person,
                    code_hash=code_hash,
                    pin_hash=None,
                    failures=0,
                    locked_until=None,
                )
            )
            session.execute(delete(SessionRow).where(SessionRow.person == person))

    def asked_for(self, person: PersonId) -> Secret:
        """Which secret this officer signs in with now."""
        with Session(self._engine.execution_options(**READING)) as session:
            row = session.get(CredentialRow, person)
        if row is None or (row.pin_hash is None and row.code_hash is None):
            return Secret.NONE
        return Secret.PIN if row.pin_hash else Secret.CODE

    def code_mark(self, person: PersonId) -> str:
        """A mark of the one-time code that is in force, for the way from the code to the PIN; empty if none is."""
        with Session(self._engine.execution_options(**READING)) as session:
            row = session.get(CredentialRow, person)
        return _hashed(row.code_hash) if row is not None and row.code_hash else ""

    def attempt(self, person: PersonId, secret: str, at: datetime) -> Try:
        """Try the code or the PIN, whichever is due."""
        before = self._count_failure(person, at)
        if isinstance(before, Try):
            return before
        try:
            self._hasher.verify(before, secret)
        except VerifyMismatchError:
            return Try(Answer.WRONG)
        self._clear_failures(person)
        return Try(Answer.RIGHT)

    def _count_failure(self, person: PersonId, at: datetime) -> Try | str:
        with Session(self._engine) as session, session.begin():
            row = session.get(CredentialRow, person)
            due = row and (row.pin_hash or row.code_hash)
            if row is None or not due or row.failures >= LAST_FAILURE:
                return Try(Answer.SHUT)
            if row.locked_until is not None and at < row.locked_until:
                row.locked_until = min(row.locked_until, at + wait_after(row.failures))
            if row.locked_until is not None and at < row.locked_until:
                return Try(Answer.WAIT, -int((at - row.locked_until).total_seconds() // 1))
            row.failures += 1
            row.locked_until = at + wait_after(row.failures)
            return due

    def _clear_failures(self, person: PersonId) -> None:
        with Session(self._engine) as session, session.begin():
            row = session.get_one(CredentialRow, person)
            row.failures, row.locked_until = 0, None

    def set_pin(self, person: PersonId, pin: str, mark: str) -> bool:
        """Keep the officer's own PIN; the one-time code is used up. False if `mark` is not of the code in force."""
        pin_hash = self._hasher.hash(pin)
        with Session(self._engine) as session, session.begin():
            row = session.get(CredentialRow, person)
            if row is None or not row.code_hash or _hashed(row.code_hash) != mark:
                return False
            row.pin_hash, row.code_hash = pin_hash, None
            return True

    def begin_session(self, person: PersonId, token: str, at: datetime) -> None:
        """Remember a signed-in browser by its random token."""
        with Session(self._engine) as session, session.begin():
            session.add(SessionRow(token_hash=_hashed(token), person=person, created_at=at))

    def signed_in(self, token: str, at: datetime) -> PersonId | None:
        """Whose session this token is, if it is not over."""
        with Session(self._engine.execution_options(**READING)) as session:
            row = session.get(SessionRow, _hashed(token))
        if row is None or abs(at - row.created_at) > SESSION_LASTS:
            return None
        return PersonId(row.person)

    def end_session(self, token: str) -> None:
        """Forget a browser."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(SessionRow).where(SessionRow.token_hash == _hashed(token)))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
