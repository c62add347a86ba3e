"""Hours of film as fast as the encoder goes: whether memory and open files stay flat, and the film opens at once."""

import tempfile
import time
from pathlib import Path

from kiosk.bench.figures import Figures
from kiosk.bench.record.trials import hours_of_film
from kiosk.camera.playlist import playlist

PART_S = 600.0
SETTLED = 3
"""Parts after which whatever is loaded late has been loaded."""


def film_for_hours(hours: float) -> Figures:
    """Film so many hours in the usual parts, then make the playlist of all."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        states = hours_of_film(Path(folder), hours, PART_S)
        took_s = time.monotonic() - began
        opens_s = min(_seconds_to_open(Path(folder)) for _ in range(3))
    filming = states[SETTLED:-1] or states[-1:]
    memory = [state["resident_bytes"] / 1e6 for state in filming]
    files = [int(state["open_files"]) for state in filming]
    return {
        "hours": hours,
        "parts": len(states),
        "took_s": took_s,
        "memory_first_mb": memory[0],
        "memory_last_mb": memory[-1],
        "memory_max_mb": max(memory),
        "open_files_first": files[0],
        "open_files_last": files[-1],
        "playlist_s": opens_s,
    }


def _seconds_to_open(folder: Path) -> float:
    began = time.monotonic()
    playlist(folder, "/film/meeting/")
    return time.monotonic() - began
