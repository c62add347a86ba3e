"""The bench of the recorder in its short form: what it measures with is right, and what a kill leaves is whole."""

import json

import numpy as np
from click.testing import CliRunner

from kiosk.bench.record.cost import cost, lost
from kiosk.bench.record.hours import film_for_hours
from kiosk.bench.record.kills import kill_recorder
from kiosk.bench.record.report import Report
from kiosk.bench.record.trials import Part
from kiosk.camera.counted import number, number_of
from kiosk.cli import cli


def test_a_picture_bears_its_number_and_a_picture_without_one_has_none():
    for n in (0, 1, 12345, (1 << 20) - 1):
        picture = np.full((180, 320, 3), 90, np.uint8)
        number(picture, n)
        assert number_of(picture) == n
    for shade in (0, 255):
        assert number_of(np.full((180, 320, 3), shade, np.uint8)) is None


def test_pictures_that_are_missing_between_the_first_and_the_last_are_lost():
    assert lost([Part("a", [], [3, 4, 6]), Part("b", [], [7, None, 9])]) == 2
    assert lost([Part("a", [], [3, 4, 5])]) == 0


def test_what_two_kills_leave_verifies_and_plays_and_each_is_a_gap_on_record():
    killed = kill_recorder(2, seed=7, say=lambda _words: None, size=(320, 180))
    assert killed.faults == []
    assert killed.gaps == len(killed.lost_s) == 2
    assert killed.unread == 0
    assert killed.parts >= 2
    assert killed.is_whole


def test_the_cost_is_told_in_figures_and_in_words(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))  # as where no ffmpeg is installed
    figures = cost(180, 2.0)
    assert figures["frames"] > 20
    assert figures["cpu_s_per_min"] > 0
    report = Report("", [figures], {}, {}, film_for_hours(0.02), [])
    assert "测试画面" in report.words
    assert "没有装 ffmpeg" in report.words
    assert "180 线每秒 25 帧" in report.words
    assert "小时的录像" in report.words
    assert json.loads(report.as_json)["costs"][0]["height"] == 180
    assert report.exit_status == 0


def test_nothing_is_measured_that_was_not_asked_for():
    done = CliRunner().invoke(cli, ["bench", "record", "--seconds", "0", "--kills", "0", "--json"])
    assert done.exit_code == 0
