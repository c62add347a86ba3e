"""Calling a meeting (召集): the right body for the stage, notice in time, each person seated once.

- 四议两公开 goes in order: a body is called only for matters whose stage is due before it.
- Notice is counted in whole calendar days between the day of notice and the day of the meeting, by the strictest
  rule on the agenda; shorter only for a stated reason where the law knows it (临时通知, 村民委员会组织法 §25).
- Only the row's capacities carry a vote (村民代表会议: 村民委员会组织法 §29); a household has one (§26).
- Where one person leads both (一肩挑), the two committees may meet in one sitting with the Party committee, each
  with its own record and its own votes.
"""

from collections.abc import Sequence
from datetime import datetime

from kiosk.core.commands import ConveneMeeting
from kiosk.core.events import MeetingConvened
from kiosk.core.facts import fact
from kiosk.core.law.rules import RuleRow
from kiosk.core.law.statute import BODY_ROWS
from kiosk.core.matters.matter import Matter, require_due
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, require, require_text
from kiosk.core.terms import Body, PersonId, Stage, day_of
from kiosk.core.village import Village

GROUP_BODIES = frozenset({Body.GROUP, Body.GROUP_HOUSEHOLDS})


def convene(village: Village, command: ConveneMeeting, at: datetime) -> MeetingConvened:
    """Call the body together (召集会议).

    Refused: MEETING_EXISTS, AGENDA_EMPTY, LISTED_TWICE, NO_SUCH_MATTER, TEXT_MISSING, KIND_BARRED, WRONG_BODY,
    WRONG_GROUP, as `matter.require_due` says, NO_SUCH_MEETING, NOT_ONE_SITTING, NOT_ONE_LEADER, BACK_DATED,
    URGENT_NOT_ALLOWED, NOTICE_TOO_SHORT, SEATED_TWICE, SEAT_MAY_NOT_VOTE, NOBODY_ENTITLED, HOUSEHOLD_SEATED_TWICE,
    EXCLUSION_NOT_ALLOWED, EXCLUSION_WITHOUT_BASIS.
    """
    require(command.meeting not in village.meetings, Reason.MEETING_EXISTS)
    require_text(command.place)
    row = village.rows[BODY_ROWS[command.body]]
    matters = _listed(village, command)
    for matter in matters:
        _require_competent(village, matter, command)
    if command.follows is None:
        require(command.leader is None, Reason.NOT_ONE_SITTING)
        for matter in matters:
            require_due(matter, row.stage)
    else:
        _require_one_sitting(village.meeting(command.follows), matters, command)
    _require_notice([row, *_rows(village, matters, row.stage)], command, at)
    _require_lawful_seats(command, row)
    _require_lawful_exclusions(village, command)
    same = [m for m in village.meetings.values() if _sits_as(m, command)]
    return fact(MeetingConvened, command, ordinal=len(same) + 1)


def _listed(village: Village, command: ConveneMeeting) -> list[Matter]:
    """Refused: AGENDA_EMPTY, LISTED_TWICE, NO_SUCH_MATTER."""
    listed = [item.matter for item in command.agenda]
    require(listed, Reason.AGENDA_EMPTY)
    require(len(set(listed)) == len(listed), Reason.LISTED_TWICE)
    return [village.matter(matter) for matter in listed]


def _rows(village: Village, matters: Sequence[Matter], stage: Stage) -> list[RuleRow]:
    return [village.rows[matter.row_at(stage)] for matter in matters]


def _sits_as(meeting: Meeting, command: ConveneMeeting) -> bool:
    return (meeting.body, meeting.group) == (command.body, command.group)


def _require_competent(village: Village, matter: Matter, command: ConveneMeeting) -> None:
    """Whether this body may deliberate on it (职权). Refused: KIND_BARRED, WRONG_BODY, WRONG_GROUP."""
    body, kind = command.body, matter.kind
    if village.rows[BODY_ROWS[body]].stage is Stage.DECISION:
        deciding = village.rows[matter.row].body
        open_to = {village.rows[row].body for row in kind.rows} | {deciding}
        for bar in kind.bars:
            barred = body not in open_to and body is village.rows[bar.row].body
            require(not barred, Reason.KIND_BARRED, basis=bar.basis, kind=kind.name)
        require(
            body is deciding,
            Reason.WRONG_BODY,
            basis=kind.basis,
            matter=matter.title,
            body=deciding.value,
        )
    group = matter.group if body in GROUP_BODIES else 0
    require(command.group == group, Reason.WRONG_GROUP)


