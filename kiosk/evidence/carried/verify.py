"""Verifies a bundle of evidence (核验证据包) offline: python3 verify.py FOLDER [--code CODE]. Format: docs/bundle.md.

It shares no code with the kiosk and needs Python's standard library alone (3.9 or newer; with pyHanko it checks
signatures too). Every entry must be what tree and chain say, none of the matter may be missing; every vote is counted
again and judged by the rule row of its day; every file is held against its digest. Whoever owns the machine can write
all of that anew: only the check code (校验码) on a paper signed by pen shows it, so type it after --code. Exit status:
0 all holds, 1 a fault was found, 2 no such folder. verify.html does the same in a browser.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import unicodedata
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

Json = dict[str, Any]
# fmt: off
UNITS = {"recordings": "录像 {} 段", "papers": "文书 {} 份", "photos": "照片 {} 张", "clips": "公开片段 {} 个",
         "left_out": "另有录像 {} 段没有放进来，只核了片段链"}
CHOICES = {"for": "赞成", "against": "反对", "abstain": "弃权",
           "satisfied": "满意", "fairly_satisfied": "基本满意", "dissatisfied": "不满意"}
CHANNELS = ["kiosk_screen", "phone", "hands_named", "hands_counted", "paper"]  # 表决屏、手机、举手记名、举手点数、纸票
STAGES = {"proposal": "村党组织提议", "consultation": "村“两委”商议", "review": "党员大会审议", "decision": "会议决议"}
KEPT = ("manifest.json", "journal.jsonl", "README.txt", "verify.py")
ORDINARY = {"proposal": "party_committee", "consultation": "two_committees", "review": "party_meeting"}
ONE = ("matter", "meeting", "vote", "need", "objection", "clip", "correction", "emergency", "subject")
OWN = ("vote", "need", "objection", "clip", "correction")  # belong to one matter; a meeting is shared by several
NAMES = {"SegmentSealed": "recordings/{meeting}/{part}", "ClipReleased": "clips/{clip}.mp4",
         "PaperIssued": "papers/{subject}-{paper}-{from_seq}.pdf"}  # in format 1; format 2 says it in its manifest
DIGEST = re.compile(rb"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04\x31\x22\x04\x20(.{32})", re.DOTALL)  # in a CMS
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
    named = [*(event[name] for name in ONE if name in event), *event.get("matters", []), *event.get("needs", [])]
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
    keys = {"actor", "at", "command", "event", "prev", "seq", "v", *(["tree"] if version > 1 else [])}
    need(entry.keys() == keys and entry["v"] == version, f"日志第 {seq} 条：字段或版本不对")
    need(entry["seq"] == seq, f"日志第 {seq} 条：这里写的是另一条，有缺失、调换或改动")
    need(isinstance(entry["event"], dict) and isinstance(entry["actor"], dict), f"日志第 {seq} 条：字段不对")
    return dict(entry)
def chained(manifest: Json, lines: list[bytes]) -> tuple[dict[int, Json], list[Any]]:
    """Format 1: the whole journal, each entry's digest in the next one, the last in the manifest. Raises Wrong."""
    entries = [entry_of(line, seq, 1) for seq, line in enumerate(lines, 1)]
    claims = [*(entry["prev"] for entry in entries), manifest["head"]["digest"]]
    fit = [claim == digest for claim, digest in zip(claims, ["0" * 64, *map(sha, lines)])]  # noqa: B905 -- older Pythons
    for n in range(len(fit)):  # altered is the entry before, or this one's `prev`: then it fits the next no more either
        need(fit[n], f"日志第 {n if n and all(fit[n + 1 : n + 2]) else n + 1} 条：与哈希链不符，被改动")
    return dict(enumerate(entries, 1)), [["0" * 64, []], *([sha(line), []] for line in lines)]
