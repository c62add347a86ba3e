"""Law 10: a secret vote tells who has voted and what it came to, and nothing anywhere ties the two.

The journal, the box and what the kiosk shows while the vote is open; what lies on the disk: tests/shell.
"""

import json
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from polling import INSPECTOR
from simulator import VILLAGE, convened, secretly

from kiosk.core import events as e
from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.core.law.rules import THREE_ANSWERS
from kiosk.core.law.tally import Count, Subtotal, Tally
from kiosk.core.refusals import Reason
from kiosk.core.terms import PersonId, Role
from kiosk.core.values import Actor

FOR, AGAINST, ABSTAIN = THREE_ANSWERS
SCREEN, PHONE = Channel.KIOSK_SCREEN, Channel.PHONE


def counts(*numbers):
    return tuple(Count(choice, n) for choice, n in zip(THREE_ANSWERS, numbers, strict=True))


def session(present, aside=0):
    sim = convened(9).check_in(present).open()
    return sim.recuse(*[f"v{n:02d}" for n in range(1, aside + 1)])


# --- how it opens


@pytest.mark.parametrize(
    ("present", "aside", "voters"), [(6, 2, 4), (7, 3, 4), (6, 6, 0), (6, 1, None), (7, 2, None)]
)
def test_law_10_a_secret_vote_needs_five_who_may_vote(present, aside, voters):
    sim = session(present, aside)
    asked = sim.opening_vote(method=Method.SECRET)
    if voters is None:
        assert sim.open_vote(method=Method.SECRET).vote().is_secret
    else:
        refusal = sim.refusal(asked)
        assert refusal.reason is Reason.TOO_FEW_FOR_SECRECY
        assert refusal.facts == {"ballots": voters, "least": 5}


def test_law_10_nothing_is_shown_of_a_secret_vote_while_it_is_open():
    shown = session(7).opening_vote(method=Method.SECRET, running_tally=True)
    assert session(7).reason(shown) is Reason.NOT_SHOWN_SECRETLY


def test_law_10_no_ballot_of_a_secret_vote_can_be_changed():
    revisable = session(7).opening_vote(method=Method.SECRET, revisable=True)
    assert session(7).reason(revisable) is Reason.NOT_CHANGED_SECRETLY


@pytest.mark.parametrize("choice", [FOR, AGAINST])
@pytest.mark.parametrize("channel", [SCREEN, PHONE])
def test_law_10_a_secret_ballot_is_final(choice, channel):
    sim = secretly(7, 9).ballot("v01", FOR)
    assert sim.reason(sim.casting("v01", choice, channel)) is Reason.ALREADY_VOTED


def test_whoever_may_not_vote_may_not_vote_in_secret_either():
    sim = session(7, 1).open_vote(method=Method.SECRET).arrive("v09").leave("v07")
    for person, reason in (
        ("stranger", Reason.NOT_CALLED),
        ("v07", Reason.NOT_CHECKED_IN),
        ("v09", Reason.NOT_IN_ELECTORATE),
        ("v01", Reason.RECUSED),
    ):
        assert sim.reason(sim.casting(person)) is reason
    assert sim.reason(sim.casting("v02", Choice.SATISFIED)) is Reason.NOT_AN_OPTION
    assert sim.reason(sim.casting("v02", channel=Channel.PAPER)) is Reason.NOT_BY_HIMSELF
    sim.print_papers(1).issue("v02")
    assert sim.reason(sim.casting("v02")) is Reason.PAPER_IN_HAND


def test_who_voted_in_secret_takes_no_paper_beside_it():
    sim = secretly(7, 9).print_papers(7).ballot("v01")
    assert sim.reason(sim.issuing("v01")) is Reason.ALREADY_VOTED


# --- while it is open


def test_law_10_a_secret_ballot_makes_no_entry_in_the_journal():
    sim = secretly(7, 9)
    before, head = sim.lines(), sim.head()
    receipts = [sim.do(sim.casting(f"v{n:02d}", FOR, SCREEN)) for n in range(1, 6)]
    assert sim.lines() == before
    assert {receipt.head for receipt in receipts} == {head}


def test_law_10_while_it_is_open_the_kiosk_shows_who_has_voted_and_no_number():
    sim = secretly(7, 9).cast(3, 2)
    vote = sim.vote()
    assert vote.box.voted == {"v01", "v02", "v03", "v04", "v05"}
    assert vote.waiting == {"v06", "v07"}
    assert (vote.turnout, vote.unanswered) == (5, 2)
    assert (vote.box.counts, vote.subtotals, vote.ballots, vote.channels) == ({}, (), {}, {})
    assert vote.tally == Tally(counts(0, 0, 0), 0, unused=7, recused=0)


def test_a_person_who_left_may_still_vote_in_secret_when_he_is_back():
    sim = secretly(7, 9).leave("v01").arrive("v01").ballot("v01")
    assert sim.vote().turnout == 1


# --- how it ends


def test_law_10_the_secret_box_is_opened_before_a_member_of_the_supervisors():
    sim = secretly(7, 9).cast(7)
    assert sim.reason(sim.closing()) is Reason.WITNESS_MISSING
    assert sim.reason(sim.witnessing(), Actor(Role.CHAIR, INSPECTOR)) is Reason.ROLE_MAY_NOT
    other = Actor(Role.SUPERVISOR, PersonId("another"))
    assert sim.reason(sim.witnessing(), other) is Reason.ROLE_MAY_NOT
    sim.witness()
    assert sim.events()[-1] == e.ClosingWitnessed(sim.meeting_id, sim.vote_id, INSPECTOR)
    assert sim.vote().witness == INSPECTOR
    assert not sim.close().vote().is_open


