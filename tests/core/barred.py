"""Whoever may not vote, by whatever channel he comes, and why."""

from simulator import convened

from kiosk.core.refusals import Reason


def some():
    """Seven of nine are there, one of them stands aside, and an observer; `v09` comes too late."""
    sim = convened(9, observers=1).check_in(7).arrive("o01").open().recuse("v07").open_vote()
    return sim.arrive("v09")


def as_it_is(sim):
    return sim


NOT_ABLE = [
    ("stranger", as_it_is, Reason.NOT_CALLED),
    ("o01", as_it_is, Reason.NO_VOTING_RIGHT),
    ("v02", lambda sim: sim.ballot("v02"), Reason.ALREADY_VOTED),
    ("v01", lambda sim: sim.raise_hands(1), Reason.ALREADY_VOTED),
    ("v02", lambda sim: sim.print_papers(1).issue("v02"), Reason.PAPER_IN_HAND),
    ("v02", lambda sim: sim.leave("v02"), Reason.NOT_CHECKED_IN),
    ("v09", as_it_is, Reason.NOT_IN_ELECTORATE),
    ("v07", as_it_is, Reason.RECUSED),
    ("v02", lambda sim: sim.count_hands(1), Reason.HANDS_BEING_COUNTED),
]
"""Who wants to vote, what happened before, and why he may not."""
