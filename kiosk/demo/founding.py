"""Founding the demonstration village: its people into the register, its past into the journal."""

from collections.abc import Callable
from datetime import datetime

from kiosk.core.terms import Capacity, Purpose
from kiosk.demo.people import demonstration_people
from kiosk.demo.story import VILLAGE, Past, Story
from kiosk.keeping import JournalStore
from kiosk.store.register import Register


def found_demonstration(
    register: Register,
    store: JournalStore,
    now: Callable[[], datetime],
    portal_url: str,
    *,
    seats: int | None = None,
    purpose: Purpose = Purpose.DEMONSTRATION,
    past: Past = Past.OF_TODAYS_MATTER,
) -> None:
    """Make the village with so much of a past; `seats` on the roll of the representatives' meeting instead of 45.

    The people go in first: a journal without its register could not be used, the reverse is only unfinished.
    """
    people = demonstration_people()
    if seats is not None:
        committee = sum(p.holds(Capacity.VILLAGE_COMMITTEE_MEMBER) for p in people)
        people = demonstration_people(representatives=max(1, seats - committee))
    if not register.people(VILLAGE):
        register.enrol(VILLAGE, people)
    Story(store, people, now(), portal_url).tell(purpose, past)
