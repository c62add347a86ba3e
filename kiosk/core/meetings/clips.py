"""The clip of a vote (表决录像片段): which stretch of the film it is, and who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.core import events as e
from kiosk.core.ballot_terms import Method
from kiosk.core.journal import Entry
from kiosk.core.meetings.timecode import Place, timecode
from kiosk.core.terms import ClipAudience, VoteId

LEAD_MS, TRAIL_MS = 5_000, 10_000
"""How much of the film before the opening, and after the close, belongs to the clip."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of a film, milliseconds from its beginning; not `whole` where an end of the vote was not filmed.

    `opened` and `closed` are the places of the two moments; of a secret vote both are the closing.
    """

    since_ms: int
    until_ms: int
    opened: Place
    closed: Place

    @property
    def whole(self) -> bool:
        """Whether the film shows both moments."""
        return self.opened.shown and self.closed.shown


def clip(entries: Sequence[Entry], vote: VoteId) -> Clip | None:
    """The clip of a vote that is over, from the entries of its meeting; None before, and where there is no film.

    Of a secret vote (无记名) the closing alone: while people vote their place in the room could tell something.
    """
    film = timecode(entries)
    opened = next((n for n in entries if _is(n, vote, e.VoteOpened)), None)
    closed = next((n for n in entries if _is(n, vote, e.VoteClosed, e.VoteVoided)), None)
    if opened is None or closed is None or not film.anchors:
        return None
    end = film.place(closed.seq, closed.at)
    secret = isinstance(opened.event, e.VoteOpened) and opened.event.method is Method.SECRET
    begin = end if secret else film.place(opened.seq, opened.at)
    since = begin.film_ms - (0 if secret else LEAD_MS)
    return Clip(max(0, since), end.film_ms + TRAIL_MS, begin, end)


def _is(
    entry: Entry, vote: VoteId, *kinds: type[e.VoteOpened | e.VoteClosed | e.VoteVoided]
) -> bool:
    return isinstance(entry.event, kinds) and entry.event.vote == vote


def admits(audience: ClipAudience, *, officer: bool, in_hall: bool) -> bool:
    """Whether the original of a clip is shown to somebody: an officer, or whoever is in the hall's network."""
    return officer or (in_hall and audience is not ClipAudience.OFFICERS)
