"""The end of a vote: nothing half counted, unused votes asked for once, the exact arithmetic; a vote that is void."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulator import MATTER, MeetingSimulator, convened, refused, voting

from kiosk.core import commands as c
from kiosk.core.events import VoteClosed, VoteVoided
from kiosk.core.law.rules import TWO_THIRDS
from kiosk.core.law.statute import ROWS
from kiosk.core.refusals import Reason
from kiosk.core.terms import Body, MatterId, MeetingId, RowId, Stage, VoteId

WELL = MatterId("well")


def together(*agenda):
    """Three people in session over matters that may go by consent."""
    return convened(3, agenda=agenda, consent=True).check_in(3).open()


# --- closing


def test_closing_with_votes_unused_asks_once():
    sim = voting(present=30).cast(20)
    refusal = refused(lambda: sim.close(unused_confirmed=False))
    assert refusal.reason is Reason.UNVOTED_NOT_CONFIRMED
    assert refusal.facts == {"waiting": 10}
    assert sim.close(unused_confirmed=True).vote().tally.unused == 10


def test_closing_asks_nothing_when_everybody_has_voted():
    assert not voting(present=30).cast(30).close(unused_confirmed=False).vote().is_open


def test_a_vote_closes_once():
    sim = voting().cast(30).close()
    assert refused(sim.close).reason is Reason.VOTE_NOT_OPEN


def test_a_vote_that_was_never_opened_does_not_close():
    sim = convened().check_in(30).open()
    assert refused(sim.close).reason is Reason.NO_SUCH_VOTE


@pytest.mark.parametrize("body", Body)
@given(data=st.data())
def test_law_4_the_outcome_on_record_is_the_exact_arithmetic_of_its_own_numbers(body, data):
    entitled = data.draw(st.integers(1, 6))
    sim = convened(entitled, body=body).check_in(entitled).open().open_vote()
    votes_for = data.draw(st.integers(0, entitled))
    sim.cast(votes_for, data.draw(st.integers(0, entitled - votes_for))).close()
    closed = sim.events()[-1]
    assert isinstance(closed, VoteClosed)
    assert closed.base == entitled
    two_thirds = sim.vote().row.majority == TWO_THIRDS
    assert closed.carried is (
        3 * votes_for >= 2 * entitled if two_thirds else 2 * votes_for > entitled
    )
    assert sim.matter().standing.carried is closed.carried


@pytest.mark.parametrize(
    ("body", "votes_for", "base", "carried"),
    [
        (Body.REPRESENTATIVES, 16, 31, True),  # of those present: 32 > 31
        (Body.REPRESENTATIVES, 15, 31, False),
        (Body.PARTY_MEETING, 23, 45, True),  # of those entitled: 46 > 45
        (Body.PARTY_MEETING, 22, 45, False),
        (Body.MEMBERS, 30, 45, True),  # two thirds of all: 90 ≥ 90
        (Body.MEMBERS, 29, 45, False),
    ],
)
def test_the_base_of_the_majority_is_that_of_the_body(body, votes_for, base, carried):
    sim = voting(present=31, entitled=45, body=body).cast(votes_for).close()
    closed = sim.events()[-1]
    assert (closed.base, closed.carried) == (base, carried)


def test_a_rule_changed_after_the_call_does_not_reach_the_vote():
    sim = MeetingSimulator().found().carried_up_to(Body.REPRESENTATIVES).convene(entitled=3)
    stricter = replace(ROWS[RowId.REPRESENTATIVES], majority=TWO_THIRDS)
    sim.do(c.ChangeRow(stricter, "村规民约", "村民会议"))
    sim.check_in(3).open().open_vote()
    assert sim.vote().row == ROWS[RowId.REPRESENTATIVES]


# --- what keeps a vote open


def test_a_note_of_hands_that_nobody_confirmed_keeps_the_vote_open():
    sim = voting(7, 9).cast(3).note_hands(2)
    assert sim.reason(sim.closing()) is Reason.NOTE_OPEN
    assert sim.confirm_hands().close().vote().tally.cast == 5


def test_one_teller_is_not_enough_and_two_who_differ_are_none():
    sim = voting(7, 9)
    sim.do(sim.counting(5, 2))
    assert sim.reason(sim.closing()) is Reason.TELLER_MISSING
    sim.do(sim.counting(4, 3, teller="teller-2"))
    assert sim.reason(sim.closing()) is Reason.TELLERS_DIFFER
    sim.do(sim.counting(5, 2, teller="teller-2"))
    assert sim.close().numbers() == (5, 2, 0, 0)


def test_papers_that_were_handed_out_come_back_and_are_read_before_the_close():
    sim = voting(7, 9).print_papers(7).issue_papers(3)
    assert sim.reason(sim.closing()) is Reason.BOX_IS_SHUT
    sim.return_papers(3).read_papers(1)
    refusal = sim.refusal(sim.closing())
    assert (refusal.reason, refusal.facts) == (Reason.PAPERS_UNREAD, {"unread": 2})
    assert sim.read_papers(0, 2).close().numbers() == (1, 2, 0, 4)


def test_papers_that_were_printed_and_not_handed_out_keep_nothing_open():
    assert not voting(7, 9).print_papers(7).cast(7).close().vote().is_open


@pytest.mark.parametrize(
    ("vote", "waiting"),
    [
        (lambda sim: sim, 7),
        (lambda sim: sim.cast(2), 5),
        (lambda sim: sim.raise_hands(2), 5),
        (lambda sim: sim.count_hands(3, 2), 2),
        (lambda sim: sim.print_papers(7).issue_papers(4).return_papers(3).read_papers(3), 4),
        (lambda sim: sim.vote_on_paper(2, invalid=2), 3),  # who spoiled his vote has voted
    ],
)
def test_who_could_still_vote_is_counted_whatever_channel_the_others_came_by(vote, waiting):
    sim = vote(voting(7, 9))
    assert sim.vote().unanswered == waiting
    assert sim.vote().turnout == 7 - waiting
    refusal = sim.refusal(sim.closing(unused_confirmed=False))
    assert (refusal.reason, refusal.facts) == (Reason.UNVOTED_NOT_CONFIRMED, {"waiting": waiting})


def test_a_named_vote_needs_nobody_to_witness_its_closing():
    sim = voting(7, 9).cast(7)
    assert sim.reason(sim.witnessing()) is Reason.NOT_SECRET


# --- void votes


def test_law_6_a_vote_that_went_wrong_is_voided_with_a_reason_and_kept():
    sim = voting(present=30).cast(16, 14).close()
    assert sim.matter().due is None
    sim.void("两个人同时按了屏")
    first = sim.vote()
    assert sim.events()[-1] == VoteVoided(sim.meeting_id, sim.vote_id, "两个人同时按了屏")
    assert (first.void_ground, first.carried, first.tally.cast) == ("两个人同时按了屏", True, 30)
    assert sim.meeting().vote_on(MATTER) is None
    assert sim.matter().due is Stage.DECISION
    sim.open_vote().cast(10, 20).close()
    assert sim.meeting().votes[first.id] == first
    assert sim.meeting().vote_on(MATTER) == sim.vote()
    assert sim.matter().decision.carried is False
    assert [d.void for d in sim.matter().deliberations[-2:]] == [True, False]


def test_an_open_vote_is_voided_too_and_takes_no_further_ballot():
    sim = voting(present=30).cast(3).void()
    assert sim.meeting().open_vote is None
    assert sim.reason(sim.casting("v04")) is Reason.VOTE_VOID
    assert refused(sim.close).reason is Reason.VOTE_VOID
    sim.open_vote()
    assert len(sim.vote().waiting) == 30


def test_a_vote_is_voided_once_and_says_why():
    sim = voting(present=30)
    assert refused(lambda: sim.void(" ")).reason is Reason.TEXT_MISSING
    sim.void()
    assert refused(sim.void).reason is Reason.VOTE_VOID


def test_a_vote_is_not_voided_after_the_meeting():
    sim = voting(present=30).cast(30).close().adjourn()
    assert refused(sim.void).reason is Reason.MEETING_OVER


def test_only_a_vote_of_this_meeting_is_voided():
    sim = voting(present=30)
    earlier = c.VoidVote(sim.meeting_id, VoteId("m1-vote-1"), "计票有误")
    assert sim.reason(earlier) is Reason.NO_SUCH_VOTE
    assert sim.reason(replace(earlier, meeting=MeetingId("m1"))) is Reason.MEETING_OVER


def test_a_vote_on_several_matters_is_voided_for_all_of_them():
    sim = together(MATTER, WELL).open_vote(MATTER, WELL).cast(3).close().void()
    assert [sim.matter(m).due for m in (MATTER, WELL)] == [Stage.DECISION] * 2
    sim.open_vote(MATTER, WELL)


def test_a_void_vote_keeps_the_ballots_and_papers_it_had():
    sim = voting(7, 9).cast(2).vote_on_paper(1, invalid=1).note_hands(1).void()
    assert sim.vote().note is None
    assert (len(sim.vote().ballots), sim.vote().papers.invalid) == (2, 1)
