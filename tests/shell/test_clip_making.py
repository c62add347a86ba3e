"""A clip for the public is made in a process apart: cut where the vote was, nobody to be recognised, no sound unasked.

The films are real ones: a photograph of a person, moved, encoded with sound; the result is decoded and searched.
"""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from face_films import SIZE, portrait, write_film
from film_reading import decode

from kiosk.camera.clip_order import ClipOrder, Stretch
from kiosk.camera.faces import FaceFinder, coarse, coarsen, grown

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two parts of a film."""
    folder = tmp_path_factory.mktemp("film")
    for part in ("part-0001.mp4", "part-0002.mp4"):
        write_film(folder / part, SECONDS)
    return folder


def made(folder, *stretches, whole_picture=False, sound=False, name="clip.mp4"):
    """The clip, by the real process, and its last words."""
    order = ClipOrder(str(folder), stretches, whole_picture, sound, str(folder / name))
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.camera.publicising"],
        input=order.as_line() + "\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return decode(order.out), json.loads(done.stdout.splitlines()[-1])


WHOLE = Stretch("part-0001.mp4", 0, SECONDS * 1000)


@pytest.fixture(scope="module")
def faceless(folder):
    return made(folder, WHOLE)


@pytest.fixture(scope="module")
def finder():
    return FaceFinder()


def test_in_the_film_itself_there_is_a_face_in_every_picture(folder, finder):
    film = decode(folder / "part-0001.mp4")
    assert all(finder.faces(picture) for picture in film.pictures[:: len(film.pictures) // 8])


def test_in_the_clip_the_detector_finds_no_face_any_more(faceless, finder):
    clip, told = faceless
    assert told["faces"] >= SECONDS * 3
    assert len(clip.pictures) >= SECONDS * 11
    found = [finder.faces(picture) for picture in clip.pictures]
    assert [boxes for boxes in found if boxes] == []


def test_the_clip_is_as_long_as_what_it_was_cut_from_and_shows_the_rest_as_it_was(folder, faceless):
    clip, told = faceless
    film = decode(folder / "part-0001.mp4")
    assert abs(clip.seconds - film.seconds) < 0.2
    assert told["seconds"] == pytest.approx(SECONDS, abs=1)
    below = (
        slice(340, 360),
        slice(0, SIZE[0]),
    )  # the foot of the picture, where the line is burnt in
    assert np.abs(clip.at(1)[below].astype(int) - film.at(1)[below]).mean() < 6


def test_sound_is_in_the_clip_only_where_it_was_asked_for(folder, faceless):
    assert faceless[0].codecs == {"h264"}
    heard, _ = made(folder, WHOLE, sound=True, whole_picture=True, name="heard.mp4")
    assert heard.codecs == {"h264", "aac"}
    assert np.abs(heard.sound).max() > 0.2
    assert len(heard.sound) / 48000 == pytest.approx(SECONDS, abs=0.2)


def test_a_vote_over_two_parts_is_one_clip(folder):
    stretches = (Stretch("part-0001.mp4", 2000, 3000), Stretch("part-0002.mp4", 0, 1000))
    clip, _ = made(folder, *stretches, whole_picture=True, name="two.mp4")
    assert clip.seconds == pytest.approx(2, abs=0.2)
    assert clip.times == sorted(clip.times)


def test_with_the_whole_picture_coarse_there_is_no_face_and_still_somebody_moves(folder, finder):
    clip, told = made(folder, WHOLE, whole_picture=True, name="whole.mp4")
    assert told["faces"] == 0
    assert not any(finder.faces(picture) for picture in clip.pictures[::4])
    assert np.abs(clip.at(0).astype(int) - clip.at(2)).mean() > 2


def test_a_part_that_is_not_there_fails_aloud(tmp_path):
    order = ClipOrder(str(tmp_path), (WHOLE,), True, False, str(tmp_path / "clip.mp4"))
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.camera.publicising"],
        input=order.as_line() + "\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode != 0


def test_a_small_face_is_covered_with_a_margin_on_every_side(finder):
    picture = np.full((360, 640, 3), 150, np.uint8)
    picture[100:220, 200:320] = portrait(120)
    ((left, top, right, bottom),) = finder.faces(picture)
    wide = grown((left, top, right, bottom), (640, 360))
    assert wide[0] <= left - 8
    assert wide[1] <= top - 8
    assert wide[2] >= right + 8
    assert wide[3] >= bottom + 8
    coarsen(picture, [(left, top, right, bottom)])
    assert not finder.faces(picture)


def test_no_place_is_made_coarse_outside_the_picture():
    assert grown((-5, -5, 10, 10), (100, 100))[:2] == (0, 0)
    picture = np.zeros((20, 20, 3), np.uint8)
    coarsen(picture, [(15, 15, 40, 40), (90, 90, 99, 99)])
    assert coarse(picture).shape == picture.shape
