"""Live screens: who may follow which page, whole snapshots with growing revisions, and what an open vote hides."""

import re

import kiosk_fixtures
import pytest
from kiosk_fixtures import SECRETARY, SUPERVISOR, TELLER, wait_until

from kiosk.core import commands as c
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import Role
from kiosk.demo.story import MATTER, TODAY, VILLAGE
from kiosk.live import Live
from kiosk.store.devices import Devices
from kiosk.web.access import DOOR
from kiosk.web.pages import LivePage

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
second_house = kiosk_fixtures.second_house

REFUSED = {"refused": True}
COUNTED = {"for": 4, "against": 3, "abstain": 2}


@pytest.fixture
def live(house):
    """The application with its live screens following the journal."""
    house.app.live.start()
    yield house.app.live
    house.app.live.stop()


class Screen:
    """A socket of a browser, with the answers and pages it was sent."""

    def __init__(self, live, browser):
        flask = browser.client.application
        self.socket = live.socketio.test_client(flask, flask_test_client=browser.client)
        self.pages = []

    def ask(self, *room):
        """The answer to whether it may watch."""
        return self.socket.emit("watch", *room, callback=True)

    def watch(self, *room):
        """The page as it was sent then; or that it is refused."""
        before = len(self.received())
        answer = self.ask(*room)
        if answer == REFUSED:
            return answer
        wait_until(lambda: len(self.received()) > before)
        return self.pages.pop(before)

    def received(self):
        self.pages += [m["args"][0] for m in self.socket.get_received() if m["name"] == "page"]
        return self.pages

    def wait_for(self, shown):
        return wait_until(lambda: next((p for p in self.received() if shown(p["html"])), None))


# --- who may watch


def test_a_socket_of_nobody_sees_no_page(house, live):
    screen = Screen(live, house.visitor())
    for page in ("console", "hall", "checkin", "checkin:all", "ballot", "ballot:1"):
        assert screen.watch(page) == REFUSED
    house.check_in(1)
    assert screen.received() == []


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        ("hall", {"hall"}),
        ("ballot", {"ballot"}),
        (SECRETARY, {"console", "checkin", "hall"}),
        (TELLER, {"console", "checkin", "hall"}),
        (SUPERVISOR, {"console", "hall"}),
    ],
)
def test_each_follows_his_own_pages_and_no_other(house, live, who, pages):
    screens = {"hall": house.hall_screen, "ballot": house.ballot_screen}
    browser = screens[who]() if who in screens else house.officer(who)
    screen = Screen(live, browser)
    for page in ("console", "checkin", "ballot", "hall"):
        assert (screen.watch(page) != REFUSED) is (page in pages), page


def test_who_signed_out_is_refused_at_the_next_watch(house, live):
    officer = house.officer(SECRETARY)
    screen = Screen(live, officer)
    assert screen.watch("console") != REFUSED
    officer.post("/signout")
    assert screen.watch("console") == REFUSED


def test_a_removed_screen_is_refused_at_the_next_watch(house, live):
    screen = Screen(live, house.hall_screen())
    assert screen.watch("hall") != REFUSED
    for device in Devices(house.engine).all(VILLAGE):
        Devices(house.engine).remove(device.id)
    assert screen.watch("hall") == REFUSED


@pytest.mark.parametrize("gone", ["signed out", "unpaired", "twelve hours later"])
def test_who_may_no_longer_see_a_page_is_sent_no_more_of_it(house, live, gone):
    """A screen that keeps its socket open after that would else look on for as long as it likes."""
    browser = house.hall_screen() if gone == "unpaired" else house.officer(SECRETARY)
    page = "hall" if gone == "unpaired" else "console"
    screen, witness = Screen(live, browser), Screen(live, house.officer(TELLER))
    assert screen.watch(page) != REFUSED
    if gone == "signed out":
        browser.post("/signout")
    elif gone == "unpaired":
        for device in Devices(house.engine).all(VILLAGE):
            Devices(house.engine).remove(device.id)
    else:
        house.clock.on(hours=12, seconds=1)
        witness = Screen(live, house.officer(TELLER))
    witness.watch("checkin:all")
    house.check_in(3)
    witness.wait_for(lambda html: html.count('data-state="in"') == 3)
    assert screen.received() == [REFUSED], "told to go, and nothing else"


@pytest.mark.parametrize(
    "garbage",
    [{}, {"page": "hall"}, [], None, 7, True, "", "none", ":", "hall" + "x" * 100, "x" * 100_000,
     "HALL", "hall ", "static", "../hall", "connect"],
)  # fmt: skip
def test_what_is_no_page_is_refused(house, live, garbage):
    screen = Screen(live, house.officer(SECRETARY))
    assert screen.watch(garbage) == REFUSED
    assert screen.watch("hall") != REFUSED, "and the socket lives on"


