"""Races (抢着办): votes against closing, one person at many screens, one command from many threads.

Real threads, on the store in memory and on SQLite alike. Who wins is chance; what holds whoever wins is not.
"""

import threading
from collections import Counter
from functools import partial

import pytest
from memory_store import MemoryJournal
from racing import PATIENCE_S
from racing import at_once as together
from simulator import VILLAGE, actor_of, convened

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Choice
from kiosk.core.events import BallotCast, CheckedIn, VoteClosed
from kiosk.core.history import replay
from kiosk.core.journal import check, read
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import CommandId
from kiosk.service import Kiosk, Receipt
from kiosk.store.journal import SqlJournal

PEOPLE = 50
at_once = partial(together, expected=Refused)
"""What each gave, or the refusal it met; anything else breaks."""


@pytest.fixture(params=["memory", "database"])
def store(request):
    if request.param == "memory":
        return MemoryJournal()
    return SqlJournal(request.getfixturevalue("engine"))


@pytest.fixture
def voting(store):
    """Fifty people are there and the vote is open."""
    return convened(entitled=PEOPLE, store=store).check_in(PEOPLE).open().open_vote()


def casting(sim, person, name="", choice=Choice.FOR, kiosk=None):
    return sending(sim, sim.casting(person, choice), f"{person}-{name}", kiosk)


def closing(sim, number, kiosk=None):
    command = c.CloseVote(sim.meeting_id, sim.vote_id, unused_confirmed=True)
    return sending(sim, command, f"close-{number}", kiosk)


def sending(sim, command, name, kiosk=None):
    taker = kiosk or sim.kiosk
    return lambda: taker.execute(VILLAGE, command, actor_of(command), CommandId(name))


def shuffled(*lists):
    """One of each in turn, so that the kinds start side by side."""
    return [action for together in zip(*lists, strict=True) for action in together]


def reasons(outcomes):
    return Counter(o.reason for o in outcomes if isinstance(o, Refused))


def receipts(outcomes):
    return [o for o in outcomes if isinstance(o, Receipt)]


def ballots(sim):
    return [e for e in sim.events() if isinstance(e, BallotCast) and e.vote == sim.vote_id]


def closings(sim):
    return [e for e in sim.events() if isinstance(e, VoteClosed) and e.vote == sim.vote_id]


def whole(sim):
    """The chain holds, and the journal says what the service thinks it says."""
    known = sim.kiosk.known(VILLAGE)
    assert check(sim.lines(), known.head) is None
    assert replay(map(read, sim.lines())) == known.village


# --- votes against closing


def test_fifty_ballots_against_one_closing_are_all_counted_or_refused(voting):
    outcomes = at_once([*(casting(voting, p) for p in voting.voters()), closing(voting, 0)])
    (closed,) = closings(voting)
    refusals = reasons(outcomes)
    assert refusals.keys() <= {Reason.VOTE_NOT_OPEN}
    assert closed.tally.cast == PEOPLE - refusals.total() == len(ballots(voting))
    assert closed.tally.present == PEOPLE
    whole(voting)


def test_fifty_ballots_against_fifty_closings_are_all_counted_or_refused(voting):
    people = voting.voters()
    outcomes = at_once(
        shuffled([casting(voting, p) for p in people], [closing(voting, n) for n in range(PEOPLE)])
    )
    cast, closed = outcomes[::2], outcomes[1::2]
    assert len(receipts(closed)) == 1, "one closing ends the vote"
    assert reasons(closed).total() == PEOPLE - 1
    (result,) = closings(voting)
    acknowledged = {p for p, outcome in zip(people, cast, strict=True) if receipts([outcome])}
    assert {ballot.person for ballot in ballots(voting)} == acknowledged
    assert result.tally.cast == PEOPLE - reasons(cast).total() == len(acknowledged)
    whole(voting)


def test_no_ballot_stands_behind_the_closing_of_its_vote(voting):
    at_once([*(casting(voting, p) for p in voting.voters()), *(closing(voting, n) for n in (0, 1))])
    kinds = [
        type(event) for event in voting.events() if getattr(event, "vote", "") == voting.vote_id
    ]
    assert kinds.index(VoteClosed) == len(kinds) - 1


def test_every_reader_of_the_closed_result_sees_the_same_set(voting):
    """Readers look all the while, some through a kiosk of their own; who sees the vote closed, sees the end of it."""
    store, over = voting.kiosk._store, threading.Event()
    seen = [[] for _ in range(6)]

    def read_on(place):
        kiosk = voting.kiosk if place % 2 else Kiosk(store, voting.clock)
        last = False
        while not last:
            last = over.is_set()
            meeting = kiosk.village(VILLAGE).meeting(voting.meeting_id)
            vote = meeting.vote(voting.vote_id)
            if vote.closed_at is not None:
                seen[place].append((dict(vote.ballots), vote.tally))

    readers = [threading.Thread(target=read_on, args=(place,)) for place in range(len(seen))]
    for reader in readers:
        reader.start()
    people = voting.voters()
    outcomes = at_once(
        shuffled([casting(voting, p) for p in people], [closing(voting, n) for n in range(PEOPLE)])
    )
    over.set()
    for reader in readers:
        reader.join(PATIENCE_S)
    counted = {p for p, o in zip(people, outcomes[::2], strict=True) if isinstance(o, Receipt)}
    (result,) = closings(voting)
    for looks in seen:
        assert looks, "each looked once more after the end"
        for held, tally in looks:
            assert held.keys() == counted
            assert tally == result.tally


