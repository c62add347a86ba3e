"""Oversight: what an inspector looks for is found without being asked, and the completion rate has its numbers."""

from datetime import timedelta

from procedure_story import CHAIR, Story, told
from simulator import MATTER, raising

from kiosk.core import commands as c
from kiosk.core.matters.oversight import Completion, Sign, completion, flags
from kiosk.core.terms import EmergencyId, MatterId, NeedId, Picture, Stage, Standing

WELL = MatterId("well")


def signs(story, later=0):
    return [flag.sign for flag in flags(story.village(), story.today() + timedelta(later))]


def kept() -> Story:
    """A resolution with the photograph of its first day, so that nothing is to be said of it while it hangs."""
    return told().carry().photograph(Picture.FIRST_DAY)


def test_of_what_goes_as_it_should_nothing_is_said():
    assert signs(told()) == []
    story = kept().moment(kept().matter().resolution.last_day).photograph(Picture.LAST_DAY).over()
    assert signs(story.assign().contract().start().report().accept()) == []


def test_contracts_and_a_start_inside_the_publication_are_flagged():
    story = kept().assign().contract().start()
    assert signs(story) == [Sign.CONTRACT_INSIDE_PUBLICATION, Sign.STARTED_INSIDE_PUBLICATION]
    assert {flag.since for flag in flags(story.village(), story.today())} == {story.today()}


def test_a_flag_stays_with_the_works_of_a_resolution_that_was_returned_over():
    story = kept().assign(days=1).start().object().answer(upheld=True).send_back(Stage.CONSULTATION)
    assert signs(story, later=5) == [Sign.STARTED_INSIDE_PUBLICATION]


def test_works_overdue_and_over_budget_are_flagged():
    story = kept().moment(kept().matter().resolution.last_day).photograph(Picture.LAST_DAY).over()
    story.assign(days=10, budget_fen=1_00)
    assert signs(story, later=10) == []
    assert signs(story, later=11) == [Sign.WORKS_OVERDUE]
    assert signs(story.start().report(1_01)) == [Sign.OVER_BUDGET]


def test_needs_and_objections_overdue_are_flagged():
    story = kept()
    story.do(c.FileNeed(NeedId("lamp"), Standing.VILLAGER, "三组村民", "路灯", 0, 0))
    story.object()
    assert signs(story, later=3) == []
    assert signs(story, later=4) == [Sign.OBJECTION_OVERDUE]
    late = flags(story.village(), story.today() + timedelta(4))[0]
    assert (late.matter, late.since) == (MATTER, story.today() + timedelta(4))
    assert Sign.NEED_OVERDUE in signs(story, later=16)
    assert Sign.NEED_OVERDUE not in signs(story, later=15)


def test_a_missing_photograph_is_flagged_once_its_day_is_over():
    story = told().carry()
    assert signs(story) == []
    assert signs(story, later=1) == [Sign.FIRST_DAY_PHOTO_MISSING]
    assert signs(story, later=14) == [Sign.FIRST_DAY_PHOTO_MISSING]
    assert signs(story, later=15) == [Sign.FIRST_DAY_PHOTO_MISSING, Sign.LAST_DAY_PHOTO_MISSING]


def test_an_emergency_that_no_meeting_was_told_of_is_flagged():
    story = told()
    story.do(c.DeclareEmergency(EmergencyId("flood"), "台风", "加固河堤"), CHAIR)
    assert signs(story) == [Sign.EMERGENCY_OWED]


def test_the_completion_rate_counts_what_was_decided_and_what_of_it_is_done():
    story = told()
    story.do(raising(WELL, title="打井"))
    assert completion(story.village(), story.today()) == Completion(done=0, carried=0)
    story.carry()
    assert completion(story.village(), story.today()) == Completion(done=0, carried=1)
    done = told().done()
    assert completion(done.village(), done.today()) == Completion(done=1, carried=1)
    done.opine(*Stage).archive()
    assert completion(done.village(), done.today()) == Completion(done=1, carried=1)


def test_what_did_not_carry_is_no_part_of_the_rate():
    story = told().defeat().end()
    assert completion(story.village(), story.today()) == Completion(done=0, carried=0)
