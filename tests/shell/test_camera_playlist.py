"""The playlist: byte ranges that a player can take one by one."""

import io
import re

import pytest
from camera_fixtures import recording, settings_for
from film_reading import decode

from kiosk.camera.playlist import playlist


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("playlist")
    with recording(settings_for(folder, part_s=4.3)) as (_, witness):
        witness.wait_for("status", lambda status: status["part"] == "part-0002.mp4")
    return folder


def ranges(text):
    """Yield the name of the part, seconds, and the bytes' place of each segment."""
    found = re.findall(r"#EXTINF:([\d.]+),\n#EXT-X-BYTERANGE:(\d+)@(\d+)\n/film/7/(.+)\n", text)
    return [(name, float(s), int(begin), int(begin) + int(n)) for s, n, begin, name in found]


def test_every_segment_plays_by_itself_after_its_head(folder):
    text = playlist(folder, "/film/7/")
    heads = dict(re.findall(r'#EXT-X-MAP:URI="/film/7/(.+)",BYTERANGE="(\d+)@0"', text))
    segments = ranges(text)
    assert len(segments) >= 3
    for name, seconds, begin, end in segments:
        content = (folder / name).read_bytes()
        film = decode(io.BytesIO(content[: int(heads[name])] + content[begin:end]))
        assert film.seconds == pytest.approx(seconds, abs=0.3)


def test_the_segments_are_the_whole_film_in_order(folder):
    segments = ranges(playlist(folder, "/film/7"))
    first = [one for one in segments if one[0] == "part-0001.mp4"]
    assert [end for *_, end in first[:-1]] == [begin for _, _, begin, _ in first[1:]]
    assert all(seconds >= 1.9 for _, seconds, _, _ in first[:-1])
    film = decode(folder / "part-0001.mp4")
    assert sum(seconds for _, seconds, _, _ in first) == pytest.approx(film.seconds, abs=0.3)


def test_the_playlist_is_well_formed(folder):
    lines = playlist(folder, "/film/7").splitlines()
    assert lines[0] == "#EXTM3U"
    assert lines[-1] == "#EXT-X-ENDLIST"
    assert lines.count("#EXT-X-DISCONTINUITY") == 1
    target = int(next(line for line in lines if "TARGETDURATION" in line).split(":")[1])
    longest = max(seconds for _, seconds, _, _ in ranges("\n".join(lines) + "\n"))
    assert longest <= target + 0.5


def test_a_folder_without_film_has_an_empty_playlist(tmp_path):
    assert playlist(tmp_path, "/film/7").endswith("#EXT-X-ENDLIST\n")


def test_a_sealed_part_is_listed_as_its_fragments_would_be_without_reading_them(folder, tmp_path):
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "sealed.jsonl").unlink()
    read_from_fragments = playlist(tmp_path, "/film/7")
    assert read_from_fragments == playlist(folder, "/film/7")

    sealed = tmp_path / "sealed"
    sealed.mkdir()
    (sealed / "sealed.jsonl").write_bytes((folder / "sealed.jsonl").read_bytes())
    for path in folder.glob("part-*.mp4"):
        (sealed / path.name).touch()  # nothing in it to read
    assert playlist(sealed, "/film/7") == read_from_fragments
