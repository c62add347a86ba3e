"""What each chapter of a meeting's film is called (录像章节); who voted how is never said."""

from kiosk.core import events as e
from kiosk.core.meetings.chapters import Ballot, Chaptered
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import PersonId
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote
from kiosk.wording.figures import clock_seconds
from kiosk.wording.names import GAPS, METHODS
from kiosk.wording.results import said_in_one
from kiosk.wording.sentences import counts

_VoteTurning = e.VoteOpened | e.VoteClosed | e.VoteVoided


def chapter(event: Chaptered, village: Village) -> str:
    """One line for a chapter."""
    meeting = village.meetings[event.meeting]
    if isinstance(event, _VoteTurning):
        return _of_vote(event, village, meeting)
    if isinstance(event, Ballot):
        return _of_ballot(event, meeting)
    match event:
        case e.ItemTaken():
            return f"议题：{village.matters[event.matter].title}"
        case e.FloorGiven():
            return f"{_name(meeting, event.person)}发言"
        case e.ProposalAmended():
            return (
                f"{_name(meeting, event.mover)}提出修改方案：{village.matters[event.matter].title}"
            )
        case e.RecordingInterrupted():
            cause = GAPS.get(event.cause, event.cause)
            return f"录像中断，到{clock_seconds(event.until)}为止（{cause}）"
        case e.NotePinned():
            return f"监委会批注{event.number}号：{event.text}"
        case _:
            return _of_course(event)


def _of_course(
    event: e.MeetingOpened | e.MeetingPaused | e.MeetingResumed | e.MeetingAdjourned,
) -> str:
    match event:
        case e.MeetingOpened():
            return f"宣布开会，应到{len(event.roll)}人，实到{event.present}人"
        case e.MeetingPaused():
            return f"人数不够，会议暂停，在场{event.present}人"
        case e.MeetingResumed():
            return f"人数够了，继续开会，在场{event.present}人"
        case e.MeetingAdjourned():
            return "宣布散会"


def _of_vote(event: _VoteTurning, village: Village, meeting: Meeting) -> str:
    vote = meeting.votes[event.vote]
    which = vote_named(meeting, vote)
    match event:
        case e.VoteOpened():
            titles = "、".join(village.titles(vote))
            return f"{which}开始：{titles}（{METHODS[vote.method]}）"
        case e.VoteClosed():
            return f"{which}结束：{counts(event.tally, vote.contest)}，{said_in_one(vote)}"
        case e.VoteVoided():
            return f"{which}作废：{event.ground}"


def vote_named(meeting: Meeting, vote: Vote) -> str:
    """第2次表决: the votes of a meeting are counted as they were opened, void ones too."""
    return f"第{list(meeting.votes).index(vote.id) + 1}次表决"


def _of_ballot(event: Ballot, meeting: Meeting) -> str:
    match event:
        case e.BallotCast():
            return f"{_name(meeting, event.person)}投票"
        case e.BallotChanged():
            return f"{_name(meeting, event.person)}改票"
        case e.HandsConfirmed():
            return "举手的名单由见证人确认"


def _name(meeting: Meeting, person: PersonId) -> str:
    return meeting.seats[person].name
