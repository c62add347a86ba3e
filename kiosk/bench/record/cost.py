"""What recording costs: the recorder beside plain ffmpeg doing the same job with the same film, one after the other."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.bench.figures import Figures
from kiosk.bench.record.trials import Part, make_film, microphone, read_parts
from kiosk.bench.usage import cpu_s, resident_bytes
from kiosk.camera.recorder import Recorder
from kiosk.camera.settings import RecordingSettings
from kiosk.camera.studio import OVERLAY_FONT

FPS = 25
SETTLES_S = 3.0
"""Opening, the first pictures, caches: not counted, of none of the two."""
STOPS_WITHIN_S = 30.0
ROUNDS = 2
WORST = ("frames_lost", "frames_dropped", "memory_mb", "memory_growth_mb", "gb_per_hour")
"""Of these the worse of the rounds counts."""
CAPTION = "金塱村 村民代表会议 · 议题1 公益性骨灰楼建设方案"
PLAIN = ("-preset", "veryfast", "-crf", "25", "-g", "50")
QUICK = ("-tune", "zerolatency")


class CannotMeasure(Exception):
    """The measurement did not come off; the message says why."""


def cost(height: int, seconds: float) -> Figures:
    """Record a film of so many lines in real time, with sound, for so long; ffmpeg in turn with us.

    Each is measured twice and the cheaper counts: other work on the machine only ever makes it dearer.
    Raises CannotMeasure.
    """
    size = (height * 16 // 9, height)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        film = folder / "film.avi"
        make_film(film, size, FPS, seconds + 3 * SETTLES_S)
        rounds = [_round(film, folder / str(n), size, seconds) for n in range(ROUNDS)]
    best = {name: min(figures[name] for figures in rounds) for name in rounds[0]}
    worst = {name: max(figures[name] for figures in rounds) for name in WORST}
    figures = {"height": height, "fps": FPS, "seconds": seconds} | best | worst
    for other in ("ffmpeg", "ffmpeg_zerolatency"):
        if f"{other}_cpu_s_per_min" in best:
            figures[f"of_{other}"] = best["cpu_s_per_min"] / best[f"{other}_cpu_s_per_min"]
    return figures


def _round(film: Path, folder: Path, size: tuple[int, int], seconds: float) -> Figures:
    ours = _ours(film, folder, size, seconds)
    return ours | _theirs(film, folder, seconds) if shutil.which("ffmpeg") else ours


def _ours(film: Path, folder: Path, size: tuple[int, int], seconds: float) -> Figures:
    reports: list[dict[str, object]] = []
    recorder = Recorder(reports.append)
    settings = RecordingSettings(
        str(film),
        folder,
        OVERLAY_FONT,
        caption=CAPTION,
        entry=100,
        microphone=microphone(seconds + 4 * SETTLES_S),
        width=size[0],
        height=size[1],
        fps=FPS,
        loop=False,
    )
    recorder.start(settings)
    _await(lambda: any(report["event"] == "status" for report in reports), "录像没有开始")
    pid = recorder.pid
    assert pid is not None
    used, memory = _watched(pid, seconds, lambda n: recorder.caption(CAPTION, 100 + n))
    recorder.stop(STOPS_WITHIN_S)
    parts = sorted(folder.glob("part-*.mp4"))
    size_bytes = sum(part.stat().st_size for part in parts)
    read = read_parts(parts)
    lasted_s = sum(part.times[-1] for part in read)
    dropped = [int(str(report["dropped"])) for report in reports if report["event"] == "status"]
    return {
        "cpu_s_per_min": used / seconds * 60,
        "frames": sum(len(part.numbers) for part in read),
        "frames_lost": lost(read),
        "frames_dropped": dropped[-1],
        "memory_mb": max(memory) / 1e6,
        "memory_growth_mb": (memory[-1] - memory[len(memory) // 2]) / 1e6,
        "gb_per_hour": size_bytes / lasted_s * 3600 / 1e9,
    }


def _watched(
    pid: int, seconds: float, each_second: Callable[[int], None]
) -> tuple[float, list[int]]:
    """Processor seconds used in that time, and the memory held at each second of it."""
    time.sleep(SETTLES_S)
    began, used, memory = time.monotonic(), cpu_s([pid]), []
    for n in range(1, round(seconds) + 1):
        each_second(n)
        time.sleep(max(0.0, began + n - time.monotonic()))
        memory.append(resident_bytes([pid]))
    return cpu_s([pid]) - used, memory


def lost(parts: list[Part]) -> int:
    """How many of the pictures between the first and the last that were filmed are not in the film."""
    seen = [n for part in parts for n in part.numbers if n is not None]
    return max(seen) - min(seen) + 1 - len(set(seen))


def _theirs(film: Path, folder: Path, seconds: float) -> Figures:
    plain, gb = _ffmpeg(film, folder / "plain.mp4", seconds, ())
    quick, _ = _ffmpeg(film, folder / "quick.mp4", seconds, QUICK)
    return {
        "ffmpeg_cpu_s_per_min": plain,
        "ffmpeg_gb_per_hour": gb,
        "ffmpeg_zerolatency_cpu_s_per_min": quick,
    }


def _ffmpeg(film: Path, out: Path, seconds: float, more: tuple[str, ...]) -> tuple[float, float]:
    """Processor seconds a minute, and GB an hour, of ffmpeg recording the same film with clock, words and sound."""
    words = f"fontfile={OVERLAY_FONT}:fontcolor=white:fontsize=27:box=1:boxcolor=black@0.6:y=h-44"
    caption = f"drawtext={words}:x=28:text='{CAPTION}'"
    clock = f"drawtext={words}:x=w-tw-28:text='%{{localtime}}'"
    tone = microphone(seconds + 4 * SETTLES_S)
    heard = subprocess.Popen(tone, stdout=subprocess.PIPE)
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-re", "-i", str(film)]
    command += [
        "-f",
        "s16le",
        "-ar",
        "48000",
        "-ac",
        "1",
        "-i",
        "pipe:0",
        "-vf",
        f"{caption},{clock}",
    ]
    command += [
        "-c:v",
        "libx264",
        *PLAIN,
        *more,
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-b:a",
        "64k",
    ]
    command += [
        "-movflags",
        "empty_moov+default_base_moof+frag_keyframe",
        "-frag_duration",
        "500000",
    ]
    command += ["-t", f"{seconds + 2 * SETTLES_S:g}", str(out)]
    with subprocess.Popen(command, stdin=heard.stdout) as process:
        _await(lambda: out.exists() and out.stat().st_size > 0, "ffmpeg 没有开始录")
        used, _ = _watched(process.pid, seconds, lambda _n: None)
        process.wait(STOPS_WITHIN_S)
    heard.kill()
    heard.wait()
    if process.returncode != 0:
        raise CannotMeasure(f"ffmpeg 没有录成（{process.returncode}）")
    return used / seconds * 60, out.stat().st_size / (seconds + 2 * SETTLES_S) * 3600 / 1e9


def _await(holds: Callable[[], bool], otherwise: str) -> None:
    until = time.monotonic() + STOPS_WITHIN_S
    while not holds():
        if time.monotonic() > until:
            raise CannotMeasure(otherwise)
        time.sleep(0.05)
