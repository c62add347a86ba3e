"""The serving side of a voice (录音): the microphone's program writes to a file, the voice process makes it small.

Loads no codec: whatever a file that was sent holds, it does to that process alone.
"""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

log = logging.getLogger(__name__)

AT_MOST_S = 600
"""After which the microphone's program is ended by itself."""
WITHIN_S = 60.0
_ENDS_S = 3.0
_ROOT = Path(__file__).resolve().parents[2]
_VOICE = "kiosk.camera.voice"


class Trouble(Enum):
    """Why there is no voice."""

    NO_MICROPHONE = "no_microphone"  # 没有麦克风
    NOT_SOUND = "not_sound"  # 不是录音
    TOO_LONG = "too_long"  # 太长
    TOO_SLOW = "too_slow"  # 太久没有回应


_TROUBLES = {4: Trouble.NOT_SOUND, 5: Trouble.TOO_LONG}
"""What the exit codes of `voice` mean; another one is a crash of the process on what it was given."""


class NoVoice(Exception):
    """No sound came of it; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class _Heard:
    program: subprocess.Popen[bytes]
    sound: IO[bytes]
    began: float
    ending: threading.Timer


class Listener:
    """Hears one voice at a time; `microphone` is an argv that writes s16le, 48 kHz, mono, or None."""

    def __init__(self, microphone: Sequence[str] | None) -> None:
        self._microphone = microphone
        self._heard: _Heard | None = None
        self._one_at_a_time = threading.Lock()

    @property
    def has_microphone(self) -> bool:
        """Whether there is one at all."""
        return self._microphone is not None

    @property
    def listening_s(self) -> float | None:
        """For how many seconds it has been listening; None where it is not."""
        heard = self._heard
        return None if heard is None else time.monotonic() - heard.began

    def begin(self) -> None:
        """Listen from now on; what was heard before and not taken is gone. NoVoice."""
        with self._one_at_a_time:
            self._forget()
            if self._microphone is None:
                raise NoVoice(Trouble.NO_MICROPHONE)
            sound = TemporaryFile()  # noqa: SIM115 -- open as long as the program writes to it
            try:
                program = subprocess.Popen(self._microphone, stdin=subprocess.DEVNULL, stdout=sound)
            except OSError as error:
                sound.close()
                raise NoVoice(Trouble.NO_MICROPHONE) from error
            ending = threading.Timer(AT_MOST_S, program.terminate)
            ending.daemon = True
            ending.start()
            self._heard = _Heard(program, sound, time.monotonic(), ending)

    def end(self) -> bytes:
        """What was heard, as MP4. NoVoice."""
        with self._one_at_a_time:
            heard = self._heard
            if heard is None:
                raise NoVoice(Trouble.NOT_SOUND)
            _stop(heard)
            heard.sound.seek(0)
            raw = heard.sound.read()
            self._forget()
        if not raw:
            raise NoVoice(Trouble.NO_MICROPHONE)
        return _voice(raw, "--heard")

    def close(self) -> None:
        """End the microphone's program, if it runs."""
        with self._one_at_a_time:
            self._forget()

    def _forget(self) -> None:
        if self._heard is not None:
            _stop(self._heard)
            self._heard.sound.close()
            self._heard = None


def take_in(file: bytes) -> bytes:
    """The sound of a file that was sent, as MP4. NoVoice where it is none."""
    return _voice(file)


def _stop(heard: _Heard) -> None:
    heard.ending.cancel()
    heard.program.terminate()
    with suppress(subprocess.TimeoutExpired):
        heard.program.wait(_ENDS_S)
    heard.program.kill()
    heard.program.wait()


def _voice(given: bytes, *how: str) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", _VOICE, *how],
            input=given,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            timeout=WITHIN_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NoVoice(Trouble.TOO_SLOW) from error
    if done.returncode == 0 and done.stdout:
        return done.stdout
    log.warning("no voice: the process ended with %d", done.returncode)
    raise NoVoice(_TROUBLES.get(done.returncode, Trouble.NOT_SOUND))
