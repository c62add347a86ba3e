"""推选 in real Chromium: two of four at the screen, on a phone, secretly, on paper; and all three in one named vote."""

import re
import shutil
from dataclasses import replace

import contest_story as story
import pytest
from contest_hall import ContestHall
from hands import SAME_KEY_AFTER_S, Hands
from playwright.sync_api import expect
from test_secret import Wire

from kiosk.config import REHEARSAL
from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.core.events import VoteClosed
from kiosk.core.journal import read
from kiosk.core.terms import Role
from kiosk.demo.story import VILLAGE
from kiosk.rehearsal.server import RealServer
from kiosk.store.devices import DeviceKind

ONE, TWO, THREE, FOUR = Choice.NO_1, Choice.NO_2, Choice.NO_3, Choice.NO_4
SECRETARY, SUPERVISOR = "p0005", "p0010"
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True}
MM = 4.03
SIZES = (1, 2, 3, 4)
CARDS = """() => document.fonts.ready.then(() => [...document.querySelectorAll('.named-card')].map((card) => {
  const { y, width, height } = card.getBoundingClientRect();
  return { y, width, height };
}))"""


@pytest.fixture
def contest(founded, tmp_path):
    """Called by `contest(candidates, places)`: the hall of that contest, and the server that was started over it."""
    original, _codes = founded
    data, films = tmp_path / "data" / REHEARSAL, tmp_path / "recordings" / REHEARSAL
    shutil.copytree(original.data_dir, data)
    settings = replace(original, data_dir=data, recordings_dir=films)
    server = RealServer(settings, tmp_path / "server.log")

    def begin(candidates=4, places=2):
        hall = ContestHall(settings, candidates, places)
        server.start()
        return hall, server

    yield begin
    if server.process and server.process.poll() is None:
        server.kill()


def screen_of(hall, server, chromium, kind=DeviceKind.BALLOT):
    hands = Hands(chromium, server.url)
    hands.pair(hall.code_for_screen(kind), f"/{kind.value}/")
    return hands


def console_of(hall, server, chromium):
    hands = Hands(chromium, server.url)
    hands.sign_in(hall.parts.register.officer(SECRETARY).name, hall.code_for(SECRETARY))
    return hands


def take_turn(ballot, person):
    ballot.open("/ballot/")
    ballot.page.locator(f'form.tile-form[data-key="{person}"] button').tap()
    ballot.page.wait_for_url("**/ballot/choose")
    ballot.page.wait_for_load_state("networkidle")
    expect(ballot.page.locator(".named-card").first).to_be_visible()


def tick(hands, *numbers):
    for number in numbers:
        hands.page.locator(".named-card").nth(number - 1).tap()


def press(hands, name):
    hands.page.get_by_role("button", name=name, exact=True).locator("visible=true").tap()


def ticked(hands):
    boxes = hands.page.locator(".named-card__box").all()
    return [place for place, box in enumerate(boxes, start=1) if box.is_checked()]


def confirmed(hands, hall, *numbers):
    names = hands.page.locator(".confirm__names:visible .named-card__name")
    expect(names).to_have_text([hall.contest.candidates[n - 1].name for n in numbers])
    expect(hands.page.get_by_role("button", name="确认").locator("visible=true")).to_be_enabled()


def vote(hands, hall, *numbers):
    tick(hands, *numbers)
    press(hands, "选好了")
    confirmed(hands, hall, *numbers)
    press(hands, "确认")
    hands.page.wait_for_url("**/done")
    hands.see("已记下您的表决")


def cast(hall, people, *answers):
    """By the one door, at the screen."""
    for answer in answers:
        person = next(people)
        ballot = c.CastBallot(story.MEETING, story.VOTE, person, answer, Channel.KIOSK_SCREEN)
        hall.do(ballot, Role.VOTER, person)


def cells(hands, rows):
    return [
        [re.sub(r"\s+", "", cell) for cell in row.locator("th, td").all_inner_texts()]
        for row in hands.page.locator(rows).all()
    ]


def test_too_many_are_told_nothing_is_lost_and_a_change_of_mind_keeps_the_rest(contest, chromium):
    hall, server = contest()
    hall.open_vote(Method.IN_TURN)
    ballot, voter = screen_of(hall, server, chromium), hall.voters()[0]
    take_turn(ballot, voter)
    tick(ballot, 1, 2, 4)
    ballot.see("多了 1 人，请去掉")
    press(ballot, "选好了")
    ballot.see("您选了3人，最多只能选2人。")
    ballot.picture("contest-too-many")
    assert ticked(ballot) == [1, 2, 4]
    ballot.page.wait_for_timeout(SAME_KEY_AFTER_S * 1000)
    tick(ballot, 2)
    expect(ballot.page.locator("[data-naming]")).to_contain_text("已选 2 人")
    press(ballot, "选好了")
    confirmed(ballot, hall, 1, 4)
    ballot.picture("contest-confirm")
    press(ballot, "改一下")
    expect(ballot.page.locator(".named-card").first).to_be_visible()
    assert ticked(ballot) == [1, 4]
    assert "choice" not in ballot.page.url
    ballot.page.wait_for_timeout(SAME_KEY_AFTER_S * 1000)
    press(ballot, "选好了")
    confirmed(ballot, hall, 1, 4)
    press(ballot, "确认")
    ballot.page.wait_for_url("**/ballot/done")
    assert hall.vote().ballots == {voter: (ONE, FOUR)}
    assert ballot.complaints == []
    ballot.close()


