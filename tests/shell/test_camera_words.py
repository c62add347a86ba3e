"""Words in the picture, the sound's clock, and finding a microphone."""

import subprocess
import sys

import numpy as np
import pytest
from camera_fixtures import FONT, ROOT, settings_for

from kiosk.camera.lettering import Lettering
from kiosk.camera.microphone import alsa_device, find_microphone, pulse_source
from kiosk.camera.overlay import Overlay
from kiosk.camera.settings import RecordingSettings
from kiosk.camera.timeline import RATE, Timeline

BLOCK = 1024


@pytest.fixture(scope="module")
def lettering():
    return Lettering(FONT)


def test_long_words_are_made_to_fit_and_short_ones_are_left_alone(lettering):
    short = lettering.line("村民会议", 30)
    assert lettering.fitted("村民会议", 30, 600) is short
    smaller = lettering.fitted("村" * 24, 30, 600)
    assert smaller.shape[1] <= 600
    assert smaller.shape[0] < short.shape[0]
    cut = lettering.fitted("村" * 200, 30, 600)
    assert cut.shape[1] <= 600
    assert cut[:, -12:].max() > 0, "the ellipsis is there"


def test_the_clock_does_not_tremble(lettering):
    widths = {lettering.clock(f"11:1{n}:{n}1", 25).shape[1] for n in range(6)}
    assert len(widths) == 1


def test_no_words_and_endless_words_do_not_stop_the_film(lettering):
    overlay = Overlay(lettering, 320, 180, "")
    overlay.mark("表决开始：" + "公益性骨灰楼" * 40, at=10.0)
    picture = np.full((180, 320, 3), 255, np.uint8)
    overlay.draw(picture, at=11.0, wall=1_795_310_000.0)
    assert picture[:150].min() == 255
    assert picture[154:166].max() <= 255
    assert picture[155, 100].max() < 200, "the band is dark"


def test_a_mark_is_shown_for_five_seconds(lettering):
    overlay = Overlay(lettering, 320, 180, "金塱村")
    overlay.mark("表决开始", at=10.0)
    shown = []
    for at in (10.0, 14.9, 15.1):
        picture = np.full((180, 320, 3), 255, np.uint8)
        overlay.draw(picture, at=at, wall=1_795_310_000.0)
        shown.append(picture[156, 160].max() < 255)
    assert shown == [True, True, False]


def test_sound_that_comes_late_is_waited_for_and_then_missed():
    timeline = Timeline(origin=100.0)
    assert len(timeline.take(100.4, hearing=True)) == 0
    silence = timeline.take(100.6, hearing=True)
    assert len(silence) == 28 * BLOCK
    assert not silence.any()
    timeline.add(np.ones(RATE, np.int16), arrived=101.0)  # all the second, more than half too late
    heard = timeline.take(101.0, hearing=True)
    assert timeline.head == pytest.approx(101.0, abs=BLOCK / RATE)
    assert 0.3 < heard.sum() / RATE < 0.45


def test_a_hole_in_the_sound_is_filled_with_silence():
    timeline = Timeline(origin=0.0)
    timeline.add(np.ones(RATE // 2, np.int16), arrived=0.5)
    timeline.add(np.ones(RATE // 2, np.int16), arrived=2.0)
    heard = timeline.take(2.0, hearing=True)
    assert not heard[RATE * 6 // 10 : RATE * 14 // 10].any()
    assert heard[-1000:].all()


def test_small_delays_change_nothing():
    timeline = Timeline(origin=0.0)
    for n in range(1, 51):
        timeline.add(np.full(960, n, np.int16), arrived=n * 0.02 + 0.03 * (n % 2))
    heard = timeline.take(1.0, hearing=True)
    assert (np.diff(heard) >= 0).all()
    assert heard[-1] == 50 or len(heard) % BLOCK == 0


def in_pieces(timeline, seconds, *, drift=0.0, late=lambda _n: 0.0):
    """Sound of a card that counts a little wrong, 20 ms at a time, each as late as it comes."""
    taken = 0
    for n in range(1, int(seconds / 0.02) + 1):
        at = n * 0.02 / (1 + drift)
        timeline.add(np.ones(960, np.int16), arrived=at + late(n))
        taken += len(timeline.take(at, hearing=True))
    return taken


@pytest.mark.parametrize("drift", [3e-3, -3e-3])
def test_a_card_that_counts_wrong_is_put_right_before_forty_milliseconds_more(drift):
    timeline = Timeline(origin=0.0)
    in_pieces(timeline, 100.0, drift=drift)
    waiting = len(timeline._waiting) / RATE
    assert timeline.head + waiting == pytest.approx(100.0 / (1 + drift), abs=0.06)


def test_delays_of_a_busy_machine_put_nothing_in_and_take_nothing_out():
    timeline = Timeline(origin=0.0)
    late = [0.0, 0.25, 0.23, 0.1, 0.3, 0.05]
    in_pieces(timeline, 60.0, late=lambda n: late[n % len(late)])
    assert timeline.head + len(timeline._waiting) / RATE == pytest.approx(60.0, abs=0.001)


def test_the_capture_device_of_arecord_is_found():
    listing = """**** List of CAPTURE Hardware Devices ****
card 1: USB [Jabra SPEAK 510 USB], device 0: USB Audio [USB Audio]
  Subdevices: 1/1
  Subdevice #0: subdevice #0
"""
    assert alsa_device(listing) == "plughw:1,0"
    assert alsa_device("**** List of CAPTURE Hardware Devices ****\n") is None


def test_a_monitor_of_the_loudspeaker_is_not_a_microphone():
    monitor = "0\talsa_output.pci.analog-stereo.monitor\tmodule-alsa-card.c\ts16le\tIDLE\n"
    assert pulse_source(monitor) is None
    assert pulse_source(monitor + "1\talsa_input.usb.mono\tm\ts16le\tIDLE") == "alsa_input.usb.mono"


def test_without_programs_there_is_no_microphone(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_microphone() is None


def test_the_record_order_survives_the_way(tmp_path):
    settings = settings_for(tmp_path, microphone=["arecord", "-q"])
    assert RecordingSettings.from_order(settings.as_order()) == settings
    with pytest.raises(ValueError, match="not complete"):
        RecordingSettings.from_order({"do": "record", "source": "0"})
    with pytest.raises(ValueError, match="must be record"):
        RecordingSettings.from_order({"do": "stop"})


def test_the_server_does_not_load_the_libraries():
    modules = "recorder, settings, recovery, playlist, parts, microphone"
    code = f"from kiosk.camera import {modules}; import sys; "
    code += "assert not {'cv2', 'av', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=20)
