"""While a secret vote is open the film shows nothing of the room and has no sound; afterwards both are back."""

import os
import signal
import time
from dataclasses import replace

import kiosk_fixtures
import numpy as np
import pytest
from camera_fixtures import SINE, make_film, recording, settings_for, wait_for_film
from film_reading import decode
from kiosk_fixtures import CHAIR, VOTE, found_today, settings_in, wait_until

from kiosk.camera.caption import must_be_covered
from kiosk.core import commands as c
from kiosk.core.ballot_terms import Method
from kiosk.core.terms import Role
from kiosk.demo.story import TODAY

BACK_S = 1.5
"""Within so long the room is seen again after the vote."""


def is_room(picture):
    """The camera's film is red on its left and blue on its right; the card is neither."""
    height, width = picture.shape[:2]
    left = picture[height // 2, width * 3 // 8].astype(int)
    right = picture[height // 2, width * 5 // 8].astype(int)
    return left[2] > 120 > left[0] and right[0] > 120 > right[2]


def colours(picture):
    """How strongly any place of the upper half is coloured at all; below it the card has a golden bar."""
    above = picture[: picture.shape[0] // 2].astype(int)
    return (above.max(axis=2) - above.min(axis=2)).max()


@pytest.fixture(scope="module")
def covered(tmp_path_factory):
    """A film of a coloured room with a tone, in which the room was covered for a while."""
    folder = tmp_path_factory.mktemp("covered")
    avi = make_film(folder / "village.avi", seconds=1.0)
    settings = settings_for(folder / "record", source=str(avi), microphone=SINE)
    with recording(settings) as (recorder, witness):
        wait_for_film(witness, 1.5)
        recorder.mark("v1:opened", "表决开始")
        recorder.cover()
        witness.wait_for("status", lambda status: status["covered"])
        wait_for_film(witness, witness.all("status")[-1]["part_ms"] / 1000 + 2.0)
        recorder.uncover()
        recorder.mark("v1:closed", "表决结束")
        closed = witness.wait_for("marked", lambda mark: mark["id"] == "v1:closed")
        wait_for_film(witness, closed["offset_ms"] / 1000 + BACK_S + 1.5)
    marks = [one["offset_ms"] / 1000 for one in witness.all("marked")]
    return decode(folder / "record" / "part-0001.mp4"), marks


def test_nothing_of_the_room_is_seen_while_it_is_covered(covered):
    film, (opened, closed) = covered
    between = [
        picture
        for at, picture in zip(film.times, film.pictures, strict=True)
        if opened < at <= closed
    ]
    assert len(between) > 10
    assert not any(is_room(picture) for picture in between)
    assert max(colours(picture) for picture in between) < 70
    assert colours(film.pictures[0]) > 150


def test_the_room_is_seen_before_and_after(covered):
    film, (opened, closed) = covered
    assert is_room(film.at(opened - 0.3))
    assert is_room(film.at(closed + 0.5))


def test_nothing_is_heard_while_the_room_is_covered(covered):
    film, (opened, closed) = covered

    def loud(begin, end):
        return np.abs(film.sound[int(begin * 48000) : int(end * 48000)]).max()

    assert loud(opened - 0.8, opened - 0.3) > 0.1
    assert loud(opened + 0.3, closed - 0.1) < 0.01
    assert loud(closed + BACK_S, closed + BACK_S + 0.5) > 0.1


def test_a_recorder_that_starts_in_a_secret_vote_starts_covered(tmp_path):
    avi = make_film(tmp_path / "village.avi", seconds=1.0)
    settings = settings_for(tmp_path / "record", source=str(avi), microphone=SINE, covered=True)
    with recording(settings) as (_, witness):
        wait_for_film(witness, 1.5)
    film = decode(tmp_path / "record" / "part-0001.mp4")
    assert not any(is_room(picture) for picture in film.pictures)
    assert np.abs(film.sound).max() < 0.01


# --- by the meeting


@pytest.fixture
def house(tmp_path):
    """A house whose camera sees the coloured room."""
    avi = make_film(tmp_path / "village.avi", seconds=1.0)
    opened = found_today(replace(settings_in(tmp_path), camera=str(avi)))
    yield opened
    opened.close()


def status_covered(operator):
    return operator.lights.covered


def test_a_secret_vote_covers_the_room_from_its_opening_to_its_close(house):
    operator = house.app.operator
    operator.start()
    house.open()
    wait_until(lambda: operator.lights.picture == "live")
    wait_until(lambda: operator.lights.fps)
    house.open_vote(method=Method.SECRET)
    wait_until(lambda: status_covered(operator))
    assert "无记名表决，画面已遮住" in house.officer(kiosk_fixtures.SECRETARY).open("/console/")
    house.do(c.VoidVote(TODAY, VOTE, "票箱没有放好"), Role.CHAIR, CHAIR)
    wait_until(lambda: not status_covered(operator))
    wait_until(lambda: operator.lights.picture == "live")
    house.adjourn()
    wait_until(lambda: house.meeting().recording.stopped)
    operator.stop()
    (mark,) = house.meeting().recording.marks
    film = decode(operator.folder(TODAY) / mark.part)
    begin = mark.offset_ms / 1000
    seen = [is_room(picture) for picture in film.pictures]
    times = film.times
    assert any(room for at, room in zip(times, seen, strict=True) if at < begin)
    covered = [not room for at, room in zip(times, seen, strict=True) if at > begin]
    assert covered[0]
    assert covered.index(False) > 5, "and the room is back"
    assert not any(covered[covered.index(False) :])


def test_a_recorder_killed_in_a_secret_vote_comes_back_covered(house):
    operator = house.app.operator
    operator.start()
    house.open()
    wait_until(lambda: operator.lights.picture == "live")
    house.open_vote(method=Method.SECRET)
    wait_until(lambda: status_covered(operator))
    os.kill(operator._recorder._process.pid, signal.SIGKILL)
    wait_until(lambda: operator.lights.restarts == 1)
    wait_until(lambda: house.meeting().recording.interruptions)
    wait_until(lambda: operator.lights.picture == "live" and operator.lights.covered)
    time.sleep(2)
    operator.stop()
    film = decode(operator.folder(TODAY) / "part-0002.mp4")
    assert film.pictures
    assert not any(is_room(picture) for picture in film.pictures)


def test_a_recorder_that_cannot_be_told_is_killed_rather_than_film_a_secret_vote(tmp_path):
    with recording(settings_for(tmp_path)) as (recorder, witness):
        wait_for_film(witness, 0.2)
        process = recorder._process
        os.kill(process.pid, signal.SIGSTOP)
        for entry in range(2000):  # until the pipe is full
            recorder.caption("金塱村 村民代表会议" * 4, entry)
        recorder.cover()
        assert witness.wait_for("died")["code"] == -signal.SIGKILL


def test_a_named_vote_is_filmed(house):
    house.open().open_vote()
    assert house.vote().is_open
    assert not must_be_covered(house.vote())


def test_secret_papers_are_read_before_the_camera_once_nobody_can_vote_any_more(house):
    house.open().open_vote(method=Method.SECRET)
    voters = sorted(house.vote().able)
    house.do(c.PrintBallotPapers(TODAY, VOTE, "b1", len(voters)))
    for person in voters:
        house.do(c.IssueBallotPaper(TODAY, VOTE, person))
    assert must_be_covered(house.vote()), "they are writing"
    house.do(c.ReturnBallotPapers(TODAY, VOTE, len(voters)))
    assert not must_be_covered(house.vote())


def test_secret_papers_are_read_covered_while_somebody_may_still_vote_at_a_screen(house):
    house.open().open_vote(method=Method.SECRET)
    voters = sorted(house.vote().able)
    house.do(c.PrintBallotPapers(TODAY, VOTE, "b1", len(voters)))
    for person in voters[:-1]:
        house.do(c.IssueBallotPaper(TODAY, VOTE, person))
    house.do(c.ReturnBallotPapers(TODAY, VOTE, len(voters) - 1))
    assert must_be_covered(house.vote())
