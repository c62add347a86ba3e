"""The press (印制): sets every paper that has fallen due, keeps it, and reports its digest to the journal.

It hears of a publication after the commit, works on a thread of its own, and catches up after a restart with
whatever was published but not yet set.
"""

import hashlib
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.core.commands import IssuePaper
from kiosk.core.events import PublicationOpened
from kiosk.core.history import Known, as_of
from kiosk.core.journal import Entry, read
from kiosk.core.papers import resolution
from kiosk.core.terms import CommandId, MatterId, Paper, Role, VillageId
from kiosk.core.values import Actor
from kiosk.service import Kiosk
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.render import render
from kiosk.typeset.resolution import resolution_document

log = logging.getLogger(__name__)
PRESS = Actor(Role.KIOSK)


class Press:
    """Sets papers from the journal.

    Args:
        kiosk: the service whose publications are set.
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
        self._due: queue.Queue[tuple[VillageId, MatterId, int] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._work, name="press", daemon=True)

    def start(self, village: VillageId) -> None:
        """Set what is still due, then whatever is published from now on."""
        self._kiosk.subscribe(self.heard)
        for seq, matter in self._unset(village):
            self._due.put((village, matter, seq))
        self._thread.start()

    def stop(self) -> None:
        """Finish what is due and end."""
        self._due.put(None)
        self._thread.join(timeout=20)

    def heard(self, village: VillageId, entries: Sequence[Entry], _known: Known) -> None:
        """A listener of the service."""
        for entry in entries:
            if isinstance(entry.event, PublicationOpened):
                self._due.put((village, entry.event.matter, entry.seq))

    def path(self, subject: str, paper: Paper, from_seq: int) -> Path:
        """Where the paper set from the journal up to `from_seq` is kept."""
        return self._folder / f"{subject}-{paper.value}-{from_seq}.pdf"

    def _unset(self, village: VillageId) -> list[tuple[int, MatterId]]:
        known = self._kiosk.known(village).village
        if known is None:
            return []
        # A file may be gone though its paper was issued: restored from a copy of the database alone, say.
        set_from = {
            paper.from_seq
            for paper in known.papers
            if self.path(paper.subject, paper.paper, paper.from_seq).exists()
        }
        published = [
            read(line) for line in self._kiosk.lines(village) if "PublicationOpened" in line
        ]
        return [
            (entry.seq, entry.event.matter)
            for entry in published
            if isinstance(entry.event, PublicationOpened) and entry.seq not in set_from
        ]

    def _work(self) -> None:
        while (due := self._due.get()) is not None:
            try:
                self.set_resolution(*due)
            except Exception:
                # The publication stands in the journal; the next start tries again.
                log.exception("paper not set matter=%s seq=%d", due[1], due[2])

    def set_resolution(self, village: VillageId, matter: MatterId, seq: int) -> Path:
        """Set the resolution that entry `seq` published, keep it, and report it."""
        content = self.rendered(village, matter, seq)
        sha256 = hashlib.sha256(content).hexdigest()
        for issued in self._kiosk.village(village).papers:
            if (issued.subject, issued.from_seq) == (matter, seq) and issued.sha256 != sha256:
                raise RuntimeError(
                    "the paper was issued with other bytes; they must come from a backup"
                )
        path = self.path(matter, Paper.RESOLUTION, seq)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(content)
        part.replace(path)
        command = IssuePaper(matter, Paper.RESOLUTION, seq, len(content), sha256)
        self._kiosk.execute(village, command, PRESS, CommandId(self._new_token()))
        return path

    def rendered(self, village: VillageId, matter: MatterId, seq: int) -> bytes:
        """The bytes of the resolution: a function of the journal up to `seq` and nothing else."""
        known = as_of(self._kiosk.known(village), self._kiosk.lines(village), seq)
        assert known.village is not None
        paper = resolution(known.village, matter, known.head)
        return render(resolution_document(paper), self._fonts)