def extracted(manifest: Json, lines: list[bytes], told: list[bytes]) -> tuple[dict[int, Json], list[Any]]:
    """Format 2: the entries that are here, and the leaf of every entry. Raises Wrong at the first fault."""
    leaves = [["0" * 64, []], *(parse(leaf, f"指纹表第 {seq} 条", list) for seq, leaf in enumerate(told, 1))]
    here = [seq for first, last in manifest["extract"] for seq in range(first, min(last, len(told)) + 1)]
    need(here == sorted({*here}) and here[-1:] == [len(told)] and here[0] > 0, "清单 manifest.json：条号不对")
    entries, peaks, good = dict[int, Json](), list[tuple[int, bytes]](), 1
    for seq, line in zip(here, lines):  # noqa: B905 -- older Pythons
        entries[seq] = entry_of(line, seq, 2)
        about = [subjects(entries[seq]["event"])] if leaves[seq][:1] == [sha(line)] else None
        need(leaves[seq][1:] == about, f"日志第 {seq} 条：与指纹表不符，被改动")
    need(len(lines) == len(here), f"日志第 {[*here, here[-1] + 1][min(len(lines), len(here))]} 条：缺失，或多出内容")
    for seq, leaf in enumerate(leaves[1:], 1):
        if seq in entries:
            binds = (entries[seq]["tree"], entries[seq]["prev"]) == (root(peaks), leaves[seq - 1][0])
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
# --- every vote counted again, and judged by the rule row as it stood when its meeting was called
def reaches(count: int, base: int, share: Json) -> bool:
    """Whether so many reach the share of the base; nobody reaches any share of nobody."""
    mine, least = count * share["denominator"], base * share["numerator"]
    return base > 0 and (mine >= least if share["inclusive"] else mine > least)
