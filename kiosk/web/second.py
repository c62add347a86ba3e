"""A second person at the same screen (第二人签认): he taps his name and gives his own PIN, for one act.

What two people must do is often done at one screen. The first one's session stays as it is; the second gets none: his
PIN is good for the one form that it is sent with, and wrong ones count as they do at sign-in. Whoever is signed in at
the screen needs no PIN to act for himself.
"""

from collections.abc import Collection

from flask import request

from kiosk import wording
from kiosk.core.authority import PERMITTED
from kiosk.core.commands import Command, CountHands
from kiosk.core.refusals import Malformed
from kiosk.core.terms import PersonId, Role
from kiosk.core.values import Actor
from kiosk.service import Receipt
from kiosk.store.credentials import Answer, Secret, Try
from kiosk.store.register import Person
from kiosk.web.access import Access, visitor
from kiosk.web.answers import Unclear, command_id
from kiosk.web.parts import parts
from kiosk.web.pictures import Picture
from kiosk.wording import Sentence

COUNTING = Access(roles=PERMITTED[CountHands])
"""Who may count, witness a note and count once more (点数、见证、复点)."""

Nobody = frozenset[PersonId]()


def able(command: type[Command], but: Collection[PersonId] = Nobody) -> list[Person]:
    """The officers whose role may give the command, without those who may not be the second here."""
    officers = parts().register.officers(parts().home)
    return [p for p in officers if p.roles & PERMITTED[command] and p.id not in but]


def wall(people: Collection[Person], address: str) -> list[Picture]:
    """A tile for each, leading to `address` with his id at its end."""
    return [
        {
            "key": person.id,
            "name": person.name,
            "title": person.title,
            "roles": "、".join(wording.ROLES[role] for role in Role if role in person.roles),
            "href": f"{address}{person.id}",
        }
        for person in people
    ]


def name_of(person: PersonId) -> str:
    """An officer's name; of one who is no officer any more his id, as the record has it."""
    officer = parts().register.officer(person)
    return officer.name if officer else person


def chosen(command: type[Command], person: str, but: Collection[PersonId] = Nobody) -> Person:
    """The officer of the tile that was tapped. Malformed where he is not one of those who may."""
    for officer in able(command, but):
        if officer.id == person:
            return officer
    raise Malformed("officer")


def is_here(officer: Person) -> bool:
    """Whether it is he who is signed in at this screen."""
    mine = visitor().officer
    return mine is not None and mine.id == officer.id


def here(command: type[Command], but: Collection[PersonId] = Nobody) -> Person | None:
    """Who is signed in at this screen, where he may give the command himself."""
    return next((officer for officer in able(command, but) if is_here(officer)), None)


def in_capacity(officer: Person, command: type[Command]) -> Actor:
    """The officer in the first of his roles that may give the command."""
    role = next(r for r in Role if r in officer.roles and r in PERMITTED[command])
    return Actor(role, officer.id)


def signed(command: type[Command], but: Collection[PersonId] = Nobody) -> Actor:
    """Who signs the present form: field `officer`, proved by his session here or by his `pin`.

    Unclear where the PIN is wrong, or must wait, or is shut; Malformed where he is not one of those who may.
    """
    officer = chosen(command, request.form.get("officer", ""), but)
    if not is_here(officer):
        _require_pin(officer)
    return in_capacity(officer, command)


def carry_out_as(actor: Actor, command: Command) -> Receipt:
    """Execute the command of somebody who has just signed. Refused: whatever the rules say."""
    return parts().kiosk.execute(parts().home, command, actor, command_id())


def _require_pin(officer: Person) -> None:
    # A one-time code is for choosing a PIN at sign-in and proves nothing here.
    if parts().credentials.asked_for(officer.id) is not Secret.PIN:
        what = f"{officer.name}还没有设密码。"
        raise Unclear(Sentence(what, "请他先在登录页用登录码设好密码，或者请另一位来。"))
    given = request.form.get("pin", "")
    tried = parts().credentials.attempt(officer.id, given, parts().kiosk.now())
    if tried.answer is not Answer.RIGHT:
        raise Unclear(_no(tried, officer.name))


def _no(tried: Try, name: str) -> Sentence:
    match tried.answer:
        case Answer.WAIT:
            return Sentence(f"{name}的密码错得太多了。", f"请等{tried.wait_s}秒再试。")
        case Answer.SHUT:
            return Sentence(f"{name}的登录已停用。", "请管理员重新发登录码，或者请另一位来。")
        case _:
            return Sentence("密码不对。", f"请{name}再输一次自己的密码。")
