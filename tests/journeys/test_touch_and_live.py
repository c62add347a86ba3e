"""What the glass does: sizes in millimetres at every text size, shaking fingers, pages that follow the meeting."""

import json
import re
import time

import pytest
from hands import Hands
from playwright.sync_api import expect

from kiosk.app import create_app
from kiosk.demo.story import MATTER, TODAY
from kiosk.rehearsal.meeting import SECRETARY, VOTE
from kiosk.rehearsal.visitors import PIN, Officer
from kiosk.store.devices import DeviceKind

MM = 4.03
SIZES = ("1", "2", "3", "4")


@pytest.fixture
def officer(server):
    """The secretary, without a picture: she changes what the screens show."""
    running, codes = server
    officer = Officer(running.url)
    officer.sign_in(SECRETARY, next(c for person, _, _, c in codes.officers if person == SECRETARY))
    return officer


@pytest.fixture
def seats(server):
    """Those with a vote."""
    meeting = create_app(server[0].settings).parts.village().meetings[TODAY]
    return [seat.person for seat in meeting.seats.values() if seat.votes]


def arrive(officer, people):
    for person in people:
        officer.send("/checkin/in", meeting=TODAY, person=person)


@pytest.fixture
def console(server, chromium, officer):
    hands = Hands(chromium, server[0].url)
    hands.open(f"/signin/{SECRETARY}")
    hands.type_on_pad("secret", PIN)
    hands.tap("登录")
    hands.page.wait_for_url("**/console/")
    yield hands
    hands.close()


@pytest.fixture
def ballot(server, chromium, officer, seats):
    """A ballot screen at which the first of thirty has found his name."""
    arrive(officer, seats[:30])
    officer.send("/console/open", meeting=TODAY)
    officer.send("/console/vote", meeting=TODAY, matter=MATTER, running_tally="yes")
    hands = Hands(chromium, server[0].url)
    hands.pair(dict(server[1].screens)[DeviceKind.BALLOT], "/ballot/")
    hands.page.locator("form.tile-form button").first.tap()
    hands.page.wait_for_url("**/ballot/choose")
    yield hands
    hands.close()


def boxes_mm(hands: Hands, selector: str) -> list[tuple[float, float]]:
    boxes = [
        each.bounding_box() for each in hands.page.locator(selector).all() if each.is_visible()
    ]
    return [(box["width"] / MM, box["height"] / MM) for box in boxes if box]


def choose_size(hands: Hands, size: str) -> None:
    with hands.page.expect_navigation(
        wait_until="load"
    ):  # its style sheets too: boxes are measured
        hands.page.locator(f'.comfort__key[name=size][value="{size}"]').tap()
    expect(hands.page.locator("html")).to_have_attribute("data-size", size)


def test_the_three_cards_are_equal_and_at_least_60_mm_at_every_text_size(ballot):
    for size in SIZES:
        choose_size(ballot, size)
        cards = boxes_mm(ballot, ".choice")
        assert len(cards) == 3
        assert max(cards) == pytest.approx(min(cards), abs=0.3)
        assert min(min(card) for card in cards) >= 60
        words = ballot.page.locator(".choice__word").first
        word_px = float(words.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))
        assert word_px / MM >= 15
        for key in boxes_mm(ballot, "button, a.button"):
            assert min(key) >= 15.9
        overflow = ballot.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0
        ballot.picture(f"ballot-size-{size}")


def test_confirm_and_change_are_far_apart_and_the_text_size_is_forgotten_after_the_voter(ballot):
    choose_size(ballot, "4")
    ballot.page.locator(".choice").first.tap()
    expect(ballot.page.locator(".confirm__said")).to_be_visible()
    change = ballot.page.get_by_text("改一下").bounding_box()
    confirm = ballot.page.get_by_role("button", name="确认").bounding_box()
    assert (confirm["x"] - change["x"] - change["width"]) / MM >= 20
    assert min(confirm["width"] / MM / 2, confirm["height"] / MM) >= 29.9
    ballot.tap("确认")
    ballot.page.wait_for_url(re.compile(r"/ballot/$"))
    expect(ballot.page.locator("html")).to_have_attribute("data-size", "2")


