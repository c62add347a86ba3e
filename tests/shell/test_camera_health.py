"""How the film stands, in words: a silent microphone, a full disk, a recorder that hangs, a camera that goes away."""

import signal
import sys
import time
from dataclasses import replace

import kiosk_fixtures
import numpy as np
import pytest
from camera_fixtures import (
    SINE,
    NetworkCamera,
    recording,
    settings_for,
    verify_chain,
)
from kiosk_fixtures import SECRETARY, found_today, settings_in, wait_until

from kiosk.camera import operator as operating
from kiosk.camera.level import SILENCE_DB, Level
from kiosk.camera.pace import Pace
from kiosk.camera.reports import lights_begun, lights_of
from kiosk.camera.studio import Lights
from kiosk.camera.watch import HANGS_AFTER_S, UNSEEN_AFTER_S
from kiosk.core.ballot_terms import Method
from kiosk.core.events import RecordingInterrupted, RecordingStarted
from kiosk.wording.filming import film_alarm, film_lasts, film_lights

filming_house = kiosk_fixtures.filming_house
SILENCE = [
    sys.executable,
    "-c",
    """
import sys, time
while True:
    sys.stdout.buffer.write(bytes(1920))
    sys.stdout.buffer.flush()
    time.sleep(0.02)
""",
]
LAMPS = {
    "picture": "live", "sound": "live", "disk": "ok", "fps": "25", "dropped": "0", "restarts": "0",
    "cause": "", "covered": "", "minutes": "720",
}  # fmt: skip
STATUS = {
    "event": "status", "picture": "live", "sound": "live", "level_db": -20.0, "fps": 25.0, "dropped": 0,
    "bytes_per_hour": 700_000_000, "covered": False,
}  # fmt: skip


def said(**lamps):
    return {name: words for name, _, words in film_lights(LAMPS | lamps)}


def test_the_lamps_say_pace_losses_and_restarts_and_how_long_the_disk_will_do():
    assert said() == {"录像": "正在录像，每秒25帧", "声音": "有声音", "磁盘": "还能录12小时"}
    bad = said(dropped="7", restarts="2", disk="low", minutes="80", sound="quiet")
    assert bad["录像"] == "正在录像，每秒25帧，丢了7帧，重启过2次"
    assert bad["声音"] == "麦克风没有声音，请检查开关和插头"
    assert bad["磁盘"] == "只够录1小时20分钟，请清理"
    assert film_lasts(20) == "20分钟"


def test_the_console_says_in_large_what_is_wrong_and_that_the_vote_is_not_touched():
    assert film_alarm(LAMPS) is None
    lost = film_alarm(LAMPS | {"picture": "lost"})
    full = film_alarm(LAMPS | {"picture": "failed", "cause": "磁盘空间不足：只剩 90 MB"})
    deaf = film_alarm(LAMPS | {"sound": "lost"})
    assert "画面断了" in lost.what
    assert "没有声音" in deaf.what
    assert "表决不受影响" in deaf.todo
    assert "磁盘空间不足" in full.what
    assert "表决不受影响" in lost.todo
    assert "表决不受影响" in full.todo


def test_small_changes_do_not_draw_every_page_anew():
    lights = lights_of(STATUS, Lights())
    assert (lights.fps, lights.sound, lights.bytes_per_hour) == (25, "live", 700_000_000)
    nearly = STATUS | {"fps": 24.2, "bytes_per_hour": 760_000_000, "level_db": -31.0}
    assert lights_of(nearly, lights) == lights
    assert lights_of(STATUS | {"fps": 12.0}, lights).fps == 12
    assert lights_of(STATUS | {"level_db": -80.0}, lights).sound == "quiet"
    assert lights_of(STATUS | {"sound": "silent"}, Lights()).sound == "silent"


def test_the_level_is_that_of_the_loudest_moment_and_is_forgotten_after_a_while():
    level = Level()
    assert level.peak_db == SILENCE_DB
    level.hear(np.full(960, 16384, np.int16), 100.0)
    assert level.peak_db == pytest.approx(-6.0, abs=0.1)
    for second in range(1, 14):
        level.hear(np.zeros(960, np.int16), 100.0 + second)
    assert level.peak_db == SILENCE_DB


def test_a_microphone_that_was_there_is_lost_until_it_is_heard_again():
    deaf = STATUS | {"sound": "silent"}
    lights = lights_of(deaf, lights_of(STATUS, Lights()))
    assert lights.sound == "lost"
    assert lights_begun({"kind": "camera", "sound": False}, lights).sound == "lost"
    assert lights_of(STATUS, lights_of(deaf, lights)).sound == "live"


