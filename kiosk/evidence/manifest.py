"""The manifest (清单) of a bundle: what it is, where its journal ends, and the digest of every other file in it."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from kiosk.core.codec import Plain
from kiosk.core.events import PaperIssued
from kiosk.core.journal import canonical
from kiosk.core.terms import MatterId
from kiosk.core.village import Village
from kiosk.evidence.extract import Extract, plain_event

FORMAT = "kiosk-bundle-2"


def manifest(
    part: Extract,
    village: Village,
    matter: MatterId | None,
    folder: Path,
    named: Mapping[str, Sequence[int]],
    left_out: Sequence[str],
) -> bytes:
    """The bytes of `manifest.json` for what lies in the folder; `named` are the entries that name a file. OSError."""
    head = part.entries[-1].head
    about = village.matters[matter] if matter is not None else None
    value: Plain = {
        "format": FORMAT,
        "scope": "village" if about is None else "matter",
        "matter": matter,
        "title": "" if about is None else about.title,
        "village": village.id,
        "name": village.name,
        "purpose": village.purpose.value,
        "head": {"seq": head.seq, "digest": head.digest},
        "check_code": head.check_code,
        "root": part.root,
        "extract": [list[Plain](run) for run in part.ranges],
        "files": _files(part, folder, named),
        "left_out": list[Plain](left_out),
    }
    return f"{canonical(value)}\n".encode()


def _files(part: Extract, folder: Path, named: Mapping[str, Sequence[int]]) -> dict[str, Plain]:
    """Size and digest of each file. What the journal says of films and photographs is not computed again."""
    said = {entry.seq: entry for entry in part.entries}
    found: dict[str, Plain] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name not in named:
            found[name] = _digest(path)
    for name, entries in named.items():
        entry = said[entries[-1]]
        path = folder / name
        if isinstance(entry.event, PaperIssued) and path.is_file():
            fact = _digest(path)  # a signature may have been appended to it
        else:
            event = plain_event(entry)
            told = event.get("attachment") or event
            fact = {"size_bytes": told["size_bytes"], "sha256": told["sha256"]}
        found[name] = fact | {"entries": list[Plain](entries)}
    return found


def _digest(path: Path) -> dict[str, Plain]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"size_bytes": path.stat().st_size, "sha256": digest}
