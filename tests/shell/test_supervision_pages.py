"""监督席, emergencies and inspection over HTTP: what waits for the 监委会, its opinions, and what an inspector sees."""

import re
from datetime import date

import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, SECRETARY, SUPERVISOR, TELLER
from test_following_pages import (
    BUDGET_FEN,
    OBJECTION,
    accepted,
    assigned,
    done,
    fill,
    matter,
    object_to,
    opined,
    over,
    started,
    words,
)

from kiosk.core import commands as c
from kiosk.core.events import (
    EmergencyCountersigned,
    EmergencyDeclared,
    EmergencyWitnessed,
    ObjectionAnswered,
    OpinionFiled,
)
from kiosk.core.matters.matter import Phase
from kiosk.core.matters.oversight import Completion, Sign
from kiosk.core.matters.publicity import Publication
from kiosk.core.terms import CorrectionId, EmergencyId, MeetingId, Role, Stage, VoteId
from kiosk.demo.story import MATTER
from kiosk.wording import PHASES, SIGNS, completed, hanging, left_over

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
decided_database = kiosk_fixtures.decided_database
decided_house = kiosk_fixtures.decided_house

FLOOD = EmergencyId("emergency-1")
RED = r'(?s)class="flag".*?<span>([^<]+)</span>'


def dominant(page):
    """What the one dominant button says, and where it leads."""
    (found,) = re.findall(r'button--dominant" href="([^"]+)"><span>([^<]+)<', page)
    return found


def declared(house):
    house.do(c.DeclareEmergency(FLOOD, "暴雨，二组河堤决口。", "转移安置受威胁的村民。"))
    return house


# --- what waits for the 监委会


def test_every_stage_that_was_reached_waits_for_an_opinion(decided_house):
    page = decided_house.officer(SUPERVISOR).open("/supervision/")
    assert "有4件事等监委会办" in page
    assert dominant(page) == (f"/supervision/{MATTER}/proposal", "写监督意见")
    for stage in ("consultation", "review", "decision"):
        for answer in ("yes", "no"):
            assert f"/supervision/{MATTER}/{stage}?favourable={answer}" in page


def test_an_opinion_on_a_publication_waits_until_it_is_over(decided_house):
    """What became of it, objections and photographs, nobody can say on its first day."""
    here = f"/supervision/{MATTER}/resolution_public"
    supervisor = decided_house.officer(SUPERVISOR)
    assert here not in supervisor.open("/supervision/")
    decided_house.clock.on(days=15)
    assert here in decided_house.officer(SUPERVISOR).open("/supervision/")


def test_an_opinion_is_one_tap_and_a_ready_sentence(decided_house):
    supervisor = decided_house.officer(SUPERVISOR)
    answer = fill(supervisor, f"/supervision/{MATTER}/decision?favourable=yes")
    assert answer.location == "/supervision/"
    (told,) = decided_house.events(OpinionFiled)
    assert (told.stage, told.favourable, "同意" in told.text) == (Stage.DECISION, True, True)
    assert "有3件事等监委会办" in supervisor.open("/supervision/")


def test_the_opinion_is_given_before_the_facts_of_its_stage(decided_house):
    page = decided_house.officer(SUPERVISOR).open(f"/supervision/{MATTER}/decision")
    assert "赞成16＋反对10＋弃权2＋未表决2＝到会30，通过" in page
    assert "应到45 实到30：30×3=90 ≥ 45×2=90" in page


def test_a_second_opinion_on_a_stage_is_refused_and_what_was_typed_stays(decided_house):
    supervisor = opined(decided_house).officer(SUPERVISOR)
    path = f"/supervision/{MATTER}/decision?favourable=no"
    answer = fill(supervisor, path, text_more="我另有看法。")
    assert (answer.status_code, "已经写过了" in words(answer)) == (409, True)
    assert "我另有看法。" in answer.text


def test_a_stage_that_was_not_reached_has_no_opinion(decided_house):
    supervisor = decided_house.officer(SUPERVISOR)
    answer = fill(supervisor, f"/supervision/{MATTER}/result_public?favourable=yes")
    assert (answer.status_code, "这个环节还没有办到。" in words(answer)) == (409, True)


def test_a_blank_opinion_is_refused(decided_house):
    supervisor = decided_house.officer(SUPERVISOR)
    answer = fill(supervisor, f"/supervision/{MATTER}/decision?favourable=yes", text="")
    assert (answer.status_code, "有一处还没有写。" in words(answer)) == (409, True)


