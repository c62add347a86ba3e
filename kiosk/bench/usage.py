"""What the server's processes use, by the kernel's own account in /proc."""

import os
from pathlib import Path

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
PARENT, USER, SYSTEM, RESIDENT = 1, 11, 12, 21
"""Fields of /proc/PID/stat, counted from the process's state."""


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def serving(master: int) -> list[int]:
    """The web server's master and its worker; not the recorder, which is the worker's child."""
    everybody = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal())
    return [master, *(pid for pid in everybody if _parent(pid) == master)]


def _parent(pid: int) -> int:
    try:
        return int(_stat(pid)[PARENT])
    except OSError:
        return 0  # it ended meanwhile


def cpu_s(pids: list[int]) -> float:
    """Processor seconds these processes have used so far."""
    return sum(int(stat[USER]) + int(stat[SYSTEM]) for stat in map(_stat, pids)) * TICK_S


def resident_bytes(pids: list[int]) -> int:
    """Memory these processes hold now."""
    return sum(int(_stat(pid)[RESIDENT]) for pid in pids) * PAGE_BYTES