class Count:
    """What the entries tell of meetings and votes; a method bears the name of its kind of entry."""

    def __init__(self) -> None:
        self.rows, self.used = dict[str, tuple[int, Json]](), dict[int, Json]()  # with the numbers of their entries
        self.matters, self.meetings, self.votes = dict[str, Json](), dict[str, Json](), dict[str, Json]()
        self.catalogue, self.register, self.results = Json(), Json(), list[str]()
        self.where = ""  # which entry is being counted
        self.plain: dict[str, Callable[[Json, Json], object]] = {
            "RowChanged": lambda e, _: self.rows.update({e["row"]["id"]: (self.seq, e["row"])}),
            "CatalogueAdopted": lambda e, _: self.catalogue.update(catalogue=e["catalogue"], seq=self.seq),
            "MatterRaised": lambda e, _: self.matters.update({e["matter"]: {**e, "catalogue": {**self.catalogue}}}),
            "MatterSentToAssembly": lambda e, _: self.matters[e["matter"]].update(row=e["row"]),
            "CheckedIn": lambda e, _: self.meetings[e["meeting"]]["here"].add(e["person"]),
            "CheckedOut": lambda e, _: self.meetings[e["meeting"]]["here"].remove(e["person"]),
            "ProxyGiven": lambda e, _: self.meetings[e["meeting"]]["proxies"].update({e["principal"]: e["proxy"]}),
            "HandsNoted": lambda e, vote: vote.update(note=e),
            "HandsCounted": lambda e, vote: vote["hands"].update({e["teller"]: e["counts"]}),
            "BallotPaperIssued": lambda e, vote: vote["holders"].add(e["person"]),
            "BallotPapersReturned": lambda e, vote: vote.update(returned=e["returned"]),
            "ReadingTakenBack": lambda _, vote: vote["readings"].pop(),
            "VoteVoided": lambda _, vote: vote.update(open=False),
        }
    def take(self, seq: int, entry: Json) -> None:
        """The next entry. Raises Wrong."""
        event, self.seq, self.by, self.where = entry["event"], seq, entry["actor"].get("person"), f"日志第 {seq} 条："
        kind, vote = event["kind"], self.votes.get(str(event.get("vote")), Json())
        handle = self.plain.get(kind) or getattr(self, f"_{kind}", None)
        if handle and (vote or kind == "VoteOpened" or not event.get("vote")):
            need(not vote or vote["open"] or kind == "VoteVoided", "表决已经结束或作废")
            handle(event, vote)
    def _MeetingConvened(self, event: Json, _: Json) -> None:
        row, roll = self.rows[event["body"]][1], sorted(seat["person"] for seat in event["seats"] if seat["votes"])
        known = [item["matter"] for item in event["agenda"] if item["matter"] in self.matters]
        rows = {name: self.rows[ORDINARY.get(str(row["stage"])) or self.matters[name]["row"]] for name in known}
        self.meetings[event["meeting"]] = {"row": row, "rows": rows, "roll": roll, "here": set(), "proxies": {}}
        seats = [{key: seat[key] for key in ("capacity", "person", "votes")} for seat in event["seats"]]
        self.register[event["meeting"]] = {"roll": roll, "seats": seats, "seq": self.seq}
    def present(self, meeting: Json, row: Json) -> list[str]:
        """到会: those entitled who are in the room, or whose proxy is. Raises Wrong where they are no quorum."""
        inside = meeting["here"] | {who for who, by in meeting["proxies"].items() if by in meeting["here"]}
        here, all_ = sorted(inside.intersection(meeting["roll"])), len(meeting["roll"])
        need(reaches(len(here), all_, row["quorum"]), f"应到 {all_} 人，到会 {len(here)} 人，不足法定人数")
        return here
    def _VoteOpened(self, event: Json, _: Json) -> None:
        if known := [name for name in event["matters"] if name in self.matters]:
            meeting, stand = self.meetings[event["meeting"]], (event["contest"] or {"candidates": []})["candidates"]
            seq, row = meeting["rows"][known[0]]
            need(event["electorate"] == self.present(meeting, row), "表决人名单与到会且有表决权的人不符")
            self.used[seq], title = row, self.matters[known[0]]["title"]
            options = [*(str(number) for number in range(1, len(stand) + 1)), "abstain"] if stand else row["options"]
            self.votes[event["vote"]] = {**event, "row": row, "title": title, "options": options, "open": True,
                "note": None, "ballots": {}, "hands": {}, "box": [], "holders": set(), "readings": []}
    def put(self, vote: Json, person: str, answer: list[str], channel: str) -> None:
        """The ballot of somebody who may vote now. Raises Wrong."""
        need(person in vote["electorate"] and person not in vote["recused"], "投票的人不是表决人，或已回避")
        need(person not in vote["ballots"] and person not in vote["holders"] and not vote["hands"], "一个人投了两张票")
        vote["ballots"][person] = (self.hold(vote, answer), channel)
    def hold(self, vote: Json, answer: list[str]) -> list[str]:
        """The answer, which a ballot must be able to say. Raises Wrong."""
        most = vote["contest"]["places"] if vote["contest"] and "abstain" not in answer else 1
        known = [option for option in vote["options"] if option in answer]
        need(answer and answer == known and len(answer) <= most, "不认识的表决意见")
        return answer
    def _BallotCast(self, event: Json, vote: Json) -> None:
        need(vote["method"] != "secret" and self.by == event["person"], "无记名表决却记下了谁投什么，或不是本人投的票")
        changes = "was" in event and vote["revisable"] and vote["ballots"].pop(event["person"])[0] == event["was"]
        need("was" not in event or changes, "改票与记录不符")
        self.put(vote, event["person"], event["answer"], event["channel"])
    _BallotChanged = _BallotCast
    def _HandsConfirmed(self, event: Json, vote: Json) -> None:
        need(vote["note"]["clerk"] != event["witness"], "记举手和见证的是同一个人")
        for hand in vote["note"]["hands"]:
            self.put(vote, hand["person"], [hand["choice"]], "hands_named")
        vote["note"] = None
    def _BallotPaperRead(self, event: Json, vote: Json) -> None:
        vote["readings"].append(self.hold(vote, event["answer"]) if event["answer"] is not None else None)
        need(event["number"] == len(vote["readings"]) <= vote["returned"], "唱票的次序不对，或比收回的还多")
    def _BoxOpened(self, event: Json, vote: Json) -> None:
        able, contest = {*vote["electorate"]} - {*vote["recused"]} - vote["holders"], vote["contest"]
        need(vote["method"] == "secret" and able >= {*event["voters"]}, "票箱里有不能投票的人")
        need(sum(part["cast"] for part in event["subtotals"]) == len({*event["voters"]}), "票箱里的票数与投票人数不符")
        for part in event["subtotals"]:
            counts = {count["choice"]: count["count"] for count in part["counts"]}
            naming = part["cast"] - counts.pop("abstain") if contest else part["cast"]
            most = naming * (contest["places"] if contest else 1)
            fits = max(counts.values()) <= naming <= sum(counts.values()) <= most and min(counts.values()) >= 0
            need(fits, "票箱里的票数与张数对不上")
        vote["box"] = event["subtotals"]
    def parts(self, vote: Json) -> list[Json]:
        """Count again what came by each channel. Raises Wrong where something is only half counted."""
        agreed, parts, given = [*vote["hands"].values()], [*vote["box"]], dict[str, list[Any]]()
        need(not vote["note"] and agreed == agreed[:1] * (2 if agreed else 0), "两个人点的举手不一致，或没有点清")
        need(not vote["holders"] or vote.get("returned") == len(vote["readings"]), "纸票没有唱完")
        for answer, channel in [*vote["ballots"].values(), *((answer, "paper") for answer in vote["readings"])]:
            given.setdefault(channel, []).append(answer)
        for channel, answers in given.items():
            valid = [answer for answer in answers if answer is not None]
            counts = [{"choice": o, "count": sum(o in answer for answer in valid)} for o in vote["options"]]
            parts.append({"channel": channel, "counts": counts, "cast": len(valid)})
        for counts in agreed[:1]:
            parts.append({"channel": "hands_counted", "counts": counts, "cast": sum(c["count"] for c in counts)})
        return sorted(parts, key=lambda part: CHANNELS.index(part["channel"]))
    def _VoteClosed(self, event: Json, vote: Json) -> None:
        row, contest, parts, meeting = vote["row"], vote["contest"], self.parts(vote), self.meetings[vote["meeting"]]
        level = {o: sum(c["count"] for p in parts for c in p["counts"] if c["choice"] == o) for o in vote["options"]}
        cast, recused, invalid = sum(part["cast"] for part in parts), len(vote["recused"]), vote["readings"].count(None)
        here, counts = len(vote["electorate"]), [{"choice": option, "count": n} for option, n in level.items()]
        said = " ".join(f"{CHOICES.get(o, f'{o}号')} {n}" for o, n in level.items()) + f" 未表决 {here - cast}"
        tally = {"counts": counts, "cast": cast, "unused": here - cast, "recused": recused, "invalid": invalid}
        need(event["tally"] == tally, f"计票与选票不符，重算为{said}")
        need(event["subtotals"] == parts, "分渠道票数与选票不符")
        whom, people = ("应到", len(meeting["roll"])) if row["majority_base"] == "entitled" else ("到会", here)
        base = people - (recused if row["recused_leave"] else 0)
        need(event["base"] == base, f"计算基数应为{whom} {base} 人")
        able = [option for option in level if option != "abstain" and reaches(level[option], base, row["majority"])]
        chosen = [o for o in able if contest and sum(level[p] >= level[o] for p in able) <= contest["places"]]
        carried = bool(chosen) if contest else row["decisive"] in able
        outcome = ("" if carried else "未") + ("通过" if row["decisive"] == "for" else "达到不称职")
        outcome = outcome if not contest else "当选：" + ("、".join(f"{o}号" for o in chosen) or "无人")
        need(event["carried"] is carried and event["chosen"] == chosen, f"结果应为{outcome}：{said}，{whom} {base}")
        about = f"{STAGES[vote['stage']]}《{vote['title']}》：应到 {len(meeting['roll'])} 到会 {here}"
        self.results.append(f"第 {self.seq} 条 {about} {said}，{outcome}")
        vote["open"] = False
