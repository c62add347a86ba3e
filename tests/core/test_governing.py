"""Governing the rules: a village may be stricter than the law and never laxer; two officers correct the record."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.ballot_terms import Choice
from kiosk.core.correction import Correction
from kiosk.core.governing import FOUNDING_BASIS, decide, found
from kiosk.core.history import apply
from kiosk.core.law.cataloguing import catalogue_digest, read_catalogue
from kiosk.core.law.floors import FLOORS, NOTICE_DAYS, Flaw, Part, undercuts
from kiosk.core.law.periods import Periods
from kiosk.core.law.rules import HALF, OVER_HALF, TWO_THIRDS, Threshold
from kiosk.core.law.statute import LOCAL_DEFAULT, ROWS
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import (
    CHINA,
    Base,
    Body,
    Capacity,
    ClipAudience,
    CorrectionId,
    PersonId,
    Purpose,
    Role,
    RowId,
    Stage,
    VillageId,
)
from kiosk.core.values import Actor
from kiosk.core.village import Village

SHIPPED = read_catalogue(
    (Path(__file__).parents[2] / "kiosk" / "data" / "catalogue.json").read_text(encoding="utf-8")
)
AT = datetime(2026, 11, 22, 9, 0, tzinfo=CHINA)
BASIS, APPROVER = "2026年第3次村民代表会议决议", "村民代表会议"
CHEN = Actor(Role.SECRETARY, PersonId("p1"))
LI = Actor(Role.CHAIR, PersonId("p2"))
REPRESENTATIVES = ROWS[RowId.REPRESENTATIVES]
MEMBERS = ROWS[RowId.MEMBERS]
every_row = pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.id.value)


def village(**known):
    return Village(
        id=VillageId("jintang"),
        name="金塱村",
        township="马宫镇",
        office_phone="0660-0000000",
        portal_url="http://jintang.local",
        purpose=Purpose.REHEARSAL,
        **{"entries": 40, "rows": dict(ROWS), **known},
    )


def asked(command, actor=CHEN, **known):
    return decide(village(**known), command, actor, AT)


def refused(command, actor=CHEN, **known):
    with pytest.raises(Refused) as caught:
        asked(command, actor, **known)
    return caught.value


def changing(row, **changes):
    return c.ChangeRow(replace(row, **changes), BASIS, APPROVER)


def too_lax(row, **changes):
    refusal = refused(changing(row, **changes))
    assert refusal.reason is Reason.UNDERCUTS_LAW
    return Part(refusal.facts["what"]), refusal.basis


def flawed(row, **changes):
    refusal = refused(changing(row, **changes))
    assert refusal.reason is Reason.ROW_MALFORMED
    return Flaw(refusal.facts["what"])


# --- the founding

FOUNDING = c.FoundVillage(
    VillageId("jintang"), "金塱村", "马宫镇", "0660-0000000", "http://jintang.local", Purpose.RECORD
)


def test_a_village_is_founded_with_its_rules_in_its_own_record():
    first, *rows, periods = found(FOUNDING)
    assert isinstance(first, e.VillageFounded)
    assert [(r.row, r.basis, r.approver) for r in rows] == [
        (row, FOUNDING_BASIS, "") for row in ROWS.values()
    ]
    assert periods == e.PeriodsChanged(Periods(), FOUNDING_BASIS, "")


def test_the_rules_in_force_are_those_in_the_record_and_not_those_in_the_program():
    state = None
    for event in found(FOUNDING)[:1]:
        state = apply(state, event, AT, CHEN)
    assert state.rows == {}
    for event in found(FOUNDING)[1:]:
        state = apply(state, event, AT, CHEN)
    assert (state.rows, state.periods) == (ROWS, Periods())
    assert state.entries == len(ROWS) + 2


# --- a village's own rules


def test_a_stricter_quorum_is_recorded_with_its_basis_and_approver():
    three_quarters = replace(REPRESENTATIVES, quorum=Threshold(3, 4, inclusive=True))
    command = c.ChangeRow(three_quarters, BASIS, APPROVER)
    assert asked(command) == (e.RowChanged(three_quarters, BASIS, APPROVER),)


def test_a_row_as_it_is_changes_nothing():
    assert asked(changing(REPRESENTATIVES)) == ()


def test_a_change_of_a_changed_row_back_to_the_law_is_a_change():
    stricter = replace(REPRESENTATIVES, quorum=Threshold(3, 4, inclusive=True))
    (event,) = asked(changing(REPRESENTATIVES), rows={**ROWS, RowId.REPRESENTATIVES: stricter})
    assert event.row == REPRESENTATIVES


@pytest.mark.parametrize(("basis", "approver"), [("", APPROVER), (BASIS, ""), (" ", APPROVER)])
def test_no_rule_is_changed_without_basis_and_approver(basis, approver):
    for command in (
        c.ChangeRow(REPRESENTATIVES, basis, approver),
        c.AdoptCatalogue(SHIPPED, basis, approver),
        c.ChangePeriods(Periods(public_days=20), basis, approver),
    ):
        assert refused(command).reason is Reason.TEXT_MISSING


@pytest.mark.parametrize("part", ["quorum", "majority", "notice", "voters", "women"])
def test_each_part_of_a_changed_row_says_where_it_stands(part):
    assert refused(changing(REPRESENTATIVES, **{f"{part}_basis": ""})).reason is Reason.TEXT_MISSING


def test_a_village_may_let_recused_members_leave_the_base_and_says_on_what_basis():
    (event,) = asked(changing(REPRESENTATIVES, recused_leave=True))
    assert event.row.recused_leave
    assert event.basis == BASIS


def test_a_majority_of_those_entitled_is_stricter_than_of_those_present():
    (event,) = asked(changing(REPRESENTATIVES, majority_base=Base.ENTITLED))
    assert event.row.majority_base is Base.ENTITLED


def test_a_party_meeting_may_go_down_to_half_as_the_party_has_it_and_no_further():
    row = ROWS[RowId.PARTY_MEETING]
    assert asked(changing(row, quorum=HALF))
    part, basis = too_lax(row, quorum=Threshold(2, 5, inclusive=True))
    assert part is Part.QUORUM
    assert basis == "中国共产党支部工作条例（试行）第十一条"


def test_where_no_national_law_speaks_the_village_sets_its_own():
    assert asked(changing(ROWS[RowId.TWO_COMMITTEES], quorum=HALF, notice_days=0))
    assert asked(changing(REPRESENTATIVES, notice_days=0, urgent_notice=True))
    assert asked(changing(ROWS[RowId.APPRAISAL], majority=TWO_THIRDS))
    assert asked(changing(ROWS[RowId.MEMBER_REPRESENTATIVES], quorum=HALF))


def test_a_branch_without_a_committee_proposes_in_its_meeting():
    assert asked(changing(ROWS[RowId.PARTY_COMMITTEE], voters=(Capacity.PARTY_MEMBER,)))


# --- never below the law


def test_a_quorum_below_the_laws_is_refused_with_its_article():
    assert too_lax(REPRESENTATIVES, quorum=HALF) == (Part.QUORUM, "村民委员会组织法第三十条")


def test_more_than_half_of_the_assembly_may_not_become_half():
    assert too_lax(ROWS[RowId.ASSEMBLY], quorum=HALF)[0] is Part.QUORUM


def test_a_majority_below_the_laws_is_refused_with_its_article():
    assert too_lax(REPRESENTATIVES, majority=HALF) == (Part.MAJORITY, "村民委员会组织法第三十条")


def test_two_thirds_of_all_members_may_not_become_two_thirds_of_those_present():
    assert too_lax(MEMBERS, majority_base=Base.PRESENT) == (
        Part.BASE,
        "农村集体经济组织法第二十七条",
    )


def test_even_all_of_those_present_are_not_two_thirds_of_all():
    everybody = Threshold(1, 1, inclusive=True)
    assert too_lax(MEMBERS, majority=everybody, majority_base=Base.PRESENT)[0] is Part.BASE


def test_ten_days_of_notice_may_not_become_nine():
    part, basis = too_lax(ROWS[RowId.ASSEMBLY], notice_days=9)
    assert (part, basis) == (Part.NOTICE, "村民委员会组织法第二十五条")


def test_members_may_not_be_called_at_short_notice():
    assert too_lax(MEMBERS, urgent_notice=True)[0] is Part.NOTICE


@pytest.mark.parametrize(
    "voters",
    [
        (Capacity.REPRESENTATIVE,),
        (*REPRESENTATIVES.voters, Capacity.SUPERVISOR),
        (*REPRESENTATIVES.voters, Capacity.PARTY_DELEGATE),
    ],
)
def test_who_votes_among_the_representatives_is_the_laws_to_say(voters):
    assert too_lax(REPRESENTATIVES, voters=voters)[0] is Part.VOTERS


def test_a_probationary_member_gets_no_vote_in_the_party_meeting():
    row = ROWS[RowId.PARTY_MEETING]
    voters = (*row.voters, Capacity.PROBATIONARY_MEMBER)
    assert too_lax(row, voters=voters)[0] is Part.VOTERS


def test_the_third_of_women_may_not_be_dropped():
    assert too_lax(REPRESENTATIVES, women=None)[0] is Part.WOMEN
    assert too_lax(REPRESENTATIVES, women=Threshold(1, 4, inclusive=True))[0] is Part.WOMEN
    assert asked(changing(REPRESENTATIVES, women=HALF))


@every_row
def test_the_statute_does_not_undercut_itself(row):
    assert undercuts(row, FLOORS[row.id]) is None


@every_row
def test_each_row_has_a_floor_just_where_its_basis_is_an_article(row):
    floor = FLOORS[row.id]
    party_meeting = row.id is RowId.PARTY_MEETING  # its default is stricter than the Party's floor
    assert (floor.quorum is None) == (
        row.quorum_basis.startswith(LOCAL_DEFAULT) and not party_meeting
    )
    assert (floor.majority is None) == row.majority_basis.startswith(LOCAL_DEFAULT)
    assert (floor.notice_days is None) == row.notice_basis.startswith(LOCAL_DEFAULT)
    assert frozenset(row.voters) in floor.electorates


# --- the property: against exact fractions, whatever the size of the body

SHARES = [
    Threshold(numerator, denominator, inclusive)
    for denominator in range(1, 8)
    for numerator in range(1, denominator + 1)
    for inclusive in (True, False)
]
SIZES = range(1, 201)


def passes(threshold, count, base):
    part, share = Fraction(count, base), Fraction(threshold.numerator, threshold.denominator)
    return part >= share if threshold.inclusive else part > share


def some_count_passes_only(lax, strict):
    """Whether, in a body of some size, a number of people is enough for the one and not for the other."""
    return any(
        passes(lax, count, size) and not passes(strict, count, size)
        for size in SIZES
        for count in {*around(lax, size), *around(strict, size)}
    )


def around(threshold, size):
    at = size * threshold.numerator // threshold.denominator
    return (n for n in (at - 1, at, at + 1) if 0 <= n <= size)


@every_row
@pytest.mark.parametrize("share", SHARES, ids=str)
def test_a_share_undercuts_just_where_too_few_would_be_enough(row, share):
    floor = FLOORS[row.id]
    for law, changed in (
        (floor.quorum, replace(row, quorum=share)),
        (floor.majority, replace(row, majority=share)),
    ):
        lax = law is not None and some_count_passes_only(share, law)
        assert (undercuts(changed, floor) is not None) is lax


@given(
    row=st.sampled_from([row for row in ROWS.values() if FLOORS[row.id].majority]),
    share=st.sampled_from([*SHARES, TWO_THIRDS, HALF, OVER_HALF]),
    base=st.sampled_from(Base),
    entitled=st.sampled_from(SIZES),
    data=st.data(),
)
def test_what_carries_under_a_rule_the_kiosk_allows_carries_under_the_law(
    row, share, base, entitled, data
):
    changed, floor = replace(row, majority=share, majority_base=base), FLOORS[row.id]
    present = data.draw(st.integers(1, entitled))
    votes = data.draw(st.integers(0, present))
    counted = {Base.ENTITLED: entitled, Base.PRESENT: present}
    if undercuts(changed, floor) is None and passes(share, votes, counted[base]):
        assert passes(floor.majority, votes, counted[floor.base])


# --- nonsense


@pytest.mark.parametrize(
    "change",
    [
        {"body": Body.ASSEMBLY},
        {"stage": Stage.REVIEW},
        {"options": (Choice.FOR,)},
        {"decisive": Choice.AGAINST},
        {"decisive": Choice.SATISFIED},
        {"by_household": True},
    ],
    ids=str,
)
def test_who_meets_on_what_question_is_not_a_villages_to_change(change):
    assert flawed(REPRESENTATIVES, **change) is Flaw.SHAPE


@pytest.mark.parametrize("part", ["quorum", "majority", "women"])
@pytest.mark.parametrize(("numerator", "denominator"), [(0, 3), (4, 3), (-2, 3), (2, 0), (4, 6)])
def test_a_share_that_is_none_is_refused(part, numerator, denominator):
    nonsense = Threshold(numerator, denominator, inclusive=True)
    assert flawed(REPRESENTATIVES, **{part: nonsense}) is Flaw.SHARE


def test_nobody_or_somebody_twice_is_no_electorate():
    assert flawed(REPRESENTATIVES, voters=()) is Flaw.ELECTORATE
    twice = (*REPRESENTATIVES.voters, Capacity.REPRESENTATIVE)
    assert flawed(REPRESENTATIVES, voters=twice) is Flaw.ELECTORATE


def test_notice_is_a_number_of_days_to_come():
    assert flawed(REPRESENTATIVES, notice_days=-1) is Flaw.DAYS
    assert flawed(REPRESENTATIVES, notice_days=NOTICE_DAYS[-1] + 1) is Flaw.DAYS


def test_a_matter_is_not_returned_forward():
    assert flawed(ROWS[RowId.PARTY_COMMITTEE], returns_to=Stage.DECISION) is Flaw.RETURN
    assert flawed(REPRESENTATIVES, returns_to=Stage.RESULT_PUBLIC) is Flaw.RETURN


# --- who may see the clips of votes


def test_who_may_see_the_clips_is_laid_down_with_basis_and_approver():
    officers = c.ChangeClipAudience(ClipAudience.OFFICERS, BASIS, APPROVER)
    assert asked(officers) == (e.ClipAudienceChanged(ClipAudience.OFFICERS, BASIS, APPROVER),)
    nobody = c.ChangeClipAudience(ClipAudience.PUBLIC, BASIS, " ")
    assert refused(nobody).reason is Reason.TEXT_MISSING


def test_from_the_founding_the_clips_are_for_the_halls_network():
    hall = c.ChangeClipAudience(ClipAudience.HALL_NETWORK, BASIS, APPROVER)
    assert asked(hall) == ()


# --- whom a villager may call


@pytest.mark.parametrize(
    "phone", ["0660-8600456", "06608600456", "010-12345678-02", "8600456", "12345", "400-810-8100"]
)
def test_whom_a_villager_may_call_is_laid_down_with_basis_and_approver(phone):
    (laid_down,) = asked(c.ChangePhones(phone, "12388", BASIS, APPROVER))
    assert laid_down == e.PhonesChanged(phone, "12388", BASIS, APPROVER)
    assert refused(c.ChangePhones(phone, "12388", " ", APPROVER)).reason is Reason.TEXT_MISSING


@pytest.mark.parametrize(
    "phone", ["", "13800138000", "138 0013 8000", "电话", "0660", "12", "1" * 18]
)
def test_nobodys_own_telephone_is_printed(phone):
    refusal = refused(c.ChangePhones("12345", phone, BASIS, APPROVER))
    assert refusal.reason is Reason.PHONE_NOT_OF_OFFICE
    assert refusal.facts == {"phone": phone}


# --- periods


def test_longer_periods_are_recorded():
    longer = Periods(public_days=20, objection_days=5)
    assert asked(c.ChangePeriods(longer, BASIS, APPROVER)) == (
        e.PeriodsChanged(longer, BASIS, APPROVER),
    )


def test_the_same_periods_change_nothing():
    assert asked(c.ChangePeriods(Periods(), BASIS, APPROVER)) == ()


def test_fourteen_days_in_public_are_below_the_law():
    refusal = refused(c.ChangePeriods(Periods(public_days=14), BASIS, APPROVER))
    assert refusal.reason is Reason.PUBLIC_TOO_SHORT
    assert refusal.basis == "村民委员会组织法第三十五条"


@pytest.mark.parametrize(
    ("periods", "least", "most"),
    [
        (Periods(objection_days=2), 3, 15),
        (Periods(objection_days=16), 3, 15),
        (Periods(need_days=0), 1, 60),
        (Periods(need_days=61), 1, 60),
        (Periods(pause_days=-1), 0, 366),
    ],
)
def test_an_answer_is_owed_within_its_range_of_days(periods, least, most):
    refusal = refused(c.ChangePeriods(periods, BASIS, APPROVER))
    assert refusal.reason is Reason.ANSWER_DAYS_OUT_OF_RANGE
    assert refusal.facts == {"least": least, "most": most}


# --- the catalogue


def test_a_catalogue_is_adopted_with_its_digest():
    assert asked(c.AdoptCatalogue(SHIPPED, BASIS, APPROVER)) == (
        e.CatalogueAdopted(SHIPPED, catalogue_digest(SHIPPED), BASIS, APPROVER),
    )


def test_the_catalogue_in_use_is_not_adopted_again():
    assert asked(c.AdoptCatalogue(SHIPPED, BASIS, APPROVER), catalogue=SHIPPED) == ()


def test_an_unlawful_catalogue_is_not_adopted():
    allowed = tuple(replace(k, forbidden="") if k.forbidden else k for k in SHIPPED.kinds)
    refusal = refused(c.AdoptCatalogue(replace(SHIPPED, kinds=allowed), BASIS, APPROVER))
    assert refusal.reason is Reason.CATALOGUE_UNDERCUTS_LAW
    assert "第十三条" in refusal.basis


# --- corrections

WRONG = CorrectionId("c1")
PROPOSING = c.ProposeCorrection(WRONG, 7, "姓名写错了", "应为陈大文")
CONFIRMING = c.ConfirmCorrection(WRONG)


def proposed(by=CHEN):
    (event,) = asked(PROPOSING, by)
    return Correction.proposed(event, AT, by)


def test_a_correction_names_the_entry_the_reason_and_what_is_true():
    assert asked(PROPOSING) == (e.CorrectionProposed(WRONG, 7, "姓名写错了", "应为陈大文"),)
    correction = proposed()
    assert (correction.seq, correction.proposed_by) == (7, CHEN.person)
    assert not correction.stands


def test_a_correction_needs_a_reason_and_what_is_true():
    assert refused(replace(PROPOSING, ground=" ")).reason is Reason.TEXT_MISSING
    assert refused(replace(PROPOSING, statement="")).reason is Reason.TEXT_MISSING


@pytest.mark.parametrize("seq", [0, -1, 41])
def test_only_an_entry_of_the_journal_can_be_corrected(seq):
    assert refused(replace(PROPOSING, seq=seq)).reason is Reason.NO_SUCH_ENTRY


def test_the_first_and_the_last_entry_can_be_corrected():
    assert asked(replace(PROPOSING, seq=1))
    assert asked(replace(PROPOSING, seq=40))


def test_a_correction_is_proposed_once():
    refusal = refused(PROPOSING, corrections={WRONG: proposed()})
    assert refusal.reason is Reason.CORRECTION_EXISTS


def test_another_officer_confirms_a_correction():
    known = proposed()
    assert asked(CONFIRMING, LI, corrections={WRONG: known}) == (e.CorrectionConfirmed(WRONG),)
    later = AT + timedelta(hours=1)
    confirmed = known.confirmed(later, LI)
    assert confirmed.stands
    assert (confirmed.confirmed_by, confirmed.confirmed_at) == (LI.person, later)
    assert confirmed.statement == known.statement


def test_the_officer_who_proposed_a_correction_does_not_confirm_it():
    refusal = refused(CONFIRMING, CHEN, corrections={WRONG: proposed()})
    assert refusal.reason is Reason.SAME_OFFICER


def test_nobody_in_particular_is_no_second_officer():
    refusal = refused(CONFIRMING, Actor(Role.ADMIN), corrections={WRONG: proposed()})
    assert refusal.reason is Reason.SAME_OFFICER


def test_a_correction_is_confirmed_once():
    known = {WRONG: proposed().confirmed(AT, LI)}
    third = Actor(Role.ADMIN, PersonId("p3"))
    assert refused(CONFIRMING, third, corrections=known).reason is Reason.CORRECTION_CONFIRMED


def test_what_nobody_proposed_cannot_be_confirmed():
    assert refused(CONFIRMING, LI).reason is Reason.NO_SUCH_CORRECTION
