"""The beginning and the end of a meeting as the console shows them: who stayed, what is owed, what now hangs."""

from datetime import date

from kiosk import wording
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import Edition, EmergencyId, Paper, day_of
from kiosk.core.village import Village
from kiosk.web.parts import Parts
from kiosk.web.pictures import Picture
from kiosk.web.postings import postings
from kiosk.web.sitting import scenes
from kiosk.web.sitting.standing import Standing, Step, owed, staying, upcoming_meeting


def endings(village: Village, meeting: Meeting, now: Standing, parts_: Parts) -> Picture:
    """What only the beginning and the end of a meeting show."""
    match now.step:
        case Step.REPORT:
            return {"owed": [_emergency(e.id, village) for e in owed(village, meeting)]}
        case Step.JOIN:
            return {"staying": len(staying(village, meeting))}
        case Step.OVER:
            return _published(village, meeting, parts_)
        case Step.CHECK_IN:
            return {"may_be_inquorate": parts_.kiosk.now() >= meeting.starts_at}
        case _:
            return {}


def _emergency(emergency: EmergencyId, village: Village) -> Picture:
    one = village.emergencies[emergency]
    missing = [
        words
        for words, signed in (
            ("第二位负责同志双签", one.countersigned_at),
            ("监委会同志见证", one.witnessed_at),
        )
        if signed is None
    ]
    return {
        "id": one.id,
        "ground": one.ground,
        "measures": one.measures,
        "declared": wording.instant(one.declared_at),
        "statement": one.statement,
        "missing": "、".join(missing),
    }


def _published(village: Village, meeting: Meeting, parts_: Parts) -> Picture:
    """What the meeting decided hangs on the portal; the code is the same on paper, portal and big screen."""
    hung = [p for p in postings(parts_, village) if p.publication.vote in meeting.votes]
    return {
        "hung": [
            {
                "title": p.matter.title,
                "link": p.link,
                "first": wording.day_short(p.publication.first_day),
                "last": wording.day_short(p.publication.last_day),
                "days": p.publication.days(),
                "code": p.head.check_code if p.head else "",
            }
            for p in hung
        ],
        "sheets": _sheets(village, meeting),
        "upcoming": _upcoming(village, day_of(parts_.kiosk.now())),
    }


def _sheets(village: Village, meeting: Meeting) -> list[tuple[str, str]]:
    """The papers of the meeting that are set, to be printed and signed: minutes and attendance sheet."""
    archive = (p for p in village.papers if p.edition is Edition.ARCHIVE)
    issued = {p.paper for p in archive if p.subject == meeting.id}
    return [
        (wording.PAPERS[paper], f"/papers/{meeting.id}/{paper.value}/print")
        for paper in (Paper.MINUTES, Paper.ATTENDANCE)
        if paper in issued
    ]


def _upcoming(village: Village, on: date) -> str:
    called = upcoming_meeting(village, on)
    return f"{scenes.title(called)}，{wording.instant(called.starts_at)}" if called else ""
