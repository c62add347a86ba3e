"""The Chromium of the tests: Debian's, built to run without a window; where only the whole one is there, that."""

import shutil
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
OPTIONS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
)


@contextmanager
def launched(**options):
    """A browser; nothing is downloaded. Without one the tests that need it fail: they are not skipped.

    options: as Playwright's `launch` takes them. While it runs, nothing else in the process can run an event loop.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert program, "no Chromium: run setup/install.sh test"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(OPTIONS), **options)
        yield browser
        browser.close()
