"""Any sequence of commands, lawful or not: the record stays whole and keeps the laws, and an auditor agrees with it.

Every command goes through the one door. `machine_oracle` reads along in the journal's plain JSON, without the kiosk's
own counting; `machine_steps` knows what comes next by right, so that sequences get far; `machine_asks` asks anything.
"""

import json
from functools import cache
from typing import get_args

import pytest
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
from machine_beginnings import BEGINNINGS
from machine_oracle import Oracle
from machine_play import REACHED, REFUSED, TAKEN, Pick, Play
from procedure_story import told

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.core.commands import Command
from kiosk.core.events import VoteEvent
from kiosk.core.journal import canonical, digest
from kiosk.core.refusals import Reason
from kiosk.core.terms import Body, Stage

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
    run(AnySequence, SHORT, 8)


def long_ones():
    run(LongSequence, LONG, 30)


def test_every_command_is_asked():
    assert set(ASKED) == set(get_args(Command))


def test_any_short_sequence_from_any_beginning_keeps_the_laws():
    short_ones()
    assert STARTED["short"] >= SHORT


def test_any_long_sequence_keeps_the_laws_from_the_first_line_of_its_journal_on():
    long_ones()
    assert STARTED["long"] >= LONG


# Of the sequences themselves, without their beginnings; about a third of what they reach today.
LEAST = {
    "decision carried": 120,
    "PublicationOpened": 350,
    "works accepted": 100,
    "MatterArchived": 180,
    "MatterReturned": 150,
    "MatterSentToAssembly": 20,
    "MatterEnded": 120,
    "VoteVoided": 100,
    "MeetingPaused": 30,
    "MeetingInquorate": 35,
    "BallotChanged": 25,
    "BoxOpened": 45,
    "closed in secret": 55,
    "a contest": 30,
    "chosen": 30,
    "channels mixed": 140,
    **{f"by {channel.value}": 60 for channel in Channel},
    "ReadingTakenBack": 30,
    "BallotPaperExchanged": 60,
    "CountChecked": 90,
    "DifferenceSettled": 12,
    "EmergencyReported": 20,
    "CorrectionConfirmed": 80,
    "ObjectionEscalated": 35,
    "ReviewRecorded": 30,
    "SegmentSealed": 45,
    **{f"opened: {body.value}": 9 for body in Body},
}


def test_the_sequences_go_far_enough_to_say_anything():
    short_ones()
    long_ones()
    reached = {what: REACHED[what] * 100 // settings().max_examples for what in LEAST}
    assert not {what: reached[what] for what, least in LEAST.items() if reached[what] < least}


def test_every_command_is_taken_and_refused_and_most_reasons_are_met():
    short_ones()
    long_ones()
    refused = {kind for kind, _ in REFUSED}
    assert set(TAKEN) == set(ASKED)
    assert set(ASKED) - refused <= {c.FoundVillage}
    assert len({reason for _, reason in REFUSED}) >= len(Reason) * 3 // 4


# --- the auditor is not blind


def retold(lines, changed):
    """The journal with one event told otherwise, and linked again as if it had always been so."""
    prev, told_again = "0" * 64, []
    for line in lines:
        value = json.loads(line)
        value["event"] |= changed(value["event"]) or {}
        told_again.append(canonical(value | {"prev": prev}))
        prev = digest(told_again[-1])
    return told_again


LIES = {
    "BallotCast": {"answer": ["against"]},
    "VoteClosed": {"carried": False},
    "VoteOpened": {"electorate": ["v01", "v02"]},
    "MeetingOpened": {"roll": ["v01"]},
    "PublicationOpened": {"last_day": "2026-11-23"},
    "WorksStarted": {"inside_publication": True},
    "WorksInspected": {"accepted": False},
    "OpinionFiled": {"stage": "decision"},
    "MeetingConvened": {"starts_at": "2026-11-02T01:00:00.000Z"},
    "MatterRaised": {"kind_id": "guarantee"},
}


@cache
def archived_story():
    return tuple(told().done().opine(*Stage).archive().lines())


NOBODY = [{"choice": choice, "count": 0} for choice in ("for", "against", "abstain")]
LIES_ABOUT_VOTES = {
    "RecusalDeclared": {"person": "stranger"},
    "VoteVoided": {"ground": " "},
    "VoteOpened": {"method": "secret"},
    "BallotCast": {"channel": "paper"},
    "BallotChanged": {"was": "abstain"},
    "HandsNoted": {"clerk": "witness"},
    "HandsConfirmed": {"witness": "clerk"},
    "HandsCounted": {"counts": NOBODY},
    "BallotPapersPrinted": {"last": 1},
    "BallotPaperIssued": {"person": "v01"},
    "BallotPaperExchanged": {"person": "v01"},
    "BallotPapersReturned": {"returned": 9},
    "BallotPaperRead": {"number": 2},
    "ReadingTakenBack": {"number": 1},
    "ClosingWitnessed": {"supervisor": "v01"},
    "BoxOpened": {"voters": ["v01", "v01", "v02", "v03", "v04"]},
    "VoteClosed": {"subtotals": []},
    "CountChecked": {"counts": NOBODY},
    "DifferenceExplained": {"ground": " "},
    "DifferenceSettled": {"officer": "teller-1"},
}


@cache
def counted_story():
    """A vote by every channel, counted once more with a difference that was settled; and a secret one, void at last."""
    story = told().carry(Stage.DECISION)
    story.convene(Body.REPRESENTATIVES, 20).check_in(20).open().recuse("v20")
    story.open_vote(revisable=True)
    story.ballot("v01", Choice.AGAINST).ballot("v01", channel=Channel.PHONE).cast(3, 1)
    story.raise_hands(2, 1).print_papers(6).issue_papers(4).exchange("v10").return_papers(4)
    story.read_papers(2, 1).take_back().read_papers(1, invalid=1).count_hands(4, 1, 1).close()
    story.check_count(12, 4).explain().settle().void()
    story.open_vote(method=Method.SECRET).cast(9, 2).witness().close().adjourn()
    return tuple(story.lines())


@pytest.mark.parametrize("story", [archived_story, counted_story])
def test_the_auditor_finds_nothing_where_nothing_is_wrong(story):
    Oracle().read(retold(story(), lambda event: None))


def test_every_event_of_a_vote_is_told_otherwise_once():
    of_votes = {kind.__name__ for kind in get_args(VoteEvent)}
    assert of_votes == set(LIES_ABOUT_VOTES)


@pytest.mark.parametrize(
    ("story", "kind", "lie"),
    [(archived_story, *lie) for lie in LIES.items()]
    + [(counted_story, *lie) for lie in LIES_ABOUT_VOTES.items()],
    ids=lambda of: of if isinstance(of, str) else "",
)
def test_the_auditor_finds_what_is_told_otherwise(story, kind, lie):
    lies = iter([lie])
    changed = retold(story(), lambda event: next(lies, None) if event["kind"] == kind else None)
    with pytest.raises((AssertionError, TypeError)):
        Oracle().read(changed)


def test_the_auditor_finds_a_line_that_was_changed_dropped_or_swapped():
    lines = list(archived_story())
    for broken in (lines[:20] + lines[21:], [*lines[:20], lines[21], lines[20], *lines[22:]]):
        with pytest.raises(AssertionError):
            Oracle().read(broken)
