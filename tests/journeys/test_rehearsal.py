"""`kiosk rehearse` as a newcomer types it, and the verifier on what it leaves behind."""

import subprocess
import sys

import cv2
import numpy as np
import pytest


@pytest.fixture
def film(tmp_path):
    """A film file: two seconds of a moving square."""
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (640, 360))
    for n in range(50):
        frame = np.full((360, 640, 3), 60, np.uint8)
        cv2.rectangle(frame, (n * 10, 100), (n * 10 + 80, 200), (40, 200, 240), -1)
        writer.write(frame)
    writer.release()
    return path


def kiosk(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *arguments],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_a_rehearsal_ends_with_everything_in_place_and_any_flipped_byte_is_named(tmp_path, film):
    out = tmp_path / "out"
    held = kiosk("rehearse", "--people", "45", "--camera", str(film), "--out", str(out))
    assert held.returncode == 0, held.stdout + held.stderr
    assert "核验      通过" in held.stdout
    assert "要到30人，实到29人" in held.stdout

    bundle = out / "bundle"
    assert kiosk("verify", str(bundle)).returncode == 0
    for pattern, named in (
        ("journal.jsonl", "日志"),
        ("recordings/**/*.mp4", "part-0001.mp4"),
        ("papers/*.pdf", "文书"),
    ):
        (path,) = bundle.glob(pattern)
        whole = path.read_bytes()
        path.unlink()  # it may be a hard link to the kiosk's own file
        path.write_bytes(whole[:1000] + bytes([whole[1000] ^ 1]) + whole[1001:])
        verdict = kiosk("verify", str(bundle))
        assert verdict.returncode == 1
        assert named in verdict.stdout
        path.write_bytes(whole)
    assert kiosk("verify", str(bundle)).returncode == 0
