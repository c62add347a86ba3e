"""What may be asked of a vote while it is open, when it is closed, when it is void: the table said a second time."""

from typing import get_args

import pytest
from simulator import secretly, voting

from kiosk.core.refusals import Reason, Refused
from kiosk.core.votes.states import ALLOWED, REFUSED_WHILE, OfVote
from kiosk.core.votes.vote import VoteState

WHILE_OPEN = [
    "CastBallot",
    "NoteHands",
    "ConfirmHands",
    "CountHands",
    "PrintBallotPapers",
    "IssueBallotPaper",
    "ExchangeBallotPaper",
    "ReturnBallotPapers",
    "ReadBallotPaper",
    "TakeBackReading",
    "WitnessClosing",
    "CloseVote",
    "VoidVote",
]
WHEN_CLOSED = ["CheckCount", "ExplainDifference", "SettleDifference", "VoidVote"]
TABLE = {VoteState.OPEN: WHILE_OPEN, VoteState.CLOSED: WHEN_CLOSED, VoteState.VOID: []}
REASONS = {
    VoteState.OPEN: Reason.VOTE_OPEN,
    VoteState.CLOSED: Reason.VOTE_NOT_OPEN,
    VoteState.VOID: Reason.VOTE_VOID,
}


def in_state(state, begun):
    sim = begun(7, 9)
    match state:
        case VoteState.OPEN:
            return sim
        case VoteState.CLOSED:
            return (sim.witness() if begun is secretly else sim).cast(6).close()
        case VoteState.VOID:
            return sim.cast(6).void()


def test_the_table_names_every_command_on_a_vote_and_every_state():
    assert ALLOWED.keys() == set(get_args(OfVote))
    assert {kind.__name__ for kind in ALLOWED} == {*WHILE_OPEN, *WHEN_CLOSED}
    for state in VoteState:
        assert {k.__name__ for k, states in ALLOWED.items() if state in states} == {*TABLE[state]}
    assert REFUSED_WHILE == REASONS


@pytest.mark.parametrize("begun", [voting, secretly])
@pytest.mark.parametrize("state", VoteState)
def test_a_vote_refuses_what_its_state_does_not_allow_and_nothing_else_for_it(state, begun):
    sim = in_state(state, begun)
    assert sim.vote().state is state
    for command in sim.everything_of_a_vote():
        name = type(command).__name__
        if name not in TABLE[state]:
            assert sim.reason(command) is REASONS[state], name
        elif name not in {"VoidVote", "CloseVote"}:  # these would change the state
            try:
                sim.do(command)
            except Refused as refused:
                assert refused.reason not in REASONS.values(), name  # noqa: PT017 -- either is right
        assert sim.vote().state is state


@pytest.mark.parametrize("begun", [voting, secretly])
def test_law_2_without_the_quorum_no_ballot_comes_in_and_no_vote_is_closed(begun):
    sim = begun(6, 9).leave("v06")
    for command in sim.everything_of_a_vote():
        name = type(command).__name__
        if name not in WHEN_CLOSED:
            assert sim.reason(command) is Reason.MEETING_PAUSED, name
    sim.void()
