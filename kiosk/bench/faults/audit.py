"""The audit (对账): the journal on the disk against what people at the screens were told.

- Nothing acknowledged is lost: what a screen was answered stands in the journal, with the same content.
- Nothing counts twice: one ballot a person and vote, one entry for what can happen once, one place for a command.
- The whole verifies: the chain, and every entry against the rules as the stand-alone verifier states them.

It reads the journal as plain JSON, so that a fault of the kiosk's own reading does not hide a fault of its writing.
"""

import hashlib
import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.evidence.audit import Record, Wrong, walk

ONCE = {
    "CheckedIn": ("meeting", "person"),
    "MeetingOpened": ("meeting",),
    "VoteOpened": ("vote",),
    "BallotCast": ("vote", "person"),
    "VoteClosed": ("vote",),
    "MeetingAdjourned": ("meeting",),
    "PublicationOpened": ("matter", "stage"),
    "PaperIssued": ("subject", "paper", "edition", "source_seq", "from_seq"),
    "SegmentSealed": ("meeting", "part"),
    "RecordingStopped": ("meeting",),
}
"""What can happen once only in a meeting in which nobody leaves, by what tells one from the other."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a person did at a screen: a command with its id, or a ballot, whose id only the server knows."""

    command: str = ""
    person: str = ""
    choice: str = ""


@dataclass
class Notebook:
    """What people at the screens sent, and what they were told: kept outside the machine that is cut off."""

    told: list[Deed] = field(default_factory=list)
    waiting: list[Deed] = field(default_factory=list)
    _writing: threading.Lock = field(default_factory=threading.Lock)

    def send(self, deed: Deed) -> None:
        """It was sent and is not yet acknowledged."""
        with self._writing:
            self.waiting.append(deed)

    def hear(self, deed: Deed) -> None:
        """It was acknowledged."""
        with self._writing:
            self.waiting.remove(deed)
            self.told.append(deed)


@dataclass
class Findings:
    """What an audit found, a sentence each."""

    lost: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    unverifiable: list[str] = field(default_factory=list)

    def add(self, other: "Findings") -> None:
        """Take in what another audit found."""
        self.lost += other.lost
        self.double += other.double
        self.unverifiable += other.unverifiable

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.lost or self.double or self.unverifiable)


def journal_of(database: Path) -> list[str]:
    """The committed lines of the one village, read past the kiosk's own code."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT line FROM journal ORDER BY village, seq").fetchall()
    return [line for (line,) in rows]


def on_record(lines: Iterable[str]) -> set[Deed]:
    """Every deed that the journal knows."""
    deeds = set()
    for line in lines:
        entry = json.loads(line)
        deeds.add(Deed(command=entry["command"]))
        if entry["event"]["kind"] == "BallotCast":
            deeds.add(_ballot(entry["event"]))
    return deeds


def audit(lines: Sequence[str], told: Sequence[Deed]) -> Findings:
    """Hold the journal's lines against the deeds that were acknowledged before the lines were read."""
    known = on_record(lines)
    entries = [json.loads(line) for line in lines]
    return Findings(
        lost=[f"{deed} 已答复，日志里没有" for deed in told if deed not in known],
        double=_doubled(entries),
        unverifiable=_unverifiable(lines),
    )


def audit_count(lines: Sequence[str], told: Sequence[Deed], vote: str) -> Findings:
    """Hold the count of a closed vote against the acknowledged ballots, where all were acknowledged before its end."""
    acknowledged = Counter(deed.choice for deed in told if deed.choice)
    findings = Findings()
    for entry in map(json.loads, lines):
        event = entry["event"]
        if event["kind"] != "VoteClosed" or event["vote"] != vote:
            continue
        counted = {one["choice"]: one["count"] for one in event["tally"]["counts"]}
        for choice in counted.keys() | acknowledged.keys():
            gap = acknowledged[choice] - counted.get(choice, 0)
            if gap:
                found = findings.lost if gap > 0 else findings.double
                found.append(f"{choice}：票数差{abs(gap)}")
    return findings


def _ballot(event: dict[str, Any]) -> Deed:
    return Deed(person=event["person"], choice=event["answer"][0])


def _doubled(entries: Sequence[dict[str, Any]]) -> list[str]:
    happened: Counter[tuple[str, ...]] = Counter()
    found, ended, last = [], set(), ""
    for entry in entries:
        event, command = entry["event"], entry["command"]
        if event["kind"] in ONCE:
            names = (str(event[name]) for name in ONCE[event["kind"]])
            happened[(event["kind"], *names)] += 1
        if command != last and command in ended:
            found.append(f"命令 {command} 记在两处")
        ended.add(last)
        last = command
    return found + [f"{' '.join(what)} 记了{n}次" for what, n in happened.items() if n > 1]


def _unverifiable(lines: Sequence[str]) -> list[str]:
    digest = hashlib.sha256(lines[-1].encode()).hexdigest()
    try:
        entries, _ = walk("".join(f"{line}\n" for line in lines).encode(), digest)
        Record().tell(entries)
    except Wrong as wrong:
        return [str(wrong)]
    return []
