"""书面委托 (农村集体经济组织法第二十七条): somebody away is represented by one of his household, and nowhere else."""

from dataclasses import replace

import pytest
from polling import MATTER
from simulator import LETTER, convened

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.core.events import CheckedIn, CheckedOut, MeetingPaused, MeetingResumed, ProxyGiven
from kiosk.core.law.statute import ROWS
from kiosk.core.meetings.course import MeetingState
from kiosk.core.papers import resolution
from kiosk.core.refusals import Reason
from kiosk.core.terms import Body, PersonId, Role, RowId
from kiosk.core.values import Actor, RaisedHand

ARTICLE = "农村集体经济组织法第二十七条"


def members(entitled=9, present=0, observers=0, **more):
    """A members' meeting called, so many of it there: two thirds of nine are six."""
    sim = convened(entitled, observers, Body.MEMBERS, **more)
    return sim.check_in(present) if present else sim.until_the_day()


def letter(sim, principal="v09", proxy="v01", household="h1"):
    people = PersonId(principal), PersonId(proxy)
    return c.GiveProxy(sim.meeting_id, *people, household, LETTER)


def ballot(sim, person, choice=Choice.FOR, channel=Channel.PHONE):
    return c.CastBallot(sim.meeting_id, sim.vote_id, PersonId(person), (choice,), channel)


def test_the_letter_comes_on_record():
    sim = members().give_proxy("v09", "v01")
    people = PersonId("v09"), PersonId("v01")
    assert sim.events()[-1] == ProxyGiven(sim.meeting_id, *people, "h1", LETTER)
    assert sim.meeting().proxies == {"v09": "v01"}


# --- who may not


@pytest.mark.parametrize("body", [b for b in Body if b is not Body.MEMBERS])
def test_only_members_of_the_collective_may_be_represented(body):
    sim = convened(9, body=body).until_the_day()
    refusal = sim.refusal(letter(sim))
    assert refusal.reason is Reason.PROXY_NOT_ALLOWED
    assert refusal.basis == ROWS[sim.meeting().row.id].voters_basis


def test_a_village_may_let_people_represent_fewer_or_nobody():
    row = ROWS[RowId.MEMBERS]
    for changed in (replace(row, proxies=1), replace(row, proxies=0, proxies_basis="")):
        sim = convened(9, body=Body.MEMBERS)
        sim.do(c.CallOffMeeting(sim.meeting_id, "改期"))
        sim.do(c.ChangeRow(changed, "成员大会决定", "成员大会"))
        sim.convene(Body.MEMBERS, 9)
        if changed.proxies:
            sim.give_proxy("v09", "v01")
        last = Reason.PROXY_LIMIT if changed.proxies else Reason.PROXY_NOT_ALLOWED
        assert sim.reason(letter(sim, "v08")) is last


@pytest.mark.parametrize(
    ("row_id", "proxies", "basis"),
    [
        (RowId.MEMBERS, 4, ARTICLE),
        (RowId.MEMBERS, -1, ARTICLE),
        (RowId.MEMBERS, 2, ""),
        (RowId.MEMBERS, 0, ARTICLE),
        (RowId.ASSEMBLY, 1, "本村议定"),
        (RowId.MEMBER_REPRESENTATIVES, 1, "本村议定"),
    ],
)
def test_no_village_lets_people_vote_for_more_others_than_the_law(row_id, proxies, basis):
    changed = replace(ROWS[row_id], proxies=proxies, proxies_basis=basis)
    sim = members()
    assert sim.reason(c.ChangeRow(changed, "会议决定", "村民会议")) is Reason.ROW_MALFORMED


@pytest.mark.parametrize(
    ("principal", "proxy", "why"),
    [
        ("stranger", "v01", Reason.NOT_CALLED),
        ("v09", "stranger", Reason.NOT_CALLED),
        ("o01", "v01", Reason.NO_VOTING_RIGHT),
        ("v09", "o01", Reason.NO_VOTING_RIGHT),
        ("v09", "v09", Reason.PROXY_OTHER_HOUSEHOLD),
        ("v01", "v02", Reason.PRINCIPAL_IS_HERE),
    ],
)
def test_both_have_a_vote_and_the_principal_is_away(principal, proxy, why):
    sim = members(present=2, observers=1)
    assert sim.reason(letter(sim, principal, proxy)) is why


