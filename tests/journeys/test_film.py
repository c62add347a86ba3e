"""The film of a rehearsed meeting in real Chromium: it plays, it jumps to each vote, each vote has its clip."""

import io
import re
import shutil
import sys
from dataclasses import replace

import cv2
import numpy as np
import pytest
from film_reading import decode, marked_seq
from hands import Hands
from playwright.sync_api import expect

from kiosk.app import create_app
from kiosk.config import REHEARSAL
from kiosk.core.events import VoteOpened
from kiosk.core.journal import read
from kiosk.demo.story import MATTER, TODAY, VILLAGE
from kiosk.rehearsal.meeting import Rehearsal
from kiosk.rehearsal.server import RealServer
from kiosk.rehearsal.visitors import Officer
from kiosk.web.sitting.closing import VOIDINGS

CHAIR = "p0001"
PART_S = 6
TONE = """
import array, math, sys, time
began, n = time.monotonic(), 0
while True:
    tone = (int(9000 * math.sin(2 * math.pi * 440 * k / 48000)) for k in range(n, n + 960))
    sys.stdout.buffer.write(array.array("h", tone).tobytes())
    sys.stdout.buffer.flush()
    n += 960
    time.sleep(max(0, began + n / 48000 - time.monotonic()))
"""
LENGTH = """
v => v.readyState ? v.duration : new Promise(done => v.onloadedmetadata = () => done(v.duration))
"""
NEAR_S = 0.3


def film_file(folder):
    """In the place of a camera: two seconds of a moving square."""
    path = folder / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (640, 360))
    for n in range(50):
        frame = np.full((360, 640, 3), 60, np.uint8)
        cv2.rectangle(frame, (n * 10, 100), (n * 10 + 80, 200), (40, 200, 240), -1)
        writer.write(frame)
    writer.release()
    return path


@pytest.fixture(scope="module")
def held(founded, tmp_path_factory):
    """A meeting whose first vote was declared void and held again, its film in several parts."""
    original, codes = founded
    folder = tmp_path_factory.mktemp("filmed")
    data, films = folder / "data" / REHEARSAL, folder / "recordings" / REHEARSAL
    shutil.copytree(original.data_dir, data)
    (folder / "tone.py").write_text(TONE)
    settings = replace(
        original,
        data_dir=data,
        recordings_dir=films,
        camera=str(film_file(folder)),
        microphone=f"{sys.executable} {folder / 'tone.py'}",
        segment_s=PART_S,
        film_height=720,
    )
    server = RealServer(settings, folder / "server.log")
    server.start()
    rehearsal = Rehearsal(server, codes)
    rehearsal.gather()
    yield hold(rehearsal, codes)
    server.kill()


def hold(rehearsal, codes):
    officer, chair = rehearsal.officer, Officer(rehearsal.server.url)
    chair.sign_in(CHAIR, next(code for person, _, _, code in codes.officers if person == CHAIR))
    voters = [seat for seat in rehearsal.meeting().seats.values() if seat.votes][:30]
    for seat in voters:
        officer.send("/checkin/in", meeting=TODAY, person=seat.person)
    rehearsal.open()
    chain = rehearsal.server.settings.recordings_dir / "jintang" / TODAY / "chain.jsonl"
    for number in (1, 2):
        part = f"part-{number + 1:04d}"
        rehearsal.await_that(lambda m, p=part: p in chain.read_text(), "the film stands still")
        officer.send("/console/vote", meeting=TODAY, matter=MATTER, running_tally="yes")
        vote = rehearsal.meeting().open_vote.id
        rehearsal.await_that(lambda m, n=number: len(m.recording.marks) == n, "not marked")
        for seat in voters[:3]:
            rehearsal.ballots[0].vote(TODAY, vote, seat.person, "for")
        told = chain.read_text().count("\n")
        # The words of the opening stand in some seconds of film before those of the close take their place.
        rehearsal.await_that(lambda m, n=told: chain.read_text().count("\n") > n + 5, "no film")
        if number == 1:
            chair.send("/console/void", meeting=TODAY, vote=vote, ground=VOIDINGS[0])
    officer.send("/console/close", meeting=TODAY, vote=vote, unused_confirmed="yes")
    rehearsal.await_that(lambda m: len(m.recording.marks) == 3, "not marked")
    officer.send("/console/adjourn", meeting=TODAY)
    rehearsal.await_that(lambda m: m.recording.stopped, "the film is not sealed")
    # The meeting is over: from now on whoever looks says why, once in two hours.
    officer.send(f"/films/{TODAY}/open", purpose="minutes", words="")
    rehearsal.hall.close()
    return rehearsal


