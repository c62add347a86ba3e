"""A representative's own phone, 360 pixels wide: slip, cards, 确认, ✓; with the script and as plain HTML."""

import pytest
from hands import Hands
from playwright.sync_api import expect
from voting_hall import VotingHall

from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.rehearsal.meeting import SECRETARY
from kiosk.rehearsal.visitors import PIN

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
ROOT_PX = 16
LEAST_TARGET_PX = 44


@pytest.fixture
def hall(server):
    return VotingHall(server[0].settings)


def phone_of(server, chromium, **context):
    return Hands(chromium, server[0].url, **(PHONE | context))


def vote(phone, choice):
    phone.page.get_by_role("button", name=choice).tap()
    expect(phone.page.locator(".confirm__said")).to_contain_text(f"您选了：{choice}")
    phone.page.get_by_role("button", name="确认").tap()
    phone.page.wait_for_url("**/slip/done")
    phone.see("已记下您的表决")


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_slip_leads_to_one_named_ballot(server, chromium, hall, script):
    hall.open_vote(Method.IN_TURN)
    voter = hall.voters()[0]
    phone = phone_of(server, chromium, java_script_enabled=script)
    slip = hall.hand_slip(voter)
    phone.open(slip)
    for words in (hall.name(voter), "记名，逐个表决", "投下就不能改。", "赞成意味着"):
        phone.see(words)
    phone.picture(f"phone-{'script' if script else 'plain'}")
    vote(phone, "反对")
    assert hall.vote().ballots == {voter: (Choice.AGAINST,)}
    assert hall.vote().channels == {voter: Channel.PHONE}
    phone.open(slip)
    phone.see("已记下您的表决")
    assert phone.page.locator(".choice").count() == 0
    assert phone.complaints == []
    phone.close()


def test_a_ballot_is_changed_on_the_phone_until_the_close(server, chromium, hall):
    hall.open_vote(Method.OPEN, revisable=True)
    voter = hall.voters()[0]
    phone = phone_of(server, chromium)
    phone.open(hall.hand_slip(voter))
    phone.see("结束前可以改。")
    vote(phone, "赞成")
    phone.tap("改我的表决")
    phone.page.wait_for_url("**/slip/choose")
    vote(phone, "弃权")
    assert hall.vote().ballots == {voter: (Choice.ABSTAIN,)}
    assert hall.vote().changes == 1
    phone.close()


@pytest.mark.parametrize("times", [1.0, 1.5, 2.0])
def test_the_pages_obey_the_phones_text_size_and_nothing_is_cut(server, chromium, hall, times):
    hall.open_vote(Method.IN_TURN)
    phone = phone_of(server, chromium)
    size = f"{ROOT_PX * times}px"
    root = f"document.documentElement.style.fontSize = '{size}'"
    script = f"document.addEventListener('DOMContentLoaded', () => {{ {root} }})"
    phone.page.add_init_script(script)
    phone.open(hall.hand_slip(hall.voters()[0]))
    cards = [card.bounding_box() for card in phone.page.locator(".choice").all()]
    assert len({(card["x"], card["width"], card["height"]) for card in cards}) == 1
    assert cards[0]["height"] >= 90 * times
    name = phone.page.locator(".ballot__voter")
    assert name.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 24 * times
    _nothing_cut(phone)
    phone.page.get_by_role("button", name="反对").tap()
    expect(phone.page.locator(".confirm__said")).to_be_visible()
    _nothing_cut(phone)
    phone.picture(f"phone-confirm-{times}")
    phone.close()


def _nothing_cut(phone):
    assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for control in phone.page.locator("button:visible, a.button:visible").all():
        box = control.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert min(box["width"], box["height"]) >= LEAST_TARGET_PX
        assert control.evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def test_the_clerk_shows_a_slip_and_the_code_holds_its_address(server, chromium, hall):
    hall.open_vote(Method.IN_TURN)
    console = Hands(chromium, server[0].url)
    code = next(code for person, _, _, code in server[1].officers if person == SECRETARY)
    console.sign_in(hall.parts.register.officer(SECRETARY).name, code, PIN)
    console.open("/console/slips")
    voter = hall.voters()[0]
    console.page.locator(f'form.tile-form[data-key="{voter}"] button').tap()
    expect(console.page.locator(".slip__code")).to_be_visible()
    box = console.page.locator(".slip__code").bounding_box()
    assert box["width"] / 4.03 >= 90
    assert box["y"] + box["height"] <= 1080
    console.picture("slip-on-the-console")
    console.tap("发给下一位")
    console.page.wait_for_url("**/console/slips")
    expect(console.page.locator(f'form.tile-form[data-key="{voter}"]')).to_contain_text("已发")
    assert hall.parts.slips.holders(hall.parts.home, hall.vote().id) == {voter}
    assert console.complaints == []
    console.close()


def test_a_tap_that_trembles_does_not_confirm(server, chromium, hall):
    hall.open_vote(Method.IN_TURN)
    phone = phone_of(server, chromium)
    phone.open(hall.hand_slip(hall.voters()[0]))
    phone.page.get_by_role("button", name="弃权").dblclick(delay=20)
    expect(phone.page.locator(".confirm__said")).to_be_visible()
    phone.page.wait_for_timeout(400)
    assert hall.vote().ballots == {}
    phone.close()
