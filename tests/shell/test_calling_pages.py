"""召集会议 over HTTP: the body that is due, lawful days, who is called with the arithmetic, notice, calling off."""

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import kiosk_fixtures
import pytest
from kiosk_fixtures import BODIES, SECRETARY, TELLER, another_matter

from kiosk.core import commands as c
from kiosk.core.events import MeetingConvened, NoticeServed, PaperIssued
from kiosk.core.law.periods import Periods
from kiosk.core.meetings.course import MeetingState
from kiosk.core.refusals import TRUTHFULNESS
from kiosk.core.terms import (
    Body,
    Capacity,
    Edition,
    KindId,
    Means,
    MeetingId,
    Paper,
    Role,
    RowId,
)

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
still_house = kiosk_fixtures.still_house

ROAD = another_matter().matter
HERE = f"/matters/{ROAD}/call"
MEETING = MeetingId("meeting-9")


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def call(house, body=Body.PARTY_COMMITTEE, *, days=1, **changed):
    """The form as the secretary sends it."""
    on = (house.clock() + timedelta(days=days)).date().isoformat()
    return {
        "meeting": MEETING,
        "body": body.value,
        "group": "0",
        "matters": ROAD,
        f"minutes-{ROAD}": "20",
        "day": on,
        "time": "09:30",
        "place": "村党群议事厅",
    } | changed


def carried_to(house, body, **changed):
    """The road, raised and carried up to that body."""
    house.do(replace(another_matter(), **changed))
    for earlier in BODIES[: BODIES.index(body) if body in BODIES else 3]:
        house.meet(earlier, ROAD)
    return house.officer(SECRETARY)


