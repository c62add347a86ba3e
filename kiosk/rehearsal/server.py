"""The real server as a process, on a free port, over folders of its own: a rehearsal never touches the record."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import requests

from kiosk.app import open_store, utc_now
from kiosk.config import REHEARSAL, ROOT, Settings
from kiosk.demo.story import VILLAGE, Past
from kiosk.setting_up import Codes, found_demo, hand_out

STARTS_WITHIN_S = 60
STOPS_WITHIN_S = 40


def free_port() -> int:
    """A TCP port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def rehearsal_settings(folder: Path, camera: str, *, film_height: int = 720) -> Settings:
    """Settings for a rehearsal that lives in this folder alone."""
    port = free_port()
    return Settings(
        data_dir=folder / "data" / REHEARSAL,
        recordings_dir=folder / "recordings" / REHEARSAL,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        camera=camera,
        film_height=film_height,
        rehearsal=True,
    )


@dataclass(slots=True)
class RealServer:
    """One kiosk process; `start` again after a kill takes the meeting up where it stood."""

    settings: Settings
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def found(self, *, seats: int | None = None, past: Past = Past.OF_TODAYS_MATTER) -> Codes:
        """Make the rehearsed village in the empty store, and its one-time codes."""
        _flask, engine = open_store(self.settings)
        found_demo(engine, self.settings, seats=seats, past=past)
        codes = hand_out(engine, VILLAGE, now=utc_now())
        engine.dispose()
        return codes

    @property
    def url(self) -> str:
        """Where it serves."""
        return f"http://{self.settings.host}:{self.settings.port}"

    def start(self) -> None:
        """Start and wait until it answers. RuntimeError with the end of its log if it does not."""
        self.launch()
        self.await_answer()

    def launch(self) -> None:
        """Start, and wait for nothing."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kiosk", "run"],
                cwd=ROOT,
                env=self._environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def await_answer(self) -> None:
        """Wait until it answers. RuntimeError with the end of its log if it does not."""
        assert self.process is not None
        until = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < until and self.process.poll() is None:
            if self._answers():
                return
            time.sleep(0.1)
        raise RuntimeError(f"the server did not start: {self.log.read_text()[-2000:]}")

    def _answers(self) -> bool:
        try:
            return requests.get(self.url, timeout=5).ok
        except (requests.ConnectionError, requests.Timeout):
            return False

    def _environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KIOSK_")}
        settings = self.settings
        return kept | {
            "KIOSK_REHEARSAL": "1",
            "KIOSK_DATA_DIR": str(settings.data_dir.parent),
            "KIOSK_RECORDINGS_DIR": str(settings.recordings_dir.parent),
            "KIOSK_PORT": str(settings.port),
            "KIOSK_THREADS": str(settings.threads),
            "KIOSK_CAMERA": settings.camera,
            "KIOSK_MICROPHONE": settings.microphone,
            "KIOSK_SEGMENT_S": str(settings.segment_s),
            "KIOSK_FILM_HEIGHT": str(settings.film_height),
        }

    def kill(self) -> None:
        """`kill -9` of the whole server: master and worker at once, as a power cut would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=STOPS_WITHIN_S)

    def stop(self) -> None:
        """End in good order."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.kill()