@pytest.mark.parametrize("person", [SECRETARY, CHAIR, TELLER])
def test_the_supervisors_seat_is_theirs_alone(decided_house, person):
    officer = decided_house.officer(person)
    assert officer.get("/supervision/").status_code == 403
    assert officer.get(f"/supervision/{MATTER}/decision").status_code == 403


def test_works_that_wait_for_inspection_come_before_opinions(decided_house):
    started(decided_house).do(c.RequestAcceptance(MATTER, "全部完成。", 665_000_00))
    page = decided_house.officer(SUPERVISOR).open("/supervision/")
    assert dominant(page) == (f"/matters/{MATTER}/works/inspect", "验收工程")
    assert "预算68万元－实际支出66.5万元＝结余1.5万元" in page


def test_an_objection_before_the_supervisors_is_answered_by_them(decided_house):
    object_to(decided_house).do(c.AnswerObjection(OBJECTION, False, "不成立"))
    decided_house.do(c.EscalateObjection(OBJECTION, "不同意答复"))
    supervisor = decided_house.officer(SUPERVISOR)
    link, label = dominant(supervisor.open("/supervision/"))
    assert label == "答复异议"
    secretary = decided_house.officer(SECRETARY)
    assert fill(secretary, f"{link}?upheld=no", link).status_code == 403
    assert fill(supervisor, f"{link}?upheld=yes", link).location == "/supervision/"
    assert decided_house.events(ObjectionAnswered)[-1].upheld


def test_what_is_late_stands_first_and_in_red(decided_house):
    declared(object_to(decided_house)).do(c.AnswerObjection(OBJECTION, False, "不成立"))
    decided_house.do(c.EscalateObjection(OBJECTION, "不同意答复"))
    decided_house.clock.on(days=4)
    page = decided_house.officer(SUPERVISOR).open("/supervision/")
    assert dominant(page)[1] == "答复异议"
    assert "已经逾期" in re.findall(RED, page)
    assert "异议逾期未答复：公益性骨灰楼选址与建设方案" in re.findall(RED, page)


def test_a_correction_waits_for_its_second_officer(decided_house):
    opined(decided_house)
    decided_house.do(c.ProposeCorrection(CorrectionId("correction-1"), 2, "写错了", "应为…"))
    page = decided_house.officer(SUPERVISOR).open("/supervision/")
    assert dominant(page) == ("/corrections/", "复核更正")


def test_with_nothing_waiting_the_page_says_so(decided_house):
    page = opined(decided_house).officer(SUPERVISOR).open("/supervision/")
    assert "现在没有等监委会办的事" in page


# --- emergencies


def test_an_emergency_is_declared_by_taps_and_a_few_words(house):
    officer = house.officer(SECRETARY)
    answer = fill(
        officer,
        "/emergencies/new",
        ground="暴雨洪水，来不及开会。",
        ground_more="二组河堤决口。",
        measures="转移安置受威胁的村民。",
    )
    assert answer.location == "/emergencies/"
    (told,) = house.events(EmergencyDeclared)
    assert told.ground == "暴雨洪水，来不及开会。二组河堤决口。"
    page = officer.open("/emergencies/")
    assert "有1次应急处置还没有向会议通报" in page
    assert "双签要另一位同志登录来办。" in page


def test_a_declaration_without_measures_is_refused_and_stays_as_it_was(house):
    officer = house.officer(SECRETARY)
    answer = fill(officer, "/emergencies/new", ground_more="二组河堤决口。")
    assert (answer.status_code, "有一处还没有写。" in words(answer)) == (409, True)
    assert "二组河堤决口。" in answer.text


def test_two_officers_and_a_witness_sign_each_at_his_own_sign_in(house):
    declared(house)
    alone = house.officer(SECRETARY).post(f"/emergencies/{FLOOD}/countersign")
    assert (alone.status_code, "这一步要由另一位同志来办。" in words(alone)) == (409, True)
    chair = house.officer(CHAIR)
    assert chair.post(f"/emergencies/{FLOOD}/countersign").location == "/emergencies/"
    supervisor = house.officer(SUPERVISOR)
    assert dominant(supervisor.open("/supervision/"))[1] == "签字见证"
    assert fill(supervisor, f"/emergencies/{FLOOD}/witness").location == "/supervision/"
    assert len(house.events(EmergencyCountersigned) + house.events(EmergencyWitnessed)) == 2
    assert "签齐了，请在下一次会议上通报" in chair.open("/emergencies/")


