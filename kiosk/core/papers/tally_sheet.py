"""The tally sheet of one vote as data (计票单): how it was counted, for the people who watched it to sign by pen.

It is set as soon as the vote is closed, from the entry that closed it: so it is there at the end of 唱票, before the
vote is counted once more. What comes later (复点, a difference, a vote declared void) stands on the resolution.
"""

from dataclasses import dataclass

from kiosk.core.law.rules import Comparison
from kiosk.core.law.tally import Tally, judge
from kiosk.core.matters.matter import Matter
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import VoteId
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote


@dataclass(frozen=True, slots=True)
class TallySheet:
    """计票单 of one vote: everything the paper says.

    Attributes:
        village: as it stood when the vote was closed.
        meeting: in which it was held.
        vote: with its sub-totals and its paper ballots.
        ordinal: which vote of the meeting it is, from 1.
        matters: what was voted on; several where they went by consent.
        tally: the counts.
        quorum: those who could vote or stood aside, held against those entitled.
        majority: the decisive count held against its base.

    """

    village: Village
    meeting: Meeting
    vote: Vote
    ordinal: int
    matters: tuple[Matter, ...]
    tally: Tally
    quorum: Comparison
    majority: Comparison


def tally_sheet(village: Village, vote_id: VoteId) -> TallySheet:
    """The tally sheet of a closed vote, of the village as it closed it.

    Refused: NO_SUCH_VOTE, PAPER_NOT_DUE while it is open.
    """
    meeting, vote = vote_of(village, vote_id)
    if vote.closed_at is None:
        raise Refused(Reason.PAPER_NOT_DUE)
    tally, entitled = vote.tally, len(meeting.entitled)
    return TallySheet(
        village=village,
        meeting=meeting,
        vote=vote,
        ordinal=[*meeting.votes].index(vote_id) + 1,
        matters=tuple(village.matters[matter] for matter in vote.matters),
        tally=tally,
        quorum=meeting.row.quorum.compare(tally.present, entitled),
        majority=judge(tally, vote.row, entitled=entitled),
    )


def vote_of(village: Village, vote_id: VoteId) -> tuple[Meeting, Vote]:
    """The vote of that id, with its meeting. Refused: NO_SUCH_VOTE."""
    for meeting in village.meetings.values():
        if vote_id in meeting.votes:
            return meeting, meeting.votes[vote_id]
    raise Refused(Reason.NO_SUCH_VOTE)