# --- the files: what the journal says of each, the fragments of films, and what signatures were appended
def facts_of(entries: dict[int, Json]) -> dict[int, tuple[str, Json]]:
    """Of each entry that speaks of a file: its name in format 1, and what holds its size and digest."""
    events = [(seq, entry["event"]) for seq, entry in entries.items()]
    over = {e.get("clip", e["meeting"]) for _, e in events if e["kind"] in {"FilmDeleted", "ClipWithdrawn"}}
    said = {seq: (NAMES[e["kind"]].format(**e), e) for seq, e in events if e["kind"] in NAMES}
    photos = {seq: e["attachment"] for seq, e in events if isinstance(e.get("attachment"), dict)}
    said.update({seq: (f"photos/{photo['sha256']}.jpg", photo) for seq, photo in photos.items()})
    for seq in (e["from_seq"] for _, e in said.values() if "from_seq" in e):
        need(seq in entries, f"日志第 {seq} 条：文书所据的这一条没有放进来")
    return {seq: fact for seq, fact in said.items() if not over & {fact[1].get("meeting"), fact[1].get("clip")}}
def hold_file(folder: Path, name: str, listed: Json, fact: Json, keys: list[bytes]) -> None:
    """Whole as the manifest lists it, and in its first bytes as the journal says: a signature is appended."""
    data, begins = read(folder, name), fact["size_bytes"]
    need((len(data), sha(data)) == (listed["size_bytes"], listed["sha256"]), f"{name}：内容与清单不符，被改动")
    need(len(data) >= begins and sha(data[:begins]) == fact["sha256"], f"{name}：内容与日志不符，被改动")
    if len(data) > begins:
        hold_signed(name, data, begins, keys)
