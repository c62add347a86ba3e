"""What a paper is made of, as the public may read it (公示版的各项): seats, matters, works, objections. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from kiosk.core.emergency import Emergency
from kiosk.core.matters.dossier import Photo
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.publicity import Hearing, Objection, Publication
from kiosk.core.matters.works import Acceptance, Works
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.papers.anonymous import (
    NOBODY,
    anonymous_meeting,
    numbered,
    standing_for,
)
from kiosk.core.papers.discretion import discreet
from kiosk.core.papers.notice import Calling
from kiosk.core.papers.resolution import EarlierStage
from kiosk.core.papers.settling import Settled
from kiosk.core.terms import Capacity
from kiosk.core.values import Attachment, Exclusion, Seat
from kiosk.core.village import Village

PaperData = TypeVar("PaperData")

IN_OFFICE = frozenset(
    {
        Capacity.PARTY_COMMITTEE_MEMBER,
        Capacity.VILLAGE_COMMITTEE_MEMBER,
        Capacity.REPRESENTATIVE,
        Capacity.MEMBER_REPRESENTATIVE,
        Capacity.SUPERVISOR,
        Capacity.PARTY_DELEGATE,
        Capacity.GRID_WORKER,
        Capacity.TOWNSHIP_OFFICER,
        Capacity.ADVISER,
    }
)
"""Who is named in public (履职者): who holds an office or speaks for others, and nobody else."""


def village_told(village: Village, meetings: Iterable[Meeting] = ()) -> Village:
    """Its name, rules and catalogue; of its meetings those that the paper speaks of, and nothing else."""
    return replace(
        village,
        needs={},
        matters={},
        meetings={meeting.id: anonymous_meeting(meeting) for meeting in meetings},
        objections={},
        emergencies={},
        corrections={},
        films={},
        papers=(),
    )


def called_told(meeting: Meeting) -> Meeting:
    """A meeting as it is called: of its seats the capacities, and the names of those in office."""
    seats = {numbered(n): _seat(seat, n) for n, seat in enumerate(meeting.seats.values())}
    left_out = tuple(Exclusion(NOBODY, "", "", left.basis) for left in meeting.exclusions)
    return replace(anonymous_meeting(meeting), seats=seats, exclusions=left_out, roll=None)


def callings_told(callings: Iterable[Calling]) -> tuple[Calling, ...]:
    """Those called, with the names of those in office."""
    return tuple(
        replace(called, seats=tuple(_seat(seat, n) for n, seat in enumerate(called.seats)))
        for called in callings
    )


def _seat(seat: Seat, number: int) -> Seat:
    name = seat.name if seat.capacity in IN_OFFICE else ""
    return replace(seat, person=numbered(number), name=name, household="")


def earlier_told(stage: EarlierStage) -> EarlierStage:
    """A deliberation before: its body, day and counts."""
    return replace(stage, meeting=anonymous_meeting(stage.meeting))


def settled_told(settled: Settled | None) -> Settled | None:
    """Why counts differ, in discreet words."""
    return replace(settled, ground=discreet(settled.ground)) if settled else None


def matter_told(matter: Matter) -> Matter:
    """Everything that was written about it made discreet; who moved, filed or stands for it is nobody's id."""
    return replace(
        matter,
        title=discreet(matter.title),
        proposal=_texts(matter.proposal),
        for_means=discreet(matter.for_means),
        against_means=discreet(matter.against_means),
        mandate=discreet(matter.mandate),
        appraised=None,
        contest=standing_for(matter.contest),
        reviews=tuple(
            replace(r, opinion=discreet(r.opinion), attachment=_attachment(r.attachment))
            for r in matter.reviews
        ),
        revisions=tuple(
            replace(
                r,
                proposal_before=_texts(r.proposal_before),
                proposal_after=_texts(r.proposal_after),
                why=discreet(r.why),
                mover=None,
            )
            for r in matter.revisions
        ),
        returns=tuple(replace(r, ground=discreet(r.ground)) for r in matter.returns),
        opinions=tuple(replace(o, text=discreet(o.text), by=NOBODY) for o in matter.opinions),
        publications=tuple(publication_told(p) for p in matter.publications),
        photos=tuple(photo_told(photo) for photo in matter.photos),
        works=works_told(matter.works) if matter.works else None,
        former_works=tuple(works_told(works) for works in matter.former_works),
        end_ground=discreet(matter.end_ground),
    )


def _texts(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(discreet(text) for text in texts)


def _attachment(attachment: Attachment | None) -> Attachment | None:
    """Its digest; how the file was called by whoever brought it is left out."""
    return replace(attachment, name="") if attachment else None


def photo_told(photo: Photo) -> Photo:
    """A photograph by its digest; how its file was called is left out."""
    shown = publication_told(photo.publication) if photo.publication else None
    return replace(photo, attachment=replace(photo.attachment, name=""), publication=shown)


def publication_told(publication: Publication) -> Publication:
    """A publication with its summary in discreet words."""
    return replace(publication, summary=discreet(publication.summary))


def works_told(works: Works) -> Works:
    """Who answers for the works is named: he does so in public."""
    return replace(
        works,
        owner=NOBODY,
        contracts=tuple(
            replace(contract, contractor=discreet(contract.contractor))
            for contract in works.contracts
        ),
        milestones=tuple(replace(m, text=discreet(m.text)) for m in works.milestones),
        acceptances=tuple(acceptance_told(acceptance) for acceptance in works.acceptances),
    )


def acceptance_told(acceptance: Acceptance) -> Acceptance:
    """An inspection in discreet words."""
    return replace(
        acceptance,
        findings=discreet(acceptance.findings),
        statement=discreet(acceptance.statement),
        inspected_by=None if acceptance.inspected_by is None else NOBODY,
    )


def emergency_told(emergency: Emergency) -> Emergency:
    """An emergency in discreet words, without those who signed."""
    return replace(
        emergency,
        ground=discreet(emergency.ground),
        measures=discreet(emergency.measures),
        statement=discreet(emergency.statement),
        declared_by=NOBODY,
        countersigned_by=NOBODY if emergency.countersigned_by else None,
        witnessed_by=NOBODY if emergency.witnessed_by else None,
    )


def objection_told(objection: Objection) -> Objection:
    """What was objected and what was answered; nobody's name, in the texts neither."""
    author = objection.author
    return replace(
        objection,
        author="",
        text=discreet(objection.text, author),
        hearings=tuple(_hearing(hearing, author) for hearing in objection.hearings),
    )


def _hearing(hearing: Hearing, author: str) -> Hearing:
    return replace(
        hearing,
        ground=discreet(hearing.ground, author),
        answer=discreet(hearing.answer, author),
    )
