"""The film of a meeting: what a recording of the card, of a film and of a microphone holds."""

import hashlib
import json

import numpy as np
import pytest
from camera_fixtures import (
    SINE,
    make_film,
    recording,
    settings_for,
    verify_chain,
    wait_for_film,
)
from film_reading import decode

GOLD = (84, 186, 240)


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    """Two seconds and more of the card in full size, a mark, and a second part."""
    folder = tmp_path_factory.mktemp("card")
    settings = settings_for(folder, width=1280, height=720, part_s=2.2)
    with recording(settings) as (recorder, witness):
        wait_for_film(witness, 1.0)
        recorder.mark("v1:opened", "表决开始：公益性骨灰楼建设方案")
        recorder.caption("金塱村 村民会议")
        witness.wait_for("sealed")
        wait_for_film(witness, 0.0)
        witness.wait_for("status", lambda status: status["part"] == "part-0002.mp4")
    return folder, witness


def is_gold(picture):
    """Whether the gold edge of a mark is at its place."""
    place = picture[picture.shape[0] * 630 // 720, 2:8].astype(int)
    return np.abs(place - GOLD).max() < 60


def test_the_film_is_h264_and_aac_and_as_long_as_the_recorder_says(card):
    folder, witness = card
    sealed = witness.all("sealed")
    assert [part["part"] for part in sealed] == ["part-0001.mp4", "part-0002.mp4"]
    film = decode(folder / "part-0001.mp4")
    assert film.codecs == {"h264", "aac"}
    assert len(film.pictures) == sealed[0]["frames"]
    assert film.pictures[0].shape == (720, 1280, 3)
    assert film.seconds == pytest.approx(sealed[0]["duration_ms"] / 1000, abs=0.2)
    assert film.seconds == pytest.approx(2.2, abs=0.4)
    assert sealed[0]["ended_at"] - sealed[0]["began_at"] == pytest.approx(film.seconds, abs=0.5)


def test_what_is_sealed_is_what_is_on_the_disk(card):
    folder, witness = card
    for part in witness.all("sealed"):
        content = (folder / part["part"]).read_bytes()
        assert len(content) == part["bytes"]
        assert hashlib.sha256(content).hexdigest() == part["sha256"]
    lines = [json.loads(line) for line in (folder / "sealed.jsonl").read_text().splitlines()]
    assert [line["sha256"] for line in lines] == [one["sha256"] for one in witness.all("sealed")]
    assert verify_chain(folder) > 6


def test_a_mark_is_in_the_film_where_its_report_says(card):
    folder, witness = card
    mark = witness.wait_for("marked", lambda mark: mark["id"] == "v1:opened")
    film = decode(folder / mark["part"])
    at = mark["offset_ms"] / 1000
    assert not is_gold(film.at(at - 0.25))
    assert is_gold(film.at(at + 0.25))


def test_the_words_are_in_the_picture_and_the_card_moves(card):
    folder, _ = card
    film = decode(folder / "part-0001.mp4")
    first, later = film.pictures[0], film.at(0.5)
    assert first[670:, :400].max() > 200, "caption"
    assert first[670:, 900:].max() > 180, "clock"
    assert first[200:310, 400:880].max() > 200, "title"
    assert np.abs(first[400:430].astype(int) - later[400:430]).max() > 80, "moving bar"


def test_reports_begin_with_started_and_end_with_stopped(card):
    _, witness = card
    events = [report["event"] for report in witness.reports]
    assert events[0] == "started"
    assert events[-1] == "stopped"
    assert witness.reports[0] | {"at": 0} == {
        "event": "started",
        "at": 0,
        "source": "card",
        "kind": "card",
        "sound": False,
    }
    assert witness.reports[-1]["parts"] == 2
    assert witness.all("lost") == []


def test_without_a_microphone_the_film_is_silent(card):
    folder, witness = card
    film = decode(folder / "part-0001.mp4")
    assert len(film.sound) / 48000 == pytest.approx(film.seconds, abs=0.3)
    assert np.abs(film.sound).max() < 0.001
    assert {status["sound"] for status in witness.all("status")} == {"silent"}


@pytest.fixture(scope="module")
def heard(tmp_path_factory):
    """A film that is shorter than the recording, and a microphone."""
    folder = tmp_path_factory.mktemp("heard")
    avi = make_film(folder / "village.avi", seconds=1.0)
    settings = settings_for(folder / "record", source=str(avi), microphone=SINE)
    with recording(settings) as (_, witness):
        wait_for_film(witness, 2.5)
    return folder / "record", witness


def test_a_film_is_shown_whole_and_begins_again(heard):
    folder, witness = heard
    assert witness.wait_for("started")["kind"] == "film"
    film = decode(folder / "part-0001.mp4")
    assert film.seconds > 2
    assert len(film.pictures) / film.seconds == pytest.approx(10, abs=3), "paced by its own fps"
    red = film.pictures[-1][60, 100][2]
    assert red > 150, "the left half is red"
    assert film.pictures[-1][60, 10].max() < 40, "letter-box"
    assert witness.all("lost") == []


def test_the_microphone_is_in_the_film(heard):
    folder, witness = heard
    assert witness.wait_for("started")["sound"] is True
    assert witness.all("status")[-1]["sound"] == "live"
    film = decode(folder / "part-0001.mp4")
    assert len(film.sound) / 48000 == pytest.approx(film.seconds, abs=0.8)
    middle = film.sound[len(film.sound) // 2 :][:24000]
    spectrum = np.abs(np.fft.rfft(middle))
    assert np.argmax(spectrum) * 48000 / len(middle) == pytest.approx(440, abs=5)
    assert np.abs(middle).max() > 0.15
