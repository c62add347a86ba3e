"""Verifies a village's bundle of evidence (核验证据包) offline: python3 verify.py FOLDER [--code CODE].

It shares no code with the kiosk and needs Python's standard library alone. It walks the hash chain of the journal,
holds every entry against the rules as stated here, counts every vote again, and compares films and papers with
their digests. Whoever owns the disk can write all of that anew: only the check code (校验码) on a paper signed by
pen shows it, so type it after --code. Exit status: 0 all holds, 1 a fault was found, 2 no such folder.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

Json = dict[str, Any]
CHINA = timezone(timedelta(hours=8))
NAMES = {"papers": "文书", "recordings": "录像", "journal.jsonl": "日志", "manifest.json": "清单"}
DAYS_PUBLIC = 15  # 村民委员会组织法第三十五条：不少于十五日，首尾两日都计


class Rule(NamedTuple):
    """How one body (议事主体) meets and decides; a share is (numerator, denominator)."""

    name: str
    stage: str
    quorum: tuple[int, int]  # 到会 ≥ 应到 × 这一比例
    majority: tuple[int, int]  # 赞成 > 基数 × 这一比例
    base: str  # 基数：到会 or 应到
    notice_days: int
    voters: set[str]  # 有表决权的身份，其余列席


_PARTY, _VILLAGE, _DELEGATE = "party_committee_member", "village_committee_member", "representative"
RULES = {
    "party_committee": Rule("村党支部委员会", "proposal", (1, 2), (1, 2), "应到", 1, {_PARTY}),
    "two_committees": Rule("村“两委”联席会议", "consultation", (2, 3), (1, 2), "应到", 1, {_PARTY, _VILLAGE}),
    "party_meeting": Rule("党员大会", "review", (2, 3), (1, 2), "应到", 3, {"party_member"}),
    "representatives": Rule("村民代表会议", "decision", (2, 3), (1, 2), "到会", 3, {_VILLAGE, _DELEGATE}),
}  # fmt: skip
STAGES = [rule.stage for rule in RULES.values()]  # 四议: a matter passes them in this order


class Wrong(Exception):
    """Something does not hold; the message says what, in Chinese."""


def need(holds: object, otherwise: str) -> None:
    """Raise Wrong unless it holds."""
    if not holds:
        raise Wrong(otherwise)


def day_of(instant: str) -> date:
    """The day in China (UTC+8) of an instant such as 2026-11-22T01:02:03.004Z. Raises ValueError."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}\.[0-9]{3}Z", instant):
        raise ValueError(instant)
    return datetime.fromisoformat(f"{instant[:-1]}+00:00").astimezone(CHINA).date()


def check_code(digest: str) -> str:
    """校验码: the digest's first 16 hexadecimal digits as a number, its last 16 decimals in fours."""
    digits = f"{int(digest[:16], 16) % 10**16:016d}"
    return "-".join(digits[i : i + 4] for i in range(0, 16, 4))