def test_a_refused_ballot_sent_again_is_refused_again_and_an_acknowledged_one_is_not(voting):
    people = voting.voters()
    actions = [casting(voting, p) for p in people]
    first = at_once([*actions, closing(voting, 0)])[:-1]
    before = voting.lines()
    again = at_once(actions)
    for one, other in zip(first, again, strict=True):
        if isinstance(one, Receipt):
            assert (other.head, other.repeated) == (one.head, True)
        else:
            assert other.reason is one.reason
    assert voting.lines() == before


def test_two_kiosks_on_one_database_agree_on_the_last_ballot_before_the_closing(engine):
    sim = convened(entitled=PEOPLE, store=SqlJournal(engine)).check_in(PEOPLE).open().open_vote()
    kiosks = (sim.kiosk, Kiosk(SqlJournal(engine), sim.clock))
    people = sim.voters()
    outcomes = at_once(
        [
            *(casting(sim, p, kiosk=kiosks[n % 2]) for n, p in enumerate(people)),
            *(closing(sim, n, kiosk=kiosks[n % 2]) for n in range(4)),
        ]
    )
    (result,) = closings(sim)
    assert result.tally.cast == len(receipts(outcomes[:PEOPLE])) == len(ballots(sim))
    assert kiosks[0].known(VILLAGE) == kiosks[1].known(VILLAGE)
    whole(sim)


# --- one command, one person, many times


def test_each_of_fifty_ballots_from_four_threads_is_one_fact_with_one_receipt(voting):
    people = voting.voters()
    outcomes = at_once([casting(voting, p) for p in people for _ in range(4)])
    assert not reasons(outcomes)
    for place in range(PEOPLE):
        same = outcomes[place * 4 : place * 4 + 4]
        assert len({receipt.head for receipt in same}) == 1
        assert sorted(receipt.repeated for receipt in same) == [False, True, True, True]
    assert len(ballots(voting)) == voting.vote().tally.cast == PEOPLE
    whole(voting)


def test_the_same_command_through_two_kiosks_is_one_fact_with_one_receipt(engine):
    sim = convened(entitled=3, store=SqlJournal(engine)).check_in(3).open().open_vote()
    kiosks = [sim.kiosk, *(Kiosk(SqlJournal(engine), sim.clock) for _ in range(3))]
    outcomes = at_once([casting(sim, "v01", kiosk=kiosks[n % 4]) for n in range(20)])
    assert len({receipt.head for receipt in outcomes}) == 1
    assert sum(not receipt.repeated for receipt in outcomes) == 1
    assert len(ballots(sim)) == 1
    whole(sim)


def test_the_same_closing_from_many_threads_closes_once_and_all_are_told_so(voting):
    voting.cast(PEOPLE)
    outcomes = at_once([closing(voting, 0)] * 30)
    assert not reasons(outcomes)
    assert len({receipt.head for receipt in outcomes}) == 1
    assert len(closings(voting)) == 1


def test_one_person_at_thirty_screens_at_once_has_one_ballot(voting):
    """Each screen has an id of its own, and every choice is tried: one is taken, the others hear 已经表决过."""
    choices = [Choice.FOR, Choice.AGAINST, Choice.ABSTAIN] * 10
    outcomes = at_once(
        [casting(voting, "v07", f"screen-{n}", choice) for n, choice in enumerate(choices)]
    )
    assert reasons(outcomes) == {Reason.ALREADY_VOTED: 29}
    (ballot,) = ballots(voting)
    taken = next(n for n, outcome in enumerate(outcomes) if isinstance(outcome, Receipt))
    assert (ballot.person, ballot.answer) == ("v07", (choices[taken],))
    whole(voting)


def test_everybody_at_four_screens_at_once_has_one_ballot_each(voting):
    people = voting.voters()
    outcomes = at_once([casting(voting, p, str(n)) for n in range(4) for p in people])
    assert reasons(outcomes) == {Reason.ALREADY_VOTED: 3 * PEOPLE}
    assert sorted(ballot.person for ballot in ballots(voting)) == sorted(people)
    whole(voting)


def test_one_id_used_at_once_for_two_choices_is_taken_for_one_of_them(voting):
    outcomes = at_once(
        [casting(voting, "v01", "same", choice) for choice in (Choice.FOR, Choice.AGAINST)] * 10
    )
    assert reasons(outcomes) == {Reason.COMMAND_REUSED: 10}
    assert len({receipt.head for receipt in receipts(outcomes)}) == 1
    assert len(ballots(voting)) == 1


# --- the door


def test_check_ins_against_the_opening_are_on_the_roll_or_come_after_it(store):
    sim = convened(entitled=PEOPLE, store=store).check_in(40)
    late = [p for p in sim.voters() if p not in sim.meeting().arrivals]
    arriving = [sending(sim, c.CheckIn(sim.meeting_id, p), f"in-{p}") for p in late]
    opening = [sending(sim, c.OpenMeeting(sim.meeting_id), f"open-{n}") for n in range(10)]
    outcomes = at_once(shuffled(arriving, opening))
    assert not reasons(outcomes[::2]), "who is late is let in"
    assert len(receipts(outcomes[1::2])) == 1
    assert len(sim.meeting().arrivals) == PEOPLE
    arrivals = [e for e in sim.events() if isinstance(e, CheckedIn) and e.meeting == sim.meeting_id]
    assert sorted(arrival.person for arrival in arrivals) == sorted(sim.voters())
    whole(sim)
