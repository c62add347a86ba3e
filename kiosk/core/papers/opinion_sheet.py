"""One opinion of the 监委会 as data (村务监督意见书): on which stage, on what facts of the record, in what words."""

from dataclasses import dataclass

from kiosk.core.law.rules import Comparison
from kiosk.core.law.tally import Tally, judge
from kiosk.core.matters.dossier import Opinion, Photo
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.publicity import Objection, Publication
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.papers.concerning import person_named
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import MatterId
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote


@dataclass(frozen=True, slots=True)
class Overseen:
    """A deliberation that an opinion is about (所监督的会议): its meeting and its vote with both comparisons."""

    meeting: Meeting
    vote: Vote
    tally: Tally
    quorum: Comparison
    majority: Comparison


@dataclass(frozen=True, slots=True)
class OpinionSheet:
    """村务监督意见书 on one stage of a matter.

    `held` is the deliberation of that stage, or `publication` what hung in it with its `photos`. `number` counts the
    opinions on the matter, `by` names who gave it, empty where no meeting ever seated him.
    """

    village: Village
    matter: Matter
    opinion: Opinion
    number: int
    by: str
    held: Overseen | None
    publication: Publication | None
    photos: tuple[Photo, ...]
    objections: tuple[Objection, ...]


def opinion_sheet(village: Village, matter_id: MatterId) -> OpinionSheet:
    """The sheet of the opinion that was filed last. Refused: NO_SUCH_MATTER, PAPER_NOT_DUE."""
    matter = village.matter(matter_id)
    if not matter.opinions:
        raise Refused(Reason.PAPER_NOT_DUE)
    opinion = matter.opinions[-1]
    published = [p for p in matter.publications if p.stage is opinion.stage]
    publication = published[-1] if published else None
    return OpinionSheet(
        village=village,
        matter=matter,
        opinion=opinion,
        number=len(matter.opinions),
        by=person_named(village, opinion.by),
        held=_held(village, matter, opinion),
        publication=publication,
        photos=tuple(p for p in matter.photos if publication and p.publication == publication),
        objections=tuple(village.objections_to(matter_id)) if publication else (),
    )


def _held(village: Village, matter: Matter, opinion: Opinion) -> Overseen | None:
    """The newest deliberation of that stage that counts; where none does, the newest."""
    of_it = [d for d in matter.deliberations if d.stage is opinion.stage]
    standing = [d for d in of_it if d.stands] or of_it
    if not standing:
        return None
    meeting = village.meetings[standing[-1].meeting]
    vote = meeting.votes[standing[-1].vote]
    tally, entitled = vote.tally, len(meeting.entitled)
    return Overseen(
        meeting=meeting,
        vote=vote,
        tally=tally,
        quorum=meeting.row.quorum.compare(tally.present, entitled),
        majority=judge(tally, vote.row, entitled=entitled),
    )
