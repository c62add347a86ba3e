"""Coming, going and the quorum (到会): notices served, arrivals, the opening, pauses, meetings that are not held.

- Check-in is idempotent; leaving and returning are acts of their own with their times.
- The meeting opens only with the body's quorum (代表会议: 村民委员会组织法 §30), and then the roll is fixed.
- Losing the quorum pauses the meeting; who brings it back resumes it.
"""

from datetime import datetime

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.facts import fact
from kiosk.core.law.rules import RuleRow
from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.film_room import require_film_room
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.meetings.witnessing import require_witness
from kiosk.core.refusals import PROCEDURE, Reason, require, require_text
from kiosk.core.terms import PersonId, day_of
from kiosk.core.village import Village


def quorum_numbers(meeting: Meeting, row: RuleRow) -> dict[str, str | int]:
    """The numbers of the quorum (到会人数), in people: entitled, needed, present, missing."""
    entitled, present = len(meeting.entitled), len(meeting.present)
    needed = row.quorum.least(entitled)
    return {
        "entitled": entitled,
        "needed": needed,
        "present": present,
        "missing": max(0, needed - present),
    }


def require_quorum(meeting: Meeting, row: RuleRow) -> None:
    """Refused: NO_QUORUM (到会人数不足), with the numbers and the row's article."""
    holds = row.quorum.compare(len(meeting.present), len(meeting.entitled)).holds
    require(holds, Reason.NO_QUORUM, basis=row.quorum_basis, **quorum_numbers(meeting, row))


def require_called(meeting: Meeting, person: PersonId) -> None:
    """Refused: NOT_CALLED where the person has no seat (不在名册)."""
    require(person in meeting.seats, Reason.NOT_CALLED)


def require_there(meeting: Meeting, person: PersonId) -> None:
    """Refused: NOT_CALLED, NOT_CHECKED_IN (未签到)."""
    require_called(meeting, person)
    require(person in meeting.arrivals, Reason.NOT_CHECKED_IN)


def require_entitled(meeting: Meeting, person: PersonId) -> None:
    """Refused: NOT_CALLED, NO_VOTING_RIGHT (列席) with the article on who has a vote."""
    require_called(meeting, person)
    require(person in meeting.entitled, Reason.NO_VOTING_RIGHT, basis=meeting.row.voters_basis)


def serve(meeting: Meeting, command: c.ServeNotice) -> tuple[e.NoticeServed, ...]:
    """People are told (通知送达); told again in the same way changes nothing. Refused: NOT_CALLED."""
    for person in command.people:
        require_called(meeting, person)
    told = {person for person, by in meeting.served.items() if by.means is command.means}
    return () if told.issuperset(command.people) else (fact(e.NoticeServed, command),)


def call_off(command: c.CallOffMeeting) -> tuple[e.MeetingCalledOff]:
    """The meeting will not be held (取消). Refused: TEXT_MISSING."""
    require_text(command.ground)
    return (fact(e.MeetingCalledOff, command),)


def declare_inquorate(
    meeting: Meeting, command: c.DeclareInquorate, at: datetime
) -> tuple[e.MeetingInquorate]:
    """Too few came (流会): a result on record. Refused: TOO_EARLY, QUORUM_IS_THERE."""
    require(at >= meeting.starts_at, Reason.TOO_EARLY)
    require(not meeting.quorum.holds, Reason.QUORUM_IS_THERE)
    entitled, present = len(meeting.entitled), len(meeting.present)
    return (fact(e.MeetingInquorate, command, entitled=entitled, present=present),)


def require_its_day(meeting: Meeting, at: datetime) -> None:
    """A meeting begins on the day that people were told (通知的日期); once it is on, it may last past midnight.

    Refused: TOO_EARLY, DAY_PAST with the day.
    """
    told = day_of(meeting.starts_at)
    require(day_of(at) >= told, Reason.TOO_EARLY)
    begun = meeting.opened_at is not None
    require(begun or day_of(at) == told, Reason.DAY_PAST, day=told.isoformat())


