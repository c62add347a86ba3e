"""The life of one matter: what may be raised, in what order it is deliberated on, and what becomes of a defeat."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import get_args

import pytest
from procedure_story import (
    FIRST_OBJECTION,
    PICTURE,
    VOTERS,
    Story,
    assigning,
    objecting,
    publishing,
    returning,
    told,
)
from simulator import CATALOGUE, MATTER, adopting, founding, raising

from kiosk.core import commands as c
from kiosk.core.law.periods import Periods
from kiosk.core.matters.advancing import AdvancingCommand
from kiosk.core.matters.dossier import Deliberation
from kiosk.core.matters.matter import Matter, Phase, Progress, require_due
from kiosk.core.matters.phases import TRANSITIONS, MatterStep
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import (
    CHINA,
    DELIBERATIONS,
    STAGES,
    Body,
    KindId,
    MatterId,
    PersonId,
    Picture,
    RowId,
    Stage,
)

WELL = MatterId("well")
REVISED = c.ReviseProposal(MATTER, ("修两公里",), "村民建议")
SENT_UP = c.SendToAssembly(MATTER, "分歧较大")
LAND = {"kind": KindId("land_outsiders"), "row": RowId.ALL_REPRESENTATIVES}
CHARTER = {"kind": KindId("charter"), "row": RowId.ASSEMBLY}
APPRAISAL = {
    "kind": KindId("appraisal"),
    "row": RowId.APPRAISAL,
    "appraised": PersonId("chair"),
}


def village():
    story = Story()
    story.do(founding())
    story.do(adopting())
    return story


def group_matter():
    return told(kind=KindId("group_matter"), row=RowId.GROUP, group=1)


# --- raising


def test_a_matter_is_raised_once_and_counted():
    story = told()
    assert story.matter().number == 1
    assert story.reason(raising()) is Reason.MATTER_EXISTS
    story.do(raising(WELL, title="打井"))
    assert story.matter(WELL).number == 2


def test_a_matter_is_of_a_kind_that_the_catalogue_knows():
    assert village().reason(raising(kind=KindId("unknown"))) is Reason.NO_SUCH_KIND
    bare = Story()
    bare.do(founding())
    assert bare.reason(raising()) is Reason.NO_SUCH_KIND


def test_a_guarantee_is_not_put_on_file_at_all():
    refusal = village().refusal(raising(kind=KindId("guarantee")))
    assert refusal.reason is Reason.KIND_FORBIDDEN
    assert "第十三条" in refusal.basis
    assert refusal.facts == {"kind": "提供担保"}


def test_a_body_that_the_law_bars_is_refused_with_the_article():
    refusal = village().refusal(raising(kind=KindId("charter"), row=RowId.REPRESENTATIVES))
    assert refusal.reason is Reason.KIND_BARRED
    bars = {bar.row: bar.basis for bar in CATALOGUE.kind(KindId("charter")).bars}
    assert refusal.basis == bars[RowId.REPRESENTATIVES]


def test_a_row_that_the_kind_does_not_name_is_refused_with_the_basis_of_the_kind():
    refusal = village().refusal(raising(row=RowId.MEMBERS))
    assert refusal.reason is Reason.KIND_BARRED
    assert refusal.basis == CATALOGUE.kind(KindId("public_works")).basis


def test_the_representatives_decide_for_the_assembly_only_by_its_mandate():
    refusal = village().refusal(raising(mandate=" "))
    assert refusal.reason is Reason.MANDATE_MISSING
    assert "村民委员会组织法第二十八条" in refusal.basis
    village().do(raising(mandate="", row=RowId.ASSEMBLY))


def test_a_matter_of_a_group_names_the_group():
    asked = raising(kind=KindId("group_matter"), row=RowId.GROUP, group=0)
    assert village().reason(asked) is Reason.GROUP_MISSING
    village().do(replace(asked, group=1))


def test_an_appraisal_names_whom():
    asked = raising(**{**APPRAISAL, "appraised": None})
    assert village().reason(asked) is Reason.APPRAISED_MISSING


@pytest.mark.parametrize(
    "missing",
    [
        {"title": ""},
        {"proposal": ()},
        {"proposal": ("修", " ")},
        {"for_means": ""},
        {"against_means": ""},
    ],
)
def test_a_matter_says_what_is_proposed_and_what_each_answer_means(missing):
    assert village().reason(raising(**missing)) is Reason.TEXT_MISSING


def test_money_is_never_below_zero():
    assert village().reason(raising(amount_fen=-1)) is Reason.MONEY_NEGATIVE
    village().do(raising(amount_fen=0))


def ended(pause_days, on=date(2026, 11, 10)):
    story = told()
    story.do(c.ChangePeriods(Periods(pause_days=pause_days), "村规民约", "村民会议"))
    return story.moment(on, 23, 59).end()


def test_a_matter_that_was_given_up_may_be_raised_again_at_once_unless_the_village_set_a_pause():
    ended(0).do(raising(WELL))


def test_a_matter_that_was_given_up_rests_for_the_pause_counted_in_days_of_china():
    story = ended(30)
    refusal = story.moment(date(2026, 12, 9), 23, 59, 59).refusal(raising(WELL))
    assert refusal.reason is Reason.PAUSE_NOT_OVER
    assert refusal.facts == {"days": 30, "day": "2026-12-10"}
    story.moment(date(2026, 12, 10), 0, 0).do(raising(WELL))


def test_another_matter_does_not_wait_for_the_one_that_rests():
    ended(30).do(raising(WELL, title="打井"))


# --- the order of the stages


def test_law_1_no_stage_opens_before_the_one_before_it_is_lawfully_done():
    story = told()
    for stage in DELIBERATIONS:
        assert story.matter().due is stage
        for other in set(DELIBERATIONS) - {stage}:
            with pytest.raises(Refused, match="stage_out_of_order"):
                require_due(story.matter(), other)
        body = story.village().rows[story.matter().row_at(stage)].body
        for other in (
            Body.PARTY_COMMITTEE,
            Body.TWO_COMMITTEES,
            Body.PARTY_MEETING,
            Body.REPRESENTATIVES,
        ):
            if other is not body:
                assert story.reason(story.calling(other, VOTERS)) is Reason.STAGE_OUT_OF_ORDER
        story.deliberate()
    assert story.matter().due is None
    assert story.matter().passed == DELIBERATIONS


def test_what_happened_has_the_time_of_the_clock_and_nobody_gives_another():
    dated = {f.name for step in get_args(MatterStep) for f in fields(step) if "date" in str(f.type)}
    # The day on a contract and the deadline of works are what paper says, not when it was recorded.
    assert dated == {"dated", "deadline"}


def test_a_kind_goes_through_its_own_stages_only():
    story = group_matter()
    assert story.deliberate().matter().due is Stage.DECISION
    assert story.deliberate().matter().due is None
    assert story.matter().stages == (
        Stage.PROPOSAL,
        Stage.DECISION,
        Stage.RESOLUTION_PUBLIC,
        Stage.RESULT_PUBLIC,
    )


def test_an_appraisal_is_decided_whatever_comes_out():
    story = told(**APPRAISAL)
    story.convene(Body.REPRESENTATIVES, 3).check_in(3).open().open_vote().cast(3).close().adjourn()
    assert story.matter().decision.carried is False
    assert not story.matter().defeated
    assert story.phase() is Phase.PUBLISHED
    assert story.over().phase() is Phase.DONE


def test_the_row_of_a_deliberation_is_its_bodys_and_of_the_decision_the_matters_own():
    matter = told(**LAND).matter()
    rows = [matter.row_at(stage) for stage in DELIBERATIONS]
    assert rows == [
        RowId.PARTY_COMMITTEE,
        RowId.TWO_COMMITTEES,
        RowId.PARTY_MEETING,
        RowId.ALL_REPRESENTATIVES,
    ]


def test_a_vote_declared_void_is_kept_and_decides_nothing():
    story = told().carry(Stage.DECISION)
    story.convene(Body.REPRESENTATIVES, 3).check_in(3).open().open_vote().cast(3).close()
    assert story.phase() is Phase.DECIDED
    story.void()
    assert story.matter().due is Stage.DECISION
    assert story.matter().deliberations[-1].void
    story.adjourn()
    assert story.matter().publications == ()
    assert story.deliberate().phase() is Phase.PUBLISHED


def test_a_defeat_declared_void_is_no_defeat():
    story = told().carry(Stage.DECISION)
    story.convene(Body.REPRESENTATIVES, 3).check_in(3).open().open_vote().cast(0, 3).close()
    assert story.phase() is Phase.DEFEATED
    assert story.void().phase() is Phase.DELIBERATING


def held_by_the_representatives(*, against):
    """The decision is taken, and the meeting goes on."""
    story = told().carry(Stage.DECISION).convene(Body.REPRESENTATIVES, 3).check_in(3).open()
    return story.open_vote().cast(3 - against, against).close()


def test_a_decision_declared_void_is_not_waited_for_in_public():
    story = held_by_the_representatives(against=3).void()
    story.open_vote().cast(0, 3).close().adjourn().end().over()
    assert not story.matter().awaits_publication
    story.opine(*DELIBERATIONS, Stage.RESOLUTION_PUBLIC)
    assert story.archive().phase() is Phase.ARCHIVED


def test_a_vote_declared_void_owes_no_opinion_even_where_the_matter_ended():
    story = told().convene(Body.PARTY_COMMITTEE, 3).check_in(3).open().open_vote().cast(3).close()
    story.void().adjourn().end()
    assert story.matter().reached == ()


def test_what_a_return_goes_over_owes_an_opinion_only_where_the_matter_ended():
    story = told().defeat().over().send_back(Stage.CONSULTATION)
    assert story.matter().reached == (Stage.PROPOSAL,)
    assert story.end().matter().reached == (*DELIBERATIONS, Stage.RESOLUTION_PUBLIC)


def test_of_a_matter_that_ended_nothing_is_due():
    story = told().end()
    assert story.matter().due is None
    photo = c.AttachPhoto(MATTER, Picture.REVIEW, PICTURE)
    assert story.reason(photo) is Reason.NOT_DELIBERATING


def test_of_an_appraisal_too_a_proposal_that_did_not_carry_is_a_defeat():
    proposed = (Stage.PROPOSAL, Stage.DECISION)
    kinds = [
        replace(kind, stages=proposed) if kind.id == APPRAISAL["kind"] else kind
        for kind in CATALOGUE.kinds
    ]
    story = village()
    story.do(adopting(replace(CATALOGUE, kinds=tuple(kinds))))
    story.do(raising(**APPRAISAL))
    assert story.deliberate(against=VOTERS).matter().defeated


# --- phases


def deciding():
    story = told().carry(Stage.DECISION)
    return story.convene(Body.REPRESENTATIVES, 3).check_in(3).open().open_vote().cast(3).close()


def archived():
    story = told().carry().object().answer().over().assign().start().accept().next_day()
    story.publish_result().over().opine(*story.matter().stages)
    return story.archive()


IN_PHASE = {
    Phase.DELIBERATING: told,
    Phase.DEFEATED: lambda: told().defeat(),
    Phase.DECIDED: deciding,
    Phase.PUBLISHED: lambda: told().carry(),
    Phase.WORKS: lambda: told().carry().over(),
    Phase.ACCEPTED: lambda: told().carried_out(),
    Phase.RESULT: lambda: told().carried_out().publish_result(),
    Phase.DONE: lambda: told().done(),
    Phase.ENDED: lambda: told().defeat().end(),
    Phase.ARCHIVED: archived,
}
STEPS = {
    type(step): step
    for step in (
        c.RecordReview(MATTER, "村法律顾问", favourable=True, opinion="合法"),
        REVISED,
        returning(Stage.PROPOSAL),
        c.EndMatter(MATTER, "放弃"),
        SENT_UP,
        c.AttachPhoto(MATTER, Picture.FIRST_DAY, PICTURE),
        c.AttachVoice(MATTER, Stage.RESOLUTION_PUBLIC, 2026, 1, PICTURE, 45_000),
        objecting(),
        c.AnswerObjection(FIRST_OBJECTION, upheld=False, answer="经核实"),
        c.EscalateObjection(FIRST_OBJECTION, "不同意"),
        publishing(),
        assigning(),
        c.RecordContract(MATTER, "某公司", 1, date(2026, 11, 2)),
        c.StartWorks(MATTER),
        c.ReportProgress(MATTER, "过半", 1),
        c.RequestAcceptance(MATTER, "完成", 1),
        c.InspectWorks(MATTER, accepted=True, statement="到场"),
        c.FileOpinion(MATTER, Stage.PROPOSAL, favourable=True, text="合规"),
        c.ArchiveMatter(MATTER),
    )
}


@cache
def in_phase(phase):
    return IN_PHASE[phase]()


WHY = {
    ".": None,
    "r": Reason.REVIEW_NOT_DUE,
    "d": Reason.NOT_DELIBERATING,
    "n": Reason.NOT_DEFEATED,
    "p": Reason.NOT_PUBLISHED,
    "o": Reason.PUBLICATION_NOT_OVER,
    "w": Reason.WORKS_NOT_ACCEPTED,
    "R": Reason.RESULT_PUBLISHED,
    "c": Reason.NOTHING_TO_CARRY_OUT,
    "A": Reason.WORKS_ACCEPTED,
    "m": Reason.MATTER_NOT_DONE,
    "e": Reason.MATTER_ENDED,
    "a": Reason.MATTER_ARCHIVED,
}
# In the order of `Phase`: 商议中 未通过 已决议 公示中 实施中 已验收 结果公示 已办结 已终止 已归档.
GIVEN = {
    c.RecordReview: ". r r r r r r r e a",
    c.ReviseProposal: ". d d d d d d d e a",
    c.ReturnMatter: ". . . . . . . . e a",
    c.EndMatter: ". . n n n n n n e a",
    c.SendToAssembly: "n . n n n n n n e a",
    c.AttachPhoto: ". . . . . . . . . a",
    c.AttachVoice: ". . . . . . . . . a",
    c.FileObjection: ". . . . . . . . . a",
    c.AnswerObjection: ". . . . . . . . . a",
    c.EscalateObjection: ". . . . . . . . . a",
    c.PublishResult: "p p p o w . R R e a",
    c.AssignWorks: "c c c . . A A A e a",
    c.RecordContract: "c c c . . A A A e a",
    c.StartWorks: "c c c . . A A A e a",
    c.ReportProgress: "c c c . . A A A e a",
    c.RequestAcceptance: "c c c . . A A A e a",
    c.InspectWorks: "c c c . . A A A e a",
    c.FileOpinion: ". . . . . . . . . a",
    c.ArchiveMatter: "m . m o m m o . . a",
}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_a_step_is_taken_in_its_phases_and_refused_in_the_others_each_for_its_reason(step):
    reasons = [WHY[letter] for letter in GIVEN[step].split()]
    assert TRANSITIONS[step] == dict(zip(Phase, reasons, strict=True))


def test_the_table_of_transitions_knows_every_step_and_every_phase():
    of_matters = {
        command
        for command in get_args(c.Command)
        if {"matter", "objection"} & {f.name for f in fields(command)}
        and "meeting" not in {f.name for f in fields(command)}
    }
    assert set(get_args(MatterStep)) == of_matters - {c.RaiseMatter}
    assert TRANSITIONS.keys() == STEPS.keys() == set(get_args(MatterStep))
    assert all(row.keys() == set(Phase) for row in TRANSITIONS.values())
    assert IN_PHASE.keys() == set(Phase)


@pytest.mark.parametrize("phase", Phase)
def test_a_matter_is_in_one_phase_as_its_story_goes(phase):
    assert in_phase(phase).phase() is phase


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_each_phase_refuses_what_the_table_says_for_the_reason_it_says(phase, step):
    expected = TRANSITIONS[step][phase]
    if expected is not None:
        assert in_phase(phase).reason(STEPS[step]) is expected


def test_after_archiving_nothing_changes():
    for step in STEPS.values():
        assert in_phase(Phase.ARCHIVED).reason(step) is Reason.MATTER_ARCHIVED
    for stage in DELIBERATIONS:
        with pytest.raises(Refused, match="matter_archived"):
            require_due(in_phase(Phase.ARCHIVED).matter(), stage)


def test_a_matter_that_ended_is_not_deliberated_on():
    for stage in DELIBERATIONS:
        with pytest.raises(Refused, match="matter_ended"):
            require_due(in_phase(Phase.ENDED).matter(), stage)


def test_what_is_done_between_meetings_asks_no_day():
    for command in get_args(AdvancingCommand):
        row = TRANSITIONS[command]
        assert row[Phase.PUBLISHED] is row[Phase.WORKS] is row[Phase.DONE]
        assert row[Phase.RESULT] is row[Phase.DONE]


# --- progress


def progress(story, days=0):
    on = story.today() + timedelta(days)
    return [story.matter().progress(stage, on) for stage in STAGES]


DONE, NOW, TO_COME = Progress


def test_progress_shows_what_is_done_what_is_on_and_what_is_to_come():
    assert progress(told()) == [NOW, *[TO_COME] * 5]
    assert progress(in_phase(Phase.DEFEATED), 100) == [*[DONE] * 3, NOW, TO_COME, TO_COME]
    assert progress(in_phase(Phase.PUBLISHED)) == [*[DONE] * 4, NOW, TO_COME]
    assert progress(in_phase(Phase.PUBLISHED), 14)[4] is NOW
    assert progress(in_phase(Phase.PUBLISHED), 15) == [*[DONE] * 5, NOW]
    assert progress(in_phase(Phase.DECIDED)) == [*[DONE] * 4, NOW, TO_COME]
    assert progress(in_phase(Phase.ACCEPTED)) == [*[DONE] * 5, NOW]
    assert progress(in_phase(Phase.RESULT)) == [*[DONE] * 5, NOW]
    assert progress(in_phase(Phase.DONE)) == [DONE] * 6


def test_an_older_publication_does_not_count_for_a_matter_carried_later():
    story = told().defeat().over().send_back(Stage.CONSULTATION).carry()
    assert progress(story) == [*[DONE] * 4, NOW, TO_COME]
    assert len(story.matter().publications) == 2


def test_of_a_matter_that_ended_nothing_goes_on():
    assert NOW not in progress(in_phase(Phase.ENDED), 100)


# --- legal review


def test_a_matter_that_needs_a_legal_review_waits_for_a_favourable_one():
    story = told(**LAND).carry(Stage.CONSULTATION).deliberate()
    assert story.reason(story.calling(Body.PARTY_MEETING, VOTERS)) is Reason.REVIEW_MISSING
    story.review(favourable=False)
    assert story.reason(story.calling(Body.PARTY_MEETING, VOTERS)) is Reason.REVIEW_MISSING
    story.review()
    assert story.deliberate().matter().due is Stage.DECISION


def test_the_newest_review_counts():
    story = told(**LAND).carry(Stage.CONSULTATION).deliberate().review().review(favourable=False)
    assert story.reason(story.calling(Body.PARTY_MEETING, VOTERS)) is Reason.REVIEW_MISSING


def test_a_matter_that_needs_no_review_may_have_one_and_does_not_wait_for_it():
    story = told().carry(Stage.REVIEW).review(favourable=False)
    assert story.deliberate().matter().due is Stage.DECISION


@pytest.mark.parametrize("due", [Stage.PROPOSAL, Stage.CONSULTATION, Stage.DECISION])
def test_a_review_comes_after_the_consultation_and_before_the_next_stage(due):
    story = told(**LAND).carry(due)
    assert story.reason(STEPS[c.RecordReview]) is Reason.REVIEW_NOT_DUE


@pytest.mark.parametrize("missing", [{"reviewer": ""}, {"opinion": " "}])
def test_a_review_says_whose_it_is_and_what_it_says(missing):
    story = told().carry(Stage.REVIEW)
    assert story.reason(replace(STEPS[c.RecordReview], **missing)) is Reason.TEXT_MISSING


def test_where_the_party_does_not_meet_the_review_comes_before_the_decision():
    kind = replace(CATALOGUE.kind(KindId("group_matter")), review=True)
    matter = replace(group_matter().deliberate().matter(), kind=kind)
    assert matter.gate is Stage.DECISION
    with pytest.raises(Refused, match="review_missing"):
        require_due(matter, Stage.DECISION)


def test_after_a_return_the_review_is_asked_for_again():
    story = told(**LAND).defeat(Stage.REVIEW).send_back(Stage.CONSULTATION)
    story.deliberate()
    assert story.reason(story.calling(Body.PARTY_MEETING, VOTERS)) is Reason.REVIEW_MISSING


# --- changes of the proposal


def test_a_revision_keeps_what_was_there_before_and_why_it_changed():
    story = told()
    story.do(REVISED)
    assert story.matter().proposal == ("修两公里",)
    (revision,) = story.matter().revisions
    assert (revision.proposal_before, revision.proposal_after) == (("修一公里",), ("修两公里",))
    assert (revision.why, revision.meeting, revision.mover) == ("村民建议", None, None)


def test_a_meeting_that_changes_the_proposal_is_on_record_with_the_mover():
    story = told().convene(Body.PARTY_COMMITTEE, 3).check_in(3).open().amend("修三公里")
    (revision,) = story.matter().revisions
    assert (revision.meeting, revision.mover) == (story.meeting_id, "v01")
    assert story.matter().proposal == ("修三公里",)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"proposal": ("修一公里",)}, Reason.NOTHING_CHANGED),
        ({"proposal": ()}, Reason.TEXT_MISSING),
        ({"proposal": ("",)}, Reason.TEXT_MISSING),
        ({"why": " "}, Reason.TEXT_MISSING),
    ],
)
def test_a_revision_changes_something_and_says_why(changed, reason):
    assert told().reason(replace(REVISED, **changed)) is reason


@pytest.mark.parametrize("step", [REVISED, returning(Stage.PROPOSAL), c.EndMatter(MATTER, "放弃")])
def test_nothing_moves_under_a_vote_that_is_open(step):
    story = told().carry(Stage.DECISION)
    story.convene(Body.REPRESENTATIVES, 3).check_in(3).open().open_vote()
    assert story.reason(step) is Reason.VOTE_OPEN


# --- ways back


def test_what_did_not_carry_stays_there_until_somebody_says_what_becomes_of_it():
    story = told().defeat(Stage.REVIEW)
    assert story.matter().defeated
    assert story.matter().due is None
    assert story.reason(story.calling(Body.PARTY_MEETING, VOTERS)) is Reason.STAGE_OUT_OF_ORDER
    story.moment(story.today() + timedelta(400))
    assert story.phase() is Phase.DEFEATED


def test_a_return_shortens_the_way_and_keeps_what_was():
    story = told().defeat().send_back(Stage.CONSULTATION)
    matter = story.matter()
    assert matter.passed == (Stage.PROPOSAL,)
    assert matter.due is Stage.CONSULTATION
    assert [d.stage for d in matter.deliberations] == list(DELIBERATIONS)
    assert [(r.to, r.ground) for r in matter.returns] == [(Stage.CONSULTATION, "方案需要修改")]
    assert story.carry().phase() is Phase.PUBLISHED


@pytest.mark.parametrize("to", STAGES)
def test_a_return_goes_back_as_far_as_the_row_says_or_further(to):
    # 村民代表会议未通过的，退回“两委”商议。
    story = told().defeat()
    if to in {Stage.PROPOSAL, Stage.CONSULTATION}:
        assert story.send_back(to).matter().due is to
    else:
        assert story.reason(returning(to)) is Reason.NOT_RETURNABLE


def test_a_return_goes_to_a_stage_that_the_kind_has():
    story = group_matter().carry(Stage.DECISION).deliberate(against=VOTERS)
    assert story.reason(returning(Stage.CONSULTATION)) is Reason.NOT_RETURNABLE
    assert story.send_back(Stage.PROPOSAL).matter().due is Stage.PROPOSAL


def test_a_return_needs_a_cause_and_a_ground():
    assert told().carry(Stage.REVIEW).reason(returning(Stage.PROPOSAL)) is Reason.NOT_RETURNABLE
    assert told().carry().reason(returning(Stage.PROPOSAL)) is Reason.NOT_RETURNABLE
    blank = returning(Stage.PROPOSAL, ground=" ")
    assert told().defeat().reason(blank) is Reason.TEXT_MISSING


def test_an_unfavourable_review_sends_a_matter_back_to_before_it():
    story = told(**LAND).carry(Stage.REVIEW).review(favourable=False)
    assert story.reason(returning(Stage.REVIEW)) is Reason.NOT_RETURNABLE
    assert story.send_back(Stage.CONSULTATION).matter().due is Stage.CONSULTATION


def test_a_review_that_nothing_waited_for_sends_nothing_back_later():
    story = told().carry(Stage.REVIEW).review(favourable=False).deliberate()
    assert story.reason(returning(Stage.CONSULTATION)) is Reason.NOT_RETURNABLE


def test_an_objection_that_was_upheld_leads_back_after_the_decision():
    story = told().carry().object()
    assert story.reason(returning(Stage.CONSULTATION)) is Reason.NOT_RETURNABLE
    story.answer(upheld=True)
    assert story.reason(returning(Stage.DECISION)) is Reason.NOT_RETURNABLE
    story.send_back(Stage.CONSULTATION)
    assert story.phase() is Phase.DELIBERATING
    assert story.matter().resolution is None
    assert story.matter().publication is not None


def test_an_objection_that_led_back_once_does_not_lead_back_again():
    story = told().carry().object().answer(upheld=True).send_back(Stage.CONSULTATION).carry()
    assert story.reason(returning(Stage.CONSULTATION)) is Reason.NOT_RETURNABLE


def test_an_objection_that_was_not_upheld_leads_nowhere():
    story = told().carry().object().answer()
    assert story.reason(returning(Stage.CONSULTATION)) is Reason.NOT_RETURNABLE


def test_works_stop_with_the_resolution_they_carry_out_and_stay_on_record():
    story = (
        told().carry().assign().start().object().answer(upheld=True).send_back(Stage.CONSULTATION)
    )
    assert story.matter().works is None
    assert len(story.matter().former_works) == 1
    assert story.reason(STEPS[c.ReportProgress]) is Reason.NOTHING_TO_CARRY_OUT
    story.carry().assign()
    assert story.matter().works.started_at is None


# --- the assembly, the end


@pytest.mark.parametrize(
    ("changed", "above"),
    [({}, RowId.ASSEMBLY), (LAND, RowId.ALL_VILLAGERS)],
)
def test_where_the_representatives_are_divided_the_assembly_decides(changed, above):
    story = told(**changed).defeat()
    story.do(SENT_UP)
    matter = story.matter()
    assert (matter.row, matter.due) == (above, Stage.DECISION)
    assert matter.passed == DELIBERATIONS[:3]
    assert story.deliberate().phase() is Phase.PUBLISHED


def test_the_households_decide_where_the_kind_does_not_know_the_assembly_of_persons():
    catalogue = replace(
        CATALOGUE,
        kinds=tuple(
            replace(kind, rows=tuple(row for row in kind.rows if row is not RowId.ASSEMBLY))
            for kind in CATALOGUE.kinds
            if kind.id == "public_works"
        ),
    )
    story = Story()
    story.do(founding())
    story.do(adopting(catalogue))
    story.do(raising())
    story.defeat().do(SENT_UP)
    assert story.matter().row is RowId.HOUSEHOLDS


def test_only_a_decision_that_did_not_carry_goes_up():
    assert told().defeat(Stage.REVIEW).reason(SENT_UP) is Reason.NOT_DEFEATED
    assert told().carry().reason(SENT_UP) is Reason.NOT_DEFEATED


def test_above_the_assembly_there_is_nothing():
    story = told(row=RowId.ASSEMBLY, mandate="").defeat()
    assert story.reason(SENT_UP) is Reason.NO_ASSEMBLY_ABOVE
    twice = told().defeat()
    twice.do(SENT_UP)
    assert twice.deliberate(against=VOTERS).reason(SENT_UP) is Reason.NO_ASSEMBLY_ABOVE


def test_going_up_says_why():
    assert told().defeat().reason(replace(SENT_UP, ground="")) is Reason.TEXT_MISSING


def test_a_matter_may_be_given_up_before_it_is_decided_and_not_after():
    assert told().end().phase() is Phase.ENDED
    assert told().defeat().send_back(Stage.PROPOSAL).end().phase() is Phase.ENDED
    assert told().carry().reason(STEPS[c.EndMatter]) is Reason.NOT_DEFEATED
    assert told().reason(c.EndMatter(MATTER, " ")) is Reason.TEXT_MISSING
    assert told().end().matter().end_ground == "意见分歧较大"


# --- the state itself


def test_voiding_a_vote_of_long_ago_does_not_touch_what_came_after():
    earlier = told().defeat(Stage.REVIEW).send_back(Stage.CONSULTATION).carry().matter()
    (defeat,) = [d for d in earlier.deliberations if not d.carried]
    assert earlier.undone(defeat.vote).passed == earlier.passed == DELIBERATIONS


def test_the_matters_state_says_nothing_that_it_can_read_off_the_rest():
    stored = {f.name for f in fields(Matter)}
    assert not stored & {"phase", "due", "passed", "defeated", "resolution", "result", "stages"}
    assert Deliberation(
        Stage.REVIEW, "m", "v", datetime(2026, 11, 2, tzinfo=CHINA), carried=True
    ).stands
