"""No long pauses while people vote: what Python looks through, and when."""

import gc
import sys
import time

import kiosk_fixtures
import pytest

from kiosk.pauses import QUIET_S, Pauses

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house


@pytest.fixture
def pauses(house):
    """Serving has begun; afterwards this process is as it was."""
    thresholds, shares_after_s = gc.get_threshold(), sys.getswitchinterval()
    begun = Pauses(house.kiosk)
    begun.start()
    yield begun
    begun.stop()
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    sys.setswitchinterval(shares_after_s)


def in_a_while():
    return time.monotonic() + QUIET_S


def test_what_was_loaded_before_serving_is_never_looked_through_again(pauses):
    assert gc.get_freeze_count() > 0


def test_everything_is_looked_through_only_when_nothing_was_recorded_for_a_while(pauses, house):
    house.check_in(1)
    assert not pauses.is_due(time.monotonic())
    assert pauses.is_due(in_a_while())


def test_it_is_done_once_until_something_is_recorded_again(pauses, house):
    house.check_in(1)
    pauses.tidy(in_a_while())
    assert not pauses.is_due(in_a_while() + QUIET_S)


class Knot:
    """Something that holds itself."""

    def __init__(self, gone):
        self.itself, self.gone = self, gone

    def __del__(self):
        self.gone.append(True)


def test_what_nobody_uses_any_more_is_let_go_then(pauses, house):
    gone = []
    knot = Knot(gone)
    gc.collect()  # it has grown old
    del knot
    house.check_in(1)
    pauses.tidy(in_a_while())
    assert gone == [True]
