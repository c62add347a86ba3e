"""The course of the works as data (实施进度与验收表): who answers for them, money, progress, every inspection."""

from dataclasses import dataclass

from kiosk.core.matters.dossier import Photo
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.publicity import Publication
from kiosk.core.matters.works import Works
from kiosk.core.papers.concerning import person_named
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import MatterId, Picture, Stage
from kiosk.core.village import Village


@dataclass(frozen=True, slots=True)
class WorksSheet:
    """实施进度与验收表 of one matter, up to its newest inspection.

    `resolution` is what is carried out; `photos` those of before and after; `inspectors` for each inspection the
    name of the member of the 监委会 who was there, empty where no meeting ever seated him.
    """

    village: Village
    matter: Matter
    resolution: Publication
    works: Works
    photos: tuple[Photo, ...]
    inspectors: tuple[str, ...]


def works_sheet(village: Village, matter_id: MatterId) -> WorksSheet:
    """The sheet of works that were inspected. Refused: NO_SUCH_MATTER, PAPER_NOT_DUE."""
    matter = village.matter(matter_id)
    works = matter.works
    published = [p for p in matter.publications if p.stage is Stage.RESOLUTION_PUBLIC]
    if works is None or works.acceptance is None or not published:
        raise Refused(Reason.PAPER_NOT_DUE)
    return WorksSheet(
        village=village,
        matter=matter,
        resolution=published[-1],
        works=works,
        photos=tuple(p for p in matter.photos if p.picture in {Picture.BEFORE, Picture.AFTER}),
        inspectors=tuple(person_named(village, a.inspected_by) for a in works.acceptances),
    )
