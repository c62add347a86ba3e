"""The camera operator with the real recorder: a film exactly of the meeting, and every gap in it a fact."""

import hashlib
import os
import re
import signal
import threading
import time
from dataclasses import replace

import kiosk_fixtures
import numpy as np
import pytest
from film_reading import decode, marked_seq
from kiosk_fixtures import SECRETARY, found_today, settings_in, wait_until

from kiosk.camera.lettering import Lettering
from kiosk.camera.overlay import Overlay
from kiosk.camera.recovery import recover
from kiosk.camera.studio import OVERLAY_FONT
from kiosk.core.events import (
    RecordingInterrupted,
    RecordingStarted,
    RecordingStopped,
    SegmentSealed,
    VideoMarked,
    VoteClosed,
    VoteOpened,
)
from kiosk.core.terms import Moment, day_of
from kiosk.demo.story import MATTER, TODAY

filming_house = kiosk_fixtures.filming_house


def start(house, application=None):
    """Start the camera operator alone; a house that is closed ends those that still run."""
    operator = (application or house.app).operator
    operator.start()
    return operator


def filming(house):
    """Wait until the recorder films, and a moment more, so that there is something to seal."""
    wait_until(lambda: house.meeting().recording.is_running)
    time.sleep(1.2)


def recorder_of(operator):
    return operator._recorder._process


def kill(operator):
    """`kill -9` of the recorder of this test."""
    process = recorder_of(operator)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)


def sealed_as_told(house):
    """Every sealed part as its file has it."""
    folder = house.app.operator.folder(TODAY)
    for sealed in house.events(SegmentSealed):
        content = (folder / sealed.part).read_bytes()
        assert hashlib.sha256(content).hexdigest() == sealed.sha256
        assert len(content) == sealed.size_bytes
        assert sealed.began_at < sealed.ended_at
    return house.events(SegmentSealed)


@pytest.fixture(scope="module")
def filmed(tmp_path_factory):
    """A whole meeting that was filmed, the vote in the middle."""
    settings = settings_in(tmp_path_factory.mktemp("filmed"))
    house = found_today(replace(settings, film_height=720))
    operator = start(house)
    house.open()
    filming(house)
    house.open_vote()
    wait_until(lambda: len(house.meeting().recording.marks) == 1)
    time.sleep(0.6)  # so that its words are seen before those of the close
    house.cast(20, 5, 5).close_vote()
    wait_until(lambda: len(house.meeting().recording.marks) == 2)
    time.sleep(1.2)
    house.adjourn()
    wait_until(lambda: house.meeting().recording.stopped)
    wait_until(lambda: operator.lights.picture == "off")
    yield house
    house.close()


# --- a meeting as it should be


def test_opening_a_meeting_starts_its_film_and_adjourning_seals_it(filmed):
    assert filmed.events(RecordingStarted) == [RecordingStarted(TODAY, "card", sound=False)]
    assert filmed.events(RecordingStopped) == [RecordingStopped(TODAY)]
    assert filmed.events(RecordingInterrupted) == []
    (sealed,) = sealed_as_told(filmed)
    kinds = [
        type(e.event) for e in filmed.entries(RecordingStarted | SegmentSealed | RecordingStopped)
    ]
    assert kinds == [RecordingStarted, SegmentSealed, RecordingStopped]
    assert sealed.duration_ms > 2000


def test_the_marks_of_the_vote_lie_inside_the_film_in_their_order(filmed):
    opened, closed = filmed.events(VideoMarked)
    (sealed,) = filmed.events(SegmentSealed)
    assert (opened.moment, closed.moment) == (Moment.OPENED, Moment.CLOSED)
    assert {opened.part, closed.part} == {sealed.part}
    assert 0 <= opened.offset_ms <= closed.offset_ms <= sealed.duration_ms


def caption_of(picture, seq, at):
    """How far the bottom of a picture is from 日志第几条."""
    blank = np.zeros_like(picture)
    overlay = Overlay(Lettering(OVERLAY_FONT), 1280, 720, caption="", entry=seq)
    overlay.draw(blank, 0.0, at)
    place = np.s_[670:718, 800:985]
    return np.abs(blank[place].astype(int) - picture[place]).mean()


