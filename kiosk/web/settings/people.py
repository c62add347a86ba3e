"""What the pages of the register share: the day they judge by, a person by his id, a person out of a good row."""

from kiosk.core.refusals import Malformed
from kiosk.core.terms import PersonId
from kiosk.intake.check import Entry
from kiosk.store.register import Person
from kiosk.web.parts import parts


def person_of(person: str) -> Person:
    """The person of this village with that id. Malformed where there is none."""
    found = parts().register.person(parts().home, PersonId(person))
    if found is None:
        raise Malformed("person")
    return found


def enrolled(entry: Entry) -> Person:
    """The person of a good row, with an id of his own."""
    return Person(
        id=PersonId(parts().new_token()),
        name=entry.name,
        sex=entry.sex,
        born_on=entry.born_on,
        group=entry.group,
        household=entry.household,
        phone=entry.phone,
        posts=entry.posts,
        represents_household=entry.represents_household,
        grid=entry.grid,
    )
