"""A real server with the demonstration village, and a real Chromium."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from kiosk.rehearsal.server import RealServer, rehearsal_settings


@pytest.fixture
def server(tmp_path):
    """The real server over an empty store; `codes` are the one-time codes of its sheet."""
    server = RealServer(rehearsal_settings(tmp_path, "card"), tmp_path / "server.log")
    codes = server.found()
    server.start()
    yield server, codes
    server.stop()


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium; nothing is downloaded. Without it the journeys fail: they are not skipped."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "no Chromium: run setup/install.sh test"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
            ],
        )
        yield browser
        browser.close()