def seat_at(hands, rehearsal):
    """The officer of the rehearsal, at a browser of ours."""
    url = rehearsal.server.url
    session = rehearsal.officer.session
    hands.context.add_cookies(
        [{"name": c.name, "value": c.value, "url": url} for c in session.cookies]
    )
    return hands


def film_second(recording, mark):
    """Where a mark stands in the whole film."""
    before = [part.duration_ms for part in recording.segments if part.part < mark.part]
    return (sum(before) + mark.offset_ms) / 1000


def expect_near(video, second, *, within=NEAR_S):
    """The film is at that second, or has played on from there for a moment."""
    video.evaluate("v => v.pause()")
    at = video.evaluate("v => v.currentTime")
    assert second - within <= at <= second + 6, (at, second)


def test_the_film_plays_and_a_tap_on_a_vote_is_there(held, chromium):
    recording = held.meeting().recording
    assert len(recording.segments) >= 3
    assert recording.started.sound
    hands = seat_at(Hands(chromium, held.server.url), held)
    hands.open(f"/film/{TODAY}/")
    video = hands.page.locator("video")
    whole = sum(part.duration_ms for part in recording.segments) / 1000
    assert abs(video.evaluate(LENGTH) - whole) < 0.5

    opened, again, closed = recording.marks
    for words, mark in (
        ("第2次表决结束", closed),
        ("第1次表决开始", opened),
        ("第2次表决开始", again),
    ):
        second = film_second(recording, mark)
        chapter = hands.page.locator(".chapter", has_text=words)
        assert abs(float(chapter.get_attribute("data-second")) - second) < 0.01
        chapter.tap()
        expect(chapter).to_have_attribute("aria-current", "true")
        expect_near(video, second)
    hands.picture("film-chapters")
    assert hands.complaints == []
    hands.close()


def test_without_a_script_the_link_of_a_chapter_opens_the_film_there(held, chromium):
    hands = seat_at(Hands(chromium, held.server.url, java_script_enabled=False), held)
    hands.open(f"/film/{TODAY}/")
    chapter = hands.page.locator(".chapter", has_text="第2次表决开始")
    second = chapter.get_attribute("data-second")
    chapter.click()
    hands.page.wait_for_url(f"**/film/{TODAY}/?t={second}#film")
    source = hands.page.locator("video").get_attribute("src")
    assert source.endswith(f"film.m3u8#t={second}")
    hands.close()


def pieces_played(phone):
    """What the phone is given to play: each part's pieces after its head, as one film a part."""
    source = phone.page.locator("video").get_attribute("src")
    get = phone.page.request.get
    addresses = re.findall(r'(?m)URI="([^"]+)"|^(/.+)$', get(phone.url + source).text())
    films = {}
    for head, piece in addresses:
        address = head or piece
        films.setdefault(address.split("/")[-2], b"")
        films[address.split("/")[-2]] += get(phone.url + address).body()
    return {part: decode(io.BytesIO(film)) for part, film in films.items()}


def bears_the_entry_of_the_vote(held, vote, films):
    """The clip's picture just after the vote opened bears the number of the entry that opened it."""
    kiosk = create_app(held.server.settings).parts.kiosk
    entries = [read(line) for line in kiosk.lines(VILLAGE)]
    (seq,) = (e.seq for e in entries if isinstance(e.event, VoteOpened) and e.event.vote == vote)
    mark = next(mark for mark in held.meeting().recording.marks if mark.vote == vote)
    film, at_s = films[mark.part], mark.offset_ms / 1000
    title = held.village().matters[MATTER].title
    assert marked_seq(film, at_s, f"表决开始（日志第{{}}条）：{title}", near=seq) == seq


def test_a_phone_in_the_hall_plays_the_clip_of_the_second_vote_and_no_more(held, chromium):
    recording, votes = held.meeting().recording, list(held.meeting().votes)
    phone = Hands(chromium, held.server.url, viewport={"width": 390, "height": 844}, is_mobile=True)
    phone.open(f"/film/{TODAY}/{votes[1]}/")
    phone.see("第1次村民代表会议第2次表决")
    video = phone.page.locator("video")
    _, opened, closed = (film_second(recording, mark) for mark in recording.marks)
    length = video.evaluate(LENGTH)
    whole = sum(part.duration_ms for part in recording.segments) / 1000
    assert closed - opened < length < whole
    begin, end = phone.page.locator("a[data-second]").all()
    assert float(end.get_attribute("data-second")) - float(
        begin.get_attribute("data-second")
    ) == pytest.approx(closed - opened, abs=0.01)
    end.tap()
    phone.page.wait_for_timeout(500)
    expect_near(video, float(end.get_attribute("data-second")))
    phone.picture("clip-phone")
    bears_the_entry_of_the_vote(held, votes[1], pieces_played(phone))
    assert phone.complaints == []
    phone.close()
