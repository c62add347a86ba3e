"""A real server with the demonstration village, and a real Chromium."""

import shutil
from dataclasses import replace

import pytest
from browsers import launched
from nursery import BornServer, Nursery

from kiosk.app import create_app
from kiosk.config import REHEARSAL
from kiosk.demo.story import VILLAGE
from kiosk.rehearsal.server import RealServer, rehearsal_settings


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """The village as it is founded, its papers set, and its codes: told once, copied for each journey.

    Its address stands in it, and on its papers.
    """
    folder = tmp_path_factory.mktemp("founded")
    # A small picture: encoding a large one for each of forty meetings takes half of the machine.
    settings = rehearsal_settings(folder, "card", film_height=360)
    codes = RealServer(settings, folder / "server.log").found()
    application = create_app(settings)
    application.press.start(VILLAGE)
    application.press.stop(within_s=300)
    application.parts.credentials._engine.dispose()
    return settings, codes


@pytest.fixture(scope="session")
def nursery():
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
def server(founded, nursery, tmp_path):
    """The real server over a store of its own; `codes` are the one-time codes of its sheet."""
    original, codes = founded
    data, films = tmp_path / "data" / REHEARSAL, tmp_path / "recordings" / REHEARSAL
    shutil.copytree(original.data_dir, data)
    settings = replace(original, data_dir=data, recordings_dir=films)
    server = BornServer(settings, tmp_path / "server.log")
    server.nursery = nursery
    server.start()
    yield server, codes
    if server.process.poll() is None:
        server.kill()  # nothing is left to end in good order, and waiting for forty of them takes minutes


@pytest.fixture(scope="module")
def chromium():
    """It ends with its module, so that others in this process may run an event loop."""
    with launched() as browser:
        yield browser