def hold_signed(name: str, data: bytes, begins: int, keys: list[bytes], end: int = 0) -> None:
    """What was appended to a paper is signatures, each over all the bytes before it, by a key of the journal."""
    for found in re.finditer(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", data):
        one, two, end = int(found[1]), int(found[2]), int(found[2]) + int(found[3])
        message = bytes.fromhex(re.sub(rb"[^0-9A-Fa-f]", b"", data[one:two]).decode())
        need(any(key in message for key in keys), f"{name}：不是用村里的密钥签的")
        signed, digest = DIGEST.search(message), hashlib.sha256(data[:one] + data[two:end]).digest()
        need(signed and signed[1] == digest, f"{name}：签名与内容不符")
    need(begins < end == len(data), f"{name}：后面加了没有签名的内容")
    with suppress(ImportError):
        from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 -- only where it is installed
        from pyhanko.sign.validation import ValidationContext, validate_pdf_signature  # type: ignore[attr-defined] # noqa: PLC0415
        for signature in PdfFileReader(BytesIO(data)).embedded_signatures:
            own = ValidationContext(trust_roots=[key := signature.signer_cert], allow_fetching=False)
            need(validate_pdf_signature(signature, own).bottom_line and key.dump() in keys, f"{name}：签名无效")
def hold_film(folder: Path, meeting: str, events: list[Json]) -> None:
    """A film against its chain of fragments, and the chain against its heads in the journal."""
    where, begin, sealed = f"recordings/{meeting}", 0, [event for event in events if event["kind"] == "SegmentSealed"]
    chain = [json.loads(line) for line in lines_of(folder, f"{where}/chain.jsonl")]
    heads = ["0" * 64, *(line["h"] for line in chain)]
    need(len(chain) == sealed[-1]["fragments"], f"{where}：片段链的长短与日志不符")
    for event in (event for event in events if "fragments" in event):  # a mark may stand beyond the last part
        fits = event["fragments"] >= len(heads) or event["chain"] == heads[event["fragments"]]
        need(fits, f"{where}：片段链与日志不符，第 {event['fragments']} 个片段")
    for event in sealed:
        part, links, head = event["part"], chain[begin : event["fragments"]], heads[begin]
        at, begin, path = 0, begin + len(links), folder / where / part
        data = path.read_bytes() if path.exists() else b""
        for number, link in enumerate(links if data else ()):
            place = (link["part"], link["i"], link["off"]) == (part, number, at)
            head, at = sha(bytes.fromhex(head) + data[at : at + link["len"]]), at + link["len"]
            need(place and head == link["h"], f"{where}/{part}：第 {number} 个片段与片段链不符，被改动")
        need(at == len(data), f"{where}/{part}：片段链之外多出内容")
def hold_files(folder: Path, manifest: Json, entries: dict[int, Json]) -> str:
    """Every file is what manifest and journal say, none is missing, none is there besides. Says how many there are."""
    said, left_out = facts_of(entries), {*manifest.get("left_out", [])}
    same = {name: [seq for seq in said if said[seq][0] == name] for name, _ in said.values()}
    listed = manifest.get("files") or {name: {**fact, "entries": same[name]} for name, fact in said.values()}
    films = sorted({fact["meeting"] for _, fact in said.values() if "fragments" in fact})
    known = {*listed, *KEPT, *(f"recordings/{film}/chain.jsonl" for film in films)}
    for seq in sorted(said.keys() ^ {seq for file in listed.values() for seq in file.get("entries", [])}):
        raise Wrong(f"日志第 {seq} 条：它说的文件清单里没有，或已删除还在")
    absent = {name for name in listed if name.startswith("recordings/") and not (folder / name).exists()}
    need(absent.issuperset(left_out), "清单 manifest.json：没有放进来的录像写错了")
    keys = [b64decode(e["certificate"]) for e in (entry["event"] for entry in entries.values()) if "certificate" in e]
    for name in sorted(listed.keys() - left_out):
        for fact in [said[seq][1] for seq in listed[name].get("entries", [])] or [listed[name]]:
            hold_file(folder, name, listed[name], fact, keys)
    for meeting in films:
        hold_film(folder, meeting, [e["event"] for e in entries.values() if e["event"].get("meeting") == meeting])
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted(name for name in found - known if not re.search(r"(^|/)[.]|^System Volume", name)):
        raise Wrong(f"{name}：清单里没有这个文件")
    kinds = ["left_out" if n in left_out else n.partition("/")[0] for n in listed if listed[n].get("entries")]
    return "，".join(text.format(kinds.count(kind)) for kind, text in UNITS.items() if kind in kinds) or "没有"
def hold_journal(folder: Path, manifest: Json) -> tuple[dict[int, Json], list[Any]]:
    """The entries and the leaves, all bound to the head in the manifest."""
    lines, old = lines_of(folder, "journal.jsonl"), manifest["format"] == "kiosk-bundle-1"
    need(old or manifest["format"] == "kiosk-bundle-2", f"不认识的格式 {manifest['format']}")
    entries, leaves = chained(manifest, lines) if old else extracted(manifest, lines, lines_of(folder, "tree.jsonl"))
    told = {key: entries[1]["event"][key] for key in ("name", "village", *([] if old else ["purpose"]))}
    told |= {"check_code": check_code(leaves[-1][0]), "head": {"digest": leaves[-1][0], "seq": len(leaves) - 1}}
    raised = {e["matter"]: e["title"] for e in (entry["event"] for entry in entries.values()) if "title" in e}
    matter = manifest["matter"] if manifest.get("matter") in raised else None
    scope, title = "matter" if matter else "village", raised.get(matter, "")
    told |= {} if old else {"matter": matter, "scope": scope, "title": title}
    need(told.items() <= manifest.items(), "清单 manifest.json：与日志不符")
    hold_complete(matter, entries, leaves)
    return entries, leaves
def hold_code(typed: str, entries: dict[int, Json], leaves: list[Any]) -> str:
    """Which entry's check code was typed; spaces, dashes and wide digits do not matter."""
    digits = re.sub("[^0-9]", "", unicodedata.normalize("NFKC", typed))
    seq = next((n for n, leaf in enumerate(leaves) if n and check_code(leaf[0]).replace("-", "") == digits), 0)
    need(seq, "校验码：与日志的任何一条都不符，日志不是签字时的那一本")
    return f"校验码与日志第 {seq} 条相符，" + ("请与纸上的条号对照" if seq in entries else "但它不在摘录里，请核全村的")
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
        printed: Json = {} if manifest.get("matter") is None else {
            "rules.json": [{"row": row, "seq": seq} for seq, row in sorted(count.used.items())],
            "catalogue.json": count.matters[manifest["matter"]]["catalogue"], "register.json": count.register}
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
    for line in lines:  # no escapes for the console to obey, and no error over a character it does not know
        shown = "".join(char if char.isprintable() else "?" for char in line) + "\n"
        sys.stdout.write(shown.encode(sys.stdout.encoding, "replace").decode(sys.stdout.encoding))
    return fault
if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
