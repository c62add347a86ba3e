"""The result of carrying a resolution out as data (实施结果公示): who did what for how much, and who accepted it."""

from dataclasses import dataclass

from kiosk.core.matters.matter import Matter
from kiosk.core.matters.publicity import Objection, Publication
from kiosk.core.matters.works import Acceptance, Works
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.papers.concerning import person_named
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import MatterId, Stage
from kiosk.core.village import Village


@dataclass(frozen=True, slots=True)
class Result:
    """实施结果 of one matter: everything the paper says.

    `resolution` is what was carried out, `acceptance` the inspection that accepted it, `inspector` the name of the
    member of the 监委会 who did, empty where no meeting ever seated him.
    """

    village: Village
    matter: Matter
    publication: Publication
    resolution: Publication
    meeting: Meeting
    works: Works
    acceptance: Acceptance
    inspector: str
    objections: tuple[Objection, ...]


def result(village: Village, matter_id: MatterId) -> Result:
    """The result published last.

    Refused: NO_SUCH_MATTER, PAPER_NOT_DUE. Source: 村民委员会组织法第三十五条.
    """
    matter = village.matter(matter_id)
    publication, works = matter.result, matter.works
    acceptance = works.acceptance if works else None
    carried_out = next(
        (
            p
            for p in reversed(matter.publications)
            if publication and p.stage is Stage.RESOLUTION_PUBLIC and p.vote == publication.vote
        ),
        None,
    )
    if publication is None or works is None or acceptance is None or carried_out is None:
        raise Refused(Reason.PAPER_NOT_DUE)
    return Result(
        village=village,
        matter=matter,
        publication=publication,
        resolution=carried_out,
        meeting=village.meetings[publication.meeting],
        works=works,
        acceptance=acceptance,
        inspector=person_named(village, acceptance.inspected_by),
        objections=tuple(village.objections_to(matter.id)),
    )
