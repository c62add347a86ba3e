"""What is left when the recorder or its server dies, and when the disk refuses."""

import json
import resource
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from camera_fixtures import (
    FONT,
    PATIENCE_S,
    ROOT,
    Witness,
    recording,
    settings_for,
    verify_chain,
    wait_for_film,
)
from film_reading import decode

from kiosk.camera.parts import FolderBusy, only_writer, sealed_parts
from kiosk.camera.recorder import Recorder
from kiosk.camera.recovery import recover


@contextmanager
def bare_process(settings):
    """The recorder process without its handle, as a dying server leaves it."""
    command = [sys.executable, "-m", "kiosk.camera"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:
        process.stdin.write(json.dumps(settings.as_order()).encode() + b"\n")
        process.stdin.flush()
        yield process


def until_film(process, part_ms):
    for line in process.stdout:
        report = json.loads(line)
        if report["event"] == "status" and report["part_ms"] >= part_ms:
            return
    pytest.fail("no film")


def reports_to_the_end(process):
    reports = [json.loads(line) for line in process.stdout]
    assert process.wait(PATIENCE_S) == 0
    return reports


def kill_in_mid_film(folder):
    """Leave a folder as a kill leaves it, torn in two places; return the last status before."""
    with recording(settings_for(folder)) as (recorder, witness):
        last = wait_for_film(witness, 2.0)
        recorder._process.send_signal(signal.SIGKILL)
        assert witness.wait_for("died")["code"] == -signal.SIGKILL
    with (folder / "part-0001.mp4").open("ab") as torn:
        torn.write(b"half a fragment")
    with (folder / "chain.jsonl").open("ab") as torn:
        torn.write(b'{"part": "part-0001.mp4", "i": 9')
    return last


def test_after_a_kill_all_but_the_last_moment_is_there_and_the_next_part_follows(tmp_path):
    last = kill_in_mid_film(tmp_path)
    unmended = shutil.copytree(tmp_path, tmp_path / "unmended")

    (part,) = recover(tmp_path)

    assert part.name == "part-0001.mp4"
    film = decode(tmp_path / part.name)
    assert film.times[-1] > last["part_ms"] / 1000 - 1.5
    assert part.duration_ms / 1000 == pytest.approx(film.times[-1], abs=0.2)
    assert part.bytes == (tmp_path / part.name).stat().st_size
    verify_chain(tmp_path)
    assert recover(tmp_path) == []
    assert sealed_parts(tmp_path) == [part]

    with bare_process(settings_for(unmended)) as process:
        until_film(process, 1000)
        process.stdin.close()
        process.stdin = None
        reports = reports_to_the_end(process)
    sealed = [report for report in reports if report["event"] == "sealed"]
    assert [one["part"] for one in sealed] == ["part-0002.mp4"], "closing stdin seals"
    assert reports[-1]["event"] == "stopped"
    assert sealed_parts(unmended)[0] == part, "the recorder mends as recover does"
    assert (unmended / part.name).read_bytes() == (tmp_path / part.name).read_bytes()
    assert verify_chain(unmended) > 5
    assert recover(unmended) == []
    assert decode(unmended / "part-0002.mp4").seconds > 0.5


def test_sigterm_seals_and_a_dead_camera_does_not_keep_the_film_from_beginning(tmp_path):
    with bare_process(settings_for(tmp_path, source=str(tmp_path / "no.avi"))) as process:
        started = json.loads(process.stdout.readline())
        lost = json.loads(process.stdout.readline())
        until_film(process, 500)
        process.terminate()
        reports = reports_to_the_end(process)
    assert (started["event"], started["kind"]) == ("started", "card")
    assert lost["event"] == "lost"
    assert "no.avi" in lost["cause"]
    assert [report["event"] for report in reports[-2:]] == ["sealed", "stopped"]


def test_when_the_disk_refuses_the_film_so_far_is_whole(tmp_path):
    with recording(settings_for(tmp_path)) as (recorder, witness):
        witness.wait_for("started")
        limit = (20_000, 20_000)  # bytes a file may have: refuses in the middle of a write
        resource.prlimit(recorder._process.pid, resource.RLIMIT_FSIZE, limit)
        assert witness.wait_for("failed")["cause"] == "磁盘已满"
        witness.wait_for("stopped")
    (sealed,) = witness.all("sealed")
    assert (tmp_path / sealed["part"]).stat().st_size == sealed["bytes"] < 20_000
    assert decode(tmp_path / sealed["part"]).seconds > 0.3
    verify_chain(tmp_path)
    assert witness.all("died") == []


def test_a_font_that_is_not_there_is_a_clear_failure(tmp_path):
    with recording(settings_for(tmp_path, font=tmp_path / "no.ttf")) as (_, witness):
        cause = witness.wait_for("failed")["cause"]
        assert witness.wait_for("stopped")["parts"] == 0
    assert cause == f"字体文件打不开：{tmp_path / 'no.ttf'}"
    assert list(tmp_path.glob("part-*")) == []


def test_a_folder_that_is_a_file_is_a_failure(tmp_path):
    with recording(settings_for(FONT)) as (_, witness):
        assert "录像无法继续" in witness.wait_for("failed")["cause"]
        witness.wait_for("stopped")


def test_parts_without_a_playable_fragment_are_removed(tmp_path):
    (tmp_path / "part-0001.mp4").write_bytes(b"head")
    (tmp_path / "part-0002.mp4").write_bytes(b"")
    head = {"part": "part-0001.mp4", "i": 0, "off": 0, "len": 4, "t": 1.0, "h": "00" * 32}
    (tmp_path / "chain.jsonl").write_text(json.dumps(head) + "\n")
    assert recover(tmp_path) == []
    assert list(tmp_path.glob("part-*")) == []
    assert (tmp_path / "chain.jsonl").read_bytes() == b""


def test_recovering_an_empty_folder_finds_nothing(tmp_path):
    assert recover(tmp_path) == []


def test_a_folder_has_one_writer(tmp_path):
    first, second = only_writer(tmp_path, wait_s=1), only_writer(tmp_path, wait_s=0)
    with first, pytest.raises(FolderBusy), second:
        pass
    with only_writer(tmp_path, wait_s=0):
        pass


def test_a_handle_without_a_process_takes_orders_in_vain():
    recorder = Recorder(Witness())
    recorder.mark("v1:opened", "表决开始")
    recorder.caption("金塱村")
    recorder.stop(1)
    assert not recorder.is_running
