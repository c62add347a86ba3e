"""The procedure (程序): what a command brings about in a village, or why the rules refuse it.

Pure: the instant comes in as `at`, ids and tokens come in with the command.
"""

from datetime import datetime

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core import meeting as sitting
from kiosk.core.authority import require_authority
from kiosk.core.convening import convene
from kiosk.core.meeting import Meeting
from kiosk.core.publicity import last_day
from kiosk.core.refusals import Reason, Refused, require
from kiosk.core.terms import Actor, Stage, day_of
from kiosk.core.village import Village

RecordingCommand = (
    c.StartRecording | c.SealSegment | c.NoteInterruption | c.MarkVideo | c.StopRecording
)
MeetingCommand = (
    c.CheckIn
    | c.CheckOut
    | c.OpenMeeting
    | c.DeclareRecusal
    | c.OpenVote
    | c.CastBallot
    | c.CloseVote
    | c.Adjourn
    | RecordingCommand
)


def decide(
    village: Village | None, command: c.Command, actor: Actor, at: datetime
) -> tuple[e.Event, ...]:
    """What the command brings about at that instant; nothing where it only repeats what is so.

    Raises:
        Refused: the rules say no, with the reason.

    """
    require_authority(actor, command)
    if isinstance(command, c.FoundVillage):
        require(village is None, Reason.VILLAGE_EXISTS)
        return (_founded(command),)
    if village is None:
        raise Refused(Reason.NO_SUCH_MEETING)
    if isinstance(command, c.RaiseMatter | c.IssuePaper):
        return _decide_matter(village, command)
    if isinstance(command, c.ConveneMeeting):
        return (convene(village.matters, village.meetings, command, at),)
    return _decide_meeting(village, village.meeting(command.meeting), command, at)


def _founded(command: c.FoundVillage) -> e.VillageFounded:
    return e.VillageFounded(
        village=command.village,
        name=command.name,
        township=command.township,
        office_phone=command.office_phone,
        portal_url=command.portal_url,
        demonstration=command.demonstration,
    )


def _decide_matter(village: Village, command: c.RaiseMatter | c.IssuePaper) -> tuple[e.Event, ...]:
    match command:
        case c.RaiseMatter():
            require(command.matter not in village.matters, Reason.MATTER_EXISTS)
            return (
                e.MatterRaised(
                    matter=command.matter,
                    number=len(village.matters) + 1,
                    title=command.title,
                    origin=command.origin,
                    amount_fen=command.amount_fen,
                    proposal=command.proposal,
                    for_means=command.for_means,
                    against_means=command.against_means,
                ),
            )
        case c.IssuePaper():
            require(village.matter(command.matter).publication, Reason.PAPER_NOT_DUE)
            issued = e.PaperIssued(
                matter=command.matter,
                paper=command.paper,
                from_seq=command.from_seq,
                size_bytes=command.size_bytes,
                sha256=command.sha256,
            )
            if issued in village.papers:
                return ()
            # One entry of the journal gives one paper: other bytes would replace what people hold.
            require(not any(_same_paper(issued, p) for p in village.papers), Reason.PAPER_ISSUED)
            return (issued,)


def _same_paper(one: e.PaperIssued, other: e.PaperIssued) -> bool:
    return (one.matter, one.paper, one.from_seq) == (other.matter, other.paper, other.from_seq)


def _decide_meeting(  # noqa: C901 -- dispatch, not decision: each arm is one call
    village: Village, meeting: Meeting, command: MeetingCommand, at: datetime
) -> tuple[e.Event, ...]:
    match command:
        case c.CheckIn():
            return sitting.check_in(meeting, command, at)
        case c.CheckOut():
            return sitting.check_out(meeting, command)
        case c.OpenMeeting():
            return _open_meeting(village, meeting)
        case c.DeclareRecusal():
            return sitting.declare_recusal(meeting, command)
        case c.OpenVote():
            return _open_vote(village, meeting, command)
        case c.CastBallot():
            return sitting.cast_ballot(meeting, command)
        case c.CloseVote():
            return sitting.close_vote(meeting, command)
        case c.Adjourn():
            return _adjourn(village, meeting, at)
        case _:
            return _decide_recording(meeting, command)


def _open_meeting(village: Village, meeting: Meeting) -> tuple[e.Event, ...]:
    other = village.sitting_meeting
    require(other is None or other.id == meeting.id, Reason.ANOTHER_MEETING_IN_SESSION)
    return sitting.open_meeting(meeting)


def _open_vote(village: Village, meeting: Meeting, command: c.OpenVote) -> tuple[e.Event, ...]:
    events = sitting.open_vote(meeting, command)
    # Another sitting may have decided it since this one was called.
    due = village.matter(command.matter).next_deliberation
    require(due is meeting.row.stage, Reason.STAGE_OUT_OF_ORDER)
    taken = any(command.vote in other.votes for other in village.meetings.values())
    require(not taken, Reason.VOTE_EXISTS)
    return events


def _adjourn(village: Village, meeting: Meeting, at: datetime) -> tuple[e.Event, ...]:
    sitting.require_session(meeting)
    require(meeting.open_vote is None, Reason.VOTE_OPEN)
    decided = [v for v in meeting.votes.values() if v.stage is Stage.DECISION]
    first, year = day_of(at), day_of(at).year
    numbered = sum(p.year == year for m in village.matters.values() for p in m.publications)
    published = tuple(
        e.PublicationOpened(
            matter=vote.matter,
            meeting=meeting.id,
            vote=vote.id,
            year=year,
            number=numbered + place,
            first_day=first,
            last_day=last_day(first),
        )
        for place, vote in enumerate(decided, start=1)
    )
    return (e.MeetingAdjourned(meeting.id), *published)


def _decide_recording(meeting: Meeting, command: RecordingCommand) -> tuple[e.Event, ...]:
    require(meeting.opened_at, Reason.NOT_IN_SESSION)
    known = meeting.recording
    match command:
        case c.StartRecording():
            return (e.RecordingStarted(meeting.id, command.source, command.sound),)
        case _:
            require(known.started, Reason.NO_SUCH_RECORDING)
    match command:
        case c.SealSegment():
            sealed = any(segment.part == command.part for segment in known.segments)
            return () if sealed else (_sealed(command),)
        case c.NoteInterruption():
            return (
                e.RecordingInterrupted(meeting.id, command.since, command.until, command.cause),
            )
        case c.MarkVideo():
            meeting.vote(command.vote)
            return (
                e.VideoMarked(
                    meeting.id, command.vote, command.moment, command.part, command.offset_ms
                ),
            )
        case c.StopRecording():
            return () if known.stopped else (e.RecordingStopped(meeting.id),)


def _sealed(command: c.SealSegment) -> e.SegmentSealed:
    return e.SegmentSealed(
        meeting=command.meeting,
        part=command.part,
        size_bytes=command.size_bytes,
        sha256=command.sha256,
        began_at=command.began_at,
        ended_at=command.ended_at,
        duration_ms=command.duration_ms,
    )
