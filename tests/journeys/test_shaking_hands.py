"""Hands that shake, walk away, or tap anywhere: exactly the intended ballots, and no way out of the ballot screen."""

from random import Random  # noqa: TID251 -- seeded: the same taps each time

import pytest
from hands import Hands
from playwright.sync_api import Error, expect
from voting_hall import VotingHall

from kiosk.core.ballot_terms import Choice, Method
from kiosk.store.devices import DeviceKind

MM = 4.03
TAPS = 240
IDLE_MS = 120_000
AGAIN = 10
MIDDLES = """() => [...document.querySelectorAll('main button:enabled')].map((b) => b.getBoundingClientRect())
  .filter((r) => r.width > 0 && r.y > 0 && r.y < 1000)
  .map((r) => [r.x + r.width / 2, r.y + r.height / 2])"""
CONFIRMED = """
addEventListener('pointerdown', (event) => {
  const button = event.target.closest?.('button');
  const voter = document.querySelector('.ballot__voter');
  if (!button || !voter || button.disabled || !button.form?.action.endsWith('/ballot/cast')) return;
  const told = JSON.parse(localStorage.confirmed || '[]');
  told.push([voter.textContent.trim(), button.form.elements.namedItem('choice').value]);
  localStorage.confirmed = JSON.stringify(told);
}, true);
"""
"""Seen by the page itself, at the instant of each press: a button may be armed between a question and the tap."""


@pytest.fixture
def hall(server):
    return VotingHall(server[0].settings).open_vote(Method.IN_TURN)


@pytest.fixture
def ballot(server, chromium, hall):
    hands = Hands(chromium, server[0].url)
    hands.page.clock.install()
    hands.pair(dict(server[1].screens)[DeviceKind.BALLOT], "/ballot/")
    yield hands
    hands.close()


class Fingers:
    """Fingers on the glass, as the panel reports them."""

    def __init__(self, hands) -> None:
        self._panel = hands.context.new_cdp_session(hands.page)
        self._page = hands.page

    def report(self, kind, *places) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        self._panel.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def press(self, place, *, drift=0.0, rests_ms=0) -> None:
        """Land, slide by so many pixels to the right and below, rest, leave."""
        (x, y), by = place, drift / 2**0.5
        self.report("touchStart", (x, y))
        for step in range(1, 7):
            self.report("touchMove", (x + by * step / 6, y + by * step / 6))
        self._page.wait_for_timeout(rests_ms)
        self.report("touchEnd")


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def take_turn(ballot, person):
    ballot.page.locator(f'form.tile-form[data-key="{person}"] button').tap()
    ballot.page.wait_for_url("**/ballot/choose")


def card(ballot, choice):
    return ballot.page.locator(f'.choice[value="{choice.value}"]')


def confirm(ballot):
    return ballot.page.locator('form[action="/ballot/cast"] button')


def test_a_press_of_three_seconds_that_drifts_fourteen_millimetres_is_the_one_that_was_meant(
    hall, ballot
):
    (person, *_), fingers = hall.voters(), Fingers(ballot)
    take_turn(ballot, person)
    fingers.press(middle(card(ballot, Choice.AGAINST)), drift=14 * MM, rests_ms=3000)
    expect(ballot.page.locator(".confirm__said")).to_contain_text("反对")
    assert not hall.vote().ballots
    expect(confirm(ballot)).to_be_enabled()
    fingers.press(middle(confirm(ballot)), drift=14 * MM, rests_ms=3000)
    ballot.page.wait_for_url("**/ballot/done")
    assert hall.vote().ballots == {person: (Choice.AGAINST,)}


def test_three_fingers_on_three_cards_choose_one_and_cast_none(hall, ballot):
    take_turn(ballot, hall.voters()[0])
    fingers = Fingers(ballot)
    places = [
        middle(card(ballot, choice)) for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)
    ]
    fingers.report("touchStart", *places)
    fingers.report("touchEnd")
    expect(ballot.page.locator(".confirm__said")).to_contain_text("赞成")
    fingers.report("touchStart", *places)
    fingers.report("touchEnd")
    assert not hall.vote().ballots


def test_who_walks_away_from_the_confirmation_has_cast_nothing_and_may_come_again(hall, ballot):
    (person, *_) = hall.voters()
    take_turn(ballot, person)
    card(ballot, Choice.FOR).tap()
    expect(confirm(ballot)).to_be_enabled()
    ballot.page.clock.fast_forward(IDLE_MS)
    ballot.page.wait_for_url("**/ballot/still")
    ballot.see("您还在表决吗？")
    leaves = ballot.page.locator('meta[http-equiv="refresh"]')
    assert leaves.get_attribute("content") == "45;url=/ballot/"
    ballot.open("/ballot/")
    assert not hall.vote().ballots
    expect(ballot.page.locator(f'form.tile-form[data-key="{person}"]')).to_be_visible()


def test_tapping_anywhere_casts_just_what_was_confirmed_and_leads_nowhere_else(
    server, hall, ballot
):
    chance = Random(20261123)
    ballot.page.add_init_script(CONFIRMED)
    ballot.page.reload()
    for _ in range(TAPS):
        ballot.page.touchscreen.tap(*somewhere(ballot, chance))
        ballot.page.wait_for_timeout(chance.choice((10, 40, 150)))
        ballot.page.wait_for_load_state()
        assert ballot.page.url.startswith(f"{server[0].url}/ballot/")
        assert len(ballot.context.pages) == 1
    ballot.page.wait_for_load_state("networkidle")
    confirmed = ballot.page.evaluate("JSON.parse(localStorage.confirmed || '[]')")
    meant = {voter: (Choice(choice),) for voter, choice in confirmed}
    cast = {hall.name(person): choice for person, choice in hall.vote().ballots.items()}
    assert cast == meant
    assert len(cast) > 1, "so many taps cast more than one ballot"


def somewhere(ballot, chance):
    """A place on the glass: half the time a button, so that the taps come further than the list of names."""
    # At one instant: between two questions the page may have gone on, and its buttons with it.
    buttons = asked(ballot, MIDDLES)
    if buttons and chance.random() < 0.5:
        return tuple(chance.choice(buttons))
    return chance.uniform(0, 1919), chance.uniform(0, 1079)


def asked(ballot, question):
    """The page's answer; asked again where it is just going on to the next."""
    for _ in range(AGAIN):
        try:
            return ballot.page.evaluate(question)
        except Error as error:
            if "context was destroyed" not in error.message:
                raise
            ballot.page.wait_for_load_state()
    raise AssertionError("the page never rests")
