"""The resolution of one matter as data (决议书): who sat, what was decided by what arithmetic, on what way it came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kiosk.core.journal import Entry
from kiosk.core.law.rules import Comparison
from kiosk.core.law.tally import Tally, judge
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.publicity import Publication
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.papers.settling import Settled, settled
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import DELIBERATIONS, MatterId, Stage
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote


@dataclass(frozen=True, slots=True)
class EarlierStage:
    """One deliberation before the decision, in one line: who sat, how many, how they voted."""

    stage: Stage
    meeting: Meeting
    tally: Tally
    entitled: int
    at: datetime


@dataclass(frozen=True, slots=True)
class VoidVote:
    """A vote on the matter that was declared void (作废), with the meeting it was held in."""

    meeting: Meeting
    vote: Vote


@dataclass(frozen=True, slots=True)
class Resolution:
    """决议书 of one matter: everything the paper and the portal say about it.

    `settled`: why the counts of the vote differ, where they do.
    """

    village: Village
    matter: Matter
    meeting: Meeting
    vote: Vote
    publication: Publication
    tally: Tally
    quorum: Comparison
    majority: Comparison
    earlier: tuple[EarlierStage, ...]
    voided: tuple[VoidVote, ...]
    settled: Settled | None

    @property
    def carried(self) -> bool:
        """Whether the motion carried (通过); in an appraisal, whether 不满意 reached the majority.

        Where candidates stood (推选), whether one is chosen.
        """
        return bool(self.vote.carried)


def resolution(
    village: Village,
    matter_id: MatterId,
    published: Publication | None = None,
    entries: Iterable[Entry] = (),
) -> Resolution:
    """The resolution on a matter, as published last unless another publication is named.

    Among `entries`, up to the one that published it, is what settled a difference.
    Refused: NO_SUCH_MATTER, PAPER_NOT_DUE.
    """
    matter = village.matter(matter_id)
    publication = published or matter.resolution
    if publication is None:
        raise Refused(Reason.PAPER_NOT_DUE)
    meeting = village.meetings[publication.meeting]
    vote = meeting.votes[publication.vote]
    tally = vote.tally
    entitled = len(meeting.entitled)
    return Resolution(
        village=village,
        matter=matter,
        meeting=meeting,
        vote=vote,
        publication=publication,
        tally=tally,
        quorum=meeting.row.quorum.compare(tally.present, entitled),
        majority=judge(tally, vote.row, entitled=entitled),
        earlier=_earlier(village, matter, vote),
        voided=_voided(village, matter),
        settled=settled(entries, vote.id) if vote.differs else None,
    )


def _earlier(village: Village, matter: Matter, vote: Vote) -> tuple[EarlierStage, ...]:
    """The deliberations that led to this vote, each as it carried last before it opened (此前程序)."""
    led = {
        d.stage: d
        for d in sorted(matter.deliberations, key=lambda d: d.at)
        if d.carried and not d.void and d.at < vote.opened_at
    }
    before = DELIBERATIONS[: DELIBERATIONS.index(vote.stage)]
    done = []
    for stage in before:
        if (deliberation := led.get(stage)) is not None:
            meeting = village.meetings[deliberation.meeting]
            tally = meeting.votes[deliberation.vote].tally
            entitled = len(meeting.entitled)
            done.append(EarlierStage(stage, meeting, tally, entitled, deliberation.at))
    return tuple(done)


def _voided(village: Village, matter: Matter) -> tuple[VoidVote, ...]:
    return tuple(
        VoidVote(meeting, vote)
        for meeting in village.meetings.values()
        for vote in meeting.votes.values()
        if vote.is_void and matter.id in vote.matters
    )
