"""The register of people (花名册): who lives in the village, who sits in which body, who is an officer.

It stands apart from the journal, so that a phone number can be corrected and a person erased without touching
the record. What the record needs of a person (name, group, capacity) is copied into it when a meeting is called.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Engine, literal_column, select
from sqlalchemy.orm import Session

from kiosk.core.terms import Capacity, PersonId, Role, Sex, VillageId
from kiosk.store.database import READING
from kiosk.store.tables import OfficerRow, PersonRow, PostRow

OfPerson = TypeVar("OfPerson", PostRow, OfficerRow)
_AS_ENROLLED: ColumnElement[int] = literal_column("posts.rowid")


@dataclass(frozen=True, slots=True)
class Post:
    """A post or membership (身份) with its title as people say it, e.g. 村委会主任."""

    capacity: Capacity
    title: str
    since: date


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the register."""

    id: PersonId
    name: str
    sex: Sex
    born_on: date
    group: int
    household: str
    phone: str | None = None
    posts: tuple[Post, ...] = ()
    roles: frozenset[Role] = frozenset()

    def holds(self, capacity: Capacity) -> bool:
        """Whether the person sits in that capacity."""
        return any(post.capacity is capacity for post in self.posts)

    @property
    def title(self) -> str:
        """The first post in words, or 村民."""
        return self.posts[0].title if self.posts else "村民"


class Register:
    """Reads and writes the people of all villages."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def enrol(self, village: VillageId, people: Iterable[Person]) -> None:
        """Add people with their posts and roles, all or none."""
        with Session(self._engine) as session, session.begin():
            for person in people:
                session.add(_person_row(village, person))
                session.flush()
                for post in person.posts:
                    session.add(_post_row(person.id, post))
                for role in person.roles:
                    session.add(OfficerRow(person=person.id, role=role.value))

    def people(self, village: VillageId) -> list[Person]:
        """Everybody of the village, by id."""
        with Session(self._engine.execution_options(**READING)) as session:
            rows = session.scalars(
                select(PersonRow).where(PersonRow.village == village).order_by(PersonRow.id)
            ).all()
            posts = _gathered(session.scalars(select(PostRow).order_by(_AS_ENROLLED)).all())
            roles = _gathered(session.scalars(select(OfficerRow)).all())
        return [_person(row, posts.get(row.id, []), roles.get(row.id, [])) for row in rows]

    def officers(self, village: VillageId) -> list[Person]:
        """Those who hold a role on the kiosk."""
        return [person for person in self.people(village) if person.roles]

    def officer(self, person: PersonId) -> Person | None:
        """One officer by id; None for anybody else."""
        with Session(self._engine.execution_options(**READING)) as session:
            row = session.get(PersonRow, person)
            roles = session.scalars(select(OfficerRow).where(OfficerRow.person == person)).all()
            of_person = select(PostRow).where(PostRow.person == person).order_by(_AS_ENROLLED)
            posts = session.scalars(of_person).all()
        return _person(row, posts, roles) if row is not None and roles else None


def _gathered(rows: Iterable[OfPerson]) -> dict[str, list[OfPerson]]:
    gathered: dict[str, list[OfPerson]] = {}
    for row in rows:
        gathered.setdefault(row.person, []).append(row)
    return gathered


def _person_row(village: VillageId, person: Person) -> PersonRow:
    return PersonRow(
        id=person.id,
        village=village,
        name=person.name,
        sex=person.sex.value,
        born_on=person.born_on,
        group=person.group,
        household=person.household,
        phone=person.phone,
    )


def _post_row(person: PersonId, post: Post) -> PostRow:
    return PostRow(person=person, capacity=post.capacity.value, title=post.title, since=post.since)


def _person(row: PersonRow, posts: Iterable[PostRow], roles: Iterable[OfficerRow]) -> Person:
    return Person(
        id=PersonId(row.id),
        name=row.name,
        sex=Sex(row.sex),
        born_on=row.born_on,
        group=row.group,
        household=row.household,
        phone=row.phone,
        posts=tuple(Post(Capacity(post.capacity), post.title, post.since) for post in posts),
        roles=frozenset(Role(role.role) for role in roles),
    )
