"""The figures of `kiosk bench record` as Chinese tables, or as JSON."""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.bench.figures import Figures
from kiosk.bench.record.cost import CannotMeasure, cost
from kiosk.bench.record.hours import film_for_hours
from kiosk.bench.record.kills import kill_recorder
from kiosk.bench.record.trials import film_of_people
from kiosk.bench.record.voting import film_a_vote

HEIGHTS = (720, 1080)
TROUBLES = (CannotMeasure, OSError)
"""What ends a run before its figures are there."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured, by part; a part that was not asked for is empty."""

    film: str
    costs: list[Figures]
    voting: Figures
    kills: Figures
    hours: Figures
    faults: list[str]

    @property
    def exit_status(self) -> int:
        """0 only if everything that was left after the kills verifies and plays, each kill a gap on record."""
        kills = self.kills
        whole = not self.faults and kills.get("pictures_torn", 0) == 0
        return 0 if whole and kills.get("kills", 0) == kills.get("gaps_on_record", 0) else 1

    @property
    def as_json(self) -> str:
        """Figures by name, units in the names."""
        told = {
            "film": self.film or "test card",
            "ffmpeg": bool(shutil.which("ffmpeg")),
            "costs": self.costs,
            "voting": self.voting,
            "kills": self.kills,
            "hours": self.hours,
            "faults": self.faults,
        }
        return json.dumps(told, indent=2, ensure_ascii=False)

    @property
    def words(self) -> str:
        """The same for people."""
        lines = [
            f"影片：{self.film}"
            if self.film
            else "影片：测试画面（没有装 opencv-doc 的 vtest.avi）"
        ]
        if not shutil.which("ffmpeg"):
            lines.append("没有装 ffmpeg，不能比：apt-get install ffmpeg")
        lines += [line for figures in self.costs for line in _cost(figures)]
        parts = ((self.voting, _voting), (self.kills, _kills), (self.hours, _hours))
        lines += [tell(figures) for figures, tell in parts if figures]
        return "\n".join([*lines, *self.faults])


def report_record(
    seconds: float, kills: int, hours: float, seed: int, say: Callable[[str], object]
) -> Report:
    """Measure what is asked for (0: not this part); `say` hears how far it is. Raises one of TROUBLES."""
    costs = []
    for height in HEIGHTS if seconds else ():
        say(f"{height} 线，每次 {seconds:g} 秒")
        costs.append(cost(height, seconds))
    say("表决时录像")
    voting = film_a_vote() if seconds else {}
    killed = kill_recorder(kills, seed, say) if kills else None
    say(f"{hours:g} 小时" if hours else "完")
    return Report(
        film=film_of_people(),
        costs=costs,
        voting=voting,
        kills=killed.figures() if killed else {},
        hours=film_for_hours(hours) if hours else {},
        faults=killed.faults if killed else [],
    )


def _cost(f: Figures) -> list[str]:
    lines = [
        f"{f['height']} 线每秒 {f['fps']} 帧，有声音，{f['seconds']:g} 秒",
        f"  录一分钟用处理器 {f['cpu_s_per_min']:.1f} 秒；{f['frames']} 帧，丢 {f['frames_lost']} 帧",
        f"  内存 {f['memory_mb']:.0f} MB，后半段多 {f['memory_growth_mb']:.1f} MB",
        f"  每小时 {f['gb_per_hour']:.2f} GB",
    ]
    if "of_ffmpeg" in f:
        lines.append(
            f"  ffmpeg 做同样的事 {f['ffmpeg_cpu_s_per_min']:.1f} 秒 → {f['of_ffmpeg']:.2f} 倍；"
            f"也不许它攒帧 {f['ffmpeg_zerolatency_cpu_s_per_min']:.1f} 秒 → {f['of_ffmpeg_zerolatency']:.2f} 倍"
        )
    return lines


def _voting(f: Mapping[str, float]) -> str:
    return (
        f"{f['voters']} 人表决时录 720 线：{f['frames']} 帧，丢 {f['frames_lost']} 帧；"
        f"记下 {f['ballots']} 票，错误 {f['errors']}"
    )


def _kills(f: Mapping[str, float]) -> str:
    return (
        f"杀掉录像程序 {f['kills']} 次：每次丢的画面中位数 {f['lost_median_s']:.2f} 秒，最多 {f['lost_max_s']:.2f} 秒；"
        f"日志记了 {f['gaps_on_record']} 次中断；坏画面 {f['pictures_torn']}，核验不过 {f['faults_of_the_verifier']}"
    )


def _hours(f: Mapping[str, float]) -> str:
    return (
        f"{f['hours']:g} 小时的录像（{f['parts']} 段，用了 {f['took_s']:.0f} 秒）：内存 {f['memory_first_mb']:.0f} → "
        f"{f['memory_last_mb']:.0f} MB，打开的文件 {f['open_files_first']} → {f['open_files_last']}；"
        f"播放表 {f['playlist_s'] * 1000:.0f} 毫秒"
    )