def test_an_emergency_is_owed_until_a_meeting_was_told(house):
    declared(house)
    house.do(c.CountersignEmergency(FLOOD), person=CHAIR)
    house.do(c.WitnessEmergency(FLOOD, "属实"), Role.SUPERVISOR, SUPERVISOR)
    house.check_in(30).open().do(c.ReportEmergency(house.meeting().id, FLOOD))
    page = house.officer(SECRETARY).open("/emergencies/")
    assert "还没有向会议通报" not in page
    assert re.search(r"向会议通报.*2026年11月22日 09:00　村民代表会议", words_of(page))


def words_of(page):
    return re.sub(r"<[^>]+>", "", page)


# --- inspection


def test_the_inspector_sees_every_flag_in_red_with_its_day(decided_house):
    assigned(object_to(decided_house), budget_fen=100_00)
    decided_house.do(c.StartWorks(MATTER))
    decided_house.do(c.RecordContract(MATTER, "公司", 200_00, date(2026, 11, 22)))
    declared(decided_house).clock.on(days=100)
    page = decided_house.officer(TELLER).open("/inspection/")
    title = "公益性骨灰楼选址与建设方案"
    told = re.findall(RED, page)
    for sign in (
        Sign.CONTRACT_INSIDE_PUBLICATION,
        Sign.STARTED_INSIDE_PUBLICATION,
        Sign.WORKS_OVERDUE,
        Sign.OVER_BUDGET,
        Sign.OBJECTION_OVERDUE,
        Sign.FIRST_DAY_PHOTO_MISSING,
        Sign.LAST_DAY_PHOTO_MISSING,
    ):
        assert f"{SIGNS[sign]}：{title}" in told
    assert f"{SIGNS[Sign.EMERGENCY_OWED]}：暴雨，二组河堤决口。" in told
    assert "合同日期2026年11月22日" in page


def test_the_completion_rate_shows_both_its_numbers(decided_house):
    assert "办结0件÷已决议1件＝0%" in decided_house.officer(TELLER).open("/inspection/")
    done(decided_house)
    assert "办结1件÷已决议1件＝100%" in decided_house.officer(TELLER).open("/inspection/")


def test_each_matter_says_its_days_its_opinions_and_what_is_missing(decided_house):
    accepted(decided_house)
    page = decided_house.officer(TELLER).open("/inspection/")
    assert "2026年11月22日至2026年12月6日，共15天（首尾都算），已经期满" in page
    assert "5个环节写了0个" in page
    assert "还缺：提议、商议、审议、决议、决议公开" in re.findall(RED, page)
    assert "缺公示首日照片（11月22日）" in re.findall(RED, page)
    assert matter(opined(decided_house)).reached
    assert "5个环节写了5个" in decided_house.officer(TELLER).open("/inspection/")


def test_a_stranger_inspects_nothing(decided_house):
    assert decided_house.visitor().get("/inspection/").location == "/signin"


# --- the words


def test_every_phase_and_every_flag_has_its_words():
    assert PHASES.keys() == set(Phase)
    assert SIGNS.keys() == set(Sign)


def test_money_is_told_with_its_arithmetic():
    assert left_over("预算", BUDGET_FEN, "支出", BUDGET_FEN) == "预算68万元－支出68万元＝结余0元"
    assert left_over("预算", 100, "支出", 101) == "预算1元－支出1.01元＝超支0.01元"


def test_the_days_of_a_publication_count_both_ends():
    hung = Publication(
        Stage.RESOLUTION_PUBLIC,
        MeetingId("m"),
        VoteId("v"),
        2026,
        1,
        date(2026, 11, 22),
        date(2026, 12, 6),
    )
    assert hanging(hung, date(2026, 11, 22)) == "共15天（首尾都算），今天第1天，还有15天"
    assert hanging(hung, date(2026, 12, 6)) == "共15天（首尾都算），今天第15天，还有1天"
    assert hanging(hung, date(2026, 12, 7)) == "共15天（首尾都算），已经期满"


def test_the_completion_rate_is_rounded_down_and_says_so():
    assert completed(Completion(2, 3)) == "办结2件÷已决议3件＝约66%"
    assert completed(Completion(0, 0)) == "还没有作出决议的事项"


def test_a_file_still_owes_its_papers_until_they_are_set(decided_house):
    over(decided_house)
    page = decided_house.officer(TELLER).open("/inspection/")
    assert "决议书还有" not in page, "the press has set it"
