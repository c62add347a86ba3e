"""A screen whose own clock is wrong, and jumps: what it shows is the server's time."""

import re

import pytest
from hands import Hands
from playwright.sync_api import expect

from kiosk.app import create_app, utc_now
from kiosk.core.terms import CHINA
from kiosk.demo.story import MATTER, TODAY
from kiosk.rehearsal.meeting import SECRETARY
from kiosk.rehearsal.visitors import Officer
from kiosk.store.devices import DeviceKind

TEN_YEARS_AND_FIVE_HOURS_BACK = """
window.wrong = -(3650 * 24 + 5) * 3600 * 1000;
const RightDate = Date;
const now = () => RightDate.now() + window.wrong;
window.Date = class extends RightDate {
  constructor(...given) { given.length ? super(...given) : super(now()); }
  static now() { return now(); }
};
"""
LEFT = re.compile(r"2:[3-5]\d")
PATIENCE_MS = 10_000


@pytest.fixture
def speaking(server):
    """Somebody has had the floor, for three minutes, since just now."""
    running, codes = server
    officer = Officer(running.url)
    officer.sign_in(SECRETARY, next(c for person, _, _, c in codes.officers if person == SECRETARY))
    meeting = create_app(running.settings).parts.village().meetings[TODAY]
    people = [seat.person for seat in meeting.seats.values() if seat.votes][:30]
    for person in people:
        officer.send("/checkin/in", meeting=TODAY, person=person)
    officer.send("/console/open", meeting=TODAY)
    officer.send("/console/item", meeting=TODAY, matter=MATTER)
    officer.send("/console/request", meeting=TODAY, person=people[0])
    officer.send("/console/floor", meeting=TODAY, person=people[0], minutes="3")
    return server


def test_a_screen_whose_clock_is_wrong_and_jumps_counts_down_and_tells_the_time_rightly(
    speaking, chromium
):
    running, codes = speaking
    hall = Hands(chromium, running.url)
    hall.context.add_init_script(TEN_YEARS_AND_FIVE_HOURS_BACK)
    try:
        hall.pair(dict(codes.screens)[DeviceKind.HALL], "/hall/")
        assert hall.page.evaluate("new Date().getFullYear()") < utc_now().year - 8
        left = hall.page.locator("[data-left]")
        expect(left).to_have_text(LEFT, timeout=PATIENCE_MS)
        before = utc_now().astimezone(CHINA)
        told = hall.page.locator("[data-clock]").first
        expect(told).to_have_text(re.compile(r"\d\d:\d\d"), timeout=PATIENCE_MS)
        after = utc_now().astimezone(CHINA)
        assert told.inner_text() in {f"{before:%H:%M}", f"{after:%H:%M}"}
        hall.page.evaluate("window.wrong += 24 * 3600 * 1000")
        hall.page.wait_for_timeout(600)  # two ticks of the countdown
        expect(left).to_have_text(LEFT)
        assert hall.page.locator("[data-over]").count() == 0
    finally:
        hall.close()