def _require_one_sitting(
    first: Meeting, matters: Sequence[Matter], command: ConveneMeeting
) -> None:
    """两会合并召开: the Party committee first, the two committees after it, on the same matters, led by one person.

    Refused: NOT_ONE_SITTING, NOT_ONE_LEADER.
    """
    bodies = (first.body, command.body)
    require(bodies == (Body.PARTY_COMMITTEE, Body.TWO_COMMITTEES), Reason.NOT_ONE_SITTING)
    require(not first.is_over, Reason.NOT_ONE_SITTING)
    together = (first.starts_at, first.place) == (command.starts_at, command.place)
    require(together, Reason.NOT_ONE_SITTING)
    for matter in matters:
        shared = matter.id in first.matters and matter.due is Stage.PROPOSAL
        require(shared and _consulted_next(matter), Reason.NOT_ONE_SITTING)
    require(_leads(command.leader, first, command), Reason.NOT_ONE_LEADER)


def _leads(leader: PersonId | None, first: Meeting, command: ConveneMeeting) -> bool:
    """Whether the person sits with a vote in both meetings."""
    votes = {seat.person for seat in command.seats if seat.votes}
    return leader in votes & first.entitled


def _consulted_next(matter: Matter) -> bool:
    stages = matter.kind.stages
    return stages[:2] == (Stage.PROPOSAL, Stage.CONSULTATION)


def _require_notice(rows: Sequence[RuleRow], command: ConveneMeeting, at: datetime) -> None:
    """Refused: BACK_DATED, URGENT_NOT_ALLOWED, NOTICE_TOO_SHORT."""
    require(command.starts_at >= at, Reason.BACK_DATED)
    if command.urgent_ground.strip():
        for row in rows:
            require(row.urgent_notice, Reason.URGENT_NOT_ALLOWED, basis=row.notice_basis)
        return
    strictest = max(rows, key=lambda row: row.notice_days)
    days = (day_of(command.starts_at) - day_of(at)).days
    require(
        days >= strictest.notice_days,
        Reason.NOTICE_TOO_SHORT,
        basis=strictest.notice_basis,
        days=days,
        needed=strictest.notice_days,
    )


def _require_lawful_seats(command: ConveneMeeting, row: RuleRow) -> None:
    """Refused: SEATED_TWICE, SEAT_MAY_NOT_VOTE, TEXT_MISSING, NOBODY_ENTITLED, WRONG_GROUP, HOUSEHOLD_SEATED_TWICE."""
    seats = command.seats
    require(len({seat.person for seat in seats}) == len(seats), Reason.SEATED_TWICE)
    for seat in seats:
        # Where households vote, the others of a household sit there without a vote.
        lawful = seat.votes is (seat.capacity in row.voters) or (
            row.by_household and not seat.votes
        )
        require(lawful, Reason.SEAT_MAY_NOT_VOTE, basis=row.voters_basis, name=seat.name)
        # The inspectors' form asks whoever comes for the township to sign with his post.
        require(seat.post.strip() or not seat.is_of_township, Reason.TEXT_MISSING)
    entitled = [seat for seat in seats if seat.votes]
    require(entitled, Reason.NOBODY_ENTITLED)
    if command.body in GROUP_BODIES:
        # 村民委员会组织法 §32: 本村民小组十八周岁以上的村民，或者本村民小组的户的代表
        strangers = [seat for seat in entitled if seat.group != command.group]
        require(not strangers, Reason.WRONG_GROUP, basis=row.voters_basis)
    if row.by_household:
        households = {seat.household for seat in entitled if seat.household}
        single = len(households) == len(entitled)
        require(single, Reason.HOUSEHOLD_SEATED_TWICE, basis=row.voters_basis)


def _require_lawful_exclusions(village: Village, command: ConveneMeeting) -> None:
    """不计入应到. Refused: EXCLUSION_NOT_ALLOWED, EXCLUSION_WITHOUT_BASIS, SEATED_TWICE."""
    require(village.periods.exclusions or not command.exclusions, Reason.EXCLUSION_NOT_ALLOWED)
    known: set[PersonId] = {seat.person for seat in command.seats}
    for exclusion in command.exclusions:
        grounded = exclusion.ground.strip() and exclusion.basis.strip()
        require(grounded, Reason.EXCLUSION_WITHOUT_BASIS, name=exclusion.name)
        require(exclusion.person not in known, Reason.SEATED_TWICE)
        known.add(exclusion.person)
