"""Votes beside the screens, by touch in real Chromium: names with a witness, two tellers, a secret box."""

import re

import pytest
from hands import SAME_KEY_AFTER_S, Hands
from playwright.sync_api import expect

from kiosk.app import create_app
from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.commands import CastBallot
from kiosk.core.terms import CommandId, Role
from kiosk.core.values import Actor
from kiosk.demo.story import MATTER, TODAY
from kiosk.rehearsal.meeting import SECRETARY, VOTE
from kiosk.rehearsal.visitors import PIN, Officer

TELLER, SUPERVISOR = "p0006", "p0010"
IN_FAVOUR = 20
NUMBERS = ("for", "against", "abstain")


@pytest.fixture
def officers(server):
    """Everybody who signs in the course of the journey, without a picture; all have chosen a PIN."""
    running, codes = server
    signed_in = {}
    for person, _, _, code in codes.officers:
        if person in {SECRETARY, TELLER, SUPERVISOR}:
            signed_in[person] = Officer(running.url)
            signed_in[person].sign_in(person, code)
    return signed_in


@pytest.fixture
def sitting(server, officers):
    """The meeting is open, thirty are there, the item is taken; gives those thirty."""
    meeting = create_app(server[0].settings).parts.village().meetings[TODAY]
    people = [seat.person for seat in meeting.seats.values() if seat.votes][:30]
    secretary = officers[SECRETARY]
    for person in people:
        secretary.send("/checkin/in", meeting=TODAY, person=person)
    secretary.send("/console/open", meeting=TODAY)
    secretary.send("/console/item", meeting=TODAY, matter=MATTER)
    return people


@pytest.fixture
def console(server, chromium, sitting):
    """The secretary's hands at the console."""
    hands = Hands(chromium, server[0].url)
    hands.open(f"/signin/{SECRETARY}")
    hands.type_on_pad("secret", PIN)
    hands.tap("登录")
    hands.page.wait_for_url("**/console/")
    yield hands
    # A wrong PIN is an answer, too; the browser logs its status.
    assert [said for said in hands.complaints if "status of 400" not in said] == []
    hands.close()


def name_of(console, person):
    return console.page.locator(f'[data-key="{person}"] .tile__name').inner_text()


def note(console, how_many):
    """Tap the first names that still stand open, one after the other."""
    marked = console.page.locator('button.tile[data-state="in"]')
    for n in range(how_many):
        console.page.locator('button.tile[data-state="out"]').first.tap()
        expect(marked).to_have_count(n + 1)


def sign(console, person, action):
    """The officer's tile, his PIN, the button."""
    console.page.locator(f'a.tile[data-key="{person}"]').tap()
    expect(console.page.locator(".pinpad .pinpad__keys")).to_be_visible()
    console.type_on_pad("pin", PIN)
    console.tap(action)


def enter(console, *hands):
    """A number for each answer on its pad."""
    for name, number in zip(NUMBERS, hands, strict=True):
        pad = console.page.locator(f".numpad:has(input[name={name}])")
        for digit in str(number):
            pad.locator(f'.pinpad__key[value="{digit}"]').tap()
            console.page.wait_for_timeout(
                SAME_KEY_AFTER_S * 1000
            )  # the same key does not count twice within 600 ms
        expect(pad.locator("input")).to_have_value(str(number))


def test_hands_are_noted_by_name_and_count_when_a_witness_has_signed(  # noqa: PLR0915 -- one list, from the first hand to the ballots
    console, sitting
):
    console.tap("开始表决")
    console.see("正在表决")
    console.picture("console-channels")
    console.tap("举手记名")
    console.see("赞成的请举手")
    note(console, 3)
    console.page.wait_for_timeout(SAME_KEY_AFTER_S * 1000)
    console.page.locator('button.tile[data-state="in"]').first.tap()  # one tapped by mistake
    expect(console.page.locator('button.tile[data-state="in"]')).to_have_count(2)
    console.page.reload()
    expect(console.page.locator('button.tile[data-state="in"]')).to_have_count(2)
    console.picture("hands-names")
    console.tap("记好了，问反对")
    expect(console.page.get_by_text("已记赞成")).to_have_count(2)
    note(console, 1)
    console.tap("记好了，问弃权")
    note(console, 1)
    console.tap("记好了，核对名单")
    console.see("核对名单：记了 4 人")
    console.picture("hands-list")
    console.tap("记下名单，请人见证")
    console.see("现在还没有算票")
    console.picture("hands-witness")
    console.page.locator(f'a.tile[data-key="{TELLER}"]').tap()
    expect(console.page.locator(".pinpad .pinpad__keys")).to_be_visible()
    console.type_on_pad("pin", "135790")
    console.tap("确认无误")
    console.see("密码不对。")
    expect(console.page.locator("input[name=pin]")).to_have_value("")
    console.type_on_pad("pin", PIN)
    console.picture("hands-pin")
    console.tap("确认无误")
    console.page.wait_for_url("**/console/")
    expect(console.page.locator(".tally__row--for .tally__count")).to_have_text("2")
    expect(console.page.locator(".tally__row--against .tally__count")).to_have_text("1")


