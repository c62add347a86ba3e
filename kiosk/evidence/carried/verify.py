"""Verifies a bundle of evidence (核验证据包) offline: python3 verify.py FOLDER [--code CODE]. Format: docs/bundle.md.

It shares no code with the kiosk and needs Python's standard library alone (3.9 or newer). It reads like this:

1. the journal (日志): every entry is what tree and chain say, none of the matter is missing: verify_journal.py
2. the votes (表决): each counted again, judged by the rule row of its day: verify_votes.py
3. the files (文件): each held against its digest, and films against their chains: here, from "the files" on
4. the signatures (签名) under papers: verify_signatures.py

Whoever owns the machine can write all of that anew: only the check code (校验码) on a paper signed by pen shows it, so
type it after --code. Exit status: 0 all holds, 1 a fault was found, 2 no such folder. verify.html does the same in a
browser.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import unicodedata
from base64 import b64decode
from pathlib import Path
from typing import Any

if __package__:  # inside the kiosk, which tests it
    from .verify_journal import (
        Json,
        Wrong,
        canonical,
        check_code,
        hold_journal,
        lines_of,
        need,
        parse,
        read,
        sha,
    )
    from .verify_signatures import ODD, fault_of
    from .verify_votes import Count
else:
    sys.dont_write_bytecode = True  # nothing may come to lie in the bundle
    # python3 -I does not look beside this file by itself.
    sys.path.append(str(Path(__file__).resolve().parent))
    from verify_journal import (  # type: ignore[import-not-found,no-redef]
        Json,
        Wrong,
        canonical,
        check_code,
        hold_journal,
        lines_of,
        need,
        parse,
        read,
        sha,
    )
    from verify_signatures import ODD, fault_of  # type: ignore[import-not-found,no-redef]
    from verify_votes import Count  # type: ignore[import-not-found,no-redef]

UNITS = {
    "recordings": "录像 {} 段",
    "papers": "文书 {} 份",
    "photos": "照片 {} 张",
    "clips": "公开片段 {} 个",
    "left_out": "另有录像 {} 段没有放进来，只核了片段链",
}
# What format 1 does not list, and every bundle has.
KEPT = ("manifest.json", "journal.jsonl", "README.txt", "verify.py")
# What each kind of entry calls its file in format 1; format 2 says it in its manifest.
NAMES = {
    "SegmentSealed": "recordings/{meeting}/{part}",
    "ClipReleased": "clips/{clip}.mp4",
    "PaperIssued": "papers/{subject}-{paper}-{from_seq}.pdf",
}


# --- the files: what the journal says of each, the fragments of films, and what signatures were appended


def facts_of(entries: dict[int, Json]) -> dict[int, tuple[str, Json]]:
    """Of each entry that speaks of a file: its name in format 1, and what holds its size and digest."""
    events = [(seq, entry["event"]) for seq, entry in entries.items()]
    over = {
        e.get("clip", e["meeting"])
        for _, e in events
        if e["kind"] in {"FilmDeleted", "ClipWithdrawn"}
    }
    said = {seq: (NAMES[e["kind"]].format(**e), e) for seq, e in events if e["kind"] in NAMES}
    photos = {seq: e["attachment"] for seq, e in events if isinstance(e.get("attachment"), dict)}
    said.update({seq: (f"photos/{photo['sha256']}.jpg", photo) for seq, photo in photos.items()})
    for seq in (e["from_seq"] for _, e in said.values() if "from_seq" in e):
        need(seq in entries, f"日志第 {seq} 条：文书所据的这一条没有放进来")
    return {
        seq: fact
        for seq, fact in said.items()
        if not over & {fact[1].get("meeting"), fact[1].get("clip")}
    }


def hold_file(folder: Path, name: str, listed: Json, fact: Json, keys: list[bytes]) -> None:
    """Whole as the manifest lists it, and in its first bytes as the journal says: a signature is appended."""
    data, begins = read(folder, name), fact["size_bytes"]
    need(
        (len(data), sha(data)) == (listed["size_bytes"], listed["sha256"]),
        f"{name}：内容与清单不符，被改动",
    )
    need(
        len(data) >= begins and sha(data[:begins]) == fact["sha256"],
        f"{name}：内容与日志不符，被改动",
    )
    if len(data) > begins:
        hold_signed(name, data, begins, keys)


def hold_signed(name: str, data: bytes, begins: int, keys: list[bytes]) -> None:
    """What was appended to a paper is signatures, each over all the bytes before it, by a key of the journal."""
    end = begins
    for found in re.finditer(rb"/ByteRange \[0 (\d+) (\d+) (\d+) *\]", data):
        hole, after = int(found[1]), int(found[2])
        end = after + int(found[3])
        need(re.fullmatch(rb"<([0-9A-F]{2})*>", data[hole:after]), f"{name}：{ODD}")
        message = bytes.fromhex(data[hole + 1 : after - 1].decode())
        by = next((key for key in keys if key in message), b"")
        need(by, f"{name}：不是用村里的密钥签的")
        digest = hashlib.sha256(data[:hole] + data[after:end]).digest()
        fault = fault_of(message, by, digest)
        need(not fault, f"{name}：{fault}")
    need(begins < end == len(data), f"{name}：后面加了没有签名的内容")


def hold_film(folder: Path, meeting: str, events: list[Json]) -> None:
    """A film against its chain of fragments, and the chain against its heads in the journal."""
    where, begin, sealed = (
        f"recordings/{meeting}",
        0,
        [event for event in events if event["kind"] == "SegmentSealed"],
    )
    chain = [json.loads(line) for line in lines_of(folder, f"{where}/chain.jsonl")]
    heads = ["0" * 64, *(line["h"] for line in chain)]
    need(len(chain) == sealed[-1]["fragments"], f"{where}：片段链的长短与日志不符")
    for event in (
        event for event in events if "fragments" in event
    ):  # a mark may stand beyond the last part
        fits = event["fragments"] >= len(heads) or event["chain"] == heads[event["fragments"]]
        need(fits, f"{where}：片段链与日志不符，第 {event['fragments']} 个片段")
    for event in sealed:
        part, links, head = event["part"], chain[begin : event["fragments"]], heads[begin]
        at, begin, path = 0, begin + len(links), folder / where / part
        data = path.read_bytes() if path.exists() else b""
        for number, link in enumerate(links if data else ()):
            place = (link["part"], link["i"], link["off"]) == (part, number, at)
            head, at = sha(bytes.fromhex(head) + data[at : at + link["len"]]), at + link["len"]
            need(
                place and head == link["h"],
                f"{where}/{part}：第 {number} 个片段与片段链不符，被改动",
            )
        need(at == len(data), f"{where}/{part}：片段链之外多出内容")


def hold_files(folder: Path, manifest: Json, entries: dict[int, Json]) -> str:
    """Every file is what manifest and journal say, none is missing, none is there besides. Says how many there are."""
    said, left_out = facts_of(entries), {*manifest.get("left_out", [])}
    same = {name: [seq for seq in said if said[seq][0] == name] for name, _ in said.values()}
    listed = manifest.get("files") or {
        name: {**fact, "entries": same[name]} for name, fact in said.values()
    }
    films = sorted({fact["meeting"] for _, fact in said.values() if "fragments" in fact})
    known = {*listed, *KEPT, *(f"recordings/{film}/chain.jsonl" for film in films)}
    for seq in sorted(
        said.keys() ^ {seq for file in listed.values() for seq in file.get("entries", [])}
    ):
        raise Wrong(f"日志第 {seq} 条：它说的文件清单里没有，或已删除还在")
    absent = {
        name for name in listed if name.startswith("recordings/") and not (folder / name).exists()
    }
    need(absent.issuperset(left_out), "清单 manifest.json：没有放进来的录像写错了")
    keys = [
        b64decode(e["certificate"])
        for e in (entry["event"] for entry in entries.values())
        if "certificate" in e
    ]
    for name in sorted(listed.keys() - left_out):
        for fact in [said[seq][1] for seq in listed[name].get("entries", [])] or [listed[name]]:
            hold_file(folder, name, listed[name], fact, keys)
    for meeting in films:
        hold_film(
            folder,
            meeting,
            [e["event"] for e in entries.values() if e["event"].get("meeting") == meeting],
        )
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted(
        name for name in found - known if not re.search(r"(^|/)[.]|^System Volume", name)
    ):
        raise Wrong(f"{name}：清单里没有这个文件")
    kinds = [
        "left_out" if n in left_out else n.partition("/")[0]
        for n in listed
        if listed[n].get("entries")
    ]
    return (
        "，".join(text.format(kinds.count(kind)) for kind, text in UNITS.items() if kind in kinds)
        or "没有"
    )


def hold_code(typed: str, entries: dict[int, Json], leaves: list[Any]) -> str:
    """Which entry's check code was typed; spaces, dashes and wide digits do not matter."""
    digits = re.sub("[^0-9]", "", unicodedata.normalize("NFKC", typed))
    seq = next(
        (
            n
            for n, leaf in enumerate(leaves)
            if n and check_code(leaf[0]).replace("-", "") == digits
        ),
        0,
    )
    need(seq, "校验码：与日志的任何一条都不符，日志不是签字时的那一本")
    return f"校验码与日志第 {seq} 条相符，" + (
        "请与纸上的条号对照" if seq in entries else "但它不在摘录里，请核全村的"
    )