def test_the_same_witness_again_is_one_fact_and_another_takes_his_place():
    sim = secretly(7, 9).cast(7).witness()
    lines = sim.lines()
    assert sim.witness().lines() == lines
    assert sim.witness("another").vote().witness == "another"


def test_what_comes_out_of_the_box_is_who_had_voted_by_id_and_the_counts_and_is_the_tally():
    sim = secretly(7, 9).ballot("v06", AGAINST).ballot("v02", ABSTAIN).cast(4).witness().close()
    opened, closed = sim.events()[-2:]
    voters = ("v01", "v02", "v03", "v04", "v05", "v06")
    subtotals = (Subtotal(SCREEN, counts(4, 1, 1), 6),)
    assert opened == e.BoxOpened(sim.meeting_id, sim.vote_id, voters, subtotals)
    tally = Tally(counts(4, 1, 1), 6, unused=1, recused=0)
    result = {"tally": tally, "subtotals": subtotals, "base": 7, "carried": True}
    assert closed == e.VoteClosed(sim.meeting_id, sim.vote_id, **result)
    assert sim.vote().tally == tally
    assert (sim.vote().turnout, sim.vote().subtotals) == (6, subtotals)


def test_a_secret_vote_in_which_nobody_voted_opens_no_box():
    sim = secretly(7, 9).witness().close()
    assert not any(isinstance(event, e.BoxOpened) for event in sim.events())
    assert sim.numbers() == (0, 0, 0, 7)


def test_law_10_too_few_ballots_by_one_channel_are_not_counted():
    sim = secretly(9, 9).cast(2, 2, channel=PHONE).witness()
    few = sim.refusal(sim.closing())
    assert (few.reason, few.facts) == (Reason.TOO_FEW_FOR_SECRECY, {"ballots": 4, "least": 5})
    sim.cast(5)
    # by the screen there are enough now, by phone still not
    assert sim.refusal(sim.closing()).facts == {"ballots": 4, "least": 5}
    assert sim.void().vote().is_void


def test_law_10_enough_ballots_by_every_channel_are_counted():
    sim = secretly(11, 12).cast(3, 3).cast(1, 4, channel=PHONE).witness().close()
    assert sim.by_channel() == {SCREEN: (3, 3, 0), PHONE: (1, 4, 0)}
    assert sim.numbers() == (4, 7, 0, 0)


def test_law_10_an_invalid_paper_hides_the_others_as_well_as_a_valid_one():
    sim = secretly(7, 9).vote_on_paper(2, 2, invalid=1).witness().close()
    assert sim.by_channel() == {Channel.PAPER: (2, 2, 0)}
    assert not any(isinstance(event, e.BoxOpened) for event in sim.events())


def test_law_10_a_void_vote_takes_what_was_in_its_box_with_it():
    sim = secretly(7, 9).cast(5, 2).void()
    assert sim.box() is None
    assert (sim.by_channel(), sim.vote().tally.cast) == ({}, 0)
    assert not any(isinstance(event, e.BoxOpened) for event in sim.events())


def test_a_closed_vote_leaves_no_box_behind():
    sim = secretly(7, 9)
    assert sim.box() is not None
    assert sim.cast(7).witness().close().box() is None


def test_a_box_that_was_lost_takes_no_ballot_and_cannot_be_counted_but_its_vote_is_declared_void():
    sim = secretly(7, 9).cast(5)
    with sim.store.writing(VILLAGE) as writing:
        writing.discard_box(sim.vote_id)
    for command in (sim.casting("v06"), sim.witnessing(), sim.closing()):
        assert sim.reason(command) is Reason.BOX_LOST
    assert sim.void().vote().is_void


# --- nothing to be found afterwards


def voted(ballots):
    """These ballots of a secret vote in this order, and it is closed; the whole journal."""
    sim = secretly(7, 9)
    for person, choice in ballots:
        sim.ballot(person, choice)
    box = sim.box()
    return sim.witness().close().lines(), box


SIX = dict(zip([f"v{n:02d}" for n in range(1, 7)], [FOR, FOR, FOR, AGAINST, AGAINST, ABSTAIN]))  # noqa: B905 -- same length


@given(st.permutations(list(SIX.items())))
def test_law_10_the_order_of_the_ballots_leaves_no_trace_in_the_journal_or_the_box(ballots):
    assert voted(ballots) == voted(SIX.items())


@given(st.permutations(list(SIX.values())))
def test_law_10_whoever_gave_which_answer_the_journal_and_the_box_are_the_same(choices):
    assert voted(zip(SIX, choices, strict=True)) == voted(SIX.items())


def test_the_journal_does_differ_where_the_counts_or_the_voters_do():
    others = [
        {**SIX, "v01": AGAINST},
        {**{p: c for p, c in SIX.items() if p != "v01"}, "v07": FOR},
    ]
    assert len({tuple(voted(b.items())[0]) for b in [SIX, *others]}) == 3


def test_law_10_no_line_of_the_journal_has_a_person_beside_an_answer():
    lines, _ = voted(SIX.items())
    events = [json.loads(line)["event"] for line in lines]
    opened = next(n for n, ev in enumerate(events) if ev.get("method") == "secret")
    for event in events[opened:]:
        assert event["kind"] in {"VoteOpened", "ClosingWitnessed", "BoxOpened", "VoteClosed"}
        assert not {"person", "answer"} <= set(event)


@pytest.mark.parametrize("first", list(permutations([FOR, AGAINST, ABSTAIN])))
def test_law_10_a_receipt_is_the_same_whatever_was_answered(first):
    sim = secretly(7, 9)
    receipts = {sim.do(sim.casting(f"v{n:02d}", choice)) for n, choice in enumerate(first, start=1)}
    assert len(receipts) == 1
