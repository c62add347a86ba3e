"""The register of people (花名册): who lives in the village, who sits in which body, who is an officer.

It stands apart from the journal, so that a phone number can be corrected and a person erased without touching
the record. What the record needs of a person (name, group, capacity) is copied into it when a meeting is called.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Engine, delete, literal_column, select, update
from sqlalchemy.orm import Session

from kiosk.core.law.roll import Post
from kiosk.core.terms import Capacity, PersonId, Role, Sex, VillageId
from kiosk.store.database import READING
from kiosk.store.tables import CredentialRow, OfficerRow, PersonRow, PostRow, SessionRow

__all__ = ["LastAdministrator", "Person", "Post", "Register", "StillOfficer"]

OfPerson = TypeVar("OfPerson", PostRow, OfficerRow)
_AS_ENROLLED: ColumnElement[int] = literal_column("posts.rowid")


class StillOfficer(Exception):
    """Who holds a role on the kiosk does not leave the register before an administrator has taken it."""


class LastAdministrator(Exception):
    """Without any administrator nobody could ever give out a code again."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the register; `grid` is the 网格 he belongs to, empty where the village has none."""

    id: PersonId
    name: str
    sex: Sex
    born_on: date
    group: int
    household: str
    phone: str | None = None
    posts: tuple[Post, ...] = ()
    roles: frozenset[Role] = frozenset()
    represents_household: bool = False
    grid: str = ""

    def holds(self, capacity: Capacity) -> bool:
        """Whether the person is enrolled in that capacity, in whatever term; `core.roll` asks for a day."""
        return any(post.capacity is capacity for post in self.posts)

    @property
    def title(self) -> str:
        """The first post in words, or 村民: membership of the collective is no post."""
        posts = (p for p in self.posts if p.capacity is not Capacity.COLLECTIVE_MEMBER)
        return next((post.title for post in posts), "村民")