def test_the_abstention_stands_alone_whatever_is_ticked(contest, chromium):
    hall, server = contest()
    hall.open_vote(Method.IN_TURN)
    ballot, voter = screen_of(hall, server, chromium), hall.voters()[0]
    take_turn(ballot, voter)
    tick(ballot, 3)
    press(ballot, "弃权（都不选）")
    expect(ballot.page.locator(".confirm__said")).to_contain_text("弃权（都不选）")
    expect(ballot.page.get_by_role("button", name="确认")).to_be_enabled()
    press(ballot, "确认")
    ballot.page.wait_for_url("**/ballot/done")
    assert hall.vote().ballots == {voter: (Choice.ABSTAIN,)}
    ballot.close()


def test_a_secret_choice_of_several_leaves_encrypted_and_of_one_size(contest, chromium):  # noqa: PLR0915 -- one vote, from end to end
    hall, server = contest()
    hall.open_vote(Method.SECRET)
    people, told = iter(hall.voters()), []
    ballot = screen_of(hall, server, chromium)
    for numbers in ((1, 3), (2,), (1, 4)):
        take_turn(ballot, next(people))
        wire = Wire(ballot.page)
        tick(ballot, *numbers)
        press(ballot, "选好了")
        confirmed(ballot, hall, *numbers)
        assert wire.requests == [], "choosing tells nobody"
        press(ballot, "确认")
        ballot.page.wait_for_url("**/ballot/done")
        ballot.page.wait_for_load_state("networkidle")
        told.append([size for size in wire.sizes() if "/static/" not in size[0]])
        ballot.page.wait_for_url(re.compile(r"/ballot/$"))
    assert told[0] == told[1] == told[2]

    take_turn(ballot, next(people))
    tick(ballot, 1, 2, 3)
    press(ballot, "选好了")
    ballot.see("您选了3人，最多只能选2人。")
    ballot.picture("contest-secret-too-many")
    assert ticked(ballot) == [1, 2, 3]
    press(ballot, "弃权（都不选）")
    expect(ballot.page.locator(".confirm__said:visible")).to_contain_text("弃权（都不选）")
    confirm = ballot.page.get_by_role("button", name="确认").locator("visible=true")
    expect(confirm).to_be_enabled()
    confirm.tap()
    ballot.page.wait_for_url("**/ballot/done")
    phone = Hands(chromium, server.url, **PHONE)
    phone.open(hall.hand_slip(next(people)))
    vote(phone, hall, 1, 2)
    # Fewer than five by one channel would tell: four more come to the phone, one to the screen.
    for person in (next(people) for _ in range(4)):
        other = Hands(chromium, server.url, **PHONE)
        other.open(hall.hand_slip(person))
        vote(other, hall, 1)
        other.close()
    take_turn(ballot, next(people))
    vote(ballot, hall, 4)
    hall.close_vote(SUPERVISOR)
    end = hall.vote().tally
    assert [count.count for count in end.counts] == [7, 2, 1, 2, 1]
    assert end.cast == 10
    for hands in (ballot, phone):
        assert hands.complaints == []
        hands.close()


def on_paper(console, hall, *papers):
    """Printed, handed out and read aloud on the pages."""
    console.open("/console/papers/")
    console.tap("印制纸票")
    console.tap("开始发票")
    taken = console.page.locator(".tile[data-state=in]")
    for number in range(len(papers)):
        console.page.locator("form.tile-form button").first.tap()
        expect(taken).to_have_count(number + 1)
    console.tap("开箱清点")
    console.page.locator("input[name=returned]").fill(str(len(papers)))
    console.tap("开箱，开始唱票")
    for number, paper in enumerate(papers, start=1):
        expect(console.page.locator(".reading__number")).to_contain_text(f"第 {number} 张")
        expect(console.page.locator(".named-card__box:checked")).to_have_count(0)
        console.page.wait_for_timeout(SAME_KEY_AFTER_S * 1000)
        if isinstance(paper, str):
            press(console, paper)
        else:
            tick(console, *paper)
            console.picture("contest-reading")
            press(console, "这张读完")
    console.see(f"收回的 {len(papers)} 张都唱完了")


