"""Has clips for the public made, one after the other, in a process apart; loads no codec itself.

A follower of the journal. What is asked for stands in the journal, what is made on the disk beside its film: so after a
power cut the next start makes what is missing. A file is whole or not there.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kiosk.camera.chain import sync_folder
from kiosk.camera.clip_order import ClipOrder, order_of
from kiosk.camera.clip_state import ClipState
from kiosk.camera.eraser import CLIPS
from kiosk.core.events import ClipRequested
from kiosk.core.journal import Entry
from kiosk.core.terms import ClipId, MeetingId, VillageId
from kiosk.follower import Follower
from kiosk.service import Kiosk
from kiosk.store.durable import put

_ROOT = Path(__file__).resolve().parents[2]
STOPS_WITHIN_S = 10.0
Wanted = tuple[MeetingId, ClipId]


class ClipMaker:
    """Makes the clips of one village.

    Args:
        kiosk: the service that is heard.
        village: whose clips.
        folder: where a meeting's film lies.
    """

    def __init__(
        self, kiosk: Kiosk, village: VillageId, folder: Callable[[MeetingId], Path]
    ) -> None:
        self._kiosk = kiosk
        self._village = village
        self._folder = folder
        self._now: tuple[Wanted, int] | None = None
        self._process: subprocess.Popen[str] | None = None
        self._follower = Follower("clips", kiosk, asked_for, self._try_to_make, owed=self._owed)

    def start(self) -> None:
        """Listen, and make first what was asked for before and is not there."""
        self._follower.start(self._village)

    def stop(self) -> None:
        """Give up what is being made; the next start begins it anew."""
        self._follower.leave()
        process = self._process
        if process is not None and process.poll() is None:
            process.kill()
        self._follower.stop(STOPS_WITHIN_S)

    @property
    def is_at_work(self) -> bool:
        """Whether clips are made that are asked for."""
        return self._follower.is_at_work

    def path(self, meeting: MeetingId, clip: ClipId) -> Path:
        """Where the clip's file lies, or will lie."""
        return self._folder(meeting) / CLIPS / f"{clip}.mp4"

    def state(self, meeting: MeetingId, clip: ClipId) -> ClipState:
        """How far the clip has come."""
        note = self.path(meeting, clip).with_suffix(".json")
        if note.exists():
            return ClipState(**json.loads(note.read_text(encoding="utf-8")))
        now = self._now
        if now is not None and now[0] == (meeting, clip):
            return ClipState("making", percent=now[1])
        return ClipState("waiting")

    def _owed(self) -> Iterator[Wanted]:
        for meeting, custody in self._kiosk.village(self._village).films.items():
            for clip in custody.clips.values():
                if clip.waits and not custody.is_deleted:
                    yield meeting, clip.id

    def _try_to_make(self, wanted: Wanted) -> None:
        """Whoever asked for a clip that fails is told so on its page. Raises what it failed of."""
        try:
            self._make(wanted)
        except Exception:
            self._note(self.path(*wanted), ClipState("failed", cause="录像打不开，或者磁盘满了"))
            raise
        finally:
            self._now = None

    def _make(self, wanted: Wanted) -> None:
        meeting, clip = wanted
        village = self._kiosk.village(self._village)
        custody = village.custody(meeting)
        out = self.path(meeting, clip)
        asked = custody.clips[clip]
        if custody.is_deleted or not asked.waits or out.with_suffix(".json").exists():
            return
        self._now = (wanted, 0)
        out.parent.mkdir(parents=True, exist_ok=True)
        half = out.with_suffix(".half")
        order = order_of(village.meeting(meeting), asked, self._folder(meeting), half)
        told = self._run(order, wanted)
        if self._follower.is_leaving:
            half.unlink(missing_ok=True)
            return
        self._finish(half, out, told)

    def _run(self, order: ClipOrder, wanted: Wanted) -> dict[str, int]:
        """The process's last words. RuntimeError where it fails."""
        process = subprocess.Popen(
            [sys.executable, "-m", "kiosk.camera.publicising"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_ROOT,
            start_new_session=True,
        )
        self._process = process
        assert process.stdin is not None
        assert process.stdout is not None
        told: dict[str, int] = {}
        with process:
            process.stdin.write(order.as_line() + "\n")
            process.stdin.close()
            for line in process.stdout:
                told = json.loads(line)
                self._now = (wanted, told.get("percent", 99))
        if process.returncode and not self._follower.is_leaving:
            raise RuntimeError(f"the process ended with {process.returncode}")
        return told

    def _finish(self, half: Path, out: Path, told: dict[str, int]) -> None:
        """The file first, then the note that says it is whole: its digest is what is looked at and released."""
        with half.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        half.replace(out)
        sync_folder(out.parent)
        size, seconds, faces = out.stat().st_size, told["seconds"], told["faces"]
        ready = ClipState("ready", 100, size, sha256, seconds, faces)
        self._note(out, ready)

    def _note(self, out: Path, state: ClipState) -> None:
        told = {name: getattr(state, name) for name in ClipState.__slots__}
        out.parent.mkdir(parents=True, exist_ok=True)
        put(out.with_suffix(".json"), json.dumps(told, ensure_ascii=False).encode())


def asked_for(entries: Sequence[Entry]) -> Iterator[Wanted]:
    """The clips that these entries ask for."""
    for entry in entries:
        if isinstance(entry.event, ClipRequested):
            yield entry.event.meeting, entry.event.clip
