"""A secret vote in a real Chromium, at the screen and on a phone: nothing that leaves the page tells the choice."""

import re
from urllib.parse import parse_qs

import pytest
from hands import Hands
from playwright.sync_api import expect
from voting_hall import VotingHall

from kiosk.core.ballot_terms import Method
from kiosk.demo.story import TODAY
from kiosk.rehearsal.meeting import VOTE
from kiosk.store.devices import DeviceKind

MM = 4.03
CARDS = (0, 1, 2)
WORDS = ("赞成", "反对", "弃权")
SUPERVISOR = "p0010"
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True}
ARMED_MS = 700


class Wire:
    """Everything that goes over the wire from a page, and comes back."""

    def __init__(self, page) -> None:
        self.requests = []
        self.frames = []
        page.on("request", self._sent)
        page.on("websocket", lambda ws: ws.on("framesent", self._framed))

    def _sent(self, request) -> None:
        self.requests.append(request)

    def _framed(self, frame) -> None:
        self.frames.append(frame)

    def sizes(self):
        """(address, method, lengths of the request's headers and body, of the answer's headers and body) of each."""
        told = []
        for request in self.requests:
            answer = request.response()
            sent = {name: len(value) for name, value in request.all_headers().items()}
            got = {name: len(value) for name, value in answer.all_headers().items()}
            size = request.sizes()
            body, answered = size["requestBodySize"], size["responseBodySize"]
            told.append((request.url, request.method, sent, body, answer.status, got, answered))
        return told


@pytest.fixture
def hall(server):
    return VotingHall(server[0].settings).open_vote(Method.SECRET)


@pytest.fixture
def ballot(server, chromium, hall):
    hands = Hands(chromium, server[0].url)
    hands.pair(dict(server[1].screens)[DeviceKind.BALLOT], "/ballot/")
    yield hands
    assert hands.complaints == []
    hands.close()


def take_turn(ballot, hall, person):
    ballot.page.locator(f'form.tile-form[data-key="{person}"] button').tap()
    ballot.page.wait_for_url("**/ballot/choose")
    ballot.page.wait_for_load_state("networkidle")
    expect(ballot.page.locator(".choice").first).to_be_visible()


def confirm_button(hands):
    return hands.page.locator(".confirm:visible button[value=confirm]")


def choose(hands, card):
    hands.page.locator(".choice").nth(card).tap()
    expect(hands.page.locator(".confirm__said:visible")).to_contain_text(WORDS[card])
    expect(confirm_button(hands)).to_be_enabled()


def test_at_the_screen_all_traffic_is_of_one_size_whatever_is_chosen(hall, ballot):
    told, bodies = [], []
    for person, card in zip(hall.voters(), CARDS, strict=False):
        take_turn(ballot, hall, person)
        wire, title = Wire(ballot.page), ballot.page.title()
        before = ballot.page.evaluate("history.length")
        choose(ballot, card)
        ballot.page.get_by_role("button", name="改一下").locator("visible=true").tap()
        expect(ballot.page.locator(".choice").nth(card)).to_be_visible()
        ballot.page.wait_for_timeout(ARMED_MS)  # the same card counts once in 600 ms
        choose(ballot, card)
        assert wire.requests == [], "choosing tells nobody"
        assert wire.frames == []
        assert ballot.page.title() == title
        assert ballot.page.evaluate(
            "[history.length, sessionStorage.length, localStorage.length]"
        ) == [before, 0, 0]
        ballot.picture(f"ballot-secret-confirm-{card}")
        confirm_button(ballot).tap()
        ballot.page.wait_for_url("**/ballot/done")
        ballot.see("已记下您的表决")
        ballot.page.wait_for_load_state("networkidle")
        told.append([size for size in wire.sizes() if "/static/" not in size[0]])
        bodies += [r.post_data for r in wire.requests if r.method == "POST"]
        ballot.page.wait_for_url(re.compile(r"/ballot/$"))
    assert told[0] == told[1] == told[2]
    assert len(bodies) == 3
    for body in bodies:
        fields = parse_qs(body, strict_parsing=True)
        assert sorted(fields) == ["command_id", "csrf_token", "sealed", "sender"]
        assert (len(fields["sender"][0]), len(fields["sealed"][0])) == (64, 208)
    assert hall.vote().turnout == 3


def test_what_was_chosen_in_the_page_is_what_the_box_holds(server, chromium, hall, ballot):
    people = iter(hall.voters())
    for card in (0, 0, 1, 1, 2):
        take_turn(ballot, hall, next(people))
        choose(ballot, card)
        confirm_button(ballot).tap()
        ballot.page.wait_for_url("**/ballot/done")
        ballot.page.wait_for_url(re.compile(r"/ballot/$"))
    for card in (1, 1, 1, 2, 0):
        phone = Hands(chromium, server[0].url, **PHONE)
        phone.open(hall.hand_slip(next(people)))
        phone.see("谁也不知道您投了什么，投下就不能改。")
        choose(phone, card)
        confirm_button(phone).tap()
        phone.page.wait_for_url("**/slip/done")
        assert phone.complaints == []
        phone.close()
    hall.close_vote(SUPERVISOR)
    assert [count.count for count in hall.vote().tally.counts] == [3, 5, 2]