class Hidden(HTMLParser):
    """The hidden fields of the form to one address."""

    def __init__(self, page, action):
        super().__init__()
        self.action, self.inside, self.sent = action, False, {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form":
            self.inside = told.get("action") == self.action
        elif self.inside and told.get("type") == "hidden":
            self.sent.setdefault(told["name"], []).append(told["value"])


# --- the form


def test_the_form_offers_the_body_that_is_due_and_the_first_lawful_day(house):
    house.do(another_matter())
    page = words(house.officer(SECRETARY).open(HERE))
    assert "召集村党支部委员会" in page
    assert "要提前1天通知，最早11月23日。" in page


def test_the_strictest_row_says_the_first_day(house):
    officer = carried_to(
        house,
        Body.REPRESENTATIVES,
        kind=KindId("land_plan"),
        row=RowId.ALL_REPRESENTATIVES,
        mandate="",
    )
    assert "要提前10天通知" in words(officer.open(HERE))


def test_other_matters_due_before_the_same_body_may_go_on_the_agenda(house):
    house.do(another_matter())
    house.do(replace(another_matter("well"), title="打一口井"))
    officer = house.officer(SECRETARY)
    assert "打一口井" in officer.open(HERE)
    both = call(house, matters=[ROAD, "well"], **{"minutes-well": "10", "consent-well": "yes"})
    assert officer.post(HERE, **both).location == f"/meetings/{MEETING}/notice"
    agenda = house.village().meetings[MEETING].agenda
    assert [(i.matter, i.minutes, i.consent) for i in agenda] == [
        (ROAD, 20, False),
        ("well", 10, True),
    ]


def test_nothing_is_called_for_a_matter_that_is_decided(house):
    officer = carried_to(house, Body.REPRESENTATIVES)
    house.meet(Body.REPRESENTATIVES, ROAD)
    officer = house.officer(SECRETARY)
    assert "不在商议阶段" in officer.open(HERE, 409)


# --- before it goes out


def test_the_preview_says_who_is_called_and_what_the_numbers_come_to(house):
    officer = carried_to(house, Body.REPRESENTATIVES)
    page = words(officer.post(f"{HERE}/preview", **call(house, Body.REPRESENTATIVES, days=3)).text)
    assert "应到45人，要到30人" in page
    assert "29人不够（29×3=87 ＜ 90），30人够（30×3=90 ≥ 90）" in page
    assert re.search(r"妇女代表\d+×3=\d+ ≥ 45：够三分之一", page)
    assert re.search(r"村民代表40×5=200 ≥ 45×4=180：够五分之四", page)
    assert "今天通知，离开会3天，规定至少3天" in page
    assert "郑彩霞村务监督委员会成员" in page
    assert MEETING not in house.village().meetings


def test_what_the_preview_keeps_is_what_goes_out(house):
    house.do(another_matter())
    officer = house.officer(SECRETARY)
    page = officer.post(f"{HERE}/preview", **call(house)).text
    sent = Hidden(page, HERE).sent
    assert officer.post(HERE, **sent).location == f"/meetings/{MEETING}/notice"
    called = house.village().meetings[MEETING]
    assert (called.body, called.place) == (Body.PARTY_COMMITTEE, "村党群议事厅")
    again = officer.post(f"{HERE}/edit", **sent).text
    assert 'value="村党群议事厅"' in again


def test_who_comes_for_the_township_is_written_by_name_and_post(house):
    house.do(another_matter())
    officer = house.officer(SECRETARY)
    named = {"township_name_1": "区咏翀", "township_sex_1": "male"}
    missing = officer.post(f"{HERE}/preview", **call(house), **named)
    assert "还没有写区咏翀的职务。" in missing.text
    told = named | {"township_post_1": "马塘镇副镇长"}
    page = officer.post(f"{HERE}/preview", **call(house), **told).text
    assert "区咏翀马塘镇副镇长" in words(page)
    officer.post(HERE, **Hidden(page, HERE).sent)
    (seat,) = [s for s in house.village().meetings[MEETING].seats.values() if s.is_of_township]
    assert (seat.name, seat.post, seat.votes) == ("区咏翀", "马塘镇副镇长", False)


def test_a_supervisor_is_called_without_a_vote(house):
    officer = carried_to(house, Body.REPRESENTATIVES)
    officer.post(HERE, **call(house, Body.REPRESENTATIVES, days=3))
    seats = house.village().meetings[MEETING].seats.values()
    supervisors = [seat for seat in seats if seat.capacity is Capacity.SUPERVISOR]
    assert supervisors
    assert not any(seat.votes for seat in supervisors)


def test_where_households_vote_one_of_each_is_called(house):
    officer = carried_to(house, Body.HOUSEHOLDS, row=RowId.HOUSEHOLDS)
    page = words(officer.post(f"{HERE}/preview", **call(house, Body.HOUSEHOLDS, days=10)).text)
    assert re.search(r"应到\d+户，要到\d+户", page)


def test_a_group_meets_with_its_own_people_alone(house):
    road = replace(another_matter(), kind=KindId("group_matter"), row=RowId.GROUP, group=3)
    house.do(replace(road, mandate=""))
    house.meet(Body.PARTY_COMMITTEE, ROAD)
    officer = house.officer(SECRETARY)
    assert "召集第3村民小组村民小组会议" not in words(officer.open(HERE))
    assert "召集第3村民小组会议" in words(officer.open(HERE))
    answer = officer.post(HERE, **call(house, Body.GROUP, days=3, group="3"))
    assert answer.location == f"/meetings/{MEETING}/notice"
    seats = house.village().meetings[MEETING].seats.values()
    assert {seat.group for seat in seats if seat.votes} == {3}
    other = call(house, Body.GROUP, days=3, group="4", meeting="another")
    assert officer.send(HERE, **other).json["what"] == "这个事项是另一个村民小组的。"


# --- what the rules refuse


@pytest.mark.parametrize("step", [HERE, f"{HERE}/preview"])
def test_a_day_that_is_past_is_refused_with_its_article_and_nothing_is_lost(house, step):
    house.do(another_matter())
    officer = house.officer(SECRETARY)
    past = call(house, other_day="2026-11-20", other_time="10:15", place="旧祠堂")
    answer = officer.post(step, **past)
    assert answer.status_code == 409
    assert TRUTHFULNESS in answer.text
    for kept in ('value="2026-11-20"', 'value="10:15"', 'value="旧祠堂"'):
        assert kept in answer.text
    assert officer.send(step, **past).json["basis"] == TRUTHFULNESS
    assert MEETING not in house.village().meetings


def test_a_body_that_may_not_decide_is_refused_with_its_article(house):
    officer = barred(house)
    page = officer.open(HERE)
    assert "能不能由别的会议决定？" in page
    assert "农村集体经济组织法第二十八条第四款" in page
    wrong = call(house, Body.MEMBER_REPRESENTATIVES, days=10)
    told = officer.send(f"{HERE}/preview", **wrong).json
    assert told["what"] == "“征地补偿分配”不能由这个会议决定。"
    assert "农村集体经济组织法第二十八条第四款" in told["basis"]


def barred(house):
    """Compensation for land, which all members decide, reviewed and carried up to them."""
    house.do(replace(another_matter(), kind=KindId("compensation"), row=RowId.MEMBERS, mandate=""))
    for body in BODIES[:2]:
        house.meet(body, ROAD)
    house.do(c.RecordReview(ROAD, "村法律顾问", favourable=True, opinion="同意"))
    house.meet(Body.PARTY_MEETING, ROAD)
    return house.officer(SECRETARY)


def test_a_stage_out_of_order_is_refused_with_its_article(house):
    house.do(another_matter())
    answer = house.officer(SECRETARY).send(HERE, **call(house, Body.PARTY_MEETING, days=3))
    assert answer.json["what"] == "还没轮到这个环节。"
    assert "农村基层组织工作条例第十九条" in answer.json["basis"]


def test_notice_that_is_too_short_is_refused_with_the_days_and_the_article(house):
    officer = carried_to(house, Body.ASSEMBLY, row=RowId.ASSEMBLY)
    told = officer.send(HERE, **call(house, Body.ASSEMBLY, days=4)).json
    assert told["what"] == "通知太晚：提前4天，规定至少提前10天。"
    assert told["basis"] == "村民委员会组织法第二十五条"


def test_the_assembly_may_be_called_at_short_notice_for_a_stated_reason(house):
    officer = carried_to(house, Body.ASSEMBLY, row=RowId.ASSEMBLY)
    assert "临时通知" in officer.open(HERE)
    urgent = call(house, Body.ASSEMBLY, days=4, urgent="汛情、险情紧急。")
    assert officer.post(HERE, **urgent).location == f"/meetings/{MEETING}/notice"
    assert "临时通知：汛情、险情紧急。" in officer.open(f"/meetings/{MEETING}/notice")


def test_the_representatives_may_not_be_called_at_short_notice(house):
    officer = carried_to(house, Body.REPRESENTATIVES)
    assert "为什么要临时通知" not in officer.open(HERE)
    told = officer.send(HERE, **call(house, Body.REPRESENTATIVES, urgent="急")).json
    assert told["what"] == "这个会议不能临时通知。"


def test_a_meeting_without_a_matter_or_a_place_is_refused(house):
    house.do(another_matter())
    officer = house.officer(SECRETARY)
    assert officer.send(HERE, **call(house, matters=[])).json["what"] == "议程里还没有事项。"
    assert officer.send(HERE, **call(house, place=" ")).status_code == 409
    told = officer.send(HERE, **call(house, day="", other_day="明天")).json
    assert told["what"] == "“日期”不是一个日期。"


def test_a_teller_calls_no_meeting(house):
    house.do(another_matter())
    house.officer(TELLER).open(HERE, 403)


# --- one sitting


def test_the_two_committees_may_sit_together_with_the_party_committee(house):
    house.do(another_matter())
    officer = house.officer(SECRETARY)
    officer.post(HERE, **call(house))
    page = officer.open(f"/matters/{ROAD}")
    assert "合并召开" in page
    page = officer.open(f"{HERE}?follows={MEETING}")
    assert "龚䶮山" in page
    assert "两个会分别记录、分别表决" in page
    together = call(house, Body.TWO_COMMITTEES, meeting="second", follows=MEETING, leader="p0001")
    assert officer.post(HERE, **together).location == "/meetings/second/notice"
    assert house.village().meetings[MeetingId("second")].follows == MEETING
    assert "合并召开" not in officer.open(f"/matters/{ROAD}")


def test_one_sitting_needs_one_who_leads_both(house):
    house.do(another_matter())
    officer = house.officer(SECRETARY)
    officer.post(HERE, **call(house))
    together = call(house, Body.TWO_COMMITTEES, meeting="second", follows=MEETING)
    assert "合并召开要有一位" in officer.send(HERE, **together).json["what"]


# --- not counted in 应到


def test_nobody_is_left_out_where_the_village_has_no_such_rule(house):
    house.do(another_matter())
    officer = house.officer(SECRETARY)
    page = officer.post(f"{HERE}/preview", **call(house)).text
    assert "不计入应到" not in page
    out = call(
        house, left_out="p0002", left_out_ground="外出，多次联系不上。", left_out_basis="村规"
    )
    assert officer.send(HERE, **out).json["what"] == "本村没有规定可以不计入应到。"


def test_who_is_left_out_by_rule_is_not_counted_and_needs_ground_and_basis(house):
    periods = Periods(exclusions=True)
    house.do(c.ChangePeriods(periods, "村民会议决定", "镇人民政府"), Role.ADMIN, "p0001")
    officer = carried_to(house, Body.REPRESENTATIVES)
    out = call(house, Body.REPRESENTATIVES, days=3, left_out="p0101")
    assert "理由和依据" in officer.send(f"{HERE}/preview", **out).json["what"]
    grounded = {"left_out_ground": "外出，多次联系不上。", "left_out_basis": "重庆市实施办法第七条"}
    page = officer.post(f"{HERE}/preview", **out, **grounded).text
    assert "应到44人，要到30人" in page
    sent = Hidden(page, HERE).sent
    officer.post(HERE, **sent)
    excluded = house.events(MeetingConvened)[-1].exclusions
    assert [(e.person, e.basis) for e in excluded] == [("p0101", "重庆市实施办法第七条")]


# --- the notice


def test_who_was_told_is_recorded_with_how(house):
    house.do(another_matter())
    officer = house.officer(SECRETARY)
    officer.post(HERE, **call(house))
    here = f"/meetings/{MEETING}/notice"
    assert "登记通知情况" in officer.open(f"/matters/{ROAD}")
    answer = officer.post(here, people=["p0001", "p0002"], means="phone", tab="2")
    assert answer.location == f"{here}?group=2"
    served = house.events(NoticeServed)[-1]
    assert (served.people, served.means) == (("p0001", "p0002"), Means.PHONE)
    assert "已通知2人" in words(officer.open(here))
    assert "✓ 电话 09:00" in officer.open(f"{here}?group=2")


def test_nobody_chosen_is_said_plainly(house):
    house.do(another_matter())
    officer = house.officer(SECRETARY)
    officer.post(HERE, **call(house))
    told = officer.send(f"/meetings/{MEETING}/notice", means="phone").json
    assert told["what"] == "还没有选通知了谁。"


def test_all_who_were_not_told_are_ticked_with_one_tap(house):
    house.do(another_matter())
    officer = house.officer(SECRETARY)
    officer.post(HERE, **call(house))
    page = officer.open(f"/meetings/{MEETING}/notice?group=2&all=1")
    assert page.count(" checked") == page.count('name="people"')


def test_a_stranger_is_not_told(house):
    house.do(another_matter())
    officer = house.officer(SECRETARY)
    officer.post(HERE, **call(house))
    told = officer.send(f"/meetings/{MEETING}/notice", people="p0300", means="phone").json
    assert told["what"] == "名册里没有这个人。"


def test_a_meeting_that_is_called_off_says_why_and_the_matter_waits_for_another(house):
    house.do(another_matter())
    officer = house.officer(SECRETARY)
    officer.post(HERE, **call(house))
    assert officer.post(f"/meetings/{MEETING}/call-off").status_code == 409
    answer = officer.post(f"/meetings/{MEETING}/call-off", ground="天气不好，大家来不了。")
    assert answer.location == "/matters/"
    assert house.village().meetings[MEETING].state is MeetingState.CALLED_OFF
    assert "召集村党支部委员会" in officer.open(f"/matters/{ROAD}")


def test_an_unknown_meeting_is_said_plainly(still_house):
    still_house.officer(SECRETARY).open("/meetings/none/notice", 409)
    still_house.officer(SECRETARY).open("/matters/none/call", 409)


def test_the_notice_is_printed_as_soon_as_its_paper_is_set(house):
    house.do(another_matter())
    officer = house.officer(SECRETARY)
    officer.post(HERE, **call(house))
    here = f"/meetings/{MEETING}/notice"
    assert "会议通知正在制作" in officer.open(here)
    assert officer.get(f"{here}.pdf").status_code == 404
    house.do(
        c.IssuePaper(MEETING, Paper.NOTICE, Edition.PUBLIC, 1, 1, 8, "ab" * 32), Role.KIOSK, None
    )
    paper = house.app.parts.papers.path(house.events(PaperIssued)[-1])
    paper.parent.mkdir(parents=True, exist_ok=True)
    paper.write_bytes(b"%PDF-1.7")
    assert f"{here}.pdf" in officer.open(here)
    assert officer.get(f"{here}.pdf").data.startswith(b"%PDF")
