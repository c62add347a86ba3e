"""Proof of standing on the portal (身份核对): a name and the last four digits of the telephone in the register.

It must not tell a stranger who lives here: every failure has the same words, and only so many are let happen in an
hour, from one address and in all.
"""

import threading
from datetime import datetime, timedelta
from hmac import compare_digest
from unicodedata import normalize

from flask import current_app, request

from kiosk.core.law.roll import holds
from kiosk.core.terms import Capacity, day_of
from kiosk.store.register import Person
from kiosk.web.answers import Unclear
from kiosk.web.forms import line
from kiosk.web.parts import parts
from kiosk.wording import Sentence

FAILURES_AN_ADDRESS = 5
FAILURES_IN_ALL = 20
WINDOW = timedelta(hours=1)
DIGITS = 4

NO_NAME = Sentence("姓名还没有写。", "请写花名册上的姓名。")
NO_DIGITS = Sentence("电话后四位要填四个数字。", "请填您在村里登记的电话的最后四个数字。")
NOT_PROVED = Sentence(
    "姓名和电话后四位对不上。",
    "请核对后再填；没有登记电话或者换了号码的，请到村委会提出。",
)
TOO_MANY = Sentence("对不上的次数太多，先停一会儿。", "请过一小时再试，或者到村委会提出。")


class Failures:
    """The failures of the last hour. One that is being tried counts, so that many at once gain nothing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: list[tuple[datetime, str]] = []

    def begin(self, address: str, at: datetime) -> bool:
        """Count an attempt as failed until it is `forgiven`; False where no more are let happen."""
        with self._lock:
            # Either way: a clock that was set back would else keep them until it has caught up.
            self._kept = [one for one in self._kept if abs(at - one[0]) < WINDOW]
            mine = sum(known == address for _, known in self._kept)
            if mine >= FAILURES_AN_ADDRESS or len(self._kept) >= FAILURES_IN_ALL:
                return False
            self._kept.append((at, address))
            return True

    def forgive(self, address: str, at: datetime) -> None:
        """Take back what `begin` counted: the attempt did not fail."""
        with self._lock:
            if (at, address) in self._kept:
                self._kept.remove((at, address))


def proved(*, named: str = "") -> Person:
    """The villager whom the form's `name` and `digits` prove (本村村民), of that name where one is asked for.

    Unclear where they do not, in constant words.
    """
    name, digits = _spelled(line("name", "姓名")), _spelled(request.form.get("digits", ""))
    if not name:
        raise Unclear(NO_NAME)
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdecimal()):
        raise Unclear(NO_DIGITS)
    failures: Failures = current_app.extensions.setdefault("failures", Failures())
    address, at = request.remote_addr or "", parts().kiosk.now()
    if not failures.begin(address, at):
        raise Unclear(TOO_MANY)
    found = [person for person in _villagers(at) if _matches(person, name, digits)]
    if named:
        found = [person for person in found if person.name == named]
    # Two of one name and number would be told apart at the office, not here.
    if len(found) != 1:
        raise Unclear(NOT_PROVED)
    failures.forgive(address, at)
    return found[0]


def _villagers(at: datetime) -> list[Person]:
    on = day_of(at)
    everybody = parts().register.people(parts().home)
    return [person for person in everybody if holds(person, Capacity.VILLAGER, on)]


def _matches(person: Person, name: str, digits: str) -> bool:
    told, known = f"{name} {digits}", f"{_spelled(person.name)} {(person.phone or '')[-DIGITS:]}"
    return compare_digest(told.encode(), known.encode())


def _spelled(text: str) -> str:
    """As telephones write it or not: full-width digits and letters, blanks between the characters."""
    return "".join(normalize("NFKC", text).split())