@pytest.mark.parametrize("household", ["", " "])
def test_a_proxy_is_of_the_same_household(household):
    sim = members()
    refusal = sim.refusal(letter(sim, household=household))
    assert (refusal.reason, refusal.basis) == (Reason.PROXY_OTHER_HOUSEHOLD, ARTICLE)


def test_one_lets_one_vote_for_him_and_once():
    sim = members().give_proxy("v09", "v01")
    assert sim.reason(letter(sim)) is Reason.PROXY_EXISTS
    assert sim.reason(letter(sim, proxy="v02")) is Reason.PROXY_EXISTS


def test_who_is_represented_himself_represents_nobody():
    sim = members().give_proxy("v09", "v01")
    assert sim.reason(letter(sim, "v08", "v09")) is Reason.PROXY_IS_AWAY


def test_one_votes_for_three_others_and_no_more():
    sim = members()
    for principal in ("v09", "v08", "v07"):
        sim.give_proxy(principal, "v01")
    refusal = sim.refusal(letter(sim, "v06"))
    assert (refusal.reason, refusal.facts, refusal.basis) == (
        Reason.PROXY_LIMIT,
        {"most": 3},
        ARTICLE,
    )
    sim.give_proxy("v06", "v02")


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.VOTER, Role.ADMIN, Role.KIOSK])
def test_letters_are_taken_in_at_the_door(role):
    sim = members()
    assert sim.reason(letter(sim), Actor(role, PersonId("x"))) is Reason.ROLE_MAY_NOT
    sim.do(letter(sim), Actor(Role.TELLER, PersonId("teller")))


def test_no_letter_is_taken_after_the_end():
    sim = members(present=6).open().open_vote().cast(6).close().adjourn()
    assert sim.reason(letter(sim)) is Reason.MEETING_OVER


# --- who is present


def test_the_represented_are_present_while_their_proxy_is_there():
    sim = members(present=4).give_proxy("v09", "v01").give_proxy("v08", "v05")
    meeting = sim.meeting()
    assert meeting.represented == {"v09"}  # v05 has not come yet
    assert meeting.present == {"v01", "v02", "v03", "v04", "v09"}
    assert not meeting.quorum.holds
    sim.arrive("v05")
    assert sim.meeting().present == {"v01", "v02", "v03", "v04", "v05", "v08", "v09"}
    assert sim.meeting().quorum.holds
    sim.open()


def test_a_letter_adds_nobody_to_those_entitled():
    sim = members(present=6).give_proxy("v09", "v01")
    assert len(sim.meeting().entitled) == 9
    sim.open()
    assert len(sim.meeting().entitled) == 9


def test_a_principal_who_comes_himself_needs_no_proxy():
    sim = members(present=6).give_proxy("v09", "v01").arrive("v09")
    assert isinstance(sim.events()[-1], CheckedIn)
    assert not sim.meeting().represented
    sim.leave("v01")
    assert "v09" in sim.meeting().present


def test_a_principal_who_leaves_again_is_represented_again():
    sim = members(present=7).give_proxy("v09", "v01").arrive("v09").leave("v09")
    assert sim.meeting().represented == {"v09"}


def test_a_proxy_who_leaves_takes_the_other_with_him():
    sim = members(present=5).give_proxy("v09", "v01").give_proxy("v08", "v01").open()
    assert len(sim.meeting().present) == 7
    sim.leave("v01")
    assert sim.events()[-2:] == [
        CheckedOut(sim.meeting_id, PersonId("v01")),
        MeetingPaused(sim.meeting_id, 4),
    ]
    sim.arrive("v01")
    assert sim.events()[-1] == MeetingResumed(sim.meeting_id, 7)


def test_a_paused_meeting_goes_on_by_a_letter():
    sim = members(present=6).open().leave("v06")
    assert sim.meeting().state is MeetingState.PAUSED
    sim.give_proxy("v06", "v01")
    assert sim.events()[-1] == MeetingResumed(sim.meeting_id, 6)
    assert sim.meeting().state is MeetingState.IN_SESSION