def canonical(value: object) -> bytes:
    """The one way of writing JSON: keys sorted, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def parse(data: bytes) -> Json:
    """The object that the bytes spell canonically, without fractions. Raises Wrong."""
    try:
        value = json.loads(data.decode(), parse_float=int, parse_constant=int)
        need(isinstance(value, dict) and canonical(value) == data, "不是规范写法，被改动")
    except (ValueError, RecursionError) as error:
        raise Wrong("读不懂，被改动") from error
    return dict(value)


def parse_entry(line: bytes, number: int) -> Json:
    """The entry of a line that should be the number-th. Raises Wrong."""
    entry = parse(line)
    need(entry.keys() == {"actor", "at", "command", "event", "prev", "seq", "v"}, "字段不对")
    need(entry["v"] == 1, "不认识的版本")
    need(entry["seq"] == number, f"这里写的是第 {entry['seq']} 条，有缺失、调换或改动")
    need(isinstance(entry["event"], dict) and isinstance(entry["actor"], dict), "字段不对")
    kind = str(entry["event"].get("kind"))
    need(kind in Record.STEPS, f"不认识的条目 {kind}")
    return entry


def walk(data: bytes, claimed: str) -> tuple[list[Json], list[str]]:
    """The entries and their digests; the manifest claims the last. Raises Wrong at the first fault."""
    *lines, rest = data.split(b"\n")
    lines += [rest] if rest else []
    stopped = f"日志第 {max(1, len(lines))} 条：不完整" if rest or not lines else ""
    entries: list[Json] = []
    for number, line in enumerate(lines, 1):
        try:
            entries.append(parse_entry(line, number))
        except Wrong as wrong:
            stopped = f"日志第 {number} 条：{wrong}"
            break
    digests = ["0" * 64, *(hashlib.sha256(line).hexdigest() for line in lines[: len(entries)])]
    claims = [*(entry["prev"] for entry in entries), "" if stopped else claimed]
    fit = [digest == claim for digest, claim in zip(digests, claims)]  # noqa: B905 -- older Pythons
    for number in range(len(entries)):
        # Altered is the entry before, or this one's `prev`: then this one fits the next no more either.
        altered = number if number and fit[number + 1] else number + 1
        need(fit[number], f"日志第 {altered} 条：与哈希链不符，被改动")
    need(not stopped, stopped)
    return entries, digests


def hold_manifest(data: bytes, entries: list[Json], digests: list[str]) -> None:
    """The journal must end where the manifest says. Raises Wrong."""
    seq, digest, code = claim(data)
    last, founded = len(entries), entries[0]["event"]
    if code == check_code(digest or "0") != check_code(digests[last]):
        need(seq <= last, f"日志第 {last + 1} 条：缺失，清单记到第 {seq} 条")
        need(digest not in digests, f"日志第 {seq + 1} 条：在清单的链头之后")
        need(seq != last, f"日志第 {last} 条：与清单的链头不符，被改动")
    head = {"seq": last, "digest": digests[last]}
    told = {"village": founded.get("village"), "name": founded.get("name"), "head": head}
    told |= {"format": "kiosk-bundle-1", "check_code": check_code(digests[last])}
    need(data == canonical(told) + b"\n", "清单 manifest.json：与日志不符")


def claim(data: bytes) -> tuple[int, str, str]:
    """Sequence number, digest and check code of the head in the manifest; zeros where unreadable."""
    try:
        manifest = parse(data.rstrip(b"\n"))
        seq, digest = int(manifest["head"]["seq"]), str(manifest["head"]["digest"])
        known = digest if re.fullmatch("[0-9a-f]{64}", digest) else ""
        return seq, known, str(manifest["check_code"])
    except (Wrong, LookupError, TypeError, ValueError):
        return 0, "", ""


class Record:
    """What the entries tell, each held against the rules before it is believed.

    A meeting is its MeetingConvened, a vote its VoteOpened, with what happened in them since.
    """

    def __init__(self) -> None:
        self.village: Json = {}
        self.matters: dict[str, Json] = {}
        self.passed: Counter[str] = Counter()  # stages each matter has passed
        self.meetings: dict[str, Json] = {}
        self.commands: set[str] = set()
        self.owed: list[Json] = []  # votes whose publication must follow at once
        self.published: dict[int, str] = {}  # matter published by that entry
        self.numbers: Counter[int] = Counter()  # resolutions of a year
        self.results: list[str] = []

    def tell(self, entries: list[Json]) -> None:
        """Believe the whole journal. Raises Wrong, naming the entry."""
        for entry in entries:
            self.take(entry)
        need(not self.owed, f"日志第 {len(entries)} 条：散会之后没有公开决议")

    def take(self, entry: Json) -> None:
        """Believe the next entry. Raises Wrong, naming it."""
        try:
            event, self.entry, self.day = entry["event"], entry, day_of(entry["at"])
            kind, command = event["kind"], entry["command"]
            need(bool(self.village) == (kind != "VillageFounded"), "日志应以建村开头，且只建一次")
            need(
                bool(self.owed) == (kind == "PublicationOpened"),
                "散会时所作的决议应当即公开，且只公开这些",
            )
            need(self.owed or command not in self.commands, "同一操作记了两次")
            self.commands.add(command)
            self.STEPS[kind](self, event)
        except Wrong as wrong:
            raise Wrong(f"日志第 {entry['seq']} 条：{wrong}") from wrong
        except (LookupError, TypeError, ValueError, OverflowError, AttributeError) as error:
            raise Wrong(f"日志第 {entry['seq']} 条：内容不完整或无法理解") from error

    def _sitting(self, event: Json, *states: str) -> Json:
        meeting = self.meetings.get(event["meeting"], {"state": ""})
        need(meeting["state"] in states, "会议还没有召集、没有开始或已经散会")
        return meeting

    def _open_vote(self, event: Json) -> tuple[Json, Json]:
        meeting = self._sitting(event, "open")
        vote = meeting["votes"].get(event["vote"], {"closed": True})
        need(not vote["closed"], "这次表决没有开始或已经结束")
        return meeting, vote

    def _due(self, matter: str) -> str:
        need(matter in self.matters, "没有这个事项")
        return [*STAGES, ""][self.passed[matter]]

    def _present(self, meeting: Json) -> list[str]:
        present, entitled = meeting["here"].intersection(meeting["roll"]), len(meeting["roll"])
        part, whole = meeting["rule"].quorum
        enough = present and len(present) * whole >= entitled * part
        need(enough, f"应到 {entitled} 人，到会 {len(present)} 人，不足法定人数")
        return sorted(present)

    def _founded(self, event: Json) -> None:
        self.village = event

    def _raised(self, event: Json) -> None:
        need(event["matter"] not in self.matters, "事项重复")
        need(event["number"] == len(self.matters) + 1, "事项序号不连续")
        self.matters[event["matter"]] = event

    def _convened(self, event: Json) -> None:
        rule, seats, agenda = RULES[event["body"]], event["seats"], event["agenda"]
        earlier = [m for m in self.meetings.values() if m["rule"] is rule]
        need(event["meeting"] not in self.meetings, "会议重复")
        need(event["ordinal"] == len(earlier) + 1, "会议次数不连续")
        need(agenda and all(self._due(m) == rule.stage for m in agenda), "没有议题，或阶段次序不对")
        notice = (day_of(event["starts_at"]) - self.day).days
        need(notice >= rule.notice_days, f"只提前 {notice} 天通知，应为 {rule.notice_days} 天")
        people = {seat["person"] for seat in seats}
        need(len(people) == len(seats), "同一人列了两次")
        lawful = all(seat["votes"] is (seat["capacity"] in rule.voters) for seat in seats)
        roll = sorted(seat["person"] for seat in seats if seat["votes"])
        need(lawful and roll, "表决权与身份不符，或没有人有表决权")
        since: Json = {
            "here": set(),
            "recusals": set(),
            "votes": {},
            "parts": set(),
            "filmed": False,
        }
        self.meetings[event["meeting"]] = {
            **event, **since, "rule": rule, "people": people, "roll": roll, "state": "called",
        }  # fmt: skip

    def _checked_in(self, event: Json) -> None:
        meeting, person = self._sitting(event, "called", "open"), event["person"]
        need(self.day >= day_of(meeting["starts_at"]), "签到早于开会那天")
        need(person in meeting["people"] - meeting["here"], "签到的人不在名单上，或已经签到")
        meeting["here"].add(person)

    def _checked_out(self, event: Json) -> None:
        meeting = self._sitting(event, "called", "open")
        need(event["person"] in meeting["here"], "离场的人没有签到")
        meeting["here"].remove(event["person"])

    def _opened(self, event: Json) -> None:
        meeting = self._sitting(event, "called")
        need(all(m["state"] != "open" for m in self.meetings.values()), "另一个会议还没有散会")
        need(event["roll"] == meeting["roll"], "应到名单与有表决权的人不符")
        need(event["present"] == len(self._present(meeting)), "到会人数与签到不符")
        meeting["state"] = "open"

    def _recused(self, event: Json) -> None:
        meeting, matter = self._sitting(event, "called", "open"), event["matter"]
        need(matter in meeting["agenda"], "不是这次会议的议题")
        need(event["person"] in meeting["roll"], "回避的人没有表决权")
        need(all(v["matter"] != matter for v in meeting["votes"].values()), "表决开始以后才回避")
        meeting["recusals"].add((matter, event["person"]))

    def _vote_opened(self, event: Json) -> None:
        meeting, matter, vote = self._sitting(event, "open"), event["matter"], event["vote"]
        need(matter in meeting["agenda"], "不是这次会议的议题")
        need(event["stage"] == meeting["rule"].stage == self._due(matter), "阶段次序不对")
        done = all(v["closed"] and v["matter"] != matter for v in meeting["votes"].values())
        need(done, "上一次表决没有结束，或同一事项表决两次")
        need(all(vote not in m["votes"] for m in self.meetings.values()), "表决重复")
        present = self._present(meeting)
        need(event["electorate"] == present, "表决人名单与到会且有表决权的人不符")
        recused = [person for person in present if (matter, person) in meeting["recusals"]]
        need(event["recused"] == recused, "回避名单与声明不符")
        meeting["votes"][vote] = {**event, "ballots": {}, "closed": False}

    def _ballot(self, event: Json) -> None:
        (meeting, vote), person = self._open_vote(event), event["person"]
        need(self.entry["actor"]["person"] == person, "不是本人投的票")
        need(
            person in meeting["here"].intersection(vote["electorate"]),
            "投票的人不是表决人，或已离场",
        )
        need(person not in vote["recused"], "回避的人投了票")
        need(person not in vote["ballots"], "一个人投了两张票")
        need(event["choice"] in {"for", "against", "abstain"}, "不认识的表决意见")
        vote["ballots"][person] = event["choice"]

    def _vote_closed(self, event: Json) -> None:
        meeting, vote = self._open_vote(event)
        rule, cast, present = meeting["rule"], [*vote["ballots"].values()], len(vote["electorate"])
        yes, no, abstained = (cast.count(choice) for choice in ("for", "against", "abstain"))
        unused, recused, entitled = present - len(cast), len(vote["recused"]), len(meeting["roll"])
        counts = f"赞成 {yes} 反对 {no} 弃权 {abstained} 未表决 {unused}（其中回避 {recused}）"
        tally = {"votes_for": yes, "votes_against": no, "abstentions": abstained, "unused": unused}
        need(event["tally"] == {**tally, "recused": recused}, f"计票与选票不符，重算为{counts}")
        base, (part, whole) = present if rule.base == "到会" else entitled, rule.majority
        need(event["base"] == base, f"计算基数应为{rule.base} {base} 人")
        carried = yes * whole > base * part
        sign, outcome = (">", "通过") if carried else ("≤", "未通过")
        need(event["carried"] is carried, f"结果应为{outcome}：{counts}，{rule.base} {base}")
        vote["closed"] = True
        self.passed[vote["matter"]] += carried
        self.results.append(
            f"第 {self.entry['seq']} 条 {rule.name}《{self.matters[vote['matter']]['title']}》：应到 {entitled} "
            f"到会 {present} {counts}，{yes}×{whole} {sign} {rule.base} {base}×{part}，{outcome}"
        )

    def _adjourned(self, event: Json) -> None:
        meeting = self._sitting(event, "open")
        need(all(vote["closed"] for vote in meeting["votes"].values()), "表决没有结束就散会")
        meeting["state"] = "over"
        self.owed = [v for v in meeting["votes"].values() if v["stage"] == STAGES[-1]]

    def _published(self, event: Json) -> None:
        vote = self.owed.pop(0)
        need(
            all(event[k] == vote[k] for k in ("matter", "meeting", "vote")), "公开的不是刚作的决议"
        )
        self.numbers[self.day.year] += 1
        numbered = (event["year"], event["number"]) == (self.day.year, self.numbers[self.day.year])
        need(numbered, "决议编号不连续")
        need(event["first_day"] == self.day.isoformat(), f"公布首日应为散会当天 {self.day}")
        last = date.fromisoformat(event["last_day"])
        need(last.isoformat() == event["last_day"], "日期写法不对")
        days = (last - self.day).days + 1
        need(days >= DAYS_PUBLIC, f"公布 {days} 天，不足 {DAYS_PUBLIC} 天")
        self.published[self.entry["seq"]] = event["matter"]

    def _filmed(self, event: Json) -> None:
        meeting = self._sitting(event, "open", "over")
        need(meeting["filmed"] or event["kind"] == "RecordingStarted", "录像没有开始")
        need(event.get("vote") in {None, *meeting["votes"]}, "录像标记的表决不存在")
        sealed = event["kind"] == "SegmentSealed"
        need(not sealed or event["part"] not in meeting["parts"], "同一段录像封存两次")
        meeting["parts"] |= {event["part"]} if sealed else set()
        meeting["filmed"] = True

    def _issued(self, event: Json) -> None:
        seq = event["from_seq"]
        need(self.published.get(seq) == event["matter"], f"文书所据的第 {seq} 条不是这个事项的公开")

    STEPS: ClassVar[dict[str, Callable[[Record, Json], None]]] = {
        "VillageFounded": _founded, "MatterRaised": _raised, "MeetingConvened": _convened,
        "CheckedIn": _checked_in, "CheckedOut": _checked_out, "MeetingOpened": _opened,
        "RecusalDeclared": _recused, "VoteOpened": _vote_opened, "BallotCast": _ballot,
        "VoteClosed": _vote_closed, "MeetingAdjourned": _adjourned, "PublicationOpened": _published,
        "RecordingStarted": _filmed, "SegmentSealed": _filmed, "RecordingInterrupted": _filmed,
        "VideoMarked": _filmed, "RecordingStopped": _filmed, "PaperIssued": _issued,
    }  # fmt: skip


@dataclass
class Verdict:
    """What was found: `faults` in the order of the journal, votes counted again, things checked."""

    faults: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    entries: int = 0
    votes: int = 0
    segments: int = 0
    papers: int = 0

    def report(self) -> list[str]:
        """The lines to be shown."""
        counts = f"日志 {self.entries} 条，表决 {self.votes} 次，录像 {self.segments} 段"
        outcome = ["不通过", *self.faults] if self.faults else ["通过"]
        return [*self.results, f"已核验：{counts}，文书 {self.papers} 份", *outcome]

    def hold(self, check: Callable[..., str | None], *about: object) -> str | None:
        """Run a check; what it raises is a fault."""
        try:
            return check(*about)
        except Wrong as wrong:
            self.faults.append(str(wrong))
            return None


def hold_code(code: str, digests: list[str]) -> str:
    """Which entry's check code was typed; spaces, dashes and wide digits do not matter. Raises Wrong."""
    typed = re.sub("[^0-9]", "", unicodedata.normalize("NFKC", code))
    need(len(typed) == len("3817046211809923"), "校验码：应为 16 位数字")
    codes = [check_code(digest).replace("-", "") for digest in digests[1:]]
    need(typed in codes, "校验码：与日志的任何一条都不符，日志不是签字时的那一本")
    return f"校验码与日志第 {codes.index(typed) + 1} 条相符，请与文书上印的条号对照"


