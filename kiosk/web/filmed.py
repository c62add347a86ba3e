"""A meeting's film as the pages show it: its chapters, and the address that begins at one of them.

Without a script a chapter is a link to the same page with the second it stands at; the film then opens there. With
the script (chapters.js) the film on the page jumps.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import request

from kiosk import wording
from kiosk.core import events as e
from kiosk.core.journal import Entry, read
from kiosk.core.meetings.chapters import Ballot, Chapter, Chaptered, chapters, of_meeting
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.meetings.timecode import Timecode
from kiosk.core.terms import MeetingId, VoteId
from kiosk.core.village import Village
from kiosk.web.parts import parts
from kiosk.wording.chapters import chapter

LOOKS: Mapping[type[Chaptered], str] = {
    e.MeetingOpened: "course",
    e.MeetingAdjourned: "course",
    e.MeetingPaused: "quorum",
    e.MeetingResumed: "quorum",
    e.ItemTaken: "item",
    e.FloorGiven: "speech",
    e.ProposalAmended: "speech",
    e.VoteOpened: "vote",
    e.VoteClosed: "vote",
    e.VoteVoided: "vote",
    e.RecordingInterrupted: "gap",
    e.NotePinned: "note",
    e.BallotCast: "ballot",
    e.BallotChanged: "ballot",
    e.HandsConfirmed: "ballot",
}
"""How a chapter is drawn."""
_SECOND = re.compile(r"[0-9]{1,6}(\.[0-9]{1,3})?")


@dataclass(slots=True)
class Row:
    """One chapter in words: when by the wall clock, at which second of the film, and whether the film shows it.

    `ballots` are those of the vote that opens with this chapter.
    """

    look: str
    words: str
    clock: str
    second: str
    shown: bool
    ballots: list["Row"] = field(default_factory=list)


def entries_of(meeting: MeetingId) -> tuple[Entry, ...]:
    """The journal's entries of one meeting: only they are read, however long the journal is."""
    mark = f'"meeting":{json.dumps(meeting, ensure_ascii=False)}'
    lines = parts().kiosk.lines(parts().home)
    return of_meeting((read(line) for line in lines if mark in line), meeting)


def rows(entries: Sequence[Entry], village: Village, *, notes: bool = False) -> list[Row]:
    """The chapters of a meeting in words, each ballot under the opening of its vote; notes only where asked for."""
    found: list[Row] = []
    opened: dict[VoteId, Row] = {}
    for one in chapters(entries):
        if isinstance(one.event, e.NotePinned) and not notes:
            continue
        row = _row(one, village)
        if isinstance(one.event, Ballot) and one.event.vote in opened:
            opened[one.event.vote].ballots.append(row)
            continue
        found.append(row)
        if isinstance(one.event, e.VoteOpened):
            opened[one.event.vote] = row
    return found


def _row(one: Chapter, village: Village) -> Row:
    return Row(
        look=LOOKS[type(one.event)],
        words=chapter(one.event, village),
        clock=wording.clock_seconds(one.at),
        second=seconds(one.place.film_ms),
        shown=one.place.shown,
    )


def seconds(film_ms: int) -> str:
    """A place of the film as addresses bear it."""
    return f"{film_ms / 1000:.3f}"


def asked_second() -> str:
    """The second of the film that the address asks for, "" where it asks for none; nonsense is none."""
    given = request.args.get("t", "")
    return given if _SECOND.fullmatch(given) else ""


def address(playlist: str) -> str:
    """The film's address, so that it begins where the page was asked to begin (media fragment)."""
    second = asked_second()
    return f"{playlist}#t={second}" if second else playlist


def wall_clock(film: Timecode) -> str:
    """For the script: which second of the film was when, as pairs of seconds and unix milliseconds in JSON."""
    pairs: Iterable[list[float]] = (
        [anchor.film_ms / 1000, round(anchor.at.timestamp() * 1000)] for anchor in film.anchors
    )
    return json.dumps(list(pairs))


def title(meeting: Meeting) -> str:
    """第1次村民代表会议."""
    return f"第{meeting.ordinal}次{wording.BODIES[meeting.body]}"