class Register:
    """Reads and writes the people of all villages."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def enrol(self, village: VillageId, people: Iterable[Person]) -> None:
        """Add people with their posts and roles, all or none.

        IntegrityError where an id, a post or the representative of a household is there twice.
        """
        with Session(self._engine) as session, session.begin():
            for person in people:
                session.add(_person_row(village, person))
                session.flush()
                session.add_all(_post_row(person.id, post) for post in person.posts)
                session.add_all(OfficerRow(person=person.id, role=r.value) for r in person.roles)

    def people(self, village: VillageId) -> list[Person]:
        """Everybody of the village, by id."""
        with Session(self._engine.execution_options(**READING)) as session:
            rows = session.scalars(
                select(PersonRow).where(PersonRow.village == village).order_by(PersonRow.id)
            ).all()
            posts = _gathered(session.scalars(select(PostRow).order_by(_AS_ENROLLED)).all())
            roles = _gathered(session.scalars(select(OfficerRow)).all())
        return [_person(row, posts.get(row.id, []), roles.get(row.id, [])) for row in rows]

    def person(self, village: VillageId, person: PersonId) -> Person | None:
        """One person of the village by id, with or without a role; None for a stranger."""
        with Session(self._engine.execution_options(**READING)) as session:
            row = session.get(PersonRow, person)
            if row is None or row.village != village:
                return None
            of_person = select(PostRow).where(PostRow.person == person).order_by(_AS_ENROLLED)
            posts = session.scalars(of_person).all()
            roles = session.scalars(select(OfficerRow).where(OfficerRow.person == person)).all()
        return _person(row, posts, roles)

    def officers(self, village: VillageId) -> list[Person]:
        """Those who hold a role on the kiosk."""
        return [person for person in self.people(village) if person.roles]

    def officer(self, person: PersonId) -> Person | None:
        """One officer by id; None for anybody else."""
        with Session(self._engine.execution_options(**READING)) as session:
            row = session.get(PersonRow, person)
            village = None if row is None else VillageId(row.village)
        found = None if village is None else self.person(village, person)
        return found if found is not None and found.roles else None

    def change(self, village: VillageId, person: Person) -> None:
        """Put the person's details in the place of the old; posts and roles stay as they are.

        A household lives in one group: where only the group changes, the whole household moves. LookupError
        for a stranger; IntegrityError where another person already represents the household.
        """
        with Session(self._engine) as session, session.begin():
            row = _row_of(session, village, person.id)
            if row.household == person.household and row.group != person.group:
                session.execute(
                    update(PersonRow)
                    .where(PersonRow.village == village, PersonRow.household == row.household)
                    .values(group=person.group)
                )
            session.merge(_person_row(village, person))

    def set_posts(self, village: VillageId, person: PersonId, posts: Iterable[Post]) -> None:
        """Give the person these posts (身份) and no others. LookupError for a stranger."""
        with Session(self._engine) as session, session.begin():
            _row_of(session, village, person)
            session.execute(delete(PostRow).where(PostRow.person == person))
            session.add_all(_post_row(person, post) for post in posts)

    def set_roles(self, village: VillageId, person: PersonId, roles: Iterable[Role]) -> None:
        """Give the person these roles (岗位) and no others; who keeps none loses code, PIN and sessions.

        LookupError for a stranger. LastAdministrator where nobody would be left to give out codes.
        """
        kept = frozenset(roles)
        with Session(self._engine) as session, session.begin():
            _row_of(session, village, person)
            if Role.ADMIN not in kept and _alone_as_administrator(session, village, person):
                raise LastAdministrator
            session.execute(delete(OfficerRow).where(OfficerRow.person == person))
            session.add_all(OfficerRow(person=person, role=role.value) for role in kept)
            if not kept:
                _forget_keys(session, person)

    def represent_household(self, village: VillageId, person: PersonId) -> None:
        """Make the person the household's representative (户代表) in the place of whoever was. LookupError."""
        with Session(self._engine) as session, session.begin():
            row = _row_of(session, village, person)
            session.execute(
                update(PersonRow)
                .where(PersonRow.village == village, PersonRow.household == row.household)
                .values(represents_household=False)
            )
            row.represents_household = True

    def remove(self, village: VillageId, person: PersonId) -> None:
        """Take the person out of the register with his posts; what the journal says of him stays.

        LookupError for a stranger. StillOfficer while he holds a role.
        """
        with Session(self._engine) as session, session.begin():
            row = _row_of(session, village, person)
            if session.scalars(select(OfficerRow).where(OfficerRow.person == person)).first():
                raise StillOfficer
            _forget_keys(session, person)
            session.execute(delete(PostRow).where(PostRow.person == person))
            session.delete(row)


def _row_of(session: Session, village: VillageId, person: PersonId) -> PersonRow:
    row = session.get(PersonRow, person)
    if row is None or row.village != village:
        raise LookupError(person)
    return row


def _alone_as_administrator(session: Session, village: VillageId, person: PersonId) -> bool:
    administrators = session.scalars(
        select(OfficerRow.person)
        .join(PersonRow, PersonRow.id == OfficerRow.person)
        .where(PersonRow.village == village, OfficerRow.role == Role.ADMIN.value)
    ).all()
    return list(administrators) == [person]


def _forget_keys(session: Session, person: PersonId) -> None:
    for keys in (SessionRow, CredentialRow):
        session.execute(delete(keys).where(keys.person == person))


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
        represents_household=person.represents_household,
        grid=person.grid,
    )


def _post_row(person: PersonId, post: Post) -> PostRow:
    return PostRow(
        person=person,
        capacity=post.capacity.value,
        title=post.title,
        since=post.since,
        until=post.until,
    )


def _person(row: PersonRow, posts: Iterable[PostRow], roles: Iterable[OfficerRow]) -> Person:
    return Person(
        id=PersonId(row.id),
        name=row.name,
        sex=Sex(row.sex),
        born_on=row.born_on,
        group=row.group,
        household=row.household,
        phone=row.phone,
        posts=tuple(Post(Capacity(p.capacity), p.title, p.since, p.until) for p in posts),
        roles=frozenset(Role(role.role) for role in roles),
        represents_household=row.represents_household,
        grid=row.grid,
    )
