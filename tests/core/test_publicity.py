"""Publication: fifteen days with the first and the last, objections to the end of them, the result after acceptance."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from procedure_story import (
    CHAIR,
    FIRST_OBJECTION,
    PICTURE,
    SECRETARY,
    SUPERVISOR,
    objecting,
    publishing,
    told,
)
from simulator import MATTER, raising

from kiosk.core import commands as c
from kiosk.core.events import PublicationOpened
from kiosk.core.law.periods import Periods
from kiosk.core.matters.matter import Phase
from kiosk.core.matters.publicity import Publication, last_day
from kiosk.core.refusals import Reason
from kiosk.core.terms import (
    CHINA,
    Body,
    Forum,
    KindId,
    MatterId,
    ObjectionId,
    Picture,
    RowId,
    Stage,
)

WELL = MatterId("well")
TOO_LONG = Reason.ANSWER_DAYS_OUT_OF_RANGE
ANSWER = c.AnswerObjection(FIRST_OBJECTION, upheld=False, answer="经核实")
ESCALATE = c.EscalateObjection(FIRST_OBJECTION, "不同意答复")


def photo(picture):
    return c.AttachPhoto(MATTER, picture, PICTURE)


def voice(resolution, duration_ms=45_000, number=0):
    named = (resolution.stage, resolution.year, number or resolution.number)
    return c.AttachVoice(MATTER, *named, PICTURE, duration_ms)


def published():
    story = told().carry()
    return story, story.matter().resolution


# --- the days


def test_a_resolution_is_public_from_the_day_itself_for_fifteen_days_both_ends_counted():
    story, resolution = published()
    assert resolution.first_day == story.today()
    assert resolution.last_day == story.today() + timedelta(14)
    assert resolution.days() == 15
    assert last_day(date(2026, 11, 22)) == date(2026, 12, 6)


def test_law_7_no_publication_period_ends_early():
    story, resolution = published()
    day_14, day_15 = resolution.first_day + timedelta(13), resolution.last_day
    assert story.moment(day_14, 23, 59).phase() is Phase.PUBLISHED
    assert story.phase(day_15) is Phase.PUBLISHED
    assert story.phase(day_15 + timedelta(1)) is Phase.WORKS
    # Nothing that may be asked names a last day, and no fact changes one.
    later = story.assign().start().object().answer().moment(day_15, 23, 59).accept().matter()
    assert later.resolution == resolution


def test_the_last_minute_of_the_last_day_is_still_public_and_midnight_is_not():
    story, resolution = published()
    story.moment(resolution.last_day, 23, 59, 59).do(objecting())
    midnight = story.moment(resolution.last_day + timedelta(1), 0, 0)
    assert midnight.reason(objecting(ObjectionId("late"))) is Reason.OBJECTIONS_CLOSED


def test_the_day_of_a_decision_in_the_first_hour_is_that_of_china():
    story = told().carry(Stage.DECISION)
    story.convene(Body.REPRESENTATIVES, 3, starts_at=datetime(2027, 1, 1, 0, 30, tzinfo=CHINA))
    story.moment(date(2027, 1, 1), 0, 30).check_in(3).open().open_vote().cast(3).close().adjourn()
    resolution = story.matter().resolution
    assert (resolution.year, resolution.first_day) == (2027, date(2027, 1, 1))


def test_a_publication_runs_over_the_end_of_a_year():
    assert last_day(date(2026, 12, 25)) == date(2027, 1, 8)


def test_the_village_may_publish_longer_and_what_hangs_keeps_its_days():
    story, resolution = published()
    story.do(c.ChangePeriods(Periods(public_days=30), "村规民约", "村民会议"))
    assert story.matter().resolution == resolution
    story.do(raising(WELL, title="打井"))
    story.carried_up_to(Body.REPRESENTATIVES, (WELL,)).hold(Body.REPRESENTATIVES, 3, agenda=(WELL,))
    assert story.matter(WELL).resolution.days() == 30


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-3, 20))
def test_the_days_left_count_today_and_end_with_the_last(first, later):
    hanging = Publication(Stage.RESOLUTION_PUBLIC, "m", "v", first.year, 1, first, last_day(first))
    on = first + timedelta(later)
    assert hanging.days_left(on) == min(15, max(0, 15 - later))
    assert hanging.is_over(on) is (later > 14)
    assert hanging.hangs(on) is (0 <= later <= 14)


# --- what is published


@pytest.mark.parametrize("stage", [Stage.PROPOSAL, Stage.CONSULTATION, Stage.REVIEW])
def test_only_the_decision_is_published(stage):
    story = told().carry(stage).deliberate()
    assert story.matter().publication is None


def test_a_defeat_is_published_too_and_is_no_resolution_of_a_later_decision():
    story = told().defeat()
    defeat = story.matter().resolution
    assert defeat.first_day == story.today()
    story.send_back(Stage.CONSULTATION)
    assert story.matter().resolution is None
    story.carry()
    assert story.matter().resolution not in {None, defeat}
    assert story.matter().publications[0] == defeat


def test_resolutions_and_results_are_numbered_by_the_year_each_by_itself():
    story = told()
    story.do(raising(WELL, title="打井"))
    both = (MATTER, WELL)
    story.carried_up_to(Body.REPRESENTATIVES, both).hold(Body.REPRESENTATIVES, 3, agenda=both)
    story.assign().start().accept().over().publish_result()
    numbers = [
        (e.stage, e.matter, e.year, e.number)
        for e in story.events()
        if isinstance(e, PublicationOpened)
    ]
    assert numbers == [
        (Stage.RESOLUTION_PUBLIC, MATTER, 2026, 1),
        (Stage.RESOLUTION_PUBLIC, WELL, 2026, 2),
        (Stage.RESULT_PUBLIC, MATTER, 2026, 1),
    ]


def test_the_count_goes_on_from_meeting_to_meeting_whatever_was_decided():
    story = told().defeat().send_back(Stage.CONSULTATION).carry()
    story.over().assign().start().accept().next_day().publish_result()
    story.object().answer(upheld=True).send_back(Stage.CONSULTATION).carry()
    numbers = [(p.stage, p.number) for p in story.matter().publications]
    assert numbers == [
        (Stage.RESOLUTION_PUBLIC, 1),
        (Stage.RESOLUTION_PUBLIC, 2),
        (Stage.RESULT_PUBLIC, 1),
        (Stage.RESOLUTION_PUBLIC, 3),
    ]


def test_a_second_result_of_the_year_has_the_second_number():
    story = told().moment(date(2027, 1, 4)).carried_out().publish_result()
    story.object().answer(upheld=True).send_back(Stage.CONSULTATION)
    story.carried_out().publish_result()
    results = [p for p in story.matter().publications if p.stage is Stage.RESULT_PUBLIC]
    assert [(p.year, p.number) for p in results] == [(2027, 1), (2027, 2)]


def test_the_count_begins_again_with_the_year():
    story = told().defeat().send_back(Stage.CONSULTATION).moment(date(2027, 3, 1)).carry()
    numbers = [(p.year, p.number) for p in story.matter().publications]
    assert numbers == [(2026, 1), (2027, 1)]


# --- photographs


def test_the_board_is_photographed_on_the_first_day():
    story, resolution = published()
    story.photograph(Picture.FIRST_DAY)
    assert story.matter().photos[0].publication == resolution
    refusal = story.next_day().refusal(photo(Picture.FIRST_DAY))
    assert refusal.reason is Reason.PHOTO_WRONG_DAY
    assert refusal.facts == {"day": resolution.first_day.isoformat()}


def test_a_board_photographed_after_the_last_day_still_proves_and_before_it_does_not():
    story, resolution = published()
    before = story.moment(resolution.last_day - timedelta(1), 23, 59, 59)
    refusal = before.refusal(photo(Picture.LAST_DAY))
    assert refusal.reason is Reason.PHOTO_WRONG_DAY
    assert refusal.facts == {"day": resolution.last_day.isoformat()}
    story.moment(resolution.last_day, 0, 0).photograph(Picture.LAST_DAY)
    story.next_day().photograph(Picture.LAST_DAY)
    assert len(story.matter().photos) == 2


@pytest.mark.parametrize("picture", [Picture.FIRST_DAY, Picture.LAST_DAY])
def test_there_is_no_picture_of_a_board_on_which_nothing_hangs(picture):
    assert told().reason(photo(picture)) is Reason.NOT_PUBLISHED


@pytest.mark.parametrize("picture", [Picture.BEFORE, Picture.AFTER])
def test_works_are_photographed_once_somebody_answers_for_them(picture):
    story, _ = published()
    assert story.reason(photo(picture)) is Reason.WORKS_NOT_ASSIGNED
    story.assign().photograph(picture)
    assert story.matter().photos[0].publication is None


def test_a_review_is_photographed_while_the_matter_is_deliberated_on():
    told().carry(Stage.REVIEW).photograph(Picture.REVIEW)
    story, _ = published()
    assert story.reason(photo(Picture.REVIEW)) is Reason.NOT_DELIBERATING


# --- objections


def test_before_anything_is_published_there_is_nothing_to_object_to():
    assert told().reason(objecting()) is Reason.NOT_PUBLISHED


def test_objections_to_one_matter_are_counted_and_each_is_filed_once():
    story, _ = published()
    story.object().object(ObjectionId("second"))
    assert [o.number for o in story.village().objections_to(MATTER)] == [1, 2]
    assert story.reason(objecting()) is Reason.OBJECTION_EXISTS


def test_an_objection_says_whose_it_is_and_why():
    story, _ = published()
    assert story.reason(c.FileObjection(FIRST_OBJECTION, MATTER, "", "路线")) is Reason.TEXT_MISSING
    assert story.reason(c.FileObjection(FIRST_OBJECTION, MATTER, "某", " ")) is Reason.TEXT_MISSING


def test_the_result_is_open_to_objections_as_the_resolution_was():
    story = told().carried_out()
    assert story.reason(objecting()) is Reason.OBJECTIONS_CLOSED
    story.publish_result().object()


def test_an_answer_is_due_within_three_days_and_overdue_the_day_after():
    story, _ = published()
    objection = story.object().objection()
    due = story.today() + timedelta(3)
    assert objection.hearing.due == due
    assert objection.hearing.forum is Forum.COMMITTEE
    assert not objection.is_overdue(due)
    assert objection.is_overdue(due + timedelta(1))


def test_the_village_sets_how_long_an_answer_may_take():
    story, _ = published()
    story.do(c.ChangePeriods(Periods(objection_days=15), "村规民约", "村民会议"))
    assert story.object().objection().hearing.due == story.today() + timedelta(15)


def test_a_forum_answers_once():
    story, _ = published()
    story.object().answer()
    assert not story.objection().is_open
    assert story.reason(ANSWER) is Reason.OBJECTION_ANSWERED


def test_an_answer_and_a_way_up_say_why():
    story, _ = published()
    story.object()
    blank = c.AnswerObjection(FIRST_OBJECTION, upheld=True, answer=" ")
    assert story.reason(blank) is Reason.TEXT_MISSING
    assert story.answer().reason(c.EscalateObjection(FIRST_OBJECTION, "")) is Reason.TEXT_MISSING


def test_nobody_answers_an_objection_that_was_not_filed():
    story, _ = published()
    assert story.reason(ANSWER) is Reason.NO_SUCH_OBJECTION
    assert story.reason(ESCALATE) is Reason.NO_SUCH_OBJECTION


def test_an_objection_goes_up_forum_by_forum_and_each_answers_for_itself():
    story, _ = published()
    story.object()
    for forum in Forum:
        assert story.objection().hearing.forum is forum
        assert story.objection().is_open
        story.next_day().answer()
        if forum is not Forum.TOWNSHIP:
            story.escalate()
            assert story.objection().hearing.due == story.today() + timedelta(3)
    assert story.reason(ESCALATE) is Reason.OBJECTION_AT_TOP
    assert len(story.objection().hearings) == 3


@pytest.mark.parametrize("officer", [CHAIR, SECRETARY])
def test_before_the_committee_and_for_the_township_either_officer_answers(officer):
    story, _ = published()
    story.object().do(ANSWER, officer)
    story.escalate().answer().escalate()
    story.do(ANSWER, officer)
    assert story.objection().hearing.forum is Forum.TOWNSHIP
    assert not story.objection().is_open


def test_what_is_before_the_supervisors_is_answered_by_them_alone():
    story, _ = published()
    story.object()
    assert story.reason(ANSWER, SUPERVISOR) is Reason.ROLE_MAY_NOT
    story.answer().escalate()
    assert story.reason(ANSWER, CHAIR) is Reason.ROLE_MAY_NOT
    assert story.answer().objection().hearing.answered_at


@pytest.mark.parametrize("officer", [CHAIR, SECRETARY], ids=["chair", "secretary"])
def test_the_townships_answer_is_filed_by_the_chair_or_the_secretary(officer):
    story, _ = published()
    story.object().answer().escalate().answer().escalate()
    assert story.objection().hearing.forum is Forum.TOWNSHIP
    assert story.reason(ANSWER, SUPERVISOR) is Reason.ROLE_MAY_NOT
    story.do(ANSWER, officer)
    assert story.objection().hearing.answered_at


def test_an_objection_goes_up_unanswered_only_once_the_answer_is_overdue():
    story, _ = published()
    due = story.object().objection().hearing.due
    assert story.moment(due, 23, 59, 59).reason(ESCALATE) is Reason.OBJECTION_OPEN
    story.moment(due + timedelta(1), 0, 0).escalate()
    assert story.objection().hearing.forum is Forum.SUPERVISORS
    assert story.objection().hearings[0].answered_at is None


def test_the_last_answer_says_whether_the_objection_is_upheld():
    story, _ = published()
    story.object().answer()
    assert not story.objection().is_upheld
    assert not story.escalate().objection().is_upheld
    assert story.answer(upheld=True).objection().is_upheld


# --- the result


def test_law_9_the_result_is_published_no_sooner_than_the_day_after_acceptance():
    story = told().carry().over().assign().start().finish()
    accepted = story.today()
    story.moment(accepted, 23, 59).inspect()
    refusal = story.moment(accepted, 23, 59, 59).refusal(publishing())
    assert refusal.reason is Reason.RESULT_TOO_SOON
    assert refusal.facts == {"day": (accepted + timedelta(1)).isoformat()}
    story.moment(accepted + timedelta(1), 0, 0).publish_result()
    assert story.matter().result.first_day == accepted + timedelta(1)


@pytest.mark.parametrize(("days", "enough"), [(14, False), (15, True), (16, True)])
def test_the_result_is_public_for_fifteen_days_at_least(days, enough):
    story = told().carried_out()
    if enough:
        assert story.publish_result(days).matter().result.days() == days
    else:
        refusal = story.refusal(publishing(days))
        assert refusal.reason is Reason.PUBLIC_TOO_SHORT
        assert refusal.facts == {"days": 14, "needed": 15}
        assert "第三十五条" in refusal.basis


def test_a_village_that_publishes_longer_publishes_its_results_longer():
    story = told().carried_out()
    story.do(c.ChangePeriods(Periods(public_days=20), "村规民约", "村民会议"))
    assert story.refusal(publishing(19)).facts == {"days": 19, "needed": 20}


def test_the_result_waits_until_the_resolution_has_hung_to_its_end():
    story = told().carry().assign().start().accept()
    last = story.matter().resolution.last_day
    refusal = story.moment(last, 23, 59, 59).refusal(publishing())
    assert refusal.reason is Reason.PUBLICATION_NOT_OVER
    assert refusal.facts == {"day": last.isoformat()}
    story.moment(last + timedelta(1), 0, 0).publish_result()


def test_the_result_waits_for_acceptance_and_is_published_once():
    story = told().carry().over().assign().start().finish()
    assert story.reason(publishing()) is Reason.WORKS_NOT_ACCEPTED
    story.inspect().next_day().publish_result()
    assert story.reason(publishing()) is Reason.RESULT_PUBLISHED
    assert story.over().reason(publishing()) is Reason.RESULT_PUBLISHED


def test_a_result_says_what_came_of_it_and_rests_on_the_decision():
    story = told().carried_out()
    assert story.reason(c.PublishResult(MATTER, " ", 15)) is Reason.TEXT_MISSING
    result = story.publish_result().matter().result
    resolution = story.matter().resolution
    assert (result.meeting, result.vote) == (resolution.meeting, resolution.vote)
    assert result.summary == "修路一公里，决算9500元"


def test_where_nothing_is_carried_out_there_is_no_result():
    story = told(kind=KindId("village_rules"), row=RowId.ASSEMBLY).carry().over()
    assert story.reason(publishing()) is Reason.NOTHING_TO_CARRY_OUT
    assert story.phase() is Phase.DONE


def test_nothing_hangs_for_more_than_a_year():
    endless = Periods(public_days=367)
    assert told().reason(c.ChangePeriods(endless, "会议决定", "村民会议")) is TOO_LONG
    story = told().carry().over().carried_out().next_day()
    assert story.reason(publishing(367)) is TOO_LONG
    story.do(publishing(366))


# --- read aloud


def test_the_last_reading_of_a_publication_is_heard_and_each_is_counted():
    story, resolution = published()
    assert resolution.voice is None
    story.do(voice(resolution, 45_000))
    story.do(voice(resolution, 46_000))
    heard = story.matter().resolution.voice
    assert (heard.issue, heard.duration_ms) == (2, 46_000)


def test_a_reading_of_the_result_leaves_that_of_the_resolution():
    story, resolution = published()
    story.do(voice(resolution))
    story.over().assign().start().accept().next_day().publish_result()
    result = story.matter().publication
    assert result.stage is Stage.RESULT_PUBLIC
    story.do(voice(result))
    assert [p.voice.issue for p in story.matter().publications] == [1, 1]


def test_nothing_is_read_aloud_that_was_not_published():
    story, resolution = published()
    assert story.reason(voice(resolution, number=resolution.number + 1)) is Reason.NOT_PUBLISHED
    assert told().reason(voice(resolution)) is Reason.NOT_PUBLISHED


@pytest.mark.parametrize(("fits", "not_so"), [(1_000, 999), (600_000, 600_001)])
def test_a_reading_lasts_from_a_second_to_ten_minutes(fits, not_so):
    story, resolution = published()
    assert story.reason(voice(resolution, not_so)) is Reason.VOICE_LENGTH
    story.do(voice(resolution, fits))
    assert story.matter().resolution.voice.duration_ms == fits
