"""What the camera tests share: a recorder with a witness, a network camera, and a second reader of the chain.

`verify_chain` shares no code with the recorder. Other eyes for the pictures: tests/film_reading.py.
"""

import hashlib
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import numpy as np

from kiosk.camera.recorder import Recorder
from kiosk.camera.settings import RecordingSettings

ROOT = Path(__file__).resolve().parents[2]
FONT = ROOT / "node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"
PATIENCE_S = 20
SMALL = {"width": 320, "height": 180}

# A program in the place of arecord: a sine of 440 Hz, 20 ms at a time, in real time.
SINE = [
    sys.executable,
    "-c",
    """
import array, math, sys, time
began, n = time.monotonic(), 0
while True:
    tone = (int(9000 * math.sin(2 * math.pi * 440 * k / 48000)) for k in range(n, n + 960))
    sys.stdout.buffer.write(array.array("h", tone).tobytes())
    sys.stdout.buffer.flush()
    n += 960
    time.sleep(max(0, began + n / 48000 - time.monotonic()))
""",
]


class Witness:
    """Takes the reports of a recorder and waits for one."""

    def __init__(self):
        self.reports = []
        self._news = threading.Condition()

    def __call__(self, report):
        with self._news:
            self.reports.append(report)
            self._news.notify_all()

    def all(self, event):
        with self._news:
            return [report for report in self.reports if report["event"] == event]

    def wait_for(self, event: str, that: Callable[[dict], bool] = lambda _: True) -> dict:
        def found():
            return [one for one in self.reports if one["event"] == event and that(one)]

        with self._news:
            assert self._news.wait_for(found, PATIENCE_S), f"no {event} in {self.reports}"
            return found()[0]


@contextmanager
def recording(settings: RecordingSettings) -> Iterator[tuple[Recorder, Witness]]:
    witness = Witness()
    recorder = Recorder(witness)
    recorder.start(settings)
    try:
        yield recorder, witness
    finally:
        recorder.stop(PATIENCE_S)


def settings_for(folder: Path, **changes) -> RecordingSettings:
    plain = RecordingSettings("card", folder, FONT, caption="金塱村 村民代表会议", **SMALL)
    return replace(plain, **changes)


def wait_for_film(witness: Witness, seconds: float) -> dict:
    return witness.wait_for("status", lambda status: status["part_ms"] >= seconds * 1000)


def verify_chain(folder: Path) -> int:
    """Check every line of the chain against the parts; return how many there are."""
    h = bytes(32)
    lines = [json.loads(line) for line in (folder / "chain.jsonl").read_text().splitlines()]
    for line in lines:
        part = (folder / line["part"]).read_bytes()
        fragment = part[line["off"] : line["off"] + line["len"]]
        assert len(fragment) == line["len"]
        h = hashlib.sha256(h + fragment).digest()
        assert h.hex() == line["h"]
    return len(lines)


def make_film(path: Path, seconds: float, fps: int = 10) -> Path:
    """Write a film of 160 x 120 whose left half is red and whose right half is blue."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (160, 120))
    assert writer.isOpened()
    picture = np.zeros((120, 160, 3), np.uint8)
    picture[:, :80] = (0, 0, 220)
    picture[:, 80:] = (220, 0, 0)
    for _ in range(int(seconds * fps)):
        writer.write(picture)
    writer.release()
    return path


class NetworkCamera:
    """An MJPEG camera on this machine, which can go away and come back."""

    def __init__(self):
        self.there = threading.Event()
        self.there.set()
        green = np.full((90, 160, 3), (0, 200, 0), np.uint8)
        self._jpeg = cv2.imencode(".jpg", green)[1].tobytes()

    @contextmanager
    def serving(self) -> Iterator[str]:
        camera = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                camera.send(self)

            def log_message(self, *words):
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            server.daemon_threads = True
            thread = threading.Thread(target=server.serve_forever, args=(0.05,))
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}/film.mjpg"
            finally:
                self.there.clear()
                server.shutdown()
                thread.join()

    def send(self, request: BaseHTTPRequestHandler):
        if not self.there.is_set():
            request.send_error(503)
            return
        request.send_response(200)
        request.send_header("Content-Type", "multipart/x-mixed-replace; boundary=next")
        request.end_headers()
        head = b"--next\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
        try:
            while self.there.is_set():
                request.wfile.write(head % len(self._jpeg) + self._jpeg + b"\r\n")
                time.sleep(0.05)
        except OSError:
            pass  # the recorder went first