def test_the_picture_at_a_vote_bears_the_number_of_its_entry_in_the_journal(filmed):
    opened, closed = filmed.events(VideoMarked)
    vote_opened, vote_closed = filmed.entries(VoteOpened)[-1], filmed.entries(VoteClosed)[-1]
    title = filmed.village().matters[MATTER].title
    film = decode(filmed.app.operator.folder(TODAY) / opened.part)
    for mark, entry, says in ((opened, vote_opened, "开始"), (closed, vote_closed, "结束")):
        words = f"表决{says}（日志第{{}}条）：{title}"
        assert marked_seq(film, mark.offset_ms / 1000, words, near=entry.seq) == entry.seq


def test_the_foot_of_the_picture_bears_the_newest_entry(filmed):
    closed, entry = filmed.events(VideoMarked)[-1], filmed.entries(VoteClosed)[-1]
    film = decode(filmed.app.operator.folder(TODAY) / closed.part)
    picture = film.at(closed.offset_ms / 1000 + 1.0)
    wall = filmed.events(SegmentSealed)[0].began_at.timestamp() + closed.offset_ms / 1000 + 1.0
    # The marks themselves are entries too.
    newest = min(range(entry.seq - 4, entry.seq + 5), key=lambda n: caption_of(picture, n, wall))
    assert newest in {entry.seq, entry.seq + 1}


def test_the_film_begins_with_the_meeting_and_ends_with_it(filmed):
    meeting, (sealed,) = filmed.meeting(), filmed.events(SegmentSealed)
    assert 0 <= (sealed.began_at - meeting.opened_at).total_seconds() < 10
    assert abs((sealed.ended_at - meeting.adjourned_at).total_seconds()) < 2


def watching(house):
    """An officer who has said why he looks."""
    officer = house.officer(SECRETARY)
    officer.post(f"/films/{TODAY}/open", purpose="minutes", words="")
    return officer


def test_officers_see_the_film_with_its_parts_and_marks(filmed):
    page = watching(filmed).open(f"/film/{TODAY}/")
    (sealed,) = filmed.events(SegmentSealed)
    assert f'src="/film/{TODAY}/film.m3u8"' in page
    assert sealed.part in page
    assert sealed.sha256[:16] in page
    assert "第1次表决开始" in page
    assert "没有麦克风，无声" in page
    assert "录像中断" not in page


def test_the_playlist_names_ranges_of_parts_that_can_be_fetched(filmed):
    officer = watching(filmed)
    text = officer.open(f"/film/{TODAY}/film.m3u8")
    assert text.startswith("#EXTM3U")
    assert text.rstrip().endswith("#EXT-X-ENDLIST")
    assert f"/film/{TODAY}/part-0001.mp4" in text.splitlines()


def test_a_browser_gets_the_range_of_a_part_it_asks_for(filmed):
    officer, (sealed,) = watching(filmed), filmed.events(SegmentSealed)
    path = f"/film/{TODAY}/{sealed.part}"
    answer = officer.get(path, headers={"Range": "bytes=4-7"})
    assert (answer.status_code, answer.data) == (206, b"ftyp")
    assert answer.headers["Content-Range"] == f"bytes 4-7/{sealed.size_bytes}"
    beyond = officer.get(path, headers={"Range": f"bytes={sealed.size_bytes}-"})
    assert beyond.status_code == 416
    whole = officer.get(path)
    assert hashlib.sha256(whole.data).hexdigest() == sealed.sha256


@pytest.mark.parametrize("part", ["part-0002", "sealed", "..", "%2e%2e%2fkiosk", "chain"])
def test_nothing_but_parts_comes_out_of_the_film_folder(filmed, part):
    assert watching(filmed).get(f"/film/{TODAY}/{part}.mp4").status_code == 404


