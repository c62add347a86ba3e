"""The bundle (证据包): the record of one matter, or of a whole village, in one folder with what verifies it.

The manifest is written last, so a bundle whose making was cut off does not verify.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.codec import built
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
    VoiceAttached,
)
from kiosk.core.journal import Entry, Head, read
from kiosk.core.law.rules import RuleRow
from kiosk.core.papers import file_name
from kiosk.core.papers.ledger import ledger
from kiosk.core.refusals import Malformed
from kiosk.core.terms import ClipId, MatterId, MeetingId, VillageId, day_of
from kiosk.core.values import Attachment
from kiosk.core.village import Village
from kiosk.evidence.extract import Extract, extract, printed
from kiosk.evidence.film_chains import place_chains
from kiosk.evidence.leaflet import leaflet
from kiosk.evidence.manifest import manifest
from kiosk.evidence.page import page
from kiosk.evidence.placing import ExportRefused, claim_folder, place, plainly_told, write
from kiosk.service import Kiosk
from kiosk.store.durable import sync_folder
from kiosk.wording import rule_table
from kiosk.wording.ledger import as_csv

HERE = Path(__file__).parent
VERIFIER = ("verify.py", "verify_journal.py", "verify_votes.py", "verify_signatures.py")
"""The verifier for Python: one program in four files, each to be read in one sitting."""
_PLAIN_NAME = re.compile(r"\w[\w.-]*")

PaperPath = Callable[[PaperIssued], Path]
FilmFolder = Callable[[MeetingId], Path]
PhotoPath = Callable[[str], Path | None]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was written: where, up to which head, how much, and the files that were not to be found."""

    folder: Path
    head: Head
    entries: int
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
    *,
    matter: MatterId | None = None,
    with_films: bool = True,
) -> Bundle:
    """Write a bundle into `out`, durably: of that matter, or of the whole village.

    Args:
        kiosk: the service whose journal is exported, as it stands now.
        village: whose journal.
        papers: where an issued paper is kept.
        films: in which folder a meeting's film is kept.
        out: a folder that is empty or does not exist yet.
        photos: where the photograph of that SHA-256 is kept; None where it is gone.
        matter: of which matter; None for everything.
        with_films: False leaves the parts of the films out; their digests and chains of fragments go along.

    Raises:
        ExportRefused: `out` is not empty, the disk is full or fails, there is no such matter, the village has no
            journal, or an entry cannot be read.

    """
    whole = _entries(kiosk.lines(village))
    state = kiosk.village(village)
    if matter is not None and matter not in state.matters:
        raise ExportRefused(_unknown(state, matter))
    part = extract(whole, matter)
    sources = _sources(part.entries, papers, films, photos)
    with plainly_told(out):
        claim_folder(out)
        left_out = () if with_films else tuple(n for n in sources if n.startswith("recordings/"))
        placed = {n: place(s.path, out / n) for n, s in sources.items() if n not in left_out}
        missing = [name for name, there in placed.items() if not there]
        missing += place_chains(part.entries, films, out)
        listed = {name: source.entries for name, source in sources.items()}
        _write_texts(out, part, state, matter)
        write(out / "manifest.json", manifest(part, state, matter, out, listed, left_out))
        for folder in {path.parent for path in out.rglob("*")} | {out}:
            sync_folder(folder)
    count = Counter(name.partition("/")[0] for name in sources)
    return Bundle(
        folder=out,
        head=part.entries[-1].head,
        entries=len(part.entries),
        papers=count["papers"],
        segments=count["recordings"],
        photos=count["photos"],
        missing=tuple(missing),
    )


def sizes(entries: Sequence[Entry], papers: PaperPath, photos: PhotoPath) -> tuple[int, int]:
    """How many bytes the films and clips of a bundle of these entries are, and everything else about."""
    films, rest = 0, sum(len(entry.line.encode()) for entry in entries)
    for name, source in _sources(entries, papers, Path, photos).items():
        if not name.startswith(("recordings/", "clips/")) and source.path and source.path.exists():
            rest += source.path.stat().st_size
    gone = _removed(entries)
    for event in (entry.event for entry in entries):
        if isinstance(event, SegmentSealed | ClipReleased) and event.meeting not in gone:
            films += event.size_bytes
    return films, rest


