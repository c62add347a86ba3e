"""Kills (断电): `kill -9` of the real server at points of check-in, vote, close and publication, drawn from a number.

One folder holds one meeting through many kills; when it is over another village begins its own. At the end of each
meeting the bundle is exported and given to the stand-alone verifier, films and papers included.
"""

import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.app import create_app
from kiosk.bench.faults.audit import Findings
from kiosk.bench.faults.chance import chosen, drawn
from kiosk.bench.faults.mains import Cut
from kiosk.bench.faults.sitting import Phase, Place, Sitting
from kiosk.demo.story import TODAY
from kiosk.evidence.audit import verify
from kiosk.evidence.bundle import export
from kiosk.rehearsal.server import RealServer, rehearsal_settings
from kiosk.store.photos import Photos

PEOPLE = 45
A_MEETING = {
    Phase.CHECK_IN: 4,
    Phase.OPENING: 1,
    Phase.VOTE: 1,
    Phase.BALLOT: 5,
    Phase.CLOSE: 1,
    Phase.ADJOURN: 1,
    Phase.PAPER: 1,
}
"""Cuts in one meeting by phase; one of them is followed by another during the start."""
LONGEST_REQUEST_S = 0.02
"""A cut comes from 0 to so long after a deed was sent: before, while and after it is committed."""
LONGEST_SETTING_S = 0.8
"""The same for the paper, which takes longer to set."""
LONGEST_START_S = 2.0


@dataclass
class Kills:
    """What came of the kills of several meetings."""

    kills: int = 0
    meetings: int = 0
    acknowledged: int = 0
    sent_again: int = 0
    on_record_already: int = 0
    usable_s: list[float] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)

    def add(self, sitting: Sitting) -> None:
        """Take in a meeting that was held."""
        self.kills += sitting.mains.kills
        self.meetings += 1
        self.acknowledged += len(sitting.notebook.told)
        self.sent_again += sitting.sent_again
        self.on_record_already += sitting.on_record_already
        self.usable_s += sitting.mains.usable_s
        self.findings.add(sitting.findings)

    def figures(self) -> dict[str, float | int]:
        """By name, units in the names."""
        return {
            "kills": self.kills,
            "meetings": self.meetings,
            "acknowledged": self.acknowledged,
            "sent_again": self.sent_again,
            "on_record_already": self.on_record_already,
            "usable_median_s": statistics.median(self.usable_s),
            "usable_max_s": max(self.usable_s),
        }


def kill_often(kills: int, seed: int, say: Callable[[str], object]) -> Kills:
    """Hold meetings until the server was killed so often; `say` hears of each meeting.

    Raises: as `Sitting.hold`.
    """
    done = Kills()
    while done.kills < kills:
        with tempfile.TemporaryDirectory() as folder:
            sitting = hold(Path(folder), cuts_of_a_meeting(seed, done.meetings, kills - done.kills))
        done.add(sitting)
        say(
            f"第{done.meetings}次会议：断电{done.kills}次，答复{done.acknowledged}件，"
            f"{'没有差错' if done.findings.is_clean else '有差错'}"
        )
    return done


def cuts_of_a_meeting(seed: int, meeting: int, kills: int) -> dict[Place, Cut]:
    """The cuts of the meeting of that number, for so many kills at most."""
    places = [
        (phase, number)
        for phase, cuts in A_MEETING.items()
        for number in chosen(cuts, _deeds(phase), seed, meeting, phase.name)
    ]
    twice = chosen(1, len(places), seed, meeting, "twice")
    keep = chosen(max(1, kills - 1), len(places), seed, meeting, "keep")
    cuts: dict[Place, Cut] = {}
    for index in keep:
        phase, number = places[index]
        longest = LONGEST_SETTING_S if phase is Phase.PAPER else LONGEST_REQUEST_S
        again = drawn(seed, meeting, "start") * LONGEST_START_S if index in twice else None
        again = again if kills > len(cuts) + 1 else None
        cuts[phase, number] = Cut(drawn(seed, meeting, phase.name, number) * longest, again)
    return cuts


def _deeds(phase: Phase) -> int:
    return PEOPLE if phase in {Phase.CHECK_IN, Phase.BALLOT} else 1


def hold(folder: Path, cuts: dict[Place, Cut], people: int = PEOPLE) -> Sitting:
    """One meeting of so many seats in that folder, verified at its end. Raises: as `Sitting.hold`."""
    server = RealServer(rehearsal_settings(folder, "card", film_height=360), folder / "server.log")
    codes = server.found(seats=people)
    seats = create_app(server.settings).parts.village().meetings[TODAY].seats.values()
    sitting = Sitting(server, codes, cuts)
    server.start()
    try:
        sitting.hold([s.person for s in seats if s.votes], [s.person for s in seats if not s.votes])
    finally:
        sitting.leave()
        server.stop()
    sitting.findings.unverifiable += _faults(server, folder / "bundle")
    return sitting


def _faults(server: RealServer, bundle: Path) -> list[str]:
    """Export the whole and have the stand-alone verifier look at it."""
    application = create_app(server.settings)
    exported = export(
        application.parts.kiosk,
        application.parts.home,
        application.press.path,
        application.operator.folder,
        bundle,
        Photos(server.settings.data_dir / "photos").path,
    )
    return [*verify(bundle).faults, *(f"缺少 {name}" for name in exported.missing)]
