"""Carrying a resolution out: who answers for it, contracts and money, acceptance by the supervisors."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from procedure_story import SUPERVISOR, assigning, told
from simulator import MATTER

from kiosk.core import commands as c
from kiosk.core.matters.matter import Phase
from kiosk.core.refusals import Reason
from kiosk.core.terms import KindId, Role, RowId, Stage
from kiosk.core.values import Actor

START = c.StartWorks(MATTER)
REPORT = c.ReportProgress(MATTER, "路基完成", 1)
FINISH = c.RequestAcceptance(MATTER, "全部完成", 1)
INSPECT = c.InspectWorks(MATTER, accepted=True, statement="到场验收")


def contract(dated):
    return c.RecordContract(MATTER, "某建筑公司", 9_000_00, dated)


def works(story):
    return story.matter().works


def published():
    return told().carry()


def assigned():
    return published().assign()


def started():
    return assigned().start()


# --- who answers for it


def test_somebody_answers_for_the_works_once():
    story = assigned()
    assert (works(story).owner_name, works(story).budget_fen) == ("某主任", 10_000_00)
    assert story.reason(assigning()) is Reason.WORKS_ASSIGNED


def test_the_deadline_is_today_or_later():
    story = published()
    yesterday = assigning(story.today() - timedelta(1))
    assert story.reason(yesterday) is Reason.BACK_DATED
    story.do(assigning(story.today()))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [({"owner_name": " "}, Reason.TEXT_MISSING), ({"budget_fen": -1}, Reason.MONEY_NEGATIVE)],
)
def test_works_have_a_name_and_a_budget(changed, reason):
    assert published().reason(replace(assigning(), **changed)) is reason


def test_only_a_resolution_that_is_public_is_carried_out():
    assert told().reason(assigning()) is Reason.NOTHING_TO_CARRY_OUT
    assert told().defeat().reason(assigning()) is Reason.NOTHING_TO_CARRY_OUT
    rules = told(kind=KindId("village_rules"), row=RowId.ASSEMBLY).carry()
    assert rules.reason(assigning()) is Reason.NOTHING_TO_CARRY_OUT
    assert rules.over().reason(assigning()) is Reason.NOTHING_TO_CARRY_OUT


@pytest.mark.parametrize("step", [START, REPORT, FINISH, INSPECT, contract(date(2026, 11, 2))])
def test_before_somebody_answers_for_them_nothing_is_done(step):
    assert published().reason(step) is Reason.WORKS_NOT_ASSIGNED


# --- contracts and the start


def test_law_7_a_contract_dated_inside_the_publication_is_recorded_and_flagged():
    story = assigned().over()
    resolution = story.matter().resolution
    last = resolution.last_day
    decided = resolution.first_day
    for dated in (decided - timedelta(1), decided, last, last + timedelta(1)):
        story.contract(dated)
    inside = [c.inside_publication for c in works(story).contracts]
    assert inside == [True, True, True, False]


def test_law_7_a_start_of_works_inside_the_publication_is_recorded_and_flagged():
    last = published().matter().resolution.last_day
    inside = assigned().moment(last, 23, 59, 59).start()
    assert works(inside).started_inside_publication
    outside = assigned().moment(last + timedelta(1), 0, 0).start()
    assert not works(outside).started_inside_publication


def test_a_contract_is_not_of_a_day_to_come():
    story = assigned()
    assert story.reason(contract(story.today() + timedelta(1))) is Reason.DATE_TO_COME
    story.do(contract(story.today()))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [({"contractor": ""}, Reason.TEXT_MISSING), ({"amount_fen": -1}, Reason.MONEY_NEGATIVE)],
)
def test_a_contract_names_the_other_side_and_the_money(changed, reason):
    story = assigned()
    assert story.reason(replace(contract(story.today()), **changed)) is reason


def test_works_start_once():
    assert started().reason(START) is Reason.WORKS_STARTED


# --- progress and acceptance


@pytest.mark.parametrize("step", [REPORT, FINISH])
def test_there_is_no_progress_before_the_start(step):
    assert assigned().reason(step) is Reason.WORKS_NOT_STARTED


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (replace(REPORT, text=""), Reason.TEXT_MISSING),
        (replace(REPORT, spent_fen=-1), Reason.MONEY_NEGATIVE),
        (replace(FINISH, findings=" "), Reason.TEXT_MISSING),
        (replace(FINISH, actual_fen=-1), Reason.MONEY_NEGATIVE),
    ],
)
def test_progress_and_completion_say_what_was_done_and_what_it_took(step, reason):
    assert started().reason(step) is reason


def test_the_supervisors_accept_what_was_asked_for_and_nobody_else_does():
    story = started()
    assert story.reason(INSPECT, SUPERVISOR) is Reason.ACCEPTANCE_NOT_REQUESTED
    story.finish()
    assert story.reason(INSPECT, Actor(Role.CHAIR)) is Reason.ROLE_MAY_NOT
    story.inspect()
    assert works(story).acceptance.inspected_by == SUPERVISOR.person
    assert works(story).accepted_at == works(story).acceptance.inspected_at


def test_an_inspection_says_what_it_saw():
    story = started().finish()
    assert story.reason(replace(INSPECT, statement="")) is Reason.TEXT_MISSING


def test_acceptance_is_asked_for_once_until_somebody_has_inspected():
    story = started().finish()
    assert story.reason(FINISH) is Reason.ACCEPTANCE_REQUESTED


def test_works_that_are_not_accepted_go_on():
    story = started().over().finish().inspect(accepted=False)
    assert works(story).accepted_at is None
    assert story.phase() is Phase.WORKS
    assert story.reason(INSPECT) is Reason.ACCEPTANCE_NOT_REQUESTED
    story.report().accept()
    assert [a.accepted for a in works(story).acceptances] == [False, True]
    assert story.phase() is Phase.ACCEPTED


@pytest.mark.parametrize("step", [START, REPORT, FINISH, INSPECT, contract(date(2026, 11, 2))])
def test_accepted_works_are_finished_while_the_resolution_hangs_and_after(step):
    story = started().accept()
    assert story.phase() is Phase.PUBLISHED
    assert story.reason(step) is Reason.WORKS_ACCEPTED
    assert story.over().reason(step) is Reason.WORKS_ACCEPTED


# --- time and money


def test_works_are_overdue_the_day_after_the_deadline_until_they_are_accepted():
    story = published()
    deadline = story.today() + timedelta(30)
    story.do(assigning(deadline))
    assert not works(story).is_overdue(deadline)
    assert works(story).is_overdue(deadline + timedelta(1))
    story.start().accept()
    assert not works(story).is_overdue(deadline + timedelta(1))


def test_the_newest_word_says_what_was_spent():
    story = started()
    assert works(story).spent_fen == 0
    assert works(story.report(3_000_00)).spent_fen == 3_000_00
    assert works(story.finish(9_500_00)).spent_fen == 9_500_00
    story.inspect(accepted=False)
    assert works(story.report(9_800_00)).spent_fen == 9_800_00


@pytest.mark.parametrize(("spent_fen", "over"), [(10_000_00, False), (10_000_01, True)])
def test_one_fen_above_the_budget_is_over_it(spent_fen, over):
    assert works(started().report(spent_fen)).is_over_budget is over


@pytest.mark.parametrize(("second_fen", "over"), [(1_000_00, False), (1_000_01, True)])
def test_contracts_together_may_promise_no_more_than_the_budget(second_fen, over):
    story = assigned().contract(amount_fen=9_000_00).contract(amount_fen=second_fen)
    assert works(story).is_over_budget is over


def test_money_is_whole_fen():
    story = started().report(1).finish(2)
    amounts = (works(story).budget_fen, works(story).spent_fen, works(story).contracted_fen)
    assert all(type(amount) is int for amount in amounts)


def test_a_matter_is_carried_out_from_the_decision_to_the_result():
    story = told().carried_out().publish_result()
    assert story.phase() is Phase.RESULT
    assert story.over().phase() is Phase.DONE
    assert story.matter().reached == tuple(Stage)
