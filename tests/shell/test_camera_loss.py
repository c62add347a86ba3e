"""A camera that goes away and comes back."""

from contextlib import ExitStack

import numpy as np
from camera_fixtures import (
    NetworkCamera,
    recording,
    settings_for,
    verify_chain,
    wait_for_film,
)
from film_reading import decode


def is_green(picture):
    blue, green, red = np.median(picture[40:90].reshape(-1, 3), axis=0)
    return green > 120 and max(blue, red) < 80


def test_the_film_goes_on_while_the_camera_is_away(tmp_path):
    camera = NetworkCamera()
    with ExitStack() as open_now:
        settings = settings_for(tmp_path, source=open_now.enter_context(camera.serving()))
        _, witness = open_now.enter_context(recording(settings))
        assert witness.wait_for("started")["kind"] == "stream"
        wait_for_film(witness, 0.5)
        camera.there.clear()
        lost = witness.wait_for("lost")
        witness.wait_for("status", lambda status: status["picture"] == "lost")
        camera.there.set()
        back = witness.wait_for("back")
        witness.wait_for("status", lambda status: status["part"] == "part-0003.mp4")
    sealed = witness.all("sealed")
    assert [part["part"] for part in sealed] == [f"part-000{n}.mp4" for n in (1, 2, 3)]
    films = [decode(tmp_path / part["part"]) for part in sealed]
    assert [is_green(film.pictures[-1]) for film in films] == [True, False, True]
    assert lost["cause"] == "摄像头断开"
    assert lost["since"] <= lost["at"]
    assert 0 < back["lost_s"] <= back["at"] - lost["since"] + 0.5
    whole = sum(film.seconds for film in films)
    assert whole > sealed[-1]["ended_at"] - sealed[0]["began_at"] - 1.0, "no hole in its time"
    verify_chain(tmp_path)