def test_screen_phone_and_paper_in_one_vote_add_up_everywhere(contest, chromium):  # noqa: PLR0915 -- one vote, from end to end
    hall, server = contest()
    hall.open_vote(Method.IN_TURN)
    people = iter(hall.voters())
    ballot, console = screen_of(hall, server, chromium), console_of(hall, server, chromium)
    big = screen_of(hall, server, chromium, DeviceKind.HALL)
    take_turn(ballot, next(people))
    vote(ballot, hall, 1, 3)
    cast(hall, people, *[(ONE, TWO)] * 9, *[(ONE,)] * 4, (Choice.ABSTAIN,))
    phone = Hands(chromium, server.url, **PHONE)
    phone.open(hall.hand_slip(next(people)))
    phone.picture("contest-phone")
    vote(phone, hall, 2, 4)
    big.open("/hall/")
    big.picture("contest-hall-voting")
    on_paper(console, hall, (1, 2), (2,), "弃权", (1, 3), "废票", (3, 4))
    big.open("/hall/")
    strokes = big.page.locator(".chalk__row .chalk__count")
    expect(strokes).to_have_text(["2", "2", "2", "1", "1", "1"])
    big.picture("contest-hall-reading")
    hall.close_vote()

    events = (read(line).event for line in hall.parts.kiosk.lines(VILLAGE))
    end = next(e for e in events if isinstance(e, VoteClosed) and e.vote == story.VOTE)
    by_channel = [[*(n.count for n in s.counts), s.cast] for s in end.subtotals]
    assert by_channel == [[14, 9, 1, 0, 1, 15], [0, 1, 0, 1, 0, 1], [2, 2, 2, 1, 1, 5]]
    sums = [*(n.count for n in end.tally.counts), end.tally.cast]
    assert (
        [sum(column) for column in zip(*by_channel, strict=True)] == sums == [16, 12, 3, 2, 2, 21]
    )
    assert end.chosen == (ONE,)

    big.open("/hall/")
    *lines, total = cells(big, ".ledger tbody tr")
    big.picture("contest-hall-result")
    assert [line[0] for line in lines] == ["表决屏", "手机", "纸票"]
    assert [[int(n) for n in line[1:7]] for line in lines] == by_channel
    assert [int(n) for n in total[1:7]] == sums
    console.open("/console/")
    console.picture("contest-console-result")
    rows = cells(console, ".grid--num tbody tr")
    columns = [[int(row[place]) for row in rows] for place in (1, 2, 3, 4)]
    assert columns == [*by_channel, sums]
    console.see(f"当选1人：1号 {hall.contest.candidates[0].name}；还缺1人")
    for hands in (ballot, console, big, phone):
        assert hands.complaints == []
        hands.close()


def test_twelve_candidates_have_equal_cards_in_sight_at_every_text_size(contest, chromium):
    hall, server = contest(12, 5)
    hall.open_vote(Method.IN_TURN)
    ballot = screen_of(hall, server, chromium)
    take_turn(ballot, hall.voters()[0])
    for size in SIZES:
        ballot.page.locator(f".comfort__key[name=size][value='{size}']").tap()
        expect(ballot.page.locator("html")).to_have_attribute("data-size", str(size))
        ballot.page.wait_for_load_state()  # the page comes anew, and its style sheets a moment later
        cards = ballot.page.evaluate(CARDS)  # at one instant, once the letters have their shape
        assert len({(round(card["width"]), round(card["height"])) for card in cards}) == 1
        assert min(card["height"] for card in cards) >= 16 * MM
        bar = ballot.page.locator(".naming__bar").bounding_box()
        assert max(card["y"] + card["height"] for card in cards) <= bar["y"]
        foot = ballot.page.locator(".ballot__foot").bounding_box()
        assert bar["y"] + bar["height"] <= foot["y"]
        assert foot["y"] + foot["height"] <= 1080
        name = ballot.page.locator(".named-card__name").first
        assert name.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 15 * MM
        ballot.picture(f"contest-twelve-{size}")
    assert ballot.complaints == []
    ballot.close()


def test_candidates_are_picked_by_touch_and_go_on_file_in_that_order(contest, chromium):
    hall, server = contest()
    console = console_of(hall, server, chromium)
    console.open("/matters/new?kind=supervisors&row=contest")
    picked = []
    for place in (30, 2, 17):
        tile = console.page.locator(".wall button.tile").nth(place)
        picked.append(tile.get_attribute("data-key"))
        tile.tap()
        expect(console.page.locator(".wall button[aria-pressed=true]")).to_have_count(len(picked))
    console.picture("contest-candidates")
    console.tap("候选人选好了（3名）")
    console.see("改候选人")
    console.page.locator("input[name=title]").fill("推选监委会成员")
    console.page.get_by_text("村干部提议").tap()
    console.page.locator(".stepper button[value='1']").tap()
    expect(console.page.locator("input[name=places]")).to_have_value("2")
    console.picture("contest-raise")
    console.tap("立项")
    console.page.wait_for_url(re.compile("/matters/(?!new)"))
    matter = list(hall.parts.village().matters.values())[-1]
    assert [candidate.person for candidate in matter.contest.candidates] == picked
    assert matter.contest.places == 2
    console.picture("contest-matter")
    assert console.complaints == []
    console.close()