def test_nobody_else_sees_the_film(filmed):
    for path in (f"/film/{TODAY}/", f"/film/{TODAY}/film.m3u8", f"/film/{TODAY}/part-0001.mp4"):
        assert filmed.visitor().get(path).location == "/signin"
        assert filmed.hall_screen().get(path).location == "/signin"


def test_the_portal_says_that_there_is_a_film_and_shows_none_of_it(filmed):
    """It leads to the clip of the vote, which asks again who looks, and from where."""
    page = filmed.visitor().open(f"/r/{day_of(filmed.meeting().adjourned_at).year}-1")
    assert "这次会议没有摄像头，只录了测试画面" in page
    (clip,) = re.findall(rf'href="(/film/{TODAY}/[^"]+)"', page)
    away = {"REMOTE_ADDR": "203.0.113.9"}
    outside = filmed.visitor().client.get(clip, environ_overrides=away)
    for shown in (page, outside.text):
        assert "<video" not in shown
        assert ".m3u8" not in shown


# --- what goes wrong


@pytest.fixture
def filming_house_with(tmp_path):
    """Opens a house whose camera is this."""
    opened = []

    def open_house(camera):
        opened.append(found_today(replace(settings_in(tmp_path), camera=camera)))
        return opened[-1]

    yield open_house
    for house in opened:
        house.close()


def test_a_killed_recorder_is_a_gap_of_the_record_and_filming_goes_on(filming_house):
    house, operator = filming_house, start(filming_house)
    house.open()
    filming(house)
    kill(operator)
    wait_until(lambda: house.meeting().recording.interruptions)
    (gap,) = house.events(RecordingInterrupted)
    assert gap.cause == "recorder"
    assert gap.since < gap.until
    (first,) = sealed_as_told(house)
    assert first.part == "part-0001.mp4"
    assert gap.since == first.ended_at
    wait_until(lambda: operator.lights.picture == "card")
    house.open_vote()
    wait_until(lambda: house.meeting().recording.marks)
    time.sleep(1.2)
    house.close_vote().adjourn()
    wait_until(lambda: house.meeting().recording.stopped)
    operator.stop()
    assert [sealed.part for sealed in sealed_as_told(house)] == ["part-0001.mp4", "part-0002.mp4"]
    assert house.meeting().recording.marks[0].part == "part-0002.mp4"
    assert len(house.events(RecordingStarted)) == 2


def test_a_meeting_that_ends_before_the_recorder_is_back_ends_its_film_too(filming_house):
    house, operator = filming_house, start(filming_house)
    house.open()
    filming(house)
    kill(operator)
    wait_until(lambda: operator.lights.picture == "lost")
    house.adjourn()
    wait_until(lambda: house.meeting().recording.stopped)
    operator.stop()
    (sealed,) = sealed_as_told(house)
    (gap,) = house.events(RecordingInterrupted)
    assert (gap.since, gap.cause) == (sealed.ended_at, "recorder")
    assert gap.until == house.meeting().adjourned_at
    assert operator.lights.picture == "off"
    assert len(house.events(RecordingStarted)) == 1


def test_a_kiosk_that_was_cut_off_in_a_meeting_takes_the_film_up_again(filming_house):
    """The first kiosk hangs and its pipe to the recorder closes, as when a process is killed."""
    house, first = filming_house, start(filming_house)
    house.open()
    filming(house)
    hung = threading.Event()
    first._do.put(hung.wait)
    process = recorder_of(first)
    process.stdin.close()
    process.wait(20)
    assert house.events(SegmentSealed) == [], "nobody was there to hear of it"
    restarted = house.another()
    second = start(house, restarted)
    wait_until(lambda: house.meeting().recording.interruptions)
    first._meeting = None
    hung.set()
    first.stop()
    (gap,) = house.events(RecordingInterrupted)
    (sealed,) = sealed_as_told(house)
    assert gap.cause == "kiosk"
    assert gap.since == sealed.ended_at < gap.until
    time.sleep(1.2)
    restarted.parts.kiosk.execute(*kiosk_fixtures.adjourning())
    wait_until(lambda: house.meeting().recording.stopped)
    second.stop()
    assert [part.part for part in sealed_as_told(house)] == ["part-0001.mp4", "part-0002.mp4"]


