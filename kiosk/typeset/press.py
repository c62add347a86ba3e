"""The press (印制): sets every paper that has fallen due, keeps it, and reports its digest to the journal.

It hears of what happened after the commit, works on a thread of its own, and catches up after a restart with
whatever fell due and was not yet set. Which entry makes which paper fall due: `core.papers.due`.
"""

import hashlib
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kiosk.core.codec import Plain
from kiosk.core.commands import IssuePaper
from kiosk.core.events import PaperIssued
from kiosk.core.history import NOTHING, Known, as_of, caught_up
from kiosk.core.journal import Entry, read
from kiosk.core.papers import Due, due, file_index, notice, resolution, result, tally_sheet
from kiosk.core.papers.due import SOURCES
from kiosk.core.papers.settling import SPELLED as SETTLING
from kiosk.core.terms import CommandId, MatterId, MeetingId, Paper, Role, VillageId, VoteId
from kiosk.core.values import Actor
from kiosk.service import Kiosk
from kiosk.store.durable import put
from kiosk.typeset.document import Document
from kiosk.typeset.file_index import file_index_document
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.notice import notice_document
from kiosk.typeset.render import render
from kiosk.typeset.resolution import resolution_document
from kiosk.typeset.result import result_document
from kiosk.typeset.tally_sheet import tally_sheet_document

log = logging.getLogger(__name__)
PRESS = Actor(Role.KIOSK)

_SPELLED = frozenset(source.kind.__name__ for source in SOURCES.values())
"""Only lines that spell one of these can hold an entry that makes a paper fall due: the others need not be read."""