def test_a_letter_to_somebody_away_does_not_resume():
    sim = members(present=6).open().leave("v06").give_proxy("v06", "v09")
    assert sim.meeting().state is MeetingState.PAUSED


# --- how they vote


def represented(entitled=9, **more):
    """Seven are there, two of nine are represented, the vote is open."""
    sim = members(entitled, 7).give_proxy("v09", "v01").give_proxy("v08", "v02").open()
    return sim.open_vote(**more)


def test_the_represented_are_of_the_electorate_and_a_ballot_of_theirs_counts():
    sim = represented()
    assert len(sim.vote().electorate) == 9
    assert sim.vote().represented == {"v08", "v09"}
    sim.cast(3, 3)  # v01 to v06
    for person in ("v07", "v08", "v09"):
        sim.do(ballot(sim, person), Actor(Role.VOTER, PersonId(person)))
    sim.close().adjourn()
    assert sim.vote().carried  # 6 of 9 are two thirds


def test_a_represented_person_has_one_ballot():
    sim = represented()
    actor = Actor(Role.VOTER, PersonId("v09"))
    sim.do(ballot(sim, "v09"), actor)
    assert sim.reason(ballot(sim, "v09", Choice.AGAINST), actor) is Reason.ALREADY_VOTED


def test_nobody_votes_for_somebody_whose_proxy_has_left():
    sim = represented()
    sim.leave("v02")
    actor = Actor(Role.VOTER, PersonId("v08"))
    assert sim.reason(ballot(sim, "v08"), actor) is Reason.NOT_CHECKED_IN
    sim.arrive("v08")
    sim.do(ballot(sim, "v08"), actor)


def test_a_letter_that_comes_during_the_vote_is_for_the_next():
    sim = represented(entitled=10).give_proxy("v10", "v03")
    actor = Actor(Role.VOTER, PersonId("v10"))
    assert sim.reason(ballot(sim, "v10"), actor) is Reason.NOT_IN_ELECTORATE
    assert sim.vote().represented == {"v08", "v09"}


def test_who_stands_aside_does_not_vote_by_a_proxy_either():
    sim = members(present=6).give_proxy("v09", "v01").recuse("v09").open().open_vote()
    actor = Actor(Role.VOTER, PersonId("v09"))
    assert sim.reason(ballot(sim, "v09"), actor) is Reason.RECUSED


def test_hands_and_papers_are_there_for_the_represented():
    sim = represented()
    clerk, witness = PersonId("clerk"), PersonId("witness")
    hands = (RaisedHand(PersonId("v09"), Choice.FOR), RaisedHand(PersonId("v01"), Choice.AGAINST))
    sim.do(c.NoteHands(sim.meeting_id, sim.vote_id, clerk, hands))
    sim.do(c.ConfirmHands(sim.meeting_id, sim.vote_id, witness))
    assert sim.vote().ballots == {"v09": (Choice.FOR,), "v01": (Choice.AGAINST,)}
    sim.do(c.PrintBallotPapers(sim.meeting_id, sim.vote_id, "K7Q2", 8))
    sim.do(c.IssueBallotPaper(sim.meeting_id, sim.vote_id, PersonId("v08")))
    assert sim.vote().papers.holders == {"v08"}


def test_in_secret_too_each_has_one_ballot():
    sim = represented(method=Method.SECRET)
    actor = Actor(Role.VOTER, PersonId("v09"))
    sim.do(ballot(sim, "v09"), actor)
    assert sim.reason(ballot(sim, "v09"), actor) is Reason.ALREADY_VOTED
    assert sim.vote().box.voted == {"v09"}


def test_the_floor_is_for_those_who_are_there():
    sim = members(present=6).give_proxy("v09", "v01").open().take()
    assert sim.reason(c.RequestFloor(sim.meeting_id, PersonId("v09"))) is Reason.NOT_CHECKED_IN


def test_the_resolution_knows_how_many_were_represented():
    sim = represented().cast(7, 2).close().adjourn()
    paper = resolution(sim.village(), MATTER)
    assert paper.vote.represented == {"v08", "v09"}
    assert paper.tally.present == 9