def hold_file(folder: Path, where: str, event: Json) -> None:
    """The file must have the size and digest of the journal. Raises Wrong, naming it."""
    kind, _, name = where.partition("/")
    label = f"{NAMES[kind]} {name}"
    need(all(re.fullmatch(r"\w[\w.-]*", part) for part in where.split("/")), f"{label}：名称不合规")
    try:
        path = folder / where
        need(path.is_file(), f"{label}：缺少这个文件")
        need(path.stat().st_size == event.get("size_bytes"), f"{label}：内容与日志不符，大小不同")
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise Wrong(f"{label}：读不出来") from error
    need(digest.hexdigest() == event.get("sha256"), f"{label}：内容与日志不符，被改动")


def where_of(event: Json) -> str | None:
    """Where in the bundle the file of a sealed part or an issued paper lies; None for other events."""
    if event["kind"] == "SegmentSealed":
        return f"recordings/{event.get('meeting')}/{event.get('part')}"
    if event["kind"] == "PaperIssued":
        return f"papers/{event.get('matter')}-{event.get('paper')}-{event.get('from_seq')}.pdf"
    return None


def verify(folder: Path, code: str | None = None) -> Verdict:
    """Check everything in the folder, and a check code typed from paper if one is given."""
    verdict, record = Verdict(), Record()
    try:
        journal, manifest = read(folder, "journal.jsonl"), read(folder, "manifest.json")
        entries, digests = walk(journal, claim(manifest)[1])
    except Wrong as wrong:
        return Verdict([str(wrong)])
    verdict.entries = len(entries)
    verdict.hold(hold_manifest, manifest, entries, digests)
    if code is not None:
        verdict.results += filter(None, [verdict.hold(hold_code, code, digests)])
    verdict.hold(record.tell, entries)
    verdict.results += record.results
    files = {where: e["event"] for e in entries if (where := where_of(e["event"]))}
    for where, event in files.items():
        verdict.hold(hold_file, folder, where, event)
    found = {*folder.glob("papers/[!.]*.pdf"), *folder.glob("recordings/[!.]*/[!.]*.mp4")}
    for path in sorted(found - {folder / where for where in files}):
        verdict.faults.append(f"{path.relative_to(folder)}：日志里没有这个文件")
    verdict.segments = sum(where.startswith("recordings") for where in files)
    verdict.papers = len(files) - verdict.segments
    verdict.votes = len(record.results)
    return verdict


def read(folder: Path, name: str) -> bytes:
    """The file's bytes. Raises Wrong."""
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise Wrong(f"{NAMES[name]} {name}：缺少或读不出来") from error


def main(argv: list[str]) -> int:
    """The command line: report in Chinese, exit status as the module says."""
    parser = argparse.ArgumentParser(description="核验证据包")
    parser.add_argument("folder", type=Path, help="证据包所在的文件夹")
    parser.add_argument("--code", help="文书上印的校验码，如 3817-0462-1180-9923")
    try:
        asked = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    if not asked.folder.is_dir():
        sys.stderr.write(f"没有这个文件夹：{asked.folder}\n")
        return 2
    verdict = verify(asked.folder, asked.code)
    # What the console cannot show, or would obey, becomes a question mark.
    encoding = sys.stdout.encoding or "utf-8"
    for line in verdict.report():
        shown = "".join(char if char.isprintable() else "?" for char in line)
        sys.stdout.write(shown.encode(encoding, "replace").decode(encoding) + "\n")
    return 1 if verdict.faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