def test_a_watch_without_a_page_or_with_too_much_is_refused(house, live):
    screen = Screen(live, house.officer(SECRETARY))
    assert screen.watch() == REFUSED
    assert screen.watch("hall", "console") == REFUSED
    assert screen.watch("hall") != REFUSED


@pytest.mark.parametrize(
    "page", ["checkin:<script>", "checkin:-1", "console:<b>", "hall:{{7*7}}", "checkin:９", "hall:"]
)
def test_a_page_of_an_unknown_part_is_harmless(house, live, page):
    screen = Screen(live, house.officer(SECRETARY))
    answer = screen.watch(page)
    assert answer["page"] == page
    assert page.partition(":")[2] not in answer["html"] or page == "hall:"
    assert "49" not in re.findall(r">(\d+)<", answer["html"])


# --- what is sent


def test_the_big_screen_gets_the_page_as_it_stands(house, live):
    hall = house.hall_screen()
    answer = Screen(live, hall).watch("hall")
    assert answer["page"] == "hall"
    assert answer["html"] in hall.open("/hall/")
    assert answer["rev"][0] == house.kiosk.known(VILLAGE).head.seq


def test_after_a_check_in_the_big_screen_receives_it(house, live):
    screen = Screen(live, house.hall_screen())
    before = screen.watch("hall")
    teller = house.officer(TELLER)
    assert teller.send("/checkin/in", meeting=TODAY, person="p0101").status_code == 200
    page = screen.wait_for(lambda html: "实到 / 应到" in html and ">1</text>" in html)
    assert page["boot"] == before["boot"]
    assert page["rev"] > before["rev"]
    assert "到会" in page["html"]


def test_revisions_grow_and_each_snapshot_is_whole(house, live):
    screen = Screen(live, house.hall_screen())
    first = screen.watch("hall")
    for number in range(1, 6):
        house.check_in(number)
        screen.wait_for(lambda html, n=number: f">{n}</text>" in html)
    house.check_in(30).open().open_vote().cast(5, 3, 1).close_vote()
    screen.wait_for(lambda html: "hall--result" in html)
    revisions = [page["rev"] for page in [first, *screen.received()]]
    assert revisions == sorted(revisions)
    for page in screen.received():
        assert page["html"].count('<div class="hall hall--') == 1
        assert page["html"].rstrip().endswith("</footer>\n</div>")
        assert set(page) == {"boot", "rev", "page", "html"}


def test_a_screen_that_was_away_is_right_again_with_its_next_watch(house, live):
    browser = house.hall_screen()
    screen = Screen(live, browser)
    before = screen.watch("hall")
    screen.socket.disconnect()
    house.check_in(30).open()
    back = Screen(live, browser).watch("hall")
    assert back["rev"] > before["rev"]
    assert "会议已开始，名册已定" in back["html"]


def test_the_answer_says_whether_a_screen_may_watch_and_carries_no_page(house, live):
    screen = Screen(live, house.hall_screen())
    assert screen.ask("hall") == {"watching": True}
    assert screen.ask("console") == REFUSED


def test_who_comes_to_watch_is_sent_the_picture_that_the_others_have_and_they_nothing(house, live):
    there, comes = Screen(live, house.hall_screen()), Screen(live, house.officer(TELLER))
    first = there.watch("hall")
    live.changed()  # nothing that the big screen shows
    house.clock.on(seconds=30)
    assert comes.watch("hall") == first
    assert there.received() == []


def test_who_asks_to_watch_once_more_is_sent_the_page_once_more(house, live):
    screen = Screen(live, house.hall_screen())
    assert screen.watch("hall") == screen.watch("hall")


def test_where_there_is_no_meeting_to_show_who_comes_is_sent_away(house):
    """The page, loaded anew, says what there is instead."""

    def no_meeting(_parts, _known, _argument):
        raise Refused(Reason.NO_SUCH_MEETING)

    pages = {"checkin": LivePage("checkin", DOOR, no_meeting)}
    live = Live(house.app.flask, house.app.parts, pages, "boot")
    live.start()
    screen = Screen(live, house.officer(TELLER))
    assert screen.watch("checkin") == REFUSED
    live.changed()
    live.stop()
    assert screen.received() == []


def test_a_socket_follows_one_page_at_a_time(house, live):
    screen = Screen(live, house.officer(SECRETARY))
    screen.watch("console")
    screen.watch("checkin:all")
    house.check_in(1)
    screen.wait_for(lambda html: "已到" in html)
    assert {page["page"] for page in screen.received()} == {"checkin:all"}


def test_at_most_ten_snapshots_go_out_a_second(house, live):
    screen = Screen(live, house.hall_screen())
    screen.watch("hall")
    house.check_in(40)
    screen.wait_for(lambda html: ">40</text>" in html)
    assert len(screen.received()) < 40


