"""Minutes and attendance sheet as the public may read them (公示版的会议记录、签到表). Pure.

Who sat there by an office or a mandate is named; of villagers there are numbers. Who spoke, who moved a change, who
stood aside and why is not told; a note that was replaced is left out.
"""

from collections.abc import Iterable
from dataclasses import replace

from kiosk.core.meetings.recording import Recording
from kiosk.core.papers.anonymous import NOBODY, anonymous_meeting, anonymous_vote, numbered
from kiosk.core.papers.attendance import Attendance, AttendanceSheet
from kiosk.core.papers.discretion import discreet
from kiosk.core.papers.minuted import MinutedItem, Noted, Spoken
from kiosk.core.papers.minutes import Minutes
from kiosk.core.papers.telling import IN_OFFICE, matter_told, settled_told, village_told


def minutes_told(paper: Minutes) -> Minutes:
    """The minutes for the notice board."""
    named, hidden = _in_office(paper.entitled), _in_no_office(paper.entitled)
    came = sum(bool(one.arrived_at or one.proxy) for one in hidden)
    return replace(
        paper,
        village=village_told(paper.village),
        meeting=anonymous_meeting(paper.meeting),
        with_meeting=anonymous_meeting(paper.with_meeting) if paper.with_meeting else None,
        entitled=named,
        township=_in_office(paper.township),
        attending=_in_office(paper.attending),
        unnamed=(came, len(hidden) - came),
        items=tuple(_item(item) for item in paper.items),
        speeches=_speeches(paper.speeches),
        notes=_notes(paper.notes),
        emergencies=tuple(discreet(ground) for ground in paper.emergencies),
        film=_film(paper.film),
    )


def attendance_told(paper: AttendanceSheet) -> AttendanceSheet:
    """The attendance sheet for the notice board: whoever is in no office is counted by group."""
    named = _in_office(paper.entitled)
    hidden = [one.seat.group for one in _in_no_office(paper.entitled)]
    return replace(
        paper,
        village=village_told(paper.village),
        meeting=anonymous_meeting(paper.meeting),
        matters=tuple(matter_told(matter) for matter in paper.matters),
        entitled=named,
        township=_in_office(paper.township),
        attending=_in_office(paper.attending),
        unnamed=tuple((group, hidden.count(group)) for group in sorted(set(hidden))),
    )


def _in_no_office(people: Iterable[Attendance]) -> list[Attendance]:
    return [one for one in people if one.seat.capacity not in IN_OFFICE]


def _in_office(people: Iterable[Attendance]) -> tuple[Attendance, ...]:
    office = (one for one in people if one.seat.capacity in IN_OFFICE)
    return tuple(
        replace(
            one,
            seat=replace(one.seat, person=numbered(n), household=""),
            movements=tuple(replace(moved, person=numbered(n)) for moved in one.movements),
            proxy="",
        )
        for n, one in enumerate(office)
    )


def _item(item: MinutedItem) -> MinutedItem:
    matter = matter_told(item.matter)
    amended = None
    if item.amended is not None:
        at = item.matter.revisions.index(item.amended[0])
        amended = (matter.revisions[at], "")
    return replace(
        item,
        matter=matter,
        amended=amended,
        recused=tuple(("", "") for _ in item.recused),
        speeches=_speeches(item.speeches),
        notes=_notes(item.notes),
        votes=tuple(
            replace(held, vote=anonymous_vote(held.vote), settled=settled_told(held.settled))
            for held in item.votes
        ),
    )


def _speeches(speeches: Iterable[Spoken]) -> tuple[Spoken, ...]:
    return tuple(Spoken(replace(one.speech, person=NOBODY), "") for one in speeches)


def _notes(notes: Iterable[Noted]) -> tuple[Noted, ...]:
    return tuple(
        replace(one, note=replace(one.note, recorder=NOBODY, text=discreet(one.note.text)))
        for one in notes
        if one.note.stands
    )


def _film(film: Recording) -> Recording:
    """When it ran and where it has gaps; not what it is kept under."""
    return replace(film, segments=(), marks=())
