"""事项 over HTTP: putting a matter on file, its page, what comes next, ways back; the refusals with their articles."""

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import kiosk_fixtures
import pytest
from kiosk_fixtures import BODIES, CHAIR, SECRETARY, SUPERVISOR, another_matter

from kiosk.core import commands as c
from kiosk.core.events import MatterEnded, MatterRaised, MatterReturned, ProposalRevised
from kiosk.core.terms import Body, KindId, MatterId, NeedId, Origin, RowId, Stage, Standing
from kiosk.demo.story import MATTER
from kiosk.wording.ready import NAMED, READY

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
still_house = kiosk_fixtures.still_house
whole_database, whole_house = kiosk_fixtures.whole_database, kiosk_fixtures.whole_house

ROAD = another_matter().matter
RAISING = "/matters/new"


class Form(HTMLParser):
    """What the first form to an address would send as it stands."""

    def __init__(self, page, action):
        super().__init__()
        self.action, self.inside, self.area, self.sent = action, False, "", {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form":
            self.inside = told.get("action") == self.action and not self.sent
        elif self.inside and tag == "textarea":
            self.area = told["name"]
            self.sent[self.area] = ""
        elif self.inside and tag == "input" and "name" in told:
            kind = told.get("type", "text")
            if kind not in {"radio", "checkbox"} or "checked" in told:
                self.sent[told["name"]] = told.get("value", "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = ""
        elif tag == "form":
            self.inside = False

    def handle_data(self, data):
        if self.area:
            self.sent[self.area] += data


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def road(**changed):
    """The form of a lawful matter as the secretary fills it in."""
    return {
        "matter": "matter-9",
        "kind": "public_works",
        "row": "representatives",
        "title": "村道硬化",
        "origin": "villagers",
        "amount": "1200.50",
        "proposal": "修一公里。\n\n由村委会实施。",
        "for_means": "同意修",
        "against_means": "不同意修",
        "mandate": "2026年第一次村民会议授权",
    } | changed


# --- putting a matter on file


def test_the_kinds_are_grouped_by_who_decides_them_each_with_its_article(still_house):
    page = still_house.officer(SECRETARY).open(RAISING)
    assert "公益事业兴办与筹资筹劳" in page
    assert "村民委员会组织法第二十八条第一款第四项、第四十二条" in page
    for group in (
        "授权后村民代表会议可以定",
        "只能由村民会议定",
        "全体三分之二以上",
        "法律不允许办",
    ):
        assert group in page


def test_who_may_decide_is_shown_with_quorum_majority_and_the_number_it_takes(still_house):
    page = still_house.officer(SECRETARY).open(f"{RAISING}?kind=public_works")
    assert "应到人数的三分之二以上到会" in page
    assert "到会人数的过半数赞成，通过" in page
    assert "应到45人：29人不够（29×3=87 ＜ 90），30人够（30×3=90 ≥ 90）。" in page


def test_a_guarantee_is_listed_and_refused_with_article_13(house):
    officer = house.officer(SECRETARY)
    assert "提供担保" in officer.open(RAISING)
    answer = officer.send(RAISING, kind="guarantee", row="representatives")
    assert answer.status_code == 409
    assert answer.json["what"] == "“提供担保”法律不允许办。"
    assert "村民委员会组织法第十三条" in answer.json["basis"]
    page = officer.post(RAISING, kind="guarantee", row="representatives")
    assert page.status_code == 409
    assert "村民委员会组织法第十三条" in page.text
    assert house.events(MatterRaised)[-1].title == "公益性骨灰楼选址与建设方案"


@pytest.mark.parametrize(
    ("kind", "row", "article"),
    [
        ("compensation", "member_representatives", "农村集体经济组织法第二十八条第四款"),
        ("village_rules", "representatives", "村民委员会组织法第三十一条"),
        ("land_plan", "representatives", "农村土地承包法第十九条"),
    ],
)
def test_a_barred_body_is_shown_greyed_and_refused_with_its_article(house, kind, row, article):
    officer = house.officer(SECRETARY)
    page = officer.open(f"{RAISING}?kind={kind}")
    assert "choice-tile--barred" in page
    assert article in page
    told = officer.send(RAISING, kind=kind, row=row).json
    assert told["todo"] == "请改选法律规定的会议。"
    assert article in told["basis"]
    assert "由谁决定？" in officer.post(RAISING, kind=kind, row=row).text


def test_a_matter_goes_on_file_as_it_was_filled_in(house):
    officer = house.officer(SECRETARY)
    answer = officer.post(RAISING, **road())
    assert answer.location == "/matters/matter-9"
    raised = house.village().matter(MatterId("matter-9"))
    assert (raised.amount_fen, raised.proposal) == (120_050, ("修一公里。", "由村委会实施。"))
    assert (raised.origin, raised.row) == (Origin.VILLAGERS, RowId.REPRESENTATIVES)
    page = officer.open("/matters/matter-9")
    assert "1,200.50元" in page
    assert "召集村党支部委员会" in page


def test_the_form_starts_from_the_ready_sentences_and_none_goes_on_file_with_a_gap(house):
    officer = house.officer(SECRETARY)
    page = officer.open(f"{RAISING}?kind=public_works&row=representatives")
    fields = Form(page, RAISING).sent
    assert "____" in fields["proposal"]
    assert fields["for_means"] == "同意按这个方案建"
    answer = officer.send(RAISING, **(road() | {"proposal": fields["proposal"]}))
    assert answer.status_code == 400
    assert "没填的空" in answer.json["what"]


def test_every_kind_of_the_shipped_catalogue_has_ready_sentences_and_a_form(still_house):
    officer = still_house.officer(SECRETARY)
    kinds = [kind for kind in still_house.village().catalogue.kinds if not kind.forbidden]
    assert {kind.id for kind in kinds} == set(READY)
    for kind in kinds:
        page = officer.open(f"{RAISING}?kind={kind.id}&row={kind.rows[0].value}")
        # Candidates are picked before the form; they speak for themselves.
        asked_first = READY[kind.id].for_means == NAMED[0]
        assert ("候选人" if asked_first else READY[kind.id].for_means) in page
        assert kind.basis in page


def test_representatives_need_the_assemblys_mandate_and_what_was_typed_stays(house):
    officer = house.officer(SECRETARY)
    answer = officer.post(RAISING, **road(mandate=" "))
    assert answer.status_code == 409
    assert "村民委员会组织法第二十八条" in answer.text
    kept = Form(answer.text, RAISING).sent
    assert kept["title"] == "村道硬化"
    assert kept["amount"] == "1200.50"
    assert "由村委会实施。" in kept["proposal"]
    assert kept["origin"] == "villagers"


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"amount": "一千"}, "“金额”要填金额"),
        ({"amount": "1.005"}, "“金额”要填金额"),
        ({"origin": ""}, "还没有选“动议事由”"),
        ({"title": "很" * 41}, "“名称”太长了：41个字。"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(house, changed, what):
    answer = house.officer(SECRETARY).post(RAISING, **road(**changed))
    assert answer.status_code == 400
    assert what in answer.text
    assert Form(answer.text, RAISING).sent["mandate"] == road()["mandate"]


def test_a_blank_title_is_refused_by_the_rules(house):
    answer = house.officer(SECRETARY).post(RAISING, **road(title="  "))
    assert answer.status_code == 409


def test_a_group_matter_asks_for_its_group(house):
    officer = house.officer(SECRETARY)
    page = officer.open(f"{RAISING}?kind=group_matter&row=group")
    assert "哪个村民小组的事" in page
    told = road(kind="group_matter", row="group")
    assert "村民小组" in officer.send(RAISING, **told).json["what"]
    assert officer.post(RAISING, **told, group="3").location == "/matters/matter-9"
    assert house.village().matter(MatterId("matter-9")).group == 3


def test_an_appraisal_asks_whom(house):
    officer = house.officer(SECRETARY)
    page = officer.open(f"{RAISING}?kind=appraisal&row=appraisal")
    assert "评议谁" in page
    assert "龚䶮山" in page
    told = road(kind="appraisal", row="appraisal", amount="")
    assert officer.send(RAISING, **told).json["what"] == "民主评议要写明评议谁。"
    assert officer.post(RAISING, **told, appraised="p0001").location == "/matters/matter-9"
    assert "评议谁" in officer.open("/matters/matter-9")


def test_a_need_is_taken_up_with_the_matter(house):
    house.do(c.FileNeed(NeedId("need-1"), Standing.VILLAGER, "陈志强", "村口没有路灯", 0, 0))
    officer = house.officer(SECRETARY)
    page = officer.open(f"{RAISING}?kind=public_works&row=representatives&need=need-1")
    assert Form(page, RAISING).sent["needs"] == "need-1"
    officer.post(RAISING, **road(), needs="need-1")
    assert house.village().need(NeedId("need-1")).matter == "matter-9"
    assert "村口没有路灯" in officer.open("/matters/matter-9")


def test_only_the_console_puts_matters_on_file(still_house):
    assert "您的岗位不能做这一步。" in still_house.officer(SUPERVISOR).open(RAISING, 403)


# --- the list


def test_the_list_says_of_each_matter_where_it_is_and_what_comes_next(still_house):
    page = still_house.officer(SECRETARY).open("/matters/")
    assert "公益性骨灰楼选址与建设方案" in page
    assert "商议中" in page
    assert "68万元" in page
    assert "还没有作出决议的事项" in page
    assert 'class="path"' in page


def test_the_completion_rate_shows_both_its_numbers(whole_house):
    page = words(whole_house.officer(SECRETARY).open("/matters/"))
    assert re.search(r"办结\d+件÷已决议\d+件＝约?\d+%", page)


# --- the page of a matter


def test_the_page_shows_every_deliberation_with_its_arithmetic(still_house):
    page = words(still_house.officer(SUPERVISOR).open(f"/matters/{MATTER}"))
    assert "审议：第1次党员大会" in page
    assert "赞成" in page
    assert re.search(r"应到\d+ 实到\d+：\d+×3=\d+ ≥ \d+×2=\d+ → 达到三分之二", page)
    assert re.search(r"应到\d+：赞成\d+×2=\d+ ＞ \d+ → 超过应到人数一半，通过", page)


def test_one_dominant_button_says_the_next_step(house):
    house.do(another_matter())
    for body, button in zip(BODIES, NEXT, strict=True):
        page = house.officer(SECRETARY).open(f"/matters/{ROAD}")
        assert page.count("button--dominant") == 1
        assert button in page
        house.meet(body, ROAD)
    page = house.officer(SECRETARY).open(f"/matters/{ROAD}")
    assert "定实施责任人" in page
    assert "决议正在公示" in page


NEXT = (
    "召集村党支部委员会",
    "召集村“两委”联席会议",
    "召集党员大会",
    "召集村民代表会议",
)


def test_a_supervisor_reads_the_next_step_and_has_no_button_for_it(still_house):
    page = still_house.officer(SUPERVISOR).open(f"/matters/{MATTER}")
    assert "已召集村民代表会议" in page
    assert "button--dominant" not in page
    assert "修改方案" not in page


def test_an_unknown_matter_is_said_plainly(still_house):
    assert "没有找到这个事项。" in still_house.officer(CHAIR).open("/matters/none", 409)


# --- changing the proposal


def test_a_revision_shows_the_old_and_the_new_with_the_changed_words_marked(house):
    house.do(another_matter())
    officer = house.officer(SECRETARY)
    page = officer.open(f"/matters/{ROAD}/revise")
    assert "把村口的路修好。" in page
    answer = officer.post(
        f"/matters/{ROAD}/revise", proposal="把村口的桥修好。", why="按会议提出的意见修改。"
    )
    assert answer.location == f"/matters/{ROAD}"
    page = officer.open(f"/matters/{ROAD}")
    assert "<del>路</del>" in page
    assert "<ins>桥</ins>" in page
    assert "按会议提出的意见修改。" in page
    assert len(house.events(ProposalRevised)) == 1


def test_a_revision_that_changes_nothing_is_refused_and_stays_filled_in(house):
    house.do(another_matter())
    fields = {"proposal": "把村口的路修好。", "why_more": "再说清楚一点"}
    answer = house.officer(SECRETARY).post(f"/matters/{ROAD}/revise", **fields)
    assert answer.status_code == 409
    assert "内容和原来一样" in answer.text
    assert "再说清楚一点" in answer.text


def test_a_revision_without_a_reason_is_refused(house):
    house.do(another_matter())
    answer = house.officer(SECRETARY).post(f"/matters/{ROAD}/revise", proposal="另修一条路。")
    assert answer.status_code == 409
    assert "另修一条路。" in answer.text


# --- legal review


def at_the_gate(house):
    """A matter that needs a legal review, carried up to it."""
    house.do(
        replace(
            another_matter("rules"), kind=KindId("village_rules"), row=RowId.ASSEMBLY, mandate=""
        )
    )
    for body in BODIES[:2]:
        house.meet(body, MatterId("rules"))
    return "/matters/rules"


def test_a_review_that_is_due_is_the_next_step(house):
    here, officer = at_the_gate(house), house.officer(SECRETARY)
    assert "登记审查意见" in officer.open(here)
    answer = officer.post(f"{here}/review", reviewer="村法律顾问", finding="yes")
    assert answer.location == here
    page = officer.open(here)
    assert "村法律顾问：同意" in page
    assert "召集党员大会" in page


def test_after_an_unfavourable_review_the_proposal_is_changed_or_returned(house):
    here, officer = at_the_gate(house), house.officer(SECRETARY)
    officer.post(f"{here}/review", other_reviewer="县司法局", finding="no", opinion="第二条不合法")
    page = officer.open(here)
    assert "审查意见是不同意" in page
    assert "第二条不合法" in page
    answer = officer.post(f"{here}/return", to="consultation", ground="审查意见不同意，退回修改。")
    assert answer.location == here
    assert "退回到商议" in officer.open(here)


def test_a_review_before_it_is_due_is_refused(house):
    house.do(another_matter())
    answer = house.officer(SECRETARY).send(
        f"/matters/{ROAD}/review", reviewer="村法律顾问", finding="yes"
    )
    assert answer.json["what"] == "现在不是合法性审查的时候。"


# --- not carried


def defeated(house, body=Body.REPRESENTATIVES):
    house.do(another_matter())
    for one in BODIES[: BODIES.index(body)]:
        house.meet(one, ROAD)
    house.meet(body, ROAD, in_favour=0)
    return f"/matters/{ROAD}", house.officer(SECRETARY)


def test_what_did_not_carry_is_returned_to_the_stage_its_rule_names(house):
    here, officer = defeated(house)
    page = officer.open(here)
    assert "没有通过。请定怎么办" in page
    form = Form(officer.open(f"{here}/return"), f"{here}/return").sent
    assert form["to"] == "consultation"
    assert (
        officer.post(f"{here}/return", **form, ground="会议没有通过，退回修改方案。").location
        == here
    )
    assert house.events(MatterReturned)[-1].to is Stage.CONSULTATION
    page = officer.open(here)
    assert "召集村“两委”联席会议" in page
    assert "后来退回重议，这次不再算数" in page


def test_what_the_representatives_did_not_carry_may_go_to_the_assembly(house):
    here, officer = defeated(house)
    answer = officer.post(f"{here}/assembly", ground="意见分歧较大，难以形成决议。")
    assert answer.location == here
    page = officer.open(here)
    assert "召集村民会议" in page
    assert "提交村民会议：村民会议决议" in page


def test_what_the_party_meeting_did_not_carry_does_not_go_to_the_assembly(house):
    here, officer = defeated(house, Body.PARTY_MEETING)
    answer = officer.post(f"{here}/assembly", ground="意见分歧较大，难以形成决议。")
    assert answer.status_code == 409
    assert "没有被否决" in answer.text
    assert "意见分歧较大" in answer.text


def test_a_matter_that_is_given_up_says_why(house):
    here, officer = defeated(house)
    assert officer.post(f"{here}/end").status_code == 409
    assert officer.post(f"{here}/end", ground="意见分歧较大，不再办理。").location == here
    assert len(house.events(MatterEnded)) == 1
    page = officer.open(here)
    assert "意见分歧较大，不再办理。" in page
    assert "还缺监委会的意见" in page


def test_nothing_is_returned_without_a_cause(house):
    house.do(another_matter())
    told = house.officer(SECRETARY).send(
        f"/matters/{ROAD}/return", to="proposal", ground="会议没有通过，退回修改方案。"
    )
    assert told.json["what"] == "不能退回到这个环节。"


# --- what is to be looked at


def test_a_start_of_works_inside_the_publication_is_flagged_in_red(house):
    house.carry(another_matter())
    start = house.clock.at.date() + timedelta(days=30)
    house.do(c.AssignWorks(ROAD, CHAIR, "黄埗成", start, 0))
    house.do(c.StartWorks(ROAD))
    officer = house.officer(SECRETARY)
    assert 'class="flag"' in officer.open(f"/matters/{ROAD}")
    assert "公示期内开工" in officer.open(f"/matters/{ROAD}")
    assert "公示期内开工" in officer.open("/matters/")
