"""How many have voted, as the room is told it in a secret vote: in steps of three voters or thirty seconds."""

from datetime import UTC, datetime, timedelta

import kiosk_fixtures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kiosk_fixtures import CHAIR, SECRETARY, VOTE

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.core.terms import Role, VoteId
from kiosk.demo.story import MATTER, TODAY
from kiosk.web.sitting.turnout import Shown, seconds_to_step, shown_turnout, stepped

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def at(seconds):
    return START + timedelta(seconds=seconds)


def shown(turnout, seconds, *, last=Shown(0, START), everybody=False):  # noqa: B008 -- frozen
    return stepped(last, turnout, at(seconds), everybody=everybody)


@pytest.mark.parametrize("turnout", [1, 2])
def test_one_or_two_more_are_not_told_at_once(turnout):
    assert shown(turnout, 29.9).turnout == 0


def test_three_more_are_told_at_once():
    assert shown(3, 1) == Shown(3, at(1))


def test_after_thirty_seconds_one_is_told():
    assert shown(1, 30) == Shown(1, at(30))


def test_everybody_is_told_at_once():
    last = Shown(28, START)
    assert shown(29, 1, last=last, everybody=True).turnout == 29
    assert shown(29, 1, last=last).turnout == 28


def test_a_number_that_was_corrected_downwards_is_told_at_once():
    assert shown(9, 1, last=Shown(12, START)).turnout == 9


def test_the_next_thirty_seconds_begin_where_the_last_ended_and_not_at_a_ballot():
    """A ballot after a long silence would else be told at its own instant, to all who look at the screen."""
    silent = shown(4, 70, last=Shown(4, START))
    assert silent == Shown(4, at(60))
    assert shown(5, 71, last=silent).turnout == 4
    assert shown(5, 90, last=silent) == Shown(5, at(90))


def test_a_clock_that_was_set_back_tells_nothing_new():
    assert shown(1, -3600) == Shown(0, START)


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 40_000)), max_size=60),
    st.integers(0, 40_000),
)
def test_no_step_is_smaller_than_three_unless_thirty_seconds_have_passed(ballots, more):
    last, turnout, now = Shown(0, START), 0, 0
    for voted, milliseconds in [*ballots, (0, more)]:
        now += milliseconds
        turnout += voted
        after = stepped(last, turnout, at(now / 1000), everybody=False)
        assert last.turnout <= after.turnout <= turnout
        small = 0 < after.turnout - last.turnout < 3
        assert not small or after.at - last.at >= timedelta(seconds=30)
        last = after
    assert turnout - last.turnout < 3, "whoever looks is never more than two behind"


def secret(house, voters):
    house.check_in(30).open()
    house.do(c.OpenVote(TODAY, (MATTER,), VOTE, running_tally=False, method=Method.SECRET))
    return house.voters()[:voters]


def cast(house, person, vote=VOTE):
    ballot = c.CastBallot(TODAY, vote, person, (Choice.FOR,), Channel.KIOSK_SCREEN)
    house.do(ballot, Role.VOTER, person)


def told(house):
    with house.app.flask.app_context():
        return shown_turnout(house.vote(), house.clock())


def test_big_screen_and_console_tell_the_same_steps(house):
    console, hall = house.officer(SECRETARY), house.hall_screen()
    for number, person in enumerate(secret(house, 8), start=1):
        cast(house, person)
        assert told(house) == number - number % 3
        assert f">{number - number % 3}</text>" in hall.open("/hall/")
        assert f">{number - number % 3}</text>" in console.open("/console/")


def test_the_screens_are_due_again_when_thirty_seconds_have_passed(house):
    (person,) = secret(house, 1)

    def due():
        with house.app.flask.app_context():
            return seconds_to_step(house.village(), house.clock())

    house.clock.on(seconds=12)
    cast(house, person)
    assert told(house) == 0
    assert due() == 18
    house.clock.on(seconds=18)
    assert told(house) == 1
    assert due() == 30


def test_a_named_vote_is_told_ballot_by_ballot_and_is_never_due_again(house):
    house.check_in(30).open().open_vote().cast(1)
    assert told(house) == 1
    with house.app.flask.app_context():
        assert seconds_to_step(house.village(), house.clock()) is None


def test_the_next_vote_begins_at_nought(house):
    for person in secret(house, 6):
        cast(house, person)
    assert told(house) == 6
    house.do(c.VoidVote(TODAY, VOTE, "设备故障"), Role.CHAIR, CHAIR)
    again = VoteId(f"{VOTE}-2")
    house.do(c.OpenVote(TODAY, (MATTER,), again, running_tally=False, method=Method.SECRET))
    cast(house, house.voters()[0], again)
    with house.app.flask.app_context():
        assert shown_turnout(house.meeting().votes[again], house.clock()) == 0
