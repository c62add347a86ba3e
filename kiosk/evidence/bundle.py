"""The bundle (证据包): a village's whole record in one folder, with the program that verifies it.

The manifest is written last, so a bundle whose making was cut off does not verify.
"""

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.events import (
    ClipReleased,
    ClipWithdrawn,
    FilmDeleted,
    PaperIssued,
    PhotoAttached,
    ProxyGiven,
    ReviewRecorded,
    SegmentSealed,
    SignedSheetFiled,
    VillageFounded,
)
from kiosk.core.journal import Entry, Head, canonical, read
from kiosk.core.papers import file_name
from kiosk.core.refusals import Malformed
from kiosk.core.terms import ClipId, MeetingId, VillageId
from kiosk.core.values import Attachment
from kiosk.evidence.film_chains import place_chains
from kiosk.evidence.leaflet import LEAFLET
from kiosk.service import Kiosk
from kiosk.store.durable import sync_folder

FORMAT = "kiosk-bundle-1"
AUDIT = Path(__file__).with_name("audit.py")
_PLAIN_NAME = re.compile(r"\w[\w.-]*")

PaperPath = Callable[[PaperIssued], Path]
FilmFolder = Callable[[MeetingId], Path]
PhotoPath = Callable[[str], Path | None]


class ExportRefused(Exception):
    """The bundle cannot be made; the message tells people why and what to do."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was written: where, up to which head, how much, and the files that were not to be found."""

    folder: Path
    head: Head
    papers: int
    segments: int
    photos: int
    missing: tuple[str, ...]


def no_photos(_sha256: str) -> None:
    """Where photographs are not kept at all: each that the journal names is then reported missing."""


def export(
    kiosk: Kiosk,
    village: VillageId,
    papers: PaperPath,
    films: FilmFolder,
    out: Path,
    photos: PhotoPath = no_photos,
) -> Bundle:
    """Write the village's bundle into `out`, durably.

    Args:
        kiosk: the service whose journal is exported, as it stands now.
        village: whose journal.
        papers: where an issued paper is kept.
        films: in which folder a meeting's film is kept.
        out: a folder that is empty or does not exist yet.
        photos: where the photograph of that SHA-256 is kept; None where it is gone.

    Raises:
        ExportRefused: `out` is not empty, the village has no journal, or an entry cannot be read.
        OSError: the disk does not take it, such as when it is full.

    """
    lines = kiosk.lines(village)
    entries = _entries(lines)
    sources = _sources(entries, papers, films, photos)
    _claim_folder(out)
    missing = [name for name, source in sources.items() if not _place(source, out / name)]
    missing += place_chains(entries, films, out)
    _write(out / "journal.jsonl", "".join(f"{line}\n" for line in lines).encode())
    _write(out / "audit.py", AUDIT.read_bytes())
    _write(out / "README.txt", _readme(entries).encode())
    _write(out / "manifest.json", _manifest(entries))
    for folder in {out, *((out / name).parent for name in sources)}:
        if folder.exists():
            sync_folder(folder)
    count = Counter(name.partition("/")[0] for name in sources)
    return Bundle(
        folder=out,
        head=entries[-1].head,
        papers=count["papers"],
        segments=count["recordings"],
        photos=count["photos"],
        missing=tuple(missing),
    )


def _entries(lines: Sequence[str]) -> list[Entry]:
    if not lines:
        raise ExportRefused("这个村还没有会议日志，没有可以导出的内容。")
    entries = []
    for number, line in enumerate(lines, start=1):
        try:
            entries.append(read(line))
        except Malformed as error:
            raise ExportRefused(
                f"会议日志第 {number} 条读不懂，不能导出，请联系管理员。"
            ) from error
    return entries


def _sources(
    entries: Sequence[Entry], papers: PaperPath, films: FilmFolder, photos: PhotoPath
) -> dict[str, Path | None]:
    """Every film, paper and photograph that the journal names: its name in the bundle, and where it is now."""
    found: dict[str, Path | None] = {}
    gone = _removed(entries)
    for entry in entries:
        match entry.event:
            case SegmentSealed(meeting=meeting) | ClipReleased(meeting=meeting) if meeting in gone:
                pass  # the journal says that it was deleted; a part that is still there goes at the next start
            case ClipReleased(clip=clip) if clip in gone:
                pass
            case ClipReleased(meeting=meeting, clip=clip):
                found[f"clips/{_plain(clip)}.mp4"] = films(meeting) / "clips" / f"{clip}.mp4"
            case PaperIssued() as paper:
                found[f"papers/{_plain(file_name(paper))}"] = papers(paper)
            case SegmentSealed(meeting=meeting, part=part):
                name = f"recordings/{_plain(meeting)}/{_plain(part)}"
                found[name] = films(meeting) / part
            case (
                PhotoAttached(attachment=photo)
                | ProxyGiven(attachment=photo)
                | SignedSheetFiled(attachment=photo)
                | ReviewRecorded(attachment=Attachment() as photo)
            ):
                found[f"photos/{_plain(photo.sha256)}.jpg"] = photos(photo.sha256)
            case _:
                pass
    return found


def _removed(entries: Sequence[Entry]) -> set[MeetingId | ClipId]:
    """The meetings whose film was deleted, and the clips that were taken back."""
    deleted = {e.event.meeting for e in entries if isinstance(e.event, FilmDeleted)}
    return deleted | {e.event.clip for e in entries if isinstance(e.event, ClipWithdrawn)}


def _plain(name: str) -> str:
    """The name, which must not lead out of the bundle."""
    if not _PLAIN_NAME.fullmatch(name):
        raise ExportRefused(f"日志里的名称“{name}”不能用作文件名，不能导出，请联系管理员。")
    return name


def _claim_folder(out: Path) -> None:
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise ExportRefused(f"“{out}”里已经有东西了，请换一个空的文件夹。")
    out.mkdir(parents=True, exist_ok=True)


def _place(source: Path | None, target: Path) -> bool:
    """Link or copy a file into the bundle; whether there was one."""
    if source is None or not source.is_file():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:
        # Another disk, such as a USB stick, or a file system without links.
        shutil.copyfile(source, target)
    _sync(target)
    return True


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    _sync(path)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _founding(entries: Sequence[Entry]) -> VillageFounded:
    founded = entries[0].event
    if not isinstance(founded, VillageFounded):
        raise ExportRefused("会议日志不是从建村开始的，不能导出，请联系管理员。")
    return founded


def _manifest(entries: Sequence[Entry]) -> bytes:
    founded, head = _founding(entries), entries[-1].head
    text = canonical(
        {
            "format": FORMAT,
            "village": founded.village,
            "name": founded.name,
            "head": {"seq": head.seq, "digest": head.digest},
            "check_code": head.check_code,
        }
    )
    return f"{text}\n".encode()


def _readme(entries: Sequence[Entry]) -> str:
    heads = {entry.seq: entry.head for entry in entries}
    papers = [
        f"  papers/{file_name(e)}：依据日志第 {e.from_seq} 条，"
        f"校验码 {heads[e.from_seq].check_code}\n"
        for e in (entry.event for entry in entries)
        if isinstance(e, PaperIssued) and e.from_seq in heads
    ]
    head = entries[-1].head
    return LEAFLET.format(
        name=_founding(entries).name,
        seq=head.seq,
        code=head.check_code,
        papers="".join(papers) or "  （还没有制成的文书）\n",
    )
