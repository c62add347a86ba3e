"""Finds a program that can hear the room."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable

_RATE = ("--rate=48000", "--channels=1", "--format=s16le")
_ANSWER_S = 3
_CAPTURE_DEVICE = re.compile(r"^card (\d+): .*, device (\d+):", re.MULTILINE)


def find_microphone() -> list[str] | None:
    """Return the argv that writes raw s16le, 48 kHz, mono sound to stdout; None without one.

    PulseAudio (or PipeWire) before ALSA: where it runs, it owns the sound card.
    """
    parec, pactl, arecord = map(shutil.which, ("parec", "pactl", "arecord"))
    if parec and pactl and pulse_source(_ask([pactl, "list", "short", "sources"])):
        return [parec, *_RATE, "--latency-msec=50"]
    device = alsa_device(_ask([arecord, "-l"])) if arecord else None
    if arecord is None or device is None:
        return None
    return [arecord, "-q", "-D", device, "-t", "raw", "-f", "S16_LE", "-r", "48000", "-c", "1"]


def pulse_source(listing: str) -> str | None:
    """Return the first source of `pactl list short sources` that hears, not one that overhears.

    A monitor gives back what the loudspeaker plays.
    """
    names: Iterable[str] = (line.split("\t")[1] for line in listing.splitlines() if "\t" in line)
    return next((name for name in names if not name.endswith(".monitor")), None)


def alsa_device(listing: str) -> str | None:
    """Return the first capture device that `arecord -l` lists, as arecord wants it named."""
    found = _CAPTURE_DEVICE.search(listing)
    return f"plughw:{found[1]},{found[2]}" if found else None


def _ask(argv: list[str]) -> str:
    """Return what a program prints in English; nothing when it fails or does not answer."""
    english = os.environ | {"LC_ALL": "C"}
    try:
        answer = subprocess.run(
            argv, env=english, capture_output=True, text=True, timeout=_ANSWER_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout


def microphone_of(setting: str) -> list[str] | None:
    """The command that writes the sound: found here (`auto`), none (`none`), or the one that the setting names."""
    match setting:
        case "auto":
            return find_microphone()
        case "none":
            return None
        case command:
            return command.split()