def test_two_tellers_differ_count_again_and_agree(console, sitting):
    console.tap("开始表决")
    console.tap("举手点数")
    console.see("请两位监票人各数各的")
    console.page.locator(f'a.tile[data-key="{SECRETARY}"]').tap()
    console.see("数的举手")
    enter(console, 20, 6, 4)
    console.picture("count-numbers")
    console.tap("记下我数的")
    console.see("请另一位自己数")
    console.picture("count-first")
    assert "20" not in console.page.locator("main").inner_text()
    by_pin(console, 21, 5, 4)
    console.see("两位数的不一样，不能结束表决")
    console.picture("count-differs")
    console.open("/console/")
    expect(console.page.get_by_role("button", name="结束表决")).to_have_count(0)
    console.tap("重新点数")
    by_pin(console, 20, 6, 4)
    console.see("两位数的一样，算数了")
    console.picture("count-agrees")
    console.tap("回到会议")
    console.tap("结束表决")
    console.see("：通过")
    expect(console.page.locator(".tally__count").first).to_have_text("20")


def by_pin(console, *hands):
    """The teller counts at the secretary's screen: his tile, his numbers, his PIN."""
    console.page.locator(f'a.tile[data-key="{TELLER}"]').tap()
    console.page.wait_for_url(re.compile(f"/console/count/{TELLER}"))
    enter(console, *hands)
    console.tap("数好了，去签名")
    expect(console.page.locator(".pinpad .pinpad__keys")).to_be_visible()
    console.picture("count-sign")
    console.type_on_pad("pin", PIN)
    console.tap("记下我数的")
    console.page.wait_for_url("**/console/count/")


def test_a_secret_vote_is_opened_by_its_method_and_its_box_before_a_witness(
    console, sitting, server
):
    console.tap("换一种表决方式")
    console.see("这一项怎么表决？")
    console.picture("method")
    console.page.locator(".methods__one", has_text="无记名").tap()
    console.see("少于5票的不能用这种方式")
    console.picture("method-secret")
    console.tap("用这种方式开始表决")
    console.see("票箱已经封上")
    console.picture("console-secret")
    cast(server, sitting)
    # These ballots come from beside the server, which lets a picture serve for a second while it knows of no change.
    console.page.wait_for_timeout(1200)
    console.open("/console/")
    expect(console.page.get_by_text("请监委会成员开箱")).to_be_visible()
    assert "赞成" not in console.page.locator("main").inner_text()
    console.tap("请监委会成员开箱")
    console.picture("witness")
    sign(console, SUPERVISOR, "我在场监督开箱")
    console.page.wait_for_url("**/console/")
    console.tap("开箱，结束表决")
    console.see("：通过")
    expect(console.page.locator(".tally__row--for .tally__count")).to_have_text("20")
    console.picture("console-secret-result")


def cast(server, people):
    """Everybody votes, the first twenty in favour; the screens of a secret vote have a journey of their own."""
    parts = create_app(server[0].settings).parts
    for place, person in enumerate(people):
        choice = Choice.FOR if place < IN_FAVOUR else Choice.AGAINST
        ballot = CastBallot(TODAY, VOTE, person, (choice,), Channel.KIOSK_SCREEN)
        actor = Actor(Role.VOTER, person)
        parts.kiosk.execute(parts.home, ballot, actor, CommandId(f"journey-{place:04d}"))