def verify(folder: Path, code: str | None = None) -> list[str]:
    """What is to be reported where everything holds, a typed check code too. Raises Wrong: the first fault."""
    count = Count()
    try:
        [line] = lines_of(folder, "manifest.json")
        manifest = parse(line, "清单 manifest.json")
        entries, leaves = hold_journal(folder, manifest)
        for seq, entry in entries.items():
            count.take(seq, entry)
        count.where = ""
        printed: Json = (
            {}
            if manifest.get("matter") is None
            else {
                "rules.json": [{"row": row, "seq": seq} for seq, row in sorted(count.used.items())],
                "catalogue.json": count.matters[manifest["matter"]]["catalogue"],
                "register.json": count.register,
            }
        )
        for name, value in printed.items():
            need(read(folder, name) == canonical(value) + b"\n", f"{name}：与日志不符，被改动")
        said = [f"{manifest['name']}：日志共 {len(leaves) - 1} 条，这里有 {len(entries)} 条"]
        said += [] if code is None else [hold_code(code, entries, leaves)]
        return [*said, *count.results, f"已核对文件：{hold_files(folder, manifest, entries)}"]
    except Wrong as wrong:
        raise Wrong(f"{count.where}{wrong}") from wrong
    except Exception as error:
        raise Wrong(f"{count.where or '证据包：'}内容不完整或无法理解，被改动") from error


def main(argv: list[str]) -> int:
    """The command line: report in Chinese, exit status as the module says."""
    parser = argparse.ArgumentParser(description="核验证据包")
    parser.add_argument("folder", type=Path, help="证据包所在的文件夹")
    parser.add_argument("--code", help="文书上印的校验码，如 3817-0462-1180-9923")
    asked = parser.parse_args(argv)
    if not asked.folder.is_dir():
        parser.error(f"没有这个文件夹：{asked.folder}")  # ends with exit status 2
    try:
        lines, fault = [*verify(asked.folder, asked.code), "通过"], 0
    except Wrong as wrong:
        lines, fault = ["不通过", str(wrong)], 1
    for line in (
        lines
    ):  # no escapes for the console to obey, and no error over a character it does not know
        shown = "".join(char if char.isprintable() else "?" for char in line) + "\n"
        sys.stdout.write(shown.encode(sys.stdout.encoding, "replace").decode(sys.stdout.encoding))
    return fault


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
