"""What of a journal goes with one matter (日志摘录), and what is printed beside it: the leaves, rule rows, register.

An entry belongs to the matter where it names the matter, or something that the matter's entries name and that belongs
to no other (a vote, a need, an objection, a clip, a correction), or one of its meetings and nothing of another matter;
and so do all entries that name nothing: the founding, the catalogue, the rows. The same rule is written again in each
verifier, which by the leaves of all other entries sees that none is missing (docs/bundle.md).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.core.events import (
    MatterArchived,
    MeetingAdjourned,
    PublicationOpened,
    RecordingStopped,
)
from kiosk.core.journal import Entry, canonical
from kiosk.core.matters.matter import Matter
from kiosk.core.terms import MatterId, Stage
from kiosk.core.tree import Tree, subjects

OWN = ("vote", "need", "objection", "clip", "correction")
"""Fields that name what belongs to one matter alone; a meeting may belong to several."""
_KNOWN_TO_ALL = (MeetingAdjourned, PublicationOpened, MatterArchived, RecordingStopped)
"""Entries of other matters that say nothing of anybody: a bundle may end with one, at a check code that people saw."""

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Extract:
    """A part of a journal that ends at `entries[-1]`; `leaves` and `root` are of every entry up to there."""

    entries: tuple[Entry, ...]
    leaves: tuple[str, ...]
    root: str

    @property
    def ranges(self) -> list[list[int]]:
        """The sequence numbers that are in it, as first and last of each run."""
        runs: list[list[int]] = []
        for entry in self.entries:
            if runs and runs[-1][1] == entry.seq - 1:
                runs[-1][1] = entry.seq
            else:
                runs.append([entry.seq, entry.seq])
        return runs


def plain_event(entry: Entry) -> Event:
    """The event as it stands in the line."""
    event: Event = json.loads(entry.line)["event"]
    return event


def extract(entries: Sequence[Entry], matter: MatterId | None) -> Extract:
    """What of the journal goes with the matter; all of it with none."""
    events = {entry.seq: plain_event(entry) for entry in entries}
    about = {seq: subjects(event) for seq, event in events.items()}
    chosen = list(entries)
    if matter is not None:
        mine = _belonging(events, about, matter)
        # A second issue may be set from a correction of something else; its check code is to be computed all the same.
        mine |= {events[seq]["from_seq"] for seq in mine if "from_seq" in events[seq]}
        last = max(e.seq for e in entries if e.seq in mine or isinstance(e.event, _KNOWN_TO_ALL))
        chosen = [entry for entry in entries if entry.seq in mine or entry.seq == last]
    end = chosen[-1].seq
    leaves = tuple(canonical([e.head.digest, list(about[e.seq])]) for e in entries[:end])
    tree = Tree()
    for entry in entries[:end]:
        tree = tree.grown(entry.head.digest, about[entry.seq])
    return Extract(tuple(chosen), leaves, tree.root)


def _belonging(
    events: Mapping[int, Event], about: Mapping[int, tuple[str, ...]], matter: MatterId
) -> set[int]:
    own, shared, grows = {str(matter)}, set[str](), -1
    while grows != (grows := len(own) + len(shared)):
        for seq, event in events.items():
            own.update([f"#{seq}"] if _is_of_it(set(about[seq]), own, shared) else [])
            if not own.isdisjoint(about[seq]):
                own.update(event[name] for name in OWN if event.get(name))
                own.update(event.get("needs", ()))
                shared.update([event["meeting"]] if event.get("meeting") else [])
    return {seq for seq, names in about.items() if _is_of_it(set(names), own, shared)}


def _is_of_it(names: set[str], own: set[str], shared: set[str]) -> bool:
    return bool(names & own) or names <= shared  # where there are none, too


def printed(part: Extract, matter: Matter) -> dict[str, str]:
    """The files beside the extract: the rows that judged its votes, its catalogue, who had a vote in its meetings."""
    events = {entry.seq: plain_event(entry) for entry in part.entries}
    told = _Told(matter)
    for seq, event in events.items():
        told.hear(seq, event)
    rules = [{"row": row, "seq": seq} for seq, row in sorted(told.used.items())]
    return {
        "rules.json": f"{canonical(rules)}\n",  # type: ignore[arg-type] # read from JSON, so it is plain
        "catalogue.json": f"{canonical(told.catalogue)}\n",
        "register.json": f"{canonical(told.register)}\n",
    }


class _Told:
    """What the entries of an extract tell of rows, the catalogue and rolls, by the numbers of their entries."""

    def __init__(self, matter: Matter) -> None:
        self._matter = matter
        self._rows: dict[str, tuple[int, Event]] = {}
        self._called: dict[str, tuple[int, Event]] = {}
        self._newest: dict[str, Any] = {}
        self._row = ""
        self.used: dict[int, Event] = {}
        self.catalogue: dict[str, Any] = {}
        self.register: dict[str, Any] = {}

    def hear(self, seq: int, event: Event) -> None:
        """The next entry."""
        match event["kind"]:
            case "RowChanged":
                self._rows[event["row"]["id"]] = (seq, event["row"])
            case "CatalogueAdopted":
                self._newest = {"catalogue": event["catalogue"], "seq": seq}
            case "MatterRaised" if event["matter"] == self._matter.id:
                self._row, self.catalogue = event["row"], self._newest
            case "MatterSentToAssembly" if event["matter"] == self._matter.id:
                self._row = event["row"]
            case "MeetingConvened":
                self._call(seq, event)
            case "VoteOpened" if self._matter.id in event["matters"]:
                number, row = self._called[event["meeting"]]
                self.used[number] = row
            case _:
                pass

    def _call(self, seq: int, event: Event) -> None:
        stage = Stage(self._rows[event["body"]][1]["stage"])
        row = self._row if stage is Stage.DECISION else self._matter.row_at(stage).value
        self._called[event["meeting"]] = self._rows[row]
        seats = [{k: seat[k] for k in ("capacity", "person", "votes")} for seat in event["seats"]]
        roll = sorted(seat["person"] for seat in event["seats"] if seat["votes"])
        self.register[event["meeting"]] = {"roll": roll, "seats": seats, "seq": seq}
