"""Whether the film loses pictures while a room votes: the real server, a counted camera, 45 people at the screens."""

import json
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from kiosk.bench import casting
from kiosk.bench.assembly import Assembly, assemble
from kiosk.bench.figures import Figures
from kiosk.bench.hands import Plan, tap_all
from kiosk.bench.record.cost import FPS, CannotMeasure, lost
from kiosk.bench.record.trials import camera, read_parts
from kiosk.demo.story import TODAY, VILLAGE

PEOPLE, SCREENS = 45, 5
PER_SECOND = 2.0
SIZE = (1280, 720)
WITHIN_S = 60.0
AFTER_S = 2.0


def film_a_vote() -> Figures:
    """Everybody votes at the ballot screens, two a second, each by name and card. Raises CannotMeasure."""
    with tempfile.TemporaryDirectory() as folder, camera(SIZE, FPS) as seen:
        assembly = assemble(Path(folder), PEOPLE, SCREENS, camera=seen.url)
        taps = casting.at_screens(assembly, assembly.voters, PEOPLE)
        assembly.server.start()
        try:
            _await_film(assembly)
            time.sleep(AFTER_S)
            done = tap_all(assembly.address, taps, Plan(per_second=PER_SECOND))
            time.sleep(AFTER_S)
        finally:
            assembly.server.stop()
        films = assembly.server.settings.recordings_dir / VILLAGE / TODAY
        read = read_parts(sorted(films.glob("part-*.mp4")))
    return {
        "voters": PEOPLE,
        "ballots": sum(tapped.good for tapped in done),
        "errors": sum(not tapped.good for tapped in done),
        "frames": sum(len(part.numbers) for part in read),
        "frames_lost": lost(read),
    }


def _await_film(assembly: Assembly) -> None:
    until = time.monotonic() + WITHIN_S
    database = assembly.server.settings.data_dir / "kiosk.sqlite3"
    while time.monotonic() < until:
        with closing(sqlite3.connect(database)) as opened:
            lines = [
                line
                for (line,) in opened.execute("SELECT line FROM journal ORDER BY seq DESC LIMIT 20")
            ]
        if any(json.loads(line)["event"]["kind"] == "RecordingStarted" for line in lines):
            return
        time.sleep(0.2)
    raise CannotMeasure("录像没有开始")
