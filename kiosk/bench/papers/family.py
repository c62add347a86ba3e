"""What a process and its children use: memory, shared pages counted once among those who share them; processor."""

import os
from pathlib import Path

from kiosk.bench.usage import cpu_s


def held_mb(root: int | None = None) -> float:
    """The proportional set size (PSS) of a process with all below it, in MB; of this process where none is named."""
    if root is None:
        return _pss_kb(os.getpid()) / 1024
    return sum(map(_pss_kb, _family(root))) / 1024


def family_cpu_s(root: int) -> float:
    """Processor seconds of a process and all below it so far."""
    return cpu_s(sorted(_family(root)))


def _family(root: int) -> set[int]:
    parents = {pid: _parent(pid) for pid in _everybody()}
    family = found = {root}
    while found:
        found = {pid for pid, parent in parents.items() if parent in family} - family
        family = family | found
    return family


def _everybody() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0  # it ended meanwhile


def _pss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