def check_in(
    meeting: Meeting, command: c.CheckIn, at: datetime
) -> tuple[e.CheckedIn | e.MeetingResumed, ...]:
    """Somebody arrives (签到); the same again changes nothing. Refused: NOT_CALLED, TOO_EARLY, DAY_PAST."""
    require_called(meeting, command.person)
    require_its_day(meeting, at)
    if command.person in meeting.arrivals:
        return ()
    arrived = fact(e.CheckedIn, command)
    after = meeting.after(arrived, at)
    return (arrived, *_resumed(meeting, after))


def _resumed(meeting: Meeting, after: Meeting) -> tuple[e.MeetingResumed, ...]:
    """Whether what was just done brings the quorum of a paused meeting back."""
    if meeting.state is MeetingState.PAUSED and after.quorum.holds:
        return (e.MeetingResumed(meeting.id, len(after.present)),)
    return ()


def check_out(
    meeting: Meeting, command: c.CheckOut, at: datetime
) -> tuple[e.CheckedOut | e.MeetingPaused, ...]:
    """Somebody leaves (离场); an open vote keeps its electorate. Refused: NOT_CALLED, NOT_CHECKED_IN."""
    require_there(meeting, command.person)
    left = fact(e.CheckedOut, command)
    after = meeting.after(left, at)
    if meeting.state is MeetingState.IN_SESSION and not after.quorum.holds:
        return (left, e.MeetingPaused(meeting.id, len(after.present)))
    return (left,)


def give_proxy(
    meeting: Meeting, command: c.GiveProxy, at: datetime
) -> tuple[e.ProxyGiven | e.MeetingResumed, ...]:
    """A letter by which somebody absent is represented (书面委托), only where the row allows it.

    Refused: PROXY_NOT_ALLOWED, NOT_CALLED, NO_VOTING_RIGHT, PROXY_OTHER_HOUSEHOLD, PRINCIPAL_IS_HERE, PROXY_EXISTS,
    PROXY_IS_AWAY where the proxy is represented himself, PROXY_LIMIT.
    """
    row, principal, proxy = meeting.row, command.principal, command.proxy
    require(row.proxies > 0, Reason.PROXY_NOT_ALLOWED, basis=row.voters_basis)
    require_entitled(meeting, principal)
    require_entitled(meeting, proxy)
    require(
        command.household.strip() and principal != proxy,
        Reason.PROXY_OTHER_HOUSEHOLD,
        basis=row.proxies_basis,
    )
    require(principal not in meeting.arrivals, Reason.PRINCIPAL_IS_HERE)
    require(principal not in meeting.proxies, Reason.PROXY_EXISTS)
    require(proxy not in meeting.proxies, Reason.PROXY_IS_AWAY)
    brought = list(meeting.proxies.values()).count(proxy)
    require(brought < row.proxies, Reason.PROXY_LIMIT, basis=row.proxies_basis, most=row.proxies)
    given = fact(e.ProxyGiven, command)
    return (given, *_resumed(meeting, meeting.after(given, at)))


def open_meeting(village: Village, meeting: Meeting, at: datetime) -> tuple[e.MeetingOpened]:
    """Fix the roll and begin (宣布开会).

    Refused: ANOTHER_MEETING_IN_SESSION, TOO_EARLY, DAY_PAST, STAGE_OUT_OF_ORDER where the meeting it follows in one
    sitting (合并召开) was not held to its end, NO_QUORUM, FILM_ROOM_SHORT, RECORD_DIFFERS.
    """
    require(village.sitting_meeting is None, Reason.ANOTHER_MEETING_IN_SESSION)
    require_its_day(meeting, at)
    if meeting.follows is not None:
        held = village.meeting(meeting.follows).state is MeetingState.ADJOURNED
        require(held, Reason.STAGE_OUT_OF_ORDER, basis=PROCEDURE)
    require_quorum(meeting, meeting.row)
    require_film_room(meeting)
    require_witness(meeting)
    roll = tuple(sorted(meeting.entitled))
    return (e.MeetingOpened(meeting.id, roll, len(meeting.present), village.closing),)
