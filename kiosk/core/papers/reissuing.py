"""A new issue of a paper (第2稿): what a confirmed correction touches is set anew, and the old paper stays.

- A paper rests on the entries that it tells of: `rests_on`. The correction of one of them, once two officers have
  signed for it, makes the next issue fall due, which says what is corrected and which issue it replaces.
- The record is not rewritten: the new issue is the old paper with the correction on it. What came later otherwise, a
  vote declared void or a second resolution, has papers of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kiosk.core import events as e
from kiosk.core.correction import Correction
from kiosk.core.journal import Entry
from kiosk.core.papers.concerning import concerning
from kiosk.core.papers.due import SOURCES, Due, due
from kiosk.core.papers.told import TOLD
from kiosk.core.terms import CorrectionId, MatterId

CORRECTING = (e.CorrectionProposed.__name__, e.CorrectionConfirmed.__name__)
"""Where no line of the journal spells one of these, every paper has one issue."""


def rests_on(owed: Due, entries: Sequence[Entry]) -> frozenset[int]:
    """The numbers of the entries that the paper tells of; `entries` is the journal, at least up to its source."""
    before = entries[: owed.source_seq]
    subject = SOURCES[owed.paper].subject
    if subject == "matter":
        mine: Sequence[Entry] = concerning(before, MatterId(owed.subject))
    else:
        mine = [e for e in before if getattr(e.event, subject, None) == owed.subject]
    told = (entry.seq for entry in mine if isinstance(entry.event, TOLD[owed.paper]))
    return frozenset({owed.source_seq, *told})


def confirmed(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Correction]]:
    """Every correction that two officers have signed for, with the entry that confirmed it, in their order."""
    proposed: dict[CorrectionId, Correction] = {}
    for entry in entries:
        match entry.event:
            case e.CorrectionProposed():
                new = Correction.proposed(entry.event, entry.at, entry.actor)
                proposed[new.id] = new
            case e.CorrectionConfirmed():
                yield entry, proposed[entry.event.correction].confirmed(entry.at, entry.actor)
            case _:
                pass


def due_again(entries: Sequence[Entry]) -> tuple[Due, ...]:
    """The papers of which the last entry makes a new issue fall due; `entries` is the journal from its beginning."""
    last = entries[-1]
    if not isinstance(last.event, e.CorrectionConfirmed):
        return ()
    (seq,) = (correction.seq for entry, correction in confirmed(entries) if entry.seq == last.seq)
    return tuple(
        replace(owed, from_seq=last.seq)
        for source in entries[seq - 1 : -1]
        for owed in due(source)
        if seq in rests_on(owed, entries)
    )
