"""需求 over HTTP: filed for somebody who came in, taken up or answered, overdue in red; the refusals in plain words."""

import re

import kiosk_fixtures
import pytest
from kiosk_fixtures import SECRETARY, SUPERVISOR, TELLER

from kiosk.core import commands as c
from kiosk.core.events import NeedAnswered, NeedFiled
from kiosk.core.terms import NeedId, Standing

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
still_house = kiosk_fixtures.still_house

NEED = NeedId("need-1")


def a_need(need=NEED):
    return c.FileNeed(need, Standing.VILLAGER, "陈志强", "村口没有路灯", 0, 0)


def filled(**changed):
    return {
        "need": "need-1",
        "standing": "villager",
        "author": "陈志强",
        "text": "村口没有路灯",
    } | changed


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_whoever_may_file_a_need_is_a_tile_with_the_rule_for_joint_ones(still_house):
    page = still_house.officer(SECRETARY).open("/needs/new")
    for standing in ("村民", "村务监督委员会", "网格员", "乡镇"):
        assert standing in page
    assert "河南省实施办法第五十四条" in page


def test_the_author_is_a_name_tile_of_the_register(still_house):
    officer = still_house.officer(SECRETARY)
    page = officer.open("/needs/new?standing=villager&group=2")
    assert "&amp;author=" in page
    page = officer.open("/needs/new?standing=grid_worker")
    assert page.count("tile__name") <= 4
    assert "名字不在上面，自己写" in page


def test_a_body_files_under_its_own_name(still_house):
    page = still_house.officer(SUPERVISOR).open("/needs/new?standing=supervisors")
    assert 'value="村务监督委员会"' in page


def test_a_need_is_on_file_with_its_number_and_the_day_an_answer_is_due(house):
    officer = house.officer(SECRETARY)
    assert officer.post("/needs/new", **filled()).location == "/needs/need-1"
    assert house.events(NeedFiled)[0].author == "陈志强"
    page = words(officer.open("/needs/"))
    assert "村口没有路灯" in page
    assert "〔2026〕1号" in page
    assert "12月7日前答复" in page


def test_a_blank_need_is_refused_and_the_name_stays(house):
    answer = house.officer(SECRETARY).post("/needs/new", **filled(text="  "))
    assert answer.status_code == 409
    assert 'value="陈志强"' in answer.text
    assert not house.events(NeedFiled)


def test_a_need_that_is_too_long_is_said_and_stays(house):
    answer = house.officer(SECRETARY).post("/needs/new", **filled(text="路" * 1001))
    assert answer.status_code == 400
    assert "“需求”太长了：1001个字。" in answer.text
    assert "路" * 1001 in answer.text


def test_a_joint_need_with_too_few_behind_it_is_refused_with_its_numbers_and_article(house):
    officer = house.officer(SECRETARY)
    page = officer.open("/needs/new?standing=joint_representatives&author=陈志强")
    assert "今天共40人，至少要8人" in words(page)
    joint = filled(standing="joint_representatives", supporters="7", of="40")
    answer = officer.post("/needs/new", **joint)
    assert answer.status_code == 409
    assert "河南省实施办法第五十四条" in answer.text
    assert "8人" in answer.text
    assert 'value="7"' in answer.text
    assert officer.post("/needs/new", **joint | {"supporters": "8"}).status_code == 303
    assert "8×5=40 ≥ 40" in officer.open("/needs/need-1")


@pytest.mark.parametrize("supporters", ["", "很多", "-3"])
def test_a_joint_need_counts_in_whole_numbers(house, supporters):
    joint = filled(standing="joint_villagers", supporters=supporters, of="300")
    answer = house.officer(SECRETARY).send("/needs/new", **joint)
    assert answer.json["what"] == "“联名人数”要填一个整数。"


def test_an_answer_is_given_once_and_says_why(house):
    house.do(a_need())
    officer = house.officer(SECRETARY)
    assert "立项办理" in officer.open("/needs/need-1")
    tapped = {"answer": "现在没有这笔钱，列入明年计划。", "answer_more": "先修路。"}
    assert officer.post("/needs/need-1/answer", **tapped).location == "/needs/need-1"
    assert house.events(NeedAnswered)[0].answer == "现在没有这笔钱，列入明年计划。先修路。"
    assert "先修路。" in officer.open("/needs/?show=answered")
    again = officer.post("/needs/need-1/answer", **tapped)
    assert again.status_code == 409
    assert "先修路。" in again.text


def test_an_answer_without_words_is_refused(house):
    house.do(a_need())
    assert house.officer(SECRETARY).post("/needs/need-1/answer").status_code == 409


def test_a_need_not_answered_in_time_is_red(house):
    house.do(a_need())
    house.clock.on(days=15)
    assert "已逾期" not in house.officer(SECRETARY).open("/needs/")
    house.clock.on(days=1)
    page = house.officer(SECRETARY).open("/needs/")
    assert 'class="flag"' in page
    assert "已逾期：应在12月7日前答复" in page


def test_a_teller_reads_needs_and_files_none(still_house):
    officer = still_house.officer(TELLER)
    assert "登记需求" not in officer.open("/needs/")
    officer.open("/needs/new", 403)


def test_an_unknown_need_is_said_plainly(still_house):
    still_house.officer(SECRETARY).open("/needs/none", 409)