def test_a_film_whose_beginning_did_not_come_on_record_comes_on_record_at_the_next_start(
    filming_house,
):
    """Cut off within seconds of the opening: the recorder had begun, and nobody was there to hear of it."""
    house, first = filming_house, start(filming_house)
    house.open()
    hung = threading.Event()
    first._do.put(hung.wait)  # behind the order to begin, before anything the recorder says
    wait_until(lambda: recorder_of(first))
    chain = house.app.operator.folder(TODAY) / "chain.jsonl"
    wait_until(lambda: chain.exists() and len(chain.read_text().splitlines()) > 3)
    process = recorder_of(first)
    process.stdin.close()
    process.wait(20)
    restarted = house.another()
    second = start(house, restarted)
    wait_until(lambda: house.meeting().recording.interruptions)
    first._meeting = None
    hung.set()
    first.stop()
    (gap,) = house.events(RecordingInterrupted)
    (sealed,) = sealed_as_told(house)
    assert (sealed.part, gap.cause) == ("part-0001.mp4", "kiosk")
    assert gap.since == sealed.ended_at < gap.until
    restarted.parts.kiosk.execute(*kiosk_fixtures.adjourning())
    wait_until(lambda: house.meeting().recording.stopped)
    second.stop()
    assert [part.part for part in sealed_as_told(house)] == ["part-0001.mp4", "part-0002.mp4"]


def test_a_kiosk_that_was_cut_off_while_sealing_seals_at_its_next_start(filming_house):
    house, first = filming_house, start(filming_house)
    house.open()
    filming(house)
    hung = threading.Event()
    first._do.put(hung.wait)
    house.adjourn()
    kill(first)
    second = start(house, house.another())
    wait_until(lambda: house.meeting().recording.stopped)
    first._meeting = None
    hung.set()
    first.stop()
    second.stop()
    assert len(sealed_as_told(house)) == 1
    assert recover(house.app.operator.folder(TODAY)) == []
    assert len(house.events(RecordingStopped)) == 1


def test_a_kiosk_stopped_in_a_meeting_seals_its_part_and_the_next_goes_on(filming_house):
    house, first = filming_house, start(filming_house)
    house.open()
    filming(house)
    first.stop()
    assert len(sealed_as_told(house)) == 1
    assert not house.meeting().recording.stopped
    second = start(house, house.another())
    wait_until(lambda: house.meeting().recording.interruptions)
    second.stop()
    assert house.events(RecordingInterrupted)[0].cause == "kiosk"


@pytest.mark.parametrize("camera", ["no-such-film.mp4", "99"])
def test_a_meeting_goes_on_with_a_card_when_the_camera_does_not_open(filming_house_with, camera):
    house = filming_house_with(camera)
    operator = start(house)
    house.open().open_vote().cast(16, 14).close_vote()
    filming(house)
    assert house.events(RecordingStarted) == [RecordingStarted(TODAY, "card", sound=False)]
    # It was never there, so it is not lost: the screens say 无摄像头, and no gap is claimed.
    wait_until(lambda: operator.lights.picture == "card")
    assert "无摄像头，录测试画面" in house.officer(SECRETARY).open("/console/")
    house.adjourn()
    wait_until(lambda: house.meeting().recording.stopped)
    operator.stop()
    assert house.events(RecordingInterrupted) == []
    assert len(sealed_as_told(house)) == 1
    assert house.vote().carried


def test_a_meeting_goes_on_when_nothing_can_be_recorded_at_all(filming_house):
    house = filming_house
    house.settings.recordings_dir.write_text("a file where the folder should be")
    operator = start(house)
    house.open()
    wait_until(lambda: operator.lights.picture == "failed")
    assert "录像停了，请检查磁盘" in house.officer(SECRETARY).open("/console/")
    house.open_vote().cast(16, 14).close_vote().adjourn()
    wait_until(lambda: operator.lights.picture == "off")
    operator.stop()
    assert house.vote().carried
    assert house.meeting().recording.started is None
    assert house.events(RecordingStopped) == []
