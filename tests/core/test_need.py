"""Needs: who may bring one forward, that it is taken up or answered once, and until when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from procedure_story import Story, told
from simulator import adopting, founding, raising

from kiosk.core import commands as c
from kiosk.core.law.periods import Periods
from kiosk.core.refusals import Reason
from kiosk.core.terms import MatterId, NeedId, Standing, day_of

LAMP = NeedId("lamp")
FILED = c.FileNeed(LAMP, Standing.VILLAGER, "三组村民", "村口缺路灯", 0, 0)
ANSWERED = c.AnswerNeed(LAMP, "已列入明年计划")


def village():
    story = Story()
    story.do(founding())
    story.do(adopting())
    return story


def filed():
    story = village()
    story.do(FILED)
    return story


def need(story, which=LAMP):
    return story.village().need(which)


@pytest.mark.parametrize(
    "standing",
    [s for s in Standing if s not in {Standing.JOINT_VILLAGERS, Standing.JOINT_REPRESENTATIVES}],
)
def test_a_need_of_one_person_or_body_counts_no_supporters(standing):
    story = village()
    story.do(replace(FILED, standing=standing))
    assert need(story).standing is standing


@pytest.mark.parametrize("missing", [{"author": " "}, {"text": ""}])
def test_a_need_says_what_is_wished_for_and_by_whom(missing):
    assert village().reason(replace(FILED, **missing)) is Reason.TEXT_MISSING


def test_a_need_is_filed_once():
    assert filed().reason(FILED) is Reason.NEED_EXISTS


@pytest.mark.parametrize(
    ("standing", "supporters", "of", "enough"),
    [
        (Standing.JOINT_VILLAGERS, 30, 300, True),
        (Standing.JOINT_VILLAGERS, 29, 300, False),
        (Standing.JOINT_VILLAGERS, 30, 301, False),
        (Standing.JOINT_VILLAGERS, 31, 301, True),
        (Standing.JOINT_VILLAGERS, 0, 0, False),
        (Standing.JOINT_REPRESENTATIVES, 9, 45, True),
        (Standing.JOINT_REPRESENTATIVES, 8, 45, False),
        (Standing.JOINT_REPRESENTATIVES, 9, 46, False),
        (Standing.JOINT_REPRESENTATIVES, 10, 46, True),
        (Standing.JOINT_REPRESENTATIVES, 0, 0, False),
    ],
)
def test_a_joint_need_has_a_tenth_of_the_villagers_or_a_fifth_of_the_representatives(
    standing, supporters, of, enough
):
    story = village()
    asked = replace(FILED, standing=standing, supporters=supporters, of=of)
    if enough:
        story.do(asked)
        assert (need(story).supporters, need(story).of) == (supporters, of)
    else:
        assert story.reason(asked) is Reason.TOO_FEW_SUPPORTERS


def test_too_few_supporters_are_told_how_many_are_needed_and_on_what_article():
    asked = replace(FILED, standing=Standing.JOINT_VILLAGERS, supporters=29, of=300)
    refusal = village().refusal(asked)
    assert refusal.facts == {"supporters": 29, "of": 300, "needed": 30}
    assert "河南省实施办法第五十四条" in refusal.basis


def test_needs_are_counted_by_the_year():
    story = filed()
    story.do(replace(FILED, need=NeedId("well")))
    story.moment(date(2027, 1, 1), 0, 0)
    story.do(replace(FILED, need=NeedId("bridge")))
    numbers = [(n.year, n.number) for n in story.village().needs.values()]
    assert numbers == [(2026, 1), (2026, 2), (2027, 1)]


def test_a_need_of_the_first_minute_of_the_year_is_of_that_year_in_china():
    story = village().moment(date(2027, 1, 1), 0, 0)
    story.do(FILED)
    assert need(story).year == 2027
    assert day_of(need(story).filed_at) == date(2027, 1, 1)


def test_a_need_is_overdue_the_day_after_its_last_day_and_not_before():
    story = filed()
    due = story.today() + timedelta(15)
    assert need(story).due == due
    assert not need(story).is_overdue(due - timedelta(1))
    assert not need(story).is_overdue(due)
    assert need(story).is_overdue(due + timedelta(1))


def test_the_village_sets_how_long_a_need_may_wait():
    story = village()
    story.do(c.ChangePeriods(Periods(need_days=30), "村规民约", "村民会议"))
    story.do(FILED)
    assert need(story).due == story.today() + timedelta(30)


def test_an_answered_need_is_never_overdue_and_is_answered_once():
    story = filed()
    story.do(ANSWERED)
    assert need(story).answer == "已列入明年计划"
    assert not need(story).is_overdue(date(2030, 1, 1))
    assert story.reason(ANSWERED) is Reason.NEED_ANSWERED


def test_an_answer_to_a_need_says_something():
    assert filed().reason(replace(ANSWERED, answer=" ")) is Reason.TEXT_MISSING


def test_nobody_answers_a_need_that_was_not_filed():
    assert village().reason(ANSWERED) is Reason.NO_SUCH_NEED


def test_a_matter_takes_its_needs_up_and_they_want_no_other_answer():
    story = filed()
    story.do(raising(needs=(LAMP,)))
    assert need(story).matter == story.matter().id
    assert story.matter().needs == (LAMP,)
    assert not need(story).is_overdue(date(2030, 1, 1))
    assert story.reason(ANSWERED) is Reason.NEED_ANSWERED


def test_a_need_is_taken_up_by_one_matter_and_not_after_it_was_answered():
    story = filed()
    story.do(raising(needs=(LAMP,)))
    second = raising(MatterId("lamps"), needs=(LAMP,))
    assert story.reason(second) is Reason.NEED_ANSWERED
    answered = filed()
    answered.do(ANSWERED)
    assert answered.reason(second) is Reason.NEED_ANSWERED


def test_a_matter_takes_up_only_needs_that_are_there_each_once():
    assert village().reason(raising(needs=(LAMP,))) is Reason.NO_SUCH_NEED
    assert filed().reason(raising(needs=(LAMP, LAMP))) is Reason.LISTED_TWICE
    assert told().matter().needs == ()