def matter_called(village: Village, said: str) -> MatterId:
    """The matter named by its id, its number in the village, or its title. ExportRefused: there is none."""
    for matter in village.matters.values():
        if said.strip() in {matter.id, str(matter.number), matter.title.strip()}:
            return matter.id
    raise ExportRefused(_unknown(village, said))


def _unknown(village: Village, said: str) -> str:
    known = "；".join(f"{m.number} {m.title}" for m in village.matters.values()) or "还没有"
    return f"没有“{said}”这个事项。请写事项的号码或全名，现有的事项：{known}。"


def _write_texts(out: Path, part: Extract, village: Village, matter: MatterId | None) -> None:
    """Everything but the manifest that is made here: journal, leaves, what is printed, the verifiers, the leaflet."""
    texts = {
        "journal.jsonl": "".join(f"{entry.line}\n" for entry in part.entries),
        "tree.jsonl": "".join(f"{leaf}\n" for leaf in part.leaves),
        **{name: (HERE / "carried" / name).read_text(encoding="utf-8") for name in VERIFIER},
        "verify.html": page(),
        "README.txt": leaflet(part, village, matter),
    }
    if matter is None:
        texts["ledger.csv"] = as_csv(ledger(village, day_of(part.entries[-1].at)))
        texts["audit.py"] = (HERE / "audit.py").read_text(encoding="utf-8")
    else:
        texts |= printed(part, village.matters[matter])
        rows = [built(RuleRow, rule["row"]) for rule in json.loads(texts["rules.json"])]
        texts["rules.md"] = "\n".join(rule_table(rows)) + "\n"
    for name, text in texts.items():
        write(out / name, text.encode())


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


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a file is now, and the entries of the journal that name it."""

    path: Path | None
    entries: tuple[int, ...]


def _sources(
    entries: Sequence[Entry], papers: PaperPath, films: FilmFolder, photos: PhotoPath
) -> dict[str, _Source]:
    """Every film, paper and photograph that the entries name: its name in the bundle, and where it is now."""
    found: dict[str, _Source] = {}
    gone = _removed(entries)
    for entry in entries:
        match entry.event:
            case SegmentSealed(meeting=meeting) | ClipReleased(meeting=meeting) if meeting in gone:
                continue  # the journal says that it was deleted; a part that is still there goes at the next start
            case ClipReleased(clip=clip) if clip in gone:
                continue
            case ClipReleased(meeting=meeting, clip=clip):
                name = f"clips/{_plain(clip)}.mp4"
                path: Path | None = films(meeting) / "clips" / f"{clip}.mp4"
            case PaperIssued() as paper:
                name = f"papers/{_plain(file_name(paper))}"
                path = papers(paper)
            case SegmentSealed(meeting=meeting, part=part):
                name = f"recordings/{_plain(meeting)}/{_plain(part)}"
                path = films(meeting) / part
            case (
                PhotoAttached(attachment=photo)
                | ProxyGiven(attachment=photo)
                | SignedSheetFiled(attachment=photo)
                | VoiceAttached(attachment=photo)
                | ReviewRecorded(attachment=Attachment() as photo)
            ):
                name = _attached_name(entry, photo)
                path = photos(photo.sha256)
            case _:
                continue
        before = found[name].entries if name in found else ()
        found[name] = _Source(path, (*before, entry.seq))
    return found


def _attached_name(entry: Entry, attachment: Attachment) -> str:
    """A photograph, or a voice; both are kept in one place by their SHA-256."""
    digest = _plain(attachment.sha256)
    is_voice = isinstance(entry.event, VoiceAttached)
    return f"voices/{digest}.m4a" if is_voice else f"photos/{digest}.jpg"


def _removed(entries: Sequence[Entry]) -> set[MeetingId | ClipId]:
    """The meetings whose film was deleted, and the clips that were taken back."""
    deleted = {e.event.meeting for e in entries if isinstance(e.event, FilmDeleted)}
    return deleted | {e.event.clip for e in entries if isinstance(e.event, ClipWithdrawn)}


def _plain(name: str) -> str:
    """The name, which must not lead out of the bundle."""
    if not _PLAIN_NAME.fullmatch(name):
        raise ExportRefused(f"日志里的名称“{name}”不能用作文件名，不能导出，请联系管理员。")
    return name
