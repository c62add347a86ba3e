"""One objection as data (异议登记与答复单): what was objected when, and what each forum answered, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.core import events as e
from kiosk.core.journal import Entry
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.publicity import Objection, Publication
from kiosk.core.papers.concerning import person_named
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import ObjectionId, day_of
from kiosk.core.village import Village

SPELLED = (e.ObjectionAnswered.__name__,)
"""Only lines that spell this need be read for it."""


@dataclass(frozen=True, slots=True)
class ObjectionSheet:
    """异议登记与答复单 of one objection.

    `publication` is what hung when it came, None where nothing did. `answered_by`: for each forum that has answered
    the name of who filed the answer, empty where no meeting ever seated him.
    """

    village: Village
    matter: Matter
    objection: Objection
    publication: Publication | None
    answered_by: tuple[str, ...]


def objection_sheet(
    village: Village, objection_id: ObjectionId, entries: Sequence[Entry]
) -> ObjectionSheet:
    """The sheet of an objection that was answered; among `entries` are its answers.

    Refused: NO_SUCH_OBJECTION, PAPER_NOT_DUE.
    """
    objection = village.objection(objection_id)
    if all(hearing.answered_at is None for hearing in objection.hearings):
        raise Refused(Reason.PAPER_NOT_DUE)
    matter = village.matter(objection.matter)
    on = day_of(objection.filed_at)
    hung = [p for p in matter.publications if p.first_day <= on]
    answers = (
        entry.actor.person
        for entry in entries
        if isinstance(entry.event, e.ObjectionAnswered) and entry.event.objection == objection_id
    )
    return ObjectionSheet(
        village=village,
        matter=matter,
        objection=objection,
        publication=hung[-1] if hung else None,
        answered_by=tuple(person_named(village, person) for person in answers),
    )