def test_what_is_pushed_carries_no_token_of_anybodys_session(house, live):
    screen = Screen(live, house.officer(SECRETARY))
    answers = [screen.watch(page) for page in ("console", "checkin:all", "hall")]
    assert all("csrf" not in answer["html"] for answer in answers)


def test_raised_hands_reach_the_big_screen_though_nothing_is_recorded(house, live):
    house.check_in(30).open().do(c.TakeItem(TODAY, MATTER))
    screen, before = Screen(live, house.hall_screen()), house.lines()
    screen.watch("hall")
    officer = house.officer(SECRETARY)
    officer.send("/console/straw", **{"for": "12", "against": "5", "abstain": "3"})
    screen.wait_for(lambda html: "hall--straw" in html)
    officer.send("/console/straw/wipe")
    wait_until(lambda: "hall--straw" not in screen.received()[-1]["html"])
    assert house.lines() == before


def test_a_lost_quorum_reaches_the_screens_and_clears_by_itself(house, live):
    house.check_in(30).open()
    screen = Screen(live, house.hall_screen())
    screen.watch("hall")
    house.do(c.CheckOut(TODAY, house.voters()[0]))
    screen.wait_for(lambda html: "会议暂停" in html)
    house.do(c.CheckIn(TODAY, house.voters()[0]))
    wait_until(lambda: "会议暂停" not in screen.received()[-1]["html"])


# --- what a vote in progress hides


def choices_told(html):
    """Every trace of how people voted: counts, bars, and the shapes of seats."""
    html = re.sub(r'<svg class="patterns".*?</svg>', "", html, flags=re.DOTALL)
    traces = re.findall(r"seat--(?:for|against|abstain)|seat__sign|tally__\w+|disc--\w+", html)
    return traces + re.findall(r"赞成\d|反对\d|弃权\d|通过需", html)


def test_a_sealed_vote_shows_no_count_and_no_choice_before_it_is_closed(house, live):
    hall, console = Screen(live, house.hall_screen()), Screen(live, house.officer(SECRETARY))
    hall.watch("hall")
    console.watch("console")
    house.check_in(30).open().open_vote(running_tally=False).cast(4, 3, 2)
    big = hall.wait_for(lambda html: html.count("seat--voted") == 9)
    card = console.wait_for(lambda html: "（21人）" in html)
    assert "表决结束后公布" in big["html"]
    assert "表决结束后才公布票数" in card["html"]
    officer = house.officer(SECRETARY)
    for html in (big["html"], card["html"], officer.open("/console/close")):
        assert choices_told(html) == []
    for page in hall.received() + console.received():
        assert choices_told(page["html"]) == []
    house.close_vote()
    big = hall.wait_for(lambda html: "hall--result" in html)
    assert re.findall(r'count__n num">(\d+)<', big["html"]) == ["4", "3", "2", "21"]
    assert choices_told(console.wait_for(lambda html: "未通过" in html)["html"])


def test_a_sealed_vote_looks_the_same_whatever_was_chosen(house, second_house):
    """Two houses with the same people and other choices: to the eye there is one."""
    drawn = []
    for one, choices in ((house, (9, 0, 0)), (second_house, (2, 4, 3))):
        one.check_in(30).open().open_vote(running_tally=False).cast(*choices)
        drawn.append([one.app.live.snapshot(page).html for page in ("hall", "console")])
    assert drawn[0] == drawn[1]


def test_an_open_vote_with_a_running_tally_shows_how_it_stands(house, live):
    hall = Screen(live, house.hall_screen())
    hall.watch("hall")
    house.check_in(30).open().open_vote().cast(*COUNTED.values())
    page = hall.wait_for(lambda html: html.count("seat--abstain") == 2)
    for choice, number in COUNTED.items():
        assert page["html"].count(f'class="seat seat--{choice}"') == number
    assert re.findall(r'tally__count num">(\d+)<', page["html"]) == ["4", "3", "2", "21"]


def test_the_ballot_screens_tiles_follow_who_has_voted(house, live):
    house.check_in(30).open().open_vote()
    screen = Screen(live, house.ballot_screen())
    before = screen.watch("ballot:all")
    assert before["html"].count('action="/ballot/turn"') == 30
    house.cast(3)
    page = screen.wait_for(lambda html: html.count('action="/ballot/turn"') == 27)
    assert "已表决 3 人，共 30 人" in page["html"]
    assert choices_told(page["html"]) == []


def test_a_listener_hears_of_nothing_that_was_refused(house, live):
    screen = Screen(live, house.hall_screen())
    screen.watch("hall")
    with pytest.raises(Exception, match="role_may_not"):
        house.do(c.OpenMeeting(TODAY), Role.SUPERVISOR, SUPERVISOR)
    house.check_in(1)
    screen.wait_for(lambda html: ">1</text>" in html)
    assert len(screen.received()) == 1
