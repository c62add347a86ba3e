"""Any sequence of commands, lawful or not: the record stays whole and keeps the laws, and an auditor agrees with it.

Every command goes through the one door. `machine_oracle` reads along in the journal's plain JSON, without the kiosk's
own counting; `machine_steps` knows what comes next by right, so that sequences get far; `machine_asks` asks anything.
"""

from functools import cache
from typing import get_args

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from machine_aside import ASIDE
from machine_asks import ASKED
from machine_play import BEGINNINGS, REACHED, REFUSED, TAKEN, Pick, Play

from kiosk.core.commands import Command

SEEDS = st.integers(0, 2**24 - 1)  # wider ones hypothesis would draw small, and often the same
SHORT = 20 * settings().max_examples
LONG = settings().max_examples
STARTED = {"short": 0, "long": 0}


class AnySequence(RuleBasedStateMachine):
    """A village from some beginning on; lawful steps and arbitrary ones in any mixture."""

    length = "short"
    beginnings = BEGINNINGS

    @initialize(begins=st.data(), seed=SEEDS)
    def somewhere(self, begins, seed):
        STARTED[self.length] += 1
        self.play = Play(begins.draw(st.sampled_from(self.beginnings)), Pick(seed))

    @rule(seed=SEEDS, steps=st.sampled_from([1, 3, 9, 20]))
    def a_matter_goes_its_way(self, seed, steps):
        self.play.pick = Pick(seed)
        self.play.go_on(steps)

    @rule(seed=SEEDS, times=st.integers(1, 20))
    def anything_is_asked(self, seed, times):
        self.play.pick = Pick(seed)
        for _ in range(times):
            self.play.ask_anything()

    @precondition(lambda self: self.play.is_founded)
    @rule(seed=SEEDS, happens=st.sampled_from(ASIDE))
    def beside_it_the_village(self, seed, happens):
        self.play.pick = Pick(seed)
        happens(self.play)

    @rule(days=st.sampled_from([1, 3, 15, 16]))
    def time_passes(self, days):
        self.play.sim.clock.pass_days(days)

    @precondition(lambda self: self.play.done)
    @rule(seed=SEEDS)
    def a_command_is_sent_again(self, seed):
        self.play.pick = Pick(seed)
        self.play.ask_again()

    @invariant()
    def the_laws_hold(self):
        self.play.audit()

    def teardown(self):
        if hasattr(self, "play"):
            self.play.finish(from_nothing=self.length == "long")


class LongSequence(AnySequence):
    """Fewer, longer, and from the first day on."""

    length = "long"
    beginnings = ("raised", "reviewed", "in session")


@cache
def run(machine, examples, steps):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
        ),
    )


def short_ones():
    run(AnySequence, SHORT, 10)


def long_ones():
    run(LongSequence, LONG, 50)


def test_every_command_is_asked():
    assert set(ASKED) == set(get_args(Command))


def test_any_short_sequence_from_any_beginning_keeps_the_laws():
    short_ones()
    assert STARTED["short"] >= SHORT


def test_any_long_sequence_from_the_first_day_on_keeps_the_laws():
    long_ones()
    assert STARTED["long"] >= LONG


def test_the_sequences_go_far_enough_to_say_anything():
    short_ones()
    long_ones()
    print(sorted(REACHED.items()))
