"""What a long meeting does to the film: sound and picture stay together, memory and open files stay flat."""

import numpy as np
import pytest
from camera_fixtures import verify_chain
from film_reading import decode

from kiosk.camera.hours import FPS, hours

APART_MS = 100
"""How far sound and picture may part after an hour."""
MINUTE_S = 60


def onsets(film):
    """When the picture turns white and when the beep begins, seconds from the beginning of the part."""
    white = np.array([picture.mean() > 200 for picture in film.pictures])
    flashes = [film.times[n] for n in np.flatnonzero(np.diff(white.astype(int)) == 1) + 1]
    loud = np.abs(film.sound) > 0.2
    quiet_before = np.flatnonzero(loud)
    begins = quiet_before[np.flatnonzero(np.diff(quiet_before, prepend=-48000) > 24000)]
    return flashes, [begin / 48000 for begin in begins]


@pytest.fixture(scope="module", params=[2.4e-3, -2.4e-3])
def drifting(request, tmp_path_factory):
    """Five minutes with a sound card so wrong that it parts from the clock as a common one does in six hours."""
    folder = tmp_path_factory.mktemp("drifting")
    states = list(hours(folder, 5 / 60, 150.0, drift=request.param))
    return folder, states


def test_a_sound_card_that_runs_fast_or_slow_stays_with_the_picture(drifting):
    folder, _ = drifting
    together = 0
    for part in ("part-0001.mp4", "part-0002.mp4"):
        film = decode(folder / part)
        flashes, beeps = onsets(film)
        for flash in (at for at in flashes if at < film.times[-1] - 1):  # its beep is still to come
            nearest = min(beeps, key=lambda beep: abs(beep - flash))
            assert abs(nearest - flash) * 1000 < APART_MS
            together += 1
    assert together >= 4


def test_no_picture_is_lost_and_the_chain_goes_through_all_parts(drifting):
    folder, _ = drifting
    frames = sum(len(decode(path).times) for path in sorted(folder.glob("part-*.mp4")))
    assert frames == 5 * MINUTE_S * FPS
    assert verify_chain(folder) > 600


def test_files_do_not_stay_open_from_part_to_part(tmp_path):
    states = list(hours(tmp_path, 4 / 60, 10.0))
    assert len(states) == 25
    assert {state["open_files"] for state in states[:-1]} == {states[0]["open_files"]}
    grown = states[-2]["resident_bytes"] - states[4]["resident_bytes"]
    assert grown < 8_000_000, "in twenty parts"
