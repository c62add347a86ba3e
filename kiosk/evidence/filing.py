"""The file of one matter (一事一档): everything that belongs to it in one folder and one zip, for the archive.

The file is made of the journal, the papers and the photographs and of nothing else, so it can be made again at any
time and comes out the same: the zip's bytes too. What the journal names and the disk has lost is said in the file.
"""

import hashlib
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from kiosk.core.events import PaperIssued
from kiosk.core.journal import Entry, Head, read
from kiosk.core.papers import concerning
from kiosk.core.refusals import Reason, require
from kiosk.core.terms import MatterId, Paper, VillageId
from kiosk.core.village import Village
from kiosk.evidence.filed import Sources, pieces, readme, texts
from kiosk.follower import Follower
from kiosk.service import Kiosk

MANIFEST = "校验清单.txt"
STOPS_WITHIN_S = 20.0
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The one time that every name in a zip bears: the oldest that the format knows."""

PaperPath = Callable[[PaperIssued], Path]
PhotoPath = Callable[[str], Path | None]


class Filing:
    """Keeps the files of archived matters, each as `<matter>/` and `<matter>.zip`.

    Args:
        kiosk: the service whose journal the files are made from.
        village: whose journal.
        papers: where an issued paper is kept.
        photos: where a photograph is kept, by its SHA-256; None where it is not.
        folder: where the files are put.
    """

    def __init__(
        self,
        kiosk: Kiosk,
        village: VillageId,
        papers: PaperPath,
        photos: PhotoPath,
        folder: Path,
    ) -> None:
        self._kiosk = kiosk
        self._village = village
        self._sources = Sources(papers, photos)
        self._folder = folder
        self._made: dict[MatterId, Head] = {}
        self._one_at_a_time = threading.Lock()
        # What is missed is made whenever somebody asks for it: nothing is owed at a start.
        self._follower = Follower("filing", kiosk, closed_files, self.zipped)

    def start(self) -> None:
        """From now on make the file of every matter that is archived, as soon as its index is set."""
        self._follower.start(self._village)

    def stop(self) -> None:
        """Finish what is due and end."""
        self._follower.stop(STOPS_WITHIN_S)

    def zipped(self, matter: MatterId) -> Path:
        """The zip of the matter's file, made again where the record has grown since.

        Refused: NO_SUCH_MATTER, MATTER_NOT_DONE before it is archived.
        """
        known = self._kiosk.known(self._village)
        village = self._kiosk.village(self._village)
        require(village.matter(matter).archived_at is not None, Reason.MATTER_NOT_DONE)
        target = self._folder / f"{matter}.zip"
        with self._one_at_a_time:
            if self._made.get(matter) != known.head or not target.exists():
                self._make(village, matter, target)
                self._made[matter] = known.head
        return target

    def _make(self, village: Village, matter: MatterId, target: Path) -> None:
        entries = [read(line) for line in self._kiosk.lines(self._village)]
        content = contents(village, matter, entries, self._sources)
        shelf = self._folder / matter
        manifest = shelf / MANIFEST
        same = manifest.exists() and manifest.read_bytes() == content[MANIFEST]
        if same and target.exists():
            return
        shutil.rmtree(shelf, ignore_errors=True)
        for name, data in content.items():
            path = shelf / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(data)
        part = target.with_suffix(".part")
        _zip(content, part, inside=matter)
        part.replace(target)


def closed_files(entries: Sequence[Entry]) -> Iterator[MatterId]:
    """The matters whose file is whole with these entries: the index is the last paper of a file."""
    for entry in entries:
        match entry.event:
            case PaperIssued(subject=subject, paper=Paper.FILE_INDEX):
                yield MatterId(subject)
            case _:
                pass


def contents(
    village: Village, matter: MatterId, entries: Sequence[Entry], sources: Sources
) -> dict[str, bytes]:
    """Every file of the matter's file by its name, in the order of the names (卷内文件).

    The manifest names the SHA-256 of all the others, as `sha256sum -c` reads it.
    """
    mine = concerning(entries, matter)
    found = pieces(village, mine, sources)
    content = {**found.files, **texts(village, matter, mine)}
    content["README.txt"] = readme(village, matter, mine, found.missing)
    ordered = dict(sorted(content.items()))
    listed = "".join(f"{hashlib.sha256(d).hexdigest()}  {n}\n" for n, d in ordered.items())
    return ordered | {MANIFEST: listed.encode()}


def _zip(content: Mapping[str, bytes], path: Path, *, inside: str) -> None:
    """All of it under one folder; nothing is compressed, so that the bytes are the same everywhere."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in content.items():
            info = zipfile.ZipInfo(f"{inside}/{name}", _BEGINNING)
            info.create_system = 3  # as Unix writes it, on every machine
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
