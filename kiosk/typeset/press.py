"""The press (印制): sets every paper that has fallen due, keeps it, reports its digest to the journal, and signs it.

A follower of the journal; after a restart it catches up with whatever fell due and was not yet set, or not yet signed.
Which entry makes which paper fall due: `core.papers.due`. The meeting has its paper whether or not it can be signed.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kiosk.core.codec import Plain
from kiosk.core.commands import IssuePaper
from kiosk.core.events import CorrectionConfirmed, PaperIssued, PublicationOpened
from kiosk.core.history import NOTHING, Known, as_of, caught_up
from kiosk.core.journal import Entry, read
from kiosk.core.papers import (
    Due,
    Imprint,
    due,
    due_again,
    imprint,
)
from kiosk.core.papers.due import SOURCES, is_issue_of
from kiosk.core.papers.ledger import ledger
from kiosk.core.papers.reissuing import CORRECTING
from kiosk.core.terms import CommandId, Edition, Role, VillageId, day_of
from kiosk.core.values import Actor
from kiosk.follower import Follower
from kiosk.service import Kiosk
from kiosk.typeset.document import Document
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.ledger import ledger_document
from kiosk.typeset.poster import Poster
from kiosk.typeset.render import render
from kiosk.typeset.setting import document_of, told_by
from kiosk.typeset.shelf import Kept, Shelf
from kiosk.typeset.signatory import Signatory

log = logging.getLogger(__name__)
PRESS = Actor(Role.KIOSK)

_SPELLED = frozenset({*(source.kind.__name__ for source in SOURCES.values()), *CORRECTING})
"""Only lines that spell one of these can hold an entry that makes a paper fall due: the others need not be read."""


class Press:
    """Sets papers from the journal.

    Args:
        kiosk: the service whose journal the papers are set from.
        folder: where the papers are kept, named as `core.papers.file_name` says.
        fonts: the fonts to set them in.
        new_token: makes the ids of the commands that report a paper.
        key_file: where the village's key is kept, made at the first start; without one nothing is signed.
    """

    def __init__(
        self,
        kiosk: Kiosk,
        folder: Path,
        fonts: FontFolder,
        new_token: Callable[[], str],
        key_file: Path | None = None,
    ) -> None:
        self._kiosk = kiosk
        self._shelf = Shelf(folder)
        self._fonts = fonts
        self._new_token = new_token
        self._signatory = Signatory(kiosk, key_file, new_token)
        self._reached: tuple[VillageId | None, Known] = (None, NOTHING)
        self._follower: Follower[int | PaperIssued] = Follower(
            "press", kiosk, sources, self._do, owed=self._owed
        )

    def start(self, village: VillageId) -> None:
        """Set and sign what still is to be, then whatever falls due from now on."""
        self._follower.start(village)

    def stop(self, within_s: float = 60) -> None:
        """Finish what is due and end; what takes longer than that is set at the next start."""
        self._follower.stop(within_s)

    def path(self, paper: PaperIssued | Due) -> Path:
        """Where that paper is kept."""
        return self._shelf.path(paper)

    def owed(self, village: VillageId, seq: int) -> tuple[Due, ...]:
        """Every paper that entry `seq` makes fall due, first issues and new ones."""
        entry = read(self._kiosk.lines(village, after=seq - 1)[0])
        if isinstance(entry.event, CorrectionConfirmed):
            return due_again([read(line) for line in self._kiosk.lines(village)[:seq]])
        return due(entry)

    def undrawn(self, text: str) -> str:
        """The characters of a text that no font of this machine draws, neither on paper nor on a screen."""
        return self._fonts.undrawn(text)

    @property
    def is_signing(self) -> bool:
        """Whether papers are signed: the key could be opened when the press began."""
        return self._signatory.is_signing

    def kept(self, issued: PaperIssued) -> Kept:
        """What the disk has of an issued paper."""
        return self._shelf.kept(issued)

    def pages(self, issued: PaperIssued) -> int:
        """How many pages it has; 1 where its file is gone."""
        return self._shelf.pages(issued)

    def _unset(self, village: VillageId) -> list[int]:
        """The entries that make papers fall due, not all of which are set, in their order."""
        known = self._kiosk.known(village).village
        if known is None:
            return []
        lines = self._kiosk.lines(village)
        entries = (read(line) for line in lines if any(kind in line for kind in _SPELLED))
        return [entry.seq for entry in entries if self._waiting(village, entry.seq)]

    def _waiting(self, village: VillageId, seq: int) -> list[Due]:
        """The papers that the entry makes fall due and that are not yet set and kept."""
        issued = self._kiosk.village(village).papers
        return [
            owed
            for owed in self.owed(village, seq)
            if not any(
                is_issue_of(paper, owed) and self._shelf.kept(paper) is not Kept.GONE
                for paper in issued
            )
        ]

    def _owed(self) -> Iterator[int | PaperIssued]:
        """What is not set, by the entry that makes it due; then what is not signed."""
        village = self._follower.village
        self._signatory.begin(village)
        yield from self._unset(village)
        for issued in self._kiosk.village(village).papers:
            if self._shelf.kept(issued) is Kept.UNSIGNED:
                yield issued

    def _do(self, what: int | PaperIssued) -> None:
        if isinstance(what, PaperIssued):
            self._sign_later(what)
        else:
            self._take(self._follower.village, what)

    def _take(self, village: VillageId, seq: int) -> None:
        for owed in self._waiting(village, seq):
            try:
                self._reached = (village, self._as_of(village, owed.source_seq))
                self._set(village, owed, self._reached[1])
            except Exception:
                # What made it due stands in the journal; the next start tries again.
                log.exception("paper not set seq=%d", seq)

    def _sign_later(self, issued: PaperIssued) -> None:
        path = self._shelf.path(issued)
        self._shelf.put(path, self._signatory.signed(path.read_bytes()[: issued.size_bytes]))

    def _as_of(self, village: VillageId, seq: int) -> Known:
        """The village as it stood at that entry, read on from the paper before: the journal is read once."""
        of, reached = self._reached
        if of != village or seq < reached.head.seq:
            reached = NOTHING
        tail = self._kiosk.lines(village, after=reached.head.seq)
        return caught_up(reached, tail[: seq - reached.head.seq])

    def set_paper(self, village: VillageId, owed: Due) -> Path:
        """Set a paper that is due, keep it, and report it."""
        return self._set(village, owed, self._known_at(village, owed.source_seq))

    def rendered(self, village: VillageId, owed: Due) -> bytes:
        """The bytes of a paper that is due: a function of the journal up to its entry and nothing else."""
        return render(self.document(village, owed), self._fonts)

    def ledger(self, village: VillageId) -> bytes:
        """The ledger of matters (重大事项台账) as the journal stands now, signed; nothing is put on record."""
        last = read(self._kiosk.lines(village)[-1])
        state = self._known_at(village, last.seq).village
        assert state is not None
        of = Imprint(Edition.ARCHIVE, last.head, last.at)
        document = ledger_document(ledger(state, day_of(last.at)), of)
        return self._signatory.signed(render(replace(document, made_at=last.at), self._fonts))

    def document(self, village: VillageId, owed: Due) -> Document | Poster:
        """What a paper that is due says."""
        return self._document(village, owed, self._known_at(village, owed.source_seq))

    def _known_at(self, village: VillageId, seq: int) -> Known:
        return as_of(self._kiosk.known(village), self._kiosk.lines(village), seq)

    def _set(self, village: VillageId, owed: Due, known: Known) -> Path:
        content = render(self._document(village, owed, known), self._fonts)
        sha256 = hashlib.sha256(content).hexdigest()
        for issued in self._kiosk.village(village).papers:
            if is_issue_of(issued, owed) and issued.sha256 != sha256:
                raise RuntimeError(
                    "the paper was issued with other bytes; they must come from a backup"
                )
        path = self.path(owed)
        # Before the journal says that there is such a paper: whoever hears of it finds it, and finds it signed.
        self._shelf.put(path, self._signatory.signed(content))
        command = IssuePaper(
            owed.subject,
            owed.paper,
            owed.edition,
            owed.source_seq,
            owed.from_seq,
            len(content),
            sha256,
        )
        self._kiosk.execute(village, command, PRESS, CommandId(self._new_token()))
        return path

    def _document(self, village: VillageId, owed: Due, known: Known) -> Document | Poster:
        lines = self._kiosk.lines(village)[: owed.from_seq]
        corrected = any(kind in line for line in lines for kind in CORRECTING)
        of = imprint(owed, [read(line) for line in (lines if corrected else lines[-1:])])
        told = [read(line) for line in told_by(owed.paper, lines[: owed.source_seq])]
        document = document_of(owed, known, told, of)
        return _with_source(document, owed, of, known)


def sources(entries: Sequence[Entry]) -> Iterator[int]:
    """Which of these entries make papers fall due.

    What villagers wait for, a publication, is set before what else is due with it.
    """
    for entry in sorted(entries, key=lambda e: not isinstance(e.event, PublicationOpened)):
        if due(entry) or isinstance(entry.event, CorrectionConfirmed):
            yield entry.seq


def _with_source(
    document: Document | Poster, owed: Due, of: Imprint, known: Known
) -> Document | Poster:
    """The document with what it was set from, for its file's description and its record."""
    assert known.village is not None
    source: dict[str, Plain] = {
        "village": known.village.id,
        "paper": owed.paper.value,
        "edition": owed.edition.value,
        "subject": owed.subject,
        "source_seq": owed.source_seq,
        "seq": of.head.seq,
        "digest": of.head.digest,
    }
    return replace(document, made_at=of.at, data={**document.data, "source": source})
