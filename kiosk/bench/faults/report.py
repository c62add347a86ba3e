"""`kiosk bench faults`: power cuts, a log cut off, a full disk; the figures in Chinese or as JSON."""

import json
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.bench.faults.audit import Findings
from kiosk.bench.faults.disk import Full, NoSmallDisk, vote_on_a_full_disk
from kiosk.bench.faults.kills import Kills, kill_often
from kiosk.bench.faults.mains import NeverAnswered
from kiosk.bench.faults.wal import Cuts, cut_everywhere, write
from kiosk.rehearsal.meeting import DidNotHold
from kiosk.rehearsal.visitors import Said

SEATS = 20
RANDOM_CUTS = 500
TROUBLES = (DidNotHold, Said, NeverAnswered, RuntimeError)
"""What ends a run before its figures are there: the kiosk did not come back, or refused what is lawful."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it all; `full` says why where a small disk could not be had."""

    kills: Kills
    cuts: Cuts
    full: Full | str

    @property
    def findings(self) -> Findings:
        """Everything that was found, of all trials."""
        found = Findings()
        found.add(self.kills.findings)
        found.add(self.cuts.findings)
        if isinstance(self.full, Full):
            found.add(self.full.findings)
        return found

    @property
    def exit_status(self) -> int:
        """0 only if nothing was lost, doubled or unverifiable."""
        return 0 if self.findings.is_clean else 1

    @property
    def as_json(self) -> str:
        """Figures by name, units in the names."""
        cuts = {"frames": self.cuts.frames, "cuts": self.cuts.cuts, "states": self.cuts.states}
        full: dict[str, object] = (
            {"not_tried": self.full}
            if isinstance(self.full, str)
            else {"acknowledged": self.full.acknowledged, "refused": self.full.refused}
        )
        return json.dumps(
            self.kills.figures() | _counted(self.findings) | {"log": cuts, "full_disk": full},
            ensure_ascii=False,
        )

    @property
    def words(self) -> str:
        """The same for people."""
        done, cuts, found = self.kills, self.cuts, self.findings
        median_s, longest_s = statistics.median(done.usable_s), max(done.usable_s)
        return "\n".join(
            [
                f"断电 {done.kills} 次，{done.meetings} 次会议：签到、开会、表决、结束、散会、出决议书的中间",
                f"答复 {done.acknowledged} 件",
                f"没有答复、重发 {done.sent_again} 件，其中已经记上 {done.on_record_already} 件",
                f"重新开机到能用：中位数 {median_s:.1f} 秒，最长 {longest_s:.1f} 秒",
                f"日志文件切断 {cuts.cuts} 处，{cuts.frames} 帧每一帧都切过：{cuts.states} 种状态",
                self._full_in_words(),
                *found.lost,
                *found.double,
                *found.unverifiable,
                f"丢失 {len(found.lost)}，重复 {len(found.double)}，核验不过 {len(found.unverifiable)}",
            ]
        )

    def _full_in_words(self) -> str:
        if isinstance(self.full, str):
            return f"磁盘满：没有试（不能挂小磁盘：{self.full}）"
        told = "、".join(sorted(self.full.told))
        return f"磁盘满：{self.full.refused} 次答“{told}”；腾出地方以后，{self.full.acknowledged} 票都记上了"


def _counted(found: Findings) -> dict[str, int]:
    return {
        "lost": len(found.lost),
        "double": len(found.double),
        "unverifiable": len(found.unverifiable),
    }


def report_faults(kills: int, seed: int, say: Callable[[str], object]) -> Report:
    """Try everything; `say` hears how far it is. Raises one of TROUBLES."""
    cuts = _cut(seed)
    say(f"日志文件切断 {cuts.cuts} 处")
    full = _fill()
    say("磁盘满")
    return Report(kill_often(kills, seed, say), cuts, full)


def _cut(seed: int) -> Cuts:
    with tempfile.TemporaryDirectory() as folder:
        written = write(Path(folder) / "written", SEATS)
        return cut_everywhere(Path(folder), written, RANDOM_CUTS, seed)


def _fill() -> Full | str:
    with tempfile.TemporaryDirectory() as folder:
        try:
            return vote_on_a_full_disk(Path(folder))
        except NoSmallDisk as trouble:
            return str(trouble)