def test_the_pace_is_that_of_the_last_seconds():
    pace = Pace()
    assert pace.per_second(0.0) == 0
    for n in range(250):
        pace.note(n / 25)
    assert pace.per_second(10.0) == pytest.approx(25, abs=0.5)
    assert pace.per_second(14.0) < 7


def test_a_microphone_that_dies_is_told_and_told_again_when_it_is_back(tmp_path):
    # It ends after two seconds, as when the plug is pulled; two seconds later it is there again.
    short = [sys.executable, "-m", "kiosk.camera.trial", "tone", "2"]
    with recording(settings_for(tmp_path, microphone=short)) as (_, witness):
        deaf = witness.wait_for("deaf")
        assert witness.wait_for("heard", lambda one: one["at"] > deaf["at"])
    verify_chain(tmp_path)


def test_a_microphone_that_gives_only_silence_is_seen(tmp_path):
    with recording(settings_for(tmp_path / "tone", microphone=SINE)) as (_, witness):
        assert witness.wait_for("status", lambda one: one["sound"] == "live")["level_db"] > -20
    with recording(settings_for(tmp_path / "silence", microphone=SILENCE)) as (_, witness):
        assert witness.wait_for("status", lambda one: one["sound"] == "live")["level_db"] < -60


def test_the_film_gives_way_before_the_votes_are_short_of_room_and_does_not_even_begin(tmp_path):
    with recording(settings_for(tmp_path, reserve_mb=1 << 40)) as (_, witness):
        assert witness.wait_for("failed")["cause"].startswith("磁盘空间不足")
        witness.wait_for("stopped")
    assert witness.all("started") == []
    assert list(tmp_path.glob("part-*")) == []


def test_a_full_disk_is_one_gap_and_votes_go_on(filming_house, monkeypatch):
    monkeypatch.setattr(operating, "START_AFTER_FAILURE_S", 0.5)
    house, operator = filming_house, filming_house.app.operator
    plenty = operator.studio
    operator.studio = replace(plenty, reserve_mb=1 << 40)
    operator.start()
    house.open()
    wait_until(lambda: operator.lights.picture == "failed")
    page = house.officer(SECRETARY).open("/console/")
    assert "录像停了：磁盘空间不足" in page
    house.open_vote().cast(16, 14).close_vote()
    time.sleep(3)  # it has been tried again, in vain
    operator.studio = plenty
    wait_until(lambda: house.meeting().recording.is_running)
    wait_until(lambda: house.events(RecordingInterrupted))
    operator.stop()
    (gap,) = house.events(RecordingInterrupted)
    assert gap.cause == "disk"
    assert gap.since == house.meeting().opened_at
    assert len(house.events(RecordingStarted)) == 1, "what could not begin did not begin"
    assert house.vote().carried


def test_a_recorder_that_hangs_is_seen_and_then_replaced(filming_house):
    house, operator = filming_house, filming_house.app.operator
    operator.start()
    house.open()
    wait_until(lambda: operator.lights.picture == "card" and operator.lights.fps)
    process = operator._recorder._process
    process.send_signal(signal.SIGSTOP)
    operator._watch._heard_at -= UNSEEN_AFTER_S
    wait_until(lambda: operator.lights.picture == "lost")
    operator._watch._heard_at -= HANGS_AFTER_S
    wait_until(lambda: operator.lights.restarts == 1)
    wait_until(lambda: house.events(RecordingInterrupted))
    operator.stop()
    assert house.events(RecordingInterrupted)[0].cause == "recorder"


def test_a_camera_that_goes_away_is_a_banner_and_a_gap_and_the_vote_goes_on(tmp_path):
    camera = NetworkCamera()
    with camera.serving() as url:
        house = found_today(replace(settings_in(tmp_path), camera=url))
        operator = house.app.operator
        operator.start()
        house.open()
        wait_until(lambda: operator.lights.picture == "live")
        camera.there.clear()
        wait_until(lambda: operator.lights.picture == "lost", within_s=10)
        assert "录像的画面断了" in house.officer(SECRETARY).open("/console/")
        house.open_vote(method=Method.IN_TURN).cast(16, 14).close_vote()
        camera.there.set()
        wait_until(lambda: operator.lights.picture == "live")
        wait_until(lambda: house.events(RecordingInterrupted))
        operator.stop()
        assert house.events(RecordingInterrupted)[0].cause == "camera"
        assert house.vote().carried
        house.close()
