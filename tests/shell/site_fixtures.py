"""A site published from the demonstration village, once for all tests that only read it."""

import re
import shutil
from html import unescape

import kiosk_fixtures
import pytest

from kiosk.site.publishing import publish


@pytest.fixture(scope="session")
def published_house(tmp_path_factory, papered_database):
    """The village with its past, its papers set; and the folder of its site, `site`."""
    folder = tmp_path_factory.mktemp("published")
    house = papered(folder, papered_database)
    house.site = folder / "site"
    house.told = publish(house.app.flask, house.app.parts, house.site)
    yield house
    house.close()


def papered(folder, papered_database):
    """A house in that folder over the village whose papers were set once for all tests."""
    settings = kiosk_fixtures.settings_in(folder)
    kiosk_fixtures._copy(papered_database, settings)
    shutil.copytree(papered_database.parent / "papers", settings.papers_dir)
    return kiosk_fixtures.House(settings, kiosk_fixtures.HandClock())


def words(page):
    """The words of a page, without its marks."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)))


def pages(site):
    """Every page of a site by its name."""
    return {str(p.relative_to(site)): p.read_text("utf-8") for p in sorted(site.rglob("*.html"))}
