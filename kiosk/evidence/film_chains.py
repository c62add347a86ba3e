"""The chain of each film's fragments (片段链) in a bundle: as many lines as the journal has sealed."""

import os
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from kiosk.core.events import FilmDeleted, SegmentSealed
from kiosk.core.journal import Entry
from kiosk.core.terms import MeetingId

CHAIN = "chain.jsonl"


def place_chains(
    entries: Iterable[Entry], films: Callable[[MeetingId], Path], out: Path
) -> list[str]:
    """Copy them beside the parts, durably; the names of those that are not to be found.

    Copied and not linked: while a meeting is being filmed the kiosk's own file grows. Raises OSError.
    """
    sealed: dict[MeetingId, int] = {}
    for entry in entries:
        if isinstance(entry.event, SegmentSealed):
            sealed[entry.event.meeting] = entry.event.fragments
        elif isinstance(entry.event, FilmDeleted):  # two officers let it go, its chain with it
            sealed.pop(entry.event.meeting, None)
    return [
        f"recordings/{meeting}/{CHAIN}"
        for meeting, fragments in sealed.items()
        if not _copy(films(meeting) / CHAIN, out / "recordings" / meeting / CHAIN, fragments)
    ]


def _copy(source: Path, target: Path, lines: int) -> bool:
    """Copy the first lines of a file; whether there was one."""
    if not source.is_file():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as whole, target.open("wb") as copy:
        copy.writelines(islice(whole, lines))
        copy.flush()
        os.fsync(copy.fileno())
    return True
