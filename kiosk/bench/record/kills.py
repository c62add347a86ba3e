"""The recorder killed in the middle of a meeting, as often as asked: what of the picture is lost, is the rest whole."""

import os
import signal
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.app import Application, create_app, new_token, open_store, utc_now
from kiosk.bench.faults.chance import drawn
from kiosk.bench.figures import SECRETARY, Figures
from kiosk.bench.record.cost import FPS, CannotMeasure, lost
from kiosk.bench.record.trials import Camera, camera, read_parts
from kiosk.core.commands import Adjourn, CheckIn, Command, OpenMeeting
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import CommandId
from kiosk.demo.one_commit import in_one_commit
from kiosk.demo.story import TODAY, VILLAGE
from kiosk.evidence.audit import verify
from kiosk.evidence.bundle import export
from kiosk.rehearsal.server import rehearsal_settings
from kiosk.service import Kiosk
from kiosk.setting_up import found_demo
from kiosk.store.journal import SqlJournal

PEOPLE = 8
LEAST_S, LONGEST_S = 1.0, 5.0
"""A kill comes so long after the film has begun again."""
WITHIN_S = 60.0


@dataclass
class Killed:
    """What came of it.

    Attributes:
        lost_s: of each kill, the seconds of pictures the camera had sent that are not in the film.
        gaps: interruptions on record.
        missing: pictures missing inside parts, where nobody killed anything.
        unread: pictures in the film that bear no number, as torn ones would.
        faults: what the stand-alone verifier finds.
    """

    lost_s: list[float] = field(default_factory=list)
    gaps: int = 0
    missing: int = 0
    unread: int = 0
    parts: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Each kill is a gap on record, and everything that is left verifies and plays."""
        return self.gaps == len(self.lost_s) and not self.faults and self.unread == 0

    def figures(self) -> Figures:
        """By name, units in the names."""
        return {
            "kills": len(self.lost_s),
            "lost_median_s": statistics.median(self.lost_s),
            "lost_max_s": max(self.lost_s),
            "gaps_on_record": self.gaps,
            "parts": self.parts,
            "pictures_missing_inside_parts": self.missing,
            "pictures_torn": self.unread,
            "faults_of_the_verifier": len(self.faults),
        }


def kill_recorder(
    kills: int, seed: int, say: Callable[[str], object], size: tuple[int, int] = (1280, 720)
) -> Killed:
    """Hold a meeting in which the recorder is killed so often. Raises CannotMeasure where it does not come back."""
    with tempfile.TemporaryDirectory() as folder, camera(size, FPS) as seen:
        application = _meeting_in(Path(folder), seen)
        try:
            newest = [_kill(application, seen, n, seed, say) for n in range(kills)]
            _await(
                lambda: len(_meeting(application).recording.interruptions) == kills,
                "录像没有再开始",
            )
            time.sleep(LEAST_S)
            _do(application.parts.kiosk, Adjourn(TODAY))
            _await(lambda: _meeting(application).recording.stopped, "录像没有结束")
        finally:
            application.operator.stop()
        return _found(application, newest, Path(folder) / "bundle")


def _meeting_in(folder: Path, seen: Camera) -> Application:
    """The demonstration village in that folder, its meeting opened before that camera."""
    settings = rehearsal_settings(folder, seen.url)
    _flask, engine = open_store(settings)
    found_demo(engine, settings, seats=PEOPLE)
    with in_one_commit(SqlJournal(engine), VILLAGE) as store:
        kiosk = Kiosk(store, utc_now)
        for person in sorted(kiosk.village(VILLAGE).meetings[TODAY].entitled):
            _do(kiosk, CheckIn(TODAY, person))
    engine.dispose()
    application = create_app(settings)
    application.operator.start()
    _do(application.parts.kiosk, OpenMeeting(TODAY))
    return application


def _do(kiosk: Kiosk, command: Command) -> None:
    kiosk.execute(VILLAGE, command, SECRETARY, CommandId(new_token()))


def _meeting(application: Application) -> Meeting:
    return application.parts.village().meetings[TODAY]


def _kill(
    application: Application, seen: Camera, n: int, seed: int, say: Callable[[str], object]
) -> int:
    """Kill the recorder some seconds after it films; the number of the last picture that the camera had sent."""
    operator = application.operator
    _await(lambda: len(_meeting(application).recording.interruptions) == n, "中断没有记上")
    _await(lambda: operator.lights.picture == "live" and operator.lights.fps > 0, "录像没有再开始")
    time.sleep(LEAST_S + drawn(seed, n) * (LONGEST_S - LEAST_S))
    pid = operator.recorder_pid
    if pid is None:
        raise CannotMeasure("录像程序自己停了")
    at = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    say(f"第{n + 1}次断电")
    time.sleep(0.2)  # so that the camera's own lines about the moment have come
    return seen.newest(at)


def _found(application: Application, newest: list[int], bundle: Path) -> Killed:
    parts = application.parts
    known = _meeting(application).recording
    folder = application.operator.folder(TODAY)
    read = read_parts([folder / segment.part for segment in known.segments])
    numbers = sorted(n for part in read for n in part.numbers if n is not None)
    export(parts.kiosk, parts.home, application.press.path, application.operator.folder, bundle)
    return Killed(
        lost_s=[(last - max(n for n in numbers if n <= last)) / FPS for last in newest],
        gaps=len(known.interruptions),
        missing=sum(lost([part]) for part in read),
        unread=sum(part.numbers.count(None) for part in read),
        parts=len(read),
        faults=verify(bundle).faults,
    )


def _await(holds: Callable[[], bool], otherwise: str) -> None:
    until = time.monotonic() + WITHIN_S
    while not holds():
        if time.monotonic() > until:
            raise CannotMeasure(otherwise)
        time.sleep(0.05)
