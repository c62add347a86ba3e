"""Choosing n of m (推选): several names on one ballot, ballots counted beside the votes, nobody by chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from polling import FIRST_TELLER
from simulator import MATTER, MeetingSimulator, adopting, founding, raising, voting

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.ballot_terms import CANDIDATE_NUMBERS, Channel, Choice, Method
from kiosk.core.law.statute import ROWS
from kiosk.core.law.tally import Count, chosen
from kiosk.core.refusals import Reason
from kiosk.core.terms import KindId, MatterId, PersonId, RowId, Stage
from kiosk.core.values import Candidate, Contest

FIRST, SECOND, THIRD, FOURTH = CANDIDATE_NUMBERS[:4]
NOBODY = (Choice.ABSTAIN,)


def standing(people, places):
    """A contest of so many people for so many places."""
    named = (Candidate(PersonId(f"c{n}"), f"候选人{n}") for n in range(1, people + 1))
    return Contest(tuple(named), places)


FOUR_FOR_TWO = standing(4, 2)


def contesting(contest=FOUR_FOR_TWO, **changed):
    """The matter of choosing the members of the 监委会."""
    lawful = {
        "kind": KindId("supervisors"),
        "row": RowId.CONTEST,
        "title": "推选村务监督委员会成员",
        "mandate": "",
        "amount_fen": 0,
        "contest": contest,
    }
    return raising(**(lawful | changed))


def choosing(contest=FOUR_FOR_TWO, present=9, **vote):
    """A contest that is open before so many."""
    sim = MeetingSimulator()
    for command in (founding(), adopting(), contesting(contest)):
        sim.do(command)
    return sim.convene(entitled=present).check_in(present).open().open_vote(**vote)


# --- who stands


def refused_to_raise(sim, contest, **changed):
    return sim.reason(contesting(contest, matter=MatterId("another"), **changed))


def test_candidates_stand_where_some_are_chosen_and_nowhere_else():
    sim = choosing()
    assert refused_to_raise(sim, None) is Reason.CANDIDATES_MISSING
    elsewhere = {"kind": KindId("public_works"), "row": RowId.REPRESENTATIVES, "mandate": "授权"}
    assert refused_to_raise(sim, FOUR_FOR_TWO, **elsewhere) is Reason.CANDIDATES_MISSING


def test_nobody_stands_twice_and_everybody_has_a_name():
    sim, one = choosing(), Candidate(PersonId("c1"), "王小明")
    assert refused_to_raise(sim, Contest((one, one), 1)) is Reason.LISTED_TWICE
    nameless = Contest((Candidate(PersonId("c1"), " "),), 1)
    assert refused_to_raise(sim, nameless) is Reason.TEXT_MISSING


def test_there_are_as_many_places_as_candidates_at_most_and_one_at_least():
    sim = choosing()
    for places in (0, -1, 5):
        assert refused_to_raise(sim, standing(4, places)) is Reason.PLACES_WRONG
    assert refused_to_raise(sim, Contest((), 1)) is Reason.CANDIDATES_MISSING


def test_twelve_may_stand_and_no_more():
    sim = choosing()
    assert refused_to_raise(sim, standing(13, 3)) is Reason.CANDIDATES_TOO_MANY
    sim.do(contesting(standing(12, 12), matter=MatterId("twelve")))
    assert sim.village().matter(MatterId("twelve")).contest.options[-2:] == (
        Choice.NO_12,
        Choice.ABSTAIN,
    )


# --- what a ballot may say


@pytest.mark.parametrize("answer", [(FIRST,), (FIRST, FOURTH), NOBODY])
def test_a_ballot_names_one_or_several_up_to_the_places_or_nobody(answer):
    sim = choosing()
    sim.ballot("v01", answer)
    assert sim.vote().ballots == {PersonId("v01"): answer}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((FIRST, SECOND, THIRD), Reason.TOO_MANY_CHOSEN),
        ((FIRST, Choice.ABSTAIN), Reason.NOT_AN_OPTION),
        ((FIRST, FIRST), Reason.NOT_AN_OPTION),
        ((SECOND, FIRST), Reason.NOT_AN_OPTION),
        ((), Reason.NOT_AN_OPTION),
        ((CANDIDATE_NUMBERS[4],), Reason.NOT_AN_OPTION),
        ((Choice.FOR,), Reason.NOT_AN_OPTION),
    ],
)
def test_any_other_ballot_is_refused_and_nothing_is_recorded(answer, reason):
    sim = choosing()
    assert sim.reason(sim.casting("v01", answer)) is reason


def test_a_question_is_answered_once_and_by_no_number():
    sim = voting()
    for answer in ((Choice.FOR, Choice.AGAINST), (FIRST,), ()):
        assert sim.reason(sim.casting("v01", answer)) is Reason.NOT_AN_OPTION


def test_hands_do_not_choose_among_candidates():
    """Of raised hands nobody could say that none was raised for more of them than there are places."""
    sim = choosing()
    assert sim.reason(sim.noting([("v01", FIRST)])) is Reason.NOT_BY_HANDS
    counts = sim.counts_of(1, 1)
    counting = c.CountHands(sim.meeting_id, sim.vote_id, FIRST_TELLER, counts)
    assert sim.reason(counting) is Reason.NOT_BY_HANDS


def test_a_paper_with_too_many_names_is_no_valid_one():
    sim = choosing()
    sim.print_papers(3).issue_papers(3).return_papers(3)
    assert sim.reason(sim.reading((FIRST, SECOND, THIRD))) is Reason.TOO_MANY_CHOSEN
    for answer in (None, (FIRST, THIRD), NOBODY):
        sim.do(sim.reading(answer))
    assert (sim.vote().papers.valid, sim.vote().papers.invalid) == (2, 1)
    assert sim.numbers() == (1, 0, 1, 0, 1, 7)


# --- how it is counted


def closed(sim):
    """The close, as it stands in the journal."""
    return sim.close().events()[-1]


def test_law_4_the_ballots_and_the_unused_add_up_to_those_present_whatever_is_on_them():
    sim = choosing().ballot("v01", (FIRST, SECOND)).ballot("v02", FIRST).ballot("v03", NOBODY)
    tally = closed(sim).tally
    assert [n.count for n in tally.counts] == [2, 1, 0, 0, 1]
    assert (tally.cast, tally.unused, tally.present) == (3, 6, 9)


def test_who_has_the_majority_of_those_present_is_chosen_and_the_others_places_stay_open():
    """Nine are present: five votes are more than half, four are not."""
    sim = choosing().ballot("v05", FIRST)
    for person in ("v01", "v02", "v03", "v04"):
        sim.ballot(person, (FIRST, SECOND))
    event = closed(sim)
    assert (event.base, event.chosen, event.carried) == (9, (FIRST,), True)
    assert sim.vote().chosen == (FIRST,)


def test_a_contest_in_which_nobody_is_chosen_did_not_carry_and_may_be_held_again():
    sim = choosing().ballot("v01", FIRST)
    event = closed(sim)
    assert (event.chosen, event.carried) == ((), False)
    assert sim.matter().defeated
    sim.adjourn().do(c.ReturnMatter(sim.matter().id, Stage.DECISION, "再推选一次"))
    assert sim.matter().due is Stage.DECISION


def test_law_10_of_a_secret_contest_the_box_gives_the_ballots_and_the_counts_and_no_more():
    sim = choosing(method=Method.SECRET)
    for number in range(1, 7):
        sim.ballot(f"v0{number}", (FIRST, SECOND))
    event = closed(sim.witness())
    assert event.chosen == (FIRST, SECOND)
    assert [(s.cast, *(n.count for n in s.counts)) for s in event.subtotals] == [(6, 6, 6, 0, 0, 0)]
    assert not any(isinstance(told, e.BallotCast) for told in sim.events()[-9:])


def test_several_channels_add_up_ballot_by_ballot():
    sim = choosing().ballot("v01", (FIRST, SECOND)).ballot("v02", FIRST, Channel.PHONE)
    sim.print_papers(2).issue_papers(2).return_papers(2)
    sim.do(sim.reading((SECOND, THIRD)))
    sim.do(sim.reading(NOBODY))
    event = closed(sim)
    assert [s.cast for s in event.subtotals] == [1, 1, 2]
    assert event.tally.cast == 4
    for place, count in enumerate(event.tally.counts):
        assert count.count == sum(s.counts[place].count for s in event.subtotals)


def test_candidates_are_chosen_one_contest_at_a_time_never_in_a_block_by_consent():
    sim = MeetingSimulator()
    for command in (founding(), adopting(), contesting(), contesting(matter=MatterId("second"))):
        sim.do(command)
    both = (MATTER, MatterId("second"))
    sim.convene(entitled=9, agenda=both, consent=True).check_in(9).open()
    assert sim.reason(sim.opening_vote(*both)) is Reason.NOT_BY_CONSENT


COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=12)


@given(COUNTS, st.integers(1, 12), st.integers(1, 24))
def test_nobody_is_chosen_without_the_majority_over_a_better_one_or_by_chance(votes, places, base):
    row = ROWS[RowId.CONTEST]
    level = dict(zip(CANDIDATE_NUMBERS, votes, strict=False))
    counts = (*(Count(o, n) for o, n in level.items()), Count(Choice.ABSTAIN, 3))
    who = chosen(counts, row, base=base, places=places)
    assert len(who) <= places
    assert all(2 * level[o] > base for o in who)
    left = [o for o in level if o not in who and 2 * level[o] > base]
    assert all(level[o] < level[better] for o in left for better in who)
    # Whoever stays out with the majority could only have come in over the places, or by chance among equals.
    for o in left:
        assert sum(level[other] >= level[o] for other in [*who, *left]) > places


# --- counted once more


def test_another_count_that_would_choose_others_cannot_be_explained_away():
    sim = choosing()
    for number in range(1, 6):
        sim.ballot(f"v0{number}", FIRST)
    sim.close().check_count(4, 5)
    assert sim.reason(sim.explaining()) is Reason.OUTCOME_DIFFERS


def test_no_candidate_can_have_more_votes_than_there_are_people():
    sim = choosing().ballot("v01", FIRST).close().check_count(9, 9, 9, 9)
    assert sim.reason(sim.checking(10, 9)) is Reason.MORE_HANDS_THAN_PEOPLE