class Press:
    """Sets papers from the journal.

    Args:
        kiosk: the service whose journal the papers are set from.
        folder: where the papers are kept, named `<subject>-<paper>-<seq>.pdf`.
        fonts: the fonts to set them in.
        new_token: makes the ids of the commands that report a paper.
    """

    def __init__(
        self,
        kiosk: Kiosk,
        folder: Path,
        fonts: FontFolder,
        new_token: Callable[[], str],
    ) -> None:
        self._kiosk = kiosk
        self._folder = folder
        self._fonts = fonts
        self._new_token = new_token
        self._due: queue.Queue[tuple[VillageId, int] | None] = queue.Queue()
        self._reached: tuple[VillageId | None, Known] = (None, NOTHING)
        self._thread = threading.Thread(target=self._work, name="press", daemon=True)

    def start(self, village: VillageId) -> None:
        """Set what is still due, then whatever falls due from now on."""
        self._kiosk.subscribe(self.heard)
        for seq in self._unset(village):
            self._due.put((village, seq))
        self._thread.start()

    def stop(self) -> None:
        """Finish what is due and end."""
        self._due.put(None)
        self._thread.join(timeout=60)

    def heard(self, village: VillageId, entries: Sequence[Entry], _known: Known) -> None:
        """A listener of the service."""
        for entry in entries:
            if due(entry):
                self._due.put((village, entry.seq))

    def path(self, subject: str, paper: Paper, from_seq: int) -> Path:
        """Where the paper set from the journal up to `from_seq` is kept."""
        return self._folder / f"{subject}-{paper.value}-{from_seq}.pdf"

    def _unset(self, village: VillageId) -> list[int]:
        """The entries whose papers are still to be set, in their order."""
        known = self._kiosk.known(village).village
        if known is None:
            return []
        set_from = {paper.from_seq for paper in known.papers if self._is_kept(paper)}
        lines = self._kiosk.lines(village)
        entries = (read(line) for line in lines if any(kind in line for kind in _SPELLED))
        return [entry.seq for entry in entries if due(entry) and entry.seq not in set_from]

    def _is_kept(self, paper: PaperIssued) -> bool:
        """Whether its file is there: restored from a copy of the database alone, or by a bad disk, it may not be."""
        path = self.path(paper.subject, paper.paper, paper.from_seq)
        return path.exists() and path.stat().st_size == paper.size_bytes

    def _work(self) -> None:
        while (waiting := self._due.get()) is not None:
            village, seq = waiting
            try:
                self._reached = (village, self._as_of(village, seq))
                self._set(village, seq, self._reached[1])
            except Exception:
                # What made it due stands in the journal; the next start tries again.
                log.exception("paper not set seq=%d", seq)

    def _as_of(self, village: VillageId, seq: int) -> Known:
        """The village as it stood at that entry, read on from the paper before: the journal is read once."""
        of, reached = self._reached
        if of != village or seq < reached.head.seq:
            reached = NOTHING
        tail = self._kiosk.lines(village, after=reached.head.seq)
        return caught_up(reached, tail[: seq - reached.head.seq])

    def set_paper(self, village: VillageId, seq: int) -> Path:
        """Set the paper that entry `seq` makes fall due, keep it, and report it. LookupError if it makes none."""
        return self._set(village, seq, self._known_at(village, seq))

    def rendered(self, village: VillageId, seq: int) -> bytes:
        """The bytes of the paper due by entry `seq`: a function of the journal up to it and nothing else."""
        return self._rendered(village, self._due_by(village, seq), self._known_at(village, seq))

    def _known_at(self, village: VillageId, seq: int) -> Known:
        return as_of(self._kiosk.known(village), self._kiosk.lines(village), seq)

    def _due_by(self, village: VillageId, seq: int) -> Due:
        found = due(read(self._kiosk.lines(village, after=seq - 1)[0]))
        if found is None:
            raise LookupError(f"entry {seq} makes no paper fall due")
        return found

    def _set(self, village: VillageId, seq: int, known: Known) -> Path:
        owed = self._due_by(village, seq)
        content = self._rendered(village, owed, known)
        sha256 = hashlib.sha256(content).hexdigest()
        for issued in self._kiosk.village(village).papers:
            if (issued.paper, issued.from_seq) == (owed.paper, seq) and issued.sha256 != sha256:
                raise RuntimeError(
                    "the paper was issued with other bytes; they must come from a backup"
                )
        path = self.path(owed.subject, owed.paper, seq)
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, content)  # before the journal says that there is such a paper
        command = IssuePaper(owed.subject, owed.paper, seq, len(content), sha256)
        self._kiosk.execute(village, command, PRESS, CommandId(self._new_token()))
        return path

    def _rendered(self, village: VillageId, owed: Due, known: Known) -> bytes:
        # Only an index lists entries, and who settled a difference; the rest the village as it stood tells.
        lines: list[str] = []
        if owed.paper is Paper.FILE_INDEX:
            lines = self._kiosk.lines(village)[: owed.seq]
        elif owed.paper is Paper.RESOLUTION:
            told = self._kiosk.lines(village)[: owed.seq]
            lines = [line for line in told if any(kind in line for kind in SETTLING)]
        document = document_of(owed, known, [read(line) for line in lines])
        return render(_with_source(document, owed, known), self._fonts)


def _with_source(document: Document, owed: Due, known: Known) -> Document:
    """The document with what it was set from, for its file's description and its record."""
    assert known.village is not None
    source: dict[str, Plain] = {
        "village": known.village.id,
        "paper": owed.paper.value,
        "subject": owed.subject,
        "seq": known.head.seq,
        "digest": known.head.digest,
    }
    return replace(document, made_at=known.at, data={**document.data, "source": source})


def document_of(owed: Due, known: Known, entries: Sequence[Entry]) -> Document:
    """The document of a paper that is due, of the village as it stood then; some tell of these `entries`."""
    village = known.village
    assert village is not None
    match owed.paper:
        case Paper.NOTICE:
            return notice_document(notice(village, MeetingId(owed.subject), known.head))
        case Paper.TALLY_SHEET:
            return tally_sheet_document(tally_sheet(village, VoteId(owed.subject), known.head))
        case Paper.RESOLUTION:
            matter = village.matter(MatterId(owed.subject))
            # What this entry published, though its decision may have been set aside in the same meeting.
            return resolution_document(
                resolution(village, matter.id, known.head, matter.publication, entries)
            )
        case Paper.RESULT:
            return result_document(result(village, MatterId(owed.subject), known.head))
        case Paper.FILE_INDEX:
            matter_id = MatterId(owed.subject)
            return file_index_document(file_index(village, matter_id, entries, known.head))
