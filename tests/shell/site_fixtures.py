"""A site published from the demonstration village, once for all tests that only read it."""

import re
from html import unescape

import kiosk_fixtures
import pytest

from kiosk.site.publishing import publish


@pytest.fixture(scope="session")
def published_house(tmp_path_factory, whole_database):
    """The village with its past, its papers set; and the folder of its site, `site`."""
    folder = tmp_path_factory.mktemp("published")
    settings = kiosk_fixtures.settings_in(folder)
    kiosk_fixtures._copy(whole_database, settings)
    house = kiosk_fixtures.House(settings, kiosk_fixtures.HandClock()).set_papers()
    house.site = folder / "site"
    house.told = publish(house.app.flask, house.app.parts, house.site)
    yield house
    house.close()


def words(page):
    """The words of a page, without its marks."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)))


def pages(site):
    """Every page of a site by its name."""
    return {str(p.relative_to(site)): p.read_text("utf-8") for p in sorted(site.rglob("*.html"))}
