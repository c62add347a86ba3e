"""Holds the journal (日志) of a bundle against the tree and the chain that bind it, and misses none of the matter.

Used by verify.py, beside which it lies in every bundle; it needs the standard library alone. What an entry hashes to,
what a leaf is and which entries belong to a matter: docs/bundle.md, "Hashes" and "Which entries belong to a matter".
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

Json = dict[str, Any]
# The fields of an event that say what it is about.
ONE = (
    "matter",
    "meeting",
    "vote",
    "need",
    "objection",
    "clip",
    "correction",
    "emergency",
    "subject",
)
# Those of them that belong to one matter alone; a meeting is shared by several.
OWN = (
    "vote",
    "need",
    "objection",
    "clip",
    "correction",
)


class Wrong(Exception):
    """Something does not hold; the message says what, in Chinese."""


def need(holds: object, otherwise: str) -> None:
    """Raise Wrong unless it holds."""
    if not holds:
        raise Wrong(otherwise)


def sha(data: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def canonical(value: object) -> bytes:
    """The one way of writing JSON: keys sorted, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def parse(data: bytes, where: str, kind: type = dict) -> Any:  # noqa: ANN401 -- whatever was written
    """What the bytes spell canonically, without fractions. Raises Wrong."""
    with suppress(ValueError, RecursionError):
        value = json.loads(data.decode(), parse_float=int, parse_constant=int)
        if isinstance(value, kind) and canonical(value) == data:
            return value
    raise Wrong(f"{where}：写得不规范，被改动")


def read(folder: Path, name: str) -> bytes:
    """All of a file. Raises Wrong."""
    need((folder / name).is_file(), f"{name}：缺少这个文件")
    return (folder / name).read_bytes()


def lines_of(folder: Path, name: str) -> list[bytes]:
    """The lines of a file, each of which must end. Raises Wrong."""
    *lines, rest = read(folder, name).split(b"\n")
    need(lines and not rest, f"{name}：结尾不完整")
    return lines


def check_code(digest: str) -> str:
    """校验码: the digest's first 16 hexadecimal digits as a number, its last 16 decimals in fours."""
    return "-".join(re.findall("....", f"{int(digest[:16], 16) % 10**16:016d}"))


# --- the journal: each entry that is here, the leaves of those that are not, and the roots and digests that bind them


def subjects(event: Json) -> list[str]:
    """The ids an event names; a correction is about # and the number of an entry."""
    named = [
        *(event[name] for name in ONE if name in event),
        *event.get("matters", []),
        *event.get("needs", []),
    ]
    named += [item["matter"] for item in event.get("agenda", [])]
    named += [f"#{event['seq']}"] if "correction" in event and "seq" in event else []
    return sorted({name for name in named if isinstance(name, str)})


def root(peaks: list[tuple[int, bytes]]) -> str:
    """The root of a Merkle tree (RFC 9162, 2.1.1) from its perfect subtrees, each smaller than the one before it."""
    right = peaks[-1][1] if peaks else hashlib.sha256(b"").digest()
    for _, left in peaks[-2::-1]:
        right = hashlib.sha256(b"\1" + left + right).digest()
    return right.hex()


def grow(peaks: list[tuple[int, bytes]], digest: str, about: list[str]) -> None:
    """One more leaf: an entry's digest and what it is about."""
    peaks.append((1, hashlib.sha256(b"\0" + bytes.fromhex(digest) + canonical(about)).digest()))
    while len(peaks) > 1 and peaks[-1][0] == peaks[-2][0]:
        (size, right), (_, left) = peaks.pop(), peaks.pop()
        peaks.append((2 * size, hashlib.sha256(b"\1" + left + right).digest()))


def entry_of(line: bytes, seq: int, version: int) -> Json:
    """The entry that the line is. Raises Wrong, naming it."""
    entry = parse(line, f"日志第 {seq} 条")
    keys = {
        "actor",
        "at",
        "command",
        "event",
        "prev",
        "seq",
        "v",
        *(["tree"] if version > 1 else []),
    }
    need(entry.keys() == keys and entry["v"] == version, f"日志第 {seq} 条：字段或版本不对")
    need(entry["seq"] == seq, f"日志第 {seq} 条：这里写的是另一条，有缺失、调换或改动")
    need(
        isinstance(entry["event"], dict) and isinstance(entry["actor"], dict),
        f"日志第 {seq} 条：字段不对",
    )
    return dict(entry)


