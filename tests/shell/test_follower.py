"""A follower: what it does at the start, when something fails, and at the stop. The journal behind it is a real one."""

import queue
import threading

import pytest
from simulator import VILLAGE, convened

from kiosk.core.events import CheckedIn
from kiosk.core.terms import VillageId
from kiosk.follower import Follower

LONG_S = 20


class Deeds:
    """What was done, in its order; a test waits for it without looking at a clock."""

    def __init__(self):
        self.done = []
        self._each = queue.Queue()

    def __call__(self, due):
        self.done.append(due)
        self._each.put(due)

    def next(self):
        return self._each.get(timeout=LONG_S)


def arrivals(entries):
    return [e.event.person for e in entries if isinstance(e.event, CheckedIn)]


@pytest.fixture
def sim():
    return convened(entitled=9)


def following(sim, act, **more):
    follower = Follower("test", sim.kiosk, arrivals, act, **more)
    follower.start(VILLAGE)
    return follower


def test_what_is_owed_comes_first_then_what_falls_due_in_the_order_of_the_journal(sim):
    deeds, asked, arrived = Deeds(), threading.Event(), threading.Event()

    def owed():
        asked.set()
        arrived.wait(LONG_S)
        yield "before"

    follower = following(sim, deeds, owed=owed)
    asked.wait(LONG_S)
    sim.check_in(3)  # while it is still catching up: nothing falls between the two
    arrived.set()
    follower.stop(LONG_S)
    assert deeds.done == ["before", *sorted(sim.village().meetings[sim.meeting_id].present)]


def test_one_that_fails_is_logged_and_the_next_is_done(sim, caplog):
    deeds = Deeds()

    def act(due):
        deeds(due)
        if due == "owed" or len(deeds.done) == 2:
            raise OSError("no room")

    follower = following(sim, act, owed=lambda: ["owed"])
    sim.check_in(3)
    follower.stop(LONG_S)
    assert len(deeds.done) == 4
    assert [r.message for r in caplog.records] == [
        "test failed: owed",
        f"test failed: {deeds.done[1]}",
    ]


def test_where_it_cannot_be_told_what_is_owed_what_falls_due_is_done(sim, caplog):
    deeds = Deeds()

    def owed():
        raise OSError("unreadable")

    follower = following(sim, deeds, owed=owed)
    sim.check_in(1)
    follower.stop(LONG_S)
    assert len(deeds.done) == 1
    assert "what is owed" in caplog.text


def test_at_the_stop_what_is_due_is_done_and_afterwards_nothing(sim):
    deeds, may_go_on = Deeds(), threading.Event()

    def act(due):
        may_go_on.wait(LONG_S)
        deeds(due)

    follower = following(sim, act)
    sim.check_in(3)
    threading.Timer(0, may_go_on.set).start()
    follower.stop(LONG_S)
    assert len(deeds.done) == 3
    assert not follower.is_at_work
    sim.check_in(3)
    follower.stop(LONG_S)  # twice does no harm
    assert len(deeds.done) == 3


def test_one_that_leaves_begins_nothing_more(sim):
    deeds = Deeds()

    def act(due):
        follower.leave()
        deeds(due)

    follower = Follower("test", sim.kiosk, arrivals, act, owed=lambda: ["one", "other"])
    follower.start(VILLAGE)
    sim.check_in(3)
    deeds.next()
    follower.stop(LONG_S)
    assert deeds.done == ["one"]


def test_it_waits_no_longer_for_the_end_than_it_is_told_to(sim):
    begun, may_go_on = threading.Event(), threading.Event()

    def act(_):
        begun.set()
        may_go_on.wait(LONG_S)

    follower = following(sim, act, owed=lambda: ["long"])
    begun.wait(LONG_S)
    follower.stop(0.01)
    assert follower.is_at_work
    may_go_on.set()
    follower.stop(LONG_S)
    assert not follower.is_at_work


def test_it_looks_after_its_things_when_nothing_is_due_even_if_that_fails(sim, caplog):
    looks = Deeds()

    def look():
        looks("looked")
        if len(looks.done) == 1:
            raise OSError("not there")

    follower = following(sim, Deeds(), look=look, looks_every_s=0.001)
    assert (looks.next(), looks.next()) == ("looked", "looked")
    follower.stop(LONG_S)
    assert "test failed: looking" in caplog.text


def test_of_another_village_it_hears_nothing(sim):
    deeds = Deeds()
    follower = following(sim, deeds)
    follower.heard(VillageId("elsewhere"), [object()], None)
    follower.stop(LONG_S)
    assert deeds.done == []


def test_before_the_start_it_follows_nobody_and_may_be_stopped(sim):
    follower = Follower("test", sim.kiosk, arrivals, Deeds())
    follower.stop(LONG_S)
    with pytest.raises(RuntimeError, match="follows no journal"):
        _ = follower.village
