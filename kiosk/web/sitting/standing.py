"""Where the meeting stands (会议到哪一步): which meeting is now, what comes next in it, and what that is about.

Every screen asks here, so that console, door, big screen and ballot screen never disagree.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from kiosk.core.emergency import Emergency
from kiosk.core.history import Known
from kiosk.core.matters.matter import Matter
from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.responding import TOLD
from kiosk.core.terms import MatterId, PersonId, day_of
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote


class Step(Enum):
    """What comes next in a meeting; the dominant button says it."""

    NONE = "none"  # 没有会议
    LAPSED = "lapsed"  # 通知的那天过去了，没有开
    JOIN = "join"  # 合并召开，接着开第二个会
    CHECK_IN = "check_in"  # 签到
    OPEN = "open"  # 可以开会
    PAUSED = "paused"  # 人数不足，暂停
    TAKE = "take"  # 进入议题
    DEBATE = "debate"  # 讨论，可以表决
    CLOSE = "close"  # 正在表决
    REPORT = "report"  # 通报应急处置
    ADJOURN = "adjourn"  # 散会
    OVER = "over"  # 已散会
    NOT_HELD = "not_held"  # 流会、取消


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the meeting stands: the next step, the matters it is about, the last vote.

    `matters` are several where they go by consent; `vote` is the one that is open, else the last one closed or void.
    """

    step: Step
    meeting: Meeting | None = None
    matters: tuple[Matter, ...] = ()
    vote: Vote | None = None


def standing(village: Village, at: datetime) -> Standing:
    """The next step of the meeting that is now."""
    meeting = present_meeting(village, at)
    if meeting is None:
        return Standing(Step.NONE)
    vote = meeting.open_vote or last_vote(meeting)
    before = before_meeting(village, meeting)
    if meeting.open_vote is not None:
        about = meeting.open_vote.matters
    else:
        about = before or (vote.matters if vote else meeting.matters[:1])
    matters = tuple(village.matters[matter] for matter in about)
    step = _step(village, meeting, before)
    if meeting.state is MeetingState.CALLED and day_of(meeting.starts_at) < day_of(at):
        step = Step.LAPSED
    return Standing(step, meeting, matters, vote)


def _step(village: Village, meeting: Meeting, before: tuple[MatterId, ...]) -> Step:
    match meeting.state:
        case MeetingState.CALLED:
            return _gathering(village, meeting)
        case MeetingState.IN_SESSION:
            return _deliberating(village, meeting, before)
        case MeetingState.PAUSED:
            return Step.PAUSED
        case MeetingState.ADJOURNED:
            return Step.OVER
        case MeetingState.INQUORATE | MeetingState.CALLED_OFF:
            return Step.NOT_HELD


def _gathering(village: Village, meeting: Meeting) -> Step:
    if staying(village, meeting):
        return Step.JOIN
    return Step.OPEN if meeting.quorum.holds else Step.CHECK_IN


def _deliberating(village: Village, meeting: Meeting, before: tuple[MatterId, ...]) -> Step:
    if meeting.open_vote is not None:
        return Step.CLOSE
    if before:
        item = meeting.debate.item
        return Step.DEBATE if item and item.matter in before else Step.TAKE
    return Step.REPORT if owed(village, meeting) else Step.ADJOURN


def upcoming_meeting(village: Village, on: date) -> Meeting | None:
    """The meeting in session; else the next of those whose day has not passed; else the earliest that lapsed."""
    called = [m for m in village.meetings.values() if m.state is MeetingState.CALLED]
    ahead = [m for m in called if day_of(m.starts_at) >= on]
    return village.sitting_meeting or min(ahead or called, key=lambda m: m.starts_at, default=None)


def meeting_at_the_door(known: Known, on: date) -> Meeting:
    """The meeting that people are checked in to: in session, else the next called, else the last held.

    Refused: NO_SUCH_MEETING.
    """
    assert known.village is not None
    meeting = upcoming_meeting(known.village, on) or known.village.last_meeting
    if meeting is None:
        raise Refused(Reason.NO_SUCH_MEETING)
    return meeting


def present_meeting(village: Village, at: datetime) -> Meeting | None:
    """The meeting in session; else the next of those called, unless the last one was today and it has not begun.

    What was decided today stays on the screens until people come to the next meeting.
    """
    upcoming = upcoming_meeting(village, day_of(at))
    if upcoming is None or not (upcoming.in_session or upcoming.arrivals):
        ended = _ended_today(village, at)
        if ended and (upcoming is None or upcoming.follows != ended.id):
            return ended
    return upcoming


def _ended_today(village: Village, at: datetime) -> Meeting | None:
    over = [m for m in village.meetings.values() if m.is_over and day_of(_ended(m)) == day_of(at)]
    return max(over, key=_ended, default=None)


def _ended(meeting: Meeting) -> datetime:
    # A meeting that was not held keeps the day it was called for.
    return meeting.adjourned_at or meeting.starts_at


def last_vote(meeting: Meeting) -> Vote | None:
    """The newest vote of the meeting, open, closed or void; None before the first."""
    return next(reversed(list(meeting.votes.values())), None)


def unsettled(meeting: Meeting) -> list[Vote]:
    """The votes whose counts differ and are not explained yet (票数不一致): they keep the meeting from ending."""
    return [vote for vote in meeting.votes.values() if not vote.is_void and not vote.settled]


def undecided(village: Village, meeting: Meeting) -> tuple[MatterId, ...]:
    """The matters still to be voted on here, in their order: not decided, and their stage is due."""
    return tuple(
        matter
        for matter in meeting.matters
        if meeting.vote_on(matter) is None and village.matters[matter].due is meeting.row.stage
    )


def before_meeting(village: Village, meeting: Meeting) -> tuple[MatterId, ...]:
    """What the meeting is on, else what comes next: one matter, or those that go by consent together."""
    left = undecided(village, meeting)
    if not left:
        return ()
    item = meeting.debate.item
    first = item.matter if item and item.matter in left else left[0]
    block = consent_block(village, meeting)
    return block if first in block else (first,)


def consent_block(village: Village, meeting: Meeting) -> tuple[MatterId, ...]:
    """The matters that can be voted on in one (合并表决): undecided, on one rule, and nobody there stands aside."""
    aside = {matter for matter, person in meeting.recusals if person in meeting.present}
    free = [m for m in undecided(village, meeting) if m in meeting.consent and m not in aside]
    same = tuple(m for m in free if meeting.rows[m].id is meeting.rows[free[0]].id)
    return same if len(same) > 1 else ()


def owed(village: Village, meeting: Meeting) -> tuple[Emergency, ...]:
    """The emergencies that this meeting is still to be told of (待通报)."""
    if meeting.body not in TOLD:
        return ()
    return tuple(e for e in village.emergencies.values() if e.is_owed)


def staying(village: Village, meeting: Meeting) -> tuple[PersonId, ...]:
    """Who is still in the room from the meeting before and is called to this one too (合并召开)."""
    first = village.meetings.get(meeting.follows) if meeting.follows else None
    if first is None or first.state is not MeetingState.ADJOURNED:
        return ()
    return tuple(p for p in first.arrivals if p in meeting.seats and p not in meeting.arrivals)