def chained(manifest: Json, lines: list[bytes]) -> tuple[dict[int, Json], list[Any]]:
    """Format 1: the whole journal, each entry's digest in the next one, the last in the manifest. Raises Wrong."""
    entries = [entry_of(line, seq, 1) for seq, line in enumerate(lines, 1)]
    claims = [*(entry["prev"] for entry in entries), manifest["head"]["digest"]]
    fit = [claim == digest for claim, digest in zip(claims, ["0" * 64, *map(sha, lines)])]  # noqa: B905 -- older Pythons
    for n in range(
        len(fit)
    ):  # altered is the entry before, or this one's `prev`: then it fits the next no more either
        need(
            fit[n],
            f"日志第 {n if n and all(fit[n + 1 : n + 2]) else n + 1} 条：与哈希链不符，被改动",
        )
    return dict(enumerate(entries, 1)), [["0" * 64, []], *([sha(line), []] for line in lines)]


def extracted(
    manifest: Json, lines: list[bytes], told: list[bytes]
) -> tuple[dict[int, Json], list[Any]]:
    """Format 2: the entries that are here, and the leaf of every entry. Raises Wrong at the first fault."""
    leaves = [
        ["0" * 64, []],
        *(parse(leaf, f"指纹表第 {seq} 条", list) for seq, leaf in enumerate(told, 1)),
    ]
    here = [
        seq for first, last in manifest["extract"] for seq in range(first, min(last, len(told)) + 1)
    ]
    need(
        here == sorted({*here}) and here[-1:] == [len(told)] and here[0] > 0,
        "清单 manifest.json：条号不对",
    )
    entries, peaks, good = dict[int, Json](), list[tuple[int, bytes]](), 1
    for seq, line in zip(here, lines):  # noqa: B905 -- older Pythons
        entries[seq] = entry_of(line, seq, 2)
        about = [subjects(entries[seq]["event"])] if leaves[seq][:1] == [sha(line)] else None
        need(leaves[seq][1:] == about, f"日志第 {seq} 条：与指纹表不符，被改动")
    need(
        len(lines) == len(here),
        f"日志第 {[*here, here[-1] + 1][min(len(lines), len(here))]} 条：缺失，或多出内容",
    )
    for seq, leaf in enumerate(leaves[1:], 1):
        if seq in entries:
            binds = (entries[seq]["tree"], entries[seq]["prev"]) == (
                root(peaks),
                leaves[seq - 1][0],
            )
            need(binds, f"日志第 {good} 条到第 {seq} 条之间：与第 {seq} 条里记着的树根不符，被改动")
            good = seq
        grow(peaks, *leaf)
    need(manifest["root"] == root(peaks), "清单 manifest.json：树根与日志不符")
    return entries, leaves


def hold_complete(matter: str | None, entries: dict[int, Json], leaves: list[Any]) -> None:
    """None of the matter may be missing: what names something of its own, or a meeting of it and nothing else."""
    own, shared, before = {str(matter)}, set[str](), (0, 0)

    def is_of_it(names: list[str]) -> bool:
        return not matter or not own.isdisjoint(names) or shared.issuperset(names)

    while before != (before := (len(own), len(shared))):
        for seq, event in ((seq, entry["event"]) for seq, entry in entries.items()):
            own |= {f"#{seq}"} if is_of_it(leaves[seq][1]) else set()
            if own.intersection(leaves[seq][1]):
                own |= {event[name] for name in OWN if event.get(name)} | {*event.get("needs", [])}
                shared |= {event["meeting"]} if event.get("meeting") else set()
    for seq, (_, names) in enumerate(leaves[1:], 1):
        need(seq in entries or not is_of_it(names), f"日志第 {seq} 条：讲的是这件事，却没有放进来")


def hold_journal(folder: Path, manifest: Json) -> tuple[dict[int, Json], list[Any]]:
    """The entries and the leaves, all bound to the head in the manifest."""
    lines, old = lines_of(folder, "journal.jsonl"), manifest["format"] == "kiosk-bundle-1"
    need(old or manifest["format"] == "kiosk-bundle-2", f"不认识的格式 {manifest['format']}")
    entries, leaves = (
        chained(manifest, lines)
        if old
        else extracted(manifest, lines, lines_of(folder, "tree.jsonl"))
    )
    told = {
        key: entries[1]["event"][key] for key in ("name", "village", *([] if old else ["purpose"]))
    }
    told |= {
        "check_code": check_code(leaves[-1][0]),
        "head": {"digest": leaves[-1][0], "seq": len(leaves) - 1},
    }
    raised = {
        e["matter"]: e["title"]
        for e in (entry["event"] for entry in entries.values())
        if "title" in e
    }
    matter = manifest["matter"] if manifest.get("matter") in raised else None
    scope, title = "matter" if matter else "village", raised.get(matter, "")
    told |= {} if old else {"matter": matter, "scope": scope, "title": title}
    need(told.items() <= manifest.items(), "清单 manifest.json：与日志不符")
    hold_complete(matter, entries, leaves)
    return entries, leaves
