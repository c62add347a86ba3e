"""The 监委会's stick (U盘): heads of the journal in a text file that leaves the hall in somebody's pocket.

At each milestone of a meeting one line is added and forced out to the stick; nothing on it is ever changed. Before a
meeting every line on it must be in the journal: whoever put an older database in place of the newer cannot put these
lines back. A stick that is not there is said on the console and never stops a meeting; it gets the newest head when
it is back.

The kiosk writes only into a folder that somebody made on the stick: without the stick that folder is not there, and
nothing ends up on the kiosk's own disk by mistake.
"""

import logging
import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from kiosk.core.commands import ReportStick
from kiosk.core.events import StickCompared
from kiosk.core.journal import Entry, digest
from kiosk.core.papers import Milestone, kept
from kiosk.core.terms import CHINA, CommandId, MeetingId, Role, VillageId
from kiosk.core.values import Actor, NamedHead
from kiosk.follower import Follower
from kiosk.service import Kiosk
from kiosk.store.durable import sync_folder
from kiosk.wording.witnessing import HEADER, milestone

log = logging.getLogger(__name__)
STICK = Actor(Role.KIOSK)
STOPS_WITHIN_S = 20.0
LOOKS_EVERY_S = 5.0
"""How often it is looked whether the stick is there."""
_LINE = re.compile(r"(\d{1,12}) (\S+) \d{4}-\d{4}-\d{4}-\d{4} ([0-9a-f]{64}) .*")


class StickSign(Enum):
    """How the stick stands (U盘状态)."""

    OFF = "off"  # 没有设
    MISSING = "missing"  # 没插好，写不进
    NEW = "new"  # 插好了，还没有本村的校验码
    AGREES = "agrees"  # 插好了，和日志一致
    DIFFERS = "differs"  # 上面有日志里没有的校验码


@dataclass(frozen=True, slots=True)
class StickState:
    """How it stands; `head` is the first on it that the journal does not hold, else the last on it."""

    sign: StickSign
    head: NamedHead | None = None


class WitnessStick:
    """Writes heads to the stick and holds what is on it against the journal.

    Args:
        kiosk: the service whose journal is witnessed.
        village: whose journal.
        folder: a folder on the stick; None where the kiosk has no stick.
        new_token: makes the ids of the commands that report a comparison.
        on_change: told when the stick stands otherwise than before.
    """

    def __init__(
        self,
        kiosk: Kiosk,
        village: VillageId,
        folder: Path | None,
        new_token: Callable[[], str],
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self._kiosk = kiosk
        self._village = village
        self._folder = folder
        self._new_token = new_token
        self.on_change = on_change
        self._state = StickState(StickSign.OFF)
        self._unwritten: Entry | None = None
        self._one_at_a_time = threading.Lock()
        self._follower = Follower(
            "stick", kiosk, milestones, self._write, look=self._look, looks_every_s=LOOKS_EVERY_S
        )

    @property
    def path(self) -> Path | None:
        """The file on the stick; None where the kiosk has no stick."""
        return self._folder / f"heads-{self._village}.txt" if self._folder else None

    def start(self) -> None:
        """Hold the stick against the journal, then write every milestone from now on."""
        if self._folder is None:
            return
        self.compare()
        self._follower.start(self._village)

    def stop(self) -> None:
        """Write what is due and end."""
        self._follower.stop(STOPS_WITHIN_S)

    def state(self) -> StickState:
        """How the stick stood when it was looked at last."""
        return self._state

    def report(self, meeting: MeetingId) -> None:
        """Before the meeting opens put on record whether the stick holds only what the journal holds."""
        state = self.compare()
        if state.head is None or state.sign not in {StickSign.AGREES, StickSign.DIFFERS}:
            return
        agrees = state.sign is StickSign.AGREES
        known = self._kiosk.village(self._village).meeting(meeting).witness.stick
        seq, told = state.head.seq, state.head.digest
        if known != StickCompared(meeting, seq, told, agrees):
            command = ReportStick(meeting, seq, told, agrees)
            self._kiosk.execute(self._village, command, STICK, CommandId(self._new_token()))

    def compare(self) -> StickState:
        """Hold every head on the stick against the journal."""
        with self._one_at_a_time:
            return self._stands(self._compared())

    def write(self, entry: Entry) -> None:
        """Add the head of that entry, on the stick when this returns. OSError where the stick is not there."""
        path = self.path
        assert path is not None
        is_new = not path.exists()
        village = self._kiosk.village(self._village)
        at = entry.at.astimezone(CHINA).isoformat(timespec="seconds")
        assert isinstance(entry.event, Milestone)
        meeting = village.meetings[entry.event.meeting]
        told = kept(entry, meeting)
        assert told is not None
        head, said = told.head, milestone(meeting, told)
        line = f"{head.seq} {at} {head.check_code} {head.digest} {said}\n"
        with path.open("a", encoding="utf-8") as file:
            file.write((HEADER.format(village=village.name) if is_new else "") + line)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            sync_folder(path.parent)

    def _compared(self) -> StickState:
        path = self.path
        if path is None:
            return StickState(StickSign.OFF)
        try:
            if not path.parent.is_dir():
                return StickState(StickSign.MISSING)
            heads = heads_on(path) if path.exists() else []
        except OSError:
            return StickState(StickSign.MISSING)
        if not heads:
            return StickState(StickSign.NEW)
        lines = self._kiosk.lines(self._village)
        for head in heads:
            held = lines[head.seq - 1] if 0 < head.seq <= len(lines) else ""
            if digest(held) != head.digest:
                return StickState(StickSign.DIFFERS, head)
        return StickState(StickSign.AGREES, heads[-1])

    def _stands(self, state: StickState) -> StickState:
        changed, self._state = state != self._state, state
        if changed:
            self.on_change()
        return state

    def _write(self, entry: Entry) -> None:
        self._unwritten = entry
        self._look()

    def _look(self) -> None:
        """Write the newest head that is not on the stick yet, and see whether the stick is there."""
        with self._one_at_a_time:
            was_there = self._state.sign is not StickSign.MISSING
            is_there = self._folder is not None and self._folder.is_dir()
            try:
                if is_there and not was_there:
                    self._stands(self._compared())
                if is_there and self._unwritten is not None:
                    self.write(self._unwritten)
                    written, self._unwritten = self._unwritten.head.named, None
                    # What differs stays so, whatever is written after it.
                    if self._state.sign is not StickSign.DIFFERS:
                        self._stands(StickState(StickSign.AGREES, written))
                if not is_there:
                    self._stands(StickState(StickSign.MISSING))
            except OSError:
                log.warning("the stick cannot be written", exc_info=True)
                self._stands(StickState(StickSign.MISSING))


def milestones(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Those entries whose head belongs on the stick."""
    return (entry for entry in entries if isinstance(entry.event, Milestone))


def heads_on(path: Path) -> list[NamedHead]:
    """The heads in the file, in their order; a line that the power cut, or a head line in words, is none."""
    text = path.read_text("utf-8", errors="replace")
    whole = text[: text.rfind("\n") + 1].splitlines()
    found = (_LINE.fullmatch(line) for line in whole)
    return [NamedHead(int(one[1]), one[3]) for one in found if one]