def test_every_target_of_the_console_is_at_least_16_mm_at_every_text_size(console):
    for path in ("/console/", "/checkin/", "/admin/screens"):
        console.open(path)
        for size in SIZES:
            choose_size(console, size)
            small = [
                box for box in boxes_mm(console, "button, a.button, summary") if min(box) < 15.9
            ]
            assert small == []


def test_a_finger_that_drifts_12_mm_and_rests_3_s_presses_once(console, seats):
    console.open("/checkin/")
    tile = console.page.locator("form.tile-form button").first
    box = tile.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    console.page.mouse.move(x, y)
    console.page.mouse.down()
    console.page.mouse.move(x + 8 * MM, y + 8 * MM, steps=6)
    console.page.wait_for_timeout(3000)
    console.page.mouse.up()
    expect(console.page.locator(".tile[data-state=in]")).to_have_count(1)


def test_a_trembling_second_tap_changes_nothing(console):
    console.open("/checkin/")
    console.page.locator("form.tile-form button").first.dblclick(delay=20)
    expect(console.page.locator(".tile[data-state=in]")).to_have_count(1)
    console.page.wait_for_timeout(500)
    expect(console.page.locator(".tile[data-state=in]")).to_have_count(1)


def test_nothing_is_repainted_under_a_finger(console, officer, seats):
    console.open("/checkin/")
    box = console.page.locator("form.tile-form button").nth(20).bounding_box()
    console.page.mouse.move(box["x"] + 20, box["y"] + 20)
    console.page.mouse.down()
    arrive(officer, seats[:2])
    console.page.wait_for_timeout(700)
    expect(console.page.locator(".tile[data-state=in]")).to_have_count(0)
    console.page.mouse.move(box["x"] + 400, box["y"] + 20)  # slid away: not a press
    console.page.mouse.up()
    expect(console.page.locator(".tile[data-state=in]")).to_have_count(2)


def test_an_older_picture_is_ignored_and_a_lost_link_mends_itself(server, chromium, officer, seats):
    sent, routes = [], []

    def between(route):
        routes.append(route)
        upstream = route.connect_to_server()
        upstream.on_message(lambda message: (sent.append(message), route.send(message)))

    hall = Hands(chromium, server[0].url)
    hall.page.route_web_socket(re.compile("/socket.io/"), between)
    hall.pair(dict(server[1].screens)[DeviceKind.HALL], "/hall/")
    ring = hall.page.locator(".ring__n")
    until = time.monotonic() + 20
    while not any('"rev"' in str(message) for message in sent):  # it follows the page from here
        assert time.monotonic() < until, sent
        hall.page.wait_for_timeout(50)
    arrive(officer, seats[:1])
    expect(ring).to_have_text("1")
    older = next(m for m in sent if str(m).startswith('42["page"'))
    arrive(officer, seats[1:3])
    expect(ring).to_have_text("3")
    assert json.loads(str(older)[2:])[1]["rev"][0] > 0
    routes[-1].send(older)
    hall.page.wait_for_timeout(300)
    expect(ring).to_have_text("3")

    routes[-1].close()
    arrive(officer, seats[3:5])
    expect(ring).to_have_text("5")
    assert len(routes) >= 2
    hall.close()


def test_without_the_server_the_big_screen_says_since_when_and_shows_no_numbers(server, chromium):
    hall = Hands(chromium, server[0].url)
    hall.pair(dict(server[1].screens)[DeviceKind.HALL], "/hall/")
    expect(hall.page.locator(".ring__n")).to_be_visible()
    server[0].kill()
    expect(hall.page.locator("[data-offline-since]")).to_have_text(re.compile(r"\d\d:\d\d:\d\d"))
    expect(hall.page.locator(".ring__n")).to_be_hidden()
    hall.picture("hall-offline")
    server[0].start()
    expect(hall.page.locator(".ring__n")).to_be_visible(timeout=15_000)
    hall.close()


def test_a_ballot_confirmed_while_the_server_is_away_arrives_once_it_is_back(server, ballot):
    ballot.page.locator(".choice").first.tap()
    expect(ballot.page.locator(".confirm__said")).to_be_visible()
    server[0].kill()
    ballot.tap("确认")
    ballot.see("正在重新发送")
    server[0].start()
    ballot.page.wait_for_url("**/ballot/done", timeout=20_000)
    meeting = create_app(server[0].settings).parts.village().meetings[TODAY]
    assert len(meeting.votes[VOTE].ballots) == 1