def test_on_a_phone_all_traffic_is_of_one_size_whatever_is_chosen(server, chromium, hall):
    told = []
    phone = Hands(chromium, server[0].url, **PHONE)
    for person, card in zip(hall.voters(), CARDS, strict=False):
        phone.open(hall.hand_slip(person))
        phone.page.wait_for_load_state("networkidle")
        wire = Wire(phone.page)
        choose(phone, card)
        assert wire.requests == []
        phone.picture(f"phone-secret-confirm-{card}")
        confirm_button(phone).tap()
        phone.page.wait_for_url("**/slip/done")
        phone.page.wait_for_load_state("networkidle")
        sizes = [size for size in wire.sizes() if "/static/" not in size[0]]
        told.append([_without_the_voter(size, hall.name(person)) for size in sizes])
    assert told[0] == told[1] == told[2]
    phone.close()


def _without_the_voter(size, name):
    """What the slip and not the choice brings with it: its token in cookie and address, and the name in the tick."""
    url, method, sent, body, status, got, answer = size
    for header in ("cookie", "referer"):
        sent.pop(header, None)
    for header in ("content-length", "set-cookie"):
        got.pop(header, None)
    return url, method, sent, body, status, got, answer - len(name.encode()) * url.endswith("/done")


def test_change_and_confirm_are_as_far_apart_as_in_a_named_vote(hall, ballot):
    take_turn(ballot, hall, hall.voters()[0])
    for size in ("1", "2", "3", "4"):
        with ballot.page.expect_navigation(wait_until="load"):
            ballot.page.locator(f'.comfort__key[name=size][value="{size}"]').tap()
        choose(ballot, 1)
        change = ballot.page.locator(".confirm:visible button[value=change]").bounding_box()
        confirm = confirm_button(ballot).bounding_box()
        assert (confirm["x"] - change["x"] - change["width"]) / MM >= 20
        assert confirm["width"] / MM >= 60
        assert confirm["height"] / MM >= 29.9
        assert ballot.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert ballot.page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    assert hall.vote().turnout == 0


def test_without_script_a_secret_vote_offers_nothing_but_the_reason(server, chromium, hall):
    screen = Hands(chromium, server[0].url, java_script_enabled=False)
    screen.open("/pair")
    screen.page.locator("input[name=code]").fill(dict(server[1].screens)[DeviceKind.BALLOT])
    screen.tap("配对屏幕")
    screen.page.locator("form.tile-form button").first.tap()
    screen.page.wait_for_url("**/ballot/choose")
    screen.see("这块屏幕现在不能无记名投票，请用纸票。")
    expect(screen.page.locator(".choice").first).to_be_hidden()
    phone = Hands(chromium, server[0].url, java_script_enabled=False, **PHONE)
    phone.open(hall.hand_slip(hall.voters()[0]))
    phone.see("这部手机现在不能无记名投票，请用纸票。")
    assert phone.page.locator("form").count() == 0
    screen.close()
    phone.close()


def test_a_secret_ballot_confirmed_while_the_server_is_away_arrives_once_it_is_back(
    server, hall, ballot
):
    take_turn(ballot, hall, hall.voters()[0])
    choose(ballot, 1)
    server[0].kill()
    confirm_button(ballot).tap()
    ballot.see("正在重新发送")
    expect(ballot.page.get_by_text("反对").locator("visible=true")).to_have_count(0)
    server[0].start()
    ballot.page.wait_for_url("**/ballot/done", timeout=20_000)
    assert hall.vote().turnout == 1


def test_a_lost_answer_is_given_again_and_counts_once(hall, ballot):
    """The ballot is in the box, the answer is lost on the way: the page sends the very same again."""
    sent = []

    def lose_the_first(route):
        sent.append(route.request.post_data)
        if len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    take_turn(ballot, hall, hall.voters()[0])
    ballot.page.route("**/ballot/cast", lose_the_first)
    choose(ballot, 0)
    confirm_button(ballot).tap()
    ballot.page.wait_for_url("**/ballot/done")
    assert sent[0] == sent[1]
    assert hall.vote().turnout == 1
    ballot.complaints.clear()  # the browser tells of the answer that was lost


def test_refused_the_cards_stand_there_again_with_the_reason(hall, ballot):
    for person in hall.voters()[:5]:
        take_turn(ballot, hall, person)
        choose(ballot, 0)
        confirm_button(ballot).tap()
        ballot.page.wait_for_url("**/ballot/done")
        ballot.page.wait_for_url(re.compile(r"/ballot/$"))
    take_turn(ballot, hall, hall.voters()[5])
    choose(ballot, 1)
    hall.close_vote(SUPERVISOR)
    confirm_button(ballot).tap()
    ballot.see("现在没有进行表决。")
    expect(ballot.page.locator(".choice").first).to_be_visible()
    assert hall.parts.village().meetings[TODAY].votes[VOTE].tally.cast == 5
