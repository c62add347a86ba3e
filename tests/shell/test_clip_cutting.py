"""Cutting a clip out of a film: at keyframes around what is wanted, over parts and gaps, and nothing else is given."""

import io
import re
from itertools import pairwise

import pytest
from film_fixtures import GREYS_A_SECOND, FilmMade, grey_of
from film_reading import decode
from kiosk_fixtures import OPENING

from kiosk.camera.playlist import clip_playlist, cut, pieces, playlist

EVERYTHING = 10**9


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return FilmMade(tmp_path_factory.mktemp("cut"), OPENING).part(12).part(9).part(7)


def lengths(made):
    return {part.name: part.duration_ms for part in made.parts}


def played(folder, text):
    """What a player shows of a clip: its pictures, piece after piece."""
    heads = dict(re.findall(r'#EXT-X-MAP:URI="/c/(part-\d+\.mp4)/0-(\d+)\.mp4"', text))
    pictures = []
    for part, offset, length in re.findall(r"^/c/(part-\d+\.mp4)/(\d+)-(\d+)\.mp4$", text, re.M):
        content = (folder / part).read_bytes()
        piece = content[int(offset) : int(offset) + int(length)]
        pictures += decode(io.BytesIO(content[: int(heads[part])] + piece)).pictures
    return pictures


def test_a_clip_begins_at_the_keyframe_before_and_ends_after_what_is_wanted(made):
    clip = cut(made.folder, 5_000, 9_000, lengths(made))
    assert 3_000 < clip.since_ms <= 5_000
    pictures = played(made.folder, clip_playlist(clip, "/c"))
    first, last = grey_of(pictures[0]), grey_of(pictures[-1])
    assert first == pytest.approx(clip.since_ms / 1000 * GREYS_A_SECOND, abs=4)
    assert last >= 9 * GREYS_A_SECOND - 4
    assert last < 12 * GREYS_A_SECOND


def test_a_clip_goes_on_in_the_next_part_where_the_one_before_ends(made):
    clip = cut(made.folder, 10_000, 14_000, lengths(made))
    assert [stretch.part for stretch in clip.stretches] == ["part-0001.mp4", "part-0002.mp4"]
    text = clip_playlist(clip, "/c")
    assert text.count("#EXT-X-DISCONTINUITY\n") == 1
    greys = [grey_of(picture) for picture in played(made.folder, text)]
    assert all(b >= a - 3 for a, b in pairwise(greys))


def test_a_sealed_part_that_is_gone_takes_its_time_all_the_same(made, tmp_path):
    for path in made.folder.iterdir():
        (tmp_path / path.name).hardlink_to(path)
    (tmp_path / "part-0001.mp4").unlink()
    clip = cut(tmp_path, 15_000, 17_000, lengths(made))
    assert [stretch.part for stretch in clip.stretches] == ["part-0002.mp4"]
    assert 13_000 < clip.since_ms <= 15_000


def test_a_part_that_is_not_sealed_yet_is_measured_by_itself(made):
    known = cut(made.folder, 22_000, 24_000, lengths(made))
    unknown = cut(made.folder, 22_000, 24_000, {})
    assert known == unknown


def test_the_whole_film_is_a_clip_of_itself(made):
    clip = cut(made.folder, 0, EVERYTHING, lengths(made))
    whole = playlist(made.folder, "/c")
    seconds = re.findall(r"#EXTINF:([\d.]+)", whole)
    assert re.findall(r"#EXTINF:([\d.]+)", clip_playlist(clip, "/c")) == seconds


def test_the_pieces_of_a_clip_are_its_own_and_no_others(made):
    clip = cut(made.folder, 5_000, 9_000, lengths(made))
    whole = cut(made.folder, 0, EVERYTHING, lengths(made))
    assert pieces(clip) < pieces(whole)
    size = (made.folder / "part-0001.mp4").stat().st_size
    assert sum(length for _, _, length in pieces(clip)) < size
    assert ("part-0001.mp4", 0, size) not in pieces(whole)


def test_a_clip_beyond_the_end_is_empty(made):
    clip = cut(made.folder, EVERYTHING, EVERYTHING + 5, lengths(made))
    assert clip.stretches == ()
    assert pieces(clip) == set()


def test_a_film_that_grows_is_listed_as_far_as_it_has_come(tmp_path):
    made = FilmMade(tmp_path, OPENING).part(5)
    before = playlist(tmp_path, "/c")
    made.part(5)
    after = playlist(tmp_path, "/c")
    assert len(after) > len(before)
    (tmp_path / "part-0001.mp4").unlink()
    assert "part-0001" not in playlist(tmp_path, "/c")
