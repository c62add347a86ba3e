"""Supervision and the archive: an opinion on every stage that was gone through, and then nothing changes."""

from datetime import timedelta

import pytest
from procedure_story import CHAIR, SUPERVISOR, Story, told
from simulator import MATTER

from kiosk.core import commands as c
from kiosk.core.matters.matter import Phase
from kiosk.core.refusals import Reason
from kiosk.core.terms import DELIBERATIONS, Body, KindId, RowId, Stage

ARCHIVE = c.ArchiveMatter(MATTER)


def opinion(stage, text="程序合规"):
    return c.FileOpinion(MATTER, stage, favourable=True, text=text)


def done():
    return told().done()


# --- opinions


def test_the_supervisors_give_an_opinion_on_a_stage_that_was_reached_once():
    story = told().deliberate()
    assert story.reason(opinion(Stage.CONSULTATION)) is Reason.STAGE_NOT_REACHED
    story.opine(Stage.PROPOSAL)
    assert story.matter().opinion(Stage.PROPOSAL).by == SUPERVISOR.person
    assert story.reason(opinion(Stage.PROPOSAL)) is Reason.OPINION_EXISTS


def test_an_opinion_is_the_supervisors_and_says_something():
    story = told().deliberate()
    assert story.reason(opinion(Stage.PROPOSAL), CHAIR) is Reason.ROLE_MAY_NOT
    assert story.reason(opinion(Stage.PROPOSAL, " ")) is Reason.TEXT_MISSING


def test_the_publications_are_stages_too():
    story = told().carry()
    assert story.reason(opinion(Stage.RESULT_PUBLIC)) is Reason.STAGE_NOT_REACHED
    story.opine(Stage.RESOLUTION_PUBLIC)


def test_a_return_opens_its_stages_for_a_new_opinion_and_keeps_the_old():
    story = told().defeat().opine(*DELIBERATIONS).send_back(Stage.CONSULTATION)
    assert story.reason(opinion(Stage.PROPOSAL)) is Reason.OPINION_EXISTS
    assert story.reason(opinion(Stage.CONSULTATION)) is Reason.STAGE_NOT_REACHED
    story.deliberate().opine(Stage.CONSULTATION)
    assert len(story.matter().opinions) == 5


def test_a_decision_taken_again_by_the_assembly_has_an_opinion_of_its_own():
    story = told().defeat().opine(Stage.DECISION, Stage.RESOLUTION_PUBLIC)
    story.do(c.SendToAssembly(MATTER, "分歧较大"))
    assert story.matter().opinion(Stage.DECISION) is None
    story.deliberate().opine(Stage.DECISION, Stage.RESOLUTION_PUBLIC)


# --- the archive


def test_law_8_a_matter_is_not_archived_without_the_supervisors_opinion():
    story = done()
    owed = list(Stage)
    while owed:
        refusal = story.refusal(ARCHIVE)
        assert refusal.reason is Reason.OPINION_MISSING
        assert refusal.facts == {"stages": " ".join(stage.value for stage in owed)}
        assert "第三十九条" in refusal.basis
        story.opine(owed.pop(0))
    assert story.archive().phase() is Phase.ARCHIVED


def test_what_has_no_works_owes_no_opinion_on_a_result():
    story = told(kind=KindId("village_rules"), row=RowId.ASSEMBLY).carry().over()
    story.opine(*DELIBERATIONS, Stage.RESOLUTION_PUBLIC).archive()


def test_a_matter_that_is_not_done_is_not_archived():
    assert told().reason(ARCHIVE) is Reason.MATTER_NOT_DONE
    assert told().carry().over().reason(ARCHIVE) is Reason.MATTER_NOT_DONE
    assert told().carried_out().reason(ARCHIVE) is Reason.MATTER_NOT_DONE


@pytest.mark.parametrize("hanging", [told().carry, lambda: told().carried_out().publish_result()])
def test_law_7_a_file_is_not_closed_while_something_hangs(hanging):
    story = hanging()
    last = story.matter().publication.last_day
    refusal = story.moment(last, 23, 59, 59).refusal(ARCHIVE)
    assert refusal.reason is Reason.PUBLICATION_NOT_OVER
    assert refusal.facts == {"day": last.isoformat()}


def test_of_two_that_hang_the_later_keeps_the_file_open():
    story = told().defeat().send_back(Stage.CONSULTATION).carry()
    first, second = story.matter().publications
    assert first.hangs(story.today())
    assert story.refusal(ARCHIVE).facts == {"day": second.last_day.isoformat()}


def test_an_objection_that_nobody_answered_keeps_the_file_open():
    story = told().carried_out().publish_result().object().over().opine(*Stage)
    assert story.reason(ARCHIVE) is Reason.OBJECTION_OPEN
    story.answer().archive()


def test_a_defeat_is_archived_with_an_opinion_on_every_stage_it_reached():
    story = told().defeat(Stage.REVIEW)
    assert story.refusal(ARCHIVE).facts == {"stages": "proposal consultation review"}
    story.opine(Stage.PROPOSAL, Stage.CONSULTATION, Stage.REVIEW).archive()


def test_a_defeat_that_hangs_in_public_is_archived_after_its_period():
    story = told().defeat().end().opine(*DELIBERATIONS, Stage.RESOLUTION_PUBLIC)
    assert story.reason(ARCHIVE) is Reason.PUBLICATION_NOT_OVER
    story.over().archive()


def test_a_matter_that_ended_on_its_way_back_owes_an_opinion_on_all_it_went_through():
    story = told().defeat(Stage.REVIEW).opine(Stage.PROPOSAL).send_back(Stage.PROPOSAL).end()
    assert story.refusal(ARCHIVE).facts == {"stages": "consultation review"}
    story.opine(Stage.CONSULTATION, Stage.REVIEW).archive()


def test_what_its_meeting_has_not_published_yet_is_not_archived():
    story = told().carry(Stage.DECISION)
    story.convene(Body.REPRESENTATIVES, 3).check_in(3).open().open_vote().cast(0, 3).close()
    story.end().opine(*DELIBERATIONS)
    assert story.reason(ARCHIVE) is Reason.MATTER_NOT_DONE
    story.adjourn().over().opine(Stage.RESOLUTION_PUBLIC).archive()


def test_a_missing_photograph_keeps_no_file_open():
    # It could never be made up; `oversight` shows it.
    story = done().opine(*Stage)
    assert story.matter().photos == ()
    story.archive()


def test_a_file_is_closed_at_the_first_minute_after_the_last_day():
    story: Story = told().carried_out().publish_result().opine(*Stage)
    last = story.matter().result.last_day
    story.moment(last + timedelta(1), 0, 0).archive()
    assert story.matter().archived_at is not None
